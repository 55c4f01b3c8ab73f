/** Which nights there must be by now, which one comes next, and when a failed one is tried again: pure, from what is known and what time it is. */
import { addDays, addMilliseconds, compareInstants, daysBetween, localDayOf } from '../core/index.ts'

/** When nights begin: minutes after the country's midnight. */
export interface Timetable {
  readonly startsAt: number
  /** From then on no file is waited for. */
  readonly latestAt: number
}

/** What a night is known by. */
export interface KnownNight {
  readonly as_of: string
  readonly state: 'planned' | 'waiting' | 'running' | 'retrying' | 'published' | 'failed' | 'skipped'
  /** Null: something is still to be done for it. */
  readonly finished_at: string | null
  /** Not before then; null: as soon as may be. */
  readonly next_attempt_at: string | null
}

/** A result is late that is not there by six in the morning. */
export const nightEndsAt = 6 * 60

const minute = 60_000
/** Pauses after the first failure, the second, …; after the last of them the night has failed. */
const pauses = [1, 5, 15, 30, 60].map((minutes) => minutes * minute)
/** The newest night that has failed is tried again all day: the disk may have room by then. */
const pauseOfTheFailed = 60 * minute

/** The newest day whose night has come, when nights come so many minutes after midnight. */
export function newestDue(now: string, minutesAfterMidnight: number): string {
  return addDays(localDayOf(addMilliseconds(now, -minutesAfterMidnight * minute)), -1)
}

/**
 * The days whose nights are missing, the oldest first: every one after the newest that is known. The first night of an
 * installation is that of the last day that has ended, unless a later result stands already. A clock that goes back
 * makes no night twice, and none that was planned is lost.
 */
export function missingNights({ newestKnown, publishedAsOf, now, startsAt }: { readonly newestKnown: string | null; readonly publishedAsOf: string | null; readonly now: string; readonly startsAt: number }): string[] {
  const due = newestDue(now, startsAt)
  if (newestKnown === null) return publishedAsOf !== null && publishedAsOf > due ? [] : [due]
  return Array.from({ length: Math.max(0, daysBetween(newestKnown, due)) }, (_, index) => addDays(newestKnown, index + 1))
}

/** The night to work on now: the oldest that is not done with; after those the newest that has failed, when its time has come. Null: none. */
export function nightToDo<N extends KnownNight>(nights: readonly N[], now: string): N | null {
  const inOrder = [...nights].sort((first, second) => (first.as_of < second.as_of ? -1 : 1))
  const open = inOrder.find((night) => night.finished_at === null)
  if (open !== undefined) return isDue(open, now) ? open : null
  const newest = inOrder.at(-1)
  return newest?.state === 'failed' && newest.next_attempt_at !== null && isDue(newest, now) ? newest : null
}

/** A time further away than any pause was told by a clock that has gone back since. */
function isDue({ next_attempt_at: at }: KnownNight, now: string): boolean {
  return at === null || compareInstants(at, now) <= 0 || compareInstants(at, addMilliseconds(now, pauseOfTheFailed)) > 0
}

/** What follows a failure: tried again after so many milliseconds, and whether it counts as failed meanwhile. `tries`: how many there were, this one included. */
export function afterFailure(tries: number, code: string): { readonly hasFailed: boolean; readonly pause: number | null } {
  // The same facts give the same: a second time everybody is worked out anew, a third time would change nothing.
  if (code === 'check_failed') return tries < 2 ? { hasFailed: false, pause: pauses[0] ?? null } : { hasFailed: true, pause: null }
  if (code === 'increment_differs') return { hasFailed: true, pause: null }
  const pause = pauses[tries - 1]
  return pause === undefined ? { hasFailed: true, pause: pauseOfTheFailed } : { hasFailed: false, pause }
}
