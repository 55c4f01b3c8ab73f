/** What a message states about itself, counts, sums and balances, held against what it holds: exactly, or the file is refused. */
import { decimalOfUnits, unitsOfDecimal, type ExactTotal } from '../exact-total.ts'
import { FileFault } from '../fault.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'

/** How many transactions are said to be there, and their sum; empty where nothing is stated. */
export interface Stated {
  readonly count: string
  readonly sum: string
}

/** NbOfTxs and CtrlSum of a header or a batch. */
export function statedIn(header: XmlElement | null): Stated {
  return { count: textAt(header, 'NbOfTxs'), sum: textAt(header, 'CtrlSum') }
}

/**
 * Holds what is stated against what was counted. A sum is left alone where an amount could not be read: its line has a
 * problem.
 *
 * @param where what is meant, in words: `the message`, `batch P-1`
 * @throws FileFault `control_count_mismatch`, `control_sum_mismatch`
 */
export function checkStated({ count, sum }: Stated, total: ExactTotal, where: string, line: number): void {
  const declaredUnits = unitsOfDecimal(sum)
  // What cannot be read is in the refusal's raw text; findings calculate with these.
  const declared = { declared_count: /^\d{1,15}$/.test(count) ? `${BigInt(count)}` : null, declared_amount: declaredUnits === null ? null : decimalOfUnits(declaredUnits) }
  const control = { ...declared, counted_count: `${total.count}`, counted_amount: total.isComplete ? total.text : null }
  if (count !== '' && (!/^\d{1,15}$/.test(count) || BigInt(count) !== BigInt(total.count))) {
    throw new FileFault('control_count_mismatch', `${where} states ${count.slice(0, 40)} transactions and holds ${total.count}`, { line, raw: count.slice(0, 100), control })
  }
  if (sum === '' || !total.isComplete) return
  if (declaredUnits !== total.units) throw new FileFault('control_sum_mismatch', `${where} states a sum of ${sum.slice(0, 60)}, and its amounts add up to ${total.text}`, { line, raw: sum.slice(0, 100), control })
}

/** What the booked entries of one statement come to. */
export interface EntryTotals {
  readonly all: ExactTotal
  readonly credits: ExactTotal
  readonly debits: ExactTotal
  /** Credits less debits of booked entries only. */
  readonly booked: ExactTotal
  /** Currencies of the booked entries. */
  readonly currencies: ReadonlySet<string>
}

/** Checks the summary and the balances of one statement, report or notification. @throws FileFault */
export function checkStatement(statement: XmlElement, totals: EntryTotals): void {
  const summary = elementAt(statement, 'TxsSummry')
  const parts = [['TtlNtries', totals.all], ['TtlCdtNtries', totals.credits], ['TtlDbtNtries', totals.debits]] as const
  for (const [name, total] of parts) {
    const part = elementAt(summary, name)
    checkStated({ count: textAt(part, 'NbOfNtries'), sum: textAt(part, 'Sum') }, total, `${name} of statement ${textAt(statement, 'Id')}`, part?.line ?? statement.line)
  }
  checkBalances(statement, totals)
}

/** Opening balance + booked entries = closing balance, where both are stated and every entry can be read. */
function checkBalances(statement: XmlElement, { booked, currencies }: EntryTotals): void {
  const balances = elementsOf(statement, 'Bal')
  const codeOf = (balance: XmlElement): string => textAt(balance, 'Tp', 'CdOrPrtry', 'Cd')
  const find = (code: string): XmlElement | undefined => balances.find((balance) => codeOf(balance) === code)
  // In a report within the day an interim balance is that of the hour, not that of the entries told.
  const interim = statement.name === 'Stmt' ? balances.filter((balance) => codeOf(balance) === 'ITBD') : []
  // A statement of several pages ends and begins them with interim balances.
  const opening = find('OPBD') ?? find('PRCD') ?? (find('CLBD') !== undefined || interim.length > 1 ? interim[0] : undefined)
  const closing = find('CLBD') ?? interim.filter((balance) => balance !== opening).at(-1)
  if (opening === undefined || closing === undefined || !booked.isComplete) return
  const [first, last] = [signedUnits(opening), signedUnits(closing)]
  const names = new Set([currencyOf(opening), currencyOf(closing), ...currencies])
  const id = textAt(statement, 'Id').slice(0, 60)
  if (names.size > 1) throw new FileFault('balance_mismatch', `statement ${id} mixes currencies: ${[...names].join(', ').slice(0, 60)}`, { line: opening.line })
  if (first === null || last === null || first + booked.units !== last) {
    const came = first === null ? '' : `; ${decimalOfUnits(first)} and the entries come to ${decimalOfUnits(first + booked.units)}`
    throw new FileFault('balance_mismatch', `statement ${id}: its closing balance is ${last === null ? 'unreadable' : decimalOfUnits(last)}${came}`, { line: closing.line, raw: textAt(closing, 'Amt').slice(0, 100) })
  }
}

function currencyOf(balance: XmlElement): string {
  return elementAt(balance, 'Amt')?.attributes.get('Ccy') ?? ''
}

function signedUnits(balance: XmlElement): bigint | null {
  const units = unitsOfDecimal(textAt(balance, 'Amt'))
  return units === null ? null : textAt(balance, 'CdtDbtInd') === 'DBIT' ? -units : units
}
