-- What: how the nights stand now.
-- Reads: run, night, night_step
-- Gives: one row
-- Rule: a failure counts while no later night has published
-- Parameters: now

with published as (
  select run_id, as_of, finished_at from run where status = 'published' order by run_id desc limit 1
), failed as (
  select as_of, failure_code, failure_place from night
  where failure_code is not null and state in ('failed', 'retrying') and as_of > coalesce((select max(as_of) from night where state = 'published'), '-infinity'::date)
  order by as_of desc limit 1
), running as (
  select n.as_of, n.started_at, (select s.stage from night_step s where s.as_of = n.as_of and s.finished_at is null order by s.started_at desc limit 1) as stage
  from night n where n.state = 'running' order by n.as_of limit 1
), waiting as (
  select jsonb_agg(f.file) as files
  from (select expected from night where state = 'waiting' order by as_of limit 1) n, jsonb_array_elements(n.expected) f (file)
  where (f.file ->> 'holds')::boolean
)
select (select as_of from published) as published_as_of, (select finished_at from published) as published_at, (select floor(extract(epoch from :'now'::timestamptz - finished_at))::bigint::text from published) as age,
  (select as_of from failed) as failed_as_of, (select failure_code from failed) as failure_code, (select failure_place from failed) as failure_place,
  (select as_of from running) as running_as_of, (select started_at from running) as running_since, (select stage from running) as running_stage,
  (select files from waiting) as waiting, (select count(*)::integer from night where finished_at is null) as open_nights;
