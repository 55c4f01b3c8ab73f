/** A table for people to take away, as CSV or as a workbook; no cell of it is ever taken for a formula. */
import { csvCell } from './records.ts'
import { writeWorkbook } from './workbook-writer.ts'

/** What a file to take away is made of. */
export interface Table {
  /** At most 31 letters. */
  readonly name: string
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[]
  readonly rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
}

/** What spreadsheets read as the beginning of a formula, also behind blanks and in full width. */
const formulaStart = /^[\s\u0000]*[=+\-@＝＋－＠\t\r\n]/
/** A number below zero is none; `-2+3` would be worked out. */
const plainNumber = /^-\d[\d.,]*$/
const formulaSafe = (cell: string): string => (formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell)

/** The bytes of the table as CSV in UTF-8; with a byte order mark for people, whose spreadsheets read its letters by it, and without for programs. */
export async function* csvFile({ columns, rows }: Table, readers: 'people' | 'programs' = 'people'): AsyncGenerator<Buffer, void> {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => csvCell(formulaSafe(cell), ',')).join(',')}${readers === 'people' ? '\r\n' : '\n'}`
  yield Buffer.from(`${readers === 'people' ? '\uFEFF' : ''}${line(columns.map(({ title }) => title))}`)
  for await (const row of rows) yield Buffer.from(line(row))
}

/** The bytes of the table as a workbook of one sheet. */
export function workbookFile({ name, columns, rows }: Table): AsyncGenerator<Buffer, void> {
  async function* sheetRows(): AsyncGenerator<readonly string[]> {
    yield columns.map(({ title }) => title)
    yield* rows
  }
  return writeWorkbook([{ name, columns: columns.map(({ title, isNumber = false }) => ({ width: Math.max(12, title.length + 2), isNumber })), rows: sheetRows() }])
}
