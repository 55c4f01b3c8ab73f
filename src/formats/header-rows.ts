/** Finds the header among rows of cells: the one row, or the two rows of one header, that names what a kind of file needs. */
import { foldHeader, headerForms, kindNamed, kinds, type Kind } from '../core/index.ts'
import { FileFault } from './fault.ts'
import { headerSearchRecords } from './limits.ts'
import { showable } from './texts.ts'

/** What is written behind a sender's columns when their file goes back to them; when it comes again, these say nothing. */
export const annotations = ['row_no', 'error_code', 'error_vi', 'error_en'] as const

/** The cells without our own: each of them is known by the company it keeps, for a bank may have an `error_code` too. */
function sendersOwn(cells: readonly string[]): readonly string[] {
  if (!cells.includes('error_vi') && !cells.includes('error_en')) return cells
  return cells.map((cell) => ((annotations as readonly string[]).includes(cell) ? '' : cell))
}

/** A row of cells, as text without blanks around it. */
export interface HeaderRow {
  readonly cells: readonly string[]
  /** The row as it stands in the file, to be shown. */
  readonly text: string
  /** What a sender counts: the line of the file, the row of the sheet. */
  readonly line: number
  /** How many rows from the top, it included. */
  readonly record: number
}

/** A row, or two, read as the header of a kind. */
export interface Candidate extends HeaderRow {
  readonly kind: Kind
  /** Where the upper row of a header of two rows stands; null for a header of one. */
  readonly upperLine: number | null
  readonly columns: readonly (string | null)[]
  /** How many columns of the kind were recognised. */
  readonly recognised: number
  readonly missing: readonly string[]
  /** A column that several headers name, with those headers. */
  readonly doubled: { readonly column: string; readonly headers: readonly string[] } | null
}

/** The kind with a name; null when none is given. @throws FileFault `kind_unknown` */
export function wantedKind(name: string | undefined): Kind | null {
  const kind = name === undefined ? null : kindNamed(name)
  if (name !== undefined && kind === null) throw new FileFault('kind_unknown', `there is no kind of file called ${name}; known are ${kinds.map((one) => one.name).join(', ')}`)
  return kind
}

/** Each row, and each row under the one above it, read as the header of each kind of which it names a column. */
export function candidatesOf(rows: readonly HeaderRow[]): Candidate[] {
  return rows.flatMap((row, index) => {
    const above = rows[index - 1]
    return [...readRow(row, null), ...(above === undefined ? [] : readRow({ ...row, cells: under(above.cells, row.cells), text: `${above.text}\n${row.text}` }, above.line))]
  })
}

/** In a header of two rows the lower one says what a column is; where it says nothing, the upper one does. */
function under(upper: readonly string[], lower: readonly string[]): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, field) => lower[field] || (upper[field] ?? ''))
}

function readRow(row: HeaderRow, upperLine: number | null): Candidate[] {
  if (row.cells.every((cell) => cell.length > 200 || cell === '')) return []
  return kinds.map((kind) => ({ ...readAs(kind, row.cells), ...row, kind, upperLine })).filter(({ recognised }) => recognised > 0)
}

/**
 * The header among candidates: the first row that has every required column of the kind, of exactly one kind when none
 * is wanted; two rows together only where no row alone will do.
 *
 * @throws FileFault `kind_ambiguous` or `column_doubled`; null when there is none: `explainMissing` says why
 */
export function chooseHeader<T extends Candidate>(candidates: readonly T[], wanted: Kind | null): T | null {
  const complete = candidates.filter(({ missing, kind, recognised, cells }) => missing.length === 0 && (wanted === null ? isLikely(recognised, cells) : kind === wanted))
  const alone = complete.filter(({ upperLine }) => upperLine === null)
  const best = pick(alone.length > 0 ? alone : complete, wanted)
  if (best === null) return null
  if (best.doubled !== null) {
    const { column, headers } = best.doubled
    const named = headers.map((header) => `"${showable(header)}"`).join(' and ')
    throw new FileFault('column_doubled', `the header on line ${best.line} names the column ${column} more than once: ${named}`, { line: best.line, column, raw: showable(best.text) })
  }
  return best
}

function readAs(kind: Kind, cells: readonly string[]): Pick<Candidate, 'columns' | 'recognised' | 'missing' | 'doubled'> {
  const { canonical, aliases } = headerWords(kind)
  const folded = sendersOwn(cells).map((cell) => (cell.length > 200 ? '' : foldHeader(cell)))
  // A canonical name beside an alias of it names the column twice, as two aliases do: which one counts is not guessed.
  const columns = folded.map((word) => canonical.get(word) ?? aliases.get(word) ?? null)
  const present = columns.filter((column) => column !== null)
  const doubled = present.find((column, index) => present.indexOf(column) !== index)
  return {
    columns,
    recognised: new Set(present).size,
    missing: kind.columns.filter(({ name, isRequired }) => isRequired === true && !present.includes(name)).map(({ name }) => name),
    doubled: doubled === undefined ? null : { column: doubled, headers: cells.filter((_, index) => columns[index] === doubled) },
  }
}

const knownWords = new Map<Kind, { canonical: Map<string, string>; aliases: Map<string, string> }>()

function headerWords(kind: Kind): { canonical: Map<string, string>; aliases: Map<string, string> } {
  let words = knownWords.get(kind)
  if (words === undefined) {
    words = {
      canonical: new Map(kind.columns.map(({ name }) => [foldHeader(name), name])),
      aliases: new Map(kind.columns.flatMap((column) => headerForms(column).map((word) => [word, column.name] as const))),
    }
    knownWords.set(kind, words)
  }
  return words
}

/** Without a kind, one familiar word in a title makes no header: two, and half of the cells, have to be known. */
function isLikely(recognised: number, cells: readonly string[]): boolean {
  return recognised >= 2 && recognised * 2 >= sendersOwn(cells).filter((cell) => cell !== '').length
}

/** The first complete header; of several kinds on one record the one that knows most of its columns. */
function pick<T extends Candidate>(complete: readonly T[], wanted: Kind | null): T | null {
  if (complete.length === 0) return null
  const first = Math.min(...complete.map(({ record }) => record))
  const [best, second] = complete.filter(({ record }) => record === first).sort((a, b) => b.recognised - a.recognised || b.cells.length - a.cells.length)
  if (best === undefined) return null
  if (wanted === null && second !== undefined && second.kind !== best.kind && second.recognised === best.recognised) {
    throw new FileFault('kind_ambiguous', `the header on line ${best.line} fits ${best.kind.name} as well as ${second.kind.name}; name the kind`, { line: best.line })
  }
  return best
}

/** Why no candidate is a header; `hasTable`: some row has several cells. */
export function explainMissing(candidates: readonly Candidate[], wanted: Kind | null, hasTable: boolean): FileFault {
  const alone = candidates.filter(({ upperLine }) => upperLine === null)
  const ranked = alone.sort((a, b) => b.recognised - a.recognised || a.missing.length - b.missing.length || a.record - b.record)
  const near = ranked.find(({ kind, recognised, cells }) => (wanted === null ? isLikely(recognised, cells) : kind === wanted && (recognised >= 2 || cells.filter((cell) => cell !== '').length <= 2)))
  if (near !== undefined) {
    const other = wanted === null ? undefined : ranked.find(({ kind, missing, recognised, cells }) => kind !== wanted && missing.length === 0 && isLikely(recognised, cells))
    const hint = other === undefined ? '' : ` (the file looks like ${other.kind.name})`
    return new FileFault('column_missing', `the header on line ${near.line} has no column ${near.missing.join(', ')}, which ${near.kind.name} needs${hint}`, {
      line: near.line,
      column: near.missing[0] ?? null,
      raw: showable(near.text),
    })
  }
  if (wanted !== null) return new FileFault('header_missing', `none of the first ${headerSearchRecords} lines is the header of a file of the kind ${wanted.name}`)
  return hasTable
    ? new FileFault('kind_unknown', 'the header fits no kind of file; check the column names, or name the kind')
    : new FileFault('header_missing', `none of the first ${headerSearchRecords} lines is a header`)
}
