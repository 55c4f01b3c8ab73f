/** The night, as a table of contents: what happens in it, in which order, and what follows when something fails. */
import { Refusal, traceOf } from '../core/index.ts'
import { outageOf, withFence } from '../db/index.ts'
import { withLogFields } from '../log/index.ts'
import { nightFiles, type NightFile } from '../reports/index.ts'
import { beginNight, failNight, finishNight, noteWaiting, openNights, planNights, putBackNight, stagesDone, throughStage, type Failure, type NightAtWork } from './night-rows.ts'
import { backUp, forget, link, prove, publish, remind, sign, takeIn, tell, type NightSurroundings, type StageWork } from './night-stages.ts'
import { newestDue, nightToDo, type Timetable } from './nights.ts'

/** The stages after the wait for files (`wait`), in their order. */
const stages: readonly { readonly name: string; readonly isBeforeResult: boolean; readonly work: StageWork }[] = [
  { name: 'take_in', isBeforeResult: true, work: takeIn },
  { name: 'link', isBeforeResult: true, work: link },
  { name: 'publish', isBeforeResult: true, work: publish },
  { name: 'remind', isBeforeResult: false, work: remind },
  { name: 'forget', isBeforeResult: false, work: forget },
  { name: 'prove', isBeforeResult: false, work: prove },
  { name: 'sign', isBeforeResult: false, work: sign },
  { name: 'back_up', isBeforeResult: false, work: backUp },
  { name: 'tell', isBeforeResult: false, work: tell },
]

/** What became of a night, or why it was not begun: `elsewhere`: another server is at it; `stopped`: this one was asked to end. */
export interface NightEnd {
  readonly asOf: string
  readonly end: 'published' | 'failed' | 'waiting' | 'elsewhere' | 'overtaken' | 'stopped' | 'nothing_to_do'
  readonly failure: Failure | null
}

/** Told what happened, in words that name nobody. */
export interface NightLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** Failures of nights whose server had no database left to write them into, by day. */
type Unsaid = Map<string, string>

/**
 * Looks at what time it is and does what is missing: plans nights, waits for files, works through the nights in order.
 * Called each minute by every server; what one of them is at, the others leave alone.
 */
export async function tick(surroundings: NightSurroundings, timetable: Timetable, log?: NightLog, unsaid: Unsaid = new Map()): Promise<NightEnd[]> {
  const { database, clock } = surroundings
  const ends: NightEnd[] = []
  await planNights(database, clock.now(), timetable.startsAt)
  for (;;) {
    const night = nightToDo(await openNights(database), clock.now())
    if (night === null) return ends
    const expected = await nightFiles(database, night.as_of)
    const isLatest = newestDue(clock.now(), timetable.latestAt) >= night.as_of
    if (['planned', 'waiting'].includes(night.state) && !isLatest && expected.some(({ holds }) => holds)) {
      await noteWaiting(database, night.as_of, expected, clock.now())
      return [...ends, { asOf: night.as_of, end: 'waiting', failure: null }]
    }
    const ended = await workThrough(surroundings, night.as_of, expected, log, unsaid)
    ends.push(ended)
    // A failed one has its time; the nights after it wait for it, as long as it is tried again.
    if (ended.end !== 'published' && ended.end !== 'nothing_to_do') return ends
  }
}

/**
 * One night from beginning to end, whatever the time, without waiting for files: for the command, and for whoever
 * drives many nights with a clock of their own. A night that is done with stays as it is.
 *
 * @throws nothing for a night that fails: how it ended is what it gives
 */
export async function runNight(surroundings: NightSurroundings, asOf: string, log?: NightLog): Promise<NightEnd> {
  const { database, clock } = surroundings
  await database.query("insert into night (as_of, state, planned_at) values ($1, 'planned', $2) on conflict (as_of) do nothing", [asOf, clock.now()])
  return workThrough(surroundings, asOf, await nightFiles(database, asOf), log)
}

async function workThrough(surroundings: NightSurroundings, asOf: string, expected: readonly NightFile[], log?: NightLog, unsaid: Unsaid = new Map()): Promise<NightEnd> {
  const { database, clock, takeOverAfterSeconds, signal } = surroundings
  try {
    return await withFence(database, { purpose: `night ${asOf}`, takeOverAfterSeconds, signal }, async (fence) => {
      const night = await beginNight(database, fence, asOf, clock.now(), { expected, unsaid: unsaid.get(asOf) })
      unsaid.delete(asOf)
      if (night === null) return { asOf, end: 'nothing_to_do', failure: null }
      return withLogFields({ night: asOf, ...(night.runId !== null && { run_id: night.runId }) }, async () => {
        log?.info({ as_of: asOf, attempt: night.attempt }, 'night begun')
        const ended = await goThrough(night, surroundings, log)
        log?.[ended.failure === null ? 'info' : 'error']({ as_of: asOf, attempt: night.attempt, end: ended.end, ...ended.failure }, 'night ended')
        return ended
      })
    })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'run_in_progress') return { asOf, end: 'elsewhere', failure: null }
    if (error instanceof Refusal && error.code === 'run_overtaken') return { asOf, end: 'overtaken', failure: null }
    // Nothing could be written down: whoever begins it next says why.
    const failure = failureOf(error)
    unsaid.set(asOf, failure.code)
    log?.error({ as_of: asOf, ...failure }, 'night cut off')
    return { asOf, end: 'failed', failure }
  }
}

async function goThrough(night: NightAtWork, surroundings: NightSurroundings, log?: NightLog): Promise<NightEnd> {
  const { database, clock, signal } = surroundings
  const done = night.runId === null ? new Set<string>() : await stagesDone(database, night.asOf)
  let first: { readonly failure: Failure; readonly stage: string } | null = null
  const isStopped = (): boolean => signal?.aborted === true
  for (const [index, { name, isBeforeResult, work }] of stages.entries()) {
    if ((name === 'back_up' && surroundings.backUp === undefined) || (name === 'sign' && surroundings.signTrail === undefined)) continue
    if (done.has(name) || (isBeforeResult && night.runId !== null)) continue
    // A stage whose work nobody cuts comes to its end; the next is not begun.
    if (isStopped()) return putBack(night, surroundings)
    try {
      await throughStage(database, night, { name, position: index + 1 }, clock, () => work(night, surroundings), failureOf)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'run_overtaken') throw error
      if (isStopped()) return putBack(night, surroundings)
      const failure = failureOf(error)
      log?.error({ as_of: night.asOf, stage: name, ...failure, ...(error instanceof Error && { where: traceOf(error).where }) }, 'a stage of the night failed')
      first ??= { failure, stage: name }
      // What comes after a result is worth doing even where something before it failed; a result is not.
      if (isBeforeResult) break
    }
  }
  if (first === null) await finishNight(database, night, clock.now())
  else await failNight(database, night, first.failure, first.stage, clock.now())
  return { asOf: night.asOf, end: first === null ? 'published' : 'failed', failure: first?.failure ?? null }
}

async function putBack(night: NightAtWork, { database, clock }: NightSurroundings): Promise<NightEnd> {
  await putBackNight(database, night, clock.now())
  return { asOf: night.asOf, end: 'stopped', failure: null }
}

/** Why it failed, in one word and one place; never the message, which may quote a person's data. */
function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return { code: error.code === 'database_unreachable' ? 'database_away' : error.code, place: typeof error.details['place'] === 'string' ? error.details['place'] : null }
  return { code: outageOf(error) ?? 'error', place: null }
}
