/** Ticks once a minute while a server serves: node-cron says when, the database what there is to do. */
import { schedule, type ScheduledTask } from 'node-cron'
import { isDatabaseAway } from '../db/index.ts'
import type { AlarmSettings } from '../notices/index.ts'
import { DatabaseWatch, lookForTrouble, tellOfTrouble } from './night-alarms.ts'
import { tick, type NightLog } from './nightly.ts'
import type { NightSurroundings } from './night-stages.ts'
import type { Timetable } from './nights.ts'

/** Nights that are kept. */
export interface NightWatch {
  /** Ticks no more; a night under way is put back for the next server. */
  stop(): Promise<void>
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined }
/** A clock that goes back an hour lets node-cron wait for that hour: after so long without a tick it is begun anew. */
const longestSilence = 150_000

/** Begins to keep the nights. */
export function keepNights(surroundings: Omit<NightSurroundings, 'signal'>, { timetable, alarms, log }: { readonly timetable: Timetable; readonly alarms: AlarmSettings; readonly log?: NightLog }): NightWatch {
  const { database, clock } = surroundings
  const stopping = new AbortController()
  const watch = new DatabaseWatch(alarms, clock, log)
  const unsaid = new Map<string, string>()
  let underWay: Promise<void> | null = null
  let lastTick = performance.now()
  let lookingOut: Promise<void> | null = null

  const lookOut = async (): Promise<void> => {
    try {
      await lookForTrouble(database, clock, alarms, log)
      await tellOfTrouble(database, clock, alarms)
      await watch.note(false, performance.now())
    } catch (error) {
      await note(error)
    }
  }
  const note = async (error: unknown): Promise<void> => {
    const isAway = error instanceof Error && isDatabaseAway(error)
    if (isAway) await watch.note(true, performance.now())
    else log?.error({ name: error instanceof Error ? error.name : 'error', code: (error as { code?: unknown }).code }, 'a tick of the nights failed')
  }
  const onTick = (): void => {
    lastTick = performance.now()
    // A night takes longer than a minute; whether it is late is looked at meanwhile.
    lookingOut ??= lookOut().finally(() => { lookingOut = null })
    underWay ??= tick({ ...surroundings, signal: stopping.signal }, timetable, log, unsaid).then(() => undefined, note).finally(() => { underWay = null })
  }
  const begin = (): ScheduledTask => schedule('* * * * *', onTick, { logger: silent, suppressMissedWarning: true })
  let task = begin()
  const guard = setInterval(() => {
    if (performance.now() - lastTick < longestSilence) return
    void task.destroy()
    task = begin()
    onTick()
  }, 30_000)
  onTick()
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(guard)
      await task.destroy()
      await underWay
      await lookingOut
    },
  }
}
