/** What appears together with a result: its cases, who may see which units, and the entry in the trail. */
import * as cases from '../cases/index.ts'
import type { Session } from '../db/index.ts'
import { unitsOf } from '../reports/index.ts'
import { layOutScopes } from '../staff/index.ts'
import { leaveTrail } from '../trail/index.ts'

/** In the transaction that publishes a result: the cases follow its findings, and everybody's units are those of its day. */
export async function publishAlongside(transaction: Session, published: cases.FollowedResult): Promise<void> {
  await leaveTrail(transaction, { staffId: null, at: published.at, kind: 'run_published', subject: `run ${published.runId}`, details: { as_of: published.asOf }, row: { table: 'run', key: [published.runId] } })
  await cases.followResult(transaction, published)
  await layOutScopes(transaction, await unitsOf(transaction, published.asOf))
}
