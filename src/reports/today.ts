/** What waits for one reader today, and what the last night did. */
import { addDays, money, type Amount } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'
import type { PublishedRun } from './overview.ts'
import { rowsOf } from './rows.ts'

/** How many cases, and what is at stake in them, by currency in alphabetical order. */
export interface Waiting {
  readonly count: number
  readonly amounts: readonly { readonly currency: string; readonly amount: Amount }[]
}

/** The numbers on top of the first page. */
export interface TodayCounts {
  /** Open, whoever works on them. */
  readonly waiting: Waiting
  /** Of them past their deadline. */
  readonly overdue: Waiting
  /** Of them found, or found again, by the published run. */
  readonly found: Waiting
  /** Appraised by somebody else, within what the reader may approve; the amounts are those appraised. */
  readonly toApprove: Waiting
}

/** Who asks. */
export interface TodayReader {
  readonly staffId: string
  readonly isApprover: boolean
  readonly scopeLevel: string
}

/** What the night did and whether its result is as new as it should be. */
export interface Night {
  readonly run: PublishedRun
  readonly mode: string | null
  /** Cases opened, and closed by themselves, by the published result. */
  readonly found_count: number
  readonly gone_count: number
  /** A run after the published one that failed; null: none did. */
  readonly failed: { readonly run_id: string; readonly started_at: string } | null
  /** True: the published day lies before yesterday, so a night is missing. */
  readonly isOld: boolean
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { today: file('today'), nights: file('last_nights'), changes: file('night_changes') }

type CountRow = { readonly currency: string } & Record<`${'waiting' | 'overdue' | 'new' | 'approve'}_${'count' | 'amount'}`, string>

/** What is open for the reader as of the published run. @param today the day that deadlines are held against */
export async function todayCounts(session: Session, run: PublishedRun, reader: TodayReader, today: string): Promise<TodayCounts> {
  const rows = await rowsOf<CountRow>(session, files.today, {
    as_of: run.as_of, today, staff_id: reader.staffId, is_approver: reader.isApprover, scope_level: reader.scopeLevel, unit_codes: null,
  })
  const waiting = (name: 'waiting' | 'overdue' | 'new' | 'approve'): Waiting => {
    const own = rows.filter((row) => row[`${name}_count`] !== '0')
    return { count: own.reduce((sum, row) => sum + Number.parseInt(row[`${name}_count`], 10), 0), amounts: own.map((row) => ({ currency: row.currency, amount: money.amountFromDatabase(row[`${name}_amount`]) })) }
  }
  return { waiting: waiting('waiting'), overdue: waiting('overdue'), found: waiting('new'), toApprove: waiting('approve') }
}

/** What the last night did, as of today. */
export async function lastNight(session: Session, run: PublishedRun, today: string): Promise<Night> {
  const nights = await rowsOf<{ run_id: string; status: string; mode: string | null; started_at: string }>(session, files.nights)
  const changes = (await rowsOf<{ found_count: string; gone_count: string }>(session, files.changes, { as_of: run.as_of }))[0]
  const failed = nights.find(({ status }) => status === 'failed')
  return {
    run,
    mode: nights.find(({ run_id: id }) => id === run.run_id)?.mode ?? null,
    found_count: Number.parseInt(changes?.found_count ?? '0', 10),
    gone_count: Number.parseInt(changes?.gone_count ?? '0', 10),
    failed: failed === undefined ? null : { run_id: failed.run_id, started_at: failed.started_at },
    isOld: run.as_of < addDays(today, -1),
  }
}
