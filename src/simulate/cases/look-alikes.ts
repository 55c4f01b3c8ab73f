/** Harmless months that look like faults: a finding about any of them would be a false alarm. */
import { afternoon, dayInTime, daysAfter, earlierPeriod, laterPeriod, lastDayInTime, period } from '../month.ts'
import { reasons } from '../world.ts'
import type { Case, Story } from './case.ts'

const lookAlike = (name: string, share: number, people: number, ...variants: readonly Story[]): Case => ({ name, kind: 'look_alike', share, people, variants })

/** A guardian's account is not somebody else's while the mandate holds. */
const guardian = lookAlike('guardian_with_mandate', 20, 1, (world) => {
  const child = world.enrolChild()
  const parent = world.stranger()
  const account = world.open(parent)
  world.mandate(child, parent, 'parent', child.birthDate)
  world.list(child, { account, payee: parent })
  world.credit(child, account, { creditorName: parent.bankName })
  world.expect(child, 'paid', child.dueAmount)
})

/** One account for four, but a mandate for each: siblings with their guardian, residents with their centre. */
const payeeOfMany = lookAlike('payee_of_many', 15, 4,
  (world) => {
    const parent = world.stranger()
    const account = world.open(parent)
    for (let index = 0; index < 4; index += 1) {
      const child = world.enrolChild()
      world.mandate(child, parent, 'guardian', child.birthDate)
      world.list(child, { account, payee: parent })
      world.credit(child, account, { creditorName: parent.bankName })
      world.expect(child, 'paid', child.dueAmount)
    }
  },
  (world) => {
    const centre = world.organisation()
    const account = world.open(centre)
    for (let index = 0; index < 4; index += 1) {
      const resident = world.enrol(false)
      world.mandate(resident, centre, 'institution', '2026-01-15')
      world.list(resident, { account, payee: centre })
      world.credit(resident, account, { creditorName: centre.bankName })
      world.expect(resident, 'paid', resident.dueAmount)
    }
  },
)

/** One payment for a whole household, naming nobody, that is exactly what all of them are due. */
const household = lookAlike('household_sum', 25, 3, (world) => {
  const head = world.enrol()
  const people = [head, world.enrolLike(head), world.enrolLike(head)]
  const account = world.open(head)
  let together = 0n
  for (const person of people) {
    if (person !== head) world.mandate(person, head, 'household_head')
    world.list(person, { account, ...(person === head ? {} : { payee: head }) })
    world.expect(person, 'paid', person.dueAmount)
    together += person.dueAmount
  }
  world.credit(head, account, { id: '', amount: together })
})

/** Two payments for two of one household, naming nobody, each exactly what one of them is due. */
const householdParts = lookAlike('household_parts', 10, 2, (world) => {
  const head = world.enrol()
  const spouse = { ...world.enrolLike(head), dueAmount: head.dueAmount + 270_000n }
  const account = world.open(head)
  world.mandate(spouse, head, 'household_head')
  world.list(head, { account })
  world.list(spouse, { account, payee: head })
  world.credit(spouse, account, { id: '', creditorName: head.bankName })
  world.credit(head, account, { id: '' })
  world.expect(head, 'paid', head.dueAmount)
  world.expect(spouse, 'paid', spouse.dueAmount)
})

/** Two months paid together, as before Tết: a double amount that is no double payment. */
const twoMonths = lookAlike('two_months_together', 20, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  world.list(person, { account })
  world.list(person, { account, period: laterPeriod })
  world.credit(person, account, { amount: person.dueAmount * 2n })
  world.expect(person, 'paid', person.dueAmount)
  world.expect(person, 'paid', person.dueAmount, { period: laterPeriod })
})

/** November's list has come already; nothing of it is due yet. */
const notDue = lookAlike('not_due', 90, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  world.list(person, { account })
  world.list(person, { account, period: laterPeriod })
  world.credit(person, account)
  world.expect(person, 'paid', person.dueAmount)
  world.expect(person, 'not_due', 0n, { period: laterPeriod })
})

/** Arrears of the new rate beside the regular amount, paid in one sum or in two. */
const arrears = lookAlike('arrears_beside_regular', 120, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const due = person.dueAmount + 40_000n
    world.list(person, { account })
    world.list(person, { account, component: 'arrears', originPeriod: '2026-07', amount: 40_000n })
    world.credit(person, account, { amount: due })
    world.expect(person, 'paid', due, { due })
  },
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const due = person.dueAmount + 80_000n
    world.list(person, { account })
    for (const originPeriod of ['2026-07', '2026-08']) world.list(person, { account, component: 'arrears', originPeriod, amount: 40_000n })
    world.credit(person, account)
    world.credit(person, account, { amount: 80_000n })
    world.expect(person, 'paid', due, { due })
  },
)

/** Two rights at once: a poor single parent with a disability has two regular lines. */
const twoCategories = lookAlike('two_categories', 60, 1,
  (world) => {
    const person = world.enrolIn('BTXH')
    const account = world.open(person)
    const due = person.dueAmount + 810_000n
    world.list(person, { account })
    world.list(person, { account, category: `${person.category}K`, amount: 810_000n })
    world.credit(person, account, { amount: due })
    world.expect(person, 'paid', due, { due })
  },
  // One of the two was stopped, and only the other is paid.
  (world) => {
    const person = world.enrolIn('BTXH')
    const account = world.open(person)
    world.list(person, { account })
    world.list(person, { account, category: `${person.category}K`, amount: 810_000n, status: 'stopped' })
    world.credit(person, account)
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** The old 9-digit number on one side, the 12-digit one on the other; the register joins them. */
const formerId = lookAlike('former_id', 25, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const previousId = world.formerId()
    world.register(person, { previousId })
    world.list(person, { account })
    world.credit(person, account, { id: previousId })
    world.expect(person, 'paid', person.dueAmount)
  },
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const previousId = world.formerId()
    world.register(person, { previousId })
    world.list(person, { account, id: previousId })
    world.credit(person, account)
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** Payments that leave out the month, or the person, and can still mean only one. */
const leftOut = lookAlike('left_out_but_certain', 40, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account })
    world.credit(person, account, { period: '' })
    world.expect(person, 'paid', person.dueAmount)
  },
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account })
    world.credit(person, account, { period: '', scheme: '' })
    world.expect(person, 'paid', person.dueAmount)
  },
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account })
    world.credit(person, account, { id: '' })
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** The same payment reported twice; the later status arrives first. */
const reported = lookAlike('reported_again', 60, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account })
    const { creditedAt: _at, creditedAmount: _amount, ...instruction } = world.credit(person, account)
    world.report({ ...instruction, status: 'PDNG' })
    world.expect(person, 'paid', person.dueAmount)
  },
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.list(person, { account })
    world.report(world.credit(person, account))
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** Parts that add up to the whole, in time. */
const parts = lookAlike('parts_add_up', 30, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  const first = 10_000n * BigInt(world.random.between(10, 40))
  world.list(person, { account })
  world.credit(person, account, { amount: first })
  world.credit(person, account, { amount: person.dueAmount - first })
  world.expect(person, 'paid', person.dueAmount)
})

/** Due on a Saturday and credited on the Monday after: in time. */
const weekend = lookAlike('due_on_a_weekend', 40, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  world.list(person, { account })
  world.credit(person, account, { day: lastDayInTime(person.scheme) })
  world.expect(person, 'paid', person.dueAmount)
})

/** The month of death is due, and so are the months before it. */
const monthOfDeath = lookAlike('month_of_death', 20, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.register(person, { death: '2026-10-02' })
    world.list(person, { account })
    world.credit(person, account)
    world.expect(person, 'paid', person.dueAmount)
  },
  // Reported dead in October without a day: it counts from November.
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    world.register(person, { isDead: true, verified: '2026-10-20' })
    world.list(person, { account })
    world.credit(person, account)
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** Sent back and sent again, in time. */
const sentAgain = lookAlike('sent_again', 40, 1,
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const day = dayInTime(world.random, person.scheme)
    world.list(person, { account })
    world.report({ ...world.instruction(person, account, daysAfter(day, -3)), status: 'RJCT', reason: reasons.wrongNumber })
    world.credit(person, account, { day })
    world.expect(person, 'paid', person.dueAmount)
  },
  // Returned after the credit, then into the person's other account, which the list does not know yet.
  (world) => {
    const person = world.enrol()
    const [listed, own] = [world.open(person), world.open(person)]
    const day = dayInTime(world.random, person.scheme)
    world.list(person, { account: listed })
    world.credit(person, listed, { day: daysAfter(day, -4), status: 'RTRN', returnedAt: afternoon(world.random, daysAfter(day, -2)), reason: reasons.nameDiffers })
    world.credit(person, own, { day })
    world.expect(person, 'paid', person.dueAmount)
  },
)

/** Suspended and not paid, as it should be. */
const suspended = lookAlike('suspended_and_unpaid', 40, 1,
  (world) => {
    const person = world.enrol()
    world.list(person, { account: world.open(person), status: 'suspended' })
  },
  // Paid, but the bank took it back.
  (world) => {
    const person = world.enrol()
    const account = world.open(person)
    const day = dayInTime(world.random, person.scheme)
    world.list(person, { account, status: 'suspended' })
    world.credit(person, account, { day, status: 'RTRN', returnedAt: afternoon(world.random, daysAfter(day, 2)), reason: reasons.wrongAmount })
  },
)

/** Two people with one account, no mandate missing: too few to be a shared account. */
const couple = lookAlike('couple_with_one_account', 20, 2, (world) => {
  const [person, spouse] = [world.enrol(), world.enrol()]
  const account = world.open(person)
  world.mandate(spouse, person, 'authorised', '2026-02-01', '2027-01-31')
  world.list(person, { account })
  world.list(spouse, { account, payee: person })
  for (const each of [person, spouse]) {
    world.credit(each, account, { creditorName: person.bankName })
    world.expect(each, 'paid', each.dueAmount)
  }
})

/** The account as people write it down, with blanks and dashes. */
const writtenWithBlanks = lookAlike('account_written_with_blanks', 25, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  const written = world.random.pick([' ', '-'])
  world.list(person, { account, accountAsWritten: account.number.replace(/(.{4})(?=.)/g, `$1${written}`) })
  world.credit(person, account)
  world.expect(person, 'paid', person.dueAmount)
})

/** The bank closes the account two days after the day of the run: on that day nobody knows. */
const closedLater = lookAlike('closed_after_the_run', 15, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  world.reportAccount(account, person, { status: 'closed', closedDate: '2026-11-02', reportedDate: '2026-11-02' })
  world.list(person, { account })
  world.credit(person, account)
  world.expect(person, 'paid', person.dueAmount)
})

/** September was paid as well, and the months do not mix. */
const monthBefore = lookAlike('month_before', 60, 1, (world) => {
  const person = world.enrol()
  const account = world.open(person)
  for (const each of [earlierPeriod, period]) {
    world.list(person, { account, period: each })
    world.credit(person, account, { period: each, ...(each === earlierPeriod ? { day: '2026-09-10' } : {}) })
    world.expect(person, 'paid', person.dueAmount, { period: each })
  }
})

export const lookAlikes: readonly Case[] = [
  guardian, payeeOfMany, household, householdParts, twoMonths, notDue, arrears, twoCategories, formerId, leftOut, reported,
  parts, weekend, monthOfDeath, sentAgain, suspended, couple, writtenWithBlanks, closedLater, monthBefore,
]
