/**
 * Checks one record against its kind and writes it as a row for the database, in one pass over the bytes.
 *
 * The rules are those of the field table in core/kinds.ts; row-description.ts says them once more in zod, and tests prove
 * that both take the same rows. A row with a problem leaves nothing behind but its problems.
 */
import { hashBytes, loadOrder, setPairKey, type Amount, type Key, type ProblemCode } from '../core/index.ts'
import { maximumFieldBytes, oddities, showable, textOf, type CellFault } from '../formats/index.ts'
import { DecimalRegister, readAmountBytes, registerText, type ExactSum } from './decimal-register.ts'
import { isMovement, statusFaults } from './status-rules.ts'
import { personFieldOf, personGroup } from './person-groups.ts'
import { stepOf, ValueWriter, type Step, type ValueSettings } from './value-writer.ts'
import { newKey } from './word-list.ts'

/** A record as the scanner holds it. */
export interface RecordView {
  readonly fields: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly fieldCount: number
  readonly flags: number
  /** The record as it stands in the file, without its line break. */
  rawBytes(): Uint8Array
}

/** A problem of the record in hand; its line is the record's. */
export interface RowProblem {
  /** The canonical column; null when the whole line is meant. */
  readonly column: string | null
  readonly code: ProblemCode
  readonly raw: string | null
  readonly suggestion: string | null
}

/** What the encoder of one file needs. */
export interface EncoderSettings extends ValueSettings {
  readonly fileId: number
  /** What each column of the file holds; null: ignored. */
  readonly columns: readonly (string | null)[]
  /** Takes in the amount of every row that is written. */
  readonly sum: ExactSum
}

/** When a line of a list is due. */
export interface Term {
  readonly scheme: { readonly id: number } | null
  /** The month. */
  readonly stamp: number
  readonly dueDay: number
}

export class RowEncoder {
  /** The problems of the last record that was not taken, by column of the kind. */
  readonly problems: RowProblem[] = []
  /** Hash of the last row's content, or part of it: what repeats are looked for by. Equal rows have equal hashes, in every file. */
  readonly contentHash: Key = newKey()
  /** False for a row that may stand twice in one file (a true twin). */
  hasIdentity = true

  private readonly settings: EncoderSettings
  private readonly values: ValueWriter
  private readonly steps: readonly Step[]
  private readonly fieldsPerRow: number
  private readonly returnedField: number
  private readonly personField: number
  private readonly spare = new DecimalRegister()

  constructor(settings: EncoderSettings) {
    const { kind, columns } = settings
    this.settings = settings
    this.values = new ValueWriter(settings)
    const order = loadOrder(kind)
    // A column that fills nothing stays in the file; only that a required one is there is checked.
    this.steps = order.filter(({ into, isRequired }) => into.length > 0 || isRequired === true).map((column) => stepOf(column, kind, columns))
    this.fieldsPerRow = 2 + order.reduce((count, column) => count + column.into.length, 0)
    this.returnedField = columns.indexOf('returned_amount')
    this.personField = personFieldOf(kind, columns)
  }

  /** The key of the person whom the last row is about. */
  get person(): Key {
    return this.values.person
  }

  /** What the last row has in the kind's stamp column; −1: nothing. */
  get stamp(): number {
    return this.values.stamp
  }

  /** What the last row says of when it is due: scheme, month and due date, as `ValueWriter` holds them. */
  get term(): Term {
    return this.values
  }

  /** Writes the row of a record; false when it has problems, which are then in `problems`, those that `faults` name among them. */
  encode(record: RecordView, line: number, faults: readonly CellFault[] = []): boolean {
    const { writer, kind, fileId, sum } = this.settings
    const { values } = this
    const { fields, starts, ends } = record
    this.problems.length = 0
    if (this.hasLineFault(faults) || !this.hasRightShape(record)) return false
    const rowStart = this.makeRoom(record)
    writer.beginRow(this.fieldsPerRow)
    if (kind.group === 'fact') writer.int32(fileId)
    else writer.whole(fileId)
    writer.whole(line)
    const contentStart = writer.position
    values.begin()
    for (const step of this.steps) {
      let start = 0
      let end = 0
      if (step.field >= 0) {
        start = starts[step.field] as number
        end = ends[step.field] as number
        while (start < end && isBlank(fields[start] as number)) start += 1
        while (end > start && isBlank(fields[end - 1] as number)) end -= 1
      }
      const code = start === end ? values.writeEmpty(step) : end - start > maximumFieldBytes ? 'value_too_long' : values.write(step, fields, start, end)
      if (code !== null) this.report(step.column.name, code, textOf(fields, start, end))
    }
    this.checkRules(record)
    if (faults.length > 0) this.addFaults(faults)
    if (this.problems.length > 0) {
      writer.position = rowStart
      this.sortProblems()
      return false
    }
    if (values.hasSumAmount) sum.add(values.sumAmount)
    this.hasIdentity = kind.twins === 'never' || (kind.twins === 'without_reference' && values.hasReference)
    if (kind.twins !== 'always') hashBytes(this.contentHash, writer.bytes, contentStart, writer.position, 0)
    // A list's lines are only looked for in other files, where one person's line of one month is suspect enough.
    else setPairKey(this.contentHash, values.person, values.stamp)
    return true
  }

  /** How many values of the record are right for a column that is more than text: ids, dates, amounts, codes. */
  countValidValues(record: RecordView): number {
    const { writer } = this.settings
    const rowStart = this.makeRoom(record)
    let valid = 0
    this.values.begin()
    for (const step of this.steps) {
      if (step.type === 'text' || step.type === 'reference' || step.field < 0 || step.field >= record.fieldCount) continue
      const [start, end] = trimmed(record, step.field)
      if (start < end && end - start <= 100 && this.values.write(step, record.fields, start, end) === null) valid += 1
    }
    writer.position = rowStart
    return valid
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

  /** Room for the row of a record, however it comes out; where the row begins. */
  private makeRoom(record: RecordView): number {
    const { fieldCount, starts, ends } = record
    const length = fieldCount === 0 ? 0 : (ends[fieldCount - 1] as number) - (starts[0] as number)
    const group = this.personField < 0 || this.personField >= fieldCount ? 0 : personGroup(record.fields, starts[this.personField] as number, ends[this.personField] as number)
    this.settings.writer.reserve(length * 3 + this.fieldsPerRow * 48 + 256, group)
    return this.settings.writer.position
  }

  private hasRightShape(record: RecordView): boolean {
    const { fieldCount } = record
    const expected = this.settings.columns.length
    if (fieldCount !== expected) {
      let isExtraEmpty = fieldCount > expected
      for (let field = expected; field < fieldCount && isExtraEmpty; field += 1) {
        const [start, end] = trimmed(record, field)
        isExtraEmpty = start === end
      }
      if (!isExtraEmpty) this.report(null, 'field_count', rawText(record), `${fieldCount} fields, the header has ${expected}`)
    }
    if ((record.flags & oddities.misplacedQuote) !== 0) this.report(null, 'quote_misplaced', rawText(record))
    return this.problems.length === 0
  }

  private checkRules(record: RecordView): void {
    const { scheme, currency, component, hasOrigin } = this.values
    for (const rule of this.settings.kind.rules) {
      if (rule === 'scheme_currency') {
        if (scheme !== null && currency !== '' && currency !== scheme.currency) this.report('currency', 'currency_mismatch', currency, scheme.currency)
      } else if (rule === 'origin_period') {
        if (component === 'carried_over' && !hasOrigin) this.report('origin_period', 'origin_period_missing', '')
      } else if (rule === 'statement_sides') {
        if (this.values.isAboveZero === false && isMovement(this.values.entryKind)) this.report('amount', 'amount_not_positive', this.textAt(record, 'amount'))
      } else if (rule === 'exempt_evidence') {
        if (this.values.result === 'exempt' && this.textAt(record, 'evidence_reference') === '') this.report('evidence_reference', 'value_missing', '')
      } else this.checkStatus(record)
    }
  }

  private checkStatus(record: RecordView): void {
    const { returnedField, values } = this
    const isReturnWritten = returnedField >= 0 && record.starts[returnedField] !== record.ends[returnedField]
    // Amounts are compared with a stated return only, which is rare.
    const amountOf = (column: string): Amount | null => (isReturnWritten ? this.amountAt(record, column) : null)
    const faults = statusFaults({
      status: values.status,
      hasInstructedAt: (values.instants & 1) !== 0,
      hasCreditedAt: (values.instants & 2) !== 0,
      hasReturnedAt: (values.instants & 4) !== 0,
      returnedAmount: amountOf('returned_amount'),
      instructedAmount: amountOf('instructed_amount'),
      creditedAmount: amountOf('credited_amount'),
    })
    for (const { column, code } of faults) this.report(column, code, this.textAt(record, column))
  }

  /** The amount in a column of the record; null when there is none that can be read. */
  private amountAt(record: RecordView, column: string): Amount | null {
    const field = this.settings.columns.indexOf(column)
    if (field < 0) return null
    const [start, end] = trimmed(record, field)
    return start < end && readAmountBytes(this.spare, record.fields, start, end, this.values.minorDigits) === null ? registerText(this.spare) : null
  }

  private report(column: string | null, code: ProblemCode, raw: string, suggestion: string | null = null): void {
    const padded = code === 'identifier_lost_zeros' ? raw.padStart(raw.length === 8 ? 9 : 12, '0') : suggestion
    this.problems.push({ column, code, raw: showable(raw), suggestion: padded })
  }

  private hasLineFault(faults: readonly CellFault[]): boolean {
    for (const { field, code, raw, suggestion } of faults) if (field < 0) this.problems.push({ column: null, code, raw: showable(raw), suggestion })
    return this.problems.length > 0
  }

  /** What its reader says of a cell stands before what the cell's text says; columns that fill nothing are nobody's fault. */
  private addFaults(faults: readonly CellFault[]): void {
    for (const { field, code, raw, suggestion } of faults) {
      const step = this.steps.find((one) => one.field === field)
      if (step === undefined) continue
      const column = step.column.name
      for (let at = this.problems.length - 1; at >= 0; at -= 1) if (this.problems[at]?.column === column) this.problems.splice(at, 1)
      this.problems.push({ column, code, raw: showable(raw), suggestion })
    }
  }

  /** In the order in which the kind lists its columns, which is not the order of reading. */
  private sortProblems(): void {
    const order = this.settings.kind.columns.map(({ name }) => name)
    this.problems.sort((first, second) => order.indexOf(first.column ?? '') - order.indexOf(second.column ?? ''))
  }
}

/** Where the value of a field begins and ends, without the blanks around it. */
function trimmed({ fields, starts, ends }: RecordView, field: number): [number, number] {
  let start = starts[field] as number
  let end = ends[field] as number
  while (start < end && isBlank(fields[start] as number)) start += 1
  while (end > start && isBlank(fields[end - 1] as number)) end -= 1
  return [start, end]
}

/** The record as it stands in the file. */
function rawText(record: RecordView): string {
  const bytes = record.rawBytes()
  return textOf(bytes, 0, bytes.length)
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}
