/** What a bank's own pages are drawn from: its files, what it owes and by when, its withdrawal reports, what waits for its answer. */
import { countryOffsetMinutes } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** How a file handed in by a bank stands: as an upload does, or `void`: withdrawn again. */
export const bankFileStates = ['draft', 'received', 'processing', 'sealed', 'refused', 'failed', 'void'] as const
export type BankFileState = (typeof bankFileStates)[number]

/** One file of a bank; counts are digits, null while it has not been read. */
export interface BankFile {
  /** Of its page: the id of the upload, else the number of the file. */
  readonly key: string
  readonly file_id: string | null
  readonly file_name: string
  /** Null: not known yet. */
  readonly kind: string | null
  readonly state: BankFileState
  readonly received_at: string
  /** True: the same bytes had been handed in before. */
  readonly is_repeat: boolean
  readonly line_count: string | null
  readonly accepted_count: string | null
  readonly repeat_count: string | null
  readonly problem_count: string | null
  readonly ignored_count: string | null
}

/** Where a page of files goes on, and which of them are wanted; absent: all. */
export interface BankFileFilter {
  readonly kind?: string | undefined
  readonly state?: BankFileState | undefined
  /** Behind this file. */
  readonly after?: { readonly at: string; readonly key: string } | undefined
}

/** A file that a bank owes every month; days are local. */
export interface BankDeadline {
  readonly kind: string
  /** Null: of any scheme. */
  readonly scheme: string | null
  readonly next_date: string
  readonly past_date: string
  /** Null: none ever came. */
  readonly last_received_date: string | null
  /** True: the last deadline has passed without it. */
  readonly is_missing: boolean
  /** True: the one for the next deadline is here already. */
  readonly is_here: boolean
}

/** What a bank has told of withdrawals. */
export interface WithdrawalReports {
  /** The latest day that its files report through; null: none yet. */
  readonly reported_through_date: string | null
  /** Credits of the published result that no report speaks of, as digits. */
  readonly unreported_count: string
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { list: file('bank_files'), deadlines: file('bank_files_due') }

/** At most `size` files of the bank, the newest first; `hasMore` says whether others follow. `source`: its 6 digits. */
export async function bankFiles(session: Session, source: string, size: number, { kind, state, after }: BankFileFilter = {}): Promise<{ readonly rows: readonly BankFile[]; readonly hasMore: boolean }> {
  const rows = await rowsOf<BankFile>(session, files.list, { source, kind: kind ?? null, state: state ?? null, before_at: after?.at ?? null, before_key: after?.key ?? null, row_limit: size + 1 })
  return { rows: rows.slice(0, size), hasMore: rows.length > size }
}

/** The files that the bank owes, one row per kind and scheme, missing ones first; empty before the first result. */
export function bankDeadlines(session: Session, source: string, today: string): Promise<BankDeadline[]> {
  return rowsOf(session, files.deadlines, { source, today, offset_minutes: countryOffsetMinutes })
}

/** What the reader's own bank has told of withdrawals; null for a reader of no bank. */
export async function withdrawalReports(session: Session): Promise<WithdrawalReports | null> {
  return (await session.query<WithdrawalReports>('select reported_through_date, unreported_count from desk_withdrawal_reports()'))[0] ?? null
}
