/** The first rows of a workbook's visible sheets as texts, for whoever has to find out what its columns are. */
import { headerSearchRecords } from '../limits.ts'
import { readCell } from './cells.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readRows } from './sheet.ts'
import { readWorkbook } from './workbook.ts'
import { Archive } from './zip.ts'

/** At most 50 rows of each visible sheet, empty rows left out. @throws FileFault */
export async function topOfWorkbook(path: string): Promise<string[][]> {
  const archive = await Archive.open(path)
  try {
    const { sheets, sharedTextsPart, ...rules } = await readWorkbook(archive)
    const texts = await readSharedTexts(archive, sharedTextsPart)
    const top: string[][] = []
    for (const { part, isHidden } of sheets) {
      let left = headerSearchRecords
      if (part === null || isHidden) continue
      for await (const rows of readRows(archive, part, texts)) {
        for (const row of rows.slice(0, left)) {
          const cells: string[] = []
          for (const cell of row.cells) cells[cell.column] = readCell(cell, null, rules).text.trim()
          top.push(Array.from(cells, (cell) => (cell as string | undefined) ?? ''))
        }
        left -= rows.length
        if (left <= 0) break
      }
    }
    return top
  } finally {
    archive.close()
  }
}
