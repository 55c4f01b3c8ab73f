/** An MT940 as the statement of an account: its balances and every entry as lines of their own. */
import { FileFault } from '../fault.ts'
import type { PaymentLine } from '../payment-row.ts'
import { statementRow, type StatementRow, type WrittenEntry } from '../statement-row.ts'
import { readDetails, type EntryDetails } from './details.ts'
import type { Balance, Statement, StatementEntry } from './statement.ts'

/** The account of `:25:` without its bank: `BANKVNVX/0123`, `970405/0123`. */
export function ownNumber(account: string): string {
  return account.slice(account.lastIndexOf('/') + 1).trim().replace(/(?<=\d)[A-Z]{3}$/, '')
}

/** The line of an entry. */
export function entryLine(entry: StatementEntry, statement: Statement): PaymentLine {
  const details = readDetails(entry.details)
  const place = `:61: line ${entry.line}`
  // What is only expected has not moved, and the balances leave it out too.
  if (entry.mark.startsWith('E')) return { line: entry.line, place, row: null, reason: 'information', raw: entry.raw }
  return { line: entry.line, place, row: rowOf(entry, statement, details), reason: null, raw: entry.raw }
}

/** The lines of the balances; none of a page between two others. @throws FileFault for a report without balances */
export function balanceLines(statement: Statement): PaymentLine[] {
  const { opening, closing } = statement
  if (opening === null || closing === null) throw new FileFault('statement_invalid', `the statement that begins on line ${statement.line} has no balances, so it is none of an account`, { line: statement.line })
  const line = (kind: 'opening' | 'closing', balance: Balance): PaymentLine[] => {
    if (balance.page === 'M') return []
    const amount = balance.side === 'D' && /[1-9]/.test(balance.amount) ? `-${balance.amount}` : balance.amount
    const row = statementRow({ ...headOf(statement), kind, date: balance.date ?? '', amount, currency: balance.currency })
    return [{ line: balance.line, place: `:${kind === 'opening' ? '60F' : '62F'}: line ${balance.line}`, row, reason: null, raw: '' }]
  }
  return [...line('opening', opening), ...line('closing', closing)]
}

function rowOf(entry: StatementEntry, statement: Statement, details: EntryDetails): StatementRow {
  const isDebit = entry.mark === 'D' || entry.mark === 'RC'
  const reference = entry.customerReference.trim()
  return statementRow({
    ...headOf(statement),
    kind: isDebit ? 'debit' : 'credit',
    date: entry.entryDate ?? entry.valueDate ?? entry.writtenValueDate,
    valueDate: entry.valueDate ?? '',
    amount: entry.amount,
    currency: statement.opening?.currency ?? '(none)',
    type: typeOf(entry, details),
    endToEndId: details.endToEndId || (/^(?:NONREF|NOTPROVIDED|KREF\+?|EREF\+?|PREF\+?|MARF\+?|MREF\+?)$/.test(reference) ? '' : reference),
    reference: entry.bankReference,
    counterparty: details.account,
    counterpartyName: details.name,
    text: [details.purpose, entry.supplementary].filter((text) => text !== '').join(' '),
  })
}

function typeOf({ mark, type }: StatementEntry, details: EntryDetails): NonNullable<WrittenEntry['type']> {
  if (type === 'NINT') return 'interest'
  if (['NCHG', 'FCHG', 'SCHG', 'NCOM'].includes(type)) return 'charge'
  return mark === 'RD' || mark === 'RC' || type.slice(1) === 'RTI' || details.returnReason !== '' || details.transactionCode === '159' ? 'return' : ''
}

function headOf(statement: Statement): Pick<WrittenEntry, 'account' | 'number'> {
  return { account: ownNumber(statement.account ?? ''), number: (statement.number ?? '').replace(/^0+(?=\d)/, '') }
}
