/** Works out the settlement of every payment organisation, in the transaction that publishes a result. */
import { Refusal } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'

/** The result that is being published. */
export interface SettledResult {
  readonly runId: string
  /** `YYYY-MM-DD`: entries and payments up to the end of this day. */
  readonly asOf: string
  readonly timeZone: string
}

const steps = ['10_gather_payments', '20_gather_entries', '30_link_by_reference', '32_link_by_batch', '34_link_by_file', '40_class_entries', '50_name_differences', '60_fill_cells'].map((name) => loadSqlFile(new URL(`../../sql/settlement/${name}.sql`, import.meta.url)))
const check = loadSqlFile(new URL('../../sql/settlement/70_check.sql', import.meta.url))

/**
 * Settles everybody anew from the files that the result rests on. Doing it twice changes nothing; without any
 * organisation or statement it costs nothing and leaves nothing.
 *
 * @throws Refusal `check_failed` when money would be in two places or in none; the result is not published then
 */
export async function settle(transaction: Session, { runId, asOf, timeZone }: SettledResult): Promise<void> {
  const [needed] = await transaction.query<{ is_needed: boolean; is_there: boolean }>(`
    select exists (select from source_file f join published_file using (file_id) where f.kind in ('account_statement', 'payment_organisation')) as is_needed, exists (select from settlement_run) as is_there`)
  if (needed?.is_needed !== true && needed?.is_there !== true) return
  const values = { as_of: asOf, time_zone: timeZone }
  for (const step of steps) await transaction.run(step, Object.fromEntries(Object.entries(values).filter(([name]) => step.variables.has(name))))
  const [broken] = (await transaction.run<{ law: string; source: string; expected: string; found: string }>(check, { as_of: asOf }))[0]?.rows ?? []
  if (broken !== undefined) throw new Refusal('failure', 'check_failed', `the settlement of ${broken.source} is not whole (${broken.law}): ${broken.expected} expected, ${broken.found} found; nothing was published`)
  await transaction.query('delete from settlement_run')
  await transaction.query('insert into settlement_run (run_id, as_of, payment_count, entry_count) select $1, $2, (select count(*) from work_settlement_payment), (select count(*) from work_settlement_entry)', [runId, asOf])
  await transaction.query('truncate work_settlement_payment, work_settlement_entry, work_settlement_link')
}
