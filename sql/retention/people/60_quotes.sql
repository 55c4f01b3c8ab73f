-- What: what was quoted of lines and files, reasons that people wrote and searches that they keep go where they tell of one of these people, and entries of the trail that do are named.
-- Reads: forgotten_file, forgetting_new, forgetting_account, forgetting_name, forgetting_finding, forgetting_key, forgetting_view (searches, opened), trail_entry
-- Writes: problem, source_file, upload, idempotent_request, file_content, file_content_bits, correction_list, night, staff_absence, saved_view; forgetting_changed (files whose receipt lost something), forgetting_entry (entries to empty)
-- Gives: one row: old keys of people, new ones, entries of the trail to empty, files whose receipts changed
-- Rule: D196. Of a file that goes all quotes go; of others the values in which an id or an account of at least eight digits stands. A reason goes whole where such a number or a name of at least six letters stands in it; a kept search also where it is part of one.
-- Why last: it asks for the files that were found to name them.

do $step$
begin
  create temporary table forgetting_token (token text primary key) on commit drop;
  insert into forgetting_token
  select old_text from forgetting_new union select regexp_replace(old_text, '^0+', '') from forgetting_new
  union select old_text from forgetting_account where length(old_text) >= 8 on conflict do nothing;
  analyze forgetting_token;
  create temporary table forgetting_called (called text primary key) on commit drop;
  insert into forgetting_called
  select distinct btrim(regexp_replace(name_search(old_name), '[^[:alnum:]]+', ' ', 'g')) from forgetting_name where length(regexp_replace(name_search(old_name), '[^[:alnum:]]+', '', 'g')) >= 6;
  analyze forgetting_called;
  -- all that people wrote in their own words beside a case, and which of it tells of somebody: names are looked up word by word, for there may be many
  create temporary table forgetting_said on commit drop as
  with said (what, said) as materialized (
    select distinct 'reason', x.said from (
      select withdrawn_reason from correction_list union all select void_reason from source_file union all select skip_reason from night union all select reason from staff_absence union all select reason from trail_entry where person_key is null and forgotten_by is null
    ) x (said) where x.said is not null
    union select 'view', said from forgetting_view
  ), word as (
    select s.what, s.said, w.words from said s cross join lateral (select string_to_array(btrim(regexp_replace(name_search(s.said), '[^[:alnum:]]+', ' ', 'g')), ' ')) w (words)
  )
  select s.what, s.said from said s where exists (
    select from regexp_matches(s.said || ' ' || regexp_replace(s.said, '([0-9])[[:space:].-]+(?=[0-9])', '\1', 'g'), '[0-9A-Za-z]{8,34}', 'g') m join forgetting_token t on t.token = m[1])
  union
  select w.what, w.said from word w cross join lateral generate_subscripts(w.words, 1) i cross join generate_series(0, 9) more join forgetting_called c on c.called = array_to_string(w.words[i:i + more], ' ')
  union
  select 'view', v.said from forgetting_view v
  where length(v.search) >= 6 and exists (select from forgetting_token t where strpos(t.token, v.search) > 0) or length(v.search) >= 8 and exists (select from forgetting_called c where strpos(c.called, v.search) > 0);
  create temporary table forgetting_changed (file_id bigint primary key) on commit drop;
  create temporary table forgetting_entry (entry_id bigint primary key) on commit drop;

  update problem p set raw = null, suggestion = null where p.file_id in (select file_id from forgotten_file) and (p.raw is not null or p.suggestion is not null);
  update problem p set raw = null, suggestion = null
  where p.raw ~ '[0-9A-Za-z]{8}' and exists (select from regexp_matches(p.raw || ' ' || regexp_replace(p.raw, '[[:space:].-]', '', 'g') || coalesce(' ' || p.suggestion, ''), '[0-9A-Za-z]{8,34}', 'g') m join forgetting_token t on t.token = m[1]);
  with changed as (
    update source_file f set refusal = f.refusal || '{"raw": null, "detail": "–"}'
    where f.refusal is not null and f.refusal ->> 'detail' is distinct from '–' and f.sha256 in (select s.sha256 from source_file s join forgotten_file using (file_id)) returning f.file_id
  ) insert into forgetting_changed select file_id from changed;
  with changed as (
    update source_file f set file_name = left(f.sha256, 12)
    where f.file_name ~ '[0-9A-Za-z]{8}' and exists (select from regexp_matches(f.file_name, '[0-9]{8,34}', 'g') m join forgetting_token t on t.token = m[1]) returning f.file_id
  ) insert into forgetting_changed select file_id from changed on conflict do nothing;
  update upload u set refusal = u.refusal || '{"raw": null, "detail": "–"}' where u.refusal is not null and u.sha256 in (select s.sha256 from source_file s join forgotten_file using (file_id));
  update upload u set file_name = left(u.sha256, 12)
  where u.file_name ~ '[0-9]{8}' and exists (select from regexp_matches(u.file_name, '[0-9]{8,34}', 'g') m join forgetting_token t on t.token = m[1]);
  delete from idempotent_request i where exists (select from regexp_matches(i.answer::text, '[0-9A-Za-z]{8,34}', 'g') m join forgetting_token t on t.token = m[1]);

  update correction_list l set withdrawn_reason = '–' where l.withdrawn_reason in (select said from forgetting_said where what = 'reason');
  update night n set skip_reason = '–' where n.skip_reason in (select said from forgetting_said where what = 'reason');
  update staff_absence a set reason = '–' where a.reason in (select said from forgetting_said where what = 'reason');
  with changed as (
    update source_file f set void_reason = '–' where f.void_reason in (select said from forgetting_said where what = 'reason') returning f.file_id
  ) insert into forgetting_changed select file_id from changed on conflict do nothing;
  delete from saved_view w using forgetting_view v where v.staff_id = w.staff_id and v.name = w.name and v.said in (select said from forgetting_said where what = 'view');

  -- by which a row that is guessed could be told to have been in the file; its rows are compared instead
  update file_content c set hash_version = 0 from forgotten_file f where f.file_id = c.file_id and c.hash_version <> 0;
  delete from file_content_bits b using forgotten_file f where f.file_id = b.file_id;

  insert into forgetting_entry (entry_id)
  select entry_id from trail_entry t where t.forgotten_by is null and t.subject in (select 'case ' || old_id from forgetting_finding)
  union select entry_id from trail_entry t where t.row_table = 'case_event' and split_part(t.row_key, ' ', 1) in (select old_id from forgetting_finding)
  -- an entry that stands for a row goes on standing for it, but for files taken back, which are stated anew
  union select entry_id from trail_entry t where t.person_key is null and coalesce(t.row_table, 'source_file_void') = 'source_file_void' and t.forgotten_by is null and t.reason in (select said from forgetting_said where what = 'reason')
  union
  select entry_id from trail_entry t
  where t.forgotten_by is null and concat_ws(' ', t.subject, t.reason, t.details::text) ~ '[0-9A-Za-z]{8}'
    and exists (select from regexp_matches(concat_ws(' ', t.subject, t.reason, t.details::text), '(?<![0-9A-Za-z])[0-9A-Za-z]{8,34}(?![0-9A-Za-z])', 'g') m join forgetting_token k on k.token = m[1]);
  insert into forgetting_changed select t.row_key::bigint from trail_entry t join forgetting_entry using (entry_id) where t.row_table = 'source_file_void' on conflict do nothing;
end
$step$;

select (select coalesce(array_agg(old_key::text), '{}') from forgetting_key) as old_keys, (select coalesce(array_agg(new_key::text), '{}') from forgetting_key) as new_keys,
  (select coalesce(array_agg(entry_id::text), '{}') from forgetting_entry) as entries, (select coalesce(array_agg(file_id::text), '{}') from forgetting_changed) as files;
