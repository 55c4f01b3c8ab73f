/** The clock of every entitlement as a line of text: as a run published it, and as the model has it. */
import type { Database } from '../../src/db/index.ts'
import { clockRows } from '../model/clock-row.ts'
import type { workOut } from '../model/model.ts'

/** What was published, sorted. */
export async function publishedCells(database: Database): Promise<string[]> {
  const rows = await database.query<{ cell: string }>(`
    select concat_ws(' ', scheme, to_char(benefit_period, 'FM0000"-"00'), coalesce(identifier_text(person_key), h.original), unit_code, outcome_class, payment_channel, coalesce(creditor_agent::text, '-'),
      coalesce(due_to_instructed_days::text, '-'), coalesce(instructed_to_credited_days::text, '-'), coalesce(credited_to_withdrawable_days::text, '-'), coalesce(cash_event::text, '-'), coalesce(days::text, '-'),
      account_state, case when has_card then 'card' else 'no_card' end, coalesce(payee_type::text, '-'), case when is_paid then 'paid' else 'not_paid' end, missing_fields, coalesce(village, '-'),
      coalesce((select string_agg(distinct trim(need), '+' order by trim(need)) from regexp_split_to_table(needs, ';') need where trim(need) <> ''), '-'),
      coalesce(age_band::text, '-'), coalesce(sex::text, '-')) as cell
    from published_clock c join scheme_code using (scheme_id) left join hashed_text h on h.hash_key = person_key`)
  return rows.map(({ cell }) => cell).sort()
}

/** What the model says, sorted. */
export function modelCells(workedOut: ReturnType<typeof workOut>): string[] {
  return clockRows(workedOut)
}
