/** One run for one day: everybody worked out anew, or those whom something changed for; published in one transaction. */
import { Refusal, type Clock } from '../core/index.ts'
import { certainly, outageOf, type Database, type Fence, type Session } from '../db/index.ts'
import { nameRun } from '../log/index.ts'
import { alone, type Lanes } from './alone.ts'
import { syncFindingTypes } from './finding-types.ts'
import { tasksOfIndexes, together } from './lanes.ts'
import { engineVersion, planRun, type Plan } from './plan.ts'
import { freeSlot, workOut } from './work.ts'

/** What a run was asked to do. */
export interface RunOptions {
  /** The day whose end is looked at, `YYYY-MM-DD`. */
  readonly asOf: string
  /** The country's time zone, in which days end. */
  readonly timeZone: string
  readonly clock: Clock
  /** Work out everybody anew, whatever is published. */
  readonly isFull?: boolean
  /** Told each step as it begins. */
  readonly onProgress?: (message: string) => void
  /** Held already, by a night; absent: taken for this run. */
  readonly fence?: Fence
  /** A holder of the fence that gives no sign of life for so long is taken for gone; a minute when absent. */
  readonly takeOverAfterSeconds?: number
  /** What must appear together with the result: done in the transaction that publishes it. */
  readonly alongside?: (transaction: Session, published: JustPublished) => Promise<void>
}

/** A result in the transaction that publishes it. */
export interface JustPublished {
  readonly runId: string
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** The instant to record, from the clock. */
  readonly at: string
  readonly timeZone: string
  /**
   * In an increment, upon which result it was built: `work_finding_change` says which findings went and came since, and
   * the schema `gathered` holds the facts of everybody in `work_touched`. Null: everything was worked out anew.
   */
  readonly since: { readonly asOf: string; readonly changedFiles: readonly string[] } | null
}

/** A published run. */
export interface PublishedRun {
  readonly run_id: string
  readonly as_of: string
  readonly published: true
  /** `increment`: only those whom new or void files or the day touched were worked out again; the result is the same. */
  readonly mode: Plan['mode']
  /** Why it was a full run, or how many files were new or void. */
  readonly reason: string
  /** Files this run saw: sealed and not void. */
  readonly files: number
  /** Seconds from begin to commit. */
  readonly seconds: number
  /** Seconds of each step, in the order in which they ended. */
  readonly step_seconds: readonly { readonly step: string; readonly seconds: number }[]
}

/**
 * Works out the result for one day from all sealed files and publishes it in one transaction: readers see the result
 * before or the result after, and whatever kills the run leaves the one before.
 *
 * @throws Refusal `run_in_progress` (try again) while another run holds the lock, on whichever server
 * @throws Refusal `run_overtaken` (try again) when another process took over meanwhile: it publishes instead
 * @throws Refusal `check_failed` naming the first invariant that does not hold; nothing is published then
 * @throws Refusal `outcome_unknown` (try again) when the database went away while it published and did not come back
 */
export function run(database: Database, options: RunOptions): Promise<PublishedRun> {
  return alone<PublishedRun>(database, { purpose: 'run', fence: options.fence, takeOverAfterSeconds: options.takeOverAfterSeconds }, async (first, onBoth, fence) => {
    const [next] = await first.query<{ run_id: string }>("select nextval('run_id_sequence') as run_id")
    const runId = next?.run_id ?? ''
    nameRun(runId)
    const startedAt = options.clock.now()
    try {
      return await onBoth((lanes) => workAndPublish(database, lanes, fence, runId, startedAt, options))
    } catch (thrown) {
      const error = await causeOf(thrown, database, fence)
      const failure = error instanceof Refusal ? error.code : (outageOf(error) ?? 'error')
      // What another one took over failed nobody, and of what is not known nothing is said.
      if (!['run_in_progress', 'run_overtaken', 'outcome_unknown'].includes(failure)) await leaveFailure([first, database], [runId, options.asOf, startedAt, options.clock.now(), failure])
      throw error
    }
  })
}

/** Whoever takes over cuts the connections of a run: then that is what happened to it, and not that the database was away. */
async function causeOf(error: unknown, database: Database, fence: Fence): Promise<unknown> {
  if (error instanceof Refusal || outageOf(error) !== 'database_away') return error
  return fence.require(database).then(() => error, (cause: unknown) => (cause instanceof Refusal ? cause : error))
}

/** Leaves on record that a run failed and why, by the first connection that still answers. */
async function leaveFailure(sessions: readonly Pick<Session, 'query'>[], row: readonly string[]): Promise<void> {
  for (const session of sessions) {
    try {
      await session.query("insert into run (run_id, as_of, status, started_at, finished_at, failure) values ($1, $2, 'failed', $3, $4, $5) on conflict (run_id) do nothing", row)
      return
    } catch {
      // That the connection is gone may be the very reason why the run failed.
    }
  }
}

async function workAndPublish(database: Database, lanes: Lanes, fence: Fence, runId: string, startedAt: string, options: RunOptions): Promise<PublishedRun> {
  const began = performance.now()
  const version = engineVersion()
  const plan = await planRun(lanes[0], options.asOf, version, options.isFull === true)
  options.onProgress?.(`${plan.mode}: ${plan.reason}`)
  const { types, publish, timed, stepSeconds } = await workOut(lanes, plan, { runId, asOf: options.asOf, timeZone: options.timeZone, onProgress: options.onProgress })

  const published = await certainly(database, lanes[0], async (transaction) => {
    await fence.require(transaction)
    await syncFindingTypes(transaction, types)
    await publish(transaction)
    const [counts] = await transaction.query<{ files: string; touched: string }>('select (select count(*) from work_file where file_id > 0) as files, (select count(*) from work_touched) as touched')
    const fileCount = parseInt(counts?.files ?? '0', 10)
    const seconds = Math.floor(performance.now() - began) / 1000
    await transaction.query('insert into run (run_id, as_of, status, started_at, finished_at, seconds, file_count, mode, engine_version, touched_count, clock_slot) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
      runId, options.asOf, 'published', startedAt, options.clock.now(), seconds, fileCount, plan.mode, version, plan.mode === 'increment' ? counts?.touched : null, plan.mode === 'increment' ? plan.publishedSlot : freeSlot(plan),
    ])
    // Whatever appears with the result reads the facts of everybody: to this lane their names still mean the gathered rows of the touched.
    await transaction.query('set local search_path = public')
    const { alongside } = options
    const since = plan.publishedAsOf === null ? null : { asOf: plan.publishedAsOf, changedFiles: plan.changedFiles }
    if (alongside !== undefined) await timed({ name: 'alongside', work: (session) => alongside(session, { runId, asOf: options.asOf, at: options.clock.now(), timeZone: options.timeZone, since }) }).work(transaction)
    return { run_id: runId, as_of: options.asOf, published: true as const, mode: plan.mode, reason: plan.reason, files: fileCount, seconds, step_seconds: stepSeconds }
  })
  // A large load goes without indexes and leaves none; the next increment finds its few rows by them.
  await together(lanes, tasksOfIndexes().map(timed)).catch((error: unknown) => {
    // The result is out. An index that could not be made now, because a connection or the disk gave up, is made by the next run.
    if (outageOf(error) === null) throw error
    options.onProgress?.('published; an index could not be made and is left to the next run')
  })
  return published
}
