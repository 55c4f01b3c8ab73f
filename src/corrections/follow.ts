/** Keeps lists of corrections in step with the published result: what has come of each item, and what could be listed now. */
import { loadSqlFile, type Session } from '../db/index.ts'

const followFile = loadSqlFile(new URL('../../sql/corrections/10_follow_payments.sql', import.meta.url))
const candidatesFile = loadSqlFile(new URL('../../sql/corrections/20_lay_out_candidates.sql', import.meta.url))

/** In the transaction that publishes a result, before its cases follow it: each item finds its later payment, and what could be put right is laid out anew. Doing it twice changes nothing. */
export async function followCorrections(transaction: Session, { asOf }: { readonly asOf: string }): Promise<void> {
  await transaction.run(followFile, { as_of: asOf })
  await transaction.run(candidatesFile, { as_of: asOf })
}
