/** Keeps the cases in step with the published findings: new ones open, gone ones close, those that are back open again. */
import { loadSqlFile, type Database, type Session } from '../db/index.ts'
import { followComplaints } from './complaints.ts'
import { layOutTally } from './tally.ts'

/** The published result that the cases follow. */
export interface FollowedResult {
  readonly runId: string
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** The instant to record, from the clock. */
  readonly at: string
}

const steps = ['05_count_working_days', '10_open_new', '20_follow_amounts', '30_close_what_is_gone', '40_reopen_what_is_back', '50_say_what_settled'].map((name) => loadSqlFile(new URL(`../../sql/cases/${name}.sql`, import.meta.url)))

/** Follows a result in the transaction that publishes it, so that no page ever shows the one without the other. Doing it twice changes nothing. */
export async function followResult(transaction: Session, { runId, asOf, at }: FollowedResult): Promise<void> {
  for (const step of steps) {
    const values = { as_of: asOf, at }
    await transaction.run(step, Object.fromEntries(Object.entries(values).filter(([name]) => step.variables.has(name))))
  }
  await followComplaints(transaction, { asOf, at })
  await layOutTally(transaction)
  await transaction.query('delete from followed_run')
  await transaction.query('insert into followed_run (run_id) values ($1)', [runId])
}

/** Follows the newest result if it was published by a version that knew no cases. */
export async function catchUp(database: Database, at: string): Promise<void> {
  await database.transaction(async (transaction) => {
    // Two servers that start together: the second waits and finds nothing to do.
    await transaction.query('select pg_advisory_xact_lock($1)', [lockKey])
    const [behind] = await transaction.query<{ run_id: string; as_of: string }>("select run_id, as_of from run where status = 'published' and run_id not in (select run_id from followed_run) and run_id = (select max(run_id) from run where status = 'published')")
    if (behind !== undefined) await followResult(transaction, { runId: behind.run_id, asOf: behind.as_of, at })
  })
}

// Any number that nobody else locks; "cases" as ASCII.
const lockKey = '427020969331'
