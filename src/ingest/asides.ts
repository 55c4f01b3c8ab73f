/** Tells lines that are no data from data with a problem: totals, repeated headers, notes between groups, signatures. */
import { foldWord, type Kind } from '../core/index.ts'
import { oddities, type Header } from '../formats/index.ts'
import type { RecordView, RowEncoder } from './row-encoder.ts'

/** Why a line is no data. */
export type AsideReason = 'title' | 'separator' | 'empty' | 'header' | 'total' | 'note' | 'signature'

/** A line that is no data; for a total also what stands in the amount column, null when nothing does. */
export interface Aside {
  readonly reason: AsideReason
  readonly total: string | null
}

const totalPattern = /^(?:tong cong|tong so|tong|cong|total|grand total|sum)(?: |$)/

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
  if (isTotal(filled, header.kind)) return { reason: 'total', total: filled.find(({ column }) => column === header.kind.sumColumn)?.text ?? null }
  // The last line of a file that ends without a line break may be the beginning of a row that was cut off.
  const mayBeCut = (record.flags & oddities.unterminated) !== 0 && record.fieldCount < header.columns.length
  if (mayBeCut && !isAfterTotal) return null
  if (filled.length > 1 && !isAfterTotal) return null
  if (encoder.countValidValues(record) > 0) return null
  return { reason: isAfterTotal ? 'signature' : 'note', total: null }
}

function isTotal(filled: readonly { column: string | null; text: string }[], kind: Kind): boolean {
  const [label] = filled
  if (label === undefined || label.text.length > 200 || !totalPattern.test(foldWord(label.text))) return false
  const required = kind.columns.filter(({ name, isRequired }) => isRequired === true && name !== kind.sumColumn)
  // A person called Tống Công An has an id beside the name; a total has nothing but its label and its sums.
  return filled.slice(1).every(({ column }) => column === null || !required.some(({ name }) => name === column))
}
