/** Nights as people and other programs read them: how each went, what it waited for, what it changed, and how things stand now. */
import { countryOffsetMinutes, money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { findingTitles } from './overview.ts'

/** A file that was due by the day of a night. */
export interface NightFile {
  /** As source_file.source: of a bank its 6 digits. */
  readonly source: string
  readonly kind: string
  /** Null: of whichever scheme. */
  readonly scheme: string | null
  readonly deadline_date: string
  readonly is_here: boolean
  /** True: the night waits for it until its latest hour. */
  readonly holds: boolean
}

export type NightStateWord = 'planned' | 'waiting' | 'running' | 'retrying' | 'published' | 'failed' | 'skipped'

/** One night; instants are UTC. */
export interface NightRow {
  readonly as_of: string
  readonly state: NightStateWord
  readonly planned_at: string
  readonly attempt_count: number
  readonly started_at: string | null
  /** Null: something is still to be done. */
  readonly finished_at: string | null
  readonly published_at: string | null
  readonly run_id: string | null
  readonly next_attempt_at: string | null
  /** Why the last attempt failed, in a word; null: it did not. */
  readonly failure_code: string | null
  /** The check or table that failed. */
  readonly failure_place: string | null
  readonly failed_stage: string | null
  /** `later_result`, or what a person wrote. */
  readonly skip_reason: string | null
  readonly expected: readonly NightFile[]
  /** Of its run; null: it published none. */
  readonly mode: 'full' | 'increment' | null
  readonly file_count: number | null
  /** How many people an increment worked out again; null after a full run. */
  readonly touched_count: string | null
  /** Milliseconds from its first stage to its last; null: not begun. */
  readonly worked_milliseconds: string | null
}

/** One stage of one attempt. */
export interface NightStep {
  readonly attempt: number
  readonly stage: string
  readonly started_at: string
  readonly finished_at: string | null
  /** Null: under way. */
  readonly outcome: 'done' | 'failed' | 'ended' | null
  readonly progress: string | null
  readonly row_count: string | null
  readonly failure_code: string | null
  /** Since the first stage of its attempt began. */
  readonly offset_milliseconds: string
  /** Null: under way. */
  readonly milliseconds: string | null
}

/** One stage of one attempt of one night, as it is taken away; of a night that was not begun everything of the stage is null. Instants are UTC. */
export interface NightStage extends Pick<NightRow, 'as_of' | 'state' | 'published_at' | 'run_id' | 'mode'> {
  /** 0: the wait for files. */
  readonly attempt: number | null
  readonly stage: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly outcome: NightStep['outcome']
  readonly row_count: string | null
  readonly failure_code: string | null
  readonly milliseconds: string | null
}

/** What a result came to for one class or code, beside the result before it. */
export interface NightChange {
  readonly subject: 'outcome' | 'finding'
  readonly code: string
  readonly currency: string
  readonly count: string
  readonly former_count: string
  readonly amount: Amount
  readonly former_amount: Amount
}

/** How things stand: for pages, metrics and the command. */
export interface NightState {
  /** The day of the published result; null: none is published. */
  readonly published_as_of: string | null
  /** When it was published. */
  readonly published_at: string | null
  /** Seconds since then; null: none is published, or a clock has gone back. */
  readonly published_age_seconds: number | null
  /** The newest night that failed after the newest that published. */
  readonly last_failure: { readonly as_of: string; readonly code: string; readonly place: string | null } | null
  /** The night under way. */
  readonly running: { readonly as_of: string; readonly since: string; readonly stage: string | null } | null
  /** The files that the next night waits for now. */
  readonly waiting_for: readonly NightFile[]
  /** Nights that are planned and not done with. */
  readonly open_nights: number
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { files: file('night_files'), nights: file('nights'), stages: file('nights_export'), steps: file('night_steps'), changes: file('night_result'), state: file('night_state') }

/** The files due by a day, and whether each is here; whoever may read source_file gets all of them. */
export function nightFiles(session: Session, asOf: string): Promise<NightFile[]> {
  return rowsOf<NightFile>(session, files.files, { as_of: asOf, offset_minutes: countryOffsetMinutes })
}

/** At most `size` nights, the newest first; `before`: only those of earlier days. Empty for whoever may not read them. */
export async function listNights(session: Session, before: string | null, size: number): Promise<{ readonly rows: readonly NightRow[]; readonly hasMore: boolean }> {
  const rows = await rowsOf<NightRow>(session, files.nights, { before_date: before, only_date: null, row_limit: size + 1 })
  return { rows: rows.slice(0, size), hasMore: rows.length > size }
}

/** One night with its stages, attempt by attempt, and what it changed; null: there is none of that day. */
export async function nightDetail(session: Session, asOf: string): Promise<{ readonly night: NightRow; readonly steps: readonly NightStep[]; readonly changes: readonly NightChange[]; readonly former: string | null } | null> {
  const [night] = await rowsOf<NightRow>(session, files.nights, { before_date: null, only_date: asOf, row_limit: 1 })
  if (night === undefined) return null
  const steps = await rowsOf<NightStep>(session, files.steps, { as_of: asOf })
  const changes = night.run_id === null ? [] : await rowsOf<NightChange & { readonly former_as_of: string | null }>(session, files.changes, { run_id: night.run_id })
  return { night, steps, former: changes[0]?.former_as_of ?? null, changes: changes.map((row) => ({ ...row, amount: money.amountFromDatabase(row.amount), former_amount: money.amountFromDatabase(row.former_amount) })) }
}

/** Every night, stage by stage, the newest first; at most `size` rows. Empty for whoever may not read them. */
export function nightStages(session: Session, size: number): Promise<NightStage[]> {
  return rowsOf<NightStage>(session, files.stages, { row_limit: size })
}

/** Names of banks and titles of findings, for codes in a night. */
export async function nightNames(session: Session): Promise<{ readonly banks: ReadonlyMap<string, string>; readonly findings: ReadonlyMap<string, Texts> }> {
  const banks = await session.query<{ creditor_agent: string; name: string }>('select creditor_agent::text as creditor_agent, name from bank')
  return { banks: new Map(banks.map(({ creditor_agent: agent, name }) => [agent, name])), findings: await findingTitles(session) }
}

/** How things stand. @param now an instant, for the age of the published result */
export async function nightState(session: Session, now: string): Promise<NightState> {
  const [row] = await rowsOf<{ published_as_of: string | null; published_at: string | null; age: string | null; failed_as_of: string | null; failure_code: string | null; failure_place: string | null; running_as_of: string | null; running_since: string | null; running_stage: string | null; waiting: readonly NightFile[] | null; open_nights: number }>(session, files.state, { now })
  return {
    published_as_of: row?.published_as_of ?? null,
    published_at: row?.published_at ?? null,
    published_age_seconds: row === undefined || row.age === null || row.age.startsWith('-') ? null : parseInt(row.age, 10),
    last_failure: row === undefined || row.failed_as_of === null ? null : { as_of: row.failed_as_of, code: row.failure_code ?? 'error', place: row.failure_place },
    running: row === undefined || row.running_as_of === null ? null : { as_of: row.running_as_of, since: row.running_since ?? '', stage: row.running_stage },
    waiting_for: row?.waiting ?? [],
    open_nights: row?.open_nights ?? 0,
  }
}
