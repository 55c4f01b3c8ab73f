/** The risk table of one stratum: how many were still waiting on each day, and what happened to how many. */

/** How a clock ends: the money is withdrawn, or what is known ends first, or something makes a withdrawal impossible. */
export const clockEnds = ['withdrawn', 'censored', 'returned', 'closed', 'died'] as const
export type ClockEnd = (typeof clockEnds)[number]

/** What makes a withdrawal impossible: competing events. */
export const competingEnds = ['returned', 'closed', 'died'] as const satisfies readonly ClockEnd[]
export type CompetingEnd = (typeof competingEnds)[number]

/** So many clocks of a stratum ended in this way after so many whole days; rows may repeat a day and come in any order. */
export interface RiskRow {
  readonly days: number
  readonly event: ClockEnd
  readonly count: number
}

/** A day on which something happened. Events come before censorings: whoever is censored on a day was at risk on it. */
export interface RiskDay extends Readonly<Record<ClockEnd, number>> {
  readonly days: number
  readonly atRisk: number
}

/**
 * The days of a risk table in order; a row that counts nobody is as if it were not there. Throws a RangeError for days
 * or counts that are not whole, below zero or, added up, too large to be exact.
 */
export function riskDays(rows: readonly RiskRow[]): RiskDay[] {
  const byDay = new Map<number, Record<ClockEnd, number>>()
  let total = 0
  for (const { days, event, count } of rows) {
    if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`not whole days: ${days}`)
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`)
    total += count
    if (!Number.isSafeInteger(total)) throw new RangeError('a risk table counts too many to be exact')
    if (count === 0) continue
    let day = byDay.get(days)
    if (day === undefined) byDay.set(days, (day = { withdrawn: 0, censored: 0, returned: 0, closed: 0, died: 0 }))
    day[event] += count
  }
  let atRisk = total
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([days, ends]) => {
      const day = { days, atRisk, ...ends }
      atRisk -= ends.withdrawn + ends.censored + ends.returned + ends.closed + ends.died
      return day
    })
}

/** How many of a day's clocks ended in a competing way. */
export function competingOn(day: Readonly<Record<CompetingEnd, number>>): number {
  return day.returned + day.closed + day.died
}
