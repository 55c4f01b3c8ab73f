/** Whether the tally of cases says what counting them says. */
import { expect } from 'vitest'
import type { Session } from '../../src/db/index.ts'

const dimensions = 'unit_code, code, scheme_id, benefit_period, currency, step, is_open, waiting_since, opened_date, deadline_date, closed_date'

/** Every place at which the sums of the tally are not those of the cases, in both directions: none. */
export async function expectTallied(session: Session): Promise<void> {
  const wrong = await session.query(`
    select ${dimensions}, sum(n)::text as cases, sum(amount)::text as amount
    from (select ${dimensions}, case_count as n, amount_at_stake as amount from case_tally union all select ${dimensions}, -1, -amount_at_stake from case_record) both_counts
    group by ${dimensions} having sum(n) <> 0 or sum(amount) <> 0`)
  expect(wrong).toEqual([])
}
