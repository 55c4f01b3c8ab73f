/** Workbooks (XLSX): the tables on their visible sheets as one CSV, each row with its sheet's row number. */
import { missingHeaders, readProfileHeader, type Column, type Kind, type Profile } from '../../core/index.ts'
import { FileFault } from '../fault.ts'
import { candidatesOf, chooseHeader, explainMissing, wantedKind, type Candidate, type HeaderRow } from '../header-rows.ts'
import { headerSearchRecords } from '../limits.ts'
import { TableWriter } from '../table-writer.ts'
import type { CellFault, FilePart, LineRemark, SourceFile, Translation, TranslationOptions } from '../translation.ts'
import { readCell, type CellRules } from './cells.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readRows, type SheetRow } from './sheet.ts'
import { readWorkbook, type Sheet } from './workbook.ts'
import { Archive } from './zip.ts'

/** Every zip file; what is none of ours is refused when it is opened. */
export function isWorkbook(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04
}

// Row 5 of the second sheet that is taken is line 10,000,005.
const linesPerSheet = 10_000_000

/** The translation of a workbook; nothing is opened before its first piece is asked for. */
export function translateWorkbook({ path }: SourceFile, { kind, profile }: TranslationOptions): Promise<Translation> {
  const writer = new TableWriter()
  const parts: FilePart[] = []
  const translator = new Translator(path, kind, profile ?? null, writer, parts)
  return Promise.resolve({ format: 'xlsx', encoding: 'utf-8', isStructured: true, notes: writer.notes, pieces: translator.pieces(), parts: () => parts })
}

/** The table of the first sheet that was taken: all others have to fit it. */
interface Table {
  readonly kind: Kind
  readonly sheet: string
  /** What each column holds; null for one that is ignored. */
  readonly columns: readonly (string | null)[]
}

class Translator {
  private readonly path: string
  private readonly kindName: string | undefined
  /** By whose headers the sheets are read; null: by ours. */
  private readonly profile: Profile | null
  private readonly writer: TableWriter
  private readonly parts: FilePart[]
  private table: Table | null = null
  private taken = 0
  /** Of the first sheet that may be a table and has no whole header: why not. */
  private doubt: { readonly kind: Kind | null; readonly fault: FileFault } | null = null

  constructor(path: string, kindName: string | undefined, profile: Profile | null, writer: TableWriter, parts: FilePart[]) {
    this.path = path
    this.kindName = kindName
    this.profile = profile
    this.writer = writer
    this.parts = parts
  }

  async *pieces(): AsyncGenerator<Uint8Array, void> {
    const wanted = wantedKind(this.kindName)
    const archive = await Archive.open(this.path)
    try {
      const { sheets, sharedTextsPart, ...rules } = await readWorkbook(archive)
      const texts = await readSharedTexts(archive, sharedTextsPart)
      for (const sheet of sheets) {
        if (sheet.part === null || sheet.isHidden) this.leave(sheet, sheet.part === null ? 'other' : 'hidden')
        else yield* this.sheet(sheet, new Lookahead(readRows(archive, sheet.part, texts)), wanted, rules)
      }
      if (this.table === null) throw this.nothingTaken()
      if (this.doubt !== null && this.doubt.kind === this.table.kind) throw this.doubt.fault
      const last = this.writer.take()
      if (last.length > 0) yield last
    } finally {
      archive.close()
    }
  }

  /** One visible sheet: its rows, where it holds a table that belongs to the file. */
  private async *sheet(sheet: Sheet, rows: Lookahead, wanted: Kind | null, rules: CellRules): AsyncGenerator<Uint8Array, void> {
    try {
      const top = await rows.peek(headerSearchRecords)
      const header = top.length === 0 ? null : this.headerOf(sheet, top, wanted, rules)
      if (header === null) {
        this.leave(sheet, top.length === 0 ? 'empty' : 'other')
        return
      }
      const width = Math.max(...top.map(({ cells }) => (cells.at(-1)?.column ?? -1) + 1))
      const reader = new SheetReader(header, width, this.tableFor(sheet, header, width), rules)
      const base = this.taken * linesPerSheet
      if (this.taken === 0) this.writer.row(reader.headerCells, header.line)
      this.taken += 1
      let isFirst = base > 0
      let [first, last, hiddenRows] = [0, 0, 0]
      for (let batch = await rows.next(); batch !== null; batch = await rows.next()) {
        for (const row of batch) {
          first ||= row.number
          last = row.number
          if (row.isHidden) hiddenRows += 1
          // The header of the first sheet is that of the file.
          if (row.number === header.line && base === 0) continue
          const { cells, remark } = reader.read(row)
          this.writer.row(cells, base + row.number, isFirst ? { ...remark, beginsPart: true } : remark)
          isFirst = false
        }
        if (this.writer.isFull) yield this.writer.take()
      }
      this.parts.push({ name: sheet.name, status: 'taken', first_line: base + first, last_line: base + last, first_number: first, hidden_rows: hiddenRows })
    } finally {
      await rows.close()
    }
  }

  private leave({ name }: Sheet, status: FilePart['status']): void {
    this.parts.push({ name, status, first_line: null, last_line: null, first_number: null, hidden_rows: 0 })
  }

  /**
   * The header of a sheet; null when it holds no table of the file's kind.
   *
   * @throws FileFault when it may hold one and that is not certain
   */
  private headerOf(sheet: Sheet, top: readonly SheetRow[], wanted: Kind | null, rules: CellRules): Candidate | null {
    const rows = top.map((row, index) => headerRow(row, index + 1, rules))
    if (this.profile !== null) return this.profiledHeader(sheet, rows, this.profile)
    const candidates = candidatesOf(rows)
    try {
      const kind = wanted ?? this.table?.kind ?? null
      const header = chooseHeader(candidates, kind)
      if (header !== null) return header
      if (kind !== null) {
        const other = chooseHeader(candidates, null)
        if (other !== null && wanted !== null) return null
        if (other !== null && this.table !== null) throw new FileFault('sheets_differ', `sheet "${this.table.sheet}" is ${this.table.kind.name} and sheet "${sheet.name}" is ${other.kind.name}; send each as a file of its own, or name the kind (--kind)`, { line: other.line })
      }
      const near = candidates.filter((candidate) => (kind === null || candidate.kind === kind) && isNear(candidate)).sort((a, b) => a.missing.length - b.missing.length)[0]
      const fault = explainMissing(candidates, kind, rows.some(({ cells }) => cells.filter((cell) => cell !== '').length > 1))
      if (this.doubt === null || (near !== undefined && this.doubt.kind === null)) this.doubt = { kind: near?.kind ?? null, fault: onSheet(sheet, fault) }
      return null
    } catch (error) {
      throw error instanceof FileFault && error.refusal.code !== 'sheets_differ' ? onSheet(sheet, error) : error
    }
  }

  /** The header that the profile expects; null when this sheet has none. @throws FileFault `column_doubled` */
  private profiledHeader(sheet: Sheet, rows: readonly HeaderRow[], profile: Profile): Candidate | null {
    for (const row of rows) {
      const layout = readProfileHeader(profile, row.cells)
      if (layout === null) continue
      if (layout.doubled !== null) throw onSheet(sheet, new FileFault('column_doubled', `the header on line ${row.line} has the column "${layout.doubled}" more than once`, { line: row.line, raw: layout.doubled }))
      const columns = layout.targets.map((target) => target?.column.name ?? null)
      return { ...row, kind: profile.kind, upperLine: null, columns, recognised: columns.length, missing: [], doubled: null }
    }
    const [nearest] = rows.map((row) => ({ row, missing: missingHeaders(profile, row.cells) })).sort((a, b) => a.missing.length - b.missing.length)
    if (nearest !== undefined && this.doubt === null) {
      const names = nearest.missing.map((name) => `"${name}"`).join(', ')
      const { line, text } = nearest.row
      this.doubt = { kind: null, fault: onSheet(sheet, new FileFault('column_missing', `no row has all the headers of the profile; the nearest, on line ${line}, lacks ${names}`, { line, column: nearest.missing[0] ?? null, raw: text.slice(0, 500) })) }
    }
    return null
  }

  /** Where each column of the file's table stands on this sheet. @throws FileFault `sheets_differ` */
  private tableFor(sheet: Sheet, header: Candidate, width: number): readonly number[] {
    this.table ??= { kind: header.kind, sheet: sheet.name, columns: [...header.columns, ...Array.from({ length: width - header.columns.length }, () => null)] }
    const { columns, sheet: firstSheet } = this.table
    const extra = header.columns.find((column) => column !== null && !columns.includes(column))
    if (extra !== undefined) throw new FileFault('sheets_differ', `sheet "${sheet.name}" has a column ${extra ?? ''}, which sheet "${firstSheet}" has not; give both the same columns`, { line: header.line, column: extra ?? null })
    const isSame = header.columns.every((column, field) => column === columns[field])
    return columns.map((column, field) => (isSame ? field : column === null ? -1 : header.columns.indexOf(column)))
  }

  private nothingTaken(): FileFault {
    const hidden = this.parts.filter(({ status }) => status === 'hidden')
    if (this.doubt !== null) return this.doubt.fault
    if (hidden.length > 0) return new FileFault('sheet_hidden', `no visible sheet holds anything; hidden: ${hidden.map(({ name }) => `"${name}"`).join(', ')}`)
    return new FileFault('file_empty', 'the workbook holds nothing')
  }
}

/** A sheet that names nearly all of what a kind needs, or half of it and who it is about, may be a table of that kind with slips in its header. */
function isNear({ kind, missing, upperLine }: Candidate): boolean {
  const required = kind.columns.filter(({ isRequired }) => isRequired === true)
  const namesWho = required.some(({ name, type }) => (type === 'person' || type === 'account') && !missing.includes(name))
  return upperLine === null && (missing.length === 1 || (namesWho && missing.length * 2 <= required.length))
}

function onSheet(sheet: Sheet, { refusal }: FileFault): FileFault {
  const { code, detail, line, column, raw } = refusal
  return new FileFault(code, `on sheet "${sheet.name}" ${detail.replaceAll('on line', 'in row')}`, { line, column, raw })
}

function headerRow(row: SheetRow, record: number, rules: CellRules): HeaderRow {
  const cells: string[] = []
  for (const cell of row.cells) cells[cell.column] = readCell(cell, null, rules).text.trim()
  const filled = Array.from(cells, (cell) => (cell as string | undefined) ?? '')
  return { cells: filled, text: filled.join(' | '), line: row.number, record }
}

/** Turns rows of one sheet into lines of the file's table. */
class SheetReader {
  readonly headerCells: readonly string[]
  private readonly header: Candidate
  private readonly rules: CellRules
  /** For each field of this sheet its column; null for one that is ignored. */
  private readonly columns: readonly (Column | null)[]
  /** For each field of this sheet its place in the file's table; −1 for one that has none. */
  private readonly places: readonly number[]
  private readonly width: number

  /** @param from for each column of the file's table its field on this sheet, −1 for none */
  constructor(header: Candidate, width: number, from: readonly number[], rules: CellRules) {
    this.header = header
    this.rules = rules
    this.width = from.length
    this.headerCells = from.map((field) => header.cells[field] ?? '')
    this.columns = Array.from({ length: width }, (_, field) => header.kind.columns.find(({ name }) => name === header.columns[field]) ?? null)
    this.places = this.columns.map((_, field) => from.indexOf(field))
  }

  read(row: SheetRow): { cells: readonly string[]; remark?: LineRemark } {
    const cells: string[] = new Array<string>(this.width).fill('')
    const aside = this.asideOf(row)
    let faults: CellFault[] | null = null
    for (const cell of row.cells) {
      // Beside the table: no header says what it is, and it stays in the file.
      const place = this.places[cell.column] ?? -1
      if (place < 0) continue
      const { text, fault } = readCell(cell, aside === null ? (this.columns[cell.column]?.type ?? null) : null, this.rules)
      cells[place] = text
      if (fault !== null && this.columns[cell.column] !== null) (faults ??= []).push({ field: place, ...fault })
    }
    if (aside !== null) return { cells, remark: { aside } }
    return faults === null ? { cells } : { cells, remark: { faults } }
  }

  private asideOf({ number }: SheetRow): 'title' | 'header' | null {
    const { line, upperLine } = this.header
    if (number > line) return null
    return number === line || number === upperLine ? 'header' : 'title'
  }
}

/** Rows that can be looked at before they are taken. */
class Lookahead {
  private readonly rows: AsyncGenerator<readonly SheetRow[], void>
  private waiting: SheetRow[] = []
  private hasEnded = false

  constructor(rows: AsyncGenerator<readonly SheetRow[], void>) {
    this.rows = rows
  }

  /** The first rows, at most so many; they stay to be taken. */
  async peek(count: number): Promise<readonly SheetRow[]> {
    while (this.waiting.length < count && !this.hasEnded) {
      const { value, done } = await this.rows.next()
      if (done === true) this.hasEnded = true
      else this.waiting.push(...value)
    }
    return this.waiting.slice(0, count)
  }

  /** The next rows; null at the end. */
  async next(): Promise<readonly SheetRow[] | null> {
    if (this.waiting.length > 0) {
      const { waiting } = this
      this.waiting = []
      return waiting
    }
    if (this.hasEnded) return null
    const { value, done } = await this.rows.next()
    this.hasEnded = done === true
    return done === true ? null : value
  }

  async close(): Promise<void> {
    await this.rows.return()
  }
}
