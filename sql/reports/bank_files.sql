-- What: what a bank has handed in, by web, API or the operator's hand, the newest first, a page at a time.
-- Reads: upload, source_file (both by row-level security: a bank its own alone)
-- Gives: one row per file, at most :'row_limit' of them, behind the place of the last one of the page before
-- Rule: what was thrown away as a draft is not listed; a file that came without an upload stands by its own number

with handed_in as (
  select u.upload_id as key, u.file_id, u.file_name, coalesce(f.kind, u.declared_kind) as kind, case when f.status = 'void' and u.status = 'sealed' then 'void' else u.status end as state, u.received_at,
    u.is_repeat, f.line_count, f.accepted_count, f.repeat_count, f.problem_count, f.ignored_count
  from upload u left join source_file f on f.file_id = u.file_id
  where u.source = :'source'::text and u.status <> 'discarded'
    and (:'before_at'::timestamptz is null or (u.received_at, u.upload_id collate "C") < (:'before_at'::timestamptz, :'before_key'::text collate "C"))
    and (:'kind'::text is null or coalesce(f.kind, u.declared_kind) = :'kind'::text)
    and (:'state'::text is null or case when f.status = 'void' and u.status = 'sealed' then 'void' else u.status end = :'state'::text)
  order by u.received_at desc, u.upload_id collate "C" desc
  limit :'row_limit'::int
), brought as (
  select f.file_id::text as key, f.file_id, f.file_name, f.kind, f.status as state, f.recorded_at as received_at, false as is_repeat, f.line_count, f.accepted_count, f.repeat_count, f.problem_count, f.ignored_count
  from source_file f
  where f.source = :'source'::text and f.kind <> 'pack' and not exists (select from upload u where u.file_id = f.file_id)
    and (:'before_at'::timestamptz is null or (f.recorded_at, f.file_id::text collate "C") < (:'before_at'::timestamptz, :'before_key'::text collate "C"))
    and (:'kind'::text is null or f.kind = :'kind'::text)
    and (:'state'::text is null or f.status = :'state'::text)
  order by f.recorded_at desc, f.file_id::text collate "C" desc
  limit :'row_limit'::int
)
select key, file_id, file_name, kind, state, received_at, is_repeat, line_count, accepted_count, repeat_count, problem_count, ignored_count
from (select * from handed_in union all select * from brought) every
order by received_at desc, key collate "C" desc
limit :'row_limit'::int;
