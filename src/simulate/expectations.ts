/** What the run must find, as the stories say it: about people, payments, accounts, pairs and files, tonight and tomorrow night. */
import type { Account } from './banks.ts'
import { period, type SchemeCode } from './month.ts'
import type { Beneficiary, PaymentReport } from './world.ts'
import type { FindingCode, OutcomeClass, Truth } from './truth.ts'

interface Month {
  readonly due?: bigint
  readonly period?: string
  readonly carriedIn?: bigint
}

/** The classes that are a finding by themselves. */
export type FaultClass = Extract<OutcomeClass, FindingCode>

/** Writes what is said into the truth of every night for which it holds: both, unless a story says otherwise. */
export class Expectations {
  private readonly nights: readonly [Truth, Truth]
  private open: readonly Truth[]

  constructor(nights: readonly [Truth, Truth]) {
    this.nights = nights
    this.open = nights
  }

  /** What is said inside holds for that night alone. */
  onlyIn(night: 0 | 1, tell: () => void): void {
    const before = this.open
    this.open = [this.nights[night]]
    tell()
    this.open = before
  }

  /** The class of one entitlement of the simulated month unless another is given: what was due, what arrived. */
  outcome(person: Beneficiary, outcomeClass: OutcomeClass, credited: bigint, more: Month = {}): void {
    for (const truth of this.open) truth.outcome(person.scheme, more.period ?? period, outcomeClass, more.due ?? person.dueAmount, credited, more.carriedIn)
  }

  /** A class that is a fault, with its finding: at stake is what is missing or too much. */
  fault(person: Beneficiary, outcomeClass: FaultClass, credited: bigint, due = person.dueAmount): void {
    this.outcome(person, outcomeClass, credited, { due })
    this.finding(outcomeClass, person, outcomeClass === 'paid_late' ? 0n : credited > due ? credited - due : due - credited)
  }

  /** A finding about an entitlement. */
  finding(code: FindingCode, person: { readonly id: string; readonly scheme: SchemeCode }, stake: bigint, benefitPeriod: string = period): void {
    this.write({ code, scheme: person.scheme, benefit_period: benefitPeriod, beneficiary_id: person.id, subject: person.id, stake })
  }

  /** A finding about a payment; a matched one names the entitlement it went to, another what it states itself. */
  paymentFinding(code: FindingCode, payment: PaymentReport, stake: bigint): void {
    this.write({
      code,
      scheme: payment.scheme || null,
      benefit_period: payment.period || null,
      beneficiary_id: payment.id || null,
      subject: `${payment.agent}|${payment.reference}`,
      stake,
    })
  }

  /** A finding about an account that too many share. */
  accountFinding(code: FindingCode, account: Account, stake: bigint): void {
    this.write({ code, scheme: null, benefit_period: period, beneficiary_id: null, subject: `${account.agent}|${account.number}`, stake })
  }

  /** A finding about two numbers that seem to be one person's; the smaller one is named. */
  pairFinding(code: FindingCode, first: Beneficiary, second: Beneficiary, stake: bigint): void {
    const [smaller, larger] = first.id < second.id ? [first, second] : [second, first]
    this.write({ code, scheme: null, benefit_period: period, beneficiary_id: smaller.id, subject: `${smaller.id}|${larger.id}`, stake })
  }

  /** A finding about a file, or about a sender whose file is missing. */
  fileFinding(code: FindingCode, subject: string, stake: bigint, scheme: SchemeCode | null, benefitPeriod: string | null): void {
    this.write({ code, scheme, benefit_period: benefitPeriod, beneficiary_id: null, subject, stake })
  }

  /** Money that arrived and belongs to no entitlement, under what the payment states. */
  unmatched(payment: PaymentReport): void {
    for (const truth of this.open) truth.unmatched(payment.scheme || null, payment.period || null, payment.amount)
  }

  private write(finding: Parameters<Truth['finding']>[0]): void {
    for (const truth of this.open) truth.finding(finding)
  }
}
