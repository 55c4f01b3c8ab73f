/** The tally of cases between two results: a case that is moved leaves one place and comes to another. */
import { loadSqlFile, type Session } from '../db/index.ts'

const layOutFile = loadSqlFile(new URL('../../sql/cases/90_tally.sql', import.meta.url))

/** Counts all cases anew; in the transaction that follows a result. */
export async function layOutTally(transaction: Session): Promise<void> {
  await transaction.run(layOutFile)
}

/** Adds a case as it stands now, or takes it away (−1) before it is moved; its row is the caller's until the transaction ends. */
export async function tally(transaction: Session, { personKey, findingId }: { readonly personKey: string; readonly findingId: string }, by: 1 | -1): Promise<void> {
  await transaction.query(`
    insert into case_tally (unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, case_count, amount_at_stake)
    select unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, $3::integer, $3::integer * amount_at_stake
    from case_record where person_key = $1 and finding_id = $2`, [personKey, findingId, by])
}
