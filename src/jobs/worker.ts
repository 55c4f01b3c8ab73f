/** Works off what was left to the background: at once, in order within each queue, and again after a failure. */
import { EventEmitter } from 'node:events'
import { Logger, run, runMigrations, runOnce, type TaskList } from 'graphile-worker'
import { Refusal, traceOf } from '../core/index.ts'
import { remindOfQuestions, remindOfReports } from '../cases/index.ts'
import { patientPool, type Database, type Session } from '../db/index.ts'
import { withLogFields } from '../log/index.ts'
import { leaveUntold, type NoticeSettings } from '../notices/index.ts'
import { forgetAbandoned, forgetOldRequests, leaveWaiting } from '../uploads/index.ts'
import { takeInUpload, type Surroundings } from './taking-in.ts'
import { deliverNotice, tellBank } from './telling.ts'

/** What the worker needs from outside. */
export interface WorkerSurroundings extends Surroundings {
  /** How banks are told; absent: by webhooks on the internet alone. */
  readonly notices?: NoticeSettings
  /** Told each failure; never the message of an error, which may quote a person's data. */
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void }
}

/** A worker that runs. */
export interface Worker {
  /** Whether all its lanes listen, and others see that it lives. */
  isAlive(): Promise<boolean>
  /** Ends what it has begun, and begins nothing more. */
  stop(): Promise<void>
  /** Gives back at once what it has begun and not ended: another server begins it anew. For when the end cannot be waited for. */
  handBack(): Promise<void>
}

/** One lane of it. */
interface Lane {
  readonly stop: () => Promise<void>
  readonly isEnded: () => boolean
}

/** Files at once: the server's side of a COPY is the larger half of the work, so that two use two cores. */
const lanes = 2
/** Places told at once, of each bank one: more than there are banks whose servers are slow. */
const tellers = 8
const sweepEveryMinute = '* * * * * sweep ?max=1&id=sweep'
/** A lane is known to live by an advisory lock of this class, whose number is the hash of the name it locks jobs by. */
export const lifeLockClass = 1_953_919_604

/** What it says itself would quote our errors: it says nothing, and each failure is logged by us. */
const silent = new Logger(() => () => undefined)

/** Begins to work; resolves once it listens. What a server left behind that was killed is free again then. */
export async function startWorker(surroundings: WorkerSurroundings): Promise<Worker> {
  const { database } = surroundings
  await layOutQueue(database)
  await sweep(surroundings)
  const life = new Life(database)
  const runners: Lane[] = []
  const stop = async (): Promise<void> => {
    await Promise.allSettled(runners.map((runner) => runner.stop()))
    await life.end()
  }
  try {
    for (let lane = 1; lane <= lanes; lane += 1) runners.push(await startLane(database, life, tasksOf(surroundings, life), { atOnce: 1, ...(lane === 1 && { crontab: sweepEveryMinute }) }))
    // Apart from the files: a bank whose server answers slowly keeps nobody's file waiting.
    runners.push(await startLane(database, life, tellingOf(surroundings), { atOnce: tellers }))
  } catch (error) {
    await stop()
    throw error
  }
  return { stop, isAlive: async () => runners.every((runner) => !runner.isEnded()) && (await life.isHeld()), handBack: () => life.handBack() }
}

/** One lane, which does so many pieces of work at a time. */
async function startLane(database: Database, life: Life, taskList: TaskList, { atOnce, crontab }: { readonly atOnce: number; readonly crontab?: string }): Promise<Lane> {
  const events = new EventEmitter()
  const named = Promise.withResolvers<string>()
  events.once('pool:create', ({ workerPool }: { readonly workerPool: { readonly id: string } }) => { named.resolve(workerPool.id) })
  // One connection listens and one works: what has ended is then written before the next is asked for, so that a bank's
  // files follow one another without a pause.
  const pool = patientPool(database, 2)
  const runner = await run({ pgPool: pool, noHandleSignals: true, logger: silent, events, concurrency: atOnce, pollInterval: 2000, taskList, ...(crontab !== undefined && { crontab }) })
  await life.hold(await named.promise)
  let isEnded = false
  runner.promise.finally(() => (isEnded = true)).catch(() => undefined)
  return { stop: () => runner.stop().finally(() => pool.end()), isEnded: () => isEnded }
}

/** Works off what waits now, and ends: for tests and for commands without a server. */
export async function workOff(surroundings: WorkerSurroundings): Promise<void> {
  await layOutQueue(surroundings.database)
  await sweep(surroundings)
  await runOnce({ ...optionsOf(surroundings.database), maxPoolSize: 1, taskList: { ...tasksOf(surroundings), ...tellingOf(surroundings) } })
}

/** Makes the tables of the queue, where they are not there yet. */
export async function layOutQueue(database: Database): Promise<void> {
  try {
    await runMigrations(optionsOf(database))
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Refusal('installation', 'queue_missing', 'the tables of the queue could not be made: the database\'s user may not create a schema. Ask whoever runs PostgreSQL for: create schema graphile_worker authorization that user')
  }
}

function optionsOf(database: Database): { readonly connectionString: string; readonly noHandleSignals: true; readonly logger: Logger } {
  return { connectionString: database.pool.options.connectionString ?? '', noHandleSignals: true, logger: silent }
}

/** A task by its name; each failure is told without what it says. */
function task(surroundings: WorkerSurroundings, name: string, work: (payload: Readonly<Record<string, string>>) => Promise<void>): TaskList {
  return {
    [name]: (payload, { job }) => withLogFields({ job_id: job.id, task: name }, async () => {
      try {
        await work(payload as Readonly<Record<string, string>>)
      } catch (error) {
        surroundings.log?.error({ attempt: job.attempts, ...traceOf(error as Error) }, 'work in the background failed')
        // Only that it failed is kept in the queue: the message may quote a person's data.
        throw new Error(`${name} failed`)
      }
    }),
  }
}

/** What is done with files, and what is looked after. */
function tasksOf(surroundings: WorkerSurroundings, life?: Life): TaskList {
  return {
    ...task(surroundings, 'take_in_upload', ({ upload_id: uploadId = '' }) => takeInUpload(uploadId, surroundings)),
    ...task(surroundings, 'sweep', async () => {
      await life?.renew()
      await sweep(surroundings)
    }),
  }
}

/** What banks are told. */
function tellingOf(surroundings: WorkerSurroundings): TaskList {
  const telling = { ...surroundings, notices: surroundings.notices ?? { mail: null, allowedNetworks: [], publicUrl: null } }
  return {
    ...task(surroundings, 'tell_bank', (payload) => tellBank(payload, telling)),
    ...task(surroundings, 'deliver', (payload) => deliverNotice(payload, telling)),
  }
}

/** What is looked after each minute: work of servers that died, files without work, what nobody needs any longer, and what banks have let pass. */
async function sweep({ database, clock, dataDirectory }: Surroundings): Promise<void> {
  await freeWorkOfDead(database)
  await leaveWaiting(database)
  await leaveUntold(database)
  await forgetAbandoned(database, { clock, dataDirectory })
  await forgetOldRequests(database, clock.now())
  await remindOfQuestions(database, clock.now())
  await remindOfReports(database, clock.now())
}

/** By what others see that this server lives: locks on a connection of its own, which go with it, however the server ends. */
class Life {
  private readonly database: Database
  private readonly names: string[] = []
  private held: { readonly connection: Session; readonly end: () => Promise<void> } | null = null

  constructor(database: Database) {
    this.database = database
  }

  /** Holds the lock of a lane until the end. */
  async hold(name: string): Promise<void> {
    await this.renew()
    this.names.push(name)
    await this.held?.connection.query(takeLife, [lifeLockClass, name])
  }

  /** Takes all locks anew where the connection was lost meanwhile: this server lives, and its work is not to be given away. */
  async renew(): Promise<void> {
    if (this.held !== null) {
      const isThere = await this.held.connection.query('select').then(() => true, () => false)
      if (isThere) return
      await this.held.end()
    }
    this.held = await openLife(this.database)
    for (const name of this.names) await this.held.connection.query(takeLife, [lifeLockClass, name])
  }

  /** Whether the connection with the locks is there. */
  async isHeld(): Promise<boolean> {
    const { held } = this
    return held !== null && held.connection.query('select').then(() => true, () => false)
  }

  async handBack(): Promise<void> {
    await this.database.query('select graphile_worker.force_unlock_workers($1::text[])', [this.names])
  }

  async end(): Promise<void> {
    await this.held?.end()
  }
}

const takeLife = 'select pg_advisory_lock($1::integer, hashtext($2))'

async function openLife(database: Database): Promise<{ readonly connection: Session; readonly end: () => Promise<void> }> {
  const ended = Promise.withResolvers<null>()
  const opened = Promise.withResolvers<Session>()
  const holding = database.onConnection(async (connection) => {
    opened.resolve(connection)
    await ended.promise
  })
  holding.catch(opened.reject)
  const connection = await opened.promise
  return {
    connection,
    end: async () => {
      ended.resolve(null)
      await holding.catch(() => undefined)
    },
  }
}

/** Gives back the work of lanes whose server was killed: their locks would stand for four hours. */
async function freeWorkOfDead(database: Session): Promise<void> {
  await database.query(
    `select graphile_worker.force_unlock_workers(array_agg(j.locked_by)) from (select distinct locked_by from graphile_worker.jobs where locked_by is not null) j
     where not exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1::oid and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid
       and l.database = (select oid from pg_database where datname = current_database()))
     having count(*) > 0`, [`${lifeLockClass}`])
}
