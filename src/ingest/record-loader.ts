/** Takes the bytes of a CSV file piece by piece: each record becomes a row, problems, or a line that is no data. */
import { CsvScanner, FileFault, oddities, refuseInvalidUtf8, showable, type CellFault, type Header, type LineNotes, type Translation } from '../formats/index.ts'
import { asideOf, type AsideReason } from './asides.ts'
import { BufferPool } from './buffer-pool.ts'
import { readTotal, type LineTally } from './line-tally.ts'
import { numbered } from './opening.ts'
import type { RepeatFilter } from './repeat-filter.ts'
import { groupCount, personFieldOf } from './person-groups.ts'
import { RowFrame } from './row-frame.ts'
import { RowEncoder, type RowProblem } from './row-encoder.ts'
import { TupleWriter } from './tuple-writer.ts'
import type { SchemeBook } from './word-list.ts'

const none: readonly CellFault[] = []

/** Everything between bytes and rows, and all of it synchronous. */
export class RecordLoader {
  private readonly header: Header
  private readonly tally: LineTally
  private readonly filter: RepeatFilter
  private readonly scanner: CsvScanner
  /** Where the filled buffers come from, and where they go back to once they are sent. */
  readonly pool = new BufferPool()
  private readonly writer: TupleWriter
  private readonly encoder: RowEncoder
  private recordsSeen = 0
  private headerBytes: Buffer = Buffer.alloc(0)
  private isAfterTotal = false
  private readonly isList: boolean
  private readonly notes: LineNotes | null
  private readonly isStructured: boolean
  private readonly isMarked: boolean
  // The sender's numbers of the lines on which the record in hand begins and ends.
  private line = 0
  private lastLine = 0
  private written: readonly string[] | null = null

  /**
   * @param translation where the bytes come from when they are not the file's own
   * @param onlyAgent the one bank that its lines may be about; null: any
   */
  constructor(header: Header, fileId: number, schemes: SchemeBook, tally: LineTally, filter: RepeatFilter, translation?: Translation, onlyAgent: number | null = null) {
    this.header = header
    this.notes = translation?.notes ?? null
    this.isStructured = translation?.isStructured ?? false
    this.isMarked = translation?.isMarked ?? false
    this.isList = header.kind.name === 'beneficiary_list'
    this.tally = tally
    this.filter = filter
    this.scanner = new CsvScanner(header.delimiter.charCodeAt(0))
    this.writer = new TupleWriter(this.pool, personFieldOf(header.kind, header.columns) < 0 ? null : new RowFrame(groupCount, this.pool))
    this.encoder = new RowEncoder({
      kind: header.kind,
      fileId,
      columns: header.columns,
      schemes,
      writer: this.writer,
      sum: tally.sum,
      onlyAgent,
      onHashed: (key, bytes, start, end) => { tally.addHashed(key, bytes, start, end) },
    })
  }

  get marks(): readonly number[] {
    return this.scanner.marks
  }

  /**
   * Takes the complete records of bytes [start, end); the place of the first byte that it could not take yet.
   *
   * @param base where byte 0 of `bytes` stands in the file (negative when bytes stand before it)
   */
  load(bytes: Buffer, start: number, end: number, base: number, isLast: boolean): number {
    const { scanner } = this
    const firstLine = scanner.lineAhead
    scanner.load(bytes, start, end, base, isLast)
    // Values are read as UTF-8, so its validity comes first; up to the last line break, where no letter is cut in two.
    refuseInvalidUtf8(bytes, start, isLast ? end : lastBreak(bytes, start, end), base, firstLine)
    if (this.notes === null) while (scanner.next()) this.takeRecord(scanner.line, scanner.lastLine)
    else this.takeNoted(this.notes)
    return scanner.position
  }

  takeFilled(): Buffer[] {
    return this.writer.takeFilled()
  }

  finish(): Buffer[] {
    return this.writer.finish()
  }

  /** The records of a translation, each with what its reader knows of it. */
  private takeNoted(notes: LineNotes): void {
    const { scanner, tally, header } = this
    while (this.hasNext(notes)) {
      const number = notes.numberOf(scanner.line)
      const remark = notes.take(scanner.line)
      if (remark?.beginsPart === true) {
        tally.beginPart()
        this.isAfterTotal = false
      }
      this.written = remark?.written ?? null
      if (remark?.aside === undefined) {
        this.takeRecord(number, number, remark?.faults?.filter(({ field }) => field < 0 || (header.columns[field] ?? null) !== null))
        continue
      }
      tally.lines += 1
      tally.addIgnored(remark.aside, number, number)
    }
  }

  private hasNext(notes: LineNotes): boolean {
    try {
      return this.scanner.next()
    } catch (error) {
      throw numbered(error, notes)
    }
  }

  private takeRecord(line: number, lastLine: number, faults: readonly CellFault[] = none): void {
    const { scanner, header, tally, encoder } = this
    this.line = line
    this.lastLine = lastLine
    if (this.recordsSeen < header.recordsFromTop) {
      this.takeTop()
      return
    }
    tally.lines += 1
    if (scanner.fieldCount === 1 && scanner.starts[0] === scanner.ends[0]) this.setAside('empty')
    else if (this.isHeaderAgain()) this.setAside('header')
    else {
      if ((scanner.flags & oddities.severalLines) !== 0 && !this.isStructured) this.refuseSwallowedLines()
      if (!encoder.encode(scanner, line, faults)) this.takeOdd()
      else {
        tally.stored += 1
        if (this.isList) tally.addTerm(encoder.term)
        tally.addStamp(encoder.stamp)
        this.filter.add(encoder.contentHash, encoder.person, encoder.hasIdentity)
      }
    }
  }

  private setAside(reason: AsideReason): void {
    this.tally.addIgnored(reason, this.line, this.lastLine)
  }

  /** Title rows, a `sep=` line and the header itself. */
  private takeTop(): void {
    const { scanner, header, tally } = this
    this.recordsSeen += 1
    if (this.recordsSeen === header.recordsFromTop) {
      this.headerBytes = Buffer.from((scanner.fields as Buffer).subarray(scanner.recordStart, scanner.recordEnd))
      if ((scanner.flags & oddities.doubledQuote) !== 0) this.headerBytes = Buffer.alloc(0)
      return
    }
    tally.lines += 1
    const isEmpty = scanner.fieldCount === 1 && scanner.starts[0] === scanner.ends[0]
    const reason = isEmpty ? 'empty' : this.recordsSeen === 1 && header.hasSeparatorLine ? 'separator' : 'title'
    this.setAside(reason)
  }

  private isHeaderAgain(): boolean {
    const { scanner, headerBytes } = this
    const length = headerBytes.length
    if (length === 0 || scanner.recordEnd - scanner.recordStart !== length || (scanner.flags & oddities.doubledQuote) !== 0) return false
    const { fields, recordStart } = scanner
    for (let at = 0; at < length; at += 1) if (fields[recordStart + at] !== headerBytes[at]) return false
    return true
  }

  /**
   * A quote that is opened by mistake and met by another mistake some lines below swallows whole records into one value.
   * Such a value holds exactly as many delimiters as the lines in it would have, or leaves its own record short of
   * fields; a name or an address does neither.
   */
  private refuseSwallowedLines(): void {
    const { scanner, header } = this
    const delimiter = header.delimiter.charCodeAt(0)
    for (let field = 0; field < scanner.fieldCount; field += 1) {
      let delimiters = 0
      let breaks = 0
      for (let at = scanner.starts[field] as number; at < (scanner.ends[field] as number); at += 1) {
        const byte = scanner.fields[at]
        if (byte === delimiter) delimiters += 1
        else if (byte === 0x0a || (byte === 0x0d && scanner.fields[at + 1] !== 0x0a)) breaks += 1
      }
      const isWholeRecords = delimiters === breaks * (header.columns.length - 1)
      if (breaks === 0 || delimiters === 0 || (!isWholeRecords && scanner.fieldCount === header.columns.length)) continue
      throw new FileFault('quote_unbalanced', `the quote opened on line ${scanner.quoteLine} takes in other lines`, { line: scanner.quoteLine })
    }
  }

  private takeOdd(): void {
    const { scanner, header, tally, encoder } = this
    const problems = encoder.problems.map((problem) => this.asWritten(problem))
    const isShapeWrong = problems.some(({ code }) => code === 'field_count')
    const aside = this.isMarked ? null : asideOf(scanner, header, encoder, this.isAfterTotal)
    if (aside !== null) {
      if (aside.reason === 'total') {
        this.isAfterTotal = true
        if (aside.total !== null) tally.addTotal(this.line, aside.total)
      }
      this.setAside(aside.reason)
      return
    }
    if (isShapeWrong && (scanner.flags & oddities.severalLines) !== 0 && !this.isStructured) {
      throw new FileFault('quote_unbalanced', `the quote opened on line ${scanner.quoteLine} takes in other lines`, { line: scanner.quoteLine })
    }
    if (isShapeWrong && (scanner.flags & oddities.unterminated) !== 0 && scanner.fieldCount < header.columns.length) {
      throw new FileFault('file_truncated', `the file ends in the middle of line ${scanner.line}`, { line: scanner.line })
    }
    tally.addProblems(this.line, problems)
    this.addProblemAmount(problems)
  }

  /** A problem with what the sender wrote, where the line holds the value in our form. */
  private asWritten(problem: RowProblem): RowProblem {
    const written = this.written?.[this.header.columns.indexOf(problem.column)]
    return written === undefined || problem.column === null ? problem : { ...problem, raw: showable(written.trim()) }
  }

  /**
   * The control totals cover lines with problems too, as long as their amount can be read: a problem with the amount
   * itself means that it cannot, unless all that is wrong with plain digits is that they are zero or negative.
   */
  private addProblemAmount(problems: readonly RowProblem[]): void {
    const { scanner, header, tally, encoder } = this
    const column = header.kind.columns.find(({ name }) => name === header.kind.sumColumn)
    if (column === undefined) return
    const isUnreadable = problems.some((problem) => problem.column === null || (problem.column === column.name && problem.code !== 'amount_not_positive'))
    const text = isUnreadable ? null : encoder.textAt(scanner, column.name)
    if (text === '') return
    tally.addProblemAmount(text === null || text.length > 40 ? null : readTotal(text))
  }
}

function lastBreak(bytes: Buffer, start: number, end: number): number {
  for (let at = end; at > start; at -= 1) if (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d) return at
  return start
}
