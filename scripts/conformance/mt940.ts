/** MT940 and MT942: every field that the other parser reads, against ours; and each statement against its own balances. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { binaryTag, FAILSAFE_SCHEMA, load, nullCoreTag } from 'js-yaml'
import { readDetails } from '../../src/formats/mt940/details.ts'
import { FieldReader } from '../../src/formats/mt940/fields.ts'
import { Mt940Reader } from '../../src/formats/mt940/reader.ts'
import { StatementReader, type Balance, type Statement, type StatementEntry } from '../../src/formats/mt940/statement.ts'
import { Comparison, even, filesBelow, verdictOf, type SetResult } from './compare.ts'

type Plain = Record<string, unknown>

// Texts stay texts: a funds code N is no "no", and 0904059003 no number.
const schema = FAILSAFE_SCHEMA.withTags(nullCoreTag, binaryTag)

/** Compares the set. */
export function compareMt940(folder: string): SetResult {
  const comparison = new Comparison()
  for (const file of filesBelow(folder, '.sta')) {
    comparison.begin(file)
    const bytes = readFileSync(join(folder, file))
    const expected = load(readFileSync(join(folder, file.replace(/\.sta$/, '.expected.yml')), 'utf8').replace(/!!python\/\S+/g, ''), { schema }) as { data: Plain; transactions: { data: Plain }[] }
    compareFile(comparison, bytes, expected)
    const reader = new Mt940Reader()
    const { verdict, detail } = verdictOf(() => { reader.push(bytes); reader.finish() })
    comparison.field('adds up', verdict !== 'balance_mismatch', addsUp(bytes.toString('utf8')))
    // Theirs checks nothing, so it takes everything; the balance rule of the set's own README is what decides here.
    comparison.field('verdict', verdict === 'taken' ? verdict : `${verdict} (${detail})`, 'taken')
  }
  return comparison.result('mt940')
}

function compareFile(comparison: Comparison, bytes: Buffer, expected: { data: Plain; transactions: { data: Plain }[] }): void {
  const { statements, entries } = readStatements(bytes)
  const last = <T>(value: (statement: Statement) => T | null): T | null => statements.map(value).findLast((one) => one !== null) ?? null
  const { data, transactions } = expected
  comparison.field('transaction_reference', last(({ reference }) => reference), data['transaction_reference'])
  comparison.field('account_identification', last(({ account }) => account), data['account_identification'])
  comparison.field('statement_number', last(({ number }) => number), data['statement_number'])
  comparison.field('sequence_number', statements.findLast(({ number }) => number !== null)?.sequence, data['sequence_number'])
  const balances = [['final_opening', 'opening', 'F'], ['intermediate_opening', 'opening', 'M'], ['final_closing', 'closing', 'F'], ['intermediate_closing', 'closing', 'M']] as const
  for (const [name, side, page] of balances) comparison.field(`${name}_balance`, balanceText(last((statement) => (statement[side]?.page === page ? statement[side] : null))), theirBalance(data[`${name}_balance`]))
  comparison.field('available_balance', balanceText(last(({ available }) => available)), theirBalance(data['available_balance']))
  for (const [name, value] of [['sum_debit_entries', last(({ sumDebits }) => sumDebits)], ['sum_credit_entries', last(({ sumCredits }) => sumCredits)]] as const) {
    const their = data[name] as { amount: string[]; currency: string; number: string } | undefined
    comparison.field(name, value === null ? '' : `${value.count} ${value.currency} ${plain(value.amount)}`, their === undefined ? '' : `${their.number} ${their.currency} ${plain(their.amount[0] ?? '')}`)
  }
  comparison.field('transactions', entries.length, transactions.length)
  for (const [index, { data: theirs }] of transactions.entries()) {
    const entry = entries[index]
    if (entry !== undefined) compareEntry(comparison, `transaction ${index + 1}`, entry, theirs)
  }
}

function compareEntry(comparison: Comparison, name: string, { entry, currency }: { entry: StatementEntry; currency: string }, theirs: Plain): void {
  const amount = theirs['amount'] as { amount: string[]; currency: string }
  const isDebit = entry.mark === 'D' || entry.mark === 'RC'
  const field = (what: string, ours: unknown, their: unknown): void => { comparison.field(`${name} ${what}`, ours, their) }
  field('amount', `${isDebit && plain(entry.amount) !== '0' ? '-' : ''}${plain(entry.amount)} ${currency}`, `${plain(amount.amount[0] ?? '')} ${amount.currency}`)
  field('status', entry.mark, theirs['status'])
  field('date', entry.valueDate, theirDate(theirs['date']))
  field('entry_date', entry.entryDate, theirDate(theirs['entry_date']))
  field('funds_code', entry.fundsCode, theirs['funds_code'])
  field('id', entry.type, theirs['id'])
  field('customer_reference', entry.customerReference, even(theirs['customer_reference']))
  field('bank_reference', entry.bankReference, even(theirs['bank_reference']))
  field('extra_details', even(entry.supplementary), even(theirs['extra_details']))
  if (theirs['transaction_details'] !== undefined) field('transaction_details', even(entry.details), even(theirs['transaction_details']))
  if (theirs['non_swift'] !== undefined) field('non_swift', even(entry.details), even(theirs['non_swift']))
  if (theirs['transaction_code'] === undefined) return
  const details = readDetails(entry.details)
  field('transaction_code', details.transactionCode, theirs['transaction_code'])
  field('posting_text', even(details.postingText), even(theirs['posting_text']))
  field('prima_nota', details.primaNota, theirs['prima_nota'])
  field('return_debit_notes', details.textKey, theirs['return_debit_notes'])
  field('applicant_bin', details.agent, theirs['applicant_bin'])
  field('applicant_iban', details.account, theirs['applicant_iban'])
  field('applicant_name', even(details.name), even(theirs['applicant_name']))
  field('end_to_end_reference', even(details.endToEndId), even(theirs['end_to_end_reference']))
  field('purpose', dense(details.purpose), dense(theirs['purpose']))
}

/** Whether every statement with two balances comes from one to the other; by plain search, in hundredths. */
function addsUp(text: string): boolean {
  const signed = (isDebit: boolean, amount: string): bigint => {
    const [whole = '0', fraction = ''] = amount.split(',')
    return BigInt(`${whole}${fraction.padEnd(2, '0').slice(0, 2)}`) * (isDebit ? -1n : 1n)
  }
  return text.split(/^:20:/m).every((statement) => {
    const [opening, closing] = [/^:60[FM]:([CD])\d{6}[A-Z]{3}([\d,]+)/m.exec(statement), /^:62[FM]:([CD])\d{6}[A-Z]{3}([\d,]+)/m.exec(statement)]
    if (opening === null || closing === null || statement.split(/^:25:/m).length > 2) return true
    const entries = [...statement.matchAll(/^:61:\d{6}(?:\d{4})?(RC|RD|C|D)[A-Z]?([\d,]+)/gm)]
    const sum = entries.reduce((all, [, mark = '', amount = '']) => all + signed(mark === 'D' || mark === 'RC', amount), 0n)
    return signed(opening[1] === 'D', opening[2] ?? '') + sum === signed(closing[1] === 'D', closing[2] ?? '')
  })
}

/** All statements and entries of a file, checked against nothing. */
function readStatements(bytes: Buffer): { statements: Statement[]; entries: { entry: StatementEntry; currency: string }[] } {
  const fields = new FieldReader()
  const reader = new StatementReader()
  const events = [...reader.take(fields.push(bytes)), ...reader.take(fields.finish()), ...reader.finish()]
  return {
    statements: events.flatMap((event) => (event.kind === 'end' ? [event.statement] : [])),
    entries: events.flatMap((event) => (event.kind === 'entry' ? [{ entry: event.entry, currency: event.statement.opening?.currency ?? event.statement.floors[0]?.currency ?? '' }] : [])),
  }
}

function balanceText(balance: Balance | null): string {
  return balance === null ? '' : `${balance.side} ${balance.date ?? ''} ${balance.currency} ${balance.side === 'D' && plain(balance.amount) !== '0' ? '-' : ''}${plain(balance.amount)}`
}

function theirBalance(value: unknown): string {
  if (value === null || value === undefined) return ''
  const { amount, date, status } = value as { amount: { amount: string[]; currency: string }; date: unknown; status: string }
  return `${status} ${theirDate(date)} ${amount.currency} ${plain(amount.amount[0] ?? '')}`
}

/** Four bytes: the year, the most significant first, month, day. */
function theirDate(value: unknown): string {
  const bytes = Array.isArray(value) ? (value as unknown[])[0] : undefined
  if (!(bytes instanceof Uint8Array)) return ''
  const two = (number: number | undefined): string => `${number ?? 0}`.padStart(2, '0')
  return `${(bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)}-${two(bytes[2])}-${two(bytes[3])}`
}

/** A decimal without zeros that say nothing. */
function plain(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}${digits === '' ? '' : `.${digits}`}`
}

function dense(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\s+/g, '') : ''
}
