/** The stream of one file through the scanner and the row checks into the COPY of its table. */
import type { Writable } from 'node:stream'
import type { Transaction } from '../db/index.ts'
import { CsvScanner, FileFault, linesPerMark, oddities, refuseInvalidUtf8, type Header } from '../formats/index.ts'
import { asideOf } from './asides.ts'
import type { FileReceiver } from './file-receiver.ts'
import { LineTally, readTotal } from './line-tally.ts'
import { RepeatFilter } from './repeat-filter.ts'
import { RowEncoder } from './row-encoder.ts'
import { send } from './row-spill.ts'
import { copyStatement } from './statements.ts'
import { TupleWriter } from './tuple-writer.ts'
import type { SchemeBook } from './word-list.ts'

/** What the top of a file says, read before its transaction begins. */
export interface Opening {
  readonly header: Header
  /** The first byte after a byte order mark. */
  readonly start: number
}

/** What loading needs to know. */
export interface LoadSettings {
  readonly transaction: Transaction
  readonly receiver: FileReceiver
  readonly opening: Opening
  readonly fileId: number
  readonly schemes: SchemeBook
  readonly size: number
  readonly onProgress?: (message: string) => void
}

/** What was found while loading. */
export interface Loaded {
  readonly tally: LineTally
  readonly filter: RepeatFilter
  /** Where every so many lines begin in the file. */
  readonly marks: { readonly every: number; readonly offsets: readonly number[] }
}

/** Rows shorter than this are rare; so many of them at most are expected in a file of a given size. */
const bytesPerRow = 100

/**
 * Loads every record of the file: its row, its problems, or the reason why it is no data.
 *
 * Memory stays the same however large the file is: two pieces of it, the rows of one piece, and a filter of 4 bytes a row.
 *
 * @throws FileFault when the file is in doubt as a whole
 */
export async function loadRecords(settings: LoadSettings): Promise<Loaded> {
  const { transaction, receiver, opening, fileId, schemes, size, onProgress } = settings
  const tally = new LineTally(fileId)
  const filter = new RepeatFilter(size / bytesPerRow)
  const records = new RecordLoader(opening.header, fileId, schemes, tally, filter)
  try {
    await transaction.copyFrom(copyStatement(opening.header.kind), async (into) => {
      const pump = new Pump(into)
      let left: Buffer = Buffer.alloc(0)
      let told = 0
      for (let isFirst = true; ; isFirst = false) {
        const chunk = await receiver.next()
        const bytes = chunk?.bytes ?? left
        let start = chunk === null ? 0 : chunk.start - left.length
        const end = chunk?.end ?? left.length
        if (chunk !== null) left.copy(bytes, start)
        // A byte order mark is no part of the first value.
        if (isFirst) start += opening.start
        const rest = records.load(bytes, start, end, receiver.size - end, chunk === null)
        left = Buffer.from(bytes.subarray(rest, end))
        await pump.send(records.takeFilled())
        if (chunk === null) break
        if (receiver.size - told > 67_108_864) {
          told = receiver.size
          onProgress?.(`${tally.lines} lines read (${Math.floor((receiver.size / Math.max(size, 1)) * 100)} %)`)
        }
      }
      await pump.send(records.finish())
      await pump.drained()
    })
  } catch (error) {
    tally.close()
    throw error
  }
  return { tally, filter, marks: { every: linesPerMark, offsets: records.marks } }
}

/** Writes buffers to the COPY, staying one piece ahead of the server so that both sides work. */
class Pump {
  private readonly into: Writable
  private sending: Promise<void> = Promise.resolve()

  constructor(into: Writable) {
    this.into = into
  }

  async send(buffers: readonly Buffer[]): Promise<void> {
    await this.sending
    this.sending = this.sendAll(buffers)
    this.sending.catch(() => undefined)
  }

  drained(): Promise<void> {
    return this.sending
  }

  private async sendAll(buffers: readonly Buffer[]): Promise<void> {
    for (const buffer of buffers) await send(this.into, buffer)
  }
}

/** Takes bytes piece by piece and writes rows; everything between is synchronous. */
export class RecordLoader {
  private readonly header: Header
  private readonly tally: LineTally
  private readonly filter: RepeatFilter
  private readonly scanner: CsvScanner
  private readonly writer = new TupleWriter()
  private readonly encoder: RowEncoder
  private recordsSeen = 0
  private headerBytes: Buffer = Buffer.alloc(0)
  private isAfterTotal = false

  constructor(header: Header, fileId: number, schemes: SchemeBook, tally: LineTally, filter: RepeatFilter) {
    this.header = header
    this.tally = tally
    this.filter = filter
    this.scanner = new CsvScanner(header.delimiter.charCodeAt(0))
    this.encoder = new RowEncoder({
      kind: header.kind,
      fileId,
      columns: header.columns,
      schemes,
      writer: this.writer,
      sum: tally.sum,
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
    while (scanner.next()) this.takeRecord()
    return scanner.position
  }

  takeFilled(): Buffer[] {
    return this.writer.takeFilled()
  }

  finish(): Buffer[] {
    return this.writer.finish()
  }

  private takeRecord(): void {
    const { scanner, header, tally, encoder } = this
    if (this.recordsSeen < header.recordsFromTop) return this.takeTop()
    tally.lines += 1
    const first = scanner.starts[0] as number
    const last = scanner.ends[0] as number
    if (scanner.fieldCount === 1 && first === last) return tally.addIgnored('empty', scanner.line, scanner.lastLine)
    if (this.isHeaderAgain()) return tally.addIgnored('header', scanner.line, scanner.lastLine)
    if ((scanner.flags & oddities.severalLines) !== 0) this.refuseSwallowedLines()
    if (encoder.encode(scanner, scanner.line)) {
      tally.stored += 1
      if (encoder.hasIdentity) this.filter.add(encoder.contentHash, encoder.person)
      return
    }
    this.takeOdd()
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
    tally.addIgnored(reason, scanner.line, scanner.lastLine)
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
    const problems = [...encoder.problems]
    const isShapeWrong = problems.some(({ code }) => code === 'field_count')
    const aside = asideOf(scanner, header, encoder, this.isAfterTotal)
    if (aside !== null) {
      if (aside.reason === 'total') {
        this.isAfterTotal = true
        if (aside.total !== null) tally.totals.push({ line: scanner.line, text: aside.total })
      }
      return tally.addIgnored(aside.reason, scanner.line, scanner.lastLine)
    }
    if (isShapeWrong && (scanner.flags & oddities.severalLines) !== 0) {
      throw new FileFault('quote_unbalanced', `the quote opened on line ${scanner.quoteLine} takes in other lines`, { line: scanner.quoteLine })
    }
    if (isShapeWrong && (scanner.flags & oddities.unterminated) !== 0 && scanner.fieldCount < header.columns.length) {
      throw new FileFault('file_truncated', `the file ends in the middle of line ${scanner.line}`, { line: scanner.line })
    }
    tally.addProblems(scanner.line, problems)
    const { sumColumn } = header.kind
    if (sumColumn === undefined) return
    const text = problems.some(({ column }) => column === null) ? null : encoder.textAt(scanner, sumColumn)
    const isOptional = header.kind.columns.every(({ name, isRequired }) => name !== sumColumn || isRequired !== true)
    if (text === '' && isOptional) return
    tally.addProblemAmount(text === null || text.length > 40 ? null : readTotal(text))
  }
}

function lastBreak(bytes: Buffer, start: number, end: number): number {
  for (let at = end; at > start; at -= 1) if (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d) return at
  return start
}
