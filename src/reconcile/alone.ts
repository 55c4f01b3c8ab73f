/** One run at a time, over however many servers: two connections that nobody else has, each under a lock. */
import { takeRunLock, type Connection, type Database } from '../db/index.ts'

/** The two connections of a run; the first one publishes. */
export type Lanes = readonly [Connection, Connection]

const anotherRun = 'another run is going on; try again when it has ended'

/**
 * Gives `work` the two lanes. The lock lives on the connection that will publish: whoever lost it cannot publish either.
 *
 * @throws Refusal `run_in_progress` (try again) while another run holds a lock, on whichever server
 */
export function alone<T>(database: Database, onFirst: (first: Connection, onBoth: (work: (lanes: Lanes) => Promise<T>) => Promise<T>) => Promise<T>): Promise<T> {
  return database.onConnection(async (first) => {
    await takeRunLock(first, 'first', anotherRun)
    return onFirst(first, (work) => database.onConnection(async (second) => {
      // Were the first connection cut, the second might still be at work in the tables that a new run would empty.
      await takeRunLock(second, 'second', anotherRun)
      await Promise.all([prepare(first), prepare(second)])
      return work([first, second])
    }))
  })
}

/**
 * Set-based statements over keys of three columns, whose joins the planner takes for tiny: nested loops only where
 * nothing else can be done. Two lanes fill two cores, so no plan is parallel; hashes of a million rows must fit.
 */
async function prepare(lane: Connection): Promise<void> {
  await lane.query("set work_mem = '256MB'")
  await lane.query("set maintenance_work_mem = '256MB'")
  await lane.query('set enable_nestloop = off')
  // A sample of 9,000 rows tells the working tables well enough; the usual one took a tenth of a run.
  await lane.query('set default_statistics_target = 30')
  await lane.query('set max_parallel_workers_per_gather = 0')
}
