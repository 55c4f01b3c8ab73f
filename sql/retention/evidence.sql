-- What: names the evidence of cases closed before the day, for its bytes to go, and takes away what it was called.
-- Reads: case_attachment, case_record
-- Writes: case_attachment (file_name)
-- Gives: one row: how many, and by which SHA-256 their bytes lie
-- Rule: D194; that there was evidence, and its SHA-256, stays; bytes that another case shares stay
-- Parameters: before
with old as materialized (
  select a.person_key, a.finding_id, a.event_number, a.sha256 from case_attachment a join case_record c using (person_key, finding_id) where c.closed_date < :'before'::timestamptz::date
), unnamed as (
  update case_attachment a set file_name = left(a.sha256, 12) from old
  where (a.person_key, a.finding_id, a.event_number) = (old.person_key, old.finding_id, old.event_number) and a.file_name <> left(a.sha256, 12) returning 1
), gone as (
  select distinct sha256 from old where sha256 not in (
    select y.sha256 from case_attachment y join case_record c using (person_key, finding_id) where c.closed_date is null or c.closed_date >= :'before'::timestamptz::date)
)
select (select count(*) from gone)::text as gone_count, (select count(*) from unnamed)::text as quoted_count, (select coalesce(array_agg(sha256), '{}') from gone) as sha256s;
