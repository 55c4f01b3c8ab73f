/** What appears together with a result: what became of corrections, its cases, who may see which units, how the payment organisations stand, what it comes to, and the entry in the trail. */
import * as cases from '../cases/index.ts'
import { followCorrections } from '../corrections/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'
import type { JustPublished } from '../reconcile/index.ts'
import { unitsOf } from '../reports/index.ts'
import { settle } from '../settlement/index.ts'
import { layOutScopes } from '../staff/index.ts'
import { leaveTrail } from '../trail/index.ts'

const totals = loadSqlFile(new URL('../../sql/nights/keep_totals.sql', import.meta.url))

/**
 * In the transaction that publishes a result: lists of corrections look for their payments, the cases follow its
 * findings, everybody's units are those of its day, the payer's money is settled by it, and its totals are kept for the
 * night after it.
 */
export async function publishAlongside(transaction: Session, published: JustPublished): Promise<void> {
  const since = (await cases.isFollowed(transaction, published.runId)) ? published.since : null
  await leaveTrail(transaction, { staffId: null, at: published.at, kind: 'run_published', subject: `run ${published.runId}`, details: { as_of: published.asOf }, row: { table: 'run', key: [published.runId] } })
  await followCorrections(transaction, { asOf: published.asOf, since })
  await cases.followResult(transaction, { ...published, isByChanges: since !== null })
  await layOutScopes(transaction, await unitsOf(transaction, published.asOf))
  await settle(transaction, { ...published, since })
  await transaction.run(totals, { run_id: published.runId })
}
