/** The sender's own file back: the same rows, each with its number and what is wrong with it, to be corrected and sent again. */
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { kindNamed, placeOf, problemSentence, Refusal } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { annotations, csvCell, headBytes, readRecords, writeWorkbook, type CellFault, type FilePart, type TableRecord, type Translation } from '../formats/index.ts'
import { readHead } from './file-receiver.ts'
import { isPlainCsv, translateAgain, type StoredForm } from './stored-file.ts'

/** A file on its way back. */
export interface AnnotatedFile {
  readonly fileName: string
  readonly format: 'csv' | 'xlsx'
  readonly pieces: AsyncGenerator<Buffer, void>
}

interface StoredFile extends StoredForm {
  readonly file_name: string
  readonly status: string
  readonly sha256: string
  readonly delimiter: string | null
  readonly header_line: string
  readonly header_columns: readonly (string | null)[]
  readonly line_count: string
  readonly parts: readonly FilePart[] | null
}

/**
 * The file with the four columns of `annotations`: a workbook for a workbook, else CSV in UTF-8 (with the mark by which
 * spreadsheets know it) and the sender's own delimiter. Rows are read and written one after the other.
 *
 * In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay as they are. In a
 * workbook every text is a typed text.
 *
 * @param lines `wrong`: the header and the lines with problems alone, to be corrected and sent by themselves: no titles, no totals
 * @throws Refusal `file_unknown`, `file_not_sealed` (a refused file has no rows), `file_lost`
 */
export async function annotatedFile(session: Session, dataDirectory: string, fileId: string, wanted?: 'csv' | 'xlsx', lines: 'all' | 'wrong' = 'all'): Promise<AnnotatedFile> {
  const { file, path } = await findStored(session, dataDirectory, fileId)
  // A sheet ends after a million rows; what is longer comes as CSV.
  const format = wanted ?? (file.format === 'xlsx' && BigInt(file.line_count) < 1_000_000n ? 'xlsx' : 'csv')
  const reading = await openStored(session, path, file)
  const all = annotatedRows(session, fileId, file, reading)
  const rows = lines === 'all' ? all : wrongRows(all)
  const fileName = `${file.file_name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${lines === 'all' ? 'problems' : 'corrections'}.${format}`
  return { fileName, format, pieces: format === 'xlsx' ? workbook(file, rows) : csv(file, reading.delimiter, rows) }
}

/** What a sender calls the payments of the lines with problems, by rising line; null where a line names none, or the file has no such names. @throws Refusal as `annotatedFile` */
export async function* wrongReferences(session: Session, dataDirectory: string, fileId: string): AsyncGenerator<{ readonly line: number; readonly endToEndId: string | null }, void> {
  const { file, path } = await findStored(session, dataDirectory, fileId)
  const field = file.header_columns.indexOf('end_to_end_id')
  for await (const { line, cells } of wrongRows(annotatedRows(session, fileId, file, await openStored(session, path, file)))) if (line !== undefined) yield { line, endToEndId: field < 0 ? null : (cells[field]?.trim() || null) }
}

/** What the sender of an ISO 20022 message calls it; null for a file of another kind, or one that does not say. */
export async function messageIdOf(session: Session, dataDirectory: string, fileId: string): Promise<string | null> {
  const { file, path } = await findStored(session, dataDirectory, fileId)
  if (!/^(?:pain|pacs|camt)\./.test(file.format ?? '')) return null
  const { head } = await readHead(path, headBytes)
  return /<(?:[\w.-]+:)?MsgId>\s*([^<]{1,35}?)\s*</.exec(head.toString('utf8'))?.[1] ?? null
}

async function findStored(session: Session, dataDirectory: string, fileId: string): Promise<{ readonly file: StoredFile; readonly path: string }> {
  const [file] = /^[1-9]\d{0,17}$/.test(fileId)
    ? await session.query<StoredFile>('select file_name, kind, status, sha256, format, encoding, delimiter, header_line, header_columns, line_count, parts, profile_name, profile_version from source_file where file_id = $1', [fileId])
    : []
  if (file === undefined) throw new Refusal('notFound', 'file_unknown', `there is no file ${fileId}`)
  if (file.status === 'refused') throw new Refusal('conflict', 'file_not_sealed', `file ${fileId} was refused whole; no row of it was read, so there is nothing to say about rows`)
  const path = join(dataDirectory, 'files', file.sha256)
  try {
    await access(path)
  } catch {
    throw new Refusal('failure', 'file_lost', `the bytes of file ${fileId} are not in ${dataDirectory}; was it received by another installation?`)
  }
  return { file, path }
}

interface Reading {
  readonly translation: Translation | null
  readonly batches: AsyncIterable<readonly TableRecord[]>
  readonly delimiter: string
}

async function openStored(session: Session, path: string, file: StoredFile): Promise<Reading> {
  if (isPlainCsv(file)) {
    const delimiter = file.delimiter ?? ','
    return { translation: null, batches: readRecords(createReadStream(path, { highWaterMark: headBytes }) as AsyncIterable<Uint8Array>, delimiter), delimiter }
  }
  const translation = await translateAgain(session, path, file)
  if (translation === null) throw new Error(`a stored file that was read as ${file.format ?? ''} in ${file.encoding ?? ''} is CSV in UTF-8 now`)
  const delimiter = translation.isStructured ? ',' : (file.delimiter ?? ',')
  return { translation, batches: readRecords(translation.pieces, delimiter), delimiter }
}

/** One row, and whether it is data, so that numbers in it may stay numbers. */
interface Row {
  readonly cells: readonly string[]
  readonly isData: boolean
  /** Of data: the line as it is stored. */
  readonly line?: number
  readonly isHeader?: true
  readonly isWrong?: boolean
}

async function* wrongRows(rows: AsyncIterable<Row>): AsyncGenerator<Row, void> {
  for await (const row of rows) if (row.isHeader === true || row.isWrong === true) yield row
}

async function* annotatedRows(session: Session, fileId: string, file: StoredFile, { translation, batches }: Reading): AsyncGenerator<Row, void> {
  const problems = new ProblemReader(session, fileId)
  const headerLine = parseInt(file.header_line, 10)
  const texts = columnsOf(file, ['text'])
  let names: readonly string[] = []
  try {
    for await (const records of batches) {
      for (const { line: at, cells: read } of records) {
        const line = translation?.notes?.numberOf(at) ?? at
        const cells = asWritten(read, texts, translation?.notes?.take(at)?.faults)
        if (line === headerLine && names.length === 0) {
          names = cells
          yield { cells: withAnnotations(cells, cells.length, annotations), isData: false, isHeader: true }
        } else if (names.length === 0 || (cells.length === 1 && cells[0] === '')) yield { cells, isData: false }
        else {
          const [codes, ...said] = await problems.at(line, (column) => nameOf(column, file, names))
          yield { cells: withAnnotations(cells, names.length, [numberIn(file.parts, line), codes, ...said]), isData: true, line, isWrong: codes !== '' }
        }
      }
    }
  } finally {
    await translation?.pieces.return()
  }
}

/**
 * A cell that says more than its text (a formula, an error) comes back as it stands there: what was worked out of it is a
 * guess, and a file that nobody has corrected must not be taken for one that somebody has.
 */
function asWritten(cells: readonly string[], texts: readonly boolean[], faults: readonly CellFault[] = []): readonly string[] {
  if (faults.every(({ field }) => field < 0)) return cells
  const written = [...cells]
  // A number that has lost its digits would pass as text, so it is marked; in a column of names every text would pass.
  for (const { field, code, raw } of faults) if (field >= 0) written[field] = texts[field] === true ? '' : code === 'digits_lost' ? `${raw} ?` : raw
  return written
}

/** The annotations stand in their own columns whatever the length of the row; what a row has too much stands behind them. */
function withAnnotations(cells: readonly string[], width: number, added: readonly string[]): string[] {
  return [...cells.slice(0, width), ...Array<string>(Math.max(0, width - cells.length)).fill(''), ...added, ...cells.slice(width)]
}

/** The row of the sheet, with its name where several were taken; elsewhere the line itself. */
function numberIn(parts: readonly FilePart[] | null, line: number): string {
  const { part, number } = placeOf(parts, line)
  return part === null ? `${number}` : `${part}!${number}`
}

/** A column as the sender calls it; by our own name where the sender has none. */
function nameOf(column: string | null, { header_columns: columns }: StoredFile, names: readonly string[]): string {
  return column === null ? '' : (names[columns.indexOf(column)]?.trim() ?? column)
}

interface FoundProblem {
  readonly line: string
  readonly column: string | null
  readonly code: string
  readonly suggestion: string | null
}

const atOnce = 5000

/** The problems of a file by rising line, read some thousands at a time. */
class ProblemReader {
  private readonly session: Session
  private readonly fileId: string
  private waiting: (FoundProblem & { readonly number: number })[] = []
  /** The first of `waiting` that was not given out. */
  private next = 0
  private after = '0'
  private hasEnded = false

  constructor(session: Session, fileId: string) {
    this.session = session
    this.fileId = fileId
  }

  /** error_code, error_vi and error_en of a line; empty when nothing is wrong with it. Lines are asked for in rising order. */
  async at(line: number, name: (column: string | null) => string): Promise<[string, string, string]> {
    const here: FoundProblem[] = []
    for (;;) {
      const problem = this.waiting[this.next]
      if (problem === undefined) {
        if (this.hasEnded) break
        await this.readMore()
        continue
      }
      if (problem.number > line) break
      if (problem.number === line) here.push(problem)
      this.next += 1
    }
    if (here.length === 0) return ['', '', '']
    const said = (language: 'vi' | 'en'): string => here.map((problem) => sentence(problem, name(problem.column), language)).join(' | ')
    return [here.map(({ code }) => code).join('; '), said('vi'), said('en')]
  }

  private async readMore(): Promise<void> {
    const found = await this.session.query<FoundProblem>('select line_number as line, column_name as column, code, suggestion from problem where file_id = $1 and line_number > $2 order by line_number, ctid limit $3', [this.fileId, this.after, atOnce])
    const last = found.at(-1)?.line
    this.hasEnded = found.length < atOnce
    // The problems of one line stay together: the last line may go on beyond what was read.
    const whole = this.hasEnded ? found : found.filter((problem) => problem.line !== last)
    this.waiting = (whole.length > 0 ? whole : found).map((problem) => ({ ...problem, number: parseInt(problem.line, 10) }))
    this.next = 0
    this.after = this.waiting.at(-1)?.line ?? this.after
  }
}

function sentence({ code, suggestion }: FoundProblem, name: string, language: 'vi' | 'en'): string {
  const text = problemSentence(code, language) ?? code
  const hint = suggestion === null || code === 'field_count' ? '' : language === 'vi' ? ` Có phải: ${suggestion}?` : ` Is it ${suggestion}?`
  return `${name === '' ? '' : `${name}: `}${text}${hint}`
}

const numberTypes = ['amount', 'balance', 'decimal', 'whole']

/** Which of the sender's columns hold values of these types. */
function columnsOf({ kind, header_columns: columns }: StoredFile, wanted: readonly string[]): boolean[] {
  const types = new Map(kindNamed(kind)?.columns.map(({ name, type }) => [name, type]))
  return columns.map((column) => column !== null && wanted.includes(types.get(column) ?? ''))
}

const formulaStart = /^[\s\u0000]*[=+\-@＝＋－＠\t\r\n]/
const plainNumber = /^\s*[-+]?\d[\d.,' \u00a0]*$/

async function* csv(file: StoredFile, delimiter: string, rows: AsyncIterable<Row>): AsyncGenerator<Buffer, void> {
  const isNumber = columnsOf(file, numberTypes)
  let text = '\ufeff'
  for await (const { cells, isData } of rows) {
    text += `${cells.map((cell, field) => csvCell(formulaStart.test(cell) && !(isData && isNumber[field] === true && plainNumber.test(cell)) ? `'${cell}` : cell, delimiter)).join(delimiter)}\r\n`
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function workbook(file: StoredFile, rows: AsyncIterable<Row>): AsyncGenerator<Buffer, void> {
  const columns = [...columnsOf(file, numberTypes).map((isNumber) => ({ width: 18, isNumber })), ...[10, 24, 70, 70].map((width) => ({ width, isNumber: false }))]
  const cells = async function* (): AsyncGenerator<readonly string[], void> {
    for await (const row of rows) yield row.cells
  }
  return writeWorkbook([{ name: 'Dữ liệu', columns, rows: cells() }])
}
