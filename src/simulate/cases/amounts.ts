/** The wrong amount, twice the amount, or the right amount too late. */
import { dayTooLate, dayInTime, daysAfter, lastDayInTime, morning, oldRatePeriod } from '../month.ts'
import { rateKnownOn } from '../rates.ts'
import { reasons } from '../world.ts'
import { type Case, fault } from './case.ts'
import { listed, paid } from './tell.ts'

const paidShort = fault('paid_short', 15, 1,
  // The list has the new rate, the bank paid the old one.
  (world) => {
    const { person, account } = listed(world, world.enrol({ scheme: 'BTXH' }))
    const amount = world.dueAt(person, rateKnownOn('2026-07-31', 'BTXH', false, oldRatePeriod))
    world.credit(person, account, { amount })
    world.truth.fault(person, 'paid_short', amount)
  },
  // Credited in full, and a part taken back.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day, status: 'RTRN', returnedAt: morning(world.random, daysAfter(day, 3)), returnedAmount: 140_000n, reason: reasons.wrongAmount })
    world.truth.fault(person, 'paid_short', person.dueAmount - 140_000n)
  },
  // The second half was rejected.
  (world) => {
    const { person, account } = listed(world)
    const half = person.dueAmount / 2n
    world.credit(person, account, { amount: half })
    world.report({ ...world.instruction(person, account, lastDayInTime(person.scheme)), amount: person.dueAmount - half, status: 'RJCT', reason: reasons.nameDiffers })
    world.truth.fault(person, 'paid_short', half)
  },
)

const paidOver = fault('paid_over', 10, 1,
  (world) => {
    const { person, account } = listed(world)
    const amount = person.dueAmount + 10_000n * BigInt(world.random.between(3, 40))
    world.credit(person, account, { amount })
    world.truth.fault(person, 'paid_over', amount)
  },
  // The month was complete, and then something else came that repeats nothing.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day })
    world.credit(person, account, { day: daysAfter(day, 3), amount: 120_000n })
    world.truth.fault(person, 'paid_over', person.dueAmount + 120_000n)
  },
)

const paidTwice = fault('paid_twice', 15, 1,
  // The file went to the bank a second time, under new references.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day })
    world.credit(person, account, { day: daysAfter(day, 7) })
    world.truth.fault(person, 'paid_twice', person.dueAmount * 2n)
  },
  // Two banks, both accounts the person's own.
  (world) => {
    const { person, account } = listed(world)
    world.credit(person, account)
    world.credit(person, world.open(person))
    world.truth.fault(person, 'paid_twice', person.dueAmount * 2n)
  },
  // The same line twice in one file without a reference: two payments, not one told twice.
  (world) => {
    const { person, account } = listed(world)
    world.report(world.credit(person, account, { reference: '' }))
    world.truth.fault(person, 'paid_twice', person.dueAmount * 2n)
  },
  // Once into the account and once more over the counter.
  (world) => {
    const { person, account } = listed(world)
    world.credit(person, account)
    world.payInCash(person, 'post', { day: lastDayInTime(person.scheme) })
    world.truth.fault(person, 'paid_twice', person.dueAmount * 2n)
  },
)

const paidLate = fault('paid_late', 30, 1,
  (world) => {
    const { person, account } = listed(world)
    world.credit(person, account, { day: dayTooLate(world.random, person.scheme) })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  },
  // Half in time, half not: the half that completes it decides.
  (world) => {
    const { person, account } = listed(world)
    const half = person.dueAmount / 2n
    world.credit(person, account, { amount: half })
    world.credit(person, account, { amount: person.dueAmount - half, day: dayTooLate(world.random, person.scheme) })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  },
  (world) => {
    const person = world.enrol()
    world.list(person, { channel: 'cash' })
    world.payInCash(person, 'cash', { day: dayTooLate(world.random, person.scheme) })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  },
  // Sent back in time and sent again too late.
  (world) => {
    const { person, account } = listed(world)
    world.report({ ...world.instruction(person, account, dayInTime(world.random, person.scheme)), status: 'RJCT', reason: reasons.wrongNumber })
    world.credit(person, account, { day: dayTooLate(world.random, person.scheme) })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  },
)

/** Two lists that exclude each other, and both paid: the smaller one should not be. */
const doubleScheme = fault('double_scheme', 6, 1, (world) => {
  const { person } = paid(world, world.enrol({ category: '5A2' }))
  const pension = world.enrolledAlso(person, { scheme: 'HTXH', category: 'H75', quantity: 1 })
  paid(world, pension)
  world.truth.finding('double_scheme', pension, pension.dueAmount)
})

export const amounts: readonly Case[] = [paidShort, paidOver, paidTwice, paidLate, doubleScheme]
