/** What appears together with a result: its cases, who may see which units, and how the payer and the payment organisations stand. */
import * as cases from '../cases/index.ts'
import type { Session } from '../db/index.ts'
import { unitsOf } from '../reports/index.ts'
import { settle } from '../settlement/index.ts'
import { layOutScopes } from '../staff/index.ts'

/** In the transaction that publishes a result: the cases follow its findings, everybody's units are those of its day, and the payer's money is settled by it. */
export async function publishAlongside(transaction: Session, published: cases.FollowedResult & { readonly timeZone: string }): Promise<void> {
  await cases.followResult(transaction, published)
  await layOutScopes(transaction, await unitsOf(transaction, published.asOf))
  await settle(transaction, published)
}
