-- What: the trail as a chain: each entry rests on the one before it, and says the hash of the row that it stands for;
--   heads of the chain, signed, are kept here and outside.
-- Why: what was done cannot be undone in silence, not even by whoever owns the database.
-- How: at the end of the transaction that leaves an entry, before it commits, the entry gets the next number under one
--   lock: no gap, no fork, and nothing that is committed is ever outside of the chain. Nobody waits for longer than
--   another's commit.
-- Source: promises R16, R17; decisions D173, D174

create function trail_text(variadic parts text[]) returns text language sql immutable parallel safe as $function$
  select array_to_json(parts)::text
$function$;
comment on function trail_text is 'values as one text in which none can be taken for another: a JSON list of texts and nulls, as JSON.stringify writes it';

create function trail_instant(instant timestamptz) returns text language sql immutable parallel safe as $function$
  select to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$function$;
comment on function trail_instant is 'an instant in UTC to the microsecond, whatever the session''s settings';

create function trail_digest(content text) returns text language sql immutable parallel safe as $function$
  select encode(sha256(convert_to(content, 'UTF8')), 'hex')
$function$;
comment on function trail_digest is 'SHA-256 of a text in UTF-8, hex';

alter table trail_entry
  add column person_salt bytea,
  add column row_table text,
  add column row_key text,
  add column row_hash text;
comment on column trail_entry.person_key is 'whom it is about; null: nobody, or taken away with its salt (forgetInTrail)';
comment on column trail_entry.person_salt is '16 random bytes: the chain holds SHA-256 of salt and person_key, which says nothing once both are gone';
comment on column trail_entry.row_table is 'which kind of row it stands for (src/trail/rows.ts); null: it stands for itself';
comment on column trail_entry.row_key is 'which row';
comment on column trail_entry.row_hash is 'trail_digest of the row''s text as it was then, hex; null: from here on the row may be gone (retention)';
create index trail_entry_happened on trail_entry (happened_at, entry_id);
create index trail_entry_row on trail_entry (row_table, row_key collate "C") where row_table is not null;
create index trail_entry_kind on trail_entry (kind, entry_id);

create table trail_link (
  sequence_number bigint primary key,
  entry_id bigint not null unique,
  person_commitment text,
  content_hash text not null,
  hash text not null
);
comment on table trail_link is 'one row per entry of the trail, numbered from 1 without gaps: the chain';
comment on column trail_link.person_commitment is 'SHA-256 of the entry''s salt and person_key, hex; null: the entry is about nobody';
comment on column trail_link.content_hash is 'trail_digest of number, entry and what it says, hex';
comment on column trail_link.hash is 'SHA-256 of the hash before (64 zeros before the first) and content_hash, as one text, hex';

create table trail_head (
  head_number bigint primary key,
  day date not null,
  made_at timestamptz not null,
  sequence_number bigint not null,
  hash text not null,
  statement text not null
);
comment on table trail_head is 'how far the chain reached and its hash then, under the installation''s signature; the same statements lie outside of the database';
comment on column trail_head.day is 'local day on which it was made';
comment on column trail_head.statement is 'the signed JSON, byte for byte as in the file head-….json';

create function trail_append(entry bigint, at timestamptz, staff bigint, kind text, person bigint, salt bytea, subject text, reason text, details jsonb, row_table text, row_key text, row_hash text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  last_number bigint;
  last_hash text;
  commitment text := case when person is not null then encode(sha256(coalesce(salt, ''::bytea) || convert_to(person::text, 'UTF8')), 'hex') end;
  content text;
begin
  -- "trail" as ASCII; held until the transaction has ended, so that the next one reads this number
  perform pg_advisory_xact_lock(500135487852);
  select l.sequence_number, l.hash into last_number, last_hash from trail_link l order by l.sequence_number desc limit 1;
  last_number := coalesce(last_number, 0) + 1;
  content := trail_digest(trail_text(last_number::text, entry::text, trail_instant(at), staff::text, kind, commitment, subject, reason, details::text, row_table, row_key, row_hash));
  insert into trail_link (sequence_number, entry_id, person_commitment, content_hash, hash) values (last_number, entry, commitment, content, trail_digest(coalesce(last_hash, repeat('0', 64)) || content));
end
$function$;
comment on function trail_append is 'puts an entry at the end of the chain; two at once wait for each other';
revoke execute on function trail_append from public;

create function trail_chain() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  perform trail_append(new.entry_id, new.happened_at, new.staff_id, new.kind, new.person_key, new.person_salt, new.subject, new.reason, new.details, new.row_table, new.row_key, new.row_hash);
  return null;
end
$function$;

-- What rows say, as the entries that stand for them hold it. What changes later in a row is left out, or an entry of its own.
create view audited_case_event with (security_invoker = true) as
select person_key, finding_id, event_number, happened_at, actor_id, kind, step, finding_id || ' ' || event_number as row_key,
  trail_text(finding_id, event_number::text, unit_code, trail_instant(happened_at), actor_id::text, acting_for::text, kind, step, resolution, amount::text, comment, appraisal_number::text, appraised_by::text, appraised_for::text, details::text) as row_text
from case_event;
comment on view audited_case_event is 'without person_key: taking a person''s key away leaves the chain whole';

create view audited_source_file with (security_invoker = true) as
select file_id, recorded_at, kind, source, status, void_reason, voided_at, file_id::text as row_key,
  trail_text(file_id::text, sha256, file_name, kind, source, case when status = 'refused' then 'refused' else 'sealed' end, size_bytes::text, line_count::text, accepted_count::text, repeat_count::text, ignored_count::text, problem_count::text, trail_instant(recorded_at), profile_name, profile_version::text, refusal::text) as row_text,
  trail_text(file_id::text, trail_instant(voided_at), void_reason) as void_text
from source_file where file_id > 0;

create view audited_staff_change with (security_invoker = true) as
select change_id, staff_id, changed_at, changed_by, reason, confirmed_at, confirmed_by, withdrawn_at, withdrawn_by, change, change_id::text as row_key,
  trail_text(change_id::text, staff_id::text, trail_instant(changed_at), changed_by::text, change::text, reason, needs_second::text) as row_text,
  trail_text(change_id::text, trail_instant(confirmed_at), confirmed_by::text, trail_instant(withdrawn_at), withdrawn_by::text) as outcome_text
from staff_change;

create view audited_approval_band_change with (security_invoker = true) as
select change_id, scope_level, changed_at, changed_by, reason, confirmed_at, confirmed_by, withdrawn_at, withdrawn_by, change_id::text as row_key,
  trail_text(change_id::text, scope_level, up_to_amount::text, trail_instant(changed_at), changed_by::text, reason) as row_text,
  trail_text(change_id::text, trail_instant(confirmed_at), confirmed_by::text, trail_instant(withdrawn_at), withdrawn_by::text) as outcome_text
from approval_band_change;

create view audited_run with (security_invoker = true) as
select run_id, as_of, finished_at, run_id::text as row_key, trail_text(run_id::text, as_of::text, mode, engine_version, file_count::text, trail_instant(started_at), trail_instant(finished_at)) as row_text
from run where status = 'published';

create view audited_ingest_profile with (security_invoker = true) as
select name, version, saved_at, source, name || '@' || version as row_key, trail_text(name, version::text, source, trail_instant(saved_at), description::text) as row_text
from ingest_profile;

-- What happened before there was a chain, from the rows that say so.
insert into trail_entry (happened_at, staff_id, kind, person_key, person_salt, subject, reason, details, row_table, row_key, row_hash)
select happened_at, staff_id, kind, person_key, case when person_key is not null then decode(replace(gen_random_uuid()::text, '-', ''), 'hex') end, subject, reason, details || '{"taken_over": true}', row_table, row_key, row_hash
from (
  select happened_at, actor_id as staff_id, 'case_acted' as kind, person_key, 'case ' || finding_id as subject, null as reason, jsonb_build_object('act', kind, 'step', step) as details, 'case_event' as row_table, row_key, trail_digest(row_text) as row_hash from audited_case_event where actor_id is not null
  union all select happened_at, null, 'cases_followed', null, null, null, jsonb_build_object('events', count(*)), 'case_event_of_run', trail_instant(happened_at), trail_digest(string_agg(trail_digest(row_text), '' order by finding_id collate "C", event_number)) from audited_case_event where actor_id is null group by happened_at
  union all select recorded_at, null, case status when 'refused' then 'file_refused' else 'file_sealed' end, null, 'file ' || file_id, null, jsonb_build_object('kind', kind, 'source', source), 'source_file', row_key, trail_digest(row_text) from audited_source_file
  union all select voided_at, null, 'file_voided', null, 'file ' || file_id, void_reason, '{}', 'source_file_void', row_key, trail_digest(void_text) from audited_source_file where voided_at is not null
  union all select changed_at, changed_by, 'staff_changed', null, staff_id::text, reason, jsonb_build_object('fields', (select jsonb_agg(field) from jsonb_object_keys(change) field)), 'staff_change', row_key, trail_digest(row_text) from audited_staff_change
  union all select coalesce(confirmed_at, withdrawn_at), coalesce(confirmed_by, withdrawn_by), case when confirmed_at is null then 'staff_change_withdrawn' else 'staff_change_confirmed' end, null, staff_id::text, null, '{}', 'staff_change_outcome', row_key, trail_digest(outcome_text) from audited_staff_change where confirmed_at is not null or withdrawn_at is not null
  union all select changed_at, changed_by, 'band_changed', null, scope_level, reason, '{}', 'approval_band_change', row_key, trail_digest(row_text) from audited_approval_band_change
  union all select coalesce(confirmed_at, withdrawn_at), coalesce(confirmed_by, withdrawn_by), case when confirmed_at is null then 'band_change_withdrawn' else 'band_change_confirmed' end, null, scope_level, null, '{}', 'approval_band_change_outcome', row_key, trail_digest(outcome_text) from audited_approval_band_change where confirmed_at is not null or withdrawn_at is not null
  union all select finished_at, null, 'run_published', null, 'run ' || run_id, null, jsonb_build_object('as_of', as_of), 'run', row_key, trail_digest(row_text) from audited_run
  union all select saved_at, null, 'profile_saved', null, row_key, null, '{}', 'ingest_profile', row_key, trail_digest(row_text) from audited_ingest_profile
) earlier
order by happened_at;

update trail_entry set person_salt = decode(replace(gen_random_uuid()::text, '-', ''), 'hex') where person_key is not null and person_salt is null;

do $chain$
declare
  one record;
begin
  for one in select * from trail_entry order by entry_id loop
    perform trail_append(one.entry_id, one.happened_at, one.staff_id, one.kind, one.person_key, one.person_salt, one.subject, one.reason, one.details, one.row_table, one.row_key, one.row_hash);
  end loop;
end
$chain$;

create constraint trigger trail_entry_chained after insert on trail_entry deferrable initially deferred for each row execute function trail_chain();

create index case_event_by_run on case_event (happened_at) where actor_id is null;

create or replace function answer_bank_question(wanted_question bigint, wanted_code text, wanted_answer text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  asked bank_question;
  standing case_record;
begin
  select * into asked from bank_question where question_id = wanted_question and creditor_agent = desk_agent() for update;
  if not found then
    return null;
  end if;
  if asked.answered_at is not null then
    return false;
  end if;
  select * into strict standing from case_record where person_key = asked.person_key and finding_id = asked.finding_id for no key update;
  update bank_question set answered_at = at, answered_by = desk_staff(), answer_code = wanted_code, answer = wanted_answer, answer_number = standing.version + 1 where question_id = wanted_question;
  -- as a comment does: it is one more thing that happened, and the case stays at its step, so that no count of cases changes
  insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, comment, details)
  values (standing.person_key, standing.finding_id, standing.version + 1, standing.unit_code, at, desk_staff(), 'bank_answered', standing.step, wanted_answer, jsonb_build_object('question_id', asked.question_id::text, 'answer_code', wanted_code));
  insert into trail_entry (happened_at, staff_id, kind, person_key, person_salt, subject, details, row_table, row_key, row_hash)
  select at, desk_staff(), 'case_acted', e.person_key, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'case ' || e.finding_id, jsonb_build_object('act', e.kind, 'step', e.step), 'case_event', e.row_key, trail_digest(e.row_text)
  from audited_case_event e where e.person_key = standing.person_key and e.finding_id = standing.finding_id and e.event_number = standing.version + 1;
  update case_record set version = standing.version + 1 where person_key = standing.person_key and finding_id = standing.finding_id;
  return true;
end
$function$;

alter table trail_link enable row level security;
create policy for_auditors on trail_link for select to tantay_desk using ((select desk_has_role('auditor', 'administrator')));
alter table trail_head enable row level security;
create policy for_auditors on trail_head for select to tantay_desk using ((select desk_has_role('auditor', 'administrator')));
grant select on trail_link, trail_head, audited_case_event to tantay_desk;
