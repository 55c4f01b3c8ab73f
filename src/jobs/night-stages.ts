/** What each stage of a night does; in which order is told by nightly.ts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { remindOfQuestions, remindOfReports } from '../cases/index.ts'
import { dayNumber, type Clock } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { linkPersons } from '../linkage/index.ts'
import { parts, run, verifyIncremental } from '../reconcile/index.ts'
import { leaveUntold } from '../notices/index.ts'
import { forgetAbandoned, forgetOldRequests } from '../uploads/index.ts'
import { enterResult, noteStageProgress, type NightAtWork } from './night-rows.ts'
import { publishAlongside } from './publishing.ts'
import { layOutQueue, workOff } from './worker.ts'

/** What the stages of a night need from outside. */
export interface NightSurroundings {
  readonly database: Database
  readonly clock: Clock
  readonly dataDirectory: string
  /** The country's time zone, in which days end. */
  readonly timeZone: string
  /** True: a worker of this installation takes in what waits; absent: the night does so itself. */
  readonly isServing?: boolean
  readonly takeOverAfterSeconds?: number
  /** Aborted: the night is put back for the next server. */
  readonly signal?: AbortSignal
  /** Signs how far the trail has come, in the database and outside of it; gives how many files were written. Absent: nothing is signed here. */
  readonly signTrail?: () => Promise<number>
  /** Makes a backup, and a drill of it once a week; gives how many files it holds. Absent: backups are not this night's to make. */
  readonly backUp?: () => Promise<number>
}

/** What a stage gives: how much it went through; null: nothing to count. */
export interface StageDone {
  readonly rows: string | number | null
}

export type StageWork = (night: NightAtWork, surroundings: NightSurroundings) => Promise<StageDone>

const longestTakingIn = 30 * 60_000
const looks = 1000

/** What was handed in before the night is taken in first. What takes too long waits for the next night, whole. */
export const takeIn: StageWork = async (_, { database, clock, dataDirectory, isServing = false, signal }) => {
  const waiting = async (): Promise<string[]> => (await database.query<{ upload_id: string }>("select upload_id from upload where status in ('received', 'processing')")).map(({ upload_id: id }) => id)
  const own = await waiting()
  if (own.length === 0) return { rows: 0 }
  if (!isServing) await workOff({ database, clock, dataDirectory })
  const until = performance.now() + longestTakingIn
  let left = own
  while (left.length > 0 && performance.now() < until && signal?.aborted !== true) {
    await sleep(looks)
    const now = new Set(await waiting())
    left = left.filter((id) => now.has(id))
  }
  return { rows: own.length - left.length }
}

/** The same person twice: whoever stands on new lists is compared with everybody. */
export const link: StageWork = async (night, { database }) => {
  const { persons } = await linkPersons(database, { fence: night.fence, onProgress: telling(database, night, 'link') })
  return { rows: persons }
}

/** The result of the night's day, with its cases, published once. */
export const publish: StageWork = async (night, { database, clock, timeZone }) => {
  const { files } = await run(database, {
    asOf: night.asOf, timeZone, clock, fence: night.fence,
    // What an increment could not get right, looking at everybody may.
    isFull: night.formerFailure === 'check_failed',
    onProgress: telling(database, night, 'publish'),
    alongside: async (transaction, published) => {
      await publishAlongside(transaction, published)
      await enterResult(transaction, night.asOf, published.runId, published.at)
    },
  })
  return { rows: files }
}

/** Banks are reminded of what they let pass. */
export const remind: StageWork = async (_, { database, clock }) => ({ rows: (await remindOfQuestions(database, clock.now())) + (await remindOfReports(database, clock.now())) })

/** What nobody needs any longer goes. */
export const forget: StageWork = async (_, { database, clock, dataDirectory }) => {
  await forgetAbandoned(database, { clock, dataDirectory })
  await forgetOldRequests(database, clock.now())
  return { rows: null }
}

/** A thirtieth of the units is worked out from scratch and compared: within a month, all of them. */
export const prove: StageWork = async (night, { database, timeZone }) => {
  const { compared } = await verifyIncremental(database, { timeZone, fence: night.fence, part: dayNumber(night.asOf) % parts, onProgress: telling(database, night, 'prove') })
  return { rows: compared }
}

/** What the night came to is kept elsewhere. */
export const backUp: StageWork = async (_, { backUp: make }) => ({ rows: make === undefined ? null : await make() })

/** How far the trail has come by this night is signed, and kept outside of the database too. */
export const sign: StageWork = async (_, { signTrail }) => ({ rows: signTrail === undefined ? null : await signTrail() })

/** Whoever is to be told of something is told. */
export const tell: StageWork = async (_, { database }) => {
  await layOutQueue(database)
  await leaveUntold(database)
  return { rows: null }
}

/** At most once in two seconds: who watches sees no more. */
function telling(database: Database, night: NightAtWork, stage: string): (step: string) => void {
  let last = -Infinity
  return (step) => {
    if (performance.now() - last < 2000) return
    last = performance.now()
    void noteStageProgress(database, night, stage, step)
  }
}
