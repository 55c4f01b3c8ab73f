/** Tells lines that are no data from data with a problem: totals, sub-totals, repeated headers, notes between groups, signatures. */
import { foldWord, type ColumnType, type Kind } from '../core/index.ts'
import { oddities, type Header, type NoPayment } from '../formats/index.ts'
import type { RecordView, RowEncoder } from './row-encoder.ts'

/** Why a line is no data. */
export type AsideReason = 'title' | 'separator' | 'empty' | 'header' | 'total' | 'subtotal' | 'note' | 'signature' | NoPayment

/** A line that is no data; for a grand total also the amount it states, as written; null when it states none. */
export interface Aside {
  readonly reason: AsideReason
  readonly total: string | null
}

const grandTotals = new Set(['tong cong', 'tong so', 'total', 'grand total'])
const subtotalPattern = /^(?:tổng|cộng|tong|cong|(?:sub[ -]?)?total|sum)(?![\p{L}\p{N}])/u
const amountPattern = /^[-+(]?\d[\d.,\s]*\)?\s*(?:đ|đồng|vnđ|vnd)?$/iu
const identityTypes: readonly ColumnType[] = ['person', 'party', 'account', 'reference']

/**
 * What a record that could not be taken is; null when it is data, and its problems stand.
 *
 * A line is only set aside when it holds none of what would make it data: every required column but the amount empty (a
 * total), or no value that is right for an id, a date, an amount or a code (a note, a signature).
 */
export function asideOf(record: RecordView, header: Header, encoder: RowEncoder, isAfterTotal: boolean): Aside | null {
  const cells = header.columns.map((column, field) => ({ column, text: field < record.fieldCount ? encoder.textAtField(record, field) : '' }))
  const filled = cells.filter(({ text }) => text !== '')
  if (filled.length === 0 && record.fieldCount <= header.columns.length) return { reason: 'empty', total: null }
  if ((record.flags & oddities.misplacedQuote) !== 0 || filled.length === 0) return null
  if (cells.every(({ text }, field) => foldWord(text) === header.folded[field])) return { reason: 'header', total: null }
  if (isNumbering(filled.map(({ text }) => text))) return { reason: 'header', total: null }
  if (isGroup(filled)) return { reason: filled.length === 2 ? 'note' : 'subtotal', total: null }
  const total = record.fieldCount < header.columns.length ? shortTotalOf(filled, header.kind) : totalOf(filled, header.kind)
  if (total !== null) return total
  // The last line of a file that ends without a line break may be the beginning of a row that was cut off.
  const mayBeCut = (record.flags & oddities.unterminated) !== 0 && record.fieldCount < header.columns.length
  if (mayBeCut && !isAfterTotal) return null
  if (filled.length > 1 && !isAfterTotal) return null
  if (encoder.countValidValues(record) > 0) return null
  return { reason: isAfterTotal ? 'signature' : 'note', total: null }
}

interface Cell {
  readonly column: string | null
  readonly text: string
}

const columnNumber = /^\(?(\d{1,2})\)?(?:\s*=.{1,30})?$/

/** The numbers of the columns, which forms have under their header: (1) (2) (3), or A B 1 2 3. */
function isNumbering(cells: readonly string[]): boolean {
  const numbers = cells.flatMap((cell) => columnNumber.exec(cell)?.[1] ?? [])
  const isEach = cells.every((cell) => columnNumber.test(cell) || /^\(?[A-ZĐ]\)?$/.test(cell))
  return isEach && numbers.length >= 3 && numbers.every((number, index) => parseInt(number, 10) === parseInt(numbers[0] ?? '', 10) + index)
}

const groupOrdinal = /^(?:[IVXLC]{1,7}|[A-ZĐ])[.)]?$/

/** A village or a group over its people: a Roman number or a letter in the column of ordinals, a name, at most a sum. People have ordinals in digits. */
function isGroup(filled: readonly Cell[]): boolean {
  const [ordinal, label, ...rest] = filled
  if (ordinal === undefined || label === undefined || ordinal.column !== null || !groupOrdinal.test(ordinal.text)) return false
  return /^\p{L}/u.test(label.text) && rest.length <= 1 && rest.every(({ text }) => amountPattern.test(text) && !/^\d{9,}$/.test(text))
}

/** What a label says: a control over the whole file, a sum of some lines before it, or nothing of the kind. */
function labelOf(text: string): { isGrand: boolean; isSub: boolean; isAccented: boolean } {
  const written = text.normalize('NFC').toLowerCase()
  return {
    // Tống Công is a person's name.
    isGrand: text.length <= 200 && grandTotals.has(foldWord(text)) && !written.includes('tống'),
    isSub: text.length <= 200 && subtotalPattern.test(written),
    isAccented: /^[tc]ổ|^[tc]ộ/u.test(written),
  }
}

/** A total in a line of full length; null when the line is none. */
function totalOf(filled: readonly Cell[], kind: Kind): Aside | null {
  const [label, ...rest] = filled
  if (label === undefined) return null
  const { isGrand, isSub, isAccented } = labelOf(label.text)
  const columns = rest.flatMap(({ column }) => kind.columns.find(({ name }) => name === column && name !== kind.sumColumn) ?? [])
  // A person whose name begins like a total has an id beside the name; a total has nothing but its label and its sums.
  const isBare = !columns.some(({ isRequired }) => isRequired === true)
  if (isGrand && isBare) return { reason: 'total', total: rest.find(({ column }) => column === kind.sumColumn)?.text ?? null }
  const isSubtotal = isSub && (isAccented ? !columns.some(({ type }) => identityTypes.includes(type)) : isBare)
  return isSubtotal ? { reason: 'subtotal', total: null } : null
}

/** A total in a line with fewer fields than the header: places say nothing there, so its only amount is the total. */
function shortTotalOf(filled: readonly Cell[], kind: Kind): Aside | null {
  const [label, ...rest] = filled
  if (label === undefined) return null
  const { isGrand, isSub, isAccented } = labelOf(label.text)
  const amounts = rest.filter(({ text }) => amountPattern.test(text))
  if (isGrand) {
    const stated = amounts.length === 1 ? amounts : rest
    return { reason: 'total', total: kind.sumColumn === undefined || rest.length === 0 ? null : stated.map(({ text }) => text).join(' ') }
  }
  const isSubtotal = isSub && !rest.some(({ text }) => /^\d{12}$/.test(text)) && (isAccented || amounts.length === rest.length)
  return isSubtotal ? { reason: 'subtotal', total: null } : null
}
