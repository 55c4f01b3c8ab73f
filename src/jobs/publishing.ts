/** What appears together with a result: its cases, and who may see which units. */
import * as cases from '../cases/index.ts'
import type { Database, Session } from '../db/index.ts'
import { unitsOf } from '../reports/index.ts'
import { layOutScopes } from '../staff/index.ts'

/** In the transaction that publishes a result: the cases follow its findings, and everybody's units are those of its day. */
export async function publishAlongside(transaction: Session, published: cases.FollowedResult): Promise<void> {
  await cases.followResult(transaction, published)
  await layOutScopes(transaction, await unitsOf(transaction, published.asOf))
}

/** The same for a result that a version without cases published; does nothing where they follow it already. */
export async function catchUp(database: Database, at: string): Promise<void> {
  await cases.catchUp(database, at)
}
