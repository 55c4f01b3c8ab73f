/** Harmless months that look like faults: a finding about any of them would be a false alarm. */
import type { Account } from '../banks.ts'
import { afternoon, dayInTime, daysAfter, earlierPeriod, laterPeriod, lastDayInTime, nextAsOf, period } from '../month.ts'
import { type Beneficiary, reasons, type World } from '../world.ts'
import { type Case, lookAlike } from './case.ts'
import { listed, paid } from './tell.ts'

/** A guardian's account is not somebody else's while the mandate holds. */
const guardian = lookAlike('guardian_with_mandate', 20, 1, (world) => {
  const parent = world.stranger()
  const account = world.open(parent)
  const child = world.enrol({ isChild: true })
  world.mandate(child, parent, 'parent', child.birthDate)
  paid(world, child, { account, payee: parent }, { creditorName: parent.bankName })
})

/** One account for four, but a mandate for each: siblings with their guardian, residents with their centre. */
const payeeOfMany = lookAlike('payee_of_many', 15, 4,
  (world) => {
    const parent = world.stranger()
    const account = world.open(parent)
    for (let index = 0; index < 4; index += 1) {
      const child = world.enrol({ isChild: true })
      world.mandate(child, parent, 'guardian', child.birthDate)
      paid(world, child, { account, payee: parent }, { creditorName: parent.bankName })
    }
  },
  (world) => {
    const centre = world.organisation()
    const account = world.open(centre)
    for (let index = 0; index < 4; index += 1) {
      const resident = world.enrol({ anyAge: true })
      world.mandate(resident, centre, 'institution', '2026-01-15')
      paid(world, resident, { account, payee: centre }, { creditorName: centre.bankName })
    }
  },
)

/** One payment for a whole household, naming nobody, that is exactly what all of them are due. */
const household = lookAlike('household_sum', 25, 3, (world) => {
  const head = world.enrol()
  const people = [head, world.enrolLike(head), world.enrolLike(head)]
  const account = world.open(head)
  listHousehold(world, account, head, people)
  world.credit(head, account, { id: '', amount: people.reduce((sum, person) => sum + person.dueAmount, 0n) })
})

/** Two payments for two of one household, naming nobody, each exactly what one of them is due. */
const householdParts = lookAlike('household_parts', 10, 2, (world) => {
  const head = world.enrol({ category: '6A' })
  const spouse = world.enrol({ category: '6C' })
  const account = world.open(head)
  listHousehold(world, account, head, [head, spouse])
  world.credit(spouse, account, { id: '', creditorName: head.bankName })
  world.credit(head, account, { id: '' })
})

/** A household on the list with the account of its head; all of them will be paid. */
function listHousehold(world: World, account: Account, head: Beneficiary, people: readonly Beneficiary[]): void {
  for (const person of people) {
    if (person !== head) world.mandate(person, head, 'household_head')
    world.list(person, { account, ...(person === head ? {} : { payee: head }) })
    world.truth.outcome(person, 'paid', person.dueAmount)
  }
}

/** Two months paid together, as before Tết: a double amount that is no double payment. */
const twoMonths = lookAlike('two_months_together', 20, 1, (world) => {
  const { person, account } = listed(world)
  const next = world.due(person, laterPeriod)
  world.list(person, { account, period: laterPeriod })
  world.credit(person, account, { amount: person.dueAmount + next })
  world.truth.outcome(person, 'paid', person.dueAmount)
  world.truth.outcome(person, 'paid', next, { due: next, period: laterPeriod })
})

/** November's list has come already; nothing of it is due yet. */
const notDue = lookAlike('not_due', 90, 1, (world) => {
  const { person, account } = paid(world)
  world.list(person, { account, period: laterPeriod })
  world.truth.outcome(person, 'not_due', 0n, { due: world.due(person, laterPeriod), period: laterPeriod })
})

/** The old 9-digit number on one side, the 12-digit one on the other; the register joins them. */
const formerId = lookAlike('former_id', 25, 1,
  (world) => {
    const previousId = world.formerId()
    const { person } = paid(world, world.enrol(), {}, { id: previousId })
    world.register(person, { previousId })
  },
  (world) => {
    const previousId = world.formerId()
    const { person } = paid(world, world.enrol(), { id: previousId })
    world.register(person, { previousId })
  },
)

/** Payments that leave out the month, or the person, and can still mean only one. */
const leftOut = lookAlike('left_out_but_certain', 40, 1,
  ...[{ period: '' }, { period: '', scheme: '' }, { id: '' }].map((blank) => (world: World) => {
    paid(world, world.enrol(), {}, blank as { period: ''; scheme: '' })
  }),
)

/** The same payment reported twice; the later status arrives first. */
const reported = lookAlike('reported_again', 60, 1,
  (world) => {
    const { creditedAt: _at, creditedAmount: _amount, ...instruction } = paid(world).payment
    world.report({ ...instruction, status: 'PDNG' })
  },
  (world) => {
    world.report(paid(world).payment)
  },
)

/** Parts that add up to the whole, in time. */
const parts = lookAlike('parts_add_up', 30, 1, (world) => {
  const { person, account } = listed(world)
  const first = 10_000n * BigInt(world.random.between(10, 40))
  world.credit(person, account, { amount: first })
  world.credit(person, account, { amount: person.dueAmount - first })
  world.truth.outcome(person, 'paid', person.dueAmount)
})

/** Due on a Saturday and credited on the Monday after: in time. */
const weekend = lookAlike('due_on_a_weekend', 40, 1, (world) => {
  const person = world.enrol()
  paid(world, person, {}, { day: lastDayInTime(person.scheme) })
})

/** The month of death is due, and so are the months before it. */
const monthOfDeath = lookAlike('month_of_death', 20, 1,
  ...[{ death: '2026-10-02' }, { isDead: true, verified: '2026-10-20' }].map((entry) => (world: World) => {
    // Reported dead in October without a day: it counts from November.
    world.register(paid(world).person, entry)
  }),
)

/** Sent back and sent again, in time. */
const sentAgain = lookAlike('sent_again', 40, 1,
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.report({ ...world.instruction(person, account, daysAfter(day, -3)), status: 'RJCT', reason: reasons.wrongNumber })
    world.credit(person, account, { day })
    world.truth.outcome(person, 'paid', person.dueAmount)
  },
  // Returned after the credit, then into the person's other account, which the list does not know yet.
  (world) => {
    const { person, account } = listed(world)
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day: daysAfter(day, -4), status: 'RTRN', returnedAt: afternoon(world.random, daysAfter(day, -2)), reason: reasons.nameDiffers })
    world.credit(person, world.open(person), { day })
    world.truth.outcome(person, 'paid', person.dueAmount)
  },
)

/** Suspended and not paid, as it should be. */
const suspended = lookAlike('suspended_and_unpaid', 40, 1,
  (world) => {
    listed(world, world.enrol(), { status: 'suspended' })
  },
  // Paid, but the bank took it back.
  (world) => {
    const { person, account } = listed(world, world.enrol(), { status: 'suspended' })
    const day = dayInTime(world.random, person.scheme)
    world.credit(person, account, { day, status: 'RTRN', returnedAt: afternoon(world.random, daysAfter(day, 2)), reason: reasons.wrongAmount })
  },
)

/** Two people with one account, no mandate missing: too few to be a shared account. */
const couple = lookAlike('couple_with_one_account', 20, 2, (world) => {
  const { person, account } = paid(world)
  const spouse = world.enrol()
  world.mandate(spouse, person, 'authorised', '2026-02-01', '2027-01-31')
  paid(world, spouse, { account, payee: person }, { creditorName: person.bankName })
})

/** The account as people write it down, with blanks and dashes. */
const writtenWithBlanks = lookAlike('account_written_with_blanks', 25, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  const written = world.random.pick([' ', '-'])
  paid(world, person, { account, accountAsWritten: account.number.replace(/(.{4})(?=.)/g, `$1${written}`) })
})

/** The bank closes the account two days after the day of the run: on that day nobody knows. */
const closedLater = lookAlike('closed_after_the_run', 15, 1, (world) => {
  const { person, account } = paid(world, world.enrol(), {}, { isLeft: true })
  world.reportAccount(account, person, { status: 'closed', closedDate: nextAsOf, reportedDate: nextAsOf })
  world.secondNight(() => {
    world.truth.finding('account_not_usable', person, person.dueAmount)
    world.truth.finding('not_withdrawable', person, person.dueAmount)
  })
})

/** September was paid as well, and the months do not mix. */
const monthBefore = lookAlike('month_before', 60, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  for (const each of [earlierPeriod, period]) {
    const due = world.due(person, each)
    world.list(person, { account, period: each })
    world.credit(person, account, { period: each, amount: due, ...(each === earlierPeriod ? { day: '2026-09-10' } : {}) })
    world.truth.outcome(person, 'paid', due, { due, period: each })
  }
})

/** Paid weeks before the month began and withdrawn, or never spoken of by the bank: neither is "not withdrawn". */
const paidEarly = lookAlike('paid_early', 10, 1, (world) => {
  paid(world, world.enrol(), {}, { day: '2026-09-28' })
})

/** Moved between two months: each commune has its own month on its list, and none is missing or double. */
const moved = lookAlike('moved_between_months', 15, 1, (world) => {
  const person = world.enrol({ scheme: 'BTXH', hasRareName: true })
  const account = world.open(person)
  const before = world.elsewhere()
  for (const each of [earlierPeriod, period]) {
    world.list(person, { account, period: each, ...(each === earlierPeriod ? { commune: before } : {}) })
    world.credit(person, account, { period: each, ...(each === earlierPeriod ? { day: '2026-09-10' } : {}) })
    world.truth.outcome(person, 'paid', person.dueAmount, { period: each })
  }
})

export const lookAlikes: readonly Case[] = [
  guardian, payeeOfMany, household, householdParts, twoMonths, notDue, formerId, leftOut, reported, parts, weekend, monthOfDeath,
  sentAgain, suspended, couple, writtenWithBlanks, closedLater, monthBefore, paidEarly, moved,
]
