/** Lists as files: for whoever pays, collects or puts right, and as our own ingest takes them in again. */
import type { Context } from 'hono'
import * as corrections from '../../corrections/index.ts'
import { localDayOf, type Clock } from '../../core/index.ts'
import type { Transaction } from '../../db/index.ts'
import { csvFile, workbookFile, writeOrder } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import type { Environment } from '../environment.ts'
import { takenAway } from '../downloads.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { streamed } from './streamed.ts'

/** The list as CSV for programs, made within a transaction. */
export async function* listCsv(transaction: Transaction, list: corrections.CorrectionList, instructedOn: string): AsyncGenerator<Uint8Array, void> {
  yield* csvFile(tableOf(corrections.listTable(transaction, list, instructedOn), 'list'), 'programs')
}

/** What the address names of a list, as a file to take away; a draft has nothing that could be paid from, and an order to a bank is given once the list is sent and cannot be taken back. */
export async function listFile(context: Context<Environment>, listId: string, name: string, clock: Clock): Promise<Response> {
  const { database } = context.get('desk')
  const { list, account } = await reports.consistently(database, async (session) => {
    const list = await corrections.correctionList(session, listId)
    return { list, account: list === null ? null : await corrections.payerAccountOf(session, list.unit_code, clock.today()) }
  })
  const isLeftOut = name === 'left-out.csv'
  if (list === null || (!isLeftOut && (list.state === 'draft' || list.state === 'withdrawn')) || (name === 'order.xml' && (account === null || list.kind !== 'supplementary' || list.sent_at === null))) return reply(context, notFoundPage(context.get('view')), 404)
  const called = corrections.listName(list)
  const subject = `list ${called} ${name}`
  const rowCount = isLeftOut ? list.left_count : list.item_count
  const format = name.endsWith('.xlsx') ? 'xlsx' : name.endsWith('.xml') ? 'xml' : 'csv'
  const pieces = streamed(database, (transaction) => {
    if (name === 'order.xml' && account !== null) return orderPieces(transaction, list, account, clock.today())
    const table = isLeftOut ? corrections.leftOutTable(transaction, list) : corrections.listTable(transaction, list, instructedOn(list, clock.today()))
    return format === 'xlsx' ? workbookFile(tableOf(table, called)) : csvFile(tableOf(table, called), 'people')
  })
  return takenAway(context, { fileName: `${called}${isLeftOut ? '-left-out' : ''}.${format}`, format, pieces }, { subject, rowCount, hasWholeNumbers: true })
}

/** The day from which its payments are on their way: when it was sent, else today. */
export function instructedOn(list: corrections.CorrectionList, today: string): string {
  return list.sent_at === null ? today : localDayOf(list.sent_at)
}

async function* orderPieces(transaction: Transaction, list: corrections.CorrectionList, account: corrections.PayerAccount, today: string): AsyncGenerator<Uint8Array, void> {
  const totals = await corrections.transferTotals(transaction, list.list_id)
  yield* writeOrder({
    messageId: list.reference, createdAt: list.approved_at ?? list.made_at, executionDate: instructedOn(list, today), debtorName: account.debtor_name, debtorAgent: account.debtor_agent, debtorAccount: account.debtor_account, currency: list.currency, ...totals,
  }, corrections.eachTransfer(transaction, list.list_id))
}

function tableOf({ columns, rows }: corrections.ListTable, name: string) {
  // Texts all of them: an id, an account or an amount that a spreadsheet takes for a number loses its zeros.
  return { name, columns: columns.map((title) => ({ title, isNumber: title === 'amount' || title === 'instructed_amount' || title === 'due_amount' || title === 'waiting_amount' || title === 'recovered_amount' || title === 'monthly_amount' })), rows }
}
