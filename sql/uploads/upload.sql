-- What: one file that was handed in, with the counts of the file it became.
-- Reads: upload, source_file (both by row-level security: a bank its own alone)
-- Writes: nothing; one row, or none
-- Rule: counts are those of the sealed or refused file; a draft and what is on its way have none
-- Source: contract 8
select u.upload_id, u.source, u.channel, u.file_name, u.declared_kind, u.declared_profile, u.declared_count, u.declared_sum, u.size_bytes, u.sha256, u.received_at, u.status, u.started_at, u.finished_at,
  u.bytes_read, u.lines_read, u.file_id, u.is_repeat, coalesce(u.refusal, f.refusal) as refusal, u.failure_code,
  f.kind, f.line_count, f.accepted_count, f.repeat_count, f.problem_count, f.ignored_count, f.control_sum, f.is_control_sum_checked
from upload u left join source_file f on f.file_id = u.file_id
where u.upload_id = :'upload_id'::text;
