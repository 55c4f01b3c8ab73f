/** Works out the settlement of every payment organisation, in the transaction that publishes a result. */
import { Refusal } from '../core/index.ts'
import { loadSqlFile, type Session, type SqlFile } from '../db/index.ts'

/** The result that is being published. */
export interface SettledResult {
  readonly runId: string
  /** `YYYY-MM-DD`: entries and payments up to the end of this day. */
  readonly asOf: string
  readonly timeZone: string
  /** Of a run that looked at those alone whom something changed for, which files those were; null: everybody is merged anew. */
  readonly since: { readonly changedFiles: readonly string[] } | null
}

const fileOf = (name: string): SqlFile => loadSqlFile(new URL(`../../sql/settlement/${name}.sql`, import.meta.url))
const gatherPayments = fileOf('10_gather_payments')
const steps = ['20_gather_entries', '30_link_by_reference', '32_link_by_batch', '34_link_by_file', '40_class_entries', '50_name_differences', '60_fill_cells'].map(fileOf)
const check = fileOf('70_check')

/**
 * Settles every organisation by the files that the result rests on; payments of whom nothing changed for stay merged as
 * the settlement before left them (D201). Doing it twice changes nothing; without any organisation or statement it costs
 * nothing and leaves nothing.
 *
 * @throws Refusal `check_failed` when money would be in two places or in none; the result is not published then
 */
export async function settle(transaction: Session, { runId, asOf, timeZone, since }: SettledResult): Promise<void> {
  const [needed] = await transaction.query<{ is_needed: boolean; is_there: boolean }>(`
    select exists (select from source_file f join published_file using (file_id) where f.kind in ('account_statement', 'payment_organisation')) as is_needed, exists (select from settlement_run) as is_there`)
  if (needed?.is_needed !== true && needed?.is_there !== true) return
  const isByChanges = since !== null && (await isBuiltUpon(transaction, runId, since.changedFiles))
  await transaction.query(`truncate work_settlement_entry, work_settlement_link, work_settlement_class${isByChanges ? '' : ', work_settlement_payment'}`)
  // The reports of those whom something changed for are gathered, under the name of all reports.
  if (isByChanges) await transaction.query('set local search_path = gathered, public')
  await transaction.run(gatherPayments, { as_of: asOf, time_zone: timeZone, is_by_changes: isByChanges })
  await transaction.query('set local search_path = public')
  const values = { as_of: asOf, time_zone: timeZone }
  for (const step of steps) await transaction.run(step, Object.fromEntries(Object.entries(values).filter(([name]) => step.variables.has(name))))
  const [broken] = (await transaction.run<{ law: string; source: string; expected: string; found: string }>(check, { as_of: asOf }))[0]?.rows ?? []
  if (broken !== undefined) throw new Refusal('failure', 'check_failed', `the settlement of ${broken.source} is not whole (${broken.law}): ${broken.expected} expected, ${broken.found} found; nothing was published`)
  await transaction.query('delete from settlement_run')
  await transaction.query('insert into settlement_run (run_id, as_of, payment_count, entry_count) select $1, $2, (select count(*) from work_settlement_payment), (select count(*) from work_settlement_entry)', [runId, asOf])
  await transaction.query('truncate work_settlement_entry, work_settlement_link, work_settlement_class')
}

/** Whether the merged payments are those of the result before: it was settled, they were not lost with a server that died, and no organisation is told anew, which may make payments somebody else's. */
async function isBuiltUpon(transaction: Session, runId: string, changedFiles: readonly string[]): Promise<boolean> {
  const [before] = await transaction.query<{ is_settled: boolean }>(`
    select exists (
      select from settlement_run s
      where s.run_id = (select max(run_id) from run where status = 'published' and run_id < $1) and s.payment_count = (select count(*) from work_settlement_payment)
    ) and not exists (select from source_file where file_id = any ($2::integer[]) and kind = 'payment_organisation') as is_settled`, [runId, changedFiles])
  return before?.is_settled === true
}
