/** Reads CSV in UTF-8 as rows of texts, for what needs no speed: profiles, previews, the sender's own file back. */
import { CsvScanner, oddities } from './csv/scanner.ts'
import { markLength, refuseInvalidUtf8 } from './container.ts'
import { textOf } from './texts.ts'

/** One record. */
export interface TableRecord {
  /** The line of the CSV on which it begins, 1 is the first. */
  readonly line: number
  readonly cells: readonly string[]
  /** The record as it stands there, without its line break. */
  readonly raw: string
  /** True when quotes are where they should not be: the cells are then as good as the record allows. */
  readonly isOdd: boolean
  /** True when the file ends without a line break behind it. */
  readonly isUnterminated: boolean
}

/**
 * The records of a file, some at a time.
 *
 * @throws FileFault when bytes are no UTF-8, or quotes and lengths leave the structure in doubt
 */
export async function* readRecords(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, delimiter: string): AsyncGenerator<readonly TableRecord[], void> {
  const scanner = new CsvScanner(delimiter.charCodeAt(0))
  let left: Buffer = Buffer.alloc(0)
  let base = 0
  let isFirst = true
  const take = (bytes: Buffer, isLast: boolean): TableRecord[] => {
    // A byte order mark is no part of the first value.
    const start = isFirst ? markLength(bytes) : 0
    if (bytes.length > 3) isFirst = false
    let whole = bytes.length
    if (!isLast) while (whole > start && bytes[whole - 1] !== 0x0a && bytes[whole - 1] !== 0x0d) whole -= 1
    refuseInvalidUtf8(bytes, start, whole, base, scanner.lineAhead)
    scanner.load(bytes, start, bytes.length, base, isLast)
    const records: TableRecord[] = []
    while (scanner.next()) records.push(recordOf(scanner, bytes))
    left = Buffer.from(bytes.subarray(scanner.position))
    base += scanner.position
    return records
  }
  for await (const piece of pieces) {
    const records = take(left.length === 0 ? Buffer.from(piece) : Buffer.concat([left, piece]), false)
    if (records.length > 0) yield records
  }
  const records = take(left, true)
  if (records.length > 0) yield records
}

function recordOf(scanner: CsvScanner, bytes: Buffer): TableRecord {
  const cells: string[] = []
  for (let field = 0; field < scanner.fieldCount; field += 1) cells.push(textOf(scanner.fields, scanner.starts[field] as number, scanner.ends[field] as number))
  return {
    line: scanner.line,
    cells,
    raw: textOf(bytes, scanner.recordStart, scanner.recordEnd),
    isOdd: (scanner.flags & oddities.misplacedQuote) !== 0,
    isUnterminated: (scanner.flags & oddities.unterminated) !== 0,
  }
}

/** A value as CSV holds it: in quotes where it has to be. */
export function csvCell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
