/** What lists are written as: columns that our own ingest takes again, and tables for those who collect, decide or answer. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, type Session, type Transaction } from '../db/index.ts'
import { listName } from './kinds.ts'
import { eachItem, type CorrectionItem, type CorrectionList } from './lists.ts'

/** A table whose rows are made as they are read. */
export interface ListTable {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly string[]>
}

/** From which account a place pays. */
export interface PayerAccount {
  readonly debtor_name: string
  readonly debtor_agent: string
  readonly debtor_account: string
}

/** Of a list's payments, those that go to accounts. */
export interface TransferTotals {
  readonly count: number
  readonly sum: Amount
}

const linesFile = loadSqlFile(new URL('../../sql/corrections/next_list_lines.sql', import.meta.url))
const lineColumns = ['scheme', 'benefit_period', 'beneficiary_id', 'beneficiary_name', 'birth_date', 'sex', 'unit_code', 'village', 'category_code', 'component', 'origin_period', 'due_amount', 'currency', 'payment_channel', 'creditor_agent', 'creditor_account', 'list_status', 'list_date'] as const
const paymentColumns = ['end_to_end_id', 'scheme', 'benefit_period', 'beneficiary_id', 'creditor_agent', 'creditor_account', 'creditor_name', 'instructed_amount', 'currency', 'instructed_at', 'transaction_status', 'payment_channel'] as const
const recoveryColumns = ['list', 'number', 'decision_number', 'decision_date', 'code', 'case_number', 'scheme', 'benefit_period', 'beneficiary_id', 'beneficiary_name', 'unit_code', 'from_whom', 'creditor_agent', 'creditor_account', 'amount', 'currency', 'monthly_amount', 'first_month', 'recovered_amount'] as const
const fixColumns = ['list', 'number', 'creditor_agent', 'creditor_account', 'asked', 'return_reason_code', 'beneficiary_id', 'beneficiary_name', 'unit_code', 'case_number', 'waiting_amount', 'currency'] as const
const leftColumns = ['list', 'reason', 'code', 'case_number', 'scheme', 'benefit_period', 'beneficiary_id', 'beneficiary_name', 'unit_code', 'amount', 'currency', 'return_reason_code'] as const

/**
 * The list as a table: of supplementary payments a `disbursement` on its way since `instructedOn`, of lines for the next
 * month a `beneficiary_list`, both as our own ingest takes them; of recoveries, offsets and accounts a table to work by.
 */
export function listTable(transaction: Transaction, list: CorrectionList, instructedOn: string): ListTable {
  const items = eachItem(transaction, { listId: list.list_id, isLeftOut: false })
  const name = listName(list)
  switch (list.kind) {
    case 'supplementary': return { columns: paymentColumns, rows: mapped(items, (item) => paymentCells(item, instructedOn)) }
    case 'carried_over': return { columns: lineColumns, rows: nextListLines(transaction, list.list_id) }
    case 'account_fix': return { columns: fixColumns, rows: mapped(items, (item) => [name, text(item.item_number), text(item.creditor_agent), text(item.creditor_account), text(item.asked), text(item.return_reason_code), text(item.beneficiary_id), text(item.beneficiary_name), text(item.unit_code), text(item.case_number), item.amount, item.currency]) }
    case 'recovery':
    case 'offset':
      return { columns: recoveryColumns, rows: mapped(items, (item) => [name, text(item.item_number), text(list.decision_number), text(list.decision_date), item.code, text(item.case_number), text(item.scheme), text(item.benefit_period), text(item.beneficiary_id), text(item.beneficiary_name), text(item.unit_code), text(item.from_whom), text(item.creditor_agent), text(item.creditor_account), item.amount, item.currency, text(item.monthly_amount), item.monthly_amount === null ? '' : text(list.target_period), item.settled_amount]) }
  }
}

/** Everything that the list leaves out, with the reason. */
export function leftOutTable(transaction: Transaction, list: CorrectionList): ListTable {
  const name = listName(list)
  return { columns: leftColumns, rows: mapped(eachItem(transaction, { listId: list.list_id, isLeftOut: true }), (item) => [name, text(item.left_out), item.code, text(item.case_number), text(item.scheme), text(item.benefit_period), text(item.beneficiary_id), text(item.beneficiary_name), text(item.unit_code), item.amount, item.currency, text(item.return_reason_code)]) }
}

/** How many of a list's payments go to accounts, and their sum: what an order to a bank states first. */
export async function transferTotals(session: Session, listId: string): Promise<TransferTotals> {
  const [row] = await session.query<{ count: number; sum: string }>('select count(*)::integer as count, coalesce(sum(amount), 0) as sum from correction_item where list_id = $1 and left_out is null and creditor_account is not null', [listId])
  return { count: row?.count ?? 0, sum: money.amountFromDatabase(row?.sum ?? '0') }
}

/** Those payments, one by one, as an order to a bank holds them. */
export async function* eachTransfer(transaction: Transaction, listId: string): AsyncGenerator<{ readonly endToEndId: string; readonly amount: Amount; readonly creditorName: string; readonly creditorAgent: string; readonly creditorAccount: string }, void> {
  for await (const item of eachItem(transaction, { listId, isLeftOut: false })) {
    if (item.creditor_account === null) continue
    if (item.end_to_end_id === null || item.creditor_agent === null) throw new Error('a payment to an account names its bank and its reference')
    yield { endToEndId: item.end_to_end_id, amount: item.amount, creditorName: item.creditor_name ?? '', creditorAgent: item.creditor_agent, creditorAccount: item.creditor_account }
  }
}

/** From which account a list's place pays on a day: its own, else the country's; null: no file of payer's accounts says. */
export async function payerAccountOf(session: Session, unitCode: string | null, day: string): Promise<PayerAccount | null> {
  const [row] = await session.query<PayerAccount>("select debtor_name, debtor_agent::text as debtor_agent, debtor_account from payer_account where applies_from <= $2 and (unit_code is null or unit_code = $1) order by unit_code nulls last, applies_from desc limit 1", [unitCode, day])
  return row ?? null
}

function paymentCells(item: CorrectionItem, instructedOn: string): readonly string[] {
  return [text(item.end_to_end_id), text(item.scheme), text(item.benefit_period), text(item.beneficiary_id), text(item.creditor_agent), text(item.creditor_account), text(item.creditor_name), item.amount, item.currency, instructedOn, 'PDNG', text(item.payment_channel)]
}

async function* nextListLines(transaction: Transaction, listId: string): AsyncGenerator<readonly string[], void> {
  for await (const row of transaction.streamFile<Readonly<Record<(typeof lineColumns)[number], string | null>>>(linesFile, { list_id: listId })) yield lineColumns.map((column) => text(row[column]))
}

async function* mapped(items: AsyncIterable<CorrectionItem>, cells: (item: CorrectionItem) => readonly string[]): AsyncGenerator<readonly string[], void> {
  for await (const item of items) yield cells(item)
}

function text(value: string | number | null): string {
  return value === null ? '' : String(value)
}
