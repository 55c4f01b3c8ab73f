/** What a bank is told about a case: the account and the payments at that bank, and where its own files speak of them; nothing else of the case. */
import { isAskedOf, type Amount } from '../core/index.ts'
import type { Session } from '../db/index.ts'

/** One payment at the bank, as the finding has it. */
export interface AskedPayment {
  readonly end_to_end_id: string | null
  /** What came, else what was instructed. */
  readonly amount: Amount | null
  readonly currency: string
  readonly creditor_account: string | null
  /** Local days; null: did not happen, or not reported. */
  readonly instructed_date: string | null
  readonly credited_date: string | null
  readonly returned_date: string | null
  readonly return_reason_code: string | null
}

/** Everything a question says beside its sentence. */
export interface QuestionAbout {
  readonly creditor_account: string | null
  /** As the bank last reported it; null: it is not about the account's state. */
  readonly account_status: string | null
  readonly payments: readonly AskedPayment[]
  /** Lines of files that this bank itself has sent. */
  readonly lines: readonly { readonly file_id: string; readonly line: string }[]
}

type Evidence = Readonly<Record<string, unknown>>

/** These are about an account, whatever was paid. */
const aboutAccounts: ReadonlySet<string> = new Set(['holder_mismatch', 'account_not_usable', 'not_withdrawable'])
/** A month has rarely more payments than two; nobody reads more than these. */
const mostPayments = 5
const mostLines = 5

/** What the bank may be told of a finding; null: nothing in it is of that bank, or its code hangs on no bank, so there is nothing to ask. */
export async function aboutOf(session: Session, findingId: string, creditorAgent: string): Promise<QuestionAbout | null> {
  const [finding] = await session.query<{ code: string; currency: string; evidence: Evidence; source_rows: readonly { readonly file_id: string; readonly line: number | string }[] }>('select code, currency, evidence, source_rows from finding where finding_id = $1', [findingId])
  if (finding === undefined || !isAskedOf(finding.code)) return null
  const { code, currency, evidence } = finding
  const payments = paymentsOf(evidence).filter((one) => text(one['creditor_agent']) === creditorAgent)
  const account = ['accounts', 'credited_accounts'].flatMap((key) => listOf(evidence[key])).find((one) => text(one['creditor_agent']) === creditorAgent)
  if (aboutAccounts.has(code) ? account === undefined : payments.length === 0) return null
  const number = text((aboutAccounts.has(code) ? account : payments.at(-1))?.['creditor_account'])
  const own = aboutAccounts.has(code) ? payments.filter((one) => text(one['creditor_account']) === number) : payments
  return {
    creditor_account: number,
    account_status: aboutAccounts.has(code) ? text(account?.['account_status']) : null,
    payments: own.slice(-mostPayments).map((one) => askedPayment(one, currency)),
    lines: await ownLines(session, finding.source_rows, creditorAgent),
  }
}

function askedPayment(payment: Evidence, currency: string): AskedPayment {
  return {
    end_to_end_id: text(payment['end_to_end_id']), amount: text(payment['credited_amount']) ?? text(payment['instructed_amount']), currency: text(payment['currency']) ?? currency, creditor_account: text(payment['creditor_account']),
    instructed_date: text(payment['instructed_date']), credited_date: text(payment['credited_date']), returned_date: text(payment['returned_date']), return_reason_code: text(payment['return_reason_code']),
  }
}

/** Of the lines that a finding rests on, those that the bank itself has sent: of anybody else's file it is told nothing. */
async function ownLines(session: Session, places: readonly { readonly file_id: string; readonly line: number | string }[], creditorAgent: string): Promise<QuestionAbout['lines']> {
  const own = new Set((await session.query<{ file_id: string }>('select file_id::text as file_id from source_file where file_id = any ($1::bigint[]) and source = $2', [[...new Set(places.map(({ file_id: id }) => id))], creditorAgent])).map(({ file_id: id }) => id))
  return places.filter(({ file_id: id }) => own.has(id)).slice(0, mostLines).map(({ file_id: fileId, line }) => ({ file_id: fileId, line: String(line) }))
}

/** A finding about one payment is that payment. */
function paymentsOf(evidence: Evidence): Evidence[] {
  return evidence['payments'] === undefined && evidence['payment'] !== undefined ? [evidence] : listOf(evidence['payments'])
}

function listOf(value: unknown): Evidence[] {
  return Array.isArray(value) ? (value as Evidence[]) : []
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
