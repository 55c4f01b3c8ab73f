/** The right amount in the wrong place: wrong accounts, other holders, shared and unusable accounts, mandates that ended. */
import type { Case } from './case.ts'

const wrongAccount: Case = {
  name: 'wrong_account', kind: 'fault', share: 10, people: 1,
  variants: [
    // A number nobody holds.
    (world) => {
      const person = world.enrol()
      const account = world.open(person)
      world.list(person, { account })
      const payment = world.credit(person, world.unheldAccount(account.bank))
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('wrong_account', payment, person.dueAmount)
    },
    // Somebody's who is on no list.
    (world) => {
      const person = world.enrol()
      const other = world.stranger()
      world.list(person, { account: world.open(person) })
      const payment = world.credit(person, world.open(other), { creditorName: other.bankName })
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('wrong_account', payment, person.dueAmount)
    },
    // A former payee's: the list names the new account, the bank used the old one, and the mandate had ended.
    (world) => {
      const person = world.enrol()
      const formerPayee = world.stranger()
      world.mandate(person, formerPayee, 'authorised', '2025-03-01', '2026-02-28')
      world.list(person, { account: world.open(person) })
      const payment = world.credit(person, world.open(formerPayee), { creditorName: formerPayee.bankName })
      world.expect(person, 'paid', person.dueAmount)
      world.expectPaymentFinding('wrong_account', payment, person.dueAmount)
    },
  ],
}

/** Two neighbours on the list: one's money went into the other's account, which got its own as well. */
const neighboursAccount: Case = {
  name: 'wrong_account_of_a_neighbour', kind: 'fault', share: 8, people: 2,
  variants: [
    (world) => {
      const [person, neighbour] = [world.enrol(), world.enrol()]
      const neighbours = world.open(neighbour)
      world.list(person, { account: world.open(person) })
      world.list(neighbour, { account: neighbours })
      const payment = world.credit(person, neighbours)
      world.credit(neighbour, neighbours)
      world.expect(person, 'paid', person.dueAmount)
      world.expect(neighbour, 'paid', neighbour.dueAmount)
      world.expectPaymentFinding('wrong_account', payment, person.dueAmount)
    },
  ],
}

const holderMismatch: Case = {
  name: 'holder_mismatch', kind: 'fault', share: 15, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const holder = world.stranger()
      const account = world.open(holder)
      world.list(person, { account })
      world.credit(person, account, { creditorName: holder.bankName })
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('holder_mismatch', person, person.dueAmount)
    },
    // Listed with somebody else's account, but paid to the own one, which is no wrong account.
    (world) => {
      const person = world.enrol()
      world.list(person, { account: world.open(world.stranger()) })
      world.credit(person, world.open(person))
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('holder_mismatch', person, person.dueAmount)
    },
    // Nothing was sent, and somebody else's account is none that the person can use.
    (world) => {
      const person = world.enrol()
      world.list(person, { account: world.open(world.stranger()) })
      world.expect(person, 'unpaid_no_account', 0n)
      world.expectFinding('unpaid_no_account', person, person.dueAmount)
      world.expectFinding('holder_mismatch', person, person.dueAmount)
    },
  ],
}

const sharedAccount: Case = {
  name: 'shared_account', kind: 'fault', share: 15, people: 4,
  variants: [
    // One of the four holds it: the other three have no say in it.
    (world) => {
      const people = [world.enrol(), world.enrol(), world.enrol(), world.enrol()] as const
      const account = world.open(people[0])
      let credited = 0n
      for (const person of people) {
        world.list(person, { account })
        world.credit(person, account, { creditorName: people[0].bankName })
        world.expect(person, 'paid', person.dueAmount)
        if (person !== people[0]) world.expectFinding('holder_mismatch', person, person.dueAmount)
        credited += person.dueAmount
      }
      world.expectAccountFinding('shared_account', account, credited)
    },
    // A stranger collects for four; the fourth was not paid yet.
    (world) => {
      const collector = world.stranger()
      const account = world.open(collector)
      let credited = 0n
      for (let index = 0; index < 4; index += 1) {
        const person = world.enrol()
        world.list(person, { account })
        world.expectFinding('holder_mismatch', person, person.dueAmount)
        if (index === 3) {
          world.expect(person, 'unpaid_no_account', 0n)
          world.expectFinding('unpaid_no_account', person, person.dueAmount)
          continue
        }
        world.credit(person, account, { creditorName: collector.bankName })
        world.expect(person, 'paid', person.dueAmount)
        credited += person.dueAmount
      }
      world.expectAccountFinding('shared_account', account, credited)
    },
    // Three on the list with it, and a fourth one's money went there too.
    (world) => {
      const people = [world.enrol(), world.enrol(), world.enrol()] as const
      const account = world.open(people[0])
      let credited = 0n
      for (const person of people) {
        world.list(person, { account })
        world.credit(person, account)
        world.expect(person, 'paid', person.dueAmount)
        if (person !== people[0]) world.expectFinding('holder_mismatch', person, person.dueAmount)
        credited += person.dueAmount
      }
      const fourth = world.enrol()
      world.list(fourth, { account: world.open(fourth) })
      const payment = world.credit(fourth, account)
      world.expect(fourth, 'paid', fourth.dueAmount)
      world.expectPaymentFinding('wrong_account', payment, fourth.dueAmount)
      world.expectAccountFinding('shared_account', account, credited + fourth.dueAmount)
    },
  ],
}

const accountNotUsable: Case = {
  name: 'account_not_usable', kind: 'fault', share: 20, people: 1,
  variants: (['dormant', 'blocked', 'inactive', 'closed'] as const).map((status) => (world) => {
    const person = world.enrol()
    const account = world.open(person, { status, reportedDate: '2026-10-28', ...(status === 'closed' ? { closedDate: '2026-10-26' } : {}) })
    world.list(person, { account })
    world.credit(person, account)
    world.expect(person, 'paid', person.dueAmount)
    world.expectFinding('account_not_usable', person, person.dueAmount)
  }),
}

const mandateExpired: Case = {
  name: 'mandate_expired', kind: 'fault', share: 15, people: 1,
  variants: [
    (world) => {
      const person = world.enrol()
      const payee = world.stranger()
      const account = world.open(payee)
      world.mandate(person, payee, 'authorised', '2025-10-01', '2026-09-30')
      world.list(person, { account, payee })
      world.credit(person, account, { creditorName: payee.bankName })
      world.expect(person, 'paid', person.dueAmount)
      world.expectFinding('mandate_expired', person, person.dueAmount)
    },
    // Nothing was sent either, and an expired mandate gives no usable account.
    (world) => {
      const person = world.enrol()
      const payee = world.stranger()
      world.mandate(person, payee, 'guardian', '2024-01-01', '2026-08-31')
      world.list(person, { account: world.open(payee), payee })
      world.expect(person, 'unpaid_no_account', 0n)
      world.expectFinding('unpaid_no_account', person, person.dueAmount)
      world.expectFinding('mandate_expired', person, person.dueAmount)
    },
  ],
}

export const accounts: readonly Case[] = [wrongAccount, neighboursAccount, holderMismatch, sharedAccount, accountNotUsable, mandateExpired]
