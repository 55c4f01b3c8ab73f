-- What: takes away the former versions of rows, and what the planner remembers of their values (the most common names, the smallest ids).
-- Reads: every table that a forgotten person can have stood in
-- Writes: their pages and statistics
-- Rule: D196. What lies in pages until it is written over, and in the log of the database, is the disk's to keep (docs/privacy.md).
-- Why last: only a transaction that is over has former versions.
vacuum (analyze) entitlement_line, payment_report, account_report, withdrawal_report, account_statement_row, mandate_row, register_row, exemption_row, outreach_result_row, complaint_row,
  hashed_text, problem, source_file, file_content, file_content_bits, forgotten_person, forgotten_file, person_identity, person_pair, person_pair_change, folded_name,
  outcome, matched_payment, unmatched_payment, finding, subject, entitlement_clock, correction_candidate, correction_item, correction_offset, settlement_entry, settlement_difference, settlement_statement,
  case_record, case_event, case_attachment, case_message, case_batch, complaint, bank_question, correction_list, night, staff_absence, saved_view, upload, idempotent_request, trail_entry, trail_link;
