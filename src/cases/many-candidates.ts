/** For whom an ambiguous payment may be: those of the reader's own units by name, all others without. */
import { money, type Amount } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { ownPeople, type OwnPerson } from './own-people.ts'

/** A month of somebody for which the payment may be. */
export interface OpenMonth {
  readonly scheme: string
  /** `YYYY-MM` */
  readonly benefit_period: string
  readonly due_amount: Amount
  readonly open_amount: Amount | null
}

/** Somebody for whom it may be. */
export interface Candidate {
  /** Null: of another unit; nothing more is said of them. */
  readonly person: OwnPerson | null
  readonly months: readonly OpenMonth[]
}

/** The payment whose owner is not clear. */
export interface LeftPayment {
  readonly amount: Amount
  readonly currency: string
  readonly credited_date: string | null
  readonly creditor_agent: string | null
  readonly account_end: string | null
}

/** A case about such a payment. */
export interface AmbiguousCase {
  readonly personKey: string
  readonly findingId: string
  readonly caseNumber: string
  readonly version: number
  readonly step: string
  readonly payment: LeftPayment
  readonly candidates: readonly Candidate[]
}

interface EvidenceCandidate extends OpenMonth {
  readonly beneficiary_id: string
}

/** The case; null when it is none of the reader's, not about an ambiguous payment, or no longer found. */
export async function ambiguousCase(session: Session, findingId: string): Promise<AmbiguousCase | null> {
  const [row] = await session.query<{ person_key: string; case_number: string; version: number; step: string; currency: string; amount_at_stake: Amount; account_end: string | null; creditor_agent: string | null; evidence: { readonly candidates?: readonly EvidenceCandidate[]; readonly credited_date?: string; readonly credited_amount?: Amount; readonly instructed_amount?: Amount } }>(
    `select c.person_key, c.case_number::text as case_number, c.version, c.step, c.currency, c.amount_at_stake, c.account_end, c.creditor_agent::text as creditor_agent, f.evidence
     from case_record c join finding f on f.person_key = c.person_key and f.finding_id = c.finding_id where c.finding_id = $1 and c.code = 'ambiguous_payment'`, [findingId])
  if (row === undefined) return null
  const said = row.evidence.candidates ?? []
  const ids = [...new Set(said.map(({ beneficiary_id: id }) => id))]
  // What is at stake is nothing once the money went back; whose it was is asked all the same.
  const amount = row.evidence.credited_amount ?? row.evidence.instructed_amount ?? row.amount_at_stake
  const known = new Map((await ownPeople(session, ids)).map((person) => [person.beneficiary_id, person]))
  return {
    personKey: row.person_key, findingId, caseNumber: row.case_number, version: row.version, step: row.step,
    payment: { amount: money.amountFromDatabase(amount), currency: row.currency, credited_date: row.evidence.credited_date ?? null, creditor_agent: row.creditor_agent, account_end: row.account_end },
    candidates: ids.map((id): Candidate => {
      const person = known.get(id)
      const months = said.filter(({ beneficiary_id: one }) => one === id).map(({ scheme, benefit_period: period, due_amount: due, open_amount: open }) => ({ scheme, benefit_period: period, due_amount: due, open_amount: open ?? null }))
      return person === undefined ? { person: null, months: [] } : { person, months }
    }),
  }
}

/** Everybody whom a case names, as far as the reader may see them: whose it is, and who else stands in what was found; null for a case that is not the reader's. */
export async function peopleOfCase(session: Session, findingId: string): Promise<OwnPerson[] | null> {
  const [row] = await session.query<{ own: string | null; evidence: unknown }>(
    'select identifier_text(c.person_key) as own, f.evidence from case_record c left join finding f on f.person_key = c.person_key and f.finding_id = c.finding_id where c.finding_id = $1', [findingId])
  if (row === undefined) return null
  return ownPeople(session, namedIn(row.own, row.evidence))
}

/** The numbers of people in what was found, each once, the case's own first. */
export function namedIn(own: string | null, evidence: unknown): string[] {
  const named = [...JSON.stringify(evidence ?? {}).matchAll(/"beneficiary_id":"(\d{12}|\d{9})"/g)].map((match) => match[1] ?? '')
  return [...new Set(own === null ? named : [own, ...named])]
}
