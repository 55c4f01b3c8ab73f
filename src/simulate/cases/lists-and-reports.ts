/** Who is paid without being due, and what lists and reports contradict: strangers, the suspended, the dead, doubled lines. */
import { afternoon, dayInTime, morning, period } from '../month.ts'
import { reasons, type PaymentReport, type World } from '../world.ts'
import type { Case } from './case.ts'

const notOnList: Case = {
  name: 'not_on_list', kind: 'fault', share: 10, people: 0,
  variants: [
    // A person with a number and an account, but on no list.
    (world) => {
      const payment = creditNobody(world, {})
      world.expectPaymentFinding('not_on_list', payment, payment.amount)
      world.truth.unmatched(payment.scheme, payment.period, payment.amount)
    },
    // Neither a number nor an account that anybody knows.
    (world) => {
      const account = world.unreportedAccount()
      const payment = creditNobody(world, { id: '', agent: account.agent, accountNumber: account.number })
      world.expectPaymentFinding('not_on_list', payment, payment.amount)
      world.truth.unmatched(payment.scheme, payment.period, payment.amount)
    },
    // And one that does not even say for which scheme and month.
    (world) => {
      const payment = creditNobody(world, { scheme: '', period: '' })
      world.expectPaymentFinding('not_on_list', payment, payment.amount)
      world.truth.unmatched(null, null, payment.amount)
    },
  ],
}

function creditNobody(world: World, change: Partial<PaymentReport>): PaymentReport {
  const stranger = world.stranger()
  const account = world.open(stranger)
  const day = dayInTime(world.random, 'BTXH')
  const payment: PaymentReport = {
    id: stranger.id,
    scheme: 'BTXH',
    period,
    agent: account.agent,
    accountNumber: account.number,
    creditorName: stranger.bankName,
    amount: 540_000n,
    instructedAt: morning(world.random, day),
    status: 'ACSC',
    creditedAt: afternoon(world.random, day),
    reference: world.reference(),
    ...change,
  }
  world.report(payment)
  return payment
}

const ambiguousPayment: Case = {
  name: 'ambiguous_payment', kind: 'fault', share: 10, people: 2,
  variants: [
    // A couple with one account and equal amounts: whose money is it?
    (world) => {
      const payment = payACouple(world, (due) => due, 'ACSC')
      world.expectPaymentFinding('ambiguous_payment', payment, payment.amount)
      world.truth.unmatched(payment.scheme, payment.period, payment.amount)
    },
    // Neither one's due nor both together.
    (world) => {
      const payment = payACouple(world, (due) => due + due - 60_000n, 'ACSC')
      world.expectPaymentFinding('ambiguous_payment', payment, payment.amount)
      world.truth.unmatched(payment.scheme, payment.period, payment.amount)
    },
    // Still on the way, so there is nothing at stake yet.
    (world) => {
      const payment = payACouple(world, (due) => due, 'ACSP')
      world.expectPaymentFinding('ambiguous_payment', payment, 0n)
    },
  ],
}

function payACouple(world: World, amountOf: (due: bigint) => bigint, status: 'ACSC' | 'ACSP'): PaymentReport {
  const head = world.enrol()
  const spouse = world.enrolLike(head)
  const account = world.open(head)
  world.mandate(spouse, head, 'household_head')
  for (const person of [head, spouse]) {
    world.list(person, { account, ...(person === spouse ? { payee: head } : {}) })
    world.expect(person, 'unpaid', 0n)
    world.expectFinding('unpaid', person, person.dueAmount)
  }
  const day = dayInTime(world.random, head.scheme)
  const instruction = { ...world.instruction(head, account, day), id: '', amount: amountOf(head.dueAmount) }
  const payment: PaymentReport = status === 'ACSP' ? instruction : { ...instruction, status, creditedAt: afternoon(world.random, day) }
  world.report(payment)
  return payment
}

const paidWhileSuspended: Case = {
  name: 'paid_while_suspended', kind: 'fault', share: 10, people: 1,
  variants: (['suspended', 'stopped'] as const).map((status) => (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account, status })
    const payment = world.credit(person, account)
    world.expectPaymentFinding('paid_while_suspended', payment, person.dueAmount)
    world.truth.unmatched(person.scheme, period, person.dueAmount)
  }),
}

const deceased: Case = {
  name: 'deceased_on_list', kind: 'fault', share: 15, people: 1,
  variants: [
    // Died in August, still on October's list, and paid.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.register(person, { death: '2026-08-14' })
      world.list(person, { account })
      world.credit(person, account)
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('deceased_on_list', person, person.dueAmount)
      world.expectFinding('paid_after_death', person, person.dueAmount)
    },
    // The register says dead without a day: it counts from the month after it was verified.
    (world) => {
      const person = world.enrol()
      world.register(person, { isDead: true, verified: '2026-09-04' })
      world.list(person, { channel: 'cash' })
      world.payInCash(person, 'cash')
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('deceased_on_list', person, person.dueAmount)
      world.expectFinding('paid_after_death', person, person.dueAmount)
    },
  ],
}

/** Died in September, and the bank knew: the money came back. */
const deceasedAndReturned: Case = {
  name: 'deceased_and_returned', kind: 'fault', share: 8, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const account = world.open(person, { status: 'blocked' })
      world.register(person, { death: '2026-09-30' })
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.dead })
      world.expect(person, 'returned', 0n)
      world.expectFinding('returned', person, person.dueAmount)
      world.expectFinding('account_not_usable', person, person.dueAmount)
      world.expectFinding('deceased_on_list', person, person.dueAmount)
    },
  ],
}

const duplicateLine: Case = {
  name: 'duplicate_entitlement_line', kind: 'fault', share: 15, people: 1,
  variants: [
    // The same line twice in one list.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.list(person, { account })
      world.credit(person, account)
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('duplicate_entitlement_line', person, person.dueAmount)
    },
    // Twice with two amounts: the smaller one stands.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account, amount: person.dueAmount + 270_000n })
      world.list(person, { account })
      world.credit(person, account)
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('duplicate_entitlement_line', person, 270_000n)
    },
    // Moved, and active in both communes.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.list(person, { account, commune: world.elsewhere(person.commune) })
      world.credit(person, account)
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('duplicate_entitlement_line', person, person.dueAmount)
    },
    // In both communes with two amounts, and paid the larger one.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.list(person, { account, commune: world.elsewhere(person.commune), amount: person.dueAmount + 50_000n })
      world.credit(person, account, { amount: person.dueAmount + 50_000n })
      world.expect(person, 'paid_over', person.dueAmount + 50_000n)
      world.expectFinding('duplicate_entitlement_line', person, 50_000n)
      world.expectFinding('paid_over', person, 50_000n)
    },
  ],
}

const conflictingLine: Case = {
  name: 'conflicting_line', kind: 'fault', share: 10, people: 1,
  variants: [
    // The same payment with two amounts: the smaller stands, which here is the right one.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      const payment = world.credit(person, account)
      world.report(withAmount(payment, person.dueAmount + 90_000n))
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('conflicting_line', payment, 90_000n)
    },
    // The smaller stands, which here is too little.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      const payment = world.credit(person, account)
      world.report(withAmount(payment, person.dueAmount - 100_000n))
      world.expect(person, 'paid_short', person.dueAmount - 100_000n)
      world.expectFinding('paid_short', person, 100_000n)
      world.expectPaymentFinding('conflicting_line', payment, 100_000n)
    },
    // Two accounts: the report of the earlier instruction stands, and it names the right one.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      const payment = world.credit(person, account, { day })
      world.report({ ...payment, accountNumber: world.unheldAccount(account.bank).number, instructedAt: `${day}T11:30:00` })
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('conflicting_line', payment, person.dueAmount)
    },
    // Rejected and credited at once.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      const payment = world.credit(person, account)
      const { creditedAt: _at, creditedAmount: _amount, ...instruction } = payment
      world.report({ ...instruction, status: 'RJCT', reason: reasons.nameDiffers })
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('conflicting_line', payment, person.dueAmount)
    },
  ],
}

function withAmount(payment: PaymentReport, amount: bigint): PaymentReport {
  return { ...payment, amount, ...(payment.creditedAmount === undefined ? {} : { creditedAmount: amount }) }
}

export const listsAndReports: readonly Case[] = [notOnList, ambiguousPayment, paidWhileSuspended, deceased, deceasedAndReturned, duplicateLine, conflictingLine]
