/** Works off what was left to the background: at once, in order within each queue, and again after a failure. */
import { randomInt } from 'node:crypto'
import { Logger, run, runMigrations, runOnce, type Runner, type TaskList } from 'graphile-worker'
import type { Database, Session } from '../db/index.ts'
import { forgetAbandoned, forgetOldRequests, leaveWaiting } from '../uploads/index.ts'
import { takeInUpload, type Surroundings } from './taking-in.ts'

/** What the worker needs from outside. */
export interface WorkerSurroundings extends Surroundings {
  /** Told each failure; never the message of an error, which may quote a person's data. */
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void }
}

/** A worker that runs. */
export interface Worker {
  /** Ends what it has begun, and begins nothing more. */
  stop(): Promise<void>
}

/** Files at once: the server's side of a COPY is the larger half of the work, so that two use two cores. */
const lanes = 2
const sweepEveryMinute = '* * * * * sweep ?max=1&id=sweep'
/** A server is known to live by an advisory lock of this class, whose number is in the names of its workers. */
const lifeLockClass = 1_953_919_604
const workerName = /^tantay-(\d+)-\d+$/

/** What it says itself would quote our errors: it says nothing, and each failure is logged by us. */
const silent = new Logger(() => () => undefined)

/** Begins to work; resolves once it listens. What a server left behind that was killed is free again then. */
export async function startWorker(surroundings: WorkerSurroundings): Promise<Worker> {
  const { database } = surroundings
  const options = { connectionString: database.pool.options.connectionString ?? '', noHandleSignals: true, logger: silent }
  await runMigrations(options)
  const server = randomInt(1, 2_147_483_647)
  const life = await holdLife(database, server)
  const runners: Runner[] = []
  try {
    await sweep(surroundings)
    for (let lane = 1; lane <= lanes; lane += 1) {
      // The library takes the name of a worker, though its types do not say so.
      const named: object = { workerId: `tantay-${server}-${lane}` }
      runners.push(await run({ ...options, ...named, maxPoolSize: 3, concurrency: 1, pollInterval: 2000, taskList: tasksOf(surroundings), ...(lane === 1 && { crontab: sweepEveryMinute }) }))
    }
  } catch (error) {
    await Promise.allSettled(runners.map((runner) => runner.stop()))
    await life.release()
    throw error
  }
  return {
    stop: async () => {
      await Promise.allSettled(runners.map((runner) => runner.stop()))
      await life.release()
    },
  }
}

/** Works off what waits now, and ends: for tests and for commands without a server. */
export async function workOff(surroundings: WorkerSurroundings): Promise<void> {
  await layOutQueue(surroundings.database)
  await sweep(surroundings)
  await runOnce({ connectionString: surroundings.database.pool.options.connectionString ?? '', noHandleSignals: true, logger: silent, maxPoolSize: 2, taskList: tasksOf(surroundings) })
}

/** Makes the tables of the queue, where they are not there yet. */
export async function layOutQueue(database: Database): Promise<void> {
  await runMigrations({ connectionString: database.pool.options.connectionString ?? '', logger: silent })
}

function tasksOf(surroundings: WorkerSurroundings): TaskList {
  const task = (name: string, work: (payload: Readonly<Record<string, string>>, attempt: number) => Promise<void>): TaskList => ({
    [name]: async (payload, { job }) => {
      try {
        await work(payload as Readonly<Record<string, string>>, job.attempts)
      } catch (error) {
        const { name: kind, code, stack } = error as Error & { readonly code?: unknown }
        surroundings.log?.error({ task: name, attempt: job.attempts, name: kind, code, where: stack?.split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.trim()) }, 'work in the background failed')
        // Only that it failed is kept in the queue: the message may quote a person's data.
        throw new Error(`${name} failed`)
      }
    },
  })
  return {
    ...task('take_in_upload', ({ upload_id: uploadId = '' }, attempt) => takeInUpload(uploadId, surroundings, attempt)),
    ...task('sweep', () => sweep(surroundings)),
  }
}

/** What is looked after each minute: work of servers that died, files without work, and what nobody needs any longer. */
async function sweep({ database, clock, dataDirectory }: Surroundings): Promise<void> {
  await freeWorkOfDead(database)
  await leaveWaiting(database)
  await forgetAbandoned(database, { clock, dataDirectory })
  await forgetOldRequests(database, clock.now())
}

/** Holds a lock on a connection of its own for as long as this server lives. */
async function holdLife(database: Database, server: number): Promise<{ readonly release: () => Promise<void> }> {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => { release = resolve })
  let isHeld = (): void => undefined
  const held = new Promise<void>((resolve) => { isHeld = resolve })
  const holding = database.onConnection(async (connection) => {
    await connection.query('select pg_advisory_lock($1::integer, $2::integer)', [lifeLockClass, server])
    isHeld()
    await released
  })
  await Promise.race([held, holding])
  return { release: async () => { release(); await holding.catch(() => undefined) } }
}

/** Gives back the work of servers that were killed: their locks would stand for four hours. */
async function freeWorkOfDead(database: Session): Promise<void> {
  const workers = await database.query<{ locked_by: string }>('select distinct locked_by from graphile_worker.jobs where locked_by is not null')
  for (const { locked_by: worker } of workers) {
    const server = workerName.exec(worker)?.[1]
    if (server === undefined) continue
    await database.query('select graphile_worker.force_unlock_workers(array[$1]) where not exists (select from pg_locks where locktype = \'advisory\' and classid = $2::oid and objid = $3::oid and objsubid = 2 and granted)', [worker, `${lifeLockClass}`, server])
  }
}
