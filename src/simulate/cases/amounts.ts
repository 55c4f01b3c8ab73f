/** The wrong amount, twice the amount, or the right amount too late. */
import { dayTooLate, dayInTime, daysAfter, lastDayInTime, morning } from '../month.ts'
import { reasons } from '../world.ts'
import type { Case } from './case.ts'

const paidShort: Case = {
  name: 'paid_short', kind: 'fault', share: 15, people: 1,
  variants: [
    // Paid at last year's rate.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.credit(person, account, { amount: person.dueAmount - 40_000n })
      world.expect(person, 'paid_short', person.dueAmount - 40_000n)
      world.expectFinding('paid_short', person, 40_000n)
    },
    // Credited in full, and a part taken back.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.credit(person, account, { day, status: 'RTRN', returnedAt: morning(world.random, daysAfter(day, 3)), returnedAmount: 140_000n, reason: reasons.wrongAmount })
      world.expect(person, 'paid_short', person.dueAmount - 140_000n)
      world.expectFinding('paid_short', person, 140_000n)
    },
    // The second half was rejected.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const half = person.dueAmount / 2n
      world.list(person, { account })
      world.credit(person, account, { amount: half })
      world.report({ ...world.instruction(person, account, lastDayInTime(person.scheme)), amount: person.dueAmount - half, status: 'RJCT', reason: reasons.nameDiffers })
      world.expect(person, 'paid_short', half)
      world.expectFinding('paid_short', person, person.dueAmount - half)
    },
  ],
}

const paidOver: Case = {
  name: 'paid_over', kind: 'fault', share: 10, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const excess = 10_000n * BigInt(world.random.between(3, 40))
      world.list(person, { account })
      world.credit(person, account, { amount: person.dueAmount + excess })
      world.expect(person, 'paid_over', person.dueAmount + excess)
      world.expectFinding('paid_over', person, excess)
    },
    // The month was complete, and then something else came that repeats nothing.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.credit(person, account, { day })
      world.credit(person, account, { day: daysAfter(day, 3), amount: 120_000n })
      world.expect(person, 'paid_over', person.dueAmount + 120_000n)
      world.expectFinding('paid_over', person, 120_000n)
    },
  ],
}

const paidTwice: Case = {
  name: 'paid_twice', kind: 'fault', share: 15, people: 1,
  variants: [
    // The file went to the bank a second time, under new references.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const day = dayInTime(world.random, person.scheme)
      world.list(person, { account })
      world.credit(person, account, { day })
      world.credit(person, account, { day: daysAfter(day, 7) })
      world.expect(person, 'paid_twice', person.dueAmount * 2n)
      world.expectFinding('paid_twice', person, person.dueAmount)
    },
    // Two banks, both accounts the person's own.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.credit(person, account)
      world.credit(person, world.open(person))
      world.expect(person, 'paid_twice', person.dueAmount * 2n)
      world.expectFinding('paid_twice', person, person.dueAmount)
    },
    // The same line twice in one file without a reference: two payments, not one told twice.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      const first = world.credit(person, account, { reference: '' })
      world.report(first)
      world.expect(person, 'paid_twice', person.dueAmount * 2n)
      world.expectFinding('paid_twice', person, person.dueAmount)
    },
    // Once into the account and once more over the counter.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.credit(person, account)
      world.payInCash(person, 'post', { day: lastDayInTime(person.scheme) })
      world.expect(person, 'paid_twice', person.dueAmount * 2n)
      world.expectFinding('paid_twice', person, person.dueAmount)
    },
  ],
}

const paidLate: Case = {
  name: 'paid_late', kind: 'fault', share: 40, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.credit(person, account, { day: dayTooLate(world.random, person.scheme) })
      world.expect(person, 'paid_late', person.dueAmount)
      world.expectFinding('paid_late', person, 0n)
    },
    // Half in time, half not: the half that completes it decides.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      const half = person.dueAmount / 2n
      world.list(person, { account })
      world.credit(person, account, { amount: half })
      world.credit(person, account, { amount: person.dueAmount - half, day: dayTooLate(world.random, person.scheme) })
      world.expect(person, 'paid_late', person.dueAmount)
      world.expectFinding('paid_late', person, 0n)
    },
    (world) => {
      const person = world.enrol()
      world.list(person, { channel: 'cash' })
      world.payInCash(person, 'cash', { day: dayTooLate(world.random, person.scheme) })
      world.expect(person, 'paid_late', person.dueAmount)
      world.expectFinding('paid_late', person, 0n)
    },
    // Sent back in time and sent again too late.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.wrongNumber })
      world.credit(person, account, { day: dayTooLate(world.random, person.scheme) })
      world.expect(person, 'paid_late', person.dueAmount)
      world.expectFinding('paid_late', person, 0n)
    },
  ],
}

export const amounts: readonly Case[] = [paidShort, paidOver, paidTwice, paidLate]
