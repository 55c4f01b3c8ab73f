/** Finds the header of a CSV file below its title rows, and with it the delimiter, the kind and what each column is. */
import { foldWord, type Kind } from '../../core/index.ts'
import { FileFault } from '../fault.ts'
import { candidatesOf, chooseHeader, explainMissing, wantedKind, type HeaderRow } from '../header-rows.ts'
import { headerSearchRecords } from '../limits.ts'
import { textOf } from '../texts.ts'
import { CsvScanner } from './scanner.ts'

/** What the top of a file says about the rest of it. */
export interface Header {
  readonly kind: Kind
  /** `,` `;` or tab. */
  readonly delimiter: string
  /** The physical line on which the header begins. */
  readonly line: number
  /** What each column holds, in the file's order; null for one that is ignored. */
  readonly columns: readonly (string | null)[]
  /** The header cells as they are compared, to know a repeated header by. */
  readonly folded: readonly string[]
  /** How many records from the top to the header, it included. */
  readonly recordsFromTop: number
  /** True when the first line is `sep=;` and says nothing else. */
  readonly hasSeparatorLine: boolean
}

const delimiters = [0x2c, 0x3b, 0x09]
const separatorLine = /^"?sep=([,;\t|])"?$/

/**
 * The header: the first record within the first 50 that has every required column of the kind; of exactly one kind
 * when none is given.
 *
 * @param head the beginning of the file, valid UTF-8; `start` its first byte after a byte order mark
 * @param isWhole true when the file holds no more than `head`
 * @throws FileFault `kind_unknown`, `kind_ambiguous`, `column_missing`, `column_doubled` or `header_missing`
 */
export function findHeader(head: Uint8Array, start: number, isWhole: boolean, kindName?: string): Header {
  const wanted = wantedKind(kindName)
  const declared = declaredDelimiter(head, start)
  const read = (declared === null ? delimiters : [declared]).map((delimiter) => ({ delimiter, rows: readRows(head, start, isWhole, delimiter) }))
  const candidates = read.flatMap(({ delimiter, rows }) => candidatesOf(rows).map((candidate) => ({ ...candidate, delimiter })))
  const best = chooseHeader(candidates, wanted)
  if (best === null) throw explainMissing(candidates, wanted, read.some(({ rows }) => rows.some(({ cells }) => cells.filter((cell) => cell !== '').length > 1)))
  return {
    kind: best.kind,
    delimiter: String.fromCharCode(best.delimiter),
    line: best.line,
    columns: best.columns,
    folded: best.cells.map(foldWord),
    recordsFromTop: best.record,
    hasSeparatorLine: declared !== null,
  }
}

/** `sep=;` on the first line, as spreadsheets write it. */
function declaredDelimiter(head: Uint8Array, start: number): number | null {
  const match = separatorLine.exec(/^[^\r\n]*/.exec(Buffer.from(head.subarray(start, start + 12)).toString('latin1'))?.[0] ?? '')
  return match === null ? null : (match[1] as string).charCodeAt(0)
}

/** The cells of each of the first records. */
function readRows(head: Uint8Array, start: number, isWhole: boolean, delimiter: number): HeaderRow[] {
  const scanner = new CsvScanner(delimiter)
  scanner.load(head, start, head.length, 0, isWhole)
  const rows: HeaderRow[] = []
  try {
    for (let record = 1; record <= headerSearchRecords && scanner.next(); record += 1) {
      const cells: string[] = []
      for (let field = 0; field < scanner.fieldCount; field += 1) cells.push(textOf(scanner.fields, scanner.starts[field] as number, scanner.ends[field] as number).trim())
      rows.push({ cells, text: textOf(head, scanner.recordStart, scanner.recordEnd), line: scanner.line, record })
    }
  } catch (error) {
    // With the wrong delimiter the structure may look broken; the right one is judged when the file is read.
    if (!(error instanceof FileFault)) throw error
  }
  return rows
}
