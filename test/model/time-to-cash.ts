/**
 * Contract 6 by the model: from credit to first withdrawal in whole local days, as counts per stratum and day, from which every
 * curve follows. One clock per credited entitlement: that of its first credit (D38); cash and post have none.
 */
import type { Known } from './finding.ts'
import type { Outcome } from './outcomes.ts'
import type { Payment } from './payments.ts'
import { type Day, type Instant, dayText, groupBy, localDay, sortBy } from './values.ts'

export const ENDS = ['withdrawn', 'censored', 'returned', 'closed', 'died'] as const
export type End = (typeof ENDS)[number]

/** One clock: how it ended, and after how many days; `not_reported` has no days, since nothing is known of them. */
export type Clock = { outcome: Outcome; payment: Payment; end: End | 'not_reported'; days: number }

/** `at_risk`: clocks that ran at least until this day; then how many ended on it, and how. */
export type RiskRow = { day: number; at_risk: number } & Record<End, number>

/** One stratum: everybody, or those alike in one respect. `n` counts the clocks at risk from day 0, without those not reported. */
export type RiskTable = { stratum: string; value: string; n: number; not_reported: number; rows: RiskRow[] }

/** Sorted by stratum and value; a person may be in several strata of one kind (needs). */
export function riskTables(known: Known): RiskTable[] {
  const members = clocksOf(known).flatMap((clock) => strataOf(clock).map(([stratum, value]) => ({ stratum, value, clock })))
  const groups = [...groupBy(members, ({ stratum, value }) => `${stratum}|${value}`).values()]
  const tables = groups.flatMap((group): RiskTable[] => {
    const [first] = group
    return first ? [tableOf(first.stratum, first.value, group.map(({ clock }) => clock))] : []
  })
  return sortBy(tables, ({ stratum, value }) => [stratum, value], 'first')
}

function tableOf(stratum: string, value: string, clocks: Clock[]): RiskTable {
  const running = clocks.filter(({ end }) => end !== 'not_reported')
  const days = sortBy([...new Set(running.map((clock) => clock.days))], (day) => [day])
  const rows = days.map((day): RiskRow => {
    const count = (end: End): number => running.filter((clock) => clock.days === day && clock.end === end).length
    return {
      day, at_risk: running.filter((clock) => clock.days >= day).length,
      withdrawn: count('withdrawn'), censored: count('censored'), returned: count('returned'), closed: count('closed'), died: count('died'),
    }
  })
  return { stratum, value, n: running.length, not_reported: clocks.length - running.length, rows }
}

/** The clocks of all credited entitlements, returned ones too. */
export function clocksOf(known: Known): Clock[] {
  return known.outcomes.flatMap((outcome) => {
    const credits = outcome.matches.map(({ payment }) => payment).filter((payment) => payment.creditedAt !== null && isByAccount(payment, outcome))
    const [first] = firstOf(credits, known)
    return first ? [clockOf(outcome, first, first.creditedAt ?? 0, known)] : []
  })
}

/** In the order of D38: those of one reference, or of none, in the order of D7. */
export function firstOf(credits: Payment[], { payments }: Known): Payment[] {
  return sortBy(credits, (payment) => [payment.creditedAt, payment.endToEndId, payments.indexOf(payment)])
}

/** As its own channel says, else as that of the list's lines. */
function isByAccount({ channel }: Payment, { entitlement }: Outcome): boolean {
  const channels = channel === '' ? entitlement.lines.map((line) => line.channel) : [channel]
  return !channels.some((one) => one === 'cash' || one === 'post')
}

/** What came first; on one day a withdrawal before a return before a closure before a death. */
function clockOf(outcome: Outcome, payment: Payment, creditedAt: Instant, { withdrawals, people }: Known): Clock {
  const origin = localDay(creditedAt)
  const reports = withdrawals(payment).filter(({ day, through }) => (day ?? through) >= origin)
  const clock = (end: Clock['end'], day: Day): Clock => ({ outcome, payment, end, days: day - origin })
  if (reports.length === 0) return clock('not_reported', origin)
  const withdrawn = reports.flatMap(({ day }) => (day === null ? [] : [day]))
  const ends: [End, Day | null][] = [
    ['withdrawn', withdrawn.length === 0 ? null : Math.min(...withdrawn)],
    ['returned', payment.returnedInFullAt === null ? null : localDay(payment.returnedInFullAt)],
    ['closed', people.closedOn(payment.agent, payment.account)],
    ['died', people.diedOn(outcome.entitlement.beneficiary)],
    ['censored', Math.max(...reports.map(({ day, through }) => Math.max(through, day ?? through)))],
  ]
  const happened = ends.flatMap(([end, day], order) => (day === null || day < origin ? [] : [{ end, day, order }]))
  const [first] = sortBy(happened, ({ day, order }) => [day, order])
  return first ? clock(first.end, first.day) : clock('not_reported', origin)
}

/** D39. */
export function strataOf({ outcome, payment }: Clock): [string, string][] {
  const { entitlement } = outcome
  const { lines } = entitlement
  const only = (values: string[]): string => (new Set(values).size === 1 ? (values[0] ?? '') : '')
  const needs = new Set(lines.flatMap((line) => line.needs.split(';')).map((need) => need.trim()).filter((need) => need !== ''))
  const [unit = ''] = lines.map((line) => line.unit).sort()
  return [
    ['all', ''],
    ['scheme', entitlement.scheme],
    ['unit', unit],
    ['bank', payment.agent],
    ['channel', payment.channel || only(lines.map(({ channel }) => channel))],
    ['sex', only(lines.map(({ sex }) => sex).filter((sex) => sex !== ''))],
    ['age', ageBand(only(lines.map(({ birth }) => birth).filter((birth) => birth !== '')), localDay(payment.creditedAt ?? 0))],
    ...[...needs].map((need): [string, string] => ['need', need]),
  ]
}

/** Empty where the birth is not known, or a year alone leaves two bands open. */
export function ageBand(birth: string, day: Day): string {
  if (birth === '') return ''
  const years = Number.parseInt(dayText(day).slice(0, 4), 10) - Number.parseInt(birth.slice(0, 4), 10)
  const isBefore = dayText(day).slice(5) < birth.slice(5)
  const ages = birth.length === 4 ? [years - 1, years] : [isBefore ? years - 1 : years]
  const bands = ages.map((age) => (age < 15 ? '<15' : age < 60 ? '15–59' : age < 70 ? '60–69' : age < 80 ? '70–79' : '80+'))
  return new Set(bands).size === 1 ? (bands[0] ?? '') : ''
}
