/** Which entitlement each payment is for: a plain loop over the payments, rule by rule, from certain to doubtful (D6 to D12). */
import type { Entitlement, Line } from './lists.ts'
import type { Payment } from './payments.ts'
import type { People } from './people.ts'
import type { Rules } from './reference.ts'
import { startOf, unitOf } from './starts.ts'
import type { Rule } from './types.ts'
import { type Day, type Money, localDay, monthOf, sortBy, sum } from './values.ts'

/** One part of one payment; `amount` is what it takes there. */
export type Match = { payment: Payment; rule: Rule; entitlement: Entitlement; amount: Money }
export type Matching = {
  matches: Match[]
  unmatched: Payment[]
  /** Beneficiaries whom an unnamed payment's account may be for. */
  candidatesOf: (payment: Payment) => string[]
}

type Part = { entitlement: Entitlement; amount: Money }

export function matchPayments(entitlements: Entitlement[], payments: Payment[], people: People, asOf: Day, rules: Rules): Matching {
  const open = new Map(entitlements.map((entitlement) => [entitlement, entitlement.due]))
  const openOf = (entitlement: Entitlement): Money => open.get(entitlement) ?? 0n
  const matches: Match[] = []
  let left = payments

  /** One rule over all payments left, in their order: what it finds parts for is used up. */
  const take = (rule: Rule, partsOf: (payment: Payment) => Part[]): void => {
    left = left.filter((payment) => {
      const parts = partsOf(payment)
      for (const { entitlement, amount } of parts) {
        const takes = payment.takes > 0n ? amount : 0n
        open.set(entitlement, openOf(entitlement) - takes)
        matches.push({ payment, entitlement, amount: takes, rule: rule === 'id_period' && parts.length > 1 ? 'id_periods' : rule })
      }
      return parts.length === 0
    })
  }
  const insideOf = (payment: Payment, beneficiary: string): Entitlement[] =>
    entitlements.filter((one) => one.beneficiary === beneficiary && one.currency === payment.currency && isInside(payment, one, asOf) && isOpenTo(payment, one, asOf, rules))
  const statesAll = (payment: Payment): boolean => payment.scheme !== '' && payment.period !== ''
  const stated = (payment: Payment): Entitlement | undefined =>
    payment.beneficiary !== '' && statesAll(payment) ? insideOf(payment, payment.beneficiary)[0] : undefined
  const forStated = (payment: Payment, there: Entitlement | undefined): Part[] =>
    there ? partsFromStated(payment, there, entitlements, openOf) : []
  const formerly = (payment: Payment): Entitlement | undefined => {
    if (payment.beneficiary === '' || !statesAll(payment)) return undefined
    const there = people.otherIds(payment.beneficiary).flatMap((id) => insideOf(payment, id))
    return there.length === 1 ? there[0] : undefined
  }
  const isExact = (payment: Payment, there: Entitlement | undefined): boolean => payment.face === there?.due

  take('id_period', (payment) => (isExact(payment, stated(payment)) ? forStated(payment, stated(payment)) : []))
  take('id_period', (payment) => forStated(payment, stated(payment)))
  take('former_id_period', (payment) => (isExact(payment, formerly(payment)) ? forStated(payment, formerly(payment)) : []))
  take('former_id_period', (payment) => forStated(payment, formerly(payment)))
  take('id_oldest', (payment) =>
    payment.beneficiary !== '' && !statesAll(payment) ? partsFromOldest(payment, insideOf(payment, payment.beneficiary), openOf) : [],
  )

  const candidatesOf = (payment: Payment): string[] => {
    if (payment.beneficiary !== '' || payment.account === '') return []
    const everyone = [...new Set(entitlements.map(({ beneficiary }) => beneficiary))]
    return everyone.filter((beneficiary) => {
      const inside = insideOf(payment, beneficiary)
      return inside.length > 0 && isExpectedAccount(payment, beneficiary, inside, people, asOf)
    })
  }
  take('account', (payment) => {
    const [only, ...others] = candidatesOf(payment)
    if (only === undefined || others.length > 0) return []
    const inside = insideOf(payment, only)
    return statesAll(payment) ? forStated(payment, inside[0]) : partsFromOldest(payment, inside, openOf)
  })
  take('household', (payment) => {
    const candidates = candidatesOf(payment)
    const inside = candidates.flatMap((beneficiary) => insideOf(payment, beneficiary))
    return candidates.length > 1 ? partsOfHousehold(payment, inside, openOf) : []
  })
  return { matches, unmatched: left, candidatesOf }
}

/** D98: a month before the place began is open only to payments that name it, or that come from before the start themselves. */
function isOpenTo(payment: Payment, there: Entitlement, asOf: Day, rules: Rules): boolean {
  const start = startOf(rules, there.scheme, unitOf(there))
  return payment.period !== '' || there.period >= start || monthOfPayment(payment, asOf) < start
}

/** Inside the stated scheme and period; without a period, up to the month of instruction (of credit, else of D). */
export function isInside(payment: Payment, there: { scheme: string; period: string }, asOf: Day): boolean {
  if (payment.scheme !== '' && payment.scheme !== there.scheme) return false
  if (payment.period !== '') return payment.period === there.period
  return there.period <= monthOfPayment(payment, asOf)
}

/** The month stated; else that of the instruction, of the credit, of D. */
export function monthOfPayment({ period, instructedAt, creditedAt }: Payment, asOf: Day): string {
  const instant = instructedAt ?? creditedAt
  return period !== '' ? period : monthOf(instant === null ? asOf : localDay(instant))
}

/** Rule 1: to the stated month, whole; or over it and the next open months when that is exact to the last đồng. */
function partsFromStated(
  payment: Payment, there: Entitlement, entitlements: Entitlement[], openOf: (entitlement: Entitlement) => Money,
): Part[] {
  const whole = [{ entitlement: there, amount: payment.face }]
  if (openOf(there) <= 0n || payment.face <= openOf(there)) return whole
  const later = entitlements.filter(
    ({ beneficiary, scheme, period }) => beneficiary === there.beneficiary && scheme === there.scheme && period > there.period,
  )
  const openLater = sortBy(later, ({ period }) => [period]).filter((one) => openOf(one) > 0n)
  return exactRun(payment.face, [there, ...openLater], openOf) ?? whole
}

/** Rule 3: exactly that amount, oldest first; else the oldest in a row; else the oldest open; else the one due last. */
function partsFromOldest(payment: Payment, inside: Entitlement[], openOf: (entitlement: Entitlement) => Money): Part[] {
  const open = sortBy(inside, ({ period, dueDate, scheme }) => [period, dueDate, scheme]).filter((one) => openOf(one) > 0n)
  const exact = open.find((one) => openOf(one) === payment.face)
  if (exact) return [{ entitlement: exact, amount: payment.face }]
  const run = exactRun(payment.face, open, openOf)
  if (run) return run
  const dueLast = sortBy(inside, ({ dueDate, period, scheme }) => [dueDate, period, scheme]).at(-1)
  const there = open[0] ?? dueLast
  return there ? [{ entitlement: there, amount: payment.face }] : []
}

/** The first n in a row whose open amounts add up to exactly `face`, or undefined. */
function exactRun(face: Money, inOrder: Entitlement[], openOf: (entitlement: Entitlement) => Money): Part[] | undefined {
  const parts: Part[] = []
  for (const entitlement of inOrder) {
    parts.push({ entitlement, amount: openOf(entitlement) })
    if (sum(parts.map(({ amount }) => amount)) === face) return parts
  }
  return undefined
}

/** Rule 5: every open due of everyone, or the only one that is open for exactly the face. */
function partsOfHousehold(payment: Payment, inside: Entitlement[], openOf: (entitlement: Entitlement) => Money): Part[] {
  const parts = inside.map((entitlement) => ({ entitlement, amount: openOf(entitlement) })).filter(({ amount }) => amount > 0n)
  if (sum(parts.map(({ amount }) => amount)) === payment.face) return parts
  const exact = parts.filter(({ amount }) => amount === payment.face)
  return exact.length === 1 ? exact : []
}

/** A list account without agent fits any agent; an empty account fits nothing. */
export function isListAccount(line: Line, agent: string, account: string): boolean {
  return account !== '' && line.account === account && (line.agent === '' || line.agent === agent)
}

/** The list's account, the beneficiary's own, or that of a payee whose mandate covers the day of the credit. */
export function isExpectedAccount(
  payment: Payment, beneficiary: string, inside: Entitlement[], people: People, asOf: Day,
): boolean {
  const lines = inside.flatMap((entitlement) => entitlement.lines)
  if (lines.some((line) => isListAccount(line, payment.agent, payment.account))) return true
  const holder = people.accountAt(payment.agent, payment.account)?.holder
  if (holder === undefined) return false
  const instant = payment.creditedAt ?? payment.instructedAt
  const day = instant === null ? asOf : localDay(instant)
  return people.isSamePerson(beneficiary, holder) || people.mandateCovers(beneficiary, holder, day)
}
