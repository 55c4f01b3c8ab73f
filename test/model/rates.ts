/** What the law says one line is worth: quantity × coefficient × the rate of the nearest unit (contract 5, `due_amount_off_rule`; D33). */
import type { Line } from './lists.ts'
import type { Rules } from './reference.ts'
import type { Row } from './types.ts'
import { type Day, type Money, dayOf, monthOf, moneyOf, sortBy } from './values.ts'

const UNIT = 10_000n

/** The unit, the units it is part of (or goes on as, where its code is no longer one), nearest first; the country, which has no code, last. */
export function unitsAbove(rules: Rules, unit: string, period: string): string[] {
  const found: string[] = []
  let code = unit
  while (code !== '' && !found.includes(code)) {
    found.push(code)
    code = nextAbove(rules, code, dayOf(`${period}-01`))
  }
  return [...found, '']
}

function nextAbove(rules: Rules, code: string, day: Day): string {
  const rows = sortBy(rules.rows('administrative_unit').filter((row) => row['unit_code'] === code), (row) => [dayOf(row['valid_from'] ?? '')])
  const row = rows.filter((one) => dayOf(one['valid_from'] ?? '') <= day).at(-1) ?? rows[0]
  const isThere = row !== undefined && (!row['valid_to'] || dayOf(row['valid_to']) >= day)
  if (isThere) return row['parent_code'] ?? ''
  const successors = rules.rows('unit_succession').filter((one) => one['old_code'] === code)
  const [successor] = sortBy(successors, (one) => [(one['part'] || 'whole') === 'whole' ? 0 : 1, one['new_code'] ?? ''])
  return successor?.['new_code'] ?? ''
}

export const inForceOn = (row: Row): Day => dayOf(row['in_force_date'] || row['applies_from'] || '')
const appliesFrom = (row: Row): string => monthOf(dayOf(row['applies_from'] ?? ''))

/** The rates that apply to a month and were in force on a day, of the nearest unit that has any; the one that counts is the last. */
export function ratesOf(rules: Rules, line: Line, period: string, day: Day): Row[] {
  const rates = rules.rows('standard_rate').filter((row) => row['scheme'] === line.scheme && appliesFrom(row) <= period && inForceOn(row) <= day)
  const nearest = unitsAbove(rules, line.unit, period).find((code) => rates.some((row) => (row['unit_code'] ?? '') === code))
  return sortBy(rates.filter((row) => (row['unit_code'] ?? '') === nearest), (row) => [dayOf(row['applies_from'] ?? '')])
}

/** The coefficient of a category in a month; undefined for a category that nobody has described. */
export function coefficientOf(rules: Rules, line: Line, period: string): Money | undefined {
  const known = rules
    .rows('category')
    .filter((row) => row['scheme'] === line.scheme && row['category_code'] === line.category && (!row['applies_from'] || appliesFrom(row) <= period))
  const standing = sortBy(known, (row) => [row['applies_from'] ? dayOf(row['applies_from']) : null], 'first').at(-1)
  return standing && moneyOf(standing['coefficient'] ?? '')
}

/** Quantity × coefficient × rate, half a đồng up (half a hundredth in other currencies). */
export function worthAt(rules: Rules, line: Line, coefficient: Money, rate: Row): Money {
  const product = line.quantity * coefficient * moneyOf(rate['amount'] ?? '')
  const step = (rules.scheme(line.scheme).currency === 'VND' ? UNIT : UNIT / 100n) * UNIT * UNIT
  return (((product * 2n + step) / (step * 2n)) * step) / UNIT / UNIT
}

/** The days on which whoever wrote the line may have looked up the law: the list's own, else any from the month before to the due date; of those, the days on which the law changed. */
export function listDays(rules: Rules, line: Line): Day[] {
  if (line.listDate !== null) return [line.listDate]
  const first = dayOf(`${monthOf(dayOf(`${line.period}-01`) - 1)}-01`)
  const changes = rules.rows('standard_rate').filter((row) => row['scheme'] === line.scheme).map(inForceOn)
  return [first, ...new Set(changes.filter((day) => first < day && day <= line.dueDate))]
}

/** The amounts a month may be worth, as the law was known on the line's list days; none: no rule is known for it. */
export function worthsKnown(rules: Rules, line: Line, period: string): Money[] {
  const coefficient = coefficientOf(rules, line, period)
  if (line.category === '' || coefficient === undefined) return []
  const rates = new Set(listDays(rules, line).map((day) => ratesOf(rules, line, period, day).at(-1)))
  return [...new Set([...rates].flatMap((rate) => (rate ? [worthAt(rules, line, coefficient, rate)] : [])))]
}

/** What the month turned out to be worth by the law in force on a day, and under which rate. */
export function worthOn(rules: Rules, line: Line, day: Day): { amount: Money; rate: Row } | undefined {
  const coefficient = coefficientOf(rules, line, line.period)
  const rate = ratesOf(rules, line, line.period, day).at(-1)
  return line.category === '' || !rate || coefficient === undefined ? undefined : { rate, amount: worthAt(rules, line, coefficient, rate) }
}

