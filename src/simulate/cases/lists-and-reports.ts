/** Who is paid without being due, and what lists and reports contradict: strangers, the suspended, the dead, doubled lines. */
import { afternoon, dayInTime, morning, period } from '../month.ts'
import { reasons, type PaymentReport, type World } from '../world.ts'
import { type Case, fault } from './case.ts'
import { listed, paid } from './tell.ts'

const notOnList = fault('not_on_list', 10, 0,
  // A person with a number and an account, but on no list.
  (world) => {
    creditNobody(world)
  },
  // Neither a number nor an account that anybody knows.
  (world) => {
    const account = world.unreportedAccount()
    creditNobody(world, { id: '', agent: account.agent, accountNumber: account.number })
  },
  // And one that does not even say for which scheme and month.
  (world) => {
    creditNobody(world, { scheme: '', period: '' })
  },
)

/** Money that arrives with somebody who is on no list, and its finding. */
export function creditNobody(world: World, change: Partial<PaymentReport> = {}, day = dayInTime(world.random, 'BTXH')): void {
  const stranger = world.stranger()
  const account = world.open(stranger)
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
  world.truth.paymentFinding('not_on_list', payment, payment.amount)
  world.truth.unmatched(payment)
}

const ambiguousPayment = fault('ambiguous_payment', 10, 2,
  // A couple with one account and equal amounts: whose money is it?
  (world) => {
    const payment = payACouple(world, (due) => due, 'ACSC')
    world.truth.paymentFinding('ambiguous_payment', payment, payment.amount)
    world.truth.unmatched(payment)
  },
  // Neither one's due nor both together.
  (world) => {
    const payment = payACouple(world, (due) => due + due - 60_000n, 'ACSC')
    world.truth.paymentFinding('ambiguous_payment', payment, payment.amount)
    world.truth.unmatched(payment)
  },
  // Still on the way, so there is nothing at stake yet.
  (world) => {
    const payment = payACouple(world, (due) => due, 'ACSP')
    world.truth.paymentFinding('ambiguous_payment', payment, 0n)
  },
)

function payACouple(world: World, amountOf: (due: bigint) => bigint, status: 'ACSC' | 'ACSP'): PaymentReport {
  const head = world.enrol()
  const spouse = world.enrolLike(head)
  const account = world.open(head)
  world.mandate(spouse, head, 'household_head')
  for (const person of [head, spouse]) {
    listed(world, person, { account, ...(person === spouse ? { payee: head } : {}) })
    world.truth.fault(person, 'unpaid', 0n)
  }
  const day = dayInTime(world.random, head.scheme)
  const instruction = { ...world.instruction(head, account, day), id: '', amount: amountOf(head.dueAmount) }
  const payment: PaymentReport = status === 'ACSP' ? instruction : { ...instruction, status, creditedAt: afternoon(world.random, day) }
  world.report(payment)
  return payment
}

const paidWhileSuspended = fault('paid_while_suspended', 10, 1,
  ...(['suspended', 'stopped'] as const).map((status) => (world: World) => {
    const { person, account } = listed(world, world.enrol(), { status })
    const payment = world.credit(person, account)
    world.truth.paymentFinding('paid_while_suspended', payment, person.dueAmount)
    world.truth.unmatched(payment)
  }),
)

const deceased = fault('deceased_on_list', 12, 1,
  // Died in August, still on October's list, and paid.
  (world) => {
    const { person } = paid(world)
    world.register(person, { death: '2026-08-14' })
    world.truth.finding('deceased_on_list', person, person.dueAmount)
    world.truth.finding('paid_after_death', person, person.dueAmount)
  },
  // The register says dead without a day: it counts from the month after it was verified.
  (world) => {
    const person = world.enrol()
    world.register(person, { isDead: true, verified: '2026-09-04' })
    world.list(person, { channel: 'cash' })
    world.payInCash(person, 'cash')
    world.truth.outcome(person, 'paid', person.dueAmount)
    world.truth.finding('deceased_on_list', person, person.dueAmount)
    world.truth.finding('paid_after_death', person, person.dueAmount)
  },
)

/** Died in September, and the bank knew: the money came back. */
const deceasedAndReturned = fault('deceased_and_returned', 8, 1, (world) => {
  const person = world.enrol()
  const { account } = listed(world, person, { account: world.open(person, { status: 'blocked' }) })
  world.register(person, { death: '2026-09-30' })
  world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.dead })
  world.truth.fault(person, 'returned', 0n)
  world.truth.finding('account_not_usable', person, person.dueAmount)
  world.truth.finding('deceased_on_list', person, person.dueAmount)
})

const duplicateLine = fault('duplicate_entitlement_line', 12, 1,
  // The same line twice in one list.
  (world) => {
    const { person, account } = paid(world)
    world.list(person, { account })
    world.truth.finding('duplicate_entitlement_line', person, person.dueAmount)
  },
  // Twice with two amounts: the smaller one stands.
  (world) => {
    const { person, account } = paid(world)
    world.list(person, { account, amount: person.dueAmount + 270_000n })
    world.truth.finding('duplicate_entitlement_line', person, 270_000n)
  },
  // Moved, and active in both communes. (Not a social pension: another province may top it up.)
  (world) => {
    const { person, account } = paid(world, world.enrol({ scheme: 'BTXH', hasRareName: true }))
    world.list(person, { account, commune: world.elsewhere() })
    world.truth.finding('duplicate_entitlement_line', person, person.dueAmount)
  },
  // In both communes with two amounts, and paid the larger one.
  (world) => {
    const { person, account } = listed(world, world.enrol({ scheme: 'BTXH', hasRareName: true }))
    const larger = person.dueAmount + 50_000n
    world.list(person, { account, commune: world.elsewhere(), amount: larger })
    world.credit(person, account, { amount: larger })
    world.truth.finding('duplicate_entitlement_line', person, 50_000n)
    world.truth.fault(person, 'paid_over', larger)
  },
)

const conflictingLine = fault('conflicting_line', 10, 1,
  // The same payment with two amounts: the smaller stands, which here is the right one.
  (world) => {
    const { person, payment } = paid(world)
    world.report(withAmount(payment, person.dueAmount + 90_000n))
    world.truth.paymentFinding('conflicting_line', payment, 90_000n)
  },
  // The smaller stands, which here is too little.
  (world) => {
    const { person, account } = listed(world)
    const payment = world.credit(person, account)
    world.report(withAmount(payment, person.dueAmount - 100_000n))
    world.truth.fault(person, 'paid_short', person.dueAmount - 100_000n)
    world.truth.paymentFinding('conflicting_line', payment, 100_000n)
  },
  // Two accounts: the report of the earlier instruction stands, and it names the right one.
  (world) => {
    const { person, account, payment } = paid(world)
    world.report({ ...payment, accountNumber: world.unheldAccount(account.bank).number, instructedAt: `${payment.instructedAt.slice(0, 10)}T11:30:00` })
    world.truth.paymentFinding('conflicting_line', payment, person.dueAmount)
  },
  // Rejected and credited at once.
  (world) => {
    const { person, payment } = paid(world)
    const { creditedAt: _at, creditedAmount: _amount, ...instruction } = payment
    world.report({ ...instruction, status: 'RJCT', reason: reasons.nameDiffers })
    world.truth.paymentFinding('conflicting_line', payment, person.dueAmount)
  },
)

function withAmount(payment: PaymentReport, amount: bigint): PaymentReport {
  return { ...payment, amount, ...(payment.creditedAmount === undefined ? {} : { creditedAmount: amount }) }
}

export const listsAndReports: readonly Case[] = [notOnList, ambiguousPayment, paidWhileSuspended, deceased, deceasedAndReturned, duplicateLine, conflictingLine]
