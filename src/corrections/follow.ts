/** Keeps lists of corrections in step with the published result: what could be listed now, and what has come of each item. */
import { loadSqlFile, type Session } from '../db/index.ts'

const candidatesFile = loadSqlFile(new URL('../../sql/corrections/10_lay_out_candidates.sql', import.meta.url))
const followFile = loadSqlFile(new URL('../../sql/corrections/20_follow_payments.sql', import.meta.url))

/** In the transaction that publishes a result, before its cases follow it: what could be put right is laid out anew, and each item finds its later payment. Doing it twice changes nothing. */
export async function followCorrections(transaction: Session, { asOf }: { readonly asOf: string }): Promise<void> {
  await transaction.run(candidatesFile, { as_of: asOf })
  await transaction.run(followFile, { as_of: asOf })
}
