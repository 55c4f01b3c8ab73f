/** Reads a file through a mapping profile: the sender's rows as CSV with our columns, each in its sender's place. */
import { createReadStream } from 'node:fs'
import { foldHeader, missingHeaders, readProfileHeader, readProfileRow, type Profile, type ProfileLayout } from '../core/index.ts'
import { FileFault } from './fault.ts'
import { headerSearchRecords, headBytes } from './limits.ts'
import { readRecords, type TableRecord } from './records.ts'
import { TableWriter } from './table-writer.ts'
import { showable } from './texts.ts'
import { openTranslation } from './translate.ts'
import type { CellFault, SourceFile, Translation, TranslationOptions } from './translation.ts'

/** A translation through a profile. */
export interface ProfiledTranslation extends Translation {
  /** Between the values of the sender's own CSV. */
  readonly senderDelimiter: string
  /** The sender's header, and what the profile makes of it. */
  readonly senderHeader: readonly string[]
  readonly layout: ProfileLayout
}

const delimiters = [',', ';', '\t']
const separatorLine = /^"?sep=([,;\t])"?$/

/**
 * The file as the profile reads it.
 *
 * Rows above the header stay above it, the header itself becomes ours, and every later row keeps its line number. What
 * the profile cannot read is a fault of its cell.
 *
 * @throws FileFault `column_missing`, `column_doubled`, and what the format itself throws
 */
export async function openProfiled(file: SourceFile, profile: Profile, options: TranslationOptions): Promise<ProfiledTranslation> {
  const base = (await openTranslation(file, { ...options, kind: profile.kind.name, profile })) ?? plainText(file.path)
  const pieces = new HeldBack(base.pieces)
  try {
    const head = await pieces.peek(headBytes)
    const { delimiter, header, layout, line } = await findHeader(profile, head, base)
    if (layout.doubled !== null) throw new FileFault('column_doubled', `the header on line ${line} has the column "${showable(layout.doubled)}" more than once`, { line, raw: showable(layout.doubled) })
    const writer = new TableWriter()
    return {
      format: base.format, encoding: base.encoding, isStructured: true, notes: writer.notes, parts: base.parts,
      pieces: translated(readRecords(pieces, delimiter), { profile, layout, header, headerLine: line, delimiter, base, writer }),
      senderDelimiter: delimiter, senderHeader: header, layout,
    }
  } catch (error) {
    await base.pieces.return()
    throw error
  }
}

function plainText(path: string): Translation {
  const pieces = async function* (): AsyncGenerator<Uint8Array, void> {
    for await (const piece of createReadStream(path, { highWaterMark: 262_144 })) yield piece as Buffer
  }
  return { format: 'csv', encoding: 'utf-8', isStructured: false, notes: null, pieces: pieces(), parts: () => [] }
}

interface Found {
  readonly delimiter: string
  readonly header: readonly string[]
  readonly layout: ProfileLayout
  /** The line of the CSV on which the header begins. */
  readonly line: number
}

/** The first record that has every header of the profile, in the delimiter that makes it so. */
async function findHeader(profile: Profile, head: Buffer, base: Translation): Promise<Found> {
  const declared = separatorLine.exec(/^[^\r\n]*/.exec(head.toString('latin1', 0, 12).replace(/^\u00ef\u00bb\u00bf/, ''))?.[0] ?? '')?.[1]
  const tried = base.isStructured ? [','] : profile.description.delimiter !== undefined ? [profile.description.delimiter] : declared !== undefined ? [declared] : delimiters
  let nearest: { missing: readonly string[]; record: TableRecord } | null = null
  for (const delimiter of tried) {
    for (const record of await topRecords(head, delimiter)) {
      const layout = readProfileHeader(profile, record.cells)
      if (layout !== null) return { delimiter, header: record.cells, layout, line: record.line }
      const missing = missingHeaders(profile, record.cells)
      if (nearest === null || missing.length < nearest.missing.length) nearest = { missing, record }
    }
  }
  if (nearest === null) throw new FileFault('file_empty', 'the file holds nothing')
  const names = nearest.missing.map((name) => `"${name}"`).join(', ')
  throw new FileFault('column_missing', `no line has all the headers of the profile; the nearest, line ${nearest.record.line}, lacks ${names}`, { line: nearest.record.line, column: nearest.missing[0] ?? null, raw: showable(nearest.record.raw) })
}

/** The first records of a file; what is wrong with its structure below them is found when it is read. */
async function topRecords(head: Buffer, delimiter: string): Promise<TableRecord[]> {
  const top: TableRecord[] = []
  // Of a longer file the line that the end of the head cuts off is left out.
  const end = head.length < headBytes ? head.length : Math.max(head.lastIndexOf(0x0a), head.lastIndexOf(0x0d)) + 1
  try {
    for await (const records of readRecords([head.subarray(0, end)], delimiter)) {
      top.push(...records)
      if (top.length >= headerSearchRecords) break
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    if (error.refusal.code === 'encoding_unknown') throw error
  }
  return top.slice(0, headerSearchRecords)
}

interface Reading extends Found {
  readonly profile: Profile
  readonly base: Translation
  readonly writer: TableWriter
  readonly headerLine: number
}

async function* translated(batches: AsyncIterable<readonly TableRecord[]>, reading: Omit<Reading, 'line'>): AsyncGenerator<Uint8Array, void> {
  const { base, writer } = reading
  try {
    for await (const records of batches) {
      for (const record of records) {
        addRecord(record, reading)
        if (writer.isFull) yield writer.take()
      }
    }
    yield writer.take()
  } finally {
    await base.pieces.return()
  }
}

function addRecord(record: TableRecord, { profile, layout, header, headerLine, delimiter, base, writer }: Omit<Reading, 'line'>): void {
  const number = base.notes?.numberOf(record.line) ?? record.line
  const remark = base.notes?.take(record.line) ?? null
  if (record.line < headerLine) writer.row(record.cells, number)
  else if (record.line === headerLine) writer.row(layout.header, number)
  else if (remark?.aside !== undefined) writer.row(record.cells, number, remark)
  else if (record.cells.length === 1 && record.cells[0] === '') writer.row([''], number, ...(remark === null ? [] : [remark]))
  else if (isHeaderAgain(record.cells, header)) writer.row(layout.header, number, { ...remark, aside: 'header' })
  else {
    if (!base.isStructured) refuseBrokenStructure(record, layout.width, delimiter)
    const { cells, problems } = readProfileRow(profile, layout, record.cells)
    const known = remark?.faults ?? []
    const faults: CellFault[] = [...known, ...problems.filter(({ field }) => !known.some((fault) => fault.field === field)).map(({ field, code, raw }) => ({ field, code, raw, suggestion: null }))]
    const fault = lineFault(record, cells.length, layout)
    if (fault !== null) faults.push(fault)
    writer.row(cells, number, { ...remark, written: record.cells, faults })
  }
}

/** What only the sender's own line shows: our cells hold no stray quotes any more, and as many of ours as theirs were added. */
function lineFault(record: TableRecord, cells: number, { header, width }: ProfileLayout): CellFault | null {
  const whole = { field: -1, raw: record.raw }
  if (cells !== header.length) return { ...whole, code: 'field_count', suggestion: `${record.cells.length} fields, the header has ${width}` }
  return record.isOdd ? { ...whole, code: 'quote_misplaced', suggestion: null } : null
}

function isHeaderAgain(cells: readonly string[], header: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, field) => foldHeader(cell) === foldHeader(header[field] as string))
}

/** As without a profile: a value that swallows whole lines, and a last line that breaks off, leave the file in doubt. */
function refuseBrokenStructure(record: TableRecord, width: number, delimiter: string): void {
  if (record.isUnterminated && record.cells.length < width) throw new FileFault('file_truncated', `the file ends in the middle of line ${record.line}`, { line: record.line })
  for (const cell of record.cells) {
    const breaks = cell.match(/\r\n|\r|\n/g)?.length ?? 0
    const inside = breaks === 0 ? 0 : cell.split(delimiter).length - 1
    if (inside > 0 && (inside === breaks * (width - 1) || record.cells.length !== width)) throw new FileFault('quote_unbalanced', `a quote opened on line ${record.line} takes in other lines`, { line: record.line })
  }
}

/** Pieces of which the first can be looked at before they are taken. */
class HeldBack implements AsyncIterable<Uint8Array> {
  private readonly pieces: AsyncGenerator<Uint8Array, void>
  private held: Buffer = Buffer.alloc(0)

  constructor(pieces: AsyncGenerator<Uint8Array, void>) {
    this.pieces = pieces
  }

  async peek(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let length = 0; length < bytes; ) {
      const { value, done } = await this.pieces.next()
      if (done === true) break
      parts.push(Buffer.from(value))
      length += value.length
    }
    this.held = Buffer.concat(parts)
    return this.held
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    yield this.held
    for await (const piece of this.pieces) yield piece
  }
}
