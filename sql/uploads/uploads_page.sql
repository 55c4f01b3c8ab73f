-- What: files that were handed in, the newest first, with the counts of the files they became.
-- Reads: upload, source_file (both by row-level security: a bank its own alone)
-- Writes: nothing; at most row_limit rows, behind the place of the last one of the page before
-- Rule: a draft that somebody looks at on a page is not handed in yet, and is not listed; what was sealed and withdrawn is void
-- Source: contract 8
select u.upload_id, u.source, u.channel, u.file_name, u.declared_kind, u.declared_profile, u.declared_count, u.declared_sum, u.size_bytes, u.sha256, u.received_at, case when u.status = 'sealed' and f.status = 'void' then 'void' else u.status end as status, u.started_at, u.finished_at,
  u.bytes_read, u.lines_read, u.file_id, u.is_repeat,
  case when u.is_repeat or u.status in ('received', 'processing') then (select e.upload_id from upload e where e.source = u.source and e.sha256 = u.sha256 and e.status in ('received', 'processing', 'sealed') and not e.is_repeat and e.upload_id <> u.upload_id and e.received_at <= u.received_at order by e.received_at, e.upload_id collate "C" limit 1) end as repeat_of,
  coalesce(u.refusal, f.refusal) as refusal, u.failure_code,
  f.kind, f.format, f.line_count, f.accepted_count, f.repeat_count, f.problem_count, f.ignored_count, f.control_sum, f.is_control_sum_checked
from upload u left join source_file f on f.file_id = u.file_id
where (:'source'::text is null or u.source = :'source'::text)
  and (:'before_at'::timestamptz is null or (u.received_at, u.upload_id collate "C") < (:'before_at'::timestamptz, :'before_id'::text collate "C"))
  and u.status not in ('draft', 'discarded')
  and (:'status'::text is null or case when u.status = 'sealed' and f.status = 'void' then 'void' else u.status end = :'status'::text)
  and (:'kind'::text is null or coalesce(f.kind, u.declared_kind) = :'kind'::text)
order by u.received_at desc, u.upload_id collate "C" desc
limit :'row_limit'::bigint;
