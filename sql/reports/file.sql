-- What: one file: what it is, how its lines were counted, why it was refused or withdrawn.
-- Reads: source_file
-- Gives: at most one row

select file_id, sha256, file_name, kind, source, status, size_bytes, format, encoding, parts, delimiter, header_columns, line_count, accepted_count, repeat_count, ignored_count, problem_count,
  control_count, control_sum, is_control_sum_checked, refusal, recorded_at, sealed_at, voided_at, void_reason
from source_file
where file_id = :'file_id'::bigint;
