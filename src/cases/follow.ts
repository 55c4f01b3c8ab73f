/** Keeps the cases in step with the published findings: new ones open, gone ones close, those that are back open again. */
import { loadSqlFile, type Database, type Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { followComplaints } from './complaints.ts'
import { layOutTally } from './tally.ts'

/** The published result that the cases follow. */
export interface FollowedResult {
  readonly runId: string
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** The instant to record, from the clock. */
  readonly at: string
  /** Only what `work_finding_change` names went and came since the result before, which was followed; absent: every finding is looked at. */
  readonly isByChanges?: boolean
}

const steps = ['05_count_working_days', '10_open_new', '20_follow_amounts', '30_close_what_is_gone', '40_reopen_what_is_back', '50_say_what_settled'].map((name) => loadSqlFile(new URL(`../../sql/cases/${name}.sql`, import.meta.url)))

/** Follows a result in the transaction that publishes it, so that no page ever shows the one without the other. Doing it twice changes nothing. */
export async function followResult(transaction: Session, { runId, asOf, at, isByChanges = false }: FollowedResult): Promise<void> {
  for (const step of steps) {
    const values = { as_of: asOf, at, is_by_changes: isByChanges }
    await transaction.run(step, Object.fromEntries(Object.entries(values).filter(([name]) => step.variables.has(name))))
  }
  await followComplaints(transaction, { asOf, at })
  await layOutTally(transaction)
  await leaveWhatWasDone(transaction, runId, at)
  await transaction.query('delete from followed_run')
  await transaction.query('insert into followed_run (run_id) values ($1)', [runId])
}

/** Whether the cases stand as the result before `runId` left them. */
export async function isFollowed(transaction: Session, runId: string): Promise<boolean> {
  const [before] = await transaction.query<{ is_followed: boolean }>("select exists (select from followed_run where run_id = (select max(run_id) from run where status = 'published' and run_id < $1)) as is_followed", [runId])
  return before?.is_followed === true
}

/** What a run did to cases is one entry, however many they are; a run that did nothing leaves none. */
async function leaveWhatWasDone(transaction: Session, runId: string, at: string): Promise<void> {
  const [done] = await transaction.query<{ events: string }>('select count(*) as events from case_event where actor_id is null and happened_at = $1', [at])
  if (done === undefined || done.events === '0') return
  await leaveTrail(transaction, { staffId: null, at, kind: 'cases_followed', subject: `run ${runId}`, details: { events: done.events }, row: { table: 'case_event_of_run', key: [at] } })
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
