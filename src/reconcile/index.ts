/** The door of the room `reconcile`: one run for one day, published as a whole or not at all. */
import { readdirSync } from 'node:fs'
import { Refusal, type Clock } from '../core/index.ts'
import { loadSqlFile, type Database, type Session, type SqlFile, type SqlValue } from '../db/index.ts'
import { loadFindingTypes, syncFindingTypes } from './finding-types.ts'
import { publishing, steps, telling, type Step } from './steps.ts'

export { loadFindingTypes, type FindingExample, type FindingType } from './finding-types.ts'

/** What a run was asked to do. */
export interface RunOptions {
  /** The day whose end is looked at, `YYYY-MM-DD`. */
  readonly asOf: string
  /** The country's time zone, in which days end. */
  readonly timeZone: string
  readonly clock: Clock
  /** Told each step as it begins. */
  readonly onProgress?: (message: string) => void
}

/** A published run. */
export interface PublishedRun {
  readonly run_id: string
  readonly as_of: string
  readonly published: true
  /** Files this run saw: sealed and not void. */
  readonly files: number
  /** Seconds from begin to commit. */
  readonly seconds: number
  /** Seconds of each step, in order. */
  readonly step_seconds: readonly { readonly step: string; readonly seconds: number }[]
}

// Any number nobody else locks; "reconcil" as ASCII.
const lockKey = '8243122654796048748'

/**
 * Works out the published result for one day from all sealed files, in one transaction: readers see the result before or
 * the result after, and whatever kills the run leaves the one before.
 *
 * @throws Refusal `run_in_progress` (try again) while another run holds the lock, on whichever server
 * @throws Refusal `check_failed` naming the first invariant that does not hold; nothing is published then
 */
export async function run(database: Database, options: RunOptions): Promise<PublishedRun> {
  const startedAt = options.clock.now()
  const began = performance.now()
  const stepSeconds: { step: string; seconds: number }[] = []
  const types = loadFindingTypes()
  return database.transaction(async (transaction) => {
    const [lock] = await transaction.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [lockKey])
    if (lock?.taken !== true) throw new Refusal('tryAgain', 'run_in_progress', 'another run is going on; try again when it has ended')
    // Set-based statements over keys of three columns, whose joins the planner takes for tiny: nested loops only where nothing else
    // can be done. Two cores gain nothing from parallel plans, and hashes of a million rows must fit.
    await transaction.query('set local enable_nestloop = off')
    await transaction.query("set local work_mem = '256MB'")
    await transaction.query('set local max_parallel_workers_per_gather = 0')
    const [opened] = await transaction.query<{ run_id: string }>('insert into run (as_of, status, started_at) values ($1, $2, $3) returning run_id', [options.asOf, 'running', startedAt])
    const runId = opened?.run_id ?? ''
    const values = { run_id: runId, as_of: options.asOf, time_zone: options.timeZone }

    for (const step of steps) await timed(step.file, () => runStep(transaction, step, values))
    await syncFindingTypes(transaction, types)
    for (const type of types) await timed(`findings/${type.code}`, () => runFile(transaction, type.query, values))
    await transaction.query('analyze work_finding')
    for (const step of telling) await timed(step.file, () => runStep(transaction, step, values))
    for (const file of checks()) await timed(file.name, () => check(transaction, file, values))
    await timed(publishing.file, () => runStep(transaction, publishing, values))

    const [files] = await transaction.query<{ count: string }>('select count(*) as count from work_file where file_id > 0')
    const fileCount = parseInt(files?.count ?? '0', 10)
    const seconds = Math.floor(performance.now() - began) / 1000
    await transaction.query("update run set status = 'published', finished_at = $2, seconds = $3, file_count = $4 where run_id = $1", [runId, options.clock.now(), seconds, fileCount])
    return { run_id: runId, as_of: options.asOf, published: true, files: fileCount, seconds, step_seconds: stepSeconds }
  })

  async function timed(step: string, work: () => Promise<unknown>): Promise<void> {
    options.onProgress?.(step)
    const before = performance.now()
    await work()
    stepSeconds.push({ step, seconds: Math.floor(performance.now() - before) / 1000 })
  }
}

type Values = Readonly<Record<string, SqlValue>>

async function runStep(session: Session, step: Step, values: Values): Promise<void> {
  const file = loadSqlFile(new URL(`../../sql/reconcile/${step.file}.sql`, import.meta.url))
  let written: number
  do written = await runFile(session, file, values)
  while (step.isRepeated === true && written > 0)
}

/** Runs a file with those of the run's values that it asks for; the number of rows its last statement wrote. */
async function runFile(session: Session, file: SqlFile, values: Values): Promise<number> {
  const results = await session.run(file, Object.fromEntries([...file.variables].map((name) => [name, values[name] ?? null])))
  return results.at(-1)?.rowCount ?? 0
}

function checks(): SqlFile[] {
  const directory = new URL('../../sql/checks/', import.meta.url)
  return readdirSync(directory).filter((name) => name.endsWith('.sql')).sort().map((name) => loadSqlFile(new URL(name, directory)))
}

/** An invariant: a query that must return no row. */
async function check(session: Session, file: SqlFile, values: Values): Promise<void> {
  const results = await session.run(file, Object.fromEntries([...file.variables].map((name) => [name, values[name] ?? null])))
  const first = results.at(-1)?.rows[0]
  if (first !== undefined) throw new Refusal('failure', 'check_failed', `${file.name} does not hold, nothing was published; the first row: ${JSON.stringify(first)}`)
}
