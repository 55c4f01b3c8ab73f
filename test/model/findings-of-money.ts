/** Findings about money after it arrived, or that was carried on: not to be got, not fetched (D35), not what was left (D36). */
import { type Known, about, apart } from './finding.ts'
import type { Line } from './lists.ts'
import type { Outcome } from './outcomes.ts'
import type { Payment } from './payments.ts'
import type { Rules } from './reference.ts'
import { startOf, unitOf } from './starts.ts'
import type { FindingResult } from './types.ts'
import { localDay, sum } from './values.ts'

export function findingsOfArrival({ entitlement, credited, matches }: Outcome, { people, withdrawals }: Known): FindingResult[] {
  const arrived = matches
    .map(({ payment }) => payment)
    .filter(({ net, channel, account }) => net > 0n && account !== '' && channel !== 'cash' && channel !== 'post')
  const isWithdrawn = (payment: Payment): boolean => withdrawals(payment).some(({ day }) => day !== null)
  const isUnusable = ({ agent, account }: Payment): boolean => (people.accountAt(agent, account)?.status ?? 'active') !== 'active'
  const findings: FindingResult[] = []
  if (arrived.some((payment) => isUnusable(payment) && !isWithdrawn(payment))) findings.push(about('not_withdrawable', entitlement, credited))
  const waitsLong = (payment: Payment): boolean => {
    const seenThrough = Math.max(...withdrawals(payment).map(({ through }) => through))
    return payment.creditedAt !== null && seenThrough - localDay(payment.creditedAt) >= 30
  }
  if (arrived.some(waitsLong) && !arrived.some(isWithdrawn)) findings.push(about('not_withdrawn', entitlement, credited))
  return findings
}

/** What a month says was carried over from earlier ones, against what each of those left, less what months between carried on. */
export function carriedOverMismatches({ outcomes, rules }: Known): FindingResult[] {
  return outcomes.flatMap((outcome) => {
    const origins = [...new Set(carriedOver(outcome).map(({ origin }) => origin))].filter((origin) => origin < outcome.entitlement.period)
    const differences = origins.map((origin) => differenceFrom(origin, outcome, outcomes, rules))
    return differences.some((difference) => difference > 0n) ? [about('carried_over_mismatch', outcome.entitlement, sum(differences))] : []
  })
}

const carriedOver = ({ entitlement }: Outcome): Line[] => entitlement.lines.filter(({ component }) => component === 'carried_over')

function differenceFrom(origin: string, outcome: Outcome, outcomes: Outcome[], rules: Rules): bigint {
  const { beneficiary, scheme, period } = outcome.entitlement
  const theirs = outcomes.filter(({ entitlement }) => entitlement.beneficiary === beneficiary && entitlement.scheme === scheme)
  const there = theirs.find(({ entitlement }) => entitlement.period === origin)
  // Of a month before the place began nobody knows what was paid (D98).
  if (!there || origin < startOf(rules, scheme, unitOf(there.entitlement))) return 0n
  const carriedBy = (some: Outcome[]): bigint => sum(some.flatMap(carriedOver).filter((line) => line.origin === origin).map(({ amount }) => amount))
  const left = there.entitlement.due > there.credited ? there.entitlement.due - there.credited : 0n
  const rest = left - carriedBy(theirs.filter(({ entitlement }) => entitlement.period > origin && entitlement.period < period))
  return apart(carriedBy([outcome]), rest > 0n ? rest : 0n)
}
