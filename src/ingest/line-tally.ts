/** Keeps count of every line of one file, and holds its problems and its ignored lines until they are stored. */
import { hashBytes, keyText, money, type Amount, type ControlTotals, type Key, type Problem } from '../core/index.ts'
import { FileFault, showable } from '../formats/index.ts'
import type { AsideReason } from './asides.ts'
import { ExactSum } from './decimal-register.ts'
import { RowSpill } from './row-spill.ts'
import type { RowProblem, Term } from './row-encoder.ts'
import { newKey } from './word-list.ts'

/** A total that stands in the file: where, as written, how many data lines are above it, and in which part. */
interface Total {
  readonly line: number
  readonly text: string
  readonly linesAbove: number
  readonly part: number
}

/** How many problems a receipt shows; all are stored. */
export const problemsShown = 10_000
const mostStamps = 1000

export class LineTally {
  /** Records of the file, the header not among them. */
  lines = 0
  /** Rows that were written, repeats among them. */
  stored = 0
  problemLines = 0
  ignored = 0
  /** Sum of the amounts of all data lines. */
  readonly sum = new ExactSum()
  /** False once a data line's amount could not be read. */
  isSumKnown = true
  /** The totals that the file itself states, and how many data lines stand above each. */
  readonly totals: Total[] = []
  readonly problems: Problem[] = []
  readonly problemRows = new RowSpill()
  readonly ignoredRows = new RowSpill()
  readonly hashedRows = new RowSpill()
  readonly termRows = new RowSpill()
  private readonly fileId: number
  private run: { reason: AsideReason; first: number; last: number } | null = null
  private readonly knownHashes = new Set<string>()
  private readonly knownTerms = new Set<string>()
  private lastTerm = { id: -1, stamp: NaN, dueDay: NaN }
  private lastStamp = NaN
  /** The values in the kind's stamp column, −1 for none; null when they are many. */
  stamps: Set<number> | null = new Set()

  // What each part (sheet) of the file before the one in hand adds up to; null where an amount could not be read.
  private readonly partSums: (Amount | null)[] = []
  private sumBefore: Amount = money.zero
  private isPartKnown = true

  constructor(fileId: number) {
    this.fileId = fileId
  }

  get dataLines(): number {
    return this.stored + this.problemLines
  }

  addProblems(line: number, found: readonly RowProblem[]): void {
    this.problemLines += 1
    for (const { column, code, raw, suggestion } of found) {
      if (this.problems.length < problemsShown) this.problems.push({ line, column, code, raw, suggestion })
      const { writer } = this.problemRows
      this.problemRows.beginRow(6, ((raw?.length ?? 0) + (suggestion?.length ?? 0)) * 3 + 200)
      writer.whole(this.fileId)
      writer.whole(line)
      for (const text of [column, code, raw, suggestion]) {
        if (text === null) writer.null()
        else writer.string(text)
      }
    }
  }

  addIgnored(reason: AsideReason, first: number, last: number): void {
    this.ignored += 1
    const { run } = this
    if (run !== null && run.reason === reason && run.last + 1 === first) {
      run.last = last
      return
    }
    this.endRun()
    this.run = { reason, first, last }
  }

  /** Remembers the text behind a key that is a hash; once per text, as long as there are not very many. */
  addHashed(key: Key, bytes: Uint8Array, start: number, end: number): void {
    const name = keyText(key)
    if (this.knownHashes.has(name)) {
      // Two texts with one key are looked for in the database; here only the same text may be left out.
      hashBytes(this.check, bytes, start, end, 1)
      if (this.knownHashes.has(`${name} ${this.check.low}`)) return
    }
    if (this.knownHashes.size > 100_000) this.knownHashes.clear()
    hashBytes(this.check, bytes, start, end, 1)
    this.knownHashes.add(name).add(`${name} ${this.check.low}`)
    this.hashedRows.beginRow(2, end - start + 64)
    this.hashedRows.writer.int64(key.high, key.low)
    this.hashedRows.writer.text(bytes, start, end)
  }
  private readonly check = newKey()

  addStamp(stamp: number): void {
    if (stamp === this.lastStamp || this.stamps === null) return
    this.lastStamp = stamp
    this.stamps.add(stamp)
    if (this.stamps.size > mostStamps) this.stamps = null
  }

  /** Remembers a scheme, month and due date that a list names; once each, as long as there are not very many. */
  addTerm({ scheme, stamp, dueDay }: Term): void {
    const { lastTerm } = this
    const id = scheme?.id ?? -1
    if (id === lastTerm.id && stamp === lastTerm.stamp && (dueDay === lastTerm.dueDay || (Number.isNaN(dueDay) && Number.isNaN(lastTerm.dueDay)))) return
    this.lastTerm = { id, stamp, dueDay }
    const name = `${id} ${stamp} ${dueDay}`
    if (this.knownTerms.has(name)) return
    if (this.knownTerms.size > 10_000) this.knownTerms.clear()
    this.knownTerms.add(name)
    this.termRows.beginRow(4, 32)
    const { writer } = this.termRows
    writer.int32(this.fileId)
    writer.int16(id)
    writer.int32(stamp)
    if (Number.isNaN(dueDay)) writer.null()
    else writer.date(dueDay)
  }

  /** Counts in the amount of a data line that has problems; null: it cannot be read. */
  addProblemAmount(amount: Amount | null): void {
    if (amount === null) this.isSumKnown = this.isPartKnown = false
    else this.sum.addAmount(amount)
  }

  /** Remembers a total that stands in the file. */
  addTotal(line: number, text: string): void {
    this.totals.push({ line, text, linesAbove: this.dataLines, part: this.partSums.length })
  }

  /** From here on lines belong to the next part of the file; a total is then that of its part, or of the whole. */
  beginPart(): void {
    const sum = this.sum.total
    this.partSums.push(this.isPartKnown ? money.subtract(sum, this.sumBefore) : null)
    this.sumBefore = sum
    this.isPartKnown = true
  }

  /** Ends the last run of ignored lines, and makes sure that every line was counted once. */
  finish(repeats: number): void {
    this.endRun()
    const accepted = this.stored - repeats
    if (accepted < 0 || accepted + repeats + this.problemLines + this.ignored !== this.lines) {
      throw new Error(`lines do not add up: ${accepted} accepted + ${repeats} repeats + ${this.problemLines} problems + ${this.ignored} ignored, of ${this.lines}`)
    }
  }

  /**
   * Compares what the sender declared, and the totals in the file, with its data lines.
   *
   * @returns null when no sum was declared, false when it had to be left unchecked
   * @throws FileFault `control_count_mismatch` or `control_sum_mismatch`
   */
  checkControls(declaredCount: number | undefined, declaredSum: Amount | undefined): boolean | null {
    const sum = this.sum.total
    const compared = (declaredAmount: Amount | null): ControlTotals => ({
      declared_count: declaredCount === undefined ? null : `${declaredCount}`, counted_count: `${this.dataLines}`, declared_amount: declaredAmount, counted_amount: this.isSumKnown ? sum : null,
    })
    if (declaredCount !== undefined && declaredCount !== this.dataLines) {
      throw new FileFault('control_count_mismatch', `${declaredCount} lines were declared, the file holds ${this.dataLines}`, { raw: `${declaredCount}`, control: compared(declaredSum ?? null) })
    }
    this.beginPart()
    const isInParts = this.partSums.length > 1
    for (const { line, text, linesAbove, part } of this.totals) {
      const stated = readTotal(text)
      const partSum = isInParts ? (this.partSums[part] ?? null) : null
      if (partSum !== null && stated !== null && money.isEqual(stated, partSum)) continue
      // Where the lines themselves cannot be added up there is nothing to hold a total against, however it is written.
      if (!this.isSumKnown) continue
      if (stated === null) throw new FileFault('control_sum_mismatch', `the total on line ${line} is "${showable(text)}", which cannot be read; write digits only`, { line, raw: showable(text), control: compared(null) })
      const below = this.dataLines - linesAbove
      const lines = partSum !== null ? `the lines of its sheet add up to ${partSum}, all lines` : below === 0 ? 'the lines' : `all lines of the file (${below} of them below the total)`
      if (!money.isEqual(stated, sum)) throw new FileFault('control_sum_mismatch', `the total on line ${line} says ${stated}, ${lines} add up to ${sum}`, { line, raw: text, control: compared(stated) })
    }
    if (declaredSum !== undefined && this.isSumKnown && !money.isEqual(declaredSum, sum)) {
      throw new FileFault('control_sum_mismatch', `a sum of ${declaredSum} was declared, the lines add up to ${sum}`, { raw: declaredSum, control: compared(declaredSum) })
    }
    return declaredSum === undefined && this.totals.length === 0 ? null : this.isSumKnown
  }

  close(): void {
    for (const spill of [this.problemRows, this.ignoredRows, this.hashedRows, this.termRows]) spill.close()
  }

  private endRun(): void {
    if (this.run === null) return
    const { writer } = this.ignoredRows
    this.ignoredRows.beginRow(4, 100)
    writer.whole(this.fileId)
    writer.whole(this.run.first)
    writer.whole(this.run.last)
    writer.string(this.run.reason)
    this.run = null
  }
}

const totalPattern = /^(-?)0*(\d{1,18})(?:\.(\d\d))?$/

/** A total or a problem line's amount as a canonical amount: plain digits, with two after a point or none; null when it has another form. */
export function readTotal(text: string): Amount | null {
  const parts = totalPattern.exec(text)
  if (parts === null) return null
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  const units = (parts[2] ?? '').replace(/^0+(?=\d)/, '')
  const amount = fraction === '' ? units : `${units}.${fraction}`
  return amount === '0' ? amount : `${parts[1] ?? ''}${amount}`
}
