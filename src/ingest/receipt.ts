/** What is answered about a file: its receipt, as `tantay ingest`, `files` and the pages give it. */
import { join } from 'node:path'
import { Refusal, type Clock, type FileRefusal, type Problem } from '../core/index.ts'
import { certainly, whenBack, type Database, type Session } from '../db/index.ts'
import type { FilePart } from '../formats/index.ts'
import { endsWithLineBreak } from './file-receiver.ts'
import { problemsShown } from './line-tally.ts'

/** The answer about one file handed in. accepted + repeats + problem_count + ignored = lines. */
export interface Receipt {
  /** Null only when the file could not even be read. */
  readonly file_id: string | null
  readonly file_name: string
  /** Null when it is not known. */
  readonly kind: string | null
  /** `csv`, `xlsx`, `mt940`, or the name of an ISO 20022 message; null when it was refused before that was known. */
  readonly format: string | null
  /** The encoding of its text as it was sent, for example `utf-8` or `tcvn3`; null as for format. */
  readonly encoding: string | null
  /** The sheets of a workbook, taken or not; null for a file without parts. Lines are numbered on through them. */
  readonly parts: readonly FilePart[] | null
  /** The mapping profile by which it was read, `name@version`; null: none. */
  readonly profile: string | null
  readonly sha256: string | null
  /** The file that held these bytes first, when they were handed in again; nothing was changed then. */
  readonly repeat_of: string | null
  readonly status: 'sealed' | 'refused' | 'void'
  /** Records below or above the header, the header not among them. */
  readonly lines: number
  readonly accepted: number
  readonly repeats: number
  readonly ignored: number
  /** How many lines have problems; a line with several bad values counts once. */
  readonly problem_count: number
  /** The problems, one for each bad value (so they may be more than problem_count), by line; at most 10,000 of them: `eachProblem` gives all. */
  readonly problems: readonly Problem[]
  /** Null: no sum was declared; false: it was left unchecked because an amount could not be read. */
  readonly is_control_sum_checked: boolean | null
  /** False: the last line has no line end, as in a file that was cut inside its last value. Null: refused, or its bytes are not at hand. */
  readonly has_final_newline: boolean | null
  /** Why the whole file was refused; null unless it was. */
  readonly refusal: FileRefusal | null
}

/** One file in the list of files. */
export interface FileSummary extends Omit<Receipt, 'problems' | 'repeat_of' | 'has_final_newline'> {
  readonly file_id: string
  /** `unknown` when it could not be told. */
  readonly kind: string
  readonly source: string | null
  readonly size_bytes: number
  readonly recorded_at: string
  readonly sealed_at: string | null
  readonly voided_at: string | null
  readonly void_reason: string | null
}

/** A run of lines that are no data. */
export interface IgnoredLines {
  readonly first_line: number
  readonly last_line: number
  readonly reason: string
}

/** One file with what is known of its lines. */
export interface FileDetail extends FileSummary {
  readonly repeat_of: null
  readonly has_final_newline: boolean | null
  /** At most 10,000; `eachProblem` gives all. */
  readonly problems: readonly Problem[]
  /** At most 10,000; `eachIgnoredRun` gives all. */
  readonly ignored_lines: readonly IgnoredLines[]
}

interface FileRow extends Omit<FileSummary, 'lines' | 'accepted' | 'repeats' | 'ignored' | 'problem_count' | 'size_bytes'> {
  readonly lines: string
  readonly accepted: string
  readonly repeats: string
  readonly ignored: string
  readonly problem_count: string
  readonly size_bytes: string
}

const summaryColumns = `file_id, file_name, kind, format, encoding, parts, profile_name || '@' || profile_version as profile, sha256, source, status, size_bytes, line_count as lines, accepted_count as accepted,
  repeat_count as repeats, ignored_count as ignored, problem_count, is_control_sum_checked, refusal, recorded_at, sealed_at, voided_at, void_reason`

/** All files handed in, in the order of their arrival; the pack that the installation brings is not among them. */
export async function listFiles(database: Session): Promise<FileSummary[]> {
  const rows = await database.query<FileRow>(`select ${summaryColumns} from source_file where file_id > 0 order by file_id`)
  return rows.map(summaryOf)
}

/**
 * One file, its problems and its ignored lines.
 *
 * @param dataDirectory where the bytes of received files are; without it has_final_newline is null
 * @throws Refusal `file_unknown`
 */
export async function showFile(database: Session, fileId: string, dataDirectory?: string): Promise<FileDetail> {
  const summary = await findFile(database, fileId)
  const ignored = await database.query<IgnoredRow>(`${ignoredStatement} limit 10000`, [summary.file_id])
  return {
    ...summary,
    repeat_of: null,
    has_final_newline: dataDirectory === undefined ? null : await lineEndOf(summary, join(dataDirectory, 'files', summary.sha256 ?? '')),
    problems: await readProblems(database, summary.file_id),
    ignored_lines: ignored.map(ignoredOf),
  }
}

/** How many values of a file have problems, shown or not. */
export async function countProblems(database: Session, fileId: string): Promise<number> {
  const [row] = await database.query<{ values: string }>('select count(*) as values from problem where file_id = $1', [fileId])
  return parseInt(row?.values ?? '0', 10)
}

/** Hands over every problem of a file, by line, without holding them all. */
export function eachProblem(database: Database, fileId: string, take: (problem: Problem) => void | Promise<void>): Promise<void> {
  return database.transaction(async (transaction) => {
    for await (const row of transaction.stream<ProblemRow>(problemStatement, [fileId])) await take(problemOf(row))
  })
}

/** Hands over every run of ignored lines of a file, from the top, without holding them all. */
export function eachIgnoredRun(database: Database, fileId: string, take: (run: IgnoredLines) => void | Promise<void>): Promise<void> {
  return database.transaction(async (transaction) => {
    for await (const row of transaction.stream<IgnoredRow>(ignoredStatement, [fileId])) await take(ignoredOf(row))
  })
}

/** The receipt of a file that was taken in before; `repeatOf` when the same bytes came again, now at `path`. */
export async function receiptOf(database: Session, fileId: string, repeatOf: string | null, path: string): Promise<Receipt> {
  const { file_id, file_name, kind, format, encoding, parts, profile, sha256, status, lines, accepted, repeats, ignored, problem_count, is_control_sum_checked, refusal } = await findFile(database, fileId)
  const problems = problem_count === 0 ? [] : await readProblems(database, file_id)
  const has_final_newline = await lineEndOf({ status, format, encoding }, path)
  return { file_id, file_name, kind: kind === 'unknown' ? null : kind, format, encoding, parts, profile, sha256, repeat_of: repeatOf, status, lines, accepted, repeats, ignored, problem_count, problems, is_control_sum_checked, has_final_newline, refusal }
}

/**
 * Withdraws a sealed file: from the next run on everything is as if it had never arrived, and both stay on record.
 *
 * @throws Refusal `file_unknown`, `file_not_sealed`, `reason_missing`
 */
export async function voidFile(database: Database, fileId: string, why: string, clock: Clock): Promise<FileSummary> {
  if (why.trim() === '') throw new Refusal('usage', 'reason_missing', 'a file is voided for a reason; say why')
  const { file_id } = await findFile(database, fileId)
  const [changed] = await certainly(database, database, (transaction) => transaction.query<{ is_void: boolean }>('select void_source_file($1, $2, $3) as is_void', [file_id, why.trim(), clock.now()]))
  const file = await whenBack(() => findFile(database, file_id))
  if (changed?.is_void !== true) throw new Refusal('conflict', 'file_not_sealed', `file ${file_id} is ${file.status}; only a sealed file can be voided`)
  return file
}

async function findFile(database: Session, fileId: string): Promise<FileSummary> {
  const rows = /^[1-9]\d{0,17}$/.test(fileId) ? await database.query<FileRow>(`select ${summaryColumns} from source_file where file_id = $1`, [fileId]) : []
  const [row] = rows
  if (row === undefined) throw new Refusal('notFound', 'file_unknown', `there is no file ${fileId}`)
  return summaryOf(row)
}

type ProblemRow = Omit<Problem, 'line'> & { line: string }
interface IgnoredRow {
  readonly first_line: string
  readonly last_line: string
  readonly reason: string
}

const problemStatement = 'select line_number as line, column_name as column, code, raw, suggestion from problem where file_id = $1 order by line_number, ctid'
const ignoredStatement = 'select first_line, last_line, reason from ignored_lines where file_id = $1 order by first_line'

async function readProblems(database: Session, fileId: string): Promise<Problem[]> {
  return (await database.query<ProblemRow>(`${problemStatement} limit $2`, [fileId, problemsShown])).map(problemOf)
}

/** Whether the last line of a file that was taken in has its line end. */
async function lineEndOf({ status, format, encoding }: Pick<Receipt, 'status' | 'format' | 'encoding'>, path: string): Promise<boolean | null> {
  return status === 'refused' || (format !== null && format !== 'csv') ? null : endsWithLineBreak(path, encoding ?? 'utf-8')
}

function problemOf(row: ProblemRow): Problem {
  return { ...row, line: parseInt(row.line, 10) }
}

function ignoredOf(row: IgnoredRow): IgnoredLines {
  return { first_line: parseInt(row.first_line, 10), last_line: parseInt(row.last_line, 10), reason: row.reason }
}

function summaryOf(row: FileRow): FileSummary {
  const counts = { lines: parseInt(row.lines, 10), accepted: parseInt(row.accepted, 10), repeats: parseInt(row.repeats, 10), ignored: parseInt(row.ignored, 10), problem_count: parseInt(row.problem_count, 10) }
  return { ...row, ...counts, size_bytes: parseInt(row.size_bytes, 10) }
}
