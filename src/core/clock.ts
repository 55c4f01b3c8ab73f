/** The only reader of time: everything else is told what time it is, so that a night can be replayed. */
import { addMilliseconds, localDayOf } from './dates.ts'

/** What time it is, for whoever is handed one. */
export interface Clock {
  /** The instant now, ISO 8601 in UTC with milliseconds when there are any: `2026-03-05T02:00:00.125Z`. */
  now(): string
  /** Today in the country's time zone, `YYYY-MM-DD`. */
  today(): string
}

/** A clock that reads the machine's time. */
export const systemClock: Clock = {
  now: () => addMilliseconds('1970-01-01T00:00:00Z', Date.now()),
  today: () => localDayOf(systemClock.now()),
}

/** A clock that stands still at `instant` (canonical, as `parseInstant` gives it): for tests, and for replaying a night. */
export function stoppedClock(instant: string): Clock {
  return { now: () => instant, today: () => localDayOf(instant) }
}

/** An instant as the object that packages ask for which write dates themselves. */
export function dateOf(instant: string): Date {
  return new Date(instant)
}
