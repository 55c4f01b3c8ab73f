/** Where each table lives when the database is a Citus coordinator: split over the workers by person, copied to all of them, or on the coordinator alone. */

/** `distributed`: rows split by person_key; `reference`: whole on every node; `local`: on the coordinator only. */
export type Placement = 'distributed' | 'reference' | 'local'

/**
 * The one column by which rows are split: the same number stands on the same node in every table, so that what belongs
 * to one person is joined where it lies.
 */
export const distributionColumn = 'person_key'

/** The first of them decides how many shards there are; all others are placed beside it. */
export const distributedTables = [
  // Facts, as ingest loads them.
  'entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'register_row', 'exemption_row', 'outreach_result_row', 'complaint_row', 'account_statement_row',
  // Published results about persons.
  'outcome', 'matched_payment', 'unmatched_payment', 'finding', 'entitlement_clock', 'subject', 'person_pair_change',
  // The work on findings.
  'case_record', 'case_event', 'case_attachment', 'complaint', 'case_message',
  // What puts findings right.
  'correction_candidate', 'correction_item', 'correction_offset',
  // What a run writes while it still looks at everybody.
  'work_screen', 'work_payee_account', 'work_known', 'work_shared',
] as const

/** Small, and joined with facts or results: a copy on every node. */
export const referenceTables = [
  'source_file', 'scheme_code', 'scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row', 'payer_account_row', 'payment_organisation_row', 'report_deadline_row',
  'hashed_text', 'finding_type', 'birth_place', 'forgotten_person', 'linked_file', 'finding_total', 'finding_unit',
  'staff', 'staff_unit', 'staff_session', 'staff_absence', 'approval_band', 'case_term', 'api_client', 'api_key',
  'published_file', 'work_file', 'work_file_now', 'work_scheme', 'work_term', 'work_subject', 'work_touched', 'work_coefficient', 'work_rate', 'work_rate_unit', 'work_exclusive_scheme', 'work_register_unit', 'work_village', 'work_province',
] as const

/**
 * Read with the coordinator's other tables, or by one file or one run: problems and offsets of a file, counts of a run,
 * and the working tables of the few in a hundred that are worked out in full. Every table of a schema other than public
 * is local too.
 */
export const localTables = [
  'schema_migration', 'retention_policy', 'forgotten_file', 'source_file_offsets', 'problem', 'ignored_lines', 'file_content', 'file_content_bits', 'listed_term', 'run', 'outcome_count', 'outcome_total', 'finding_count', 'address_key', 'ingest_profile', 'bridge_cell', 'clean_count', 'clock_cell', 'clock_unit', 'access_count', 'coverage_day',
  'staff_change', 'trail_entry', 'trail_link', 'trail_head', 'engine_key', 'saved_view', 'followed_run', 'case_tally', 'case_batch', 'correction_list', 'work_correction',
  'approval_band_change', 'sign_in_attempt', 'api_attempt', 'staff_device', 'oidc_sign_in',
  'api_assertion', 'upload', 'idempotent_request', 'bank_question', 'bank_event', 'webhook_endpoint', 'mail_address', 'bank_delivery', 'bank_score', 'server_seen',
  'run_fence', 'run_beat', 'run_backend', 'run_total', 'night', 'night_step', 'alarm', 'alarm_delivery',
  'api_assertion', 'upload', 'idempotent_request', 'bank_question', 'bank_event', 'webhook_endpoint', 'mail_address', 'bank_delivery', 'bank_score',
  'period_event', 'period_snapshot', 'period_minutes',
  'work_start', 'work_line', 'work_entitlement', 'work_payment', 'work_alias', 'work_mandate', 'work_account', 'work_death', 'work_expected', 'work_listed_account', 'work_candidate', 'work_claim', 'work_match',
  'work_unmatched', 'work_outcome', 'work_story', 'work_outcome_count', 'work_bridge_cell', 'work_place', 'work_payment_story', 'work_finding', 'work_ready_finding', 'work_ready_match', 'work_finding_change', 'work_wake',
  // An organisation's account is settled as a whole.
  'settlement_run', 'settlement_cell', 'settlement_difference', 'settlement_entry', 'settlement_statement', 'work_settlement_payment', 'work_settlement_entry', 'work_settlement_link', 'work_settlement_class',
  // Linkage meets people by name and birth, not by person_key.
  'folded_name', 'person_identity', 'person_pair', 'work_description', 'work_person', 'work_pair_candidate',
  // Counts of a run.
  'work_clean_count', 'work_clock_cell', 'work_clock_unit', 'work_access_count', 'work_tally',
] as const

/** Spread with the table they are parts of. */
const partitions = ['entitlement_clock_even', 'entitlement_clock_odd', 'entitlement_clock_new', 'entitlement_clock_before']

/** Made by one migration and dropped by a later one. */
const formerTables = ['time_to_cash', 'clean_risk', 'work_clean_risk', 'work_time_to_cash']

const placements = new Map<string, Placement>([
  ...[...distributedTables, ...partitions].map((table) => [table, 'distributed'] as const),
  ...referenceTables.map((table) => [table, 'reference'] as const),
  ...[...localTables, ...formerTables].map((table) => [table, 'local'] as const),
])

/** Where a table lives; null for one that this page does not know: the linter of sql/ asks that it be named here. */
export function placementOf(table: string, schema = 'public'): Placement | null {
  return schema === 'public' ? (placements.get(table) ?? null) : 'local'
}
