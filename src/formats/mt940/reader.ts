/** Reads MT940 and MT942 from their bytes as payment lines, piece by piece, and holds every statement against its own balances. */
import { decimalOfUnits, unitsOfDecimal, type ExactTotal } from '../exact-total.ts'
import { FileFault } from '../fault.ts'
import { agentOf, amountOf, labelledIn, noBankCodes, shortened, stated, type BankCodes, type NoPayment, type PaymentLine, type PaymentRow } from '../payment-row.ts'
import { readDetails, type EntryDetails } from './details.ts'
import { FieldReader } from './fields.ts'
import { balanceLines, entryLine } from './statement-lines.ts'
import { StatementReader, type Balance, type EntrySum, type Statement, type StatementEntry, type StatementEvent } from './statement.ts'

export class Mt940Reader {
  private readonly banks: BankCodes
  private readonly fields = new FieldReader()
  private readonly statements = new StatementReader()
  private entries = 0
  /** The closing balance of a page that is to be continued, by account. */
  private readonly carried = new Map<string, Balance>()

  private readonly isStatement: boolean

  /** @param isStatement read as the statement of an account, not as payments */
  constructor(banks: BankCodes = noBankCodes, isStatement = false) {
    this.banks = banks
    this.isStatement = isStatement
  }

  /** The entries that end in these bytes. @throws FileFault */
  push(bytes: Uint8Array): PaymentLine[] {
    return this.linesOf(this.statements.take(this.fields.push(bytes)))
  }

  /** The rest, when all bytes were given. @throws FileFault when a statement is not whole or does not add up */
  finish(): PaymentLine[] {
    const lines = this.linesOf([...this.statements.take(this.fields.finish()), ...this.statements.finish()])
    if (this.entries === 0 && !this.isStatement) throw new FileFault('file_empty', 'the statements hold no entry')
    return lines
  }

  private linesOf(events: readonly StatementEvent[]): PaymentLine[] {
    const lines: PaymentLine[] = []
    for (const event of events) {
      if (event.kind === 'entry') {
        this.entries += 1
        lines.push(this.isStatement ? entryLine(event.entry, event.statement) : paymentLineOf(event.entry, event.statement, this.banks))
      } else {
        this.check(event.statement)
        if (this.isStatement) lines.push(...balanceLines(event.statement))
      }
    }
    return lines
  }

  private check(statement: Statement): void {
    refuseIncomplete(statement)
    const { opening, closing, account } = statement
    const key = account ?? ''
    const before = this.carried.get(key)
    if (opening?.page === 'M' && before !== undefined && signedUnits(before) !== signedUnits(opening)) {
      throw new FileFault('balance_mismatch', `the page that begins on line ${statement.line} opens with ${signedText(opening)}, and the one before it closed with ${signedText(before)}`, { line: opening.line })
    }
    if (closing?.page === 'M') {
      if (this.carried.size >= maximumCarried) throw new FileFault('statement_invalid', `more than ${maximumCarried} accounts have pages that nobody goes on with`, { line: statement.line })
      this.carried.set(key, closing)
    }
    else this.carried.delete(key)
    checkBalances(statement)
    checkSum(statement.sumDebits, statement.debits, 'debit')
    checkSum(statement.sumCredits, statement.credits, 'credit')
  }
}

function refuseIncomplete(statement: Statement): void {
  const [fault] = statement.faults
  if (fault !== undefined) throw new FileFault('statement_invalid', fault.detail, { line: fault.line, raw: fault.raw })
  const isInterim = statement.opening === null && statement.closing === null && (statement.dateTime !== null || statement.floors.length > 0)
  const missing = [
    ...(statement.reference === null ? [':20:'] : []),
    ...(statement.account === null ? [':25:'] : []),
    ...(statement.number === null ? [':28C:'] : []),
    ...(statement.opening === null && !isInterim ? [':60F:'] : []),
    ...(statement.closing === null && !isInterim ? [':62F:'] : []),
  ]
  if (missing.length > 0) throw new FileFault('statement_invalid', `the statement that begins on line ${statement.line} has no ${missing.join(', no ')}`, { line: statement.line })
}

function checkBalances({ opening, closing, credits, debits }: Statement): void {
  if (opening === null || closing === null) return
  if (opening.currency !== closing.currency) throw new FileFault('balance_mismatch', `the statement opens in ${opening.currency} and closes in ${closing.currency}`, { line: closing.line })
  const reached = signedUnits(opening) + credits.units - debits.units
  if (reached !== signedUnits(closing)) {
    throw new FileFault('balance_mismatch', `the closing balance on line ${closing.line} is ${signedText(closing)}; ${signedText(opening)} and the entries come to ${decimalOfUnits(reached)}`, { line: closing.line })
  }
}

function checkSum(sum: EntrySum | null, total: ExactTotal, side: string): void {
  if (sum === null) return
  const control = { declared_count: `${BigInt(sum.count)}`, counted_count: `${total.count}`, declared_amount: amountOf(sum.amount), counted_amount: total.text }
  if (BigInt(sum.count) !== BigInt(total.count)) throw new FileFault('control_count_mismatch', `line ${sum.line} states ${sum.count} ${side} entries, and there are ${total.count}`, { line: sum.line, control })
  if (unitsOfDecimal(sum.amount) !== total.units) throw new FileFault('control_sum_mismatch', `line ${sum.line} states ${side} entries of ${sum.amount}, and they come to ${total.text}`, { line: sum.line, control })
}

function signedUnits({ side, amount }: Balance): bigint {
  const units = unitsOfDecimal(amount) ?? 0n
  return side === 'D' ? -units : units
}

function signedText(balance: Balance): string {
  return decimalOfUnits(signedUnits(balance))
}

const maximumCarried = 10_000
// Returns of credit transfers, as German banks number their kinds of transactions.
const returnTransactionCode = '159'

function meaningOf(entry: StatementEntry, details: EntryDetails): 'paid' | 'returned' | NoPayment {
  if (['NCHG', 'FCHG', 'SCHG', 'NINT', 'NCOM'].includes(entry.type)) return 'charge'
  const isReturn = entry.type.slice(1) === 'RTI' || details.returnReason !== '' || details.transactionCode === returnTransactionCode
  switch (entry.mark) {
    case 'D':
    case 'ED':
      return isReturn ? 'income_returned' : 'paid'
    case 'RC':
      return 'income_returned'
    case 'RD':
      return 'returned'
    case 'C':
    case 'EC':
      return isReturn ? 'returned' : 'incoming'
  }
}

function paymentLineOf(entry: StatementEntry, statement: Statement, banks: BankCodes): PaymentLine {
  const details = readDetails(entry.details)
  const meaning = meaningOf(entry, details)
  const place = `:61: line ${entry.line}`
  if (meaning !== 'paid' && meaning !== 'returned') return { line: entry.line, place, row: null, reason: meaning, raw: entry.raw }
  return { line: entry.line, place, row: rowOf(meaning, entry, details, statement, banks), reason: null, raw: entry.raw }
}

function rowOf(meaning: 'paid' | 'returned', entry: StatementEntry, details: EntryDetails, statement: Statement, banks: BankCodes): PaymentRow {
  // A day that never was stays as its digits: its row has a problem, and no other day is put in its place.
  const day = entry.entryDate ?? entry.valueDate ?? entry.writtenValueDate
  const currency = statement.opening?.currency ?? statement.floors[0]?.currency ?? statement.sumDebits?.currency ?? '(none)'
  const amount = amountOf(entry.amount)
  const [code = '', ...words] = details.returnReason.split(/[\s/]+/)
  const labelled = labelledIn(`${details.purpose} ${entry.supplementary}`)
  return stated({
    ...labelled,
    end_to_end_id: details.endToEndId || ownReference(entry.customerReference),
    beneficiary_id: labelled.beneficiary_id ?? details.person,
    creditor_agent: agentOf([details.agent], banks),
    creditor_account: details.account,
    creditor_name: details.name,
    instructed_amount: amount,
    currency,
    bank_reference: entry.bankReference,
    ...(meaning === 'returned'
      ? { transaction_status: 'RTRN', returned_at: day, returned_amount: amount, return_reason_code: code, reason_text: shortened(code === '' ? `${details.postingText} ${details.purpose}` : words.join(' ')) }
      : entry.mark === 'ED'
        ? { transaction_status: 'PDNG', instructed_at: day }
        : { transaction_status: 'ACSC', credited_at: day }),
  })
}

/** The reference of `:61:`, where it is one and does not only say where to look. */
function ownReference(reference: string): string {
  return /^(?:NONREF|NOTPROVIDED|KREF\+?|EREF\+?|PREF\+?|MARF\+?|MREF\+?)$/.test(reference) ? '' : reference
}
