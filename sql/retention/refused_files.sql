-- What: names files that were refused whole before the day, for their bytes to go, and takes away what was quoted of them.
-- Reads: source_file, problem
-- Writes: problem (raw: null)
-- Gives: one row: how many, and by which SHA-256 their bytes lie
-- Rule: D194; that they came, from whom and why they were refused stays; bytes that a younger file shares stay
-- Parameters: before
with old as materialized (
  select file_id, sha256 from source_file f where status = 'refused' and recorded_at < :'before'::timestamptz and file_id > 0
    and not exists (select from source_file y where y.sha256 = f.sha256 and y.recorded_at >= :'before'::timestamptz)
), quoted as (
  update problem p set raw = null from old where p.file_id = old.file_id and p.raw is not null returning 1
)
select (select count(distinct sha256) from old)::text as gone_count, (select count(*) from quoted)::text as quoted_count, (select coalesce(array_agg(distinct sha256), '{}') from old) as sha256s;
