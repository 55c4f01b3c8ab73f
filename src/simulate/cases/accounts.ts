/** The right amount in the wrong place: wrong accounts, other holders, shared and unusable accounts, mandates that end. */
import { daysAfter } from '../month.ts'
import { type Case, fault } from './case.ts'
import { listed, paid } from './tell.ts'
import type { Beneficiary, World } from '../world.ts'

const wrongAccount = fault('wrong_account', 10, 1,
  // A number nobody holds.
  (world) => {
    const { person, account } = listed(world)
    paidElsewhere(world, person, () => world.credit(person, world.unheldAccount(account.bank)))
  },
  // Somebody's who is on no list.
  (world) => {
    const { person } = listed(world)
    const other = world.stranger()
    paidElsewhere(world, person, () => world.credit(person, world.open(other), { creditorName: other.bankName }))
  },
  // A former payee's: the list names the new account, the bank used the old one, and the mandate had ended.
  (world) => {
    const { person } = listed(world)
    const formerPayee = world.stranger()
    world.mandate(person, formerPayee, 'authorised', '2025-03-01', '2026-02-28')
    paidElsewhere(world, person, () => world.credit(person, world.open(formerPayee), { creditorName: formerPayee.bankName }))
  },
)

function paidElsewhere(world: World, person: Beneficiary, pay: () => ReturnType<World['credit']>): void {
  world.truth.outcome(person, 'paid', person.dueAmount)
  world.truth.paymentFinding('wrong_account', pay(), person.dueAmount)
}

/** Two neighbours on the list: one's money went into the other's account, which got its own as well. */
const neighboursAccount = fault('wrong_account_of_a_neighbour', 8, 2, (world) => {
  const { person } = listed(world)
  const { account } = paid(world)
  paidElsewhere(world, person, () => world.credit(person, account))
})

const holderMismatch = fault('holder_mismatch', 12, 1,
  (world) => {
    const holder = world.stranger()
    const { person } = paid(world, world.enrol(), { account: world.open(holder) }, { creditorName: holder.bankName })
    world.truth.finding('holder_mismatch', person, person.dueAmount)
  },
  // Listed with somebody else's account, but paid to the own one, which is no wrong account.
  (world) => {
    const { person } = listed(world, world.enrol(), { account: world.open(world.stranger()) })
    world.credit(person, world.open(person))
    world.truth.outcome(person, 'paid', person.dueAmount)
    world.truth.finding('holder_mismatch', person, person.dueAmount)
  },
  // Nothing was sent, and somebody else's account is none that the person can use.
  (world) => {
    const { person } = listed(world, world.enrol(), { account: world.open(world.stranger()) })
    world.truth.fault(person, 'unpaid_no_account', 0n)
    world.truth.finding('holder_mismatch', person, person.dueAmount)
  },
)

const sharedAccount = fault('shared_account', 12, 4,
  // One of the four holds it: the other three have no say in it.
  (world) => {
    const { account, credited } = shareHoldersAccount(world, 3)
    world.truth.accountFinding('shared_account', account, credited)
  },
  // A stranger collects for four; the fourth was not paid yet.
  (world) => {
    const collector = world.stranger()
    const account = world.open(collector)
    let credited = 0n
    for (let index = 0; index < 3; index += 1) {
      const { person } = paid(world, world.enrol(), { account }, { creditorName: collector.bankName })
      world.truth.finding('holder_mismatch', person, person.dueAmount)
      credited += person.dueAmount
    }
    const { person } = listed(world, world.enrol(), { account })
    world.truth.fault(person, 'unpaid_no_account', 0n)
    world.truth.finding('holder_mismatch', person, person.dueAmount)
    world.truth.accountFinding('shared_account', account, credited)
  },
  // Three on the list with it, and a fourth one's money went there too.
  (world) => {
    const { account, credited } = shareHoldersAccount(world, 2)
    const { person: fourth } = listed(world)
    paidElsewhere(world, fourth, () => world.credit(fourth, account))
    world.truth.accountFinding('shared_account', account, credited + fourth.dueAmount)
  },
)

/** One person's own account that is listed for, and credited to, `others` more. */
function shareHoldersAccount(world: World, others: number): { account: ReturnType<typeof paid>['account']; credited: bigint } {
  const { person: holder, account } = paid(world)
  let credited = holder.dueAmount
  for (let index = 0; index < others; index += 1) {
    const { person } = paid(world, world.enrol(), { account }, { creditorName: holder.bankName })
    world.truth.finding('holder_mismatch', person, person.dueAmount)
    credited += person.dueAmount
  }
  return { account, credited }
}

/** The list's account cannot be used, so what was credited there cannot be withdrawn either. */
const accountNotUsable = fault('account_not_usable', 15, 1,
  ...(['dormant', 'blocked', 'inactive', 'closed'] as const).map((status) => (world: World) => {
    const person = world.enrol()
    const account = world.open(person, { status, reportedDate: '2026-10-28', ...(status === 'closed' ? { closedDate: '2026-10-26' } : {}) })
    paid(world, person, { account }, { isLeft: true })
    world.truth.finding('account_not_usable', person, person.dueAmount)
    world.truth.finding('not_withdrawable', person, person.dueAmount)
  }),
)

/** The list's account is in order, but the money went to the person's other account, which the bank has put to sleep. */
const notWithdrawable = fault('not_withdrawable', 5, 1,
  ...(['dormant', 'blocked'] as const).map((status) => (world: World) => {
    const { person } = listed(world)
    world.credit(person, world.open(person, { status }), { isLeft: true })
    world.truth.outcome(person, 'paid', person.dueAmount)
    world.truth.finding('not_withdrawable', person, person.dueAmount)
  }),
)

/** Credited before the month began, 30 days and more before the bank's report ends, and still there. */
const notWithdrawn = fault('not_withdrawn', 6, 1, (world) => {
  const { person } = paid(world, world.enrol(), {}, { day: '2026-09-28', isLeft: true })
  world.truth.finding('not_withdrawn', person, person.dueAmount)
})

const mandateExpired = fault('mandate_expired', 12, 1,
  (world) => {
    const payee = world.stranger()
    const person = world.enrol()
    world.mandate(person, payee, 'authorised', '2025-10-01', '2026-09-30')
    paid(world, person, { account: world.open(payee), payee }, { creditorName: payee.bankName })
    world.truth.finding('mandate_expired', person, person.dueAmount)
  },
  // Nothing was sent either, and an expired mandate gives no usable account.
  (world) => {
    const payee = world.stranger()
    const person = world.enrol()
    world.mandate(person, payee, 'guardian', '2024-01-01', '2026-08-31')
    listed(world, person, { account: world.open(payee), payee })
    world.truth.fault(person, 'unpaid_no_account', 0n)
    world.truth.finding('mandate_expired', person, person.dueAmount)
  },
)

/** Good for this month, and at its end within thirty days. */
const mandateExpiring = fault('mandate_expiring', 10, 1, (world) => {
  const payee = world.stranger()
  const person = world.enrol()
  world.mandate(person, payee, 'authorised', '2025-12-01', daysAfter('2026-11-08', world.random.below(18)))
  paid(world, person, { account: world.open(payee), payee }, { creditorName: payee.bankName })
  world.truth.finding('mandate_expiring', person, person.dueAmount)
})

export const accounts: readonly Case[] = [
  wrongAccount, neighboursAccount, holderMismatch, sharedAccount, accountNotUsable, notWithdrawable, notWithdrawn, mandateExpired, mandateExpiring,
]
