/** For whom an ambiguous payment may be: those of the reader's own units by name, all others without. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'

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
  readonly person: { readonly person_key: string; readonly beneficiary_id: string; readonly beneficiary_name: string; readonly birth_year: number | null; readonly unit_code: string; readonly village: string | null; readonly account_end: string | null } | null
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

const peopleFile = loadSqlFile(new URL('../../sql/cases/many_candidates.sql', import.meta.url))

/** The case; null when it is none of the reader's, not about an ambiguous payment, or no longer found. */
export async function ambiguousCase(session: Session, findingId: string): Promise<AmbiguousCase | null> {
  const [row] = await session.query<{ person_key: string; case_number: string; version: number; step: string; currency: string; amount_at_stake: Amount; account_end: string | null; creditor_agent: string | null; evidence: { readonly candidates?: readonly EvidenceCandidate[]; readonly credited_date?: string } }>(
    `select c.person_key, c.case_number::text as case_number, c.version, c.step, c.currency, c.amount_at_stake, c.account_end, c.creditor_agent::text as creditor_agent, f.evidence
     from case_record c join finding f on f.person_key = c.person_key and f.finding_id = c.finding_id where c.finding_id = $1 and c.code = 'ambiguous_payment'`, [findingId])
  if (row === undefined) return null
  const said = row.evidence.candidates ?? []
  const ids = [...new Set(said.map(({ beneficiary_id: id }) => id))]
  const people = (await session.run<NonNullable<Candidate['person']>>(peopleFile, { person_keys: ids.map(keyOf) })).at(-1)?.rows ?? []
  const known = new Map(people.map((person) => [person.person_key, person]))
  return {
    personKey: row.person_key, findingId, caseNumber: row.case_number, version: row.version, step: row.step,
    payment: { amount: money.amountFromDatabase(row.amount_at_stake), currency: row.currency, credited_date: row.evidence.credited_date ?? null, creditor_agent: row.creditor_agent, account_end: row.account_end },
    candidates: ids.map((id): Candidate => {
      const person = known.get(keyOf(id))
      const months = said.filter(({ beneficiary_id: one }) => one === id).map(({ scheme, benefit_period: period, due_amount: due, open_amount: open }) => ({ scheme, benefit_period: period, due_amount: due, open_amount: open ?? null }))
      return person === undefined ? { person: null, months: [] } : { person: { ...person, beneficiary_id: id }, months }
    }),
  }
}

/** The person_key of a 12- or 9-digit id, as identifier_key() in SQL. */
function keyOf(id: string): string {
  return id.length === 9 ? (BigInt(id) + 1_000_000_000_000n).toString() : BigInt(id).toString()
}
