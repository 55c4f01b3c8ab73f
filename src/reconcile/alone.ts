/** One run at a time, over however many servers: two connections that nobody else has, each under a lock. */
import { Refusal } from '../core/index.ts'
import type { Connection, Database } from '../db/index.ts'

/** The two connections of a run; the first one publishes. */
export type Lanes = readonly [Connection, Connection]

// Any numbers nobody else locks; "reconcil" as ASCII, and the next one for the second connection.
const lockKeys = ['8243122654796048748', '8243122654796048749'] as const

/**
 * Gives `work` the two lanes. The lock lives on the connection that will publish: whoever lost it cannot publish either.
 *
 * @throws Refusal `run_in_progress` (try again) while another run holds a lock, on whichever server
 */
export function alone<T>(database: Database, onFirst: (first: Connection, onBoth: (work: (lanes: Lanes) => Promise<T>) => Promise<T>) => Promise<T>): Promise<T> {
  return database.onConnection(async (first) => {
    await takeLock(first, lockKeys[0])
    return onFirst(first, (work) => database.onConnection(async (second) => {
      // Were the first connection cut, the second might still be at work in the tables that a new run would empty.
      await takeLock(second, lockKeys[1])
      await Promise.all([prepare(first), prepare(second)])
      return work([first, second])
    }))
  })
}

async function takeLock(connection: Connection, key: string): Promise<void> {
  const [lock] = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])
  if (lock?.taken !== true) throw new Refusal('tryAgain', 'run_in_progress', 'another run is going on; try again when it has ended')
}

/**
 * Set-based statements over keys of three columns, whose joins the planner takes for tiny: nested loops only where
 * nothing else can be done. Two lanes fill two cores, so no plan is parallel; hashes of a million rows must fit.
 */
async function prepare(lane: Connection): Promise<void> {
  await lane.query("set work_mem = '256MB'")
  await lane.query("set maintenance_work_mem = '256MB'")
  await lane.query('set enable_nestloop = off')
  await lane.query('set max_parallel_workers_per_gather = 0')
}
