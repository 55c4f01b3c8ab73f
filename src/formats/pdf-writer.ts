/**
 * Writes a document to be printed and signed (PDF, A4) from blocks of text and tables, with the same foot on every page.
 *
 * The same blocks and instant give the same bytes: nothing in it is of the machine or of the moment at which it is made.
 */
import { encode } from 'uqr'
import { dateOf } from '../core/index.ts'
import { registerFonts, Typesetter, type Style } from './pdf-layout.ts'

/** A line with a weight of its own. */
export interface PdfLine {
  readonly text: string
  readonly isBold?: boolean
  readonly size?: number
}

/** One thing below the other. */
export type PdfBlock =
  | ({ readonly kind: 'text'; readonly align?: 'start' | 'center' | 'end'; readonly isHeading?: boolean } & PdfLine)
  /** Lines in the middle of columns beside one another; what belongs together stays on one page. */
  | { readonly kind: 'columns'; readonly columns: readonly (readonly PdfLine[])[] }
  /** `share`: of the width, together 1; numbers stand at the end of their column. */
  | { readonly kind: 'table'; readonly columns: readonly { readonly label: string; readonly share: number; readonly isNumber?: boolean }[]; readonly rows: readonly { readonly cells: readonly string[]; readonly isBold?: boolean }[] }

/** A document. */
export interface PdfDocument {
  readonly title: string
  /** `vi`, `en`: letters that are written from right to left are not set here. */
  readonly language: 'vi' | 'en'
  /** The instant that it says it was made at. */
  readonly madeAt: string
  readonly blocks: readonly PdfBlock[]
  /** At the foot of every page: lines, what the code beside them says, and the words for page 1 of 3. */
  readonly foot: { readonly lines: readonly string[]; readonly code: string; readonly page: (number: string, of: string) => string }
}

const page = { width: 595.28, height: 841.89 } as const
const margin = { side: 56, top: 48, bottom: 96 } as const
const inner = page.width - 2 * margin.side
const lowest = page.height - margin.bottom
const ordinary = 10
const leading = 1.4
const cellGap = 4

/** The file. */
export async function writePdf(document: PdfDocument): Promise<Buffer> {
  // Read when something is to be printed: most programs print nothing.
  const { default: PDFDocument } = await import('pdfkit')
  const paper = new PDFDocument({ size: 'A4', margins: { top: 0, bottom: 0, left: 0, right: 0 }, bufferPages: true, autoFirstPage: true, lang: document.language, displayTitle: true, font: '', info: { Title: document.title, Creator: 'tantay', Producer: 'tantay', CreationDate: dateOf(document.madeAt), ModDate: dateOf(document.madeAt) } })
  const pieces: Buffer[] = []
  paper.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => { paper.on('end', resolve).on('error', reject) })
  registerFonts(paper)
  const sheet = new Sheet(paper)
  for (const block of document.blocks) sheet.place(block)
  sheet.feet(document.foot)
  paper.end()
  await ended
  return Buffer.concat(pieces)
}

/** The page that is being filled. */
class Sheet {
  private y = margin.top
  private readonly paper: PDFKit.PDFDocument
  private readonly type: Typesetter

  constructor(paper: PDFKit.PDFDocument) {
    this.paper = paper
    this.type = new Typesetter(paper)
    paper.fillColor('#111')
  }

  place(block: PdfBlock): void {
    if (block.kind === 'text') this.text(block)
    else if (block.kind === 'columns') this.columns(block.columns)
    else this.table(block)
  }

  private text({ text, align = 'start', isHeading = false, ...line }: PdfBlock & { kind: 'text' }): void {
    const style = styleOf({ text, ...line, isBold: line.isBold ?? isHeading, size: line.size ?? (isHeading ? 12 : ordinary) })
    const lines = this.type.lines(text, inner, style)
    if (isHeading) this.y += 10
    // A heading alone at the foot of a page heads nothing.
    this.need(isHeading ? style.size * leading + 60 : style.size * leading)
    for (const one of lines) {
      this.need(style.size * leading)
      this.type.draw(one, margin.side + this.shift(one, inner, style, align), this.y, style)
      this.y += style.size * leading
    }
    this.y += 3
  }

  private columns(columns: readonly (readonly PdfLine[])[]): void {
    const width = inner / columns.length
    const set = columns.map((lines) => lines.flatMap((line) => this.type.lines(line.text, width - 2 * cellGap, styleOf(line)).map((text) => ({ text, style: styleOf(line) }))))
    const heights = set.map((lines) => lines.reduce((sum, { style }) => sum + style.size * leading, 0))
    this.need(Math.max(...heights))
    for (const [index, lines] of set.entries()) {
      let y = this.y
      for (const { text, style } of lines) {
        this.type.draw(text, margin.side + index * width + this.shift(text, width, style, 'center'), y, style)
        y += style.size * leading
      }
    }
    this.y += Math.max(...heights) + 8
  }

  private table({ columns, rows }: PdfBlock & { kind: 'table' }): void {
    const heading = { cells: columns.map(({ label }) => label), isBold: true }
    const all = [heading, ...rows]
    for (const [index, row] of all.entries()) {
      const style = { size: 8.5, isBold: row.isBold ?? false }
      const height = this.rowHeight(columns, row.cells, style)
      // Neither do the names of columns stand alone.
      const together = index === 0 && all[1] !== undefined ? height + this.rowHeight(columns, all[1].cells, style) : height
      if (this.y + together > lowest) {
        this.newPage()
        if (index > 0) this.row(columns, heading.cells, { size: 8.5, isBold: true })
      }
      this.row(columns, row.cells, style)
    }
    this.y += 6
  }

  private rowHeight(columns: (PdfBlock & { kind: 'table' })['columns'], cells: readonly string[], style: Style): number {
    return Math.max(...columns.map(({ share }, index) => this.type.lines(cells[index] ?? '', inner * share - cellGap, style).length)) * style.size * leading + 5
  }

  private row(columns: (PdfBlock & { kind: 'table' })['columns'], cells: readonly string[], style: Style): void {
    const height = this.rowHeight(columns, cells, style)
    let x = margin.side
    for (const [index, { share, isNumber }] of columns.entries()) {
      const width = inner * share - cellGap
      for (const [line, text] of this.type.lines(cells[index] ?? '', width, style).entries()) this.type.draw(text, x + this.shift(text, width, style, isNumber === true ? 'end' : 'start'), this.y + 2 + line * style.size * leading, style)
      x += inner * share
    }
    this.y += height
    this.paper.lineWidth(0.4).strokeColor('#999').moveTo(margin.side, this.y - 1).lineTo(page.width - margin.side, this.y - 1).stroke()
  }

  /** The same lines and the same code on every page, and which page it is. */
  feet({ lines, code, page: words }: PdfDocument['foot']): void {
    const { count } = this.paper.bufferedPageRange()
    const squares = qrSquares(code, 0)
    const side = 54
    const top = page.height - margin.bottom + 22
    const style = { size: 7, isBold: false }
    for (let number = 0; number < count; number += 1) {
      this.paper.switchToPage(number)
      this.paper.lineWidth(0.6).strokeColor('#333').moveTo(margin.side, top - 8).lineTo(page.width - margin.side, top - 8).stroke()
      this.squares(squares, page.width - margin.side - side, top, side)
      for (const [index, line] of [...lines, words(String(number + 1), String(count))].flatMap((one) => this.type.lines(one, inner - side - 12, style)).entries()) this.type.draw(line, margin.side, top + index * style.size * 1.45, style)
    }
  }

  private squares(rows: readonly (readonly boolean[])[], x: number, y: number, side: number): void {
    const unit = side / rows.length
    for (const [row, cells] of rows.entries()) for (const [column, isDark] of cells.entries()) if (isDark) this.paper.rect(x + column * unit, y + row * unit, unit, unit)
    this.paper.fill('#111')
  }

  private shift(text: string, width: number, style: Style, align: 'start' | 'center' | 'end'): number {
    return align === 'start' ? 0 : (width - this.type.width(text, style)) / (align === 'center' ? 2 : 1)
  }

  private need(height: number): void {
    if (this.y + height > lowest) this.newPage()
  }

  private newPage(): void {
    this.paper.addPage()
    this.paper.fillColor('#111')
    this.y = margin.top
  }
}

/** A text as squares that a camera reads, row by row, true is dark; with its quiet border unless there is room around it. */
export function qrSquares(text: string, border = 4): boolean[][] {
  return encode(text, { ecc: 'M', border }).data
}

function styleOf({ size = ordinary, isBold = false }: PdfLine): Style {
  return { size, isBold }
}
