/** The rows that entries of the trail stand for: how one is read when its entry is left, and how all are read when the trail is verified. */

/** A row and the numbers that it is found by, in the order of `rowOf`. */
export interface AuditedRow {
  readonly table: AuditedTable
  readonly key: readonly (string | number)[]
}

/** What is chained by its hash. `…_outcome`, `…_void`: what became of a row later, which is an event of its own. */
export const auditedTables = [
  'case_event', 'case_event_of_run', 'source_file', 'source_file_void', 'staff_change', 'staff_change_outcome',
  'approval_band_change', 'approval_band_change_outcome', 'run', 'ingest_profile', 'period_event',
] as const
export type AuditedTable = (typeof auditedTables)[number]

/** One row as its entry holds it; `$8` is the name of its table, the key begins at `$9`. */
export const rowOf: Readonly<Record<AuditedTable, string>> = {
  case_event: 'select row_key, row_text from audited_case_event where person_key = $9::bigint and finding_id = $10::text and event_number = $11::integer',
  // What a run did to cases is one entry: the hashes of its events, one after the other.
  case_event_of_run: `
    with done as materialized (select finding_id, event_number, trail_digest(row_text) as hash from audited_case_event where actor_id is null and happened_at = $9::timestamptz)
    select trail_instant($9::timestamptz) as row_key, string_agg(hash, '' order by finding_id collate "C", event_number) as row_text from done`,
  source_file: 'select row_key, row_text from audited_source_file where file_id = $9::bigint',
  source_file_void: 'select row_key, void_text as row_text from audited_source_file where file_id = $9::bigint and voided_at is not null',
  staff_change: 'select row_key, row_text from audited_staff_change where change_id = $9::bigint',
  staff_change_outcome: 'select row_key, outcome_text as row_text from audited_staff_change where change_id = $9::bigint and coalesce(confirmed_at, withdrawn_at) is not null',
  approval_band_change: 'select row_key, row_text from audited_approval_band_change where change_id = $9::bigint',
  approval_band_change_outcome: 'select row_key, outcome_text as row_text from audited_approval_band_change where change_id = $9::bigint and coalesce(confirmed_at, withdrawn_at) is not null',
  run: 'select row_key, row_text from audited_run where run_id = $9::bigint',
  ingest_profile: 'select row_key, row_text from audited_ingest_profile where name = $9::text and version = $10::integer',
  period_event: 'select row_key, row_text from audited_period_event where place_code = $9::text and benefit_period = $10::integer and event_number = $11::integer',
}

/** All rows in the order of their keys; those of `case_event_of_run` have one key for all that one run did. */
export const allRows: Readonly<Record<AuditedTable, string>> = {
  case_event: 'select row_key, row_text from audited_case_event where actor_id is not null order by row_key collate "C"',
  case_event_of_run: 'select trail_instant(happened_at) as row_key, row_text from audited_case_event where actor_id is null order by happened_at, finding_id collate "C", event_number',
  source_file: 'select row_key, row_text from audited_source_file order by row_key collate "C"',
  source_file_void: 'select row_key, void_text as row_text from audited_source_file where voided_at is not null order by row_key collate "C"',
  staff_change: 'select row_key, row_text from audited_staff_change order by row_key collate "C"',
  staff_change_outcome: 'select row_key, outcome_text as row_text from audited_staff_change where coalesce(confirmed_at, withdrawn_at) is not null order by row_key collate "C"',
  approval_band_change: 'select row_key, row_text from audited_approval_band_change order by row_key collate "C"',
  approval_band_change_outcome: 'select row_key, outcome_text as row_text from audited_approval_band_change where coalesce(confirmed_at, withdrawn_at) is not null order by row_key collate "C"',
  run: 'select row_key, row_text from audited_run order by row_key collate "C"',
  ingest_profile: 'select row_key, row_text from audited_ingest_profile order by row_key collate "C"',
  period_event: 'select row_key, row_text from audited_period_event order by row_key collate "C"',
}
