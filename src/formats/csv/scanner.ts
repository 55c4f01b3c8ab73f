/**
 * Cuts bytes into records and fields without making a string: places in a buffer, physical line numbers, what is odd.
 *
 * Knows quotes with doubled quotes, line breaks inside quotes, and CRLF, LF and lone CR in any mixture. Asks for more
 * bytes when a record is not complete; the caller keeps the bytes from `position` on and loads them again with more.
 */
import { FileFault } from '../fault.ts'
import { linesPerMark, maximumColumns, maximumRecordBytes } from '../limits.ts'

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** What is odd about a record; added up in `flags`. */
export const oddities = {
  /** A quote inside an unquoted value, or text after a closing quote. */
  misplacedQuote: 1,
  /** A quote written twice for one; the fields have been rewritten. */
  doubledQuote: 2,
  /** The record goes over several physical lines. */
  severalLines: 4,
  /** The file ends without a line break after it. */
  unterminated: 8,
} as const

export class CsvScanner {
  /** Where each field of the record begins and ends in `fields`, without its quotes. */
  readonly starts = new Int32Array(maximumColumns)
  readonly ends = new Int32Array(maximumColumns)
  /** The bytes that `starts` and `ends` point into: the loaded ones, or a rewritten copy. */
  fields: Uint8Array = new Uint8Array(0)
  fieldCount = 0
  /** Any of `oddities`. */
  flags = 0
  /** The physical line on which the record begins, the file's first is 1; and the one on which it ends. */
  line = 1
  lastLine = 1
  /** The line on which the first value of the record that goes over several lines begins; 0 when none does. */
  quoteLine = 0
  /** The record's place in the loaded bytes, without its line break. */
  recordStart = 0
  recordEnd = 0
  /** The first byte that has not been given out. */
  position = 0
  /** Where lines 1, 1 + linesPerMark, 1 + 2 × linesPerMark … begin in the file. */
  readonly marks: number[] = [0]

  private bytes: Uint8Array = new Uint8Array(0)
  private end = 0
  private base = 0
  private isLast = false
  private nextLine = 1
  private nextMark = 1 + linesPerMark
  private readonly delimiter: number
  private readonly stops = new Uint8Array(256)

  constructor(delimiter: number) {
    this.delimiter = delimiter
    for (const stop of [delimiter, quote, lineFeed, carriageReturn]) this.stops[stop] = 1
  }

  /** Gives it bytes `start` to `end`; byte 0 of `bytes` is byte `base` of the file; `isLast`: nothing follows. */
  load(bytes: Uint8Array, start: number, end: number, base: number, isLast: boolean): void {
    this.bytes = bytes
    this.position = start
    this.end = end
    this.base = base
    this.isLast = isLast
  }

  /** The record as it stands in the file, without its line break. */
  rawBytes(): Uint8Array {
    return this.bytes.subarray(this.recordStart, this.recordEnd)
  }

  /** The line on which the next record will begin. */
  get lineAhead(): number {
    return this.nextLine
  }

  /**
   * Moves to the next record; false when the loaded bytes hold no further complete one.
   *
   * @throws FileFault when quotes, length or number of columns leave the structure of the file in doubt
   */
  next(): boolean {
    const { bytes, end, delimiter, stops, starts, ends } = this
    let at = this.position
    if (at >= end) return false
    const recordStart = at
    const marksBefore = this.marks.length
    this.quoteLine = 0
    let lastLine = this.nextLine
    let count = 0
    let flags = 0
    let firstQuoteLine = 0
    for (;;) {
      let fieldStart = at
      let fieldEnd = -1
      if (at < end && bytes[at] === quote) {
        const quoteLine = lastLine
        fieldStart = at + 1
        at = this.closingQuote(fieldStart, lastLine)
        if (at < 0) return this.incomplete(recordStart, marksBefore, quoteLine)
        lastLine = this.lineInQuotes
        if (lastLine > quoteLine && firstQuoteLine === 0) firstQuoteLine = quoteLine
        this.quoteLine = firstQuoteLine
        if (this.sawDoubled) flags |= oddities.doubledQuote
        fieldEnd = at
        at += 1
        if (at < end && stops[bytes[at] as number] === 0) {
          // Text right after a closing quote: on one line that is a slip in this row, but over several lines nobody
          // can say which rows were swallowed.
          if (lastLine > quoteLine) throw quoteUnbalanced(quoteLine)
          flags |= oddities.misplacedQuote
          fieldEnd = -1
        }
      }
      if (fieldEnd < 0) {
        for (;;) {
          while (at < end && stops[bytes[at] as number] === 0) at += 1
          if (at < end && bytes[at] === quote) {
            flags |= oddities.misplacedQuote
            at += 1
          } else break
        }
        fieldEnd = at
      }
      if (count === maximumColumns) throw new FileFault('too_many_columns', `line ${this.nextLine} has more than ${maximumColumns} columns`, { line: this.nextLine })
      starts[count] = fieldStart
      ends[count] = fieldEnd
      count += 1
      if (at >= end) {
        if (!this.isLast) return this.incomplete(recordStart, marksBefore, 0)
        return this.finish(recordStart, at, at, count, flags | oddities.unterminated, lastLine)
      }
      const stop = bytes[at] as number
      if (stop === delimiter) {
        at += 1
        continue
      }
      let next = at + 1
      if (stop === carriageReturn) {
        if (next >= end && !this.isLast) return this.incomplete(recordStart, marksBefore, 0)
        if (next < end && bytes[next] === lineFeed) next += 1
      }
      return this.finish(recordStart, at, next, count, flags, lastLine)
    }
  }

  private lineInQuotes = 0
  private sawDoubled = false

  /** The place of the quote that closes the field, −1 when it is not among the loaded bytes. */
  private closingQuote(start: number, line: number): number {
    const { bytes, end } = this
    this.lineInQuotes = line
    this.sawDoubled = false
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte > quote) continue
      if (byte === quote) {
        if (at + 1 >= end && !this.isLast) return -1
        if (at + 1 >= end || bytes[at + 1] !== quote) return at
        this.sawDoubled = true
        at += 1
      } else if (byte === lineFeed || byte === carriageReturn) {
        if (byte === carriageReturn && at + 1 < end && bytes[at + 1] === lineFeed) at += 1
        this.lineInQuotes += 1
        this.mark(this.lineInQuotes, at + 1)
      }
    }
    return -1
  }

  private incomplete(recordStart: number, marksBefore: number, quoteLine: number): false {
    if (quoteLine > 0 && this.isLast) throw quoteUnbalanced(quoteLine)
    if (this.end - recordStart > maximumRecordBytes) throw quoteLine > 0 ? quoteUnbalanced(quoteLine) : lineTooLong(this.nextLine)
    this.nextMark -= (this.marks.length - marksBefore) * linesPerMark
    this.marks.length = marksBefore
    return false
  }

  private finish(recordStart: number, recordEnd: number, next: number, count: number, flags: number, lastLine: number): true {
    if (recordEnd - recordStart > maximumRecordBytes) throw lineTooLong(this.nextLine)
    this.recordStart = recordStart
    this.recordEnd = recordEnd
    this.position = next
    this.fieldCount = count
    this.line = this.nextLine
    this.lastLine = lastLine
    this.flags = lastLine > this.line ? flags | oddities.severalLines : flags
    this.fields = this.bytes
    this.nextLine = lastLine + 1
    if (next > recordEnd) this.mark(this.nextLine, next)
    if ((flags & oddities.doubledQuote) !== 0) this.rewriteDoubled()
    return true
  }

  private mark(line: number, at: number): void {
    if (line !== this.nextMark) return
    this.marks.push(this.base + at)
    this.nextMark += linesPerMark
  }

  /** Copies the fields of the record, each doubled quote as one. */
  private rewriteDoubled(): void {
    const { bytes, starts, ends } = this
    const rewritten = new Uint8Array(this.recordEnd - this.recordStart)
    let length = 0
    for (let field = 0; field < this.fieldCount; field += 1) {
      const start = starts[field] as number
      const end = ends[field] as number
      const isQuoted = start > this.recordStart && bytes[start - 1] === quote
      starts[field] = length
      for (let at = start; at < end; at += 1) {
        rewritten[length++] = bytes[at] as number
        if (isQuoted && bytes[at] === quote && at + 1 < end && bytes[at + 1] === quote) at += 1
      }
      ends[field] = length
    }
    this.fields = rewritten
  }
}

function quoteUnbalanced(line: number): FileFault {
  return new FileFault('quote_unbalanced', `the quote opened on line ${line} is not closed where a value can end`, { line })
}

function lineTooLong(line: number): FileFault {
  return new FileFault('line_too_long', `line ${line} is longer than ${maximumRecordBytes} bytes`, { line })
}
