/** The one class of each entitlement on day D: the first row of the contract's table that applies. */
import type { Entitlement, Line } from './lists.ts'
import type { Match } from './matching.ts'
import type { Payment } from './payments.ts'
import type { People } from './people.ts'
import type { Rules } from './reference.ts'
import type { OutcomeClass } from './types.ts'
import { type Day, type Money, localDay, sortBy, sum } from './values.ts'

export type Outcome = {
  entitlement: Entitlement
  class: OutcomeClass
  /** S: credited less returned. */
  credited: Money
  /** Every match, also those that take nothing. */
  matches: Match[]
}

export function classify(entitlements: Entitlement[], lines: Line[], matches: Match[], people: People, rules: Rules, asOf: Day): Outcome[] {
  return entitlements.map((entitlement) => {
    const linked = matches.filter((match) => match.entitlement === entitlement)
    const credits = creditsInOrder(linked)
    const credited = sum(credits.map(({ amount }) => amount))
    const outcomeClass =
      classOfMoney(entitlement, credits, credited) ??
      (isCarriedOver(entitlement, lines) ? 'carried_over' : undefined) ??
      (asOf <= entitlement.lastDayInTime ? 'not_due' : undefined) ??
      classOnTheWay(entitlement, linked, credited, rules, asOf) ??
      (credited > 0n ? 'paid_short' : classOfNothing(entitlement, linked, people, asOf))
    return { entitlement, class: outcomeClass, credited, matches: linked }
  })
}

function creditsInOrder(linked: Match[]): Match[] {
  const credits = linked.filter(({ payment }) => payment.net > 0n)
  return sortBy(credits, ({ payment }) => [payment.creditedAt, payment.endToEndId, ...payment.content])
}

/** S = A or S > A. */
function classOfMoney(entitlement: Entitlement, credits: Match[], credited: Money): OutcomeClass | undefined {
  if (credited < entitlement.due) return undefined
  if (credited === entitlement.due) {
    const completedAt = credits.at(-1)?.payment.creditedAt ?? null
    return completedAt !== null && localDay(completedAt) > entitlement.lastDayInTime ? 'paid_late' : 'paid'
  }
  const amounts = credits.map(({ amount }) => amount)
  const complete = amounts.findIndex((_, index) => sum(amounts.slice(0, index + 1)) === entitlement.due)
  if (complete === -1) return 'paid_over'
  const first = amounts.slice(0, complete + 1)
  const later = amounts.slice(complete + 1)
  return later.every((amount) => amount === entitlement.due || first.includes(amount)) ? 'paid_twice' : 'paid_over'
}

function isCarriedOver({ scheme, beneficiary, period }: Entitlement, lines: Line[]): boolean {
  return lines.some(
    (line) =>
      line.active && line.component === 'carried_over' && line.origin === period && line.period > period &&
      line.scheme === scheme && line.beneficiary === beneficiary,
  )
}

function classOnTheWay(entitlement: Entitlement, linked: Match[], credited: Money, rules: Rules, asOf: Day): OutcomeClass | undefined {
  const onTheWay = linked.filter(({ payment }) => payment.status === 'on_the_way')
  if (credited + sum(onTheWay.map(({ amount }) => amount)) < entitlement.due) return undefined
  const { settlementDays } = rules.scheme(entitlement.scheme)
  const isOld = ({ instructedAt }: Payment): boolean => instructedAt !== null && asOf - localDay(instructedAt) > settlementDays
  return onTheWay.some(({ payment }) => isOld(payment)) ? 'stuck' : 'in_transit'
}

function classOfNothing(entitlement: Entitlement, linked: Match[], people: People, asOf: Day): OutcomeClass {
  const last = lastAttempt(linked.map(({ payment }) => payment))
  if (last && (last.status === 'rejected' || last.status === 'returned')) return 'returned'
  if (uncollected(entitlement, linked).length > 0) return 'not_collected'
  const throughAccount = entitlement.lines.every(({ channel }) => channel === 'account' || channel === 'wallet')
  if (throughAccount && linked.length === 0 && !hasUsableAccount(entitlement.beneficiary, people, asOf)) return 'unpaid_no_account'
  return 'unpaid'
}

/** The greatest (instructed_at, end_to_end_id, content), empty first. */
export function lastAttempt(payments: Payment[]): Payment | undefined {
  return sortBy(payments, ({ instructedAt, endToEndId, content }) => [instructedAt, endToEndId, ...content], 'first').at(-1)
}

/** Cash and post money that nobody fetched; where the payment names no channel, the list's counts. */
export function uncollected(entitlement: Entitlement, linked: Match[]): Payment[] {
  const inPerson = (channel: string): boolean => channel === 'cash' || channel === 'post'
  const byList = entitlement.lines.some(({ channel }) => inPerson(channel))
  return linked
    .map(({ payment }) => payment)
    .filter(({ status, channel }) => status === 'not_collected' && (channel === '' ? byList : inPerson(channel)))
}

function hasUsableAccount(beneficiary: string, people: People, asOf: Day): boolean {
  return people.accounts.some(
    ({ status, holder }) =>
      status === 'active' && (people.isSamePerson(beneficiary, holder) || people.mandateCovers(beneficiary, holder, asOf)),
  )
}
