/** Servers of their own for the tests of nights, and how they are held still where they are to be stopped, paused or killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../src/db/index.ts'
import type { NightEnd } from '../../src/jobs/index.ts'
import type { Clone } from '../helpers/database.ts'
import { meddle } from '../helpers/meddle.ts'

/** A server in a process of its own. */
export interface Server {
  readonly child: ChildProcess
  readonly ended: Promise<unknown>
  /** What it said its ends were; empty when it was killed. */
  readonly ends: () => readonly string[]
}

/** Starts a process that ticks once at the instant; it has begun when this resolves. */
export async function serverAt({ databaseUrl }: Clone, dataDirectory: string, instant: string): Promise<Server> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./night-process.ts', import.meta.url)), databaseUrl, dataDirectory, instant], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let said = ''
  child.stdout.on('data', (piece: Buffer) => { said += piece.toString() })
  await once(child.stdout, 'data')
  return { child, ended, ends: () => (JSON.parse(/^ended (.*)$/m.exec(said)?.[1] ?? '[]') as NightEnd[]).map(({ end }) => end) }
}

/** Where somebody stands still. */
export interface Hold {
  readonly someoneStands: () => Promise<void>
  readonly release: () => Promise<void>
}

/** Every process stands still after it has written a table, where the condition holds, until it is released. */
export async function holdAt(database: Database, table: string, condition = 'true'): Promise<Hold> {
  const undo = await meddle(database, table, `if ${condition} then perform pg_advisory_xact_lock(4243); end if;`)
  const holder = await database.pool.connect()
  await holder.query('select pg_advisory_lock(4243)')
  return {
    someoneStands: () => someoneWaits(database, "locktype = 'advisory'"),
    release: async () => {
      await holder.query('select pg_advisory_unlock(4243)')
      holder.release()
      await undo()
    },
  }
}

/** Whoever writes a table (`share row exclusive`), or also whoever reads it (`access exclusive`), stands still until it is released. */
export async function holdTable(database: Database, table: string, mode: 'share row exclusive' | 'access exclusive'): Promise<Hold> {
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query(`lock table ${table} in ${mode} mode`)
  return {
    someoneStands: () => someoneWaits(database, `locktype = 'relation' and relation = '${table}'::regclass`),
    release: async () => {
      await holder.query('rollback')
      holder.release()
    },
  }
}

async function someoneWaits(database: Database, lock: string): Promise<void> {
  while ((await database.query(`select from pg_locks where ${lock} and not granted and database = (select oid from pg_database where datname = current_database())`)).length === 0) await sleep(20)
}
