/** What may go wrong in the working tables of a run, and which check has to notice it. */

/** A is plainly in order; B is unpaid; C was paid once and then too little; and one payment is nobody's. */
export const corruptedScenario: readonly string[] = ['list A 2026-10 500000', 'list B 2026-10 500000', 'list C 2026-09 500000', 'list C 2026-10 500000',
  'pay A 2026-10 500000 credited 2026-10-09', 'pay C 2026-09 500000 credited 2026-09-09', 'pay C 2026-10 400000 credited 2026-10-09', 'pay - 2026-10 70000 credited 2026-10-09',
  'as of 2026-10-31', 'finds nothing']

/** Per check, what it must notice: where the working tables go wrong, and how; each is noticed by that check alone. */
export const corruptions: readonly { check: string; what: string; table: string; sql: string; row?: string; readonly isIncrement?: true }[] = [
  { check: '10_due_closes', what: 'one đồng due is nowhere', table: 'work_payment_story', sql: 'update work_bridge_cell set carried_out_amount = carried_out_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'the bridge begins with more than the lists say', table: 'work_payment_story', sql: 'update work_bridge_cell set due_amount = due_amount + 1, carried_out_amount = carried_out_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'a cell of the bridge is gone', table: 'work_payment_story', sql: 'update work_bridge_cell set scheme_id = 4' },
  { check: '30_credited_is_what_payments_say', what: 'more arrived than was sent', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount + 1, unmatched_amount = unmatched_amount + 1' },
  { check: '30_credited_is_what_payments_say', what: 'unmatched money is forgotten', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount - unmatched_amount, unmatched_amount = 0' },
  { check: '30_credited_is_what_payments_say', what: 'credited money is not explained', table: 'work_payment_story', sql: 'update work_bridge_cell set excess_over_amount = excess_over_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'an increment takes back more than there was', table: 'work_payment_story', sql: 'update work_bridge_cell set due_amount = due_amount - 1, carried_out_amount = carried_out_amount - 1', isIncrement: true },
  { check: '30_credited_is_what_payments_say', what: 'an increment adds what nobody reported', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount + 1, unmatched_amount = unmatched_amount + 1', isIncrement: true },
  { check: '40_every_line_in_one_bucket', what: 'somebody in order is not counted', table: 'work_payment_story', sql: "delete from work_screen where outcome_class = 'paid'", row: 'line, plain' },
  { check: '40_every_line_in_one_bucket', what: 'a payment in order is counted twice', table: 'work_payment_story', sql: "update work_screen set report_count = report_count + 1 where outcome_class = 'paid'", row: 'payment, plain' },
  { check: '40_every_line_in_one_bucket', what: 'a report is part of two payments', table: 'work_payment_story', sql: 'update work_payment set source_rows = source_rows || source_rows', row: 'payment, in full' },
  { check: '50_payment_used_once', what: 'a payment gives more than it is', table: 'work_payment_story', sql: 'update work_match set allocated_amount = allocated_amount + 1' },
  { check: '50_payment_used_once', what: 'a payment is neither matched nor unmatched', table: 'work_payment_story', sql: 'delete from work_unmatched' },
  { check: '50_payment_used_once', what: 'a payment is matched and unmatched', table: 'work_payment_story', sql: "insert into work_unmatched select person_key, payment_number, 'not_on_list' from work_match" },
  { check: '60_one_class_each', what: 'an entitlement has no class', table: 'work_payment_story', sql: "delete from work_outcome where outcome_class = 'paid'" },
  { check: '70_findings_lead_to_lines', what: 'a finding rests on a file that this run does not see', table: 'work_story', sql: `update work_story set source_rows = '[{"file_id": 999999, "line": 1}]'` },
  { check: '70_findings_lead_to_lines', what: 'a finding rests on nothing', table: 'work_story', sql: "update work_story set source_rows = '[]'" },
]
