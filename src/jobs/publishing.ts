/** What appears together with a result: what became of corrections, its cases, and who may see which units. */
import * as cases from '../cases/index.ts'
import { followCorrections } from '../corrections/index.ts'
import type { Session } from '../db/index.ts'
import { unitsOf } from '../reports/index.ts'
import { layOutScopes } from '../staff/index.ts'

/** In the transaction that publishes a result: lists of corrections look for their payments, the cases follow its findings, and everybody's units are those of its day. */
export async function publishAlongside(transaction: Session, published: cases.FollowedResult): Promise<void> {
  await followCorrections(transaction, published)
  await cases.followResult(transaction, published)
  await layOutScopes(transaction, await unitsOf(transaction, published.asOf))
}
