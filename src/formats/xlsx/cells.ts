/** Says what a cell means in a column of a certain type: its text as CSV would have it, or what is wrong with it. */
import { dayOfNumber, type ColumnType, type ProblemCode } from '../../core/index.ts'
import type { Cell } from './sheet.ts'
import type { DateStyle } from './workbook.ts'

/** A cell as text, and what its text does not say. */
export interface CellReading {
  readonly text: string
  /** Null when nothing is wrong that the text alone would not show. */
  readonly fault: { readonly code: ProblemCode; readonly raw: string; readonly suggestion: string | null } | null
}

/** What cells are read by. */
export interface CellRules {
  readonly dateStyles: readonly (DateStyle | null)[]
  readonly is1904: boolean
}

const numbers: readonly ColumnType[] = ['amount', 'balance', 'decimal', 'whole']
const dates: readonly ColumnType[] = ['date', 'birth', 'instant']
/** What is written with digits and is no quantity: nobody adds up accounts. */
const identities: readonly ColumnType[] = ['person', 'party', 'account', 'reference', 'agent', 'text']

/** @param type of the column; null for one that is not read: there nothing is at fault */
export function readCell(cell: Cell, type: ColumnType | null, rules: CellRules): CellReading {
  const plain = readValue(cell, type, rules)
  if (type === null || cell.formula === null) return plain
  const written = `=${cell.formula}`
  // Nobody works formulas out here, and what a spreadsheet once worked out need not be what a person sees.
  return { text: plain.text === '' ? written : plain.text, fault: { code: 'formula_cell', raw: written, suggestion: plain.text === '' ? null : plain.text } }
}

function readValue({ type, value, style, formula }: Cell, column: ColumnType | null, rules: CellRules): CellReading {
  switch (type) {
    case 's':
      return { text: value, fault: null }
    case 'd':
      // A day is written with its midnight.
      return { text: value.replace(/^(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?Z?$/, '$1'), fault: null }
    case 'b':
      return { text: value === '1' ? 'true' : value === '0' ? 'false' : value, fault: null }
    case 'e':
      return { text: value, fault: { code: 'cell_error', raw: value, suggestion: null } }
    case '?':
      return { text: value, fault: { code: 'cell_unreadable', raw: value, suggestion: null } }
    case 'n': {
      if (value === '' && formula !== null) return { text: '', fault: null }
      const isDate = style < 0 ? undefined : rules.dateStyles[style]
      return isDate === null || isDate === undefined ? readNumber(value, column, rules) : readDate(value, isDate, rules)
    }
  }
}

const numberPattern = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/

function readNumber(value: string, column: ColumnType | null, rules: CellRules): CellReading {
  const parts = numberPattern.exec(value)
  if (parts === null) return { text: value, fault: { code: 'cell_unreadable', raw: value, suggestion: null } }
  if (column === null) return { text: value, fault: null }
  if (numbers.includes(column)) return { text: plainNumber(parts, column === 'amount' || column === 'balance'), fault: null }
  if (dates.includes(column) && !(column === 'birth' && /^\d{4}$/.test(value))) {
    // It may be a day, or a slip; what it would be as a day is shown and not taken.
    return { text: value, fault: { code: column === 'instant' ? 'instant_invalid' : 'date_invalid', raw: value, suggestion: dayText(value, rules.is1904) } }
  }
  if (identities.includes(column) && significantDigits(parts) > 15) return { text: value, fault: { code: 'digits_lost', raw: value, suggestion: null } }
  if ((column === 'reference' || column === 'text') && parts[4] !== undefined) return { text: value, fault: { code: 'digits_lost', raw: value, suggestion: null } }
  return { text: value, fault: null }
}

/**
 * A number as plain digits: 1.35E7 is 13500000, and of an amount 12.5 is 12.50. This is exact, since a point in a cell
 * for numbers has one meaning; what has more digits behind the point stays, and is judged as it stands.
 */
function plainNumber([, sign = '', units = '', fraction = '', exponent = '0']: readonly (string | undefined)[], isAmount: boolean): string {
  const shift = parseInt(exponent, 10)
  const digits = units + fraction
  const point = units.length + shift
  const whole = (point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')).replace(/^0+(?=\d)/, '')
  const rest = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(Math.max(0, point))).replace(/0+$/, '')
  const behind = isAmount && rest.length === 1 ? `${rest}0` : rest
  return `${sign}${whole}${behind === '' ? '' : `.${behind}`}`
}

function significantDigits([, , units = '', fraction = '']: readonly (string | undefined)[]): number {
  const digits = units + fraction
  // In scientific notation zeros at the end are left out; in plain digits they were the first to be lost.
  return digits.replace(/^0+/, '').length
}

function readDate(value: string, style: DateStyle, rules: CellRules): CellReading {
  const text = style.hasDay || style.hasMonth || style.hasYear ? dayText(value, rules.is1904) : null
  if (text === null) return { text: value, fault: { code: 'date_invalid', raw: value, suggestion: null } }
  // A cell that shows 10/2026 says a month, whatever day its number has.
  return { text: style.hasYear && !style.hasDay && !style.hasTime ? text.slice(0, 7) : text, fault: null }
}

const serialPattern = /^(\d{1,7})(?:\.(\d+))?$/
const lastSerial = 2_958_465
const millisecondsPerDay = 86_400_000

/**
 * `YYYY-MM-DD`, with `THH:MM:SS` behind it when the number has a fraction; null for a number that is no day. In the
 * calendar from 1900 day 60 is 29 February 1900, which never was, and the days before it are one off.
 */
export function dayText(value: string, is1904: boolean): string | null {
  const parts = serialPattern.exec(value)
  if (parts === null) return null
  const serial = parseInt(parts[1] ?? '', 10)
  if (is1904 ? serial + 1462 > lastSerial : serial < 1 || serial === 60 || serial > lastSerial) return null
  // 1899-12-31 is day −25,568 counted from 1970.
  let day = is1904 ? serial - 24_107 : serial > 60 ? serial - 25_569 : serial - 25_568
  let time = Math.floor((parseInt((parts[2] ?? '').slice(0, 15).padEnd(15, '0'), 10) / 1e15) * millisecondsPerDay + 0.5)
  if (time === millisecondsPerDay) {
    time = 0
    day += 1
  }
  const date = dayOfNumber(day)
  if (time === 0) return date
  const two = (number: number): string => `${number}`.padStart(2, '0')
  const seconds = Math.floor(time / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${date}T${clock}${time % 1000 === 0 ? '' : `.${`${time % 1000}`.padStart(3, '0')}`}`
}
