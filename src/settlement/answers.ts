/** How the payer and each payment organisation stand: the two sides of each month, what keeps them apart, and the entries behind it. */
import { money, type Amount } from '../core/index.ts'
import { rowsOf, type Session } from '../db/index.ts'
import { file, periodNumber, withAmounts } from './rows.ts'

/** What payments say and what the organisation's account says. All amounts are of one currency. */
export interface SettlementSums {
  readonly payment_count: string
  /** Net of returns. */
  readonly credited: Amount
  readonly on_the_way: Amount
  readonly not_collected: Amount
  /** Rejected or returned, as payments say. */
  readonly sent_back: Amount
  /** Of the first three: payments of days that no statement covers. */
  readonly outside: Amount
  /** Of on the way and not collected: still on the account. */
  readonly pending: Amount
  /** From the payer. */
  readonly received: Amount
  readonly paid: Amount
  /** Payments that came back to the account. */
  readonly returned: Amount
  /** To the payer. */
  readonly handed_back: Amount
  readonly charges: Amount
  readonly interest: Amount
  readonly unexplained_credit: Amount
  readonly unexplained_debit: Amount
  /** What statements that are missing moved. */
  readonly gap: Amount
  /** Zero: it closes. Above zero: more left the account than payments account for. */
  readonly difference: Amount
}

/** One organisation, scheme, month and currency. */
export interface SettlementCell extends SettlementSums {
  readonly source: string
  /** Null: not stated; in sums over schemes: several. */
  readonly scheme: string | null
  /** `YYYY-MM`; null: not stated. */
  readonly benefit_period: string | null
  readonly currency: string
  /** False: there is no statement, so nothing can be said about its account. */
  readonly is_stated: boolean
}

/** An organisation in one currency. */
export interface Organisation {
  /** As senders of files are named; `#…` an account of nobody known; empty: payments of no known sender. */
  readonly source: string
  readonly name: string | null
  /** The last four of its accounts. */
  readonly accounts: string | null
  readonly currency: string
  readonly statement_count: string | null
  readonly first_date: string | null
  readonly last_date: string | null
  /** Statements before which something is missing. */
  readonly gap_count: string | null
  /** With what its first statement began; null without one. */
  readonly opening: Amount | null
}

/** A payment or an entry that keeps a settlement from closing. */
export interface SettlementDifference {
  readonly number: string
  readonly source: string
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly currency: string
  readonly cause: SettlementCause
  readonly amount: Amount
  readonly reported: Amount | null
  readonly booked: Amount | null
  readonly beneficiary_id: string | null
  readonly person_key: string | null
  readonly end_to_end_id: string | null
  readonly creditor_agent: string | null
  readonly entry_date: string | null
  readonly source_rows: readonly { readonly file_id: string; readonly file_name: string; readonly line: string }[]
}

export const settlementCauses = ['credited_not_debited', 'debited_too_little', 'debited_too_much', 'return_not_booked', 'rejection_not_booked', 'return_not_reported', 'amount_differs', 'charge', 'unexplained', 'statement_gap'] as const
export type SettlementCause = (typeof settlementCauses)[number]

export const entryClasses = ['received', 'paid', 'returned', 'handed_back', 'charge', 'unexplained'] as const
export type EntryClass = (typeof entryClasses)[number]

/** One entry of an organisation's account. */
export interface SettlementEntry {
  readonly class: EntryClass
  /** payer_account, reference, batch_reference, file_sum or stated; null: unexplained. */
  readonly rule: string | null
  readonly is_credit: boolean
  readonly amount: Amount
  readonly currency: string
  readonly entry_date: string
  readonly statement_number: string
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly payment_count: string
  readonly end_to_end_id: string | null
  readonly entry_reference: string | null
  /** The last four of the account on the other side. */
  readonly counterparty: string | null
  readonly entry_text: string | null
  readonly file_id: string
  readonly file_name: string
  readonly line: string
}

/** One class of the entries of an account, in one currency. */
export interface EntryClassSum {
  readonly class: EntryClass
  readonly currency: string
  readonly entry_count: string
  /** Null: none of its entries is on that side. */
  readonly credit: Amount | null
  readonly debit: Amount | null
}

/** One statement of an organisation's account. */
export interface StatementLine {
  readonly statement_number: string
  readonly account: string | null
  readonly opening_date: string
  readonly closing_date: string
  readonly currency: string
  readonly opening: Amount
  readonly closing: Amount
  readonly gap: Amount
  readonly is_number_missing: boolean
  readonly file_id: string
  readonly file_name: string
}

/** Which months: absent: every one; null: what states none. */
export interface SettlementFilter {
  readonly source?: string
  readonly scheme?: string
  readonly period?: string | null
}

const files = { cells: file('read_cells'), organisations: file('read_organisations'), differences: file('read_differences'), entries: file('read_entries'), classes: file('read_entry_classes'), statements: file('read_statements') }
const amounts = ['credited', 'on_the_way', 'not_collected', 'sent_back', 'outside', 'pending', 'received', 'paid', 'returned', 'handed_back', 'charges', 'interest', 'unexplained_credit', 'unexplained_debit', 'gap', 'difference'] as const

/** Both sides of each organisation, scheme and month. */
export async function settlementCells(session: Session, { source, scheme, period }: SettlementFilter = {}): Promise<SettlementCell[]> {
  const rows = await rowsOf<SettlementCell>(session, files.cells, { source: source ?? null, scheme: scheme ?? null, benefit_period: period === undefined || period === null ? null : periodNumber(period) })
  return rows.filter((row) => period !== null || row.benefit_period === null).map((row) => withAmounts(row, amounts))
}

/** The organisations that have a settlement. */
export async function organisations(session: Session): Promise<Organisation[]> {
  return (await rowsOf<Organisation>(session, files.organisations)).map((row) => withAmounts(row, ['opening']))
}

/** What keeps an organisation, or all of them, from closing; at most so many, the largest first. */
export async function settlementDifferences(session: Session, { source, period }: SettlementFilter, most: number): Promise<SettlementDifference[]> {
  const rows = await rowsOf<SettlementDifference>(session, files.differences, { source: source ?? null, ...monthOf(period), row_limit: most })
  return rows.map((row) => withAmounts(row, ['amount', 'reported', 'booked']))
}

/** The entries of one organisation's account. */
export async function settlementEntries(session: Session, { source, period, entryClass }: { readonly source: string; readonly period?: string | null; readonly entryClass?: EntryClass }, most: number): Promise<SettlementEntry[]> {
  const rows = await rowsOf<SettlementEntry>(session, files.entries, { source, ...monthOf(period), entry_class: entryClass ?? null, row_limit: most })
  return rows.map((row) => withAmounts(row, ['amount']))
}

/** The classes of the entries of one organisation's account. */
export async function settlementClasses(session: Session, source: string, period?: string | null): Promise<EntryClassSum[]> {
  return (await rowsOf<EntryClassSum>(session, files.classes, { source, ...monthOf(period) })).map((row) => withAmounts(row, ['credit', 'debit']))
}

/** The statements of one organisation, in order. */
export async function settlementStatements(session: Session, source: string): Promise<StatementLine[]> {
  return (await rowsOf<StatementLine>(session, files.statements, { source })).map((row) => withAmounts(row, ['opening', 'closing', 'gap']))
}

function monthOf(period: string | null | undefined): { has_period: boolean; benefit_period: string | null } {
  return { has_period: period !== undefined, benefit_period: period === undefined || period === null ? null : periodNumber(period) }
}

/** Cells added up. */
export function addedUp(cells: readonly SettlementSums[]): SettlementSums {
  const sum = (field: (typeof amounts)[number]): Amount => money.add(...cells.map((cell) => cell[field]))
  const sums = Object.fromEntries(amounts.map((field) => [field, sum(field)])) as Record<(typeof amounts)[number], Amount>
  return { ...sums, payment_count: cells.reduce((count, cell) => count + BigInt(cell.payment_count), 0n).toString() }
}

/** What the account holds of it, without what is on the way or waits to be collected: left to be handed back or paid. */
export function keptOf(sums: SettlementSums): Amount {
  const came = money.add(sums.received, sums.returned, sums.interest, sums.unexplained_credit, sums.gap)
  const went = money.add(sums.paid, sums.handed_back, sums.charges, sums.unexplained_debit, sums.pending)
  return money.subtract(came, went)
}

/** One month of an organisation: all schemes together. */
export interface SettlementMonth extends SettlementCell {
  /** On the account: received = credited + on the way + not collected − outside + handed back + kept + difference. */
  readonly kept: Amount
}

/** Cells by organisation, month and currency, the newest month first; what states no month comes last. */
export function byMonth(cells: readonly SettlementCell[]): SettlementMonth[] {
  const groups = new Map<string, SettlementCell[]>()
  for (const cell of cells) {
    const key = JSON.stringify([cell.source, cell.benefit_period, cell.currency])
    groups.set(key, [...(groups.get(key) ?? []), cell])
  }
  const months = [...groups.values()].map((group): SettlementMonth => {
    const [first] = group as [SettlementCell]
    const sums = addedUp(group)
    const schemes = new Set(group.map(({ scheme }) => scheme))
    return { ...first, ...sums, scheme: schemes.size === 1 ? first.scheme : null, kept: keptOf(sums) }
  })
  const rank = ({ benefit_period: period }: SettlementMonth): string => period ?? ''
  return months.sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : rank(a) > rank(b) ? -1 : rank(a) < rank(b) ? 1 : a.currency < b.currency ? -1 : 1))
}
