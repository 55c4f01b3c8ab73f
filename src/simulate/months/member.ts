/** People of a life lived month after month: enrolled, moved, suspended, dead; with their accounts, guardians and entries in the register. */
import { type Account, cashAgents } from '../banks.ts'
import { daysAfter } from '../month.ts'
import { type Enrolment, needsOf, type Person } from '../people.ts'
import type { Commune } from '../places.ts'
import type { Claim, StatedMandate } from './claim.ts'
import { bankingDayFrom } from './days.ts'
import type { Letter } from './letters.ts'
import type { Life } from './life.ts'

/** Somebody on the lists. */
export interface Member extends Person, Enrolment {
  commune: Commune
  village: string
  readonly channel: 'account' | 'cash' | 'post'
  /** Null while there is none. */
  account: Account | null
  /** Who receives for a child. */
  readonly payee: Person | null
  /** Files whose coming gives an account that can be used. */
  readonly usableBy: Letter[]
  /** The month up to which lists say suspended; empty: not at all. */
  suspendedUntil: string
  state: 'on the list' | 'to be stopped' | 'gone'
  /** Empty while alive. */
  deathDate: string
  /** By which papers `payee` receives. */
  readonly mandates: StatedMandate[]
  /** The last months, newest last; all of them as long as there is no account, and of a child paid through somebody. */
  readonly recent: Claim[]
  /** Months paid at which rate, as long as a raise may reach back to them. */
  readonly rates: { readonly month: string; rate: bigint }[]
}

/** So many of a thousand are paid in each way, and so many with an account have it only later. */
const [atTheCounter, byPost, withoutAccount] = [80, 70, 12]

/** A new beneficiary somewhere in the province, with what banks, guardians and the register say of them from `day` on. */
export function enrol(life: Life, commune: Commune, day: string): Member {
  const { random } = life
  const { ages, ...enrolment } = life.people.enrolment({ anyAge: true })
  const person = newPerson(life, ages, commune)
  const dice = random.below(1000)
  const channel = dice < atTheCounter ? 'cash' : dice < atTheCounter + byPost ? 'post' : 'account'
  const payee = channel === 'account' && person.age < 15 ? life.people.person([24, 58], commune.isRemote) : null
  const needs = needsOf(random, enrolment.needs, person.age, commune.isRemote)
  const member: Member = { ...person, ...enrolment, needs, commune, village: random.pick(commune.villages), channel, account: null, payee, usableBy: [], mandates: [], suspendedUntil: '', state: 'on the list', deathDate: '', recent: [], rates: [] }
  if (channel === 'account') {
    const isLater = payee === null && random.below(1000) < withoutAccount
    openAccount(life, member, isLater ? bankingDayFrom(daysAfter(day, random.between(20, 130)), day) : day)
    if (isLater) life.happened('account opened only later')
  }
  if (payee !== null) appoint(life, member, payee, day)
  register(life, member, day)
  return member
}

function newPerson(life: Life, ages: readonly [number, number], commune: Commune): Person {
  for (;;) {
    const person = life.people.person(ages, commune.isRemote)
    if (life.neighbours.isNew(person)) return person
  }
}

/** Opens an account that is known once its bank's file comes. */
export function openAccount(life: Life, member: Member, day: string): void {
  const account = life.accounts.account()
  const holder = member.payee ?? member
  const letter = life.bankLetter(day, 'account_opening', account.agent)
  const opened = daysAfter(day, -life.random.between(5, 20))
  letter.add(`${account.agent},${account.number},${holder.id},${holder.bankName},${opened},active,${daysAfter(opened, 2)},${daysAfter(opened, 4)},,${day}\n`)
  const take = (): void => {
    member.account = account
    for (const claim of member.recent) life.expectation.touch(claim)
  }
  if (member.usableBy.push(letter) === 1 && day === life.firstDay) take()
  else letter.onArrival.push(take)
}

/** The account is closed on that day, and the person has another one. */
export function changeAccount(life: Life, member: Member, day: string): void {
  const { account } = member
  if (account === null) return
  const holder = member.payee ?? member
  const letter = life.bankLetter(day, 'account_opening', account.agent)
  letter.add(`${account.agent},${account.number},${holder.id},${holder.bankName},${daysAfter(life.firstDay, -400)},closed,,,${daysAfter(day, -1)},${day}\n`)
  openAccount(life, member, day)
  life.happened('account closed, another opened')
}

/** A guardian for a year; the next year's paper comes in time, or a month late. */
function appoint(life: Life, member: Member, payee: Person, day: string): void {
  const relation = life.random.chance(0.8) ? 'parent' : 'guardian'
  let from = daysAfter(day, -life.random.between(10, 350))
  let comesOn = day
  for (let isFirst = true; from <= life.lastDay; isFirst = false) {
    const to = daysAfter(from, 364)
    const letter = life.outbox.letter(bankingDayFrom(comesOn, comesOn), 'mandate', '')
    letter.add(`${member.id},${payee.id},${payee.name},${relation},${from},${to}\n`)
    letter.onArrival.push(() => { for (const claim of member.recent) life.expectation.touch(claim) })
    member.mandates.push({ letter, from, to })
    if (!isFirst) life.happened('mandate renewed')
    const isLate = life.random.chance(0.06)
    if (isLate) life.happened('mandate renewed late')
    comesOn = daysAfter(to, isLate ? 30 : -20)
    if (comesOn < day) comesOn = day
    from = daysAfter(to, 1)
  }
}

/** What the population register says of somebody as of `day`; it comes that day, or `later` days after. */
export function register(life: Life, member: Member, day: string, later = 0): Letter {
  const letter = life.outbox.letter(later === 0 ? day : bankingDayFrom(daysAfter(day, later), day), 'population_register', '')
  const isDead = member.deathDate !== ''
  letter.add(`${member.id},,${member.name},${member.birthDate},${member.sex},${isDead ? 'dead' : 'alive'},${member.deathDate},${life.unitCode(member.commune)},${day},${String(life.random.below(3))}\n`)
  return letter
}

/** What happens to people in a month, told at its beginning. */
export function liveThroughMonth(life: Life, month: string): void {
  const { random } = life
  const day = bankingDayFrom(`${month}-02`, life.today)
  for (const member of life.members) {
    if (member.state !== 'on the list') continue
    const dice = random.below(10_000)
    if (dice < 20) die(life, member, `${month}-${String(random.between(3, 27)).padStart(2, '0')}`)
    else if (dice < 50) move(life, member, day)
    else if (dice < 75 && member.suspendedUntil < month) {
      member.suspendedUntil = life.monthsLater(month, random.between(1, 3))
      life.happened('suspended')
    } else if (dice < 85) {
      member.state = 'to be stopped'
      life.happened('stopped')
    } else if (dice < 120 && member.payee === null && member.account !== null && member.usableBy.every(({ isIn }) => isIn)) changeAccount(life, member, day)
    else if (random.below(12) === 0) register(life, member, day)
  }
  const newcomers = random.between(1, Math.max(2, Math.floor(life.members.length / 300)))
  for (let count = 0; count < newcomers; count += 1) {
    life.enter(random.pick(life.communes))
    life.members.push(enrol(life, life.neighbours.commune, day))
    life.happened('new on the list')
  }
}

/** Dies; the register says so days or months later, and only then do lists and payments end. */
function die(life: Life, member: Member, day: string): void {
  member.deathDate = day
  const letter = register(life, member, day, life.random.between(4, 75))
  letter.onArrival.push(() => { member.state = 'to be stopped' })
  life.happened('died')
}

/** Goes to live in another commune; the lists follow with the next month. */
function move(life: Life, member: Member, day: string): void {
  life.enter(life.random.pick(life.communes))
  member.commune = life.neighbours.commune
  member.village = life.random.pick(member.commune.villages)
  register(life, member, day)
  life.happened('moved')
}

/** Who pays somebody: the bank of the account, or whoever hands out cash. */
export function agentOf(member: Member): string {
  return member.channel === 'account' ? (member.account?.agent ?? '') : cashAgents[member.channel]
}
