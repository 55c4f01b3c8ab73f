/** One run at a time, over however many servers: a fence that is passed once, and two connections that nobody else has. */
import { takeRunLock, withFence, type Connection, type Database, type Fence } from '../db/index.ts'

/** The two connections of a run; the first one publishes. */
export type Lanes = readonly [Connection, Connection]

/** How somebody works alone. */
export interface Alone {
  /** In a word, for whoever finds the fence taken. */
  readonly purpose: string
  /** Held already, by a night that goes through several pieces of work; absent: taken here, and given back. */
  readonly fence?: Fence | undefined
  readonly takeOverAfterSeconds?: number | undefined
}

const anotherRun = 'another run is going on; try again when it has ended'

/**
 * Gives `work` the two lanes behind the fence. The locks on both are a second bolt: of servers that know no fence, too.
 *
 * @throws Refusal `run_in_progress` (try again) while somebody else works, on whichever server; `run_overtaken` (try again) when somebody took over
 */
export function alone<T>(database: Database, { purpose, fence, takeOverAfterSeconds }: Alone, onFirst: (first: Connection, onBoth: (work: (lanes: Lanes) => Promise<T>) => Promise<T>, fence: Fence) => Promise<T>): Promise<T> {
  const behind = (held: Fence): Promise<T> => database.onConnection(async (first) => {
    await held.enter(first)
    await takeRunLock(first, 'first', anotherRun)
    return onFirst(first, (work) => database.onConnection(async (second) => {
      await held.enter(second)
      // Were the first connection cut, the second might still be at work in the tables that a new run would empty.
      await takeRunLock(second, 'second', anotherRun)
      await Promise.all([prepare(first), prepare(second)])
      return work([first, second])
    }), held)
  })
  return fence === undefined ? withFence(database, { purpose, takeOverAfterSeconds, busyMessage: anotherRun }, behind) : behind(fence)
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
  // Of a program that was killed the long statement under way would go on to its end, and hold the locks until then.
  // Where the server's system cannot tell (Windows), it does.
  await lane.query("set client_connection_check_interval = '2s'").catch(() => undefined)
}
