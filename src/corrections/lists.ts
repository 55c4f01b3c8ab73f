/** Lists of corrections: made by one person, approved by another, sent, answered; who may do what is held by the database. */
import { money, Refusal, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session, type SqlValue, type Transaction } from '../db/index.ts'
import type { ItemProgress, ListKind, ListState } from './kinds.ts'
import type { Proposal } from './proposals.ts'

/** What somebody wants a list of. */
export interface ListWanted {
  readonly kind: ListKind
  /** The place with every code in it; null: the whole country. */
  readonly place: { readonly unitCode: string; readonly unitCodes: readonly string[] } | null
  readonly scheme: string | null
  /** `YYYY-MM`; null: all months. */
  readonly benefitPeriod: string | null
  /** Of lines for the next list and of offsets: the month they are for. */
  readonly targetPeriod: string | null
  readonly currency: string
  readonly decision: Decision | null
}

/** By which decision money is asked back. */
export interface Decision {
  readonly number: string
  /** `YYYY-MM-DD` */
  readonly date: string
}

/** A list as it stands. Amounts are in its currency; instants in UTC. */
export interface CorrectionList {
  readonly list_id: string
  readonly kind: ListKind
  /** With which the EndToEndId of each of its payments begins. */
  readonly reference: string
  readonly version: number
  readonly state: ListState
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly target_period: string | null
  readonly currency: string
  readonly as_of: string
  /** Findings of its codes in the place, counted from the findings. */
  readonly found_count: number
  readonly found_amount: Amount
  readonly item_count: number
  readonly item_amount: Amount
  readonly left_count: number
  readonly left_amount: Amount
  readonly decision_number: string | null
  readonly decision_date: string | null
  readonly made_at: string
  readonly made_by: string
  readonly made_name: string | null
  readonly approved_at: string | null
  readonly approved_name: string | null
  readonly sent_at: string | null
  readonly sent_name: string | null
  readonly sent_file: string | null
  readonly settled_date: string | null
  readonly withdrawn_at: string | null
  readonly withdrawn_name: string | null
  readonly withdrawn_reason: string | null
  readonly settled_amount: Amount
  readonly settled_count: number
}

/** An item of a list, or what it leaves out. */
export interface CorrectionItem extends Proposal {
  readonly item_number: number
  readonly case_number: string | null
  readonly end_to_end_id: string | null
  readonly progress: ItemProgress
  readonly settled_amount: Amount
  readonly settled_date: string | null
  readonly settled_by: string | null
}

/** Which items. */
export interface ItemFilter {
  readonly listId: string
  /** True: what is left out; false: what is listed; null: both. */
  readonly isLeftOut: boolean | null
  readonly reason?: string | null
  readonly after?: number
  readonly most?: number
}

/** Why something about a list was not done; the words for it are the pages'. */
export const listFaults = ['list_unknown', 'not_allowed', 'list_changed', 'not_a_draft', 'not_approved', 'own_list', 'list_empty', 'decision_missing', 'beyond_band', 'outdated', 'not_reconciled', 'already_listed', 'not_withdrawable', 'already_out'] as const
export type ListFault = (typeof listFaults)[number]

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/corrections/${name}.sql`, import.meta.url))
const files = { lists: file('lists'), items: file('items') }
const everyRow = '9223372036854775807'

/**
 * Makes a draft from what is proposed now; its number. Only a payer of the place may.
 *
 * @throws Refusal `scheme_unknown` (notFound), `list_not_yours` (notAllowed), `no_result` (conflict)
 */
export async function draftList(transaction: Transaction, { kind, place, scheme, benefitPeriod, targetPeriod, currency, decision }: ListWanted, at: string): Promise<string> {
  const [known] = scheme === null ? [] : await transaction.query<{ scheme_id: number }>('select scheme_id from scheme_code where scheme = $1', [scheme])
  if (scheme !== null && known === undefined) throw new Refusal('notFound', 'scheme_unknown', 'there is no such scheme')
  try {
    const [made] = await transaction.query<{ list_id: string }>('select draft_correction_list($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as list_id', [kind, place?.unitCode ?? null, place?.unitCodes ?? null, known?.scheme_id ?? null, monthNumber(benefitPeriod), monthNumber(targetPeriod), currency, decision?.number ?? null, decision?.date ?? null, at])
    if (made === undefined) throw new Error('no list was made')
    return made.list_id
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '42501') throw new Refusal('notAllowed', 'list_not_yours', 'lists of that place are not yours to make')
    if (code === 'P0002') throw new Refusal('conflict', 'no_result', 'there is no published result to make a list from')
    throw error
  }
}

/** Makes a draft anew from what is proposed now; null when it was done. */
export function redraftList(transaction: Transaction, listId: string, version: number, decision: Decision | null, at: string): Promise<ListFault | null> {
  return outcomeOf(transaction, 'select redraft_correction_list($1, $2, $3, $4, $5) as said', [listId, version, decision?.number ?? null, decision?.date ?? null, at])
}

/** Approves a draft that somebody else made; null when it was done. */
export function approveList(transaction: Transaction, listId: string, version: number, at: string): Promise<ListFault | null> {
  return outcomeOf(transaction, 'select approve_correction_list($1, $2, $3) as said', [listId, version, at])
}

/** Whether an approved list may go out, every item of it as it was approved; until the transaction ends nobody else moves it. Null when it may. */
export function holdList(transaction: Transaction, listId: string, version: number): Promise<ListFault | null> {
  return outcomeOf(transaction, 'select hold_correction_list($1, $2) as said', [listId, version])
}

/** Notes that an approved list went out, and as which file its payments were taken in; null when it was done. */
export function sendList(transaction: Transaction, listId: string, version: number, fileId: string | null, at: string): Promise<ListFault | null> {
  return outcomeOf(transaction, 'select send_correction_list($1, $2, $3, $4) as said', [listId, version, fileId, at])
}

/** Takes a list back; null when it was done. */
export function withdrawList(transaction: Transaction, listId: string, version: number, reason: string, at: string): Promise<ListFault | null> {
  return outcomeOf(transaction, 'select withdraw_correction_list($1, $2, $3, $4) as said', [listId, version, reason, at])
}

/** Lists of the reader's place, the newest first; `before` goes on behind that number. */
export function correctionLists(session: Session, { before = null, most }: { readonly before?: string | null; readonly most: number }): Promise<CorrectionList[]> {
  return listRows(session, { list_id: null, before, row_limit: most })
}

/** One list; null when the reader has none of that number. */
export async function correctionList(session: Session, listId: string): Promise<CorrectionList | null> {
  return (await listRows(session, { list_id: listId, before: null, row_limit: 1 }))[0] ?? null
}

/** Items of a list in its order. */
export async function correctionItems(session: Session, filter: ItemFilter): Promise<CorrectionItem[]> {
  return (await rowsOf<CorrectionItem>(session, files.items, itemValues(filter))).map(exactItem)
}

/** The same one by one, however many there are. */
export async function* eachItem(transaction: Transaction, filter: ItemFilter): AsyncGenerator<CorrectionItem, void> {
  for await (const row of transaction.streamFile<CorrectionItem>(files.items, itemValues(filter))) yield exactItem(row)
}

/** What a list leaves out, by reason and code, the most first. */
export async function leftOutTotals(session: Session, listId: string): Promise<{ readonly left_out: string; readonly code: string; readonly count: number; readonly amount: Amount }[]> {
  const rows = await session.query<{ left_out: string; code: string; count: number; amount: Amount }>('select left_out, code, count(*)::integer as count, sum(amount) as amount from correction_item where list_id = $1 and left_out is not null group by left_out, code order by count(*) desc, left_out collate "C", code collate "C"', [listId])
  return rows.map((row) => ({ ...row, amount: money.amountFromDatabase(row.amount) }))
}

/** Where a case stands on lists. */
export interface ListOfCase {
  readonly list_id: string
  readonly kind: ListKind
  readonly state: ListState
  readonly item_number: number
  readonly amount: Amount
  readonly currency: string
  readonly progress: ItemProgress
  readonly settled_amount: Amount
  readonly settled_date: string | null
  readonly settled_by: string | null
  readonly end_to_end_id: string | null
}

/** The lists on which a case of the reader's stands, the newest first. */
export async function listsOfCase(session: Session, findingId: string): Promise<ListOfCase[]> {
  const rows = await session.query<ListOfCase>('select list_id::text as list_id, kind, state, item_number, amount, currency, progress, settled_amount, settled_date, settled_by, end_to_end_id from lists_of_finding($1)', [findingId])
  return rows.map((row) => ({ ...row, amount: money.amountFromDatabase(row.amount), settled_amount: money.amountFromDatabase(row.settled_amount) }))
}

/** What a bank is asked about one of its accounts. */
export interface AccountFix {
  readonly list_id: string
  readonly item_number: number
  readonly sent_at: string
  readonly creditor_account: string
  readonly asked: string
  readonly return_reason_code: string | null
}

/** What the reader's bank is asked to put right, as it was sent. */
export function accountFixesOfBank(session: Session): Promise<AccountFix[]> {
  return session.query<AccountFix>('select list_id::text as list_id, item_number, sent_at, creditor_account, asked, return_reason_code from bank_account_fixes()')
}

async function outcomeOf(transaction: Transaction, statement: string, values: readonly SqlValue[]): Promise<ListFault | null> {
  const [row] = await transaction.query<{ said: string }>(statement, values)
  if (row?.said === 'done') return null
  const fault = listFaults.find((one) => one === row?.said)
  if (fault === undefined) throw new Error(`a list answered ${row?.said ?? 'nothing'}`)
  return fault
}

async function listRows(session: Session, values: Readonly<Record<string, SqlValue>>): Promise<CorrectionList[]> {
  const rows = await rowsOf<CorrectionList>(session, files.lists, values)
  const counts = ['found_count', 'item_count', 'left_count', 'settled_count'] as const
  const amounts = ['found_amount', 'item_amount', 'left_amount', 'settled_amount'] as const
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(counts.map((name) => [name, parseInt(String(row[name]), 10)])),
    ...Object.fromEntries(amounts.map((name) => [name, money.amountFromDatabase(row[name])])),
  }))
}

function itemValues({ listId, isLeftOut, reason = null, after = 0, most }: ItemFilter): Record<string, SqlValue> {
  return { list_id: listId, left_out: isLeftOut, reason, after, row_limit: most ?? everyRow }
}

function exactItem(row: CorrectionItem): CorrectionItem {
  return { ...row, amount: money.amountFromDatabase(row.amount), settled_amount: money.amountFromDatabase(row.settled_amount), monthly_amount: row.monthly_amount === null ? null : money.amountFromDatabase(row.monthly_amount) }
}

function monthNumber(month: string | null): number | null {
  return month === null ? null : parseInt(month.replace('-', ''), 10)
}
