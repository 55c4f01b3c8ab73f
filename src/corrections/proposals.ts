/** What could be put right now: what a list would hold, what it would leave out, and why. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session, type Transaction } from '../db/index.ts'
import type { ListKind } from './kinds.ts'

/** What is looked at; null limits nothing. */
export interface ProposalFilter {
  readonly kind: ListKind
  readonly unitCodes: readonly string[] | null
  readonly scheme: string | null
  /** `YYYY-MM` */
  readonly benefitPeriod: string | null
}

/** How much of a code would be on the list (`left_out` null), or left out for a reason. */
export interface ProposedTotal {
  readonly left_out: string | null
  readonly code: string
  readonly currency: string
  readonly count: number
  readonly amount: Amount
}

/** One finding as the list would hold it, or why not. */
export interface Proposal {
  readonly finding_id: string
  readonly code: string
  /** Why it would not be on the list; null: it would. */
  readonly left_out: string | null
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly beneficiary_id: string | null
  readonly beneficiary_name: string | null
  readonly unit_code: string | null
  readonly amount: Amount
  readonly currency: string
  readonly payment_channel: string | null
  readonly creditor_agent: string | null
  readonly creditor_account: string | null
  /** listed, own, payee or proved; null: no account. */
  readonly account_origin: string | null
  readonly creditor_name: string | null
  readonly return_reason_code: string | null
  /** Of an offset: what each month may keep back. */
  readonly monthly_amount: Amount | null
  readonly asked: string | null
  readonly from_whom: string | null
  readonly lines: readonly ListedLine[] | null
}

/** A line for the next list. */
export interface ListedLine {
  readonly component: 'carried_over' | 'arrears'
  readonly origin_period: string
  readonly category_code?: string
  readonly due_amount: string
}

const totalsFile = loadSqlFile(new URL('../../sql/corrections/proposed_totals.sql', import.meta.url))
const proposalsFile = loadSqlFile(new URL('../../sql/corrections/proposals.sql', import.meta.url))

/** How much would be listed and left out, by code and reason; what would be listed first. */
export async function proposedTotals(session: Session, filter: ProposalFilter): Promise<ProposedTotal[]> {
  const rows = await rowsOf<Omit<ProposedTotal, 'count'> & { count: string }>(session, totalsFile, valuesOf(filter))
  return rows.map((row) => ({ ...row, count: parseInt(row.count, 10), amount: money.amountFromDatabase(row.amount) }))
}

/** Every finding of the kind's codes, one by one. */
export async function* eachProposal(transaction: Transaction, filter: ProposalFilter): AsyncGenerator<Proposal, void> {
  for await (const row of transaction.streamFile<Proposal>(proposalsFile, valuesOf(filter))) {
    yield { ...row, amount: money.amountFromDatabase(row.amount), monthly_amount: row.monthly_amount === null ? null : money.amountFromDatabase(row.monthly_amount) }
  }
}

function valuesOf({ kind, unitCodes, scheme, benefitPeriod }: ProposalFilter) {
  return { kind, unit_codes: unitCodes, scheme, benefit_period: benefitPeriod?.replace('-', '') ?? null }
}
