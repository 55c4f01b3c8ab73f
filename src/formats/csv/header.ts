/** Finds the header of a CSV file below its title rows, and with it the delimiter, the kind and what each column is. */
import { foldHeader, foldWord, headerForms, kindNamed, kinds, type Kind } from '../../core/index.ts'
import { FileFault } from '../fault.ts'
import { headerSearchRecords } from '../limits.ts'
import { showable, textOf } from '../texts.ts'
import { CsvScanner } from './scanner.ts'

/** What the top of a file says about the rest of it. */
export interface Header {
  readonly kind: Kind
  /** `,` `;` or tab. */
  readonly delimiter: string
  /** The physical line on which the header begins. */
  readonly line: number
  /** What each column holds, in the file's order; null for one that is ignored. */
  readonly columns: readonly (string | null)[]
  /** The header cells as they are compared, to know a repeated header by. */
  readonly folded: readonly string[]
  /** How many records from the top to the header, it included. */
  readonly recordsFromTop: number
  /** True when the first line is `sep=;` and says nothing else. */
  readonly hasSeparatorLine: boolean
}

const delimiters = [0x2c, 0x3b, 0x09]
const separatorLine = /^"?sep=([,;\t|])"?$/

interface Candidate {
  readonly kind: Kind
  readonly delimiter: number
  readonly cells: readonly string[]
  readonly line: number
  readonly record: number
  readonly columns: readonly (string | null)[]
  /** How many columns of the kind were recognised. */
  readonly recognised: number
  readonly missing: readonly string[]
  /** A column that several headers name, with those headers. */
  readonly doubled: { readonly column: string; readonly headers: readonly string[] } | null
}

/**
 * The header: the first record within the first 50 that has every required column of the kind; of exactly one kind
 * when none is given.
 *
 * @param head the beginning of the file, valid UTF-8; `start` its first byte after a byte order mark
 * @param isWhole true when the file holds no more than `head`
 * @throws FileFault `kind_unknown`, `kind_ambiguous`, `column_missing`, `column_doubled` or `header_missing`
 */
export function findHeader(head: Uint8Array, start: number, isWhole: boolean, kindName?: string): Header {
  const wanted = kindName === undefined ? null : kindNamed(kindName)
  if (kindName !== undefined && wanted === null) throw new FileFault('kind_unknown', `there is no kind of file called ${kindName}; known are ${kinds.map(({ name }) => name).join(', ')}`)
  const declared = declaredDelimiter(head, start)
  const seen = { mostCells: 0 }
  const candidates = (declared === null ? delimiters : [declared]).flatMap((delimiter) => readCandidates(head, start, isWhole, delimiter, seen))
  const complete = candidates.filter(({ missing, kind, recognised, cells }) => missing.length === 0 && (wanted === null ? isLikely(recognised, cells) : kind === wanted))
  const best = pick(complete, wanted)
  if (best === null) throw explainMissing(candidates, wanted, seen.mostCells > 1)
  if (best.doubled !== null) {
    const { column, headers } = best.doubled
    const named = headers.map((header) => `"${showable(header)}"`).join(' and ')
    throw new FileFault('column_doubled', `the header on line ${best.line} names the column ${column} more than once: ${named}`, { line: best.line, column, raw: showable(headers.join(String.fromCharCode(best.delimiter))) })
  }
  return {
    kind: best.kind,
    delimiter: String.fromCharCode(best.delimiter),
    line: best.line,
    columns: best.columns,
    folded: best.cells.map(foldWord),
    recordsFromTop: best.record,
    hasSeparatorLine: declared !== null,
  }
}

/** `sep=;` on the first line, as spreadsheets write it. */
function declaredDelimiter(head: Uint8Array, start: number): number | null {
  const match = separatorLine.exec(/^[^\r\n]*/.exec(Buffer.from(head.subarray(start, start + 12)).toString('latin1'))?.[0] ?? '')
  return match === null ? null : (match[1] as string).charCodeAt(0)
}

/** Each of the first records, read as the header of each kind of which it names a column. */
function readCandidates(head: Uint8Array, start: number, isWhole: boolean, delimiter: number, seen: { mostCells: number }): Candidate[] {
  const scanner = new CsvScanner(delimiter)
  scanner.load(head, start, head.length, 0, isWhole)
  const candidates: Candidate[] = []
  try {
    for (let record = 1; record <= headerSearchRecords && scanner.next(); record += 1) {
      const cells: string[] = []
      for (let field = 0; field < scanner.fieldCount; field += 1) cells.push(textOf(scanner.fields, scanner.starts[field] as number, scanner.ends[field] as number).trim())
      seen.mostCells = Math.max(seen.mostCells, cells.filter((cell) => cell !== '').length)
      if (cells.every((cell) => cell.length > 200 || cell === '')) continue
      for (const kind of kinds) {
        const candidate = readAs(kind, cells)
        if (candidate.recognised > 0) candidates.push({ ...candidate, kind, delimiter, cells, line: scanner.line, record })
      }
    }
  } catch (error) {
    // With the wrong delimiter the structure may look broken; the right one is judged when the file is read.
    if (!(error instanceof FileFault)) throw error
  }
  return candidates
}

function readAs(kind: Kind, cells: readonly string[]): Pick<Candidate, 'columns' | 'recognised' | 'missing' | 'doubled'> {
  const { canonical, aliases } = headerWords(kind)
  const folded = cells.map((cell) => (cell.length > 200 ? '' : foldHeader(cell)))
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
  return recognised >= 2 && recognised * 2 >= cells.filter((cell) => cell !== '').length
}

/** The first complete header; of several kinds on one record the one that knows most of its columns. */
function pick(complete: readonly Candidate[], wanted: Kind | null): Candidate | null {
  if (complete.length === 0) return null
  const first = Math.min(...complete.map(({ record }) => record))
  const [best, second] = complete.filter(({ record }) => record === first).sort((a, b) => b.recognised - a.recognised || b.cells.length - a.cells.length)
  if (best === undefined) return null
  if (wanted === null && second !== undefined && second.kind !== best.kind && second.recognised === best.recognised) {
    throw new FileFault('kind_ambiguous', `the header on line ${best.line} fits ${best.kind.name} as well as ${second.kind.name}; name the kind`, { line: best.line })
  }
  return best
}

function explainMissing(candidates: readonly Candidate[], wanted: Kind | null, hasTable: boolean): FileFault {
  const ranked = [...candidates].sort((a, b) => b.recognised - a.recognised || a.missing.length - b.missing.length || a.record - b.record)
  const near = ranked.find(({ kind, recognised, cells }) => (wanted === null ? isLikely(recognised, cells) : kind === wanted && (recognised >= 2 || cells.filter((cell) => cell !== '').length <= 2)))
  if (near !== undefined) {
    const other = wanted === null ? undefined : ranked.find(({ kind, missing, recognised, cells }) => kind !== wanted && missing.length === 0 && isLikely(recognised, cells))
    const hint = other === undefined ? '' : ` (the file looks like ${other.kind.name})`
    return new FileFault('column_missing', `the header on line ${near.line} has no column ${near.missing.join(', ')}, which ${near.kind.name} needs${hint}`, {
      line: near.line,
      column: near.missing[0] ?? null,
      raw: showable(near.cells.join(String.fromCharCode(near.delimiter))),
    })
  }
  if (wanted !== null) return new FileFault('header_missing', `none of the first ${headerSearchRecords} lines is the header of a file of the kind ${wanted.name}`)
  return hasTable
    ? new FileFault('kind_unknown', 'the header fits no kind of file; check the column names, or name the kind')
    : new FileFault('header_missing', `none of the first ${headerSearchRecords} lines is a header`)
}
