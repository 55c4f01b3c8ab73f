/** What waits for one reader today, and what the last night did. */
import { addDays, addMilliseconds, localDayOf, money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import type { PublishedRun } from './overview.ts'

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
  /** Every code that lies in the reader's unit; null: the whole country. */
  readonly unitCodes: readonly string[] | null
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
  /** True: the published day lies before the last one whose night should be over, so a night is missing. */
  readonly isOld: boolean
  /** The newest night that is not done with: failed, to be tried again, waiting, under way; null: none, or nights are not kept here. */
  readonly open: { readonly as_of: string; readonly state: 'waiting' | 'running' | 'retrying' | 'failed'; readonly failure_code: string | null; readonly next_attempt_at: string | null } | null
}

/** An open case as the first page shows it. */
export interface FirstCase {
  readonly finding_id: string
  readonly case_number: string
  readonly code: string
  /** Null for what is no finding of a run: a complaint. */
  readonly severity: string | null
  readonly title: Texts | null
  /** What to do next. */
  readonly action: Texts | null
  readonly beneficiary_name: string | null
  readonly village: string | null
  readonly unit_code: string | null
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly currency: string
  readonly amount_at_stake: Amount
  readonly waiting_since: string
  readonly deadline_date: string
  readonly step: string
  /** What was appraised; null: nothing was. */
  readonly resolution: string | null
  readonly proposed_amount: Amount | null
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { first: file('today_first'), open: file('open_cases'), today: file('today'), nights: file('last_nights'), changes: file('night_changes') }

const nightEndsAfter = 6 * 3_600_000

type CountRow = { readonly currency: string } & Record<`${'waiting' | 'overdue' | 'new' | 'approve'}_${'count' | 'amount'}`, string>

/** What is open for the reader as of the published run. @param today the day that deadlines are held against */
export async function todayCounts(session: Session, run: PublishedRun, reader: TodayReader, today: string): Promise<TodayCounts> {
  const rows = await rowsOf<CountRow>(session, files.today, {
    as_of: run.as_of, today, staff_id: reader.staffId, is_approver: reader.isApprover, scope_level: reader.scopeLevel, unit_codes: reader.unitCodes,
  })
  const waiting = (name: 'waiting' | 'overdue' | 'new' | 'approve'): Waiting => waitingOf(rows.map((row) => ({ currency: row.currency, count: row[`${name}_count`], amount: row[`${name}_amount`] })))
  return { waiting: waiting('waiting'), overdue: waiting('overdue'), found: waiting('new'), toApprove: waiting('approve') }
}

/** What is open in a place, as the queue shows it for the same place, scheme and month (`YYYY-MM`; absent: all), by currency. */
export async function openCaseCounts(session: Session, { unitCodes, scheme, benefitPeriod }: { readonly unitCodes: readonly string[] | null; readonly scheme?: string | undefined; readonly benefitPeriod?: string | undefined }): Promise<Waiting> {
  const rows = await rowsOf<{ currency: string; count: string; amount: string }>(session, files.open, { unit_codes: unitCodes, scheme: scheme ?? null, benefit_period: benefitPeriod?.replace('-', '') ?? null })
  return waitingOf(rows)
}

function waitingOf(rows: readonly { readonly currency: string; readonly count: string; readonly amount: string }[]): Waiting {
  const own = rows.filter(({ count }) => count !== '0')
  return { count: own.reduce((sum, { count }) => sum + Number.parseInt(count, 10), 0), amounts: own.map(({ currency, amount }) => ({ currency, amount: money.amountFromDatabase(amount) })) }
}

/** The most urgent open cases, or (`isToApprove`) those that wait for the reader's approval, the most urgent first. */
export async function firstCases(session: Session, reader: TodayReader, isToApprove: boolean, size: number): Promise<FirstCase[]> {
  const rows = await rowsOf<FirstCase>(session, files.first, { staff_id: reader.staffId, is_to_approve: isToApprove, scope_level: reader.scopeLevel, unit_codes: reader.unitCodes, row_limit: size })
  return rows.map((row) => ({ ...row, amount_at_stake: money.amountFromDatabase(row.amount_at_stake), proposed_amount: row.proposed_amount === null ? null : money.amountFromDatabase(row.proposed_amount) }))
}

/** What the last night did. @param now an instant: a night has until six in the morning, local time */
export async function lastNight(session: Session, run: PublishedRun, unitCodes: readonly string[] | null, now: string): Promise<Night> {
  const nights = await rowsOf<{ run_id: string; status: string; mode: string | null; started_at: string }>(session, files.nights)
  const changes = (await rowsOf<{ found_count: string; gone_count: string }>(session, files.changes, { as_of: run.as_of, unit_codes: unitCodes }))[0]
  const failed = nights.find(({ status }) => status === 'failed')
  const [open] = await session.query<NonNullable<Night['open']>>("select as_of, state, failure_code, next_attempt_at from night where state in ('waiting', 'running', 'retrying', 'failed') and as_of > $1 order by as_of desc limit 1", [run.as_of])
  return {
    run,
    mode: nights.find(({ run_id: id }) => id === run.run_id)?.mode ?? null,
    found_count: Number.parseInt(changes?.found_count ?? '0', 10),
    gone_count: Number.parseInt(changes?.gone_count ?? '0', 10),
    failed: failed === undefined ? null : { run_id: failed.run_id, started_at: failed.started_at },
    isOld: run.as_of < addDays(localDayOf(addMilliseconds(now, -nightEndsAfter)), -1),
    open: open ?? null,
  }
}
