/** A table that was handed out to be filled in, read back from the workbook or the CSV that a person saved. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ColumnType } from '../core/index.ts'
import { translateText } from './encodings/index.ts'
import { FileFault } from './fault.ts'
import { headBytes, headerSearchRecords } from './limits.ts'
import { readRecords } from './records.ts'
import { filledSheet } from './xlsx/rows.ts'
import { isWorkbook } from './xlsx/index.ts'

/** By what the header is known, and what stands under each of its cells. */
export interface HeaderWanted {
  readonly isHeader: (cells: readonly string[]) => boolean
  /** Of what type a column is; null: text as it stands, in which nothing is at fault. */
  readonly typeOf: (headerCell: string) => ColumnType | null
}

/** One row as it was filled in. */
export interface FilledRow {
  /** As a person counts: the row of the sheet, the line of the CSV. */
  readonly number: number
  /** As many as the header has, without blanks around them. */
  readonly cells: readonly string[]
  /** What is wrong with a cell beyond its text, by its place: `formula_cell`, `cell_error` … */
  readonly faults: ReadonlyMap<number, string>
}

/** The table. */
export interface FilledTable {
  readonly format: 'csv' | 'xlsx'
  readonly header: readonly string[]
  readonly rows: readonly FilledRow[]
}

/**
 * The table in a file whose name says nothing: its first bytes decide. Rows without anything in them are left out.
 *
 * @throws FileFault when the container, the encoding or the structure is in doubt, `header_missing` when the header is not among the first 50 rows, `file_too_large` beyond `mostRows`
 */
export async function readFilledTable(path: string, wanted: HeaderWanted, mostRows: number): Promise<FilledTable> {
  const { head, size } = await beginning(path)
  if (size === 0) throw new FileFault('file_empty', 'the file holds nothing')
  const found = isWorkbook(head) ? await filledSheet(path, wanted, mostRows) : await filledCsv(path, head, size, wanted, mostRows)
  if (found === null) throw new FileFault('header_missing', `none of the first ${headerSearchRecords} rows is the header of the table`)
  return { format: isWorkbook(head) ? 'xlsx' : 'csv', header: found.header, rows: found.rows.filter(({ cells, faults }) => faults.size > 0 || cells.some((cell) => cell !== '')) }
}

async function beginning(path: string): Promise<{ head: Uint8Array; size: number }> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(Math.min(size, headBytes))
    await handle.read(head, 0, head.length, 0)
    return { head, size }
  } finally {
    await handle.close()
  }
}

async function filledCsv(path: string, head: Uint8Array, size: number, wanted: HeaderWanted, mostRows: number): Promise<{ header: readonly string[]; rows: FilledRow[] } | null> {
  if (head.subarray(0, 8192).includes(0) && (await translateText({ path, head, size })) === null) throw new FileFault('format_unknown', 'the file is neither a workbook nor text')
  for (const delimiter of [',', ';', '\t']) {
    const translated = await translateText({ path, head, size })
    const pieces = translated?.pieces ?? (createReadStream(path) as AsyncIterable<Uint8Array>)
    const found = await readDelimited(pieces, delimiter, wanted, mostRows)
    if (found !== null) return found
  }
  return null
}

async function readDelimited(pieces: AsyncIterable<Uint8Array>, delimiter: string, wanted: HeaderWanted, mostRows: number): Promise<{ header: readonly string[]; rows: FilledRow[] } | null> {
  let header: readonly string[] | null = null
  let looked = 0
  const rows: FilledRow[] = []
  for await (const records of readRecords(pieces, delimiter)) {
    for (const { line, cells: written } of records) {
      // The mark that keeps a text from being taken for a formula is ours (see table-file.ts).
      const cells = written.map((cell) => cell.replace(/^'(?=[\s\u0000]*[=+\-@＝＋－＠\t\r\n])/, '').trim())
      if (header === null) {
        looked += 1
        if (wanted.isHeader(cells)) header = cells
        else if (looked >= headerSearchRecords) return null
        continue
      }
      if (rows.length >= mostRows) throw new FileFault('file_too_large', `there are more than ${mostRows} rows; send them in several files`)
      const { length } = header
      rows.push({ number: line, cells: Array.from({ length }, (_, place) => cells[place] ?? ''), faults: cells.length > length && cells.slice(length).some((cell) => cell !== '') ? new Map([[0, 'field_count']]) : new Map<number, string>() })
    }
  }
  return header === null ? null : { header, rows }
}
