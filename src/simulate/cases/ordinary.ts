/** How nine in ten are paid: in full, in time, into an account, a wallet or the hand. */
import type { Account } from '../banks.ts'
import type { Beneficiary, Holder, World } from '../world.ts'

/** An ordinary month of one beneficiary, without any finding. */
export function ordinary(world: World): void {
  const { random } = world
  const person = world.enrol({ anyAge: true })
  const dice = random.below(1000)
  if (dice < 220) paidInCash(world, person, dice < 130 ? 'post' : 'cash')
  else if (dice < 240 && person.age >= 15) {
    const account = world.open(person, {}, 'wallet')
    world.list(person, { account, channel: 'wallet' })
    world.credit(person, account)
  } else {
    const { account, payee } = accountOf(world, person)
    world.list(person, { account, ...(payee === null ? {} : { payee }) })
    world.credit(person, account, {
      isAnnounced: random.chance(0.15),
      ...(payee === null ? {} : { creditorName: payee.bankName }),
      ...(random.chance(0.01) ? { reference: '' } : {}),
    })
  }
  world.truth.outcome(person, 'paid', person.dueAmount)
}

function paidInCash(world: World, person: Beneficiary, channel: 'cash' | 'post'): void {
  // Opened in the campaign and never used: "opened" is not "used".
  if (person.age >= 15 && world.random.chance(0.85)) world.open(person)
  world.list(person, { channel })
  world.payInCash(person, channel)
}

/** The account that an ordinary beneficiary is paid to: a child's is a guardian's, and so are some of the very old's. */
function accountOf(world: World, person: Beneficiary): { account: Account; payee: Holder | null } {
  const late = world.timeToCash.lateActivation()
  // A bank can say so only after it.
  const state = late === null ? {} : { activatedDate: late, reportedDate: '2026-10-30' }
  if (person.age >= 15 && !(person.age >= 80 && world.random.chance(0.1))) return { account: world.open(person, state), payee: null }
  const payee = world.stranger()
  if (person.age < 15) world.mandate(person, payee, world.random.chance(0.8) ? 'parent' : 'guardian')
  // An authorisation is good for twelve months at most.
  else world.mandate(person, payee, 'authorised', '2026-03-01', '2027-02-28')
  return { account: world.open(payee, state), payee }
}
