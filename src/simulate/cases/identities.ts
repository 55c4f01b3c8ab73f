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
  // A birth year one off, as people remember it.
  (world) => {
    const person = world.enrol()
    paid(world, { ...person, birthDate: `${String(Number.parseInt(person.birthDate, 10) + 1)}${person.birthDate.slice(4)}` })
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
    const own = person.name.endsWith('Hùng') ? 'Dũng' : 'Hùng'
    const twin = [person.name, person.bankName].map((name) => name.slice(0, name.lastIndexOf(' ') + 1))
    paid(world, person)
    paid(world, world.enrolAgain(person, { name: `${twin[0] ?? ''}${own}`, bankName: `${twin[1] ?? ''}${bankFold(own)}` }))
  },
  (world) => {
    const father = world.enrol({ category: '5A1' })
    const son = world.enrol({ category: '6A' })
    paid(world, father)
    paid(world, { ...son, name: father.name, bankName: father.bankName })
  },
)

export const identities: readonly Case[] = [idInvalid, idMismatch, staleVerification, neverVerified, duplicatePerson, twinsAndNamesakes]
