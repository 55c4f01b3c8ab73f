/** What is written about nights: planned, begun, each stage, how it ended. Whoever works on one writes behind the fence. */
import { hostname } from 'node:os'
import { Refusal, type Clock } from '../core/index.ts'
import type { Database, Fence, Session } from '../db/index.ts'
import type { NightFile } from '../reports/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { afterFailure, missingNights, type KnownNight } from './nights.ts'

/** A night that is begun: by whom it may be written. */
export interface NightAtWork {
  readonly asOf: string
  readonly attempt: number
  readonly fence: Fence
  /** Null: nothing of it is published yet. */
  readonly runId: string | null
  /** Why the attempt before failed; null: it is the first, or somebody was killed. */
  readonly formerFailure: string | null
}

/** Why something failed, in words that name nobody. */
export interface Failure {
  readonly code: string
  readonly place: string | null
}

const newestPublished = "(select as_of from run where status = 'published' order by run_id desc limit 1)"

/** Writes down the nights that are missing by now; done twice, or by two servers at once, it writes them once. */
export async function planNights(database: Database, now: string, startsAt: number): Promise<void> {
  const [known] = await database.query<{ newest: string | null; published: string | null }>(`select (select max(as_of)::text from night) as newest, ${newestPublished}::text as published`)
  const missing = missingNights({ newestKnown: known?.newest ?? null, publishedAsOf: known?.published ?? null, now, startsAt })
  if (missing.length === 0) return
  await database.query("insert into night (as_of, state, planned_at) select as_of, 'planned', $2 from unnest($1::date[]) as_of on conflict (as_of) do nothing", [missing, now])
}

/** Nights that may have something left to do: those not done with, and the newest. */
export function openNights(session: Session): Promise<KnownNight[]> {
  return session.query<KnownNight>("select as_of, state, finished_at, next_attempt_at from night where finished_at is null or as_of = (select max(as_of) from night) order by as_of")
}

/** Keeps which files it waits for; the wait is a stage like the others, without an attempt. */
export async function noteWaiting(database: Database, asOf: string, expected: readonly NightFile[], now: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const [waiting] = await transaction.query("update night set state = 'waiting', expected = $2 where as_of = $1 and state in ('planned', 'waiting') and finished_at is null returning as_of", [asOf, JSON.stringify(expected)])
    if (waiting !== undefined) await transaction.query("insert into night_step (as_of, attempt, stage, position, started_at) values ($1, 0, 'wait', 0, $2) on conflict do nothing", [asOf, now])
  })
}

/** Begins an attempt; null: the night is done with, or another has failed it meanwhile. What a dead server left under way is ended. */
export async function beginNight(database: Database, fence: Fence, asOf: string, at: string, { expected, unsaid = 'server_died' }: { readonly expected: readonly NightFile[]; readonly unsaid?: string | undefined }): Promise<NightAtWork | null> {
  return database.transaction(async (transaction) => {
    await fence.require(transaction)
    const [night] = await transaction.query<{ state: string; attempt_count: number; former_attempt_count: number; run_id: string | null; finished_at: string | null; failure_code: string | null; next_attempt_at: string | null }>('select state, attempt_count, former_attempt_count, run_id, finished_at, failure_code, next_attempt_at from night where as_of = $1', [asOf])
    if (night === undefined || (night.finished_at !== null && (night.state !== 'failed' || night.next_attempt_at === null))) return null
    const left = await transaction.query<{ stage: string }>("update night_step set finished_at = $2, outcome = 'ended', failure_code = $3 where as_of = $1 and finished_at is null and stage <> 'wait' returning stage", [asOf, at, unsaid])
    await transaction.query("update night_step set finished_at = $2, outcome = 'done' where as_of = $1 and stage = 'wait' and finished_at is null", [asOf, at])
    // What a later result has made needless is never worked out: it would stand over the later one.
    const [passed] = await transaction.query(`update night set state = 'skipped', skip_reason = 'later_result', finished_at = $2, next_attempt_at = null where as_of = $1 and run_id is null and as_of < ${newestPublished} returning as_of`, [asOf, at])
    if (passed !== undefined) return null
    const tries = night.attempt_count - night.former_attempt_count
    // A server that dies of it each time, for want of memory say, must come to an end too.
    if (left.length > 0 && afterFailure(tries, unsaid).hasFailed && night.state !== 'failed') {
      await settle(transaction, { asOf, attempt: night.attempt_count }, { code: unsaid, place: null }, left[0]?.stage ?? null, at)
      return null
    }
    await transaction.query(`update night set state = case when run_id is null then 'running' else state end, attempt_count = attempt_count + 1, fence_token = $2, server = $3, started_at = coalesce(started_at, $4), finished_at = null, next_attempt_at = null,
      expected = case when run_id is null then $5 else expected end where as_of = $1`, [asOf, fence.token, `${hostname()} ${process.pid}`, at, JSON.stringify(expected)])
    return { asOf, attempt: night.attempt_count + 1, fence, runId: night.run_id, formerFailure: night.failure_code }
  })
}

/** The stages after the result that earlier attempts have come to the end of. */
export async function stagesDone(session: Session, asOf: string): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ stage: string }>("select distinct stage from night_step where as_of = $1 and outcome = 'done'", [asOf])
  return new Set(rows.map(({ stage }) => stage))
}

/** One stage of an attempt, written down as it begins and as it ends. What it throws is thrown on, once it is written down. */
export async function throughStage<T extends { readonly rows?: string | number | null }>(database: Database, night: NightAtWork, { name: stage, position }: { readonly name: string; readonly position: number }, clock: Clock, work: () => Promise<T>, failureOf: (error: unknown) => Failure): Promise<T> {
  const change = behind(database, night.fence)
  const place = [night.asOf, night.attempt, stage]
  await change('insert into night_step (as_of, attempt, stage, position, started_at) values ($1, $2, $3, $4, $5)', [...place, position, clock.now()])
  try {
    const done = await work()
    await change("update night_step set finished_at = $4, outcome = 'done', row_count = $5, progress = null where as_of = $1 and attempt = $2 and stage = $3", [...place, clock.now(), done.rows ?? null])
    return done
  } catch (error) {
    await change("update night_step set finished_at = $4, outcome = 'failed', failure_code = $5 where as_of = $1 and attempt = $2 and stage = $3", [...place, clock.now(), failureOf(error).code]).catch(() => undefined)
    throw error
  }
}

/** Tells which part of a stage is under way; that it cannot be told is no failure. */
export async function noteStageProgress(database: Database, night: NightAtWork, stage: string, progress: string): Promise<void> {
  await database.query('update night_step set progress = $4 where as_of = $1 and attempt = $2 and stage = $3 and finished_at is null', [night.asOf, night.attempt, stage, progress.slice(0, 200)]).catch(() => undefined)
}

/** In the transaction that publishes: the night has its result, and has it once. */
export async function enterResult(transaction: Session, asOf: string, runId: string, at: string): Promise<void> {
  const [entered] = await transaction.query("update night set state = 'published', run_id = $2, published_at = $3, failure_code = null, failure_place = null, failed_stage = null where as_of = $1 and run_id is null returning as_of", [asOf, runId, at])
  if (entered === undefined) throw new Refusal('conflict', 'night_published', `the night of ${asOf} has its result already`)
}

/** The end of an attempt that went well. */
export async function finishNight(database: Database, night: NightAtWork, at: string): Promise<void> {
  await behind(database, night.fence)('update night set finished_at = $2, failure_code = null, failure_place = null, failed_stage = null, next_attempt_at = null where as_of = $1', [night.asOf, at])
}

/** The end of an attempt that failed: tried again later, or failed. */
export function failNight(database: Database, night: NightAtWork, failure: Failure, stage: string | null, at: string): Promise<void> {
  return database.transaction(async (transaction) => {
    await night.fence.require(transaction)
    await settle(transaction, night, failure, stage, at)
  })
}

/** The end of an attempt whose server was asked to stop: it counts for nothing. */
export async function putBackNight(database: Database, night: NightAtWork, at: string): Promise<void> {
  await database.transaction(async (transaction) => {
    await night.fence.require(transaction)
    await transaction.query("update night_step set finished_at = $2, outcome = 'ended', failure_code = 'stopped' where as_of = $1 and (finished_at is null or (attempt = $3 and outcome = 'failed'))", [night.asOf, at, night.attempt])
    await transaction.query("update night set state = case when run_id is null then 'planned' else state end, former_attempt_count = former_attempt_count + 1 where as_of = $1", [night.asOf])
  })
}

/**
 * A person asks for a night once more: its attempts are counted anew. One that is published does again what came after it and failed.
 *
 * @throws Refusal `night_unknown` (not found), `night_done` (conflict) for one that needs nothing, `later_result` (conflict) for one that a later result stands over
 */
export async function askAgain(transaction: Session, asOf: string, at: string): Promise<void> {
  const night = await nightOf(transaction, asOf)
  if (night.is_passed && night.run_id === null) throw new Refusal('conflict', 'later_result', `a result of a later day than ${asOf} is published; that of ${asOf} would stand over it`)
  if (night.state === 'running' || (night.run_id !== null && night.failure_code === null)) throw new Refusal('conflict', 'night_done', night.state === 'running' ? `the night of ${asOf} is under way` : `the night of ${asOf} has its result and lacks nothing`)
  await transaction.query("update night set state = case when run_id is null then 'planned' else state end, skip_reason = null, finished_at = null, next_attempt_at = null, former_attempt_count = attempt_count where as_of = $1", [asOf])
  await leaveTrail(transaction, { staffId: null, at, kind: 'night_asked_again', subject: asOf })
}

/**
 * A person decides that a night is not worked out; the next one sees what it would have seen.
 *
 * @throws Refusal `night_unknown` (not found), `night_done` (conflict) for one that is published, under way or skipped
 */
export async function skipNight(transaction: Session, asOf: string, why: string, at: string): Promise<void> {
  const night = await nightOf(transaction, asOf)
  if (['running', 'published', 'skipped'].includes(night.state)) throw new Refusal('conflict', 'night_done', `the night of ${asOf} is ${night.state === 'running' ? 'under way' : night.state}; it cannot be skipped`)
  await transaction.query("update night set state = 'skipped', skip_reason = $2, finished_at = $3, next_attempt_at = null where as_of = $1", [asOf, why, at])
  await transaction.query("update night_step set finished_at = $2, outcome = 'ended' where as_of = $1 and finished_at is null", [asOf, at])
  await leaveTrail(transaction, { staffId: null, at, kind: 'night_skipped', subject: asOf, reason: why })
}

async function nightOf(transaction: Session, asOf: string): Promise<{ readonly state: string; readonly run_id: string | null; readonly failure_code: string | null; readonly is_passed: boolean }> {
  const [night] = await transaction.query<{ state: string; run_id: string | null; failure_code: string | null; is_passed: boolean }>(`select state, run_id, failure_code, coalesce(as_of < ${newestPublished}, false) as is_passed from night where as_of = $1 for update`, [asOf])
  if (night === undefined) throw new Refusal('notFound', 'night_unknown', `no night of ${asOf} is planned; tantay night status lists them`)
  return night
}

async function settle(transaction: Session, { asOf, attempt }: Pick<NightAtWork, 'asOf' | 'attempt'>, { code, place }: Failure, stage: string | null, at: string): Promise<void> {
  const [night] = await transaction.query<{ former_attempt_count: number; is_newest: boolean; is_published: boolean }>('select former_attempt_count, as_of = (select max(as_of) from night) as is_newest, run_id is not null as is_published from night where as_of = $1', [asOf])
  const { hasFailed, pause } = afterFailure(attempt - (night?.former_attempt_count ?? 0), code)
  const isTriedAgain = pause !== null && (!hasFailed || (night?.is_newest === true && !night.is_published))
  await transaction.query(`update night set state = case when run_id is not null then 'published' when $2 then 'failed' else 'retrying' end, failure_code = $3, failure_place = $4, failed_stage = $5, finished_at = case when $2 then $6::timestamptz end,
    next_attempt_at = case when $7 then $6::timestamptz + $8::bigint * interval '1 millisecond' end where as_of = $1`, [asOf, hasFailed, code, place, stage, at, isTriedAgain, pause ?? 0])
}

function behind(database: Database, fence: Fence): (text: string, values: readonly unknown[]) => Promise<void> {
  return (text, values) => database.transaction(async (transaction) => {
    await fence.require(transaction)
    await transaction.query(text, values)
  })
}
