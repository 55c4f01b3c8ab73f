-- What: files of a sender found by their bytes, and answers kept letter for letter.
-- Why: each upload says whether the same bytes came before; an answer that is given again is the same bytes.
-- Source: promise R2; decision D146

create index upload_same_bytes on upload (source, sha256);
alter table idempotent_request alter column answer type json using answer::json;

-- One row per file handed in, with the counts of the file it became: what its page, the list and the API are read from.
create view handed_in with (security_invoker = true) as
select u.upload_id, u.source, u.channel, u.file_name, u.declared_kind, u.declared_profile, u.declared_count, u.declared_sum, u.size_bytes, u.sha256, u.received_at,
  case when u.status = 'sealed' and f.status = 'void' then 'void' else u.status end as status, u.started_at, u.finished_at, u.bytes_read, u.lines_read, u.file_id, u.is_repeat,
  case when u.is_repeat or u.status in ('received', 'processing') then (
    select e.upload_id from upload e
    where e.source = u.source and e.sha256 = u.sha256 and e.status in ('received', 'processing', 'sealed') and not e.is_repeat and e.upload_id <> u.upload_id and e.received_at <= u.received_at
    order by e.received_at, e.upload_id collate "C" limit 1) end as repeat_of,
  coalesce(u.refusal, f.refusal) as refusal, u.failure_code,
  f.kind, f.format, f.line_count, f.accepted_count, f.repeat_count, f.problem_count, f.ignored_count, f.control_sum, f.is_control_sum_checked
from upload u left join source_file f on f.file_id = u.file_id;
comment on view handed_in is 'files handed in as their sender sees them; void: withdrawn after it was sealed; repeat_of: the sender''s earlier upload of the same bytes, while they count';
grant select on handed_in to tantay_desk;
