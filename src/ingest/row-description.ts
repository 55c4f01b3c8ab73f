/**
 * One row of a kind in words: zod over text, column by column, made from the field table.
 *
 * The byte checks of row-encoder.ts take exactly the rows that this description takes and give the same codes and values;
 * tests prove it. Forms, templates and documentation read this; the loading of files, which has no time for text, does not.
 */
import { z } from 'zod'
import { money, parseBenefitPeriod, parseBirthDate, parseDay, parseInstant, type Column, type Kind, type ProblemCode } from '../core/index.ts'
import { hasLimit, isDecimalWithin } from './decimal-register.ts'
import { isMovement, statusFaults } from './status-rules.ts'
import { WordList } from './word-list.ts'

/** What a row is checked against besides its kind: the currency of each scheme by its code. */
export interface RowSurroundings {
  readonly schemes: ReadonlyMap<string, string>
}

/** A row as text: canonical column names; absent and empty are the same. */
export type WrittenRow = Readonly<Record<string, string | undefined>>

/** A row as read: canonical values by column, null where nothing is written and nothing is the default. */
export type ReadRow = Readonly<Record<string, string | null>>

/** The description of a kind's rows; every issue carries its problem code in `params.code`. */
export function describeRow(kind: Kind, surroundings: RowSurroundings): z.ZodType<ReadRow, WrittenRow> {
  return z.record(z.string(), z.string().optional()).transform((written, context): ReadRow => {
    const row: Record<string, string | null> = {}
    const report = (column: string, code: ProblemCode): void => {
      context.addIssue({ code: 'custom', path: [column], params: { code }, message: code })
    }
    const currency = readCurrency(kind, written, surroundings)
    for (const column of kind.columns) {
      const text = trimmed(written[column.name]) || (column.default ?? '')
      if (text === '') {
        row[column.name] = null
        if (column.isRequired === true) report(column.name, 'value_missing')
        continue
      }
      const read = readValue(column, text, currency, surroundings)
      row[column.name] = 'value' in read ? read.value : null
      if ('fault' in read) report(column.name, read.fault)
    }
    checkAcross(kind, row, written, currency, surroundings, report)
    return row
  })
}

type ReadValue = { readonly value: string | null } | { readonly fault: ProblemCode }

const controlPattern = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/

function readValue(column: Column, text: string, currency: string, { schemes }: RowSurroundings): ReadValue {
  switch (column.type) {
    case 'text':
      return column.into.length === 0 ? { value: text } : readText(text, column.maximumLength ?? 1000)
    case 'reference':
      return ['NOTPROVIDED', 'NONREF'].includes(text.toUpperCase()) ? { value: null } : readText(text, column.maximumLength ?? 1000)
    case 'scheme':
      return schemes.has(text) ? { value: text } : { fault: 'unknown_scheme' }
    case 'new_scheme':
      return readText(text, 50)
    case 'period':
      return orFault(parseBenefitPeriod(text), 'period_invalid')
    case 'person':
      return readPerson(text)
    case 'party': {
      const isCode = /^[A-Za-z0-9]{4,34}$/.test(text) && /[A-Za-z]/.test(text)
      return isCode ? { value: text } : readPerson(text)
    }
    case 'agent':
      return orFault(/^\d{6}$/.test(text) ? text : null, 'agent_invalid')
    case 'account': {
      if (/^\d(?:[.,]\d+)?[eE][+-]?\d{1,3}$/.test(text)) return { fault: 'account_scientific' }
      const isFramed = /^[A-Za-z0-9].*[A-Za-z0-9]$/.test(text)
      const bare = text.replace(/[ -]/g, '')
      return orFault(isFramed && /^[A-Za-z0-9]{4,34}$/.test(bare) ? bare : null, 'account_invalid')
    }
    case 'word':
    case 'flag': {
      const words = new WordList(column)
      return orFault(words.labels[words.findText(text.slice(0, 100))] ?? null, 'code_unknown')
    }
    case 'date':
      return orFault(parseDay(text), 'date_invalid')
    case 'birth':
      return orFault(parseBirthDate(text), 'date_invalid')
    case 'instant':
      return orFault(parseInstant(text), 'instant_invalid')
    case 'amount':
      return readAmount(text, currency)
    case 'balance':
      return readBalance(text, currency)
    case 'decimal':
      return orFault(/^\d{1,9}(?:\.\d{1,6})?$/.test(text) && (!hasLimit(column) || isDecimalWithin(plain(text), column)) ? plain(text) : null, 'number_invalid')
    case 'whole': {
      const isInside = /^\d{1,5}$/.test(text) && parseInt(text, 10) >= (column.minimum ?? 0) && parseInt(text, 10) <= (column.maximum ?? 32_767)
      return orFault(isInside ? plain(text) : null, 'number_invalid')
    }
    case 'currency':
      return orFault(/^[A-Z]{3}$/.test(text) ? text : null, 'code_unknown')
  }
}

function readAmount(text: string, currency: string): ReadValue {
  const read = money.readAmount(text, currency)
  if (read.fault === undefined) return { value: read.amount }
  return { fault: read.fault === 'amount_too_large' || read.fault === 'amount_has_fraction' || read.fault === 'amount_not_positive' ? read.fault : 'amount_invalid' }
}

/** An amount that may be zero, or have a minus before it. */
function readBalance(text: string, currency: string): ReadValue {
  const [, sign = '', rest = ''] = /^(-?)(.*)$/s.exec(text) ?? []
  if (rest.startsWith('-')) return { fault: 'amount_invalid' }
  const read = readAmount(rest, currency)
  if ('fault' in read) return read.fault === 'amount_not_positive' ? { value: '0' } : read
  return { value: `${sign}${read.value ?? ''}` }
}

function readText(text: string, maximumLength: number): ReadValue {
  if (controlPattern.test(text)) return { fault: 'text_invalid' }
  const normal = text.normalize('NFC')
  return Array.from(normal).length > maximumLength ? { fault: 'value_too_long' } : { value: normal }
}

function readPerson(text: string): ReadValue {
  if (/^(?:\d{12}|\d{9})$/.test(text)) return { value: text }
  return { fault: /^(?:\d{8}|\d{10}|\d{11})$/.test(text) ? 'identifier_lost_zeros' : 'identifier_invalid' }
}

/** The currency of the row's amounts: its own; that of its scheme for kinds that do not state one; else đồng. */
function readCurrency(kind: Kind, written: WrittenRow, { schemes }: RowSurroundings): string {
  if (kind.columns.some(({ type }) => type === 'currency')) return trimmed(written['currency']) || 'VND'
  return schemes.get(trimmed(written['scheme'])) ?? 'VND'
}

function checkAcross(kind: Kind, row: Record<string, string | null>, written: WrittenRow, currency: string, { schemes }: RowSurroundings, report: (column: string, code: ProblemCode) => void): void {
  for (const rule of kind.rules) {
    if (rule === 'scheme_currency') {
      const expected = schemes.get(row['scheme'] ?? '')
      if (expected !== undefined && row['currency'] !== null && currency !== expected) report('currency', 'currency_mismatch')
    } else if (rule === 'origin_period') {
      const { component } = row
      if (component === 'carried_over' && trimmed(written['origin_period']) === '') report('origin_period', 'origin_period_missing')
      if (component !== 'carried_over' && component !== 'arrears') row['origin_period'] = null
    } else if (rule === 'statement_sides') {
      if (isMovement(row['entry_kind']) && row['amount'] !== null && /^(?:0$|-)/.test(row['amount'] ?? '')) report('amount', 'amount_not_positive')
    } else if (rule === 'exempt_evidence') {
      if (row['result'] === 'exempt' && trimmed(written['evidence_reference']) === '') report('evidence_reference', 'value_missing')
    } else {
      const faults = statusFaults({
        status: row['transaction_status'] ?? '',
        hasInstructedAt: trimmed(written['instructed_at']) !== '',
        hasCreditedAt: trimmed(written['credited_at']) !== '',
        hasReturnedAt: trimmed(written['returned_at']) !== '',
        instructedAmount: row['instructed_amount'] ?? null,
        creditedAmount: row['credited_amount'] ?? null,
        returnedAmount: row['returned_amount'] ?? null,
      })
      for (const { column, code } of faults) report(column, code)
      if (row['credited_amount'] === row['instructed_amount']) row['credited_amount'] = null
    }
  }
}

function orFault(value: string | null, fault: ProblemCode): ReadValue {
  return value === null ? { fault } : { value }
}

function trimmed(text: string | undefined): string {
  return (text ?? '').replace(/^[ \t]+|[ \t]+$/g, '')
}

/** A decimal without zeros that say nothing. */
function plain(text: string): string {
  return (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace(/^0+(?=\d)/, '')
}
