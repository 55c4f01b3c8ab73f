/** What became of the files handed in: one by one, with the values that could not be taken and the lines that were ignored. */
import type { PlacedPart } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** One file in the list; counts are digits. */
export interface FileRow {
  readonly file_id: string
  readonly file_name: string
  readonly kind: string
  readonly source: string | null
  readonly status: string
  /** UTC instant. */
  readonly recorded_at: string
  readonly line_count: string
  readonly accepted_count: string
  readonly repeat_count: string
  readonly ignored_count: string
  /** Lines with at least one problem. */
  readonly problem_count: string
}

/** Why a whole file was refused. */
export interface FileRefusal {
  readonly code: string
  readonly line?: string | number | null
  readonly column?: string | null
  readonly raw?: string | null
  readonly detail?: string | null
}

/** A sheet of a workbook: `taken`; or `hidden`, `other`, `empty`, and then not read. */
export interface FilePart extends PlacedPart {
  readonly hidden_rows: number
}

/** One file whole. */
export interface FileDetail extends FileRow {
  readonly sha256: string
  readonly size_bytes: string
  /** `csv`, `xlsx` …; null as for encoding. */
  readonly format: string | null
  /** Null: refused before it was known. */
  readonly encoding: string | null
  /** The sheets of a workbook; null for a file without parts. */
  readonly parts: readonly FilePart[] | null
  readonly delimiter: string | null
  readonly header_columns: readonly (string | null)[] | null
  readonly control_count: string | null
  readonly control_sum: string | null
  /** Null: no sum was declared; false: a line's amount could not be read, so the sum was left unchecked. */
  readonly is_control_sum_checked: boolean | null
  readonly refusal: FileRefusal | null
  readonly sealed_at: string | null
  readonly voided_at: string | null
  readonly void_reason: string | null
}

/** One value that could not be taken; column null means the whole line. */
export interface FileProblem {
  readonly line: string
  readonly column: string | null
  readonly code: string
  readonly raw: string | null
  readonly suggestion: string | null
}

/** How often a code occurs in a column. */
export interface FileProblemCount {
  readonly code: string
  readonly column: string | null
  readonly count: string
  readonly first_line: string
}

/** A run of lines that are no data. */
export interface IgnoredLines {
  readonly first_line: string
  readonly last_line: string
  readonly reason: string
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const sqlFiles = {
  page: file('files_page'),
  one: file('file'),
  problems: file('file_problems'),
  problemCounts: file('file_problem_counts'),
  ignored: file('file_ignored_lines'),
  waiting: file('waiting_files'),
}

/** At most `size` files, the newest first, older than `beforeFileId`; `hasMore` says whether older ones follow. */
export async function filesPage(session: Session, beforeFileId: string | null, size: number): Promise<{ readonly rows: readonly FileRow[]; readonly hasMore: boolean }> {
  const rows = await rowsOf<FileRow>(session, sqlFiles.page, { before_file_id: beforeFileId, row_limit: size + 1 })
  return { rows: rows.slice(0, size), hasMore: rows.length > size }
}

/** How many sealed files there are, as digits: what a first run would see. */
export async function waitingFileCount(session: Session): Promise<string> {
  return (await rowsOf<{ count: string }>(session, sqlFiles.waiting, {}))[0]?.count ?? '0'
}

/** One file; null when there is none of that number. */
export async function fileById(session: Session, fileId: string): Promise<FileDetail | null> {
  return (await rowsOf<FileDetail>(session, sqlFiles.one, { file_id: fileId }))[0] ?? null
}

/**
 * The problems of whole lines after `afterLine`, about `size` of them: a line's problems are never torn apart, so that
 * the last line's number is where the next page begins.
 */
export async function fileProblems(session: Session, fileId: string, afterLine: string, size: number): Promise<{ readonly rows: readonly FileProblem[]; readonly nextAfterLine: string | null }> {
  const rows = await rowsOf<FileProblem>(session, sqlFiles.problems, { file_id: fileId, after_line: afterLine, row_limit: size + 1 })
  if (rows.length <= size) return { rows, nextAfterLine: null }
  const cutLine = rows.at(-1)?.line
  const whole = rows.filter((row) => row.line !== cutLine)
  // A single line with more problems than a page holds is shown cut rather than never left.
  const shown = whole.length > 0 ? whole : rows.slice(0, size)
  return { rows: shown, nextAfterLine: shown.at(-1)?.line ?? null }
}

/** How often each cause occurs in a file, the most frequent first. */
export function fileProblemCounts(session: Session, fileId: string): Promise<FileProblemCount[]> {
  return rowsOf(session, sqlFiles.problemCounts, { file_id: fileId })
}

/** The first `size` runs of lines that are no data. */
export function fileIgnoredLines(session: Session, fileId: string, size: number): Promise<IgnoredLines[]> {
  return rowsOf(session, sqlFiles.ignored, { file_id: fileId, row_limit: size })
}

/** Whether the reader may read the lines of this file: those of any file, or those of the own bank's (the database says which). */
export async function seesLinesOf(session: Session, fileId: string): Promise<boolean> {
  const [row] = await session.query<{ sees: boolean }>('select desk_sees_files() or exists (select from source_file where file_id = $1 and source = desk_agent()::text) as sees', [fileId])
  return row?.sees === true
}
