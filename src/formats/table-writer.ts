/** Writes rows of cells as the CSV in UTF-8 that ingest takes, and notes where each came from. */
import { csvCell } from './records.ts'
import { LineNotes, type LineRemark } from './translation.ts'

const pieceLength = 65_536
const lineBreaks = /\r\n|\r|\n/g

export class TableWriter {
  readonly notes = new LineNotes()
  private texts: string[] = []
  private length = 0
  private line = 1

  /**
   * Adds a row.
   *
   * @param number what the sender would count: the row of the sheet, the n-th transaction; used once in a file (the
   *   header's is 0 where the file has none)
   */
  row(cells: readonly string[], number: number, remark?: LineRemark): void {
    this.notes.add(this.line, number, remark)
    let text = ''
    for (let field = 0; field < cells.length; field += 1) {
      const cell = cells[field] as string
      const written = csvCell(cell, ',')
      text += field > 0 ? `,${written}` : written
      if (written !== cell) this.line += cell.match(lineBreaks)?.length ?? 0
    }
    this.line += 1
    this.texts.push(text)
    this.length += text.length + 1
  }

  /** True when enough has been written to be handed on. */
  get isFull(): boolean {
    return this.length >= pieceLength
  }

  /** The bytes of the rows added since the last call; empty when there are none. */
  take(): Buffer {
    if (this.texts.length === 0) return Buffer.alloc(0)
    this.texts.push('')
    const bytes = Buffer.from(this.texts.join('\n'))
    this.texts = []
    this.length = 0
    return bytes
  }
}
