/** The published result of the engine in the reference model's own shape, so that the two can be held against each other. */
import { run } from '../../src/reconcile/index.ts'
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { FINDING_CODES } from '../model/types.ts'
import type { BridgeResult, FindingResult, MatchResult, ModelResult, OutcomeResult } from '../model/types.ts'

const clock = stoppedClock('2026-11-20T02:00:00Z')
/** Subjects with bars in them that are no payments. */
const namesNoPayment = ['shared_account', 'duplicate_person', 'file_missing']
const period = (column: string): string => `to_char(${column}, 'FM0000"-"00')`

/** Runs the engine for a day and reads everything it found of what the model looks for; what is plainly in order is read from where the run screened it. */
export async function engineResult(database: Database, asOf: string): Promise<ModelResult> {
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  const plain = 'work_screen w join scheme_code c using (scheme_id) where not exists (select from work_subject s where s.person_key = w.person_key)'
  const outcomes = await database.query<OutcomeResult>(`
    select c.scheme, ${period('benefit_period')} as benefit_period, identifier_text(person_key) as beneficiary_id, outcome_class as class, due_amount::text as due, credited_amount::text as credited
    from outcome join scheme_code c using (scheme_id)
    union all
    select c.scheme, ${period('w.benefit_period')}, identifier_text(w.person_key), w.outcome_class, w.due_amount::text, (case w.outcome_class when 'paid' then w.due_amount else 0 end)::text from ${plain}`)
  const matches = await database.query<MatchResult>(`
    select payment_name as payment, match_rule::text as rule, c.scheme, ${period('benefit_period')} as benefit_period, identifier_text(person_key) as beneficiary_id, allocated_amount::text as amount
    from matched_payment join scheme_code c using (scheme_id)
    union all
    select distinct p.creditor_agent || '|' || coalesce(p.end_to_end_id, '-'), 'id_period', c.scheme, ${period('w.benefit_period')}, identifier_text(w.person_key), p.instructed_amount::text
    from payment_report p join work_file using (file_id) join work_screen w using (person_key, scheme_id, benefit_period) join scheme_code c using (scheme_id)
    where not exists (select from work_subject s where s.person_key = w.person_key)`)
  const findings = await database.query<FindingResult>(`
    select code, c.scheme, ${period('benefit_period')} as benefit_period, case when person_key >= 0 then identifier_text(person_key) end as beneficiary_id, subject, amount_at_stake::text
    from finding left join scheme_code c using (scheme_id) where code = any($1::text[])`, [FINDING_CODES])
  const bridge = await database.query<BridgeResult>(`
    select c.scheme, ${period('benefit_period')} as benefit_period, currency, due_amount::text as due, to_due_amount::text as credited_to_due, carried_out_amount::text as carried_out, carried_in_amount::text as carried_in,
      shortfall, excess_over_amount::text as excess_over, excess_twice_amount::text as excess_twice, unmatched_amount::text as unmatched
    from bridge_cell left join scheme_code c using (scheme_id)`)
  return comparable({ outcomes, matches, findings, bridge })
}

/** Puts a result into one order and form; payments without a reference are named by their agent alone, since each side names them its own way. */
export function comparable({ outcomes, matches, findings, bridge }: ModelResult): ModelResult {
  return {
    outcomes: sorted(outcomes),
    matches: sorted(matches.map((match) => ({ ...match, payment: named(match.payment) }))),
    findings: sorted(findings.map((finding) => ({ ...finding, subject: namesNoPayment.includes(finding.code) ? finding.subject : named(finding.subject) }))),
    bridge: sorted(bridge),
  }
}

/** `970436|E1` stays; a payment without reference, however it is named further on, is `970436|-`. */
function named(payment: string): string {
  return payment.includes('|') && payment.split('|').length > 2 ? `${payment.split('|')[0] ?? ''}|-` : payment
}

function sorted<T extends object>(rows: readonly T[]): T[] {
  const inKeyOrder = rows.map((row) => Object.fromEntries(Object.entries(row).sort(([first], [second]) => (first < second ? -1 : 1))) as T)
  return inKeyOrder.map((row) => [JSON.stringify(row), row] as const).sort(([first], [second]) => (first < second ? -1 : first > second ? 1 : 0)).map(([, row]) => row)
}
