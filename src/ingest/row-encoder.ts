/**
 * Checks one record against its kind and writes it as a row for the database, in one pass over the bytes.
 *
 * The rules are those of the field table in core/kinds.ts; row-description.ts says them once more in zod, and tests prove
 * that both take the same rows. A row with a problem leaves nothing behind but its problems.
 */
import { hashBytes, loadOrder, money, setBucketKey, setReferenceKey, type Amount, type Column, type ColumnType, type Key, type Kind, type ProblemCode } from '../core/index.ts'
import {
  accountLength,
  accountText,
  answers,
  inspectText,
  localDay,
  maximumFieldBytes,
  oddities,
  readAccount,
  readAgent,
  readDay,
  readInstant,
  readParty,
  readPeriod,
  readPerson,
  readWhole,
  readYear,
  showable,
  textOf,
  textStates,
} from '../formats/index.ts'
import { DecimalRegister, readAmountBytes, readDecimalBytes, registerText, sameDecimal, type ExactSum } from './decimal-register.ts'
import { statusFaults } from './status-rules.ts'
import type { TupleWriter } from './tuple-writer.ts'
import { newKey, WordList, type KnownScheme, type SchemeBook } from './word-list.ts'

/** A record as the scanner holds it. */
export interface RecordView {
  readonly fields: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly fieldCount: number
  readonly flags: number
}

/** A problem of the record in hand; its line is the record's. */
export interface RowProblem {
  readonly column: string | null
  readonly code: ProblemCode
  readonly raw: string | null
  readonly suggestion: string | null
}

/** What the encoder of one file needs. */
export interface EncoderSettings {
  readonly kind: Kind
  readonly fileId: number
  /** What each column of the file holds; null: ignored. */
  readonly columns: readonly (string | null)[]
  readonly schemes: SchemeBook
  readonly writer: TupleWriter
  readonly sum: ExactSum
  /** Told the text behind each key that is a hash. */
  readonly onHashed: (key: Key, bytes: Uint8Array, start: number, end: number) => void
}

interface Step {
  readonly column: Column
  readonly type: ColumnType
  /** Its place in the file; −1 when the file does not have it. */
  readonly field: number
  readonly fallback: Uint8Array | null
  readonly words: WordList | null
  readonly isSum: boolean
  readonly maximumLength: number
}

export class RowEncoder {
  /** The problems of the last record that was not taken. */
  readonly problems: RowProblem[] = []
  /** Hash of the last row's content, and its first lookup key: what repeats are looked for by. */
  readonly contentHash: Key = newKey()
  readonly person: Key = newKey()
  /** False for a row that may stand twice in one file (a true twin). */
  hasIdentity = true

  private readonly settings: EncoderSettings
  private readonly steps: readonly Step[]
  private readonly fieldsPerRow: number
  private readonly expectedFields: number
  private readonly returnedField: number
  private readonly amount = new DecimalRegister()
  private readonly sumAmount = new DecimalRegister()
  private readonly key: Key = newKey()
  private readonly account: Key = newKey()
  private readonly hasStatusRule: boolean
  private readonly hasOriginRule: boolean
  private readonly hasCurrencyRule: boolean
  private readonly hasCurrencyColumn: boolean

  // What the columns of the row in hand have said so far.
  private agent = -1
  private hasAccount = false
  private hasReference = false
  private hasOrigin = false
  private hasSumAmount = false
  private status = ''
  /** Bits of the instants that are written, by the order of `instants`. */
  private instants = 0
  private scheme: KnownScheme | null = null
  private currency = 'VND'
  private minorDigits: number | null = 0
  private component = ''

  constructor(settings: EncoderSettings) {
    const { kind, columns } = settings
    this.settings = settings
    const order = loadOrder(kind)
    this.steps = order
      .map((column) => ({
        column,
        type: column.type,
        field: columns.indexOf(column.name),
        fallback: column.default === undefined ? null : Buffer.from(column.default),
        words: column.type === 'word' || column.type === 'flag' ? new WordList(column) : null,
        isSum: column.name === kind.sumColumn,
        maximumLength: column.maximumLength ?? 1000,
      }))
      // A column that fills nothing stays in the file; only that a required one is there is checked.
      .filter(({ column }) => column.into.length > 0 || column.isRequired === true)
    this.fieldsPerRow = 2 + order.reduce((count, column) => count + column.into.length, 0)
    this.expectedFields = columns.length
    this.returnedField = columns.indexOf('returned_amount')
    this.hasStatusRule = kind.rules.includes('status_dates')
    this.hasOriginRule = kind.rules.includes('origin_period')
    this.hasCurrencyRule = kind.rules.includes('scheme_currency')
    this.hasCurrencyColumn = kind.columns.some(({ type }) => type === 'currency')
  }

  /** Writes the row of a record; false when it has problems, which are then in `problems`. */
  encode(record: RecordView, line: number): boolean {
    const { writer, kind, fileId } = this.settings
    const { fields, starts, ends } = record
    this.problems.length = 0
    if (!this.hasRightShape(record)) return false
    const length = record.fieldCount === 0 ? 0 : (ends[record.fieldCount - 1] as number) - (starts[0] as number)
    writer.reserve(length * 3 + this.fieldsPerRow * 48 + 256)
    const rowStart = writer.position
    writer.beginRow(this.fieldsPerRow)
    if (kind.group === 'fact') {
      writer.int32(fileId)
    } else writer.whole(fileId)
    writer.whole(line)
    const contentStart = writer.position
    this.beginRow()
    for (const step of this.steps) {
      let start = 0
      let end = 0
      if (step.field >= 0) {
        start = starts[step.field] as number
        end = ends[step.field] as number
        while (start < end && isBlank(fields[start] as number)) start += 1
        while (end > start && isBlank(fields[end - 1] as number)) end -= 1
      }
      if (start < end) {
        if (end - start > maximumFieldBytes) this.report(step, 'value_too_long', fields, start, end)
        else this.write(step, fields, start, end)
      } else this.writeEmpty(step)
    }
    this.checkRules(record)
    if (this.problems.length > 0) {
      writer.position = rowStart
      return false
    }
    this.hasIdentity = kind.twins === 'never' || (kind.twins === 'without_reference' && this.hasReference)
    if (this.hasSumAmount) this.settings.sum.add(this.sumAmount)
    if (this.hasIdentity) hashBytes(this.contentHash, writer.bytes, contentStart, writer.position, 0)
    return true
  }

  private beginRow(): void {
    this.agent = -1
    this.hasAccount = false
    this.hasReference = false
    this.scheme = null
    this.currency = 'VND'
    this.minorDigits = 0
    this.component = ''
    this.status = ''
    this.instants = 0
    this.hasOrigin = false
    this.hasSumAmount = false
  }

  private hasRightShape(record: RecordView): boolean {
    const { fields, starts, ends, fieldCount } = record
    if (fieldCount !== this.expectedFields) {
      let isExtraEmpty = fieldCount > this.expectedFields
      for (let field = this.expectedFields; field < fieldCount && isExtraEmpty; field += 1) {
        for (let at = starts[field] as number; at < (ends[field] as number); at += 1) if (!isBlank(fields[at] as number)) isExtraEmpty = false
      }
      if (!isExtraEmpty) this.problems.push({ column: null, code: 'field_count', raw: `${fieldCount} fields, the header has ${this.expectedFields}`, suggestion: null })
    }
    if ((record.flags & oddities.misplacedQuote) !== 0) {
      const raw = fieldCount === 0 ? '' : textOf(fields, starts[0] as number, ends[fieldCount - 1] as number)
      this.problems.push({ column: null, code: 'quote_misplaced', raw: showable(raw), suggestion: null })
    }
    return this.problems.length === 0
  }

  private write(step: Step, bytes: Uint8Array, start: number, end: number): void {
    const { writer } = this.settings
    switch (step.type) {
      case 'text':
        return this.writeText(step, bytes, start, end)
      case 'amount': {
        const register = step.isSum ? this.sumAmount : this.amount
        const fault = readAmountBytes(register, bytes, start, end, this.minorDigits)
        if (fault !== null) return this.report(step, fault, bytes, start, end)
        if (step.isSum) this.hasSumAmount = true
        // A credit of exactly what was instructed says no more than an empty one, and is stored alike.
        else if (this.hasStatusRule && step.column.name === 'credited_amount' && sameDecimal(register, this.sumAmount) && this.hasSumAmount) return writer.null()
        return writer.numeric(register)
      }
      case 'instant': {
        const instant = readInstant(bytes, start, end)
        this.instants |= 1 << instantColumns.indexOf(step.column.name)
        if (Number.isNaN(instant)) return this.report(step, 'instant_invalid', bytes, start, end)
        writer.timestamp(instant)
        if (step.column.into.length > 1) writer.date(localDay(instant))
        return
      }
      case 'date': {
        const day = readDay(bytes, start, end)
        return Number.isNaN(day) ? this.report(step, 'date_invalid', bytes, start, end) : writer.date(day)
      }
      case 'birth': {
        const day = readDay(bytes, start, end)
        const year = end - start === 4 || !Number.isNaN(day) ? readYear(bytes, start, end) : -1
        if (year < 0) return this.report(step, 'date_invalid', bytes, start, end)
        if (Number.isNaN(day)) writer.null()
        else writer.date(day)
        return writer.int16(year)
      }
      case 'period': {
        const period = readPeriod(bytes, start, end)
        if (this.hasOriginRule && step.column.name === 'origin_period') {
          this.hasOrigin = true
          // Regular money has no origin: what is written there says nothing that the line does not say itself.
          if (period >= 0 && this.component !== '' && this.component !== 'arrears' && this.component !== 'carried_over') return writer.null()
        }
        return period < 0 ? this.report(step, 'period_invalid', bytes, start, end) : writer.int32(period)
      }
      case 'person':
      case 'party': {
        const answer = step.type === 'person' ? readPerson(bytes, start, end, this.key) : readParty(bytes, start, end, this.key)
        if (answer === answers.lostZeros) return this.reportLostZeros(step, bytes, start, end)
        if (answer === answers.invalid) return this.report(step, 'identifier_invalid', bytes, start, end)
        if (answer === answers.hashed) this.settings.onHashed(this.key, bytes, start, end)
        if (step.column.into[0] === 'person_key') this.keepPerson(this.key)
        return writer.int64(this.key.high, this.key.low)
      }
      case 'agent': {
        this.agent = readAgent(bytes, start, end)
        return this.agent < 0 ? this.report(step, 'agent_invalid', bytes, start, end) : writer.int32(this.agent)
      }
      case 'account':
        return this.writeAccount(step, bytes, start, end)
      case 'reference':
        return this.writeReference(step, bytes, start, end)
      case 'word':
      case 'flag': {
        const words = step.words as WordList
        const index = words.find(bytes, start, end)
        if (index < 0) return this.report(step, 'code_unknown', bytes, start, end)
        if (step.type === 'flag') return writer.boolean(index === 0)
        if (step.column.name === 'component') this.component = words.labels[index] as string
        else if (step.column.name === 'transaction_status') this.status = words.labels[index] as string
        const label = words.encoded[index] as Uint8Array
        return writer.text(label, 0, label.length)
      }
      case 'scheme': {
        this.scheme = this.settings.schemes.find(bytes, start, end)
        if (this.scheme === null) return this.report(step, 'unknown_scheme', bytes, start, end)
        if (!this.hasCurrencyColumn) this.setCurrency(this.scheme.currency)
        return writer.int16(this.scheme.id)
      }
      case 'new_scheme': {
        if (inspectText(bytes, start, end) === textStates.invalid) return this.report(step, 'text_invalid', bytes, start, end)
        if (end - start > 50) return this.report(step, 'value_too_long', bytes, start, end)
        return writer.int16(this.settings.schemes.findOrAdd(bytes, start, end).id)
      }
      case 'currency': {
        if (!isCurrency(bytes, start, end)) {
          this.currency = ''
          return this.report(step, 'code_unknown', bytes, start, end)
        }
        if ( bytes[start] !== 0x56 || bytes[start + 1] !== 0x4e || bytes[start + 2] !== 0x44) this.setCurrency(textOf(bytes, start, end))
        return writer.text(bytes, start, end)
      }
      case 'decimal': {
        if (!readDecimalBytes(this.amount, bytes, start, end)) return this.report(step, 'number_invalid', bytes, start, end)
        return writer.numeric(this.amount)
      }
      case 'whole': {
        const value = readWhole(bytes, start, end)
        if (value < (step.column.minimum ?? 0) || value > (step.column.maximum ?? 32_767)) return this.report(step, 'number_invalid', bytes, start, end)
        return writer.int16(value)
      }
    }
  }

  private writeEmpty(step: Step): void {
    if (step.column.isRequired === true) {
      this.problems.push({ column: step.column.name, code: 'value_missing', raw: '', suggestion: null })
      return
    }
    if (step.fallback !== null) return this.write(step, step.fallback, 0, step.fallback.length)
    const { writer } = this.settings
    if (step.type === 'person' && step.column.into[0] === 'person_key' && this.agent >= 0) {
      // A payment that names nobody lives under its account, so that its reports and withdrawals stay together.
      setBucketKey(this.key, this.agent, this.hasAccount ? this.account : null)
      this.keepPerson(this.key)
      return writer.int64(this.key.high, this.key.low)
    }
    for (let column = 0; column < step.column.into.length; column += 1) writer.null()
  }

  private writeText(step: Step, bytes: Uint8Array, start: number, end: number): void {
    if (step.column.into.length === 0) return
    const state = inspectText(bytes, start, end)
    if (state === textStates.invalid) return this.report(step, 'text_invalid', bytes, start, end)
    const { writer } = this.settings
    if (state === textStates.plain && end - start <= step.maximumLength) return writer.text(bytes, start, end)
    const text = textOf(bytes, start, end).normalize('NFC')
    if (text.length > step.maximumLength && [...text].length > step.maximumLength) return this.report(step, 'value_too_long', bytes, start, end)
    return writer.string(text)
  }

  private writeAccount(step: Step, bytes: Uint8Array, start: number, end: number): void {
    const answer = readAccount(bytes, start, end, this.account)
    if (answer === answers.invalid) return this.report(step, 'account_invalid', bytes, start, end)
    if (answer === answers.scientific) return this.report(step, 'account_scientific', bytes, start, end)
    if (answer === answers.hashed) this.settings.onHashed(this.account, accountText, 0, accountLength)
    this.hasAccount = true
    const { writer } = this.settings
    writer.int64(this.account.high, this.account.low)
    if (step.column.into.length > 1) {
      setBucketKey(this.key, this.agent, this.account)
      this.keepPerson(this.key)
      writer.int64(this.key.high, this.key.low)
    }
  }

  private writeReference(step: Step, bytes: Uint8Array, start: number, end: number): void {
    const { writer } = this.settings
    if (isNoReference(bytes, start, end)) {
      writer.null()
      return writer.null()
    }
    const at = writer.position
    // The key is hashed from the text as it is stored, so it is written first and the text after it.
    writer.int64(0, 0)
    const before = this.problems.length
    this.writeText(step, bytes, start, end)
    if (this.problems.length > before) return
    setReferenceKey(this.key, this.agent, writer.bytes, at + 16, writer.position)
    const after = writer.position
    writer.position = at
    writer.int64(this.key.high, this.key.low)
    writer.position = after
    this.hasReference = true
  }

  private checkRules(record: RecordView): void {
    if (this.hasCurrencyRule && this.scheme !== null && this.currency !== '' && this.currency !== this.scheme.currency) {
      this.problems.push({ column: 'currency', code: 'currency_mismatch', raw: this.currency, suggestion: this.scheme.currency })
    }
    if (this.hasOriginRule && this.component === 'carried_over' && !this.hasOrigin) {
      this.problems.push({ column: 'origin_period', code: 'origin_period_missing', raw: '', suggestion: null })
    }
    if (this.hasStatusRule) this.checkStatus(record)
  }

  private checkStatus(record: RecordView): void {
    const { returnedField } = this
    const isReturnWritten = returnedField >= 0 && record.starts[returnedField] !== record.ends[returnedField]
    const returnedAmount = isReturnWritten ? this.amountOf(record, 'returned_amount') : null
    const isReturnStated = returnedAmount !== null
    const faults = statusFaults({
      status: this.status,
      hasInstructedAt: (this.instants & 1) !== 0,
      hasCreditedAt: (this.instants & 2) !== 0,
      hasReturnedAt: (this.instants & 4) !== 0,
      returnedAmount,
      // Compared with a stated return only, which is rare.
      instructedAmount: isReturnStated ? this.amountOf(record, 'instructed_amount') : null,
      creditedAmount: isReturnStated ? this.amountOf(record, 'credited_amount') : null,
    })
    for (const { column, code } of faults) {
      const raw = column === 'returned_amount' ? this.textAt(record, column) : ''
      this.problems.push({ column, code, raw, suggestion: null })
    }
  }

  /** How many values of the record are right for a column that is more than text: ids, dates, amounts, codes. */
  countValidValues(record: RecordView): number {
    const { writer } = this.settings
    const length = record.fieldCount === 0 ? 0 : (record.ends[record.fieldCount - 1] as number) - (record.starts[0] as number)
    writer.reserve(length * 3 + this.fieldsPerRow * 48 + 256)
    const rowStart = writer.position
    const problemCount = this.problems.length
    let valid = 0
    this.beginRow()
    for (const step of this.steps) {
      if (step.type === 'text' || step.type === 'reference' || step.field < 0 || step.field >= record.fieldCount) continue
      const [start, end] = trimmed(record, step.field)
      if (start === end || end - start > 100) continue
      this.write(step, record.fields, start, end)
      if (this.problems.length === problemCount) valid += 1
      this.problems.length = problemCount
    }
    writer.position = rowStart
    return valid
  }

  /** The amount in a column of the record; null when there is none that can be read. */
  private amountOf(record: RecordView, column: string): Amount | null {
    const field = this.settings.columns.indexOf(column)
    if (field < 0 || field >= record.fieldCount || record.starts[field] === record.ends[field]) return null
    const [start, end] = trimmed(record, field)
    return start < end && readAmountBytes(this.amount, record.fields, start, end, this.minorDigits) === null ? registerText(this.amount) : null
  }

  /** The text in a column of the record, without blanks around it; empty when the file has no such column. */
  textAt(record: RecordView, column: string): string {
    const field = this.settings.columns.indexOf(column)
    return field < 0 || field >= record.fieldCount ? '' : this.textAtField(record, field)
  }

  /** The text of a field, without blanks around it. */
  textAtField(record: RecordView, field: number): string {
    const [start, end] = trimmed(record, field)
    return textOf(record.fields, start, end)
  }

  private setCurrency(currency: string): void {
    this.currency = currency
    this.minorDigits = money.minorDigitsOf(currency)
  }

  private keepPerson(key: Key): void {
    this.person.high = key.high
    this.person.low = key.low
  }

  private report(step: Step, code: ProblemCode, bytes: Uint8Array, start: number, end: number): void {
    this.problems.push({ column: step.column.name, code, raw: showable(textOf(bytes, start, end)), suggestion: null })
  }

  private reportLostZeros(step: Step, bytes: Uint8Array, start: number, end: number): void {
    const raw = textOf(bytes, start, end)
    this.problems.push({ column: step.column.name, code: 'identifier_lost_zeros', raw, suggestion: raw.padStart(raw.length === 8 ? 9 : 12, '0') })
  }
}

const instantColumns = ['instructed_at', 'credited_at', 'returned_at', 'first_withdrawal_at']

/** Where the value of a field begins and ends, without the blanks around it. */
export function trimmed(record: RecordView, field: number): [number, number] {
  let start = record.starts[field] as number
  let end = record.ends[field] as number
  while (start < end && isBlank(record.fields[start] as number)) start += 1
  while (end > start && isBlank(record.fields[end - 1] as number)) end -= 1
  return [start, end]
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}

function isCurrency(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 3) return false
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) < 0x41 || (bytes[at] as number) > 0x5a) return false
  return true
}

/** NOTPROVIDED and NONREF are what ISO 20022 and SWIFT write where there is no reference. */
function isNoReference(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if ((length !== 11 && length !== 6) || ((bytes[start] as number) | 0x20) !== 0x6e) return false
  const text = textOf(bytes, start, end).toUpperCase()
  return text === 'NOTPROVIDED' || text === 'NONREF'
}
