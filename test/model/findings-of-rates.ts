/** Findings about what a line is worth by the law: off the rule (D33), and months past that a later decree raised (D34). */
import { type Known, about, apart } from './finding.ts'
import type { Entitlement, Line } from './lists.ts'
import { coefficientOf, inForceOn, listDays, ratesOf, worthAt, worthOn, worthsKnown } from './rates.ts'
import { type Rules, usualDueDate } from './reference.ts'
import type { FindingResult } from './types.ts'
import { type Day, type Money, monthOf, nextPeriod, smaller, sum } from './values.ts'

/** Monthly money; other components have formulas of their own. */
const MONTHLY = ['regular', 'carer']

export function findingsOfRates(entitlement: Entitlement, known: Known): FindingResult[] {
  const findings: FindingResult[] = []
  const off = entitlement.lines.map((line) => {
    const right = rightAmounts(line, known)
    return right.length === 0 ? 0n : right.map((amount) => apart(line.amount, amount)).reduce(smaller)
  })
  if (off.some((difference) => difference > 0n)) findings.push(about('due_amount_off_rule', entitlement, sum(off)))
  const missing = entitlement.lines.map((line) => missingOf(line, known))
  if (missing.some((amount) => amount > 0n)) findings.push(about('arrears_missing', entitlement, sum(missing)))
  return findings
}

/** None: no rule is known for such a line. */
function rightAmounts(line: Line, { lines, rules }: Known): Money[] {
  if (MONTHLY.includes(line.component)) return worthsKnown(rules, line, line.period)
  if (line.component !== 'arrears') return []
  const said = lines.filter(
    (one) =>
      one.active && one.scheme === line.scheme && one.beneficiary === line.beneficiary && one.category === line.category &&
      ((MONTHLY.includes(one.component) && one.period === line.origin) ||
        (one.component === 'arrears' && one.origin === line.origin && one.period < line.period)),
  )
  const whole = worthsKnown(rules, line, line.origin)
  if (said.length === 0) return [...whole, ...raisesOf(line, rules)]
  const lacking = (amount: Money): Money => amount - sum(said.map((one) => one.amount))
  return whole.map(lacking).map((amount) => (amount > 0n ? amount : 0n))
}

/** Nobody's list says what the origin month was: then any lower rate before may have been what was paid. */
function raisesOf(line: Line, rules: Rules): Money[] {
  const coefficient = coefficientOf(rules, line, line.origin)
  if (line.category === '' || coefficient === undefined) return []
  const amountOn = (day: Day): Money => {
    const rate = ratesOf(rules, line, line.origin, day).at(-1)
    return rate ? worthAt(rules, line, coefficient, rate) : 0n
  }
  // What was right on some earlier day, also by another unit's rate: a commune that gets one of its own paid the province's before.
  const changes = rules.rows('standard_rate').filter((row) => row['scheme'] === line.scheme).map(inForceOn)
  return listDays(rules, line).flatMap((day) => {
    const now = amountOn(day)
    return changes.filter((earlier) => earlier < day).map(amountOn).flatMap((before) => (before > 0n && before < now ? [now - before] : []))
  })
}

/** What a line at an older, lower rate lacks of the one in force on D, once its arrears should have been on a list; else zero. */
function missingOf(line: Line, { lines, outcomes, rules, asOf }: Known): Money {
  const now = worthOn(rules, line, asOf)
  const isRight = worthsKnown(rules, line, line.period).includes(line.amount)
  if (!MONTHLY.includes(line.component) || !now || !isRight || line.amount >= now.amount) return 0n
  const next = nextPeriod(monthOf(inForceOn(now.rate)))
  const there = outcomes.find(({ entitlement: one }) => one.scheme === line.scheme && one.period === next && one.beneficiary === line.beneficiary)
  if (asOf <= (there?.entitlement.dueDate ?? usualDueDate(rules.scheme(line.scheme), next))) return 0n
  const isMade = lines.some(
    (one) =>
      one.active && one.component === 'arrears' && one.scheme === line.scheme && one.beneficiary === line.beneficiary &&
      one.origin === line.period && (one.category === '' || one.category === line.category),
  )
  return isMade ? 0n : now.amount - line.amount
}
