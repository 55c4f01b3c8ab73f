/** Reads the rows of a sheet while it streams: only cells that hold something, as their raw text, in order. */
import { FileFault } from '../fault.ts'
import { maximumColumns, maximumFieldBytes, workbookLimits } from '../limits.ts'
import { unescaped, type SharedTexts } from './shared-texts.ts'
import { readXml, type Attributes, type XmlHandler } from './xml.ts'
import { damaged, type Archive } from './zip.ts'

/** A cell that is not empty. */
export interface Cell {
  /** 0 is column A. */
  readonly column: number
  /** `n` a number, `s` a text, `b` yes or no, `e` an error, `d` an ISO date; `?` what cannot be read. */
  readonly type: 'n' | 's' | 'b' | 'e' | 'd' | '?'
  /** The number of its style; 0 when it has none. */
  readonly style: number
  /** The text of a text, the digits of a number, as they stand in the file. */
  readonly value: string
  /** Without its equals sign; null when the cell is no formula. Empty where it refers to another cell's. */
  readonly formula: string | null
}

/** A row with at least one cell that holds something. */
export interface SheetRow {
  /** As a person counts: 1 is the first. */
  readonly number: number
  readonly isHidden: boolean
  readonly cells: readonly Cell[]
}

/** The rows of a sheet, some at a time. @throws FileFault */
export async function* readRows(archive: Archive, part: string, texts: SharedTexts): AsyncGenerator<readonly SheetRow[], void> {
  const rows = new RowHandler(part, texts)
  for await (const _ of readXml(part, archive.read(part), rows)) {
    const ready = rows.take()
    if (ready.length > 0) yield ready
  }
  const last = rows.take()
  if (last.length > 0) yield last
}

class RowHandler implements XmlHandler {
  private readonly part: string
  private readonly texts: SharedTexts
  private ready: SheetRow[] = []
  private isInData = false
  // The row in hand; 0: none so far.
  private row = 0
  private isHidden = false
  private cells: Cell[] = []
  // The cell in hand.
  private column = -1
  private type = 'n'
  private style = 0
  private value = ''
  private formula: string | null = null
  /** What the next text belongs to. */
  private target: 'value' | 'formula' | null = null
  private isPhonetic = false

  constructor(part: string, texts: SharedTexts) {
    this.part = part
    this.texts = texts
  }

  take(): SheetRow[] {
    const { ready } = this
    this.ready = []
    return ready
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'sheetData') this.isInData = true
    if (!this.isInData) return
    switch (name) {
      case 'c':
        this.beginCell(attributes)
        break
      case 'v':
        this.target = 'value'
        break
      case 'row':
        this.beginRow(attributes)
        break
      case 'f':
        this.formula = ''
        this.target = 'formula'
        break
      case 't':
        this.target = this.isPhonetic ? null : 'value'
        break
      case 'rPh':
        this.isPhonetic = true
        break
    }
  }

  close(name: string): void {
    if (!this.isInData) return
    switch (name) {
      case 'c':
        this.endCell()
        break
      case 'row':
        if (this.cells.length > 0) this.ready.push({ number: this.row, isHidden: this.isHidden, cells: this.cells })
        this.cells = []
        break
      case 'rPh':
        this.isPhonetic = false
        break
      case 'sheetData':
        this.isInData = false
        break
      default:
        this.target = null
    }
  }

  text(text: string): void {
    if (this.target === 'value') {
      // A longer one is a problem of its row, and need not be held to be that.
      if (this.value.length <= maximumFieldBytes) this.value += text
    } else if (this.target === 'formula' && this.formula !== null && this.formula.length < 1000) this.formula += text
  }

  private beginRow({ r: written, hidden }: Attributes): void {
    const row = written === undefined ? this.row + 1 : /^[1-9]\d{0,6}$/.test(written) ? parseInt(written, 10) : 0
    if (row === 0 || row > workbookLimits.rows) throw damaged(`a row after row ${this.row} of its part ${this.part} has the number "${written ?? row}"`, { line: this.row })
    if (row <= this.row) throw damaged(`row ${row} of its part ${this.part} comes after row ${this.row}`, { line: row })
    this.row = row
    this.column = -1
    this.isHidden = hidden === '1' || hidden === 'true'
  }

  private beginCell({ r: place, t: type = 'n', s: style }: Attributes): void {
    const column = place === undefined ? this.column + 1 : columnOf(place, this.row)
    if (column < 0 || column >= workbookLimits.columns) throw damaged(`row ${this.row} of its part ${this.part} has a cell "${place?.slice(0, 20) ?? column}"`, { line: this.row, ...(place !== undefined && { raw: place.slice(0, 20) }) })
    if (column <= this.column) throw damaged(`the cells of row ${this.row} of its part ${this.part} are not in order`, { line: this.row })
    this.column = column
    this.type = type
    this.style = style === undefined ? 0 : /^\d{1,6}$/.test(style) ? parseInt(style, 10) : -1
    this.value = ''
    this.formula = null
    this.target = null
  }

  private endCell(): void {
    this.target = null
    const { column, style, formula } = this
    if (this.value === '' && formula === null) return
    if (column >= maximumColumns) throw new FileFault('too_many_columns', `row ${this.row} has something in column ${column + 1}; ${maximumColumns} columns are read`, { line: this.row })
    const type = typesOf.get(this.type) ?? '?'
    let { value } = this
    if (this.type === 's' && value !== '') {
      const text = /^\d{1,9}$/.test(value) ? this.texts.text(parseInt(value, 10)) : null
      if (text === null) {
        this.cells.push({ column, type: '?', style, value, formula })
        return
      }
      value = text
    } else if (type === 's') value = unescaped(value)
    if (value !== '' || formula !== null) this.cells.push({ column, type, style, value, formula })
  }
}

const typesOf = new Map<string, Cell['type']>([['n', 'n'], ['s', 's'], ['str', 's'], ['inlineStr', 's'], ['b', 'b'], ['e', 'e'], ['d', 'd']])

/** The column of a place like `BC12`, whose row has to be the row it stands in; −1 when it is no such place. */
function columnOf(place: string, row: number): number {
  let column = 0
  let at = 0
  for (; at < place.length && at < 4; at += 1) {
    const letter = place.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  let number = 0
  const digits = place.length - at
  if (at === 0 || digits === 0 || digits > 7) return -1
  for (; at < place.length; at += 1) {
    const digit = place.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number === row ? column - 1 : -1
}
