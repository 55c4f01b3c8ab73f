/** Reads the values of one row from bytes, by the type of their column, and writes each as a field for the database. */
import { money, setBucketKey, setReferenceKey, type Column, type ColumnType, type Key, type Kind, type ProblemCode } from '../core/index.ts'
import {
  accountLength,
  accountText,
  answers,
  inspectText,
  localDay,
  readAccount,
  readAgent,
  readDay,
  readInstant,
  readParty,
  readPeriod,
  readPerson,
  readWhole,
  readYear,
  textOf,
  textStates,
} from '../formats/index.ts'
import { DecimalRegister, hasLimit, isDecimalWithin, readAmountBytes, readBalanceBytes, readDecimalBytes, registerText, sameDecimal } from './decimal-register.ts'
import type { TupleWriter } from './tuple-writer.ts'
import { isCurrency, isNoReference } from './value-bytes.ts'
import { newKey, WordList, type KnownScheme, type SchemeBook } from './word-list.ts'

/** One column of a kind, made ready for one file. */
export interface Step {
  readonly column: Column
  readonly type: ColumnType
  /** Its place in the file; −1 when the file does not have it. */
  readonly field: number
  /** What an empty value means, as bytes; null: nothing. */
  readonly fallback: Uint8Array | null
  readonly words: WordList | null
  readonly isSum: boolean
  readonly isDueDate: boolean
  readonly isStamp: boolean
  readonly maximumLength: number
}

/** What values are read against. */
export interface ValueSettings {
  readonly kind: Kind
  readonly schemes: SchemeBook
  readonly writer: TupleWriter
  /** The one bank that lines may be about; absent: any. */
  readonly onlyAgent?: number | null
  /** Told the text behind each key that is a hash. */
  readonly onHashed: (key: Key, bytes: Uint8Array, start: number, end: number) => void
}

/** Makes the columns of a kind ready for a file with the given columns. */
export function stepOf(column: Column, kind: Kind, fileColumns: readonly (string | null)[]): Step {
  return {
    column,
    type: column.type,
    field: fileColumns.indexOf(column.name),
    fallback: column.default === undefined ? null : Buffer.from(column.default),
    words: column.type === 'word' || column.type === 'flag' ? new WordList(column) : null,
    isSum: column.name === kind.sumColumn,
    isDueDate: column.name === 'due_date',
    isStamp: column.name === kind.stampColumn,
    maximumLength: column.maximumLength ?? 1000,
  }
}

const instantColumns = ['instructed_at', 'credited_at', 'returned_at', 'first_withdrawal_at']

export class ValueWriter {
  // What the columns of the row in hand have said so far.
  scheme: KnownScheme | null = null
  /** Empty when it could not be read. */
  currency = 'VND'
  minorDigits: number | null = 0
  component = ''
  status = ''
  result = ''
  /** What a row of a statement is: a balance or an entry. */
  entryKind = ''
  /** Of a balance or an entry: whether it is above zero; null where it could not be read. */
  isAboveZero: boolean | null = null
  /** Bits of the instants that are written, by the order of `instantColumns`. */
  instants = 0
  hasOrigin = false
  hasReference = false
  hasSumAmount = false
  /** The due date in days since 1970-01-01; NaN where none is written. */
  dueDay = NaN
  /** The value in the kind's stamp column: a month as year × 100 + month, or days since 1970-01-01; −1 where none is written. */
  stamp = -1
  readonly sumAmount = new DecimalRegister()
  /** The key of the person whom the row is about. */
  readonly person: Key = newKey()

  private readonly settings: ValueSettings
  private readonly onlyAgent: number | null
  private readonly hasCurrencyColumn: boolean
  private readonly hasOriginRule: boolean
  private readonly hasStatusRule: boolean
  private readonly amount = new DecimalRegister()
  private readonly key: Key = newKey()
  private readonly account: Key = newKey()
  private agent = -1
  private hasAccount = false

  constructor(settings: ValueSettings) {
    this.settings = settings
    this.onlyAgent = settings.onlyAgent ?? null
    this.hasCurrencyColumn = settings.kind.columns.some(({ type }) => type === 'currency')
    this.hasOriginRule = settings.kind.rules.includes('origin_period')
    this.hasStatusRule = settings.kind.rules.includes('status_dates')
  }

  /** Forgets the row before. */
  begin(): void {
    this.scheme = null
    this.currency = 'VND'
    this.minorDigits = 0
    this.component = ''
    this.status = ''
    this.result = ''
    this.entryKind = ''
    this.isAboveZero = null
    this.instants = 0
    this.hasOrigin = false
    this.hasReference = false
    this.hasSumAmount = false
    this.dueDay = NaN
    this.stamp = -1
    this.agent = -1
    this.hasAccount = false
  }

  /** Writes the fields of an empty value. */
  writeEmpty(step: Step): ProblemCode | null {
    if (step.column.isRequired === true) return 'value_missing'
    if (step.fallback !== null) return this.write(step, step.fallback, 0, step.fallback.length)
    const { writer } = this.settings
    if (step.type === 'person' && step.column.into[0] === 'person_key' && this.agent >= 0) {
      // A payment that names nobody lives under its account, so that its reports and withdrawals stay together.
      setBucketKey(this.key, this.agent, this.hasAccount ? this.account : null)
      this.writePerson(step)
      return null
    }
    for (let column = 0; column < step.column.into.length; column += 1) writer.null()
    return null
  }

  /** Writes the fields of a value; null when it could be read, else what is wrong (then what was written is worth nothing). */
  write(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    switch (step.type) {
      case 'text':
        return this.writeText(step, bytes, start, end)
      case 'word':
      case 'flag':
        return this.writeWord(step, bytes, start, end)
      case 'amount':
        return this.writeAmount(step, bytes, start, end)
      case 'balance':
        return this.writeBalance(bytes, start, end)
      case 'instant':
        return this.writeInstant(step, bytes, start, end)
      case 'date':
        return this.writeDay(step, readDay(bytes, start, end))
      case 'birth':
        return this.writeBirth(bytes, start, end)
      case 'period':
        return this.writePeriod(step, bytes, start, end)
      case 'person':
      case 'party':
        return this.writeParty(step, bytes, start, end)
      case 'agent':
        return this.writeAgent(bytes, start, end)
      case 'account':
        return this.writeAccount(step, bytes, start, end)
      case 'reference':
        return this.writeReference(step, bytes, start, end)
      case 'scheme':
      case 'new_scheme':
        return this.writeScheme(step, bytes, start, end)
      case 'currency':
        return this.writeCurrency(bytes, start, end)
      case 'decimal':
        return this.writeDecimal(step, bytes, start, end)
      case 'whole':
        return this.writeWhole(step, bytes, start, end)
    }
  }

  private writeText(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    if (step.column.into.length === 0) return null
    const state = inspectText(bytes, start, end)
    if (state === textStates.invalid) return 'text_invalid'
    const { writer } = this.settings
    if (state === textStates.plain && end - start <= step.maximumLength) {
      writer.text(bytes, start, end)
      return null
    }
    const text = textOf(bytes, start, end).normalize('NFC')
    if (text.length > step.maximumLength && Array.from(text).length > step.maximumLength) return 'value_too_long'
    writer.string(text)
    return null
  }

  private writeWord(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const words = step.words as WordList
    const index = words.find(bytes, start, end)
    if (index < 0) return 'code_unknown'
    const { writer } = this.settings
    if (step.type === 'flag') {
      writer.boolean(index === 0)
      return null
    }
    if (step.column.name === 'component') this.component = words.labels[index] as string
    else if (step.column.name === 'transaction_status') this.status = words.labels[index] as string
    else if (step.column.name === 'result') this.result = words.labels[index] as string
    else if (step.column.name === 'entry_kind') this.entryKind = words.labels[index] as string
    const label = words.encoded[index] as Uint8Array
    writer.text(label, 0, label.length)
    return null
  }

  private writeAmount(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const register = step.isSum ? this.sumAmount : this.amount
    const fault = readAmountBytes(register, bytes, start, end, this.minorDigits)
    if (fault !== null) return fault
    if (step.isSum) this.hasSumAmount = true
    // A credit of exactly what was instructed says no more than an empty one, and is stored alike.
    else if (this.hasStatusRule && step.column.name === 'credited_amount' && this.hasSumAmount && sameDecimal(register, this.sumAmount)) {
      this.settings.writer.null()
      return null
    }
    this.settings.writer.numeric(register)
    return null
  }

  private writeBalance(bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const fault = readBalanceBytes(this.amount, bytes, start, end, this.minorDigits)
    if (fault !== null) return fault
    this.isAboveZero = !this.amount.isZero && !this.amount.isNegative
    this.settings.writer.numeric(this.amount)
    return null
  }

  private writeInstant(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    this.instants |= 1 << instantColumns.indexOf(step.column.name)
    const instant = readInstant(bytes, start, end)
    if (Number.isNaN(instant)) return 'instant_invalid'
    this.settings.writer.timestamp(instant)
    if (step.column.into.length > 1) this.settings.writer.date(localDay(instant))
    return null
  }

  private writeDay(step: Step, day: number): ProblemCode | null {
    if (Number.isNaN(day)) return 'date_invalid'
    if (step.isDueDate) this.dueDay = day
    if (step.isStamp) this.stamp = day
    this.settings.writer.date(day)
    return null
  }

  private writeBirth(bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const day = readDay(bytes, start, end)
    const year = end - start === 4 || !Number.isNaN(day) ? readYear(bytes, start, end) : -1
    if (year < 0) return 'date_invalid'
    const { writer } = this.settings
    if (Number.isNaN(day)) writer.null()
    else writer.date(day)
    writer.int16(year)
    return null
  }

  private writePeriod(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const period = readPeriod(bytes, start, end)
    const isOrigin = this.hasOriginRule && step.column.name === 'origin_period'
    if (isOrigin) this.hasOrigin = true
    if (period < 0) return 'period_invalid'
    if (step.isStamp) this.stamp = period
    // Regular money has no origin: what is written there says nothing that the line does not say itself.
    if (isOrigin && this.component !== '' && this.component !== 'arrears' && this.component !== 'carried_over') this.settings.writer.null()
    else this.settings.writer.int32(period)
    return null
  }

  private writeParty(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const answer = step.type === 'person' ? readPerson(bytes, start, end, this.key) : readParty(bytes, start, end, this.key)
    if (answer === answers.lostZeros) return 'identifier_lost_zeros'
    if (answer === answers.invalid) return 'identifier_invalid'
    if (answer === answers.hashed) this.settings.onHashed(this.key, bytes, start, end)
    this.writePerson(step)
    return null
  }

  private writeAgent(bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    this.agent = readAgent(bytes, start, end)
    if (this.agent < 0) return 'agent_invalid'
    if (this.onlyAgent !== null && this.agent !== this.onlyAgent) return 'agent_foreign'
    this.settings.writer.int32(this.agent)
    return null
  }

  private writeAccount(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const answer = readAccount(bytes, start, end, this.account)
    if (answer === answers.invalid) return 'account_invalid'
    if (answer === answers.scientific) return 'account_scientific'
    if (answer === answers.hashed) this.settings.onHashed(this.account, accountText, 0, accountLength)
    this.hasAccount = true
    this.settings.writer.int64(this.account.high, this.account.low)
    if (step.column.into.length > 1) {
      setBucketKey(this.key, this.agent, this.account)
      this.keepPerson()
      this.settings.writer.int64(this.key.high, this.key.low)
    }
    return null
  }

  private writeReference(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const { writer } = this.settings
    if (isNoReference(bytes, start, end)) {
      writer.null()
      writer.null()
      return null
    }
    // The key is hashed from the text as it is stored, so its place is kept until the text is written.
    const at = writer.position
    writer.int64(0, 0)
    const fault = this.writeText(step, bytes, start, end)
    if (fault !== null) return fault
    const after = writer.position
    setReferenceKey(this.key, this.agent, writer.bytes, at + 16, after)
    writer.position = at
    writer.int64(this.key.high, this.key.low)
    writer.position = after
    this.hasReference = true
    return null
  }

  private writeScheme(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    if (step.type === 'new_scheme') {
      if (inspectText(bytes, start, end) === textStates.invalid) return 'text_invalid'
      if (Array.from(textOf(bytes, start, end).normalize('NFC')).length > 50) return 'value_too_long'
      this.settings.writer.int16(this.settings.schemes.findOrAdd(bytes, start, end).id)
      return null
    }
    this.scheme = this.settings.schemes.find(bytes, start, end)
    if (this.scheme === null) return 'unknown_scheme'
    if (!this.hasCurrencyColumn) this.setCurrency(this.scheme.currency)
    this.settings.writer.int16(this.scheme.id)
    return null
  }

  private writeCurrency(bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    if (!isCurrency(bytes, start, end)) {
      this.currency = ''
      return 'code_unknown'
    }
    const isDong = bytes[start] === 0x56 && bytes[start + 1] === 0x4e && bytes[start + 2] === 0x44
    if (!isDong) this.setCurrency(textOf(bytes, start, end))
    this.settings.writer.text(bytes, start, end)
    return null
  }

  private writeDecimal({ column }: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    if (!readDecimalBytes(this.amount, bytes, start, end)) return 'number_invalid'
    if (hasLimit(column) && !isDecimalWithin(registerText(this.amount), column)) return 'number_invalid'
    this.settings.writer.numeric(this.amount)
    return null
  }

  private writeWhole(step: Step, bytes: Uint8Array, start: number, end: number): ProblemCode | null {
    const value = readWhole(bytes, start, end)
    if (value < (step.column.minimum ?? 0) || value > (step.column.maximum ?? 32_767)) return 'number_invalid'
    this.settings.writer.int16(value)
    return null
  }

  /** Writes `key`; remembers it when it is the one that the row is kept under. */
  private writePerson(step: Step): void {
    if (step.column.into[0] === 'person_key') this.keepPerson()
    this.settings.writer.int64(this.key.high, this.key.low)
  }

  private keepPerson(): void {
    this.person.high = this.key.high
    this.person.low = this.key.low
  }

  private setCurrency(currency: string): void {
    this.currency = currency
    this.minorDigits = money.minorDigitsOf(currency)
  }
}
