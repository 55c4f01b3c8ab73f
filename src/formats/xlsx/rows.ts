/** The rows of the one sheet of a workbook that has a certain header: for tables that were handed out to be filled in. */
import type { ColumnType } from '../../core/index.ts'
import type { FilledRow, HeaderWanted } from '../filled-table.ts'
import { FileFault } from '../fault.ts'
import { headerSearchRecords } from '../limits.ts'
import { readCell, type CellRules } from './cells.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readRows, type SheetRow } from './sheet.ts'
import { readWorkbook } from './workbook.ts'
import { Archive } from './zip.ts'

/** The header and the rows under it, at most so many; null when no visible sheet has the header. @throws FileFault */
export async function filledSheet(path: string, wanted: HeaderWanted, mostRows: number): Promise<{ readonly header: readonly string[]; readonly rows: readonly FilledRow[] } | null> {
  const archive = await Archive.open(path)
  try {
    const { sheets, sharedTextsPart, ...rules } = await readWorkbook(archive)
    const texts = await readSharedTexts(archive, sharedTextsPart)
    for (const { part, isHidden } of sheets) {
      if (part === null || isHidden) continue
      const found = await readSheet(readRows(archive, part, texts), wanted, rules, mostRows)
      if (found !== null) return found
    }
    return null
  } finally {
    archive.close()
  }
}

async function readSheet(batches: AsyncIterable<readonly SheetRow[]>, wanted: HeaderWanted, rules: CellRules, mostRows: number): Promise<{ header: string[]; rows: FilledRow[] } | null> {
  let header: string[] | null = null
  let types: (ColumnType | null)[] = []
  let looked = 0
  const rows: FilledRow[] = []
  for await (const batch of batches) {
    for (const row of batch) {
      if (header === null) {
        looked += 1
        const cells = textsOf(row, rules)
        if (wanted.isHeader(cells)) {
          header = cells
          types = cells.map((cell) => wanted.typeOf(cell))
        } else if (looked >= headerSearchRecords) return null
        continue
      }
      if (rows.length >= mostRows) throw new FileFault('file_too_large', `there are more than ${mostRows} rows; send them in several files`)
      rows.push(filledRow(row, header.length, types, rules))
    }
  }
  return header === null ? null : { header, rows }
}

function textsOf(row: SheetRow, rules: CellRules): string[] {
  const cells: string[] = []
  for (const cell of row.cells) cells[cell.column] = readCell(cell, null, rules).text.trim()
  return Array.from(cells, (cell) => (cell as string | undefined) ?? '')
}

/** What stands beside the table belongs to nothing and is left out. */
function filledRow({ number, cells }: SheetRow, width: number, types: readonly (ColumnType | null)[], rules: CellRules): FilledRow {
  const texts = new Array<string>(width).fill('')
  const faults = new Map<number, string>()
  for (const cell of cells) {
    if (cell.column >= width) continue
    const { text, fault } = readCell(cell, types[cell.column] ?? null, rules)
    texts[cell.column] = text.trim()
    if (fault !== null) faults.set(cell.column, fault.code)
  }
  return { number, cells: texts, faults }
}
