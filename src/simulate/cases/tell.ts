/** What most stories begin with: somebody on the list with an account, somebody paid in full and in time, a retry tomorrow. */
import type { Account } from '../banks.ts'
import { afternoon, nextAsOf } from '../month.ts'
import type { Beneficiary, ListLine, PaymentReport, World } from '../world.ts'

interface Listed {
  readonly person: Beneficiary
  readonly account: Account
}

/** Somebody on the month's list with an account, the person's own unless another is given. */
export function listed(world: World, person = world.enrol(), line: ListLine & { readonly account?: Account } = {}): Listed {
  const account = line.account ?? world.open(person)
  world.list(person, { ...line, account })
  return { person, account }
}

/** Somebody listed, and paid what is due into that account in time. */
export function paid(world: World, person = world.enrol(), line: ListLine & { readonly account?: Account } = {}, change: Parameters<World['credit']>[2] = {}): Listed & { readonly payment: PaymentReport } {
  const told = listed(world, person, line)
  const payment = world.credit(person, told.account, change)
  world.truth.outcome(person, 'paid', person.dueAmount)
  return { ...told, payment }
}

/** In the second night the bank reports that the instruction was carried out, after all too late. */
export function creditedNextDay(world: World, person: Beneficiary, instruction: PaymentReport): void {
  world.secondNight(() => {
    world.report({ ...instruction, status: 'ACSC', creditedAt: afternoon(world.random, nextAsOf) })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  })
}

/** In the second night the whole amount is sent again and arrives, too late. */
export function paidAgainNextDay(world: World, person: Beneficiary, accountOf: () => Account): void {
  world.secondNight(() => {
    world.credit(person, accountOf(), { day: nextAsOf })
    world.truth.fault(person, 'paid_late', person.dueAmount)
  })
}
