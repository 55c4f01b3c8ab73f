/** Shows how a file would be read: its columns, its first rows as understood, what is not understood; nothing is stored. */
import { foldHeader, headerForms, kindNamed, kinds, Refusal, type Kind, type Problem, type ProfileDescription } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { FileFault, findHeader, headBytes, headerSearchRecords, isWorkbook, markLength, openProfiled, readRecords, topOfWorkbook, type Translation } from '../formats/index.ts'
import { readBankCodes } from './bank-codes.ts'
import { readHead } from './file-receiver.ts'
import { rehearseFile, saidOf, type IngestRequest, type Rehearsal, type Surroundings } from './ingest-file.ts'
import { translationOf } from './opening.ts'
import { readOwnAccounts } from './statement-checks.ts'
import type { Receipt } from './receipt.ts'

/** One of the sender's columns, and what it is taken for. */
export interface PreviewColumn {
  readonly header: string
  /** Our column; null: left out. */
  readonly column: string | null
  /** True when a profile names the header, were it to leave it out. */
  readonly isKnown: boolean
}

/** One row as understood. */
export interface PreviewRow {
  readonly line: number
  /** Our columns with their values in our forms; empty values are left out. */
  readonly values: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

/** What would be read. */
export interface Preview {
  readonly kind: string
  /** `name@version`; null: by the file's own header. */
  readonly profile: string | null
  readonly columns: readonly PreviewColumn[]
  /** The first data rows, titles and totals not among them. */
  readonly rows: readonly PreviewRow[]
  /** What the whole file would get; counts as in a receipt. */
  readonly receipt: Receipt
}

const rowsShown = 10

/**
 * A preview; of a file that would be refused the receipt that says why.
 *
 * @param also looks at the rehearsed rows too
 */
export async function previewFile(database: Database, request: IngestRequest, surroundings: Surroundings, also?: Rehearsal): Promise<Preview | Receipt> {
  const ignored: { first_line: string; last_line: string }[] = []
  const receipt = await rehearseFile(database, request, surroundings, async (transaction, rehearsed) => {
    ignored.push(...(await transaction.query<{ first_line: string; last_line: string }>('select first_line, last_line from ignored_lines where file_id = $1 order by first_line limit 200', [rehearsed.file_id])))
    await also?.(transaction, rehearsed)
  })
  if (receipt.refusal !== null || receipt.kind === null) return receipt
  const isIgnored = (line: number): boolean => ignored.some(({ first_line: first, last_line: last }) => line >= parseInt(first, 10) && line <= parseInt(last, 10))
  const { columns, rows } = await topOf(database, request, receipt.kind, isIgnored)
  return { kind: receipt.kind, profile: receipt.profile, columns, receipt, rows: rows.map((row) => ({ ...row, problems: receipt.problems.filter(({ line }) => line === row.line) })) }
}

interface Top {
  readonly columns: PreviewColumn[]
  readonly rows: Omit<PreviewRow, 'problems'>[]
}

async function topOf(database: Database, request: IngestRequest, kind: string, isIgnored: (line: number) => boolean): Promise<Top> {
  const { head, size } = await readHead(request.path, headBytes)
  const said = saidOf(request)
  const file = { path: request.path, head, size }
  const profiled = said.profile === undefined ? null : await openProfiled(file, said.profile, said)
  const translation = profiled ?? (await translationOf(file, { ...said, banks: await readBankCodes(database), ownAccounts: await readOwnAccounts(database) }))
  const { pieces, found } = await headerOf(translation, head, size, kind)
  const named = new Set(Object.keys(said.profile?.description.columns ?? {}).map(foldHeader))
  const header = profiled?.senderHeader ?? found.written
  const columns = header.flatMap((text, field) => (text.trim() === '' ? [] : [{ header: text, column: found.columns[field] ?? null, isKnown: found.columns[field] !== null || named.has(foldHeader(text)) }]))
  const rows: Top['rows'] = []
  for await (const records of readRecords(pieces, found.delimiter)) {
    for (const { line: at, cells } of records) {
      const line = translation?.notes?.numberOf(at) ?? at
      const remark = translation?.notes?.take(at)
      if (at <= found.line || isIgnored(line) || remark?.aside !== undefined) continue
      rows.push({ line, values: Object.fromEntries(found.columns.flatMap((column, field) => (column === null || (cells[field] ?? '').trim() === '' ? [] : [[column, (cells[field] ?? '').trim()]]))) })
      if (rows.length === rowsShown) return { columns, rows }
    }
  }
  return { columns, rows }
}

/** The header of the CSV that a file is, or is translated into. */
async function headerOf(translation: Translation | null, head: Buffer, size: number, kind: string) {
  let top = head
  let isWhole = head.length === size
  let pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [head]
  if (translation !== null) {
    const parts: Buffer[] = []
    isWhole = false
    for (let length = 0; length < headBytes; ) {
      const { value, done } = await translation.pieces.next()
      if (done === true) {
        isWhole = true
        break
      }
      parts.push(Buffer.from(value))
      length += value.length
    }
    await translation.pieces.return()
    top = Buffer.concat(parts)
    pieces = [top]
  }
  const start = markLength(top)
  if (!isWhole) top = top.subarray(0, top.lastIndexOf(0x0a) + 1)
  const header = findHeader(top, start, isWhole, kind)
  let written: readonly string[] = []
  for await (const records of readRecords([top], header.delimiter)) {
    written = records.find(({ line }) => line === header.line)?.cells ?? written
    break
  }
  return { pieces: isWhole ? pieces : [top], found: { ...header, written } }
}

/**
 * A profile to begin with: every header of the file with the column that it is known to name, null where none is.
 *
 * @throws Refusal `header_missing` when no row looks like a header, and what refuses the file itself
 */
export async function draftProfile(request: IngestRequest): Promise<ProfileDescription> {
  try {
    return await draft(request)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    throw new Refusal('fileRefused', error.refusal.code, error.refusal.detail)
  }
}

async function draft(request: IngestRequest): Promise<ProfileDescription> {
  const { head, size } = await readHead(request.path, headBytes)
  const { rows, delimiter } = isWorkbook(head) ? { rows: await topOfWorkbook(request.path), delimiter: null } : await topOfText(request, head, size)
  const wanted = request.kind === undefined ? kinds : [kindNamed(request.kind)].filter((kind): kind is Kind => kind !== null)
  const guesses = rows.flatMap((cells) => wanted.map((kind) => guess(kind, cells)))
  const [best] = guesses.sort((a, b) => b.known - a.known || b.cells - a.cells)
  if (best === undefined || best.known < (request.kind === undefined ? 2 : 1)) throw new FileFault('header_missing', 'no row has headers enough that are known; name the kind, or write the profile by hand (tantay help profile)')
  return { kind: best.kind.name, ...(delimiter !== null && { delimiter }), columns: best.columns, constants: {}, amount_style: 'plain', amount_units: [], statuses: {}, words: {}, reasons: {} }
}

const delimiters = [',', ';', '\t'] as const

/** The first rows of a text, cut where the most cells are. */
async function topOfText(request: IngestRequest, head: Buffer, size: number): Promise<{ rows: (readonly string[])[]; delimiter: (typeof delimiters)[number] }> {
  const translation = await translationOf({ path: request.path, head, size }, saidOf(request))
  let top = head
  if (translation !== null) {
    const { value } = await translation.pieces.next()
    await translation.pieces.return()
    top = value === undefined ? Buffer.alloc(0) : Buffer.from(value)
  }
  const end = Math.max(top.lastIndexOf(0x0a), top.lastIndexOf(0x0d)) + 1
  const whole = top.subarray(0, end === 0 ? top.length : end)
  const lines = whole.toString('utf8').split(/\r\n|\r|\n/).slice(0, headerSearchRecords)
  const widest = (delimiter: string): number => Math.max(...lines.map((line) => line.split(delimiter).length))
  const [delimiter = ','] = delimiters.toSorted((a, b) => widest(b) - widest(a))
  const rows: (readonly string[])[] = []
  for await (const records of readRecords([whole], delimiter)) rows.push(...records.map(({ cells }) => cells))
  return { rows: rows.slice(0, headerSearchRecords), delimiter }
}

function guess(kind: Kind, cells: readonly string[]): { kind: Kind; known: number; cells: number; columns: Record<string, string | null> } {
  const forms = new Map(kind.columns.flatMap((column) => headerForms(column).map((form) => [form, column.name] as const)))
  const taken = new Set<string>()
  const columns = cells.flatMap((cell): [string, string | null][] => {
    const column = forms.get(foldHeader(cell)) ?? null
    if (foldHeader(cell) === '') return []
    // Of two headers for one column the second is left to the person who reads the draft.
    if (column === null || taken.has(column)) return [[cell, null]]
    taken.add(column)
    return [[cell, column]]
  })
  return { kind, known: taken.size, cells: columns.length, columns: Object.fromEntries(columns) }
}
