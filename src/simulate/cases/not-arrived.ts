/** Money that did not arrive: never sent, sent back, stuck, not collected. */
import { earlierPeriod, morning, dayInTime, daysAfter, afternoon } from '../month.ts'
import { reasons } from '../world.ts'
import type { Case } from './case.ts'

const unpaid: Case = {
  name: 'unpaid', kind: 'fault', share: 30, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      world.list(person, { account: world.open(person) })
      world.expect(person, 'unpaid', 0n)
      world.expectFinding('unpaid', person, person.dueAmount)
    },
    // Whoever is paid in cash needs no account to be merely unpaid.
    (world) => {
      const person = world.enrol()
      world.list(person, { channel: 'post' })
      world.expect(person, 'unpaid', 0n)
      world.expectFinding('unpaid', person, person.dueAmount)
    },
  ],
}

const unpaidWithoutAccount: Case = {
  name: 'unpaid_no_account', kind: 'fault', share: 15, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      world.list(person)
      world.expect(person, 'unpaid_no_account', 0n)
      world.expectFinding('unpaid_no_account', person, person.dueAmount)
    },
    // The list names an account, but the bank has closed it.
    (world) => {
      const person = world.enrol()
      world.list(person, { account: world.open(person, { status: 'closed', closedDate: '2026-09-18' }) })
      world.expect(person, 'unpaid_no_account', 0n)
      world.expectFinding('unpaid_no_account', person, person.dueAmount)
      world.expectFinding('account_not_usable', person, person.dueAmount)
    },
    // The list names an account of which no bank has ever reported anything.
    (world) => {
      const person = world.enrol()
      world.list(person, { account: world.unreportedAccount() })
      world.expect(person, 'unpaid_no_account', 0n)
      world.expectFinding('unpaid_no_account', person, person.dueAmount)
    },
  ],
}

const returned: Case = {
  name: 'returned', kind: 'fault', share: 40, people: 1,
  variants: [
    // Rejected at once: a wrong number on the list.
    (world) => {
      const person = world.enrol()
      const account = world.unreportedAccount()
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.wrongNumber })
      world.expect(person, 'returned', 0n)
      world.expectFinding('returned', person, person.dueAmount)
    },
    // Credited first, and sent back four days later.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.credit(person, account, { day, status: 'RTRN', returnedAt: morning(world.random, daysAfter(day, 4)), reason: reasons.nameDiffers })
      world.expect(person, 'returned', 0n)
      world.expectFinding('returned', person, person.dueAmount)
    },
    // Rejected because the account is blocked, which the bank also reports.
    (world) => {
      const person = world.enrol()
      const account = world.open(person, { status: 'blocked' })
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, day), status: 'RJCT', returnedAt: afternoon(world.random, day), reason: reasons.blocked })
      world.expect(person, 'returned', 0n)
      world.expectFinding('returned', person, person.dueAmount)
      world.expectFinding('account_not_usable', person, person.dueAmount)
    },
    // Two attempts, both in vain: the last one decides.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, day), status: 'RJCT', reason: reasons.nameDiffers })
      world.report({ ...world.instruction(person, account, daysAfter(day, 6)), status: 'RJCT', reason: reasons.nameDiffers })
      world.expect(person, 'returned', 0n)
      world.expectFinding('returned', person, person.dueAmount)
    },
  ],
}

const stuck: Case = {
  name: 'stuck', kind: 'fault', share: 15, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.report(world.instruction(person, account, dayInTime(world.random, person.scheme)))
      world.expect(person, 'stuck', 0n)
      world.expectFinding('stuck', person, person.dueAmount)
    },
    // Part of it arrived; the rest left four days ago, one more than settlement takes.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const rest = person.dueAmount - 200_000n
      world.list(person, { account })
      world.credit(person, account, { amount: 200_000n })
      world.report({ ...world.instruction(person, account, '2026-10-27'), amount: rest, status: 'PDNG' })
      world.expect(person, 'stuck', 200_000n)
      world.expectFinding('stuck', person, rest)
    },
  ],
}

/** Not a fault: what left at most three days ago is still in time to settle. */
const inTransit: Case = {
  name: 'in_transit', kind: 'look_alike', share: 25, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.report(world.instruction(person, account, daysAfter('2026-10-28', world.random.below(4))))
      world.expect(person, 'in_transit', 0n)
    },
    // Sent again after a rejection, and fresh.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.nameDiffers })
      world.report(world.instruction(person, account, '2026-10-29'))
      world.expect(person, 'in_transit', 0n)
    },
    // Credited two days after the day of the run: on that day it is still on the way.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, '2026-10-30'), status: 'ACSC', creditedAt: '2026-11-02T09:12:30' })
      world.expect(person, 'in_transit', 0n)
    },
  ],
}

const notCollected: Case = {
  name: 'not_collected', kind: 'fault', share: 15, people: 1,
  variants: (['cash', 'post'] as const).map((channel) => (world) => {
    const person = world.enrol()
    world.list(person, { channel })
    // 31 days or more before the day of the run: one more than there is to collect it.
    world.report(world.notCollected(person, channel, daysAfter('2026-09-25', world.random.below(6))))
    world.expect(person, 'not_collected', 0n)
    world.expectFinding('not_collected', person, person.dueAmount)
  }),
}

/** Not a fault yet: there is still time to come for it. */
const notCollectedYet: Case = {
  name: 'not_collected_yet', kind: 'look_alike', share: 15, people: 1,
  variants: (['post', 'cash'] as const).map((channel) => (world) => {
    const person = world.enrol()
    world.list(person, { channel })
    world.report(world.notCollected(person, channel, daysAfter('2026-10-01', world.random.below(20))))
    world.expect(person, 'not_collected', 0n)
  }),
}

/** Not a fault: what September's list could not pay out stands on October's as carried over, and is paid there. */
const carriedOver: Case = {
  name: 'carried_over', kind: 'look_alike', share: 30, people: 1,
  variants: [
    // Nobody came for it in September; in October all was paid at once.
    (world) => {
      const person = world.enrol()
      const due = person.dueAmount
      world.list(person, { channel: 'post', period: earlierPeriod })
      world.report({ ...world.notCollected(person, 'post', '2026-09-08'), period: earlierPeriod })
      world.expect(person, 'carried_over', 0n, { period: earlierPeriod })
      world.list(person, { channel: 'post' })
      world.list(person, { channel: 'post', component: 'carried_over', originPeriod: earlierPeriod })
      world.payInCash(person, 'post', { amount: due + due })
      world.expect(person, 'paid', due + due, { due: due + due, carriedIn: due })
    },
    // Part was paid in September; the rest came beside October's, in a payment of its own.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const rest = person.dueAmount - 300_000n
      world.list(person, { account, period: earlierPeriod })
      world.credit(person, account, { amount: 300_000n, period: earlierPeriod, day: '2026-09-09' })
      world.expect(person, 'carried_over', 300_000n, { period: earlierPeriod })
      world.list(person, { account })
      world.list(person, { account, component: 'carried_over', originPeriod: earlierPeriod, amount: rest })
      world.credit(person, account)
      world.credit(person, account, { amount: rest })
      world.expect(person, 'paid', person.dueAmount + rest, { due: person.dueAmount + rest, carriedIn: rest })
    },
  ],
}

export const notArrived: readonly Case[] = [unpaid, unpaidWithoutAccount, returned, stuck, inTransit, notCollected, notCollectedYet, carriedOver]
