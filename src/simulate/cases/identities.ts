/** Who somebody is: numbers that are nobody's, numbers that say otherwise, entries too old or missing, one person twice. */
import { bankFold } from '../names.ts'
import { unknownRegistrationCodes } from '../people.ts'
import type { Beneficiary, World } from '../world.ts'
import { type Case, fault, lookAlike } from './case.ts'
import { paid } from './tell.ts'

const idInvalid = fault('id_invalid', 6, 1,
  // It begins with a code of no province.
  (world) => {
    const { person } = paid(world, world.enrol({ registeredAt: world.random.pick(unknownRegistrationCodes) }))
    world.truth.finding('id_invalid', person, 0n)
  },
  // Nine digits of the old kind, and no register knows whose they are.
  (world) => {
    const { person } = paid(world, world.renumbered(world.enrol(), world.formerId()))
    world.truth.finding('id_invalid', person, 0n)
    if (world.commune.isRegistered) world.truth.finding('never_verified', person, 0n)
  },
)

const idMismatch = fault('id_mismatch', 6, 1,
  (world) => {
    const person = world.enrol()
    paid(world, { ...person, sex: person.sex === 'male' ? 'female' : 'male' })
    world.truth.finding('id_mismatch', person, 0n)
  },
  // A birth year a little off, as people remember it.
  (world) => {
    const person = world.enrol()
    const year = Number.parseInt(person.birthDate, 10)
    const ways = [year + 1, year - 1, year + 2].map((each) => ({ ...person, birthDate: `${String(each)}${person.birthDate.slice(4)}` })) as [Beneficiary, Beneficiary, Beneficiary]
    paid(world, world.unmistakable(ways))
    world.truth.finding('id_mismatch', person, 0n)
  },
)

const staleVerification = fault('stale_verification', 6, 1, (world) => {
  const { person } = paid(world)
  world.register(person, { verified: `2025-0${String(world.random.between(3, 9))}-12` })
  world.truth.finding('stale_verification', person, 0n)
})

/** The whole commune was verified, and one person was left out. */
const neverVerified: Case = {
  ...fault('never_verified', 4, 1, (world) => {
    const { person } = paid(world)
    world.leaveOutOfRegister(person)
    world.truth.finding('never_verified', person, 0n)
  }),
  isAboutRegister: true,
}

const duplicatePerson = fault('duplicate_person', 8, 2,
  // Enrolled again under another number.
  (world) => {
    const person = world.enrol()
    enrolledTwice(world, person, world.enrolAgain(person))
  },
  // The same name in the other of two spellings: the tone stands on another letter.
  (world) => {
    const person = world.enrol({ name: /(òa|ủy|úy)$/ })
    const name = person.name.replace(/òa$/, 'oà').replace(/ủy$/, 'uỷ').replace(/úy$/, 'uý')
    enrolledTwice(world, person, world.enrolAgain(person, { name, bankName: person.bankName }))
  },
)

function enrolledTwice(world: World, person: Beneficiary, again: Beneficiary): void {
  paid(world, person)
  paid(world, again)
  world.truth.pairFinding('duplicate_person', person, again, person.dueAmount)
}

/** Twins have a birth date, a commune and a surname in common, and father and son a name; they are two people each. */
const twinsAndNamesakes = lookAlike('twins_and_namesakes', 10, 2,
  (world) => {
    const person = world.enrol()
    const [name, bankName] = [person.name, person.bankName].map((each) => each.slice(0, each.lastIndexOf(' ') + 1)) as [string, string]
    const twins = ['Hùng', 'Dũng', 'Khánh', 'Phượng'].filter((given) => !person.name.endsWith(given)).map((given) => ({ ...person, name: name + given, bankName: bankName + bankFold(given) }))
    paid(world, person)
    paid(world, world.enrolAgain(person, world.unmistakable(twins as [Beneficiary, Beneficiary])))
  },
  (world) => {
    const { person: father } = paid(world, world.enrol({ category: '5A1' }))
    paid(world, world.enrolNamesake(father, { category: '6A' }))
  },
)

export const identities: readonly Case[] = [idInvalid, idMismatch, staleVerification, neverVerified, duplicatePerson, twinsAndNamesakes]
