-- What: how the work of the server stands, for whatever watches it.
-- Reads: graphile_worker.jobs, run, source_file, upload, case_tally, bank_delivery, webhook_endpoint, trail_entry, trail_head
-- Gives: one row per figure: name, two labels (null: it has fewer), value; counts, or seconds
-- Rule: D185; no figure tells of a person
-- Parameters: now

with job as (
  select task_identifier as task, run_at, case when locked_at is not null then 'running' when attempts >= max_attempts then 'given_up' when attempts > 0 then 'failing' else 'waiting' end as state
  from graphile_worker.jobs
)
select name, first_label, second_label, value::float8 as value from (
  select 'queue_jobs' as name, task as first_label, state as second_label, count(*) as value from job group by task, state
  union all
  select 'queue_oldest_seconds', null, null, coalesce(max(extract(epoch from :'now'::timestamptz - run_at)) filter (where state in ('waiting', 'failing') and run_at <= :'now'::timestamptz), 0) from job
  union all
  select 'published_age_seconds', null, null, extract(epoch from :'now'::timestamptz - max(finished_at)) from run where status = 'published' having count(*) > 0
  union all
  select 'published_as_of_days', null, null, (:'now'::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date - max(as_of) from run where status = 'published' having count(*) > 0
  union all
  select 'runs', status, null, count(*) from run group by status
  union all
  select 'files', status, null, count(*) from source_file where file_id > 0 group by status
  union all
  select 'uploads', status, null, count(*) from upload group by status
  union all
  select 'open_cases', null, null, coalesce(sum(case_count), 0) from case_tally where is_open
  union all
  select 'deliveries', case when given_up_at is not null then 'given_up' when attempt_count > 0 then 'failing' else 'waiting' end, null, count(*) from bank_delivery where delivered_at is null group by 2
  union all
  select 'webhooks_resting', null, null, count(*) from webhook_endpoint where disabled_at is not null
  union all
  select 'trail_age_seconds', null, null, extract(epoch from :'now'::timestamptz - max(happened_at)) from trail_entry having count(*) > 0
  union all
  select 'trail_head_age_seconds', null, null, extract(epoch from :'now'::timestamptz - max(made_at)) from trail_head having count(*) > 0
  union all
  select 'archive_failures', null, null, failed_count from pg_stat_archiver
  union all
  select 'database_bytes', null, null, pg_database_size(current_database())
  union all
  select 'transaction_oldest_seconds', null, null, coalesce(max(extract(epoch from :'now'::timestamptz - xact_start)), 0) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
) figures
order by name, first_label collate "C", second_label collate "C";
