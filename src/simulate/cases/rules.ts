/** What the rules say is due: amounts off the rule, arrears of a rate raised backwards, and rights that may stand together. */
import { laterPeriod, listDateOf, oldRatePeriod, period } from '../month.ts'
import { carerCategory } from '../people.ts'
import { rateKnownOn, worth } from '../rates.ts'
import type { Beneficiary, World } from '../world.ts'
import { type Case, fault, lookAlike } from './case.ts'
import { listed, paid } from './tell.ts'

const oldRate = rateKnownOn(listDateOf(oldRatePeriod), 'BTXH', false, oldRatePeriod)
const newRate = rateKnownOn(listDateOf(period), 'BTXH', false, period)

const offRule = fault('due_amount_off_rule', 12, 1,
  // Still at the old rate, though the list was drawn up under the new one.
  (world) => {
    const person = world.enrol({ scheme: 'BTXH' })
    listedAt(world, person, world.dueAt(person, oldRate))
  },
  // The coefficient of another category.
  (world) => {
    const person = world.enrol({ category: '6A' })
    listedAt(world, person, worth('BTXH', '6B', 1, newRate))
  },
  // Merit money at the new rate before it was in force.
  (world) => {
    const person = world.enrol({ scheme: 'NCC' })
    listedAt(world, person, world.due(person, laterPeriod))
  },
  // A social pension of a sum that is no rate anywhere.
  (world) => {
    const person = world.enrol({ scheme: 'HTXH' })
    listedAt(world, person, person.dueAmount + 10_000n)
  },
)

/** Listed with that amount and paid it: in order but for the rule. */
function listedAt(world: World, person: Beneficiary, amount: bigint): void {
  paid(world, { ...person, dueAmount: amount }, { amount })
  world.truth.finding('due_amount_off_rule', person, amount > person.dueAmount ? amount - person.dueAmount : person.dueAmount - amount)
}

/** On August's list at the old rate, as was right then; the new one goes back to July, and nobody has paid the difference. */
const arrearsMissing = fault('arrears_missing', 8, 1, (world) => {
  const { person, missing } = paidAtOldRate(world)
  paid(world, person)
  world.truth.finding('arrears_missing', person, missing, oldRatePeriod)
})

/** The same, and the difference stands on October's list. */
const arrearsOfOldRate = lookAlike('retroactive_rate_with_arrears', 20, 1, (world) => {
  const { person, account, missing } = paidAtOldRate(world)
  const due = person.dueAmount + missing
  world.list(person, { account })
  world.list(person, { account, component: 'arrears', originPeriod: oldRatePeriod, amount: missing })
  world.credit(person, account, { amount: due })
  world.truth.outcome(person, 'paid', due, { due })
})

function paidAtOldRate(world: World): ReturnType<typeof listed> & { missing: bigint } {
  const { person, account } = listed(world, world.enrol({ scheme: 'BTXH' }), { period: oldRatePeriod })
  const due = world.due(person, oldRatePeriod)
  world.credit(person, account, { amount: due, period: oldRatePeriod, day: '2026-08-06' })
  world.truth.outcome(person, 'paid', due, { due, period: oldRatePeriod })
  return { person, account, missing: person.dueAmount - due }
}

/** Arrears of the new rate beside the regular amount, paid in one sum or in two. */
const arrears = lookAlike('arrears_beside_regular', 120, 1,
  (world) => {
    const { person, account } = listed(world, world.enrol({ scheme: 'BTXH' }))
    const missing = person.dueAmount - world.dueAt(person, oldRate)
    const due = person.dueAmount + missing
    world.list(person, { account, component: 'arrears', originPeriod: '2026-07', amount: missing })
    world.credit(person, account, { amount: due })
    world.truth.outcome(person, 'paid', due, { due })
  },
  (world) => {
    const { person, account } = listed(world, world.enrol({ scheme: 'BTXH' }))
    const missing = person.dueAmount - world.dueAt(person, oldRate)
    const due = person.dueAmount + missing * 2n
    for (const originPeriod of ['2026-07', oldRatePeriod]) world.list(person, { account, component: 'arrears', originPeriod, amount: missing })
    world.credit(person, account)
    world.credit(person, account, { amount: missing * 2n })
    world.truth.outcome(person, 'paid', due, { due })
  },
)

/** Two rights at once: a poor single parent with a disability has two regular lines. */
const twoCategories = lookAlike('two_categories', 60, 1,
  (world) => {
    const { person, account } = listed(world, world.enrol({ category: '4' }))
    const second = worth('BTXH', '6A', 1, newRate)
    world.list(person, { account, category: '6A', quantity: 1, amount: second })
    world.credit(person, account, { amount: person.dueAmount + second })
    world.truth.outcome(person, 'paid', person.dueAmount + second, { due: person.dueAmount + second })
  },
  // One of the two was stopped, and only the other is paid.
  (world) => {
    const { person, account } = paid(world, world.enrol({ category: '4' }))
    world.list(person, { account, category: '6A', quantity: 1, amount: worth('BTXH', '6A', 1, newRate), status: 'stopped' })
  },
)

/** Paid for caring for somebody, beside a social pension of one's own: the two do not exclude each other. */
const carer = lookAlike('carer_with_pension', 15, 1, (world) => {
  const { person, account } = paid(world, world.enrol({ scheme: 'HTXH' }))
  const caring = world.enrolledAlso(person, { scheme: 'BTXH', category: carerCategory.code, quantity: 1 })
  paid(world, caring, { account, component: 'carer' })
})

export const rules: readonly Case[] = [offRule, arrearsMissing, arrearsOfOldRate, arrears, twoCategories, carer]
