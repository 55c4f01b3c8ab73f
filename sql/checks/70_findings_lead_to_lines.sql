-- What: findings that rest on no line of any file, or of a file this run does not see.
-- Rule: contract 9.8.

select f.code, f.subject
from work_finding f
where f.code not in ('file_missing', 'control_total_mismatch')
  and (jsonb_array_length(f.source_rows) = 0
    or exists (select from jsonb_array_elements(f.source_rows) r where not exists (select from work_file w where w.file_id = (r ->> 'file_id')::bigint)));
