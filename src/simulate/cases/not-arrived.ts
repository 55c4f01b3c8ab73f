/** Money that did not arrive: never sent, sent back, stuck, not collected. Some of it arrives in the second night. */
import { afternoon, dayInTime, daysAfter, earlierPeriod, morning, nextAsOf } from '../month.ts'
import { reasons } from '../world.ts'
import { type Case, fault, lookAlike } from './case.ts'
import { creditedNextDay, listed, paidAgainNextDay } from './tell.ts'

const unpaid = fault('unpaid', 30, 1,
  // Sent on the next banking day.
  (world) => {
    const { person, account } = listed(world)
    world.firstNight(() => {
      world.truth.fault(person, 'unpaid', 0n)
    })
    paidAgainNextDay(world, person, () => account)
  },
  // Whoever is paid in cash needs no account to be merely unpaid.
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'post' })
    world.truth.fault(person, 'unpaid', 0n)
  },
)

const unpaidWithoutAccount = fault('unpaid_no_account', 15, 1,
  // One is opened on the next banking day; nothing is sent yet.
  (world) => {
    const person = world.enrol()
    world.list(person)
    world.firstNight(() => {
      world.truth.fault(person, 'unpaid_no_account', 0n)
    })
    world.secondNight(() => {
      world.open(person, { reportedDate: nextAsOf })
      world.truth.fault(person, 'unpaid', 0n)
    })
  },
  // The list names an account, but the bank has closed it.
  (world) => {
    const person = world.enrol()
    world.list(person, { account: world.open(person, { status: 'closed', closedDate: '2026-09-18' }) })
    world.truth.fault(person, 'unpaid_no_account', 0n)
    world.truth.finding('account_not_usable', person, person.dueAmount)
  },
  // The list names an account of which no bank has ever reported anything.
  (world) => {
    const person = world.enrol()
    world.list(person, { account: world.unreportedAccount() })
    world.truth.fault(person, 'unpaid_no_account', 0n)
  },
)

const returned = fault('returned', 40, 1,
  // Rejected at once: a wrong number on the list. Then sent again to an account that the person opened.
  (world) => {
    const { person, account } = listed(world, world.enrol(), { account: world.unreportedAccount() })
    world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.wrongNumber })
    world.firstNight(() => {
      world.truth.fault(person, 'returned', 0n)
    })
    paidAgainNextDay(world, person, () => world.open(person, { reportedDate: nextAsOf }))
  },
  // Credited first, and sent back four days later; then paid again.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day, status: 'RTRN', returnedAt: morning(world.random, daysAfter(day, 4)), reason: reasons.nameDiffers })
    world.firstNight(() => {
      world.truth.fault(person, 'returned', 0n)
    })
    paidAgainNextDay(world, person, () => account)
  },
  // Rejected because the account is blocked, which the bank also reports.
  (world) => {
    const person = world.enrol()
    const { account } = listed(world, person, { account: world.open(person, { status: 'blocked' }) })
    const day = dayInTime(world.random, person.scheme)
    world.report({ ...world.instruction(person, account, day), status: 'RJCT', returnedAt: afternoon(world.random, day), reason: reasons.blocked })
    world.truth.fault(person, 'returned', 0n)
    world.truth.finding('account_not_usable', person, person.dueAmount)
  },
  // Two attempts, both in vain: the last one decides. A third one is on the way.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.report({ ...world.instruction(person, account, day), status: 'RJCT', reason: reasons.nameDiffers })
    world.report({ ...world.instruction(person, account, daysAfter(day, 6)), status: 'RJCT', reason: reasons.nameDiffers })
    world.firstNight(() => {
      world.truth.fault(person, 'returned', 0n)
    })
    world.secondNight(() => {
      world.report(world.instruction(person, account, nextAsOf))
      world.truth.outcome(person, 'in_transit', 0n)
    })
  },
)

const stuck = fault('stuck', 15, 1,
  (world) => {
    const { person, account } = listed(world)
    const instruction = world.instruction(person, account, dayInTime(world.random, person.scheme))
    world.report(instruction)
    world.firstNight(() => {
      world.truth.fault(person, 'stuck', 0n)
    })
    creditedNextDay(world, person, instruction)
  },
  // Part of it arrived; the rest left four days ago, one more than settlement takes, and was rejected after all.
  (world) => {
    const { person, account } = listed(world)
    const rest = { ...world.instruction(person, account, '2026-10-27'), amount: person.dueAmount - 200_000n, status: 'PDNG' } as const
    world.credit(person, account, { amount: 200_000n })
    world.report(rest)
    world.firstNight(() => {
      world.truth.fault(person, 'stuck', 200_000n)
    })
    world.secondNight(() => {
      world.report({ ...rest, status: 'RJCT', returnedAt: morning(world.random, nextAsOf), reason: reasons.closed })
      world.truth.fault(person, 'paid_short', 200_000n)
    })
  },
)

/** Not a fault: what left at most three days ago is still in time to settle. */
const inTransit = lookAlike('in_transit', 45, 1,
  (world) => {
    const { person, account } = listed(world)
    const instruction = world.instruction(person, account, daysAfter('2026-10-28', world.random.below(4)))
    world.report(instruction)
    world.firstNight(() => {
      world.truth.outcome(person, 'in_transit', 0n)
    })
    creditedNextDay(world, person, instruction)
  },
  // Sent again after a rejection, and fresh. On Monday nothing was heard of it for longer than settlement takes.
  (world) => {
    const { person, account } = listed(world)
    world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.nameDiffers })
    world.report(world.instruction(person, account, '2026-10-29'))
    world.firstNight(() => {
      world.truth.outcome(person, 'in_transit', 0n)
    })
    world.secondNight(() => {
      world.truth.fault(person, 'stuck', 0n)
    })
  },
  // Credited on Monday, as the file already says: until then it is still on the way.
  (world) => {
    const { person, account } = listed(world)
    world.report({ ...world.instruction(person, account, '2026-10-30'), status: 'ACSC', creditedAt: `${nextAsOf}T09:12:30` })
    world.firstNight(() => {
      world.truth.outcome(person, 'in_transit', 0n)
    })
    world.secondNight(() => {
      world.truth.fault(person, 'paid_late', person.dueAmount)
    })
  },
)

const notCollected = fault('not_collected', 15, 1,
  // 31 days or more before the day of the run: one more than there is to collect it. Then somebody came.
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'cash' })
    const notice = world.notCollected(person, 'cash', daysAfter('2026-09-25', world.random.below(6)))
    world.report(notice)
    world.firstNight(() => {
      world.truth.fault(person, 'not_collected', 0n)
    })
    world.secondNight(() => {
      const { reason: _reason, ...instruction } = notice
      world.report({ ...instruction, status: 'ACSC', creditedAt: afternoon(world.random, nextAsOf) })
      world.truth.fault(person, 'paid_late', person.dueAmount)
    })
  },
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'post' })
    world.report(world.notCollected(person, 'post', daysAfter('2026-09-25', world.random.below(6))))
    world.truth.fault(person, 'not_collected', 0n)
  },
)

/** Not a fault yet: there is still time to come for it. */
const notCollectedYet = lookAlike('not_collected_yet', 15, 1,
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'post' })
    world.report(world.notCollected(person, 'post', daysAfter('2026-10-03', world.random.below(18))))
    world.truth.outcome(person, 'not_collected', 0n)
  },
  // Thirty days are over between the two nights, and no file has to tell it.
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'cash' })
    world.report(world.notCollected(person, 'cash', '2026-10-02'))
    world.truth.outcome(person, 'not_collected', 0n)
    world.secondNight(() => {
      world.truth.finding('not_collected', person, person.dueAmount)
    })
  },
)

/** Not a fault: what September's list could not pay out stands on October's as carried over, and is paid there. */
const carriedOver = lookAlike('carried_over', 30, 1,
  // Nobody came for it in September; in October all was paid at once.
  (world) => {
    const person = world.enrol()
    const due = person.dueAmount
    world.list(person, { channel: 'post', period: earlierPeriod })
    world.report({ ...world.notCollected(person, 'post', '2026-09-08'), period: earlierPeriod })
    world.truth.outcome(person, 'carried_over', 0n, { period: earlierPeriod })
    world.list(person, { channel: 'post' })
    world.list(person, { channel: 'post', component: 'carried_over', originPeriod: earlierPeriod, amount: due })
    world.payInCash(person, 'post', { amount: due + due })
    world.truth.outcome(person, 'paid', due + due, { due: due + due, carriedIn: due })
  },
  // Part was paid in September; the rest came beside October's, in a payment of its own.
  (world) => {
    const person = world.enrol()
    const { account } = listed(world, person, { period: earlierPeriod })
    const rest = person.dueAmount - 300_000n
    world.credit(person, account, { amount: 300_000n, period: earlierPeriod, day: '2026-09-09' })
    world.truth.outcome(person, 'carried_over', 300_000n, { period: earlierPeriod })
    world.list(person, { account })
    world.list(person, { account, component: 'carried_over', originPeriod: earlierPeriod, amount: rest })
    world.credit(person, account)
    world.credit(person, account, { amount: rest })
    world.truth.outcome(person, 'paid', person.dueAmount + rest, { due: person.dueAmount + rest, carriedIn: rest })
  },
)

/** October carries over less, or more, than September left unpaid. */
const carriedOverMismatch = fault('carried_over_mismatch', 6, 1,
  ...[-50_000n, 30_000n].map((difference): Case['variants'][number] => (world) => {
    const person = world.enrol()
    const carried = person.dueAmount + difference
    world.list(person, { channel: 'post', period: earlierPeriod })
    world.report({ ...world.notCollected(person, 'post', '2026-09-08'), period: earlierPeriod })
    world.truth.outcome(person, 'carried_over', 0n, { period: earlierPeriod })
    world.list(person, { channel: 'post' })
    world.list(person, { channel: 'post', component: 'carried_over', originPeriod: earlierPeriod, amount: carried })
    world.payInCash(person, 'post', { amount: person.dueAmount + carried })
    world.truth.outcome(person, 'paid', person.dueAmount + carried, { due: person.dueAmount + carried, carriedIn: carried })
    world.truth.finding('carried_over_mismatch', person, difference < 0n ? -difference : difference)
  }),
)

export const notArrived: readonly Case[] = [unpaid, unpaidWithoutAccount, returned, stuck, inTransit, notCollected, notCollectedYet, carriedOver, carriedOverMismatch]
