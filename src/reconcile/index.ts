/** The door of the room `reconcile`: one run for one day, published as a whole or not at all. */
import { Refusal, type Clock } from '../core/index.ts'
import type { Connection, Database } from '../db/index.ts'
import { loadFindingTypes, syncFindingTypes } from './finding-types.ts'
import { everybodyAtOnce, tasksOfChecks, tasksOfFindings, tasksOfStep, together, type Slicing, type Task, type Values } from './lanes.ts'
import { engineVersion, planRun, type Plan } from './plan.ts'
import { gathering, looking, lookingBack, narrowing, opening, publishing, telling, touching, working, type Step } from './steps.ts'

export { loadFindingTypes, type FindingExample, type FindingType } from './finding-types.ts'

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
}

/** A published run. */
export interface PublishedRun {
  readonly run_id: string
  readonly as_of: string
  readonly published: true
  /** `increment`: only those whom new or void files or the day touched were worked out again; the result is the same. */
  readonly mode: Plan['mode']
  /** Files this run saw: sealed and not void. */
  readonly files: number
  /** Seconds from begin to commit. */
  readonly seconds: number
  /** Seconds of each step, in the order in which they ended. */
  readonly step_seconds: readonly { readonly step: string; readonly seconds: number }[]
}

// Any numbers nobody else locks; "reconcil" as ASCII, and the next one for the second connection.
const lockKeys = ['8243122654796048748', '8243122654796048749'] as const

/**
 * Works out the result for one day from all sealed files and publishes it in one transaction: readers see the result
 * before or the result after, and whatever kills the run leaves the one before.
 *
 * @throws Refusal `run_in_progress` (try again) while another run holds the lock, on whichever server
 * @throws Refusal `check_failed` naming the first invariant that does not hold; nothing is published then
 */
export function run(database: Database, options: RunOptions): Promise<PublishedRun> {
  // The lock lives on the connection that will publish: whoever lost it cannot publish either.
  return database.onConnection(async (first) => {
    await takeLock(first, lockKeys[0])
    const [next] = await first.query<{ run_id: string }>("select nextval('run_id_sequence') as run_id")
    const runId = next?.run_id ?? ''
    const startedAt = options.clock.now()
    try {
      return await database.onConnection(async (second) => {
        // Were the first connection cut, the second might still be at work in the tables that a new run would empty.
        await takeLock(second, lockKeys[1])
        return workThrough([first, second], runId, startedAt, options)
      })
    } catch (error) {
      const failure = error instanceof Refusal ? error.code : 'error'
      if (failure !== 'run_in_progress') await first.query('insert into run (run_id, as_of, status, started_at, finished_at, failure) values ($1, $2, $3, $4, $5, $6)', [runId, options.asOf, 'failed', startedAt, options.clock.now(), failure]).catch(() => undefined)
      throw error
    }
  })
}

async function takeLock(connection: Connection, key: string): Promise<void> {
  const [lock] = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])
  if (lock?.taken !== true) throw new Refusal('tryAgain', 'run_in_progress', 'another run is going on; try again when it has ended')
}

async function workThrough(lanes: Lanes, runId: string, startedAt: string, options: RunOptions): Promise<PublishedRun> {
  const began = performance.now()
  const stepSeconds: { step: string; seconds: number }[] = []
  const types = loadFindingTypes()
  const version = engineVersion()
  await Promise.all(lanes.map(prepareLane))
  const plan = await planRun(lanes[0], options.asOf, version, options.isFull === true)
  options.onProgress?.(`${plan.mode}: ${plan.reason}`)
  const isIncrement = plan.mode === 'increment'
  const values = { run_id: runId, as_of: options.asOf, published_as_of: plan.publishedAsOf, time_zone: options.timeZone, is_increment: isIncrement, changed_files: plan.changedFiles, sign: 1 }

  await work(opening)
  if (isIncrement) {
    await work(touching)
    await work(gathering)
    await readGathered(lanes, true)
    await work(lookingBack, { ...values, as_of: plan.publishedAsOf, sign: -1 })
    await work(looking)
  } else {
    await work(looking, values, await slicesOf(lanes[0]))
    await work(narrowing)
    await work(gathering)
    await readGathered(lanes, true)
  }
  await work(working)
  await together(lanes, tasksOfFindings(types, values).map(timed))
  await lanes[0].query('analyze work_finding')
  await work(telling)
  await readGathered(lanes, isIncrement)
  await together(lanes, tasksOfChecks(values).map(timed))
  await readGathered(lanes, true)

  return lanes[0].transaction(async (transaction) => {
    await syncFindingTypes(transaction, types)
    for (const task of tasksOfStep(publishing, values)) await timed(task).work(transaction)
    const [counts] = await transaction.query<{ files: string; touched: string }>('select (select count(*) from work_file where file_id > 0) as files, (select count(*) from work_touched) as touched')
    const fileCount = parseInt(counts?.files ?? '0', 10)
    const seconds = Math.floor(performance.now() - began) / 1000
    await transaction.query('insert into run (run_id, as_of, status, started_at, finished_at, seconds, file_count, mode, engine_version, touched_count) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      runId, options.asOf, 'published', startedAt, options.clock.now(), seconds, fileCount, plan.mode, version, isIncrement ? counts?.touched : null,
    ])
    return { run_id: runId, as_of: options.asOf, published: true, mode: plan.mode, files: fileCount, seconds, step_seconds: stepSeconds }
  })

  async function work(steps: readonly Step[], given: Values = values, slicing: Slicing = everybodyAtOnce): Promise<void> {
    for (const group of groupsOf(steps)) await together(lanes, group.flatMap((step) => tasksOfStep(step, given, slicing).map(timed)))
  }

  function timed({ name, work: doWork }: Task): Task {
    return {
      name,
      work: async (lane) => {
        options.onProgress?.(name)
        const before = performance.now()
        await doWork(lane)
        stepSeconds.push({ step: name, seconds: Math.floor(performance.now() - before) / 1000 })
      },
    }
  }
}

type Lanes = readonly [Connection, Connection]

/** Whether the names of fact tables mean the gathered rows or all of them. */
async function readGathered(lanes: Lanes, isGathered: boolean): Promise<void> {
  await Promise.all(lanes.map((lane) => lane.query(isGathered ? 'set search_path = gathered, public' : 'set search_path = public')))
}

/** So many lines a slice that its hash tables stay near the processor. */
const linesPerSlice = 33_000n

/** Slices for a look at everybody: an even number, for two lanes. */
async function slicesOf(session: Connection): Promise<Slicing> {
  const [all] = await session.query<{ lines: string }>("select coalesce(sum(accepted_count), 0) as lines from source_file where status = 'sealed' and kind = 'beneficiary_list'")
  const wanted = BigInt(all?.lines ?? '0') / linesPerSlice
  return [2, 4, 8, 16, 30, 60, 120, 240].find((count) => BigInt(count) >= wanted) ?? 240
}

/**
 * Set-based statements over keys of three columns, whose joins the planner takes for tiny: nested loops only where
 * nothing else can be done. Two lanes fill two cores, so no plan is parallel; hashes of a million rows must fit.
 */
async function prepareLane(lane: Connection): Promise<void> {
  await lane.query("set work_mem = '256MB'")
  await lane.query('set enable_nestloop = off')
  await lane.query('set max_parallel_workers_per_gather = 0')
}

/** Steps that may go on at the same time, together. */
function groupsOf(all: readonly Step[]): Step[][] {
  const groups: Step[][] = []
  for (const step of all) {
    if (step.isBesidePrevious === true) groups.at(-1)?.push(step)
    else groups.push([step])
  }
  return groups
}
