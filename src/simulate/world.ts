/** The world that the cases of a simulation are told in: people, accounts, lists and payments, each written as it happens. */
import { type Account, type Accounts, type Bank, cashAgents, inventAccounts } from './banks.ts'
import type { Files } from './files.ts'
import { type SchemeCode, afternoon, daysAfter, dayInTime, dueDateOf, listDateOf, morning, period } from './month.ts'
import { bankFold, type PersonName } from './names.ts'
import { type Enrolment, type People, type Person, inventPeople } from './people.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'
import type { FindingCode, OutcomeClass, Truth } from './truth.ts'
import type { TimeToCash } from './withdrawals.ts'

/** Somebody on the list, with what is due every month. */
export interface Beneficiary extends Person, Enrolment {
  readonly commune: Commune
  readonly village: string
  readonly listDate: string
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
  readonly component?: 'arrears' | 'carried_over'
  readonly originPeriod?: string
  readonly channel?: 'cash' | 'post' | 'wallet'
  readonly status?: 'suspended' | 'stopped'
  readonly id?: string
  readonly commune?: Commune
  readonly category?: string
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
}

export class World {
  readonly random: Random
  readonly truth: Truth
  readonly timeToCash: TimeToCash
  commune: Commune
  private readonly files: Files
  private readonly people: People
  private readonly accounts: Accounts
  private readonly communes: readonly Commune[]
  private payments = 0
  private organisations = 0

  constructor(random: Random, files: Files, truth: Truth, communes: readonly Commune[], timeToCash: TimeToCash) {
    this.random = random
    this.files = files
    this.truth = truth
    this.timeToCash = timeToCash
    this.communes = communes
    this.commune = communes[0] as Commune
    this.people = inventPeople(random)
    this.accounts = inventAccounts(random)
  }

  /** A new beneficiary of the commune. `isAdult` leaves out those too young to hold an account of their own. */
  enrol(isAdult = true): Beneficiary {
    const { ages, ...enrolment } = this.people.enrolment(isAdult)
    const person = this.people.person(ages, this.commune.isRemote)
    return { ...person, ...enrolment, commune: this.commune, village: this.random.pick(this.commune.villages), listDate: listDateOf(period) }
  }

  /** An adult beneficiary of that scheme. */
  enrolIn(scheme: SchemeCode): Beneficiary {
    for (;;) {
      const person = this.enrol()
      if (person.scheme === scheme) return person
    }
  }

  /** A beneficiary enrolled exactly like another of about the same age: same scheme, category and amount. */
  enrolLike(other: Beneficiary): Beneficiary {
    return { ...other, ...this.people.person([other.age, other.age + 4], this.commune.isRemote) }
  }

  /** A new person who is on no list. */
  stranger(): Person {
    return this.people.person([24, 58], this.commune.isRemote)
  }

  /** A child under 15, as the list has it. */
  enrolChild(): Beneficiary {
    for (;;) {
      const child = this.enrol(false)
      if (child.age < 15) return child
    }
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

  /** Any commune but the person's own. */
  elsewhere(own: Commune): Commune {
    for (;;) {
      const other = this.random.pick(this.communes)
      if (other !== own) return other
    }
  }

  /** An account at a bank (or a wallet), reported as held by `holder`. */
  open(holder: Holder, state: AccountState = {}, kind: 'bank' | 'wallet' = 'bank'): Account {
    const account = kind === 'wallet' ? this.accounts.wallet() : this.accounts.account()
    this.reportAccount(account, holder, state)
    return account
  }

  /** A report on an account. */
  reportAccount(account: Account, holder: Holder, state: AccountState = {}): void {
    const opened = `2026-0${String(this.random.between(2, 5))}-${String(this.random.between(10, 28))}`
    const activated = state.status === 'inactive' ? '' : daysAfter(opened, 14)
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

  /** An entry in the population register. */
  register(person: Person, entry: { readonly previousId?: string; readonly death?: string; readonly isDead?: boolean; readonly verified?: string; readonly unitCode?: string } = {}): void {
    const isDead = entry.isDead ?? entry.death !== undefined
    this.files.add(
      'population_register',
      `${person.id},${entry.previousId ?? ''},${person.name},${person.birthDate},${person.sex},${isDead ? 'dead' : 'alive'},${entry.death ?? ''},${entry.unitCode ?? this.commune.unitCode},${entry.verified ?? '2026-09-15'},${isDead ? '' : String(this.random.below(3))}\n`,
    )
  }

  /** A line of the beneficiary list. */
  list(person: Beneficiary, line: ListLine = {}): void {
    const month = line.period ?? period
    const { payee, account } = line
    this.files.add(
      'beneficiary_list',
      `${person.scheme},${month},${line.id ?? person.id},${person.name},${person.birthDate},${person.sex},${(line.commune ?? person.commune).unitCode},${person.village},${line.category ?? person.category},${String(person.quantity)},${line.component ?? ''},${line.originPeriod ?? ''},${String(line.amount ?? person.dueAmount)},VND,${dueDateOf(person.scheme, month)},${line.channel ?? 'account'},${payee?.id ?? ''},${payee?.name ?? ''},${account?.agent ?? ''},${line.accountAsWritten ?? account?.number ?? ''},${person.needs},${line.status ?? 'active'},${listDateOf(month)}\n`,
    )
  }

  /** A new end_to_end_id. */
  reference(): string {
    this.payments += 1
    return `CT2610${String(this.payments).padStart(9, '0')}`
  }

  /** A line of a disbursement file. Returns the payment's name, `agent|end_to_end_id`. */
  report(payment: PaymentReport): string {
    const { reason } = payment
    this.files.add(
      'disbursement',
      `${payment.reference},${payment.scheme},${payment.period},${payment.id},${payment.agent},${payment.accountNumber},${payment.creditorName},${String(payment.amount)},VND,${payment.instructedAt},${payment.status},${payment.creditedAmount?.toString() ?? ''},${payment.creditedAt ?? ''},${payment.returnedAt ?? ''},${payment.returnedAmount?.toString() ?? ''},${reason?.[0] ?? ''},${reason?.[1] ?? ''},${payment.creditedAt === undefined ? '' : `FT${payment.reference.slice(2) || '26100000'}`},${payment.channel ?? ''}\n`,
      payment.agent,
    )
    return `${payment.agent}|${payment.reference}`
  }

  /**
   * A credit into an account, in time unless a day is given, and what the bank later says of its withdrawal.
   * `isAnnounced`: the bank had reported the same payment before, when it was still on the way.
   */
  credit(person: Beneficiary, account: Account, change: Partial<PaymentReport> & { readonly day?: string; readonly isAnnounced?: boolean } = {}): PaymentReport {
    const { day = dayInTime(this.random, person.scheme), isAnnounced = false, ...rest } = change
    const amount = rest.amount ?? person.dueAmount
    const instruction = { ...this.instruction(person, account, day), amount }
    if (isAnnounced) this.report(instruction)
    const payment: PaymentReport = {
      ...instruction,
      status: account.bank.statesCreditedAmount ? 'ACCC' : 'ACSC',
      creditedAt: afternoon(this.random, day),
      ...(account.bank.statesCreditedAmount ? { creditedAmount: amount } : {}),
      ...rest,
    }
    this.report(payment)
    if (payment.reference !== '' && payment.returnedAt === undefined) this.withdrawal(person, account, payment, day)
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

  private withdrawal(person: Beneficiary, account: Account, payment: PaymentReport, day: string): void {
    const row = this.timeToCash.row(this.random, { age: person.age, isRemote: person.commune.isRemote, account, reference: payment.reference, amount: payment.creditedAmount ?? payment.amount, creditedDay: day })
    if (row !== null) this.files.add('withdrawal', row, account.agent)
  }

  /** The truth of one entitlement of the simulated month unless another is given: its class, what was due, what arrived. */
  expect(person: Beneficiary, outcomeClass: OutcomeClass, credited: bigint, more: { readonly due?: bigint; readonly period?: string; readonly carriedIn?: bigint } = {}): void {
    this.truth.outcome(person.scheme, more.period ?? period, outcomeClass, more.due ?? person.dueAmount, credited, more.carriedIn)
  }

  /** A finding about an entitlement. */
  expectFinding(code: FindingCode, person: Beneficiary, stake: bigint): void {
    this.truth.finding({ code, scheme: person.scheme, benefit_period: period, beneficiary_id: person.id, subject: person.id, stake })
  }

  /** A finding about a payment; a matched one names the entitlement it went to, another what it states itself. */
  expectPaymentFinding(code: FindingCode, payment: PaymentReport, stake: bigint): void {
    this.truth.finding({
      code,
      scheme: payment.scheme || null,
      benefit_period: payment.period || null,
      beneficiary_id: payment.id || null,
      subject: `${payment.agent}|${payment.reference}`,
      stake,
    })
  }

  /** A finding about an account that too many share. */
  expectAccountFinding(code: FindingCode, account: Account, stake: bigint): void {
    this.truth.finding({ code, scheme: null, benefit_period: period, beneficiary_id: null, subject: `${account.agent}|${account.number}`, stake })
  }
}
