/** Which tables make up the state of an installation, and what of them is only how it came about; beside citus-placement.ts, and as complete. */

/**
 * `facts`: what files said · `linkage`: who may be one person · `results`: what is published · `work`: what people did about
 * it · `staff`: who may do what, and how it is set up · `records`: what was asked, sent and done, and when.
 */
export const stateParts = ['facts', 'linkage', 'results', 'work', 'staff', 'records'] as const
export type StatePart = (typeof stateParts)[number]

/** How one table counts. */
export interface StateTable {
  readonly part: StatePart
  /** Columns that say how the row came about and not what it says: when it was written, by which attempt. */
  readonly without?: readonly string[]
  /** The view that holds those of its rows that count; absent: all do. */
  readonly view?: string
  /** Where rows add up, a query for their sums. */
  readonly sums?: string
}

const clockSums = 'sum(entitlement_count) as entitlement_count, sum(instructed_count) as instructed_count, sum(due_to_instructed_days) as due_to_instructed_days, sum(transferred_count) as transferred_count, sum(instructed_to_credited_days) as instructed_to_credited_days, sum(activated_count) as activated_count, sum(credited_to_withdrawable_days) as credited_to_withdrawable_days'

/** Rows of counts add up, and an increment appends the difference: what they say is their sum. */
function summed(table: string, by: string, sums: string): StateTable {
  return { part: 'results', sums: `select ${by}, ${sums} from ${table} group by ${by} having sum(entitlement_count) <> 0` }
}

/** Every table whose rows are the installation's state. */
export const stateTables: Readonly<Record<string, StateTable>> = {
  source_file: { part: 'facts', without: ['recorded_at', 'sealed_at', 'voided_at'] },
  ...partOf('facts', [
    'source_file_offsets', 'problem', 'ignored_lines', 'listed_term', 'file_content', 'file_content_bits', 'hashed_text', 'scheme_code',
    'entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'register_row', 'exemption_row', 'outreach_result_row', 'complaint_row',
    'scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row', 'birth_place',
    'account_statement_row', 'payment_organisation_row', 'report_deadline_row', 'payer_account_row', 'forgotten_person', 'forgotten_file',
  ]),
  ...partOf('linkage', ['folded_name', 'linked_file', 'person_identity', 'person_pair', 'person_pair_change']),

  ...partOf('results', ['outcome', 'matched_payment', 'finding', 'bridge_cell', 'outcome_count', 'settlement_run'], ['run_id']),
  ...partOf('results', ['unmatched_payment', 'subject', 'outcome_total', 'finding_count', 'finding_total', 'finding_unit', 'finding_type', 'coverage_day', 'published_file', 'settlement_cell', 'settlement_difference', 'settlement_entry', 'settlement_statement', 'correction_candidate']),
  // The half that is not published holds what a killed run left there.
  entitlement_clock: { part: 'results', view: 'published_clock', without: ['slot'] },
  clean_count: summed('clean_count', 'scheme_id, benefit_period, unit_code, outcome_class, currency', 'sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount'),
  clock_cell: summed('clock_cell', 'scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days', clockSums),
  clock_unit: summed('clock_unit', 'scheme_id, benefit_period, unit_code, cash_event, days', clockSums),
  access_count: summed('access_count', 'scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields', 'sum(entitlement_count) as entitlement_count'),

  ...partOf('work', [
    'case_record', 'case_event', 'case_attachment', 'case_message', 'case_term', 'complaint', 'bank_question',
    'period_event', 'period_minutes', 'period_snapshot', 'correction_item', 'correction_offset',
  ]),
  correction_list: { part: 'work', without: ['run_id'] },
  case_tally: {
    part: 'work',
    sums: 'select unit_code, code, scheme_id, benefit_period, currency, step, is_open, waiting_since, opened_date, deadline_date, closed_date, sum(case_count) as case_count, sum(amount_at_stake) as amount_at_stake from case_tally group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(case_count) <> 0',
  },

  ...partOf('staff', ['staff', 'staff_unit', 'staff_absence', 'staff_change', 'staff_device', 'approval_band', 'approval_band_change', 'api_client', 'address_key', 'engine_key', 'ingest_profile', 'saved_view', 'webhook_endpoint', 'mail_address', 'retention_policy']),
  api_key: { part: 'staff', without: ['last_used_at'] },
  schema_migration: { part: 'staff', without: ['applied_at'] },

  run: { part: 'records', without: ['started_at', 'finished_at', 'seconds'] },
  upload: { part: 'records', without: ['started_at', 'finished_at', 'attempt_count', 'bytes_read', 'lines_read'] },
  night: { part: 'records', without: ['fence_token', 'server', 'next_attempt_at'] },
  ...partOf('records', ['followed_run', 'trail_entry', 'trail_link', 'trail_head', 'bank_event', 'bank_score', 'run_total', 'alarm']),
}

function partOf(part: StatePart, tables: readonly string[], without?: readonly string[]): Record<string, StateTable> {
  return Object.fromEntries(tables.map((table) => [table, { part, ...(without && { without }) }]))
}

/** Tables whose loss loses nothing: who is signed in this hour, what is being tried again, what a run or a preview is working with. Tables named work_… are the latter. */
export const passingTables = ['staff_session', 'sign_in_attempt', 'oidc_sign_in', 'api_attempt', 'api_assertion', 'idempotent_request', 'bank_delivery', 'case_batch', 'server_seen', 'run_fence', 'run_beat', 'run_backend', 'night_step', 'alarm_delivery'] as const
