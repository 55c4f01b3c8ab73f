/** What goes wrong between the two nights: in order tonight, and found when the next files have come. */
import { morning, nextAsOf } from '../month.ts'
import { reasons } from '../world.ts'
import { type Case, laterFault } from './case.ts'
import { creditNobody } from './lists-and-reports.ts'
import { listed, paid } from './tell.ts'

const paidTwiceLater = laterFault('paid_twice_next_day', 12, 1, (world) => {
  const { person, account } = listed(world)
  world.credit(person, account)
  world.firstNight(() => {
    world.truth.outcome(person, 'paid', person.dueAmount)
  })
  world.secondNight(() => {
    world.credit(person, account, { day: nextAsOf })
    world.truth.fault(person, 'paid_twice', person.dueAmount * 2n)
  })
})

const returnedLater = laterFault('returned_next_day', 12, 1, (world) => {
  const { person, account } = listed(world)
  const payment = world.credit(person, account, { isLeft: true })
  world.firstNight(() => {
    world.truth.outcome(person, 'paid', person.dueAmount)
  })
  world.secondNight(() => {
    world.report({ ...payment, status: 'RTRN', returnedAt: morning(world.random, nextAsOf), reason: reasons.closed })
    world.truth.fault(person, 'returned', 0n)
  })
})

/** The register tells on Monday that somebody had died in September. */
const deathToldLater = laterFault('death_told_next_day', 6, 1, (world) => {
  const { person } = paid(world)
  world.secondNight(() => {
    world.register(person, { death: '2026-09-20', verified: nextAsOf })
    world.truth.finding('deceased_on_list', person, person.dueAmount)
    world.truth.finding('paid_after_death', person, person.dueAmount)
  })
})

const strangerLater = laterFault('not_on_list_next_day', 6, 0, (world) => {
  world.secondNight(() => {
    creditNobody(world, {}, nextAsOf)
  })
})

export const secondNight: readonly Case[] = [paidTwiceLater, returnedLater, deathToldLater, strangerLater]
