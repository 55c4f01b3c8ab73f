/** Keeps lists of corrections in step with the published result: what could be listed now, and what has come of each item. */
import { loadSqlFile, type Session } from '../db/index.ts'

const candidatesFile = loadSqlFile(new URL('../../sql/corrections/10_lay_out_candidates.sql', import.meta.url))
const followFile = loadSqlFile(new URL('../../sql/corrections/20_follow_payments.sql', import.meta.url))

/** The published result that corrections follow. */
export interface CorrectedResult {
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** Of a run that looked at those alone whom something changed for, upon which result it was built; null: everybody is laid out anew. */
  readonly since: { readonly asOf: string; readonly changedFiles: readonly string[] } | null
}

/** In the transaction that publishes a result, before its cases follow it: what could be put right is laid out anew, and each item finds its later payment. Doing it twice changes nothing. */
export async function followCorrections(transaction: Session, { asOf, since }: CorrectedResult): Promise<void> {
  const isByChanges = since !== null && !(await concernsEverybody(transaction, asOf, since))
  // the facts of those whom something changed for are gathered, under the same names
  if (isByChanges) await transaction.query('set local search_path = gathered, public')
  await transaction.run(candidatesFile, { as_of: asOf, is_by_changes: isByChanges })
  await transaction.query('set local search_path = public')
  await transaction.run(followFile, { as_of: asOf })
}

/** How many months money was not collected counts by the month; what the payer decided holds for whole places. */
async function concernsEverybody(transaction: Session, asOf: string, since: NonNullable<CorrectedResult['since']>): Promise<boolean> {
  if (asOf.slice(0, 7) !== since.asOf.slice(0, 7)) return true
  const [payer] = await transaction.query<{ is_told: boolean }>(`
    select exists (select from source_file where file_id = any ($1::integer[]) and kind = 'payer_account') or exists (select from payer_account where applies_from > $2 and applies_from <= $3) as is_told`, [since.changedFiles, since.asOf, asOf])
  return payer?.is_told === true
}
