-- What: empties the working tables and fixes which files this run sees.
-- Reads: source_file
-- Writes: work_file (one row per sealed file that is not void)
-- Rule: a file sealed while the run goes on waits for the next one, whole.
-- Why here: every later step reads facts only through work_file.

truncate work_file, work_term, work_screen, work_subject, work_line, work_entitlement, work_payment, work_alias, work_mandate, work_death, work_account,
  work_expected, work_listed_account, work_candidate, work_claim, work_match, work_unmatched, work_outcome, work_place, work_story, work_payment_story, work_finding;

insert into work_file (file_id) select file_id from source_file where status = 'sealed';

analyze work_file;
