/** The world that the cases of a simulation are told in: people, accounts, lists and payments, each written as it happens. */
import { type Account, type Accounts, type Bank, cashAgents, inventAccounts } from './banks.ts'
import type { Expectations } from './expectations.ts'
import type { Sink } from './files.ts'
import { type SchemeCode, afternoon, daysAfter, dayInTime, dueDateOf, listDateOf, morning, period } from './month.ts'
import { bankFold, type PersonName } from './names.ts'
import type { Neighbours } from './neighbours.ts'
import { type Enrolment, type People, type Person, type Wish, inventPeople, needsOf } from './people.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'
import { rateKnownOn, worth } from './rates.ts'
import type { Villages } from './villages.ts'
import type { TimeToCash } from './withdrawals.ts'

/** Somebody on the list, with what is due in the simulated month. */
export interface Beneficiary extends Person, Enrolment {
  readonly commune: Commune
  readonly village: string
  readonly dueAmount: bigint
}

/** Whoever holds an account: a person, or an organisation with its code. */
export interface Holder extends PersonName {
  readonly id: string
}

/** A line of the list; what is left out is as usual: the simulated month, the monthly amount, active, into an account. */
export interface ListLine {
  readonly account?: Account | null
  readonly payee?: Holder
  readonly period?: string
  readonly amount?: bigint
  readonly component?: 'arrears' | 'carried_over' | 'carer'
  readonly originPeriod?: string
  readonly channel?: 'cash' | 'post' | 'wallet'
  readonly status?: 'suspended' | 'stopped'
  readonly id?: string
  readonly commune?: Commune
  readonly category?: string
  readonly quantity?: number
  readonly accountAsWritten?: string
}

/** One report on one payment; amounts in đồng, instants local. */
export interface PaymentReport {
  readonly id: string
  readonly scheme: SchemeCode | ''
  readonly period: string
  readonly agent: string
  readonly accountNumber: string
  readonly creditorName: string
  readonly amount: bigint
  readonly instructedAt: string
  readonly status: 'PDNG' | 'ACSP' | 'NCOL' | 'RJCT' | 'ACSC' | 'ACCC' | 'RTRN'
  readonly creditedAmount?: bigint
  readonly creditedAt?: string
  readonly returnedAt?: string
  readonly returnedAmount?: bigint
  readonly reason?: Reason
  readonly channel?: 'cash' | 'post'
  /** The end_to_end_id; empty for a payment without one. */
  readonly reference: string
}

/** Why money came back, as a bank says it. */
export type Reason = readonly [code: string, text: string]
export const reasons = {
  wrongNumber: ['AC01', 'Sai số tài khoản'],
  closed: ['AC04', 'Tài khoản đã đóng'],
  blocked: ['AC06', 'Tài khoản bị phong tỏa'],
  nameDiffers: ['BE01', 'Tên không khớp'],
  dead: ['MD07', 'Chủ tài khoản đã chết'],
  wrongAmount: ['AM09', 'Sai số tiền'],
  notCollected: ['NOAS', 'Người hưởng không đến nhận'],
} as const satisfies Record<string, Reason>

/** How an account was reported; active and opened in spring when nothing is said. */
export interface AccountState {
  readonly status?: 'inactive' | 'dormant' | 'blocked' | 'closed'
  readonly closedDate?: string
  readonly reportedDate?: string
  readonly activatedDate?: string
}

/** A line of a disbursement file. */
export function paymentRow(payment: PaymentReport): string {
  const { reason } = payment
  return `${payment.reference},${payment.scheme},${payment.period},${payment.id},${payment.agent},${payment.accountNumber},${payment.creditorName},${String(payment.amount)},VND,${payment.instructedAt},${payment.status},${payment.creditedAmount?.toString() ?? ''},${payment.creditedAt ?? ''},${payment.returnedAt ?? ''},${payment.returnedAmount?.toString() ?? ''},${reason?.[0] ?? ''},${reason?.[1] ?? ''},${payment.creditedAt === undefined ? '' : `FT${payment.reference.slice(2) || '26100000'}`},${payment.channel ?? ''}\n`
}

/** Everything that the stories are told with; one for a whole simulation. */
export class World {
  readonly random: Random
  readonly truth: Expectations
  readonly timeToCash: TimeToCash
  private readonly villages: Villages
  /** Apart from the rest, so that what people need changes nothing else. */
  private readonly chanceOfNeeds: Random
  private files: Sink
  private readonly laterFiles: Sink
  private readonly people: People
  private readonly accounts: Accounts
  private readonly neighbours: Neighbours
  private isLater = false
  private readonly toRegister = new Map<string, Beneficiary>()
  private payments = 0
  private organisations = 0

  constructor(random: Random, files: readonly [Sink, Sink], truth: Expectations, neighbours: Neighbours, timeToCash: TimeToCash, villages: Villages, chanceOfNeeds: Random) {
    this.random = random
    ;[this.files, this.laterFiles] = files
    this.truth = truth
    this.timeToCash = timeToCash
    this.villages = villages
    this.chanceOfNeeds = chanceOfNeeds
    this.neighbours = neighbours
    this.people = inventPeople(random)
    this.accounts = inventAccounts(random)
  }

  /** Where the stories take place just now. */
  get commune(): Commune {
    return this.neighbours.commune
  }

  /** Goes on to the next commune. */
  enter(commune: Commune): void {
    this.neighbours.enter(commune)
  }

  /** Tells what holds in the first night alone. */
  firstNight(tell: () => void): void {
    this.truth.onlyIn(0, tell)
  }

  /** Tells what becomes known in the second night: its rows go to that night's files, and what is expected holds from then on. */
  secondNight(tell: () => void): void {
    const before = this.files
    this.files = this.laterFiles
    this.isLater = true
    this.truth.onlyIn(1, tell)
    this.files = before
    this.isLater = false
  }

  /** A new beneficiary of the commune: somebody who can hold an account, unless otherwise wished. */
  enrol(wish: Wish = {}): Beneficiary {
    const { ages, ...enrolment } = this.people.enrolment(wish)
    const person = this.newPerson(ages, wish)
    return this.settle(person, { ...enrolment, needs: needsOf(this.chanceOfNeeds, enrolment.needs, person.age, this.commune.isRemote) })
  }

  /** A beneficiary enrolled exactly like another of about the same age: same scheme, category and amount. */
  enrolLike(other: Beneficiary): Beneficiary {
    return this.settle(this.newPerson([other.age, other.age + 4]), other)
  }

  /** A beneficiary enrolled a second time, under another number and perhaps another name, born on the same day. */
  enrolAgain(person: Beneficiary, name: PersonName = person): Beneficiary {
    return this.settle({ ...person, name: name.name, bankName: name.bankName, id: this.people.idLike(person) }, person)
  }

  /** Somebody of the same name, born on another day of another year. */
  enrolNamesake({ name, bankName }: PersonName, wish: Wish): Beneficiary {
    const { ages, ...enrolment } = this.people.enrolment(wish)
    for (;;) {
      const person = { ...this.newPerson(ages), name, bankName }
      if (this.neighbours.isNew(person)) return this.settle(person, enrolment)
    }
  }

  /** The first way of describing somebody in which nobody else is described; the last one when there is none. */
  unmistakable<Described extends Person>(descriptions: readonly [...Described[], Described]): Described {
    return descriptions.find((each) => this.neighbours.isNew(each)) ?? (descriptions.at(-1) as Described)
  }

  /** The same beneficiary under another number. */
  renumbered(person: Beneficiary, id: string): Beneficiary {
    this.toRegister.delete(person.id)
    return { ...person, id }
  }

  /** One more line for somebody: the same person enrolled in another category, perhaps of another scheme. */
  enrolledAlso(person: Beneficiary, enrolment: Omit<Enrolment, 'needs'>): Beneficiary {
    const also = { ...person, ...enrolment }
    return { ...also, dueAmount: this.due(also) }
  }

  private settle(person: Person, enrolment: Enrolment): Beneficiary {
    const { scheme, category, quantity, needs } = enrolment
    const settled = { ...person, scheme, category, quantity, needs, commune: this.commune, village: this.random.pick(this.commune.villages), dueAmount: 0n }
    const beneficiary = { ...settled, dueAmount: this.due(settled) }
    if (this.commune.isRegistered) this.toRegister.set(person.id, beneficiary)
    return beneficiary
  }

  private newPerson(ages: readonly [number, number], { registeredAt, name, hasRareName }: Wish = {}): Person {
    for (;;) {
      const person = this.people.person(ages, this.commune.isRemote, registeredAt)
      if (name?.test(person.name) !== false && (person.isRareName || hasRareName !== true) && this.neighbours.isNew(person)) return person
    }
  }

  /** What somebody is due in a month by the rate that the list of that month knew. */
  due(person: Omit<Beneficiary, 'dueAmount'>, month: string = period): bigint {
    return worth(person.scheme, person.category, person.quantity, rateKnownOn(listDateOf(month), person.scheme, person.commune.isToppedUp, month))
  }

  /** What somebody is due at another rate. */
  dueAt(person: Beneficiary, rate: bigint): bigint {
    return worth(person.scheme, person.category, person.quantity, rate)
  }

  /** A new person who is on no list. */
  stranger(): Person {
    return this.people.person([24, 58], this.commune.isRemote)
  }

  /** A social-protection centre, which holds one account for all its residents. */
  organisation(): Holder {
    this.organisations += 1
    const name = `Trung tâm Bảo trợ xã hội số ${String(this.organisations)}`
    return { id: `TTBTXH${String(this.organisations).padStart(4, '0')}`, name, bankName: bankFold(name) }
  }

  formerId(): string {
    return this.people.formerId()
  }

  /** Another commune, one without a register of its own. */
  elsewhere(): Commune {
    return this.neighbours.elsewhere(this.random)
  }

  /** An account at a bank (or a wallet), reported as held by `holder`. */
  open(holder: Holder, state: AccountState = {}, kind: 'bank' | 'wallet' = 'bank'): Account {
    const account = kind === 'wallet' ? this.accounts.wallet() : this.accounts.account()
    this.reportAccount(account, holder, state)
    return state.activatedDate === undefined ? account : { ...account, activatedDate: state.activatedDate }
  }

  /** A report on an account. */
  reportAccount(account: Account, holder: Holder, state: AccountState = {}): void {
    const opened = `2026-0${String(this.random.between(2, 5))}-${String(this.random.between(10, 28))}`
    const activated = state.status === 'inactive' ? '' : (state.activatedDate ?? daysAfter(opened, 14))
    const reported = state.reportedDate ?? '2026-09-30'
    this.files.add(
      'account_opening',
      `${account.agent},${account.number},${holder.id},${holder.bankName},${opened},${state.status ?? 'active'},${activated},${daysAfter(opened, 7)},${state.closedDate ?? ''},${reported}\n`,
      account.agent,
    )
  }

  /** An account number that nobody holds and no bank ever reported. */
  unheldAccount(bank: Bank): Account {
    return this.accounts.unheld(bank)
  }

  /** An account number at some bank that no bank ever reported. */
  unreportedAccount(): Account {
    return this.accounts.account()
  }

  /** A mandate; open-ended and valid since January unless days are given. */
  mandate(beneficiary: { readonly id: string }, payee: Holder, relation: string, validFrom = '2026-01-01', validTo = ''): void {
    this.files.add('mandate', `${beneficiary.id},${payee.id},${payee.name},${relation},${validFrom},${validTo}\n`)
  }

  /** An entry in the population register; the commune is named only where the whole commune's register was loaded. */
  register(person: Person, entry: { readonly previousId?: string; readonly death?: string; readonly isDead?: boolean; readonly verified?: string } = {}): void {
    const isDead = entry.isDead ?? entry.death !== undefined
    if (!this.isLater) this.toRegister.delete(person.id)
    this.files.add(
      'population_register',
      `${person.id},${entry.previousId ?? ''},${person.name},${person.birthDate},${person.sex},${isDead ? 'dead' : 'alive'},${entry.death ?? ''},${this.commune.isRegistered ? this.commune.unitCode : ''},${entry.verified ?? '2026-09-15'},${isDead ? '' : String(this.random.below(3))}\n`,
    )
  }

  /** Leaves somebody out of the register of the commune. */
  leaveOutOfRegister(person: Person): void {
    this.toRegister.delete(person.id)
  }

  /** Ends a story: where the register is loaded, whoever was not spoken of stands there too, alive and verified within the year. */
  endStory(): void {
    for (const person of this.toRegister.values()) this.register(person, { verified: daysAfter('2025-12-01', this.random.below(300)) })
  }

  /** A line of the beneficiary list. */
  list(person: Beneficiary, line: ListLine = {}): void {
    const month = line.period ?? period
    const { payee, account } = line
    this.files.add(
      'beneficiary_list',
      `${person.scheme},${month},${line.id ?? person.id},${person.name},${person.birthDate},${person.sex},${(line.commune ?? person.commune).unitCode},${person.village},${line.category ?? person.category},${String(line.quantity ?? person.quantity)},${line.component ?? ''},${line.originPeriod ?? ''},${String(line.amount ?? this.due(person, month))},VND,${dueDateOf(person.scheme, month)},${line.channel ?? 'account'},${payee?.id ?? ''},${payee?.name ?? ''},${account?.agent ?? ''},${line.accountAsWritten ?? account?.number ?? ''},${person.needs},${line.status ?? 'active'},${listDateOf(month)}\n`,
    )
  }

  /** A new end_to_end_id. */
  reference(): string {
    this.payments += 1
    return `CT2610${String(this.payments).padStart(9, '0')}`
  }

  /** A line of a disbursement file. */
  report(payment: PaymentReport): void {
    this.files.add('disbursement', paymentRow(payment), payment.agent)
  }

  /**
   * A credit into an account, in time unless a day is given, and what the bank later says of its withdrawal.
   * `isAnnounced`: the bank had reported the same payment before, when it was still on the way. `isLeft`: nobody
   * withdraws it.
   */
  credit(person: Beneficiary, account: Account, change: Partial<PaymentReport> & { readonly day?: string; readonly isAnnounced?: boolean; readonly isLeft?: boolean } = {}): PaymentReport {
    const { day = dayInTime(this.random, person.scheme), isAnnounced = false, isLeft = false, ...rest } = change
    const amount = rest.amount ?? person.dueAmount
    const instruction = { ...this.instruction(person, account, this.isLater ? day : this.timeToCash.instructedDay(account, day)), amount }
    if (isAnnounced) this.report(instruction)
    const payment: PaymentReport = {
      ...instruction,
      status: account.bank.statesCreditedAmount ? 'ACCC' : 'ACSC',
      creditedAt: afternoon(this.random, day),
      ...(account.bank.statesCreditedAmount ? { creditedAmount: amount } : {}),
      ...rest,
    }
    this.report(payment)
    if (payment.reference !== '' && payment.returnedAt === undefined && !this.isLater) this.withdrawal(person, account, payment, day, isLeft)
    return payment
  }

  /** The instruction of a person's monthly amount on a day, on the way and nothing more. */
  instruction(person: Beneficiary, account: Account, day: string): PaymentReport {
    return {
      id: person.id,
      scheme: person.scheme,
      period,
      agent: account.agent,
      accountNumber: account.number,
      creditorName: person.bankName,
      amount: person.dueAmount,
      instructedAt: morning(this.random, day),
      status: 'ACSP',
      reference: this.reference(),
    }
  }

  /** Money handed out over the counter of a payment office or a post office. */
  payInCash(person: Beneficiary, channel: 'cash' | 'post', change: Partial<PaymentReport> & { readonly day?: string } = {}): PaymentReport {
    const { day = dayInTime(this.random, person.scheme), ...rest } = change
    const payment: PaymentReport = { ...this.counterInstruction(person, channel, day), status: 'ACSC', creditedAt: afternoon(this.random, day), ...rest }
    this.report(payment)
    return payment
  }

  /** A month's money in cash that nobody came for, as the office reports it. */
  notCollected(person: Beneficiary, channel: 'cash' | 'post', day: string): PaymentReport {
    return { ...this.counterInstruction(person, channel, day), status: 'NCOL', reason: reasons.notCollected }
  }

  private counterInstruction(person: Beneficiary, channel: 'cash' | 'post', day: string): PaymentReport {
    const counter = { agent: cashAgents[channel], accountNumber: '', channel }
    return {
      id: person.id,
      scheme: person.scheme,
      period,
      creditorName: person.bankName,
      amount: person.dueAmount,
      instructedAt: morning(this.random, day),
      status: 'ACSP',
      reference: this.reference(),
      ...counter,
    }
  }

  private withdrawal(person: Beneficiary, account: Account, payment: PaymentReport, day: string, isNever: boolean): void {
    const row = this.timeToCash.row({ age: person.age, isRemote: person.commune.isRemote, isFarVillage: this.villages.isSlow(person.commune, person.village), account, reference: payment.reference, amount: payment.creditedAmount ?? payment.amount, creditedDay: day, isNever })
    if (row !== null) this.files.add('withdrawal', row, account.agent)
  }
}
