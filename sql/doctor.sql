-- What: what the doctor asks a database that is in use.
-- Reads: the catalogue and the server's own statistics, server_seen, run, night, trail_head
-- Gives: one row
-- Rule: D187; ages in seconds, counted from :'now', the program's own clock
-- Parameters: now

select
  extract(epoch from clock_timestamp() - :'now'::timestamptz)::float8 as clock_ahead_seconds,
  (timestamptz '2026-11-23 00:00:00+07' at time zone 'Asia/Ho_Chi_Minh') = timestamp '2026-11-23 00:00:00' as knows_the_country,
  (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
  (select string_agg(r.rolname, ', ' order by r.rolname collate "C") from pg_roles r where (r.rolsuper or r.rolbypassrls) and exists (select from pg_roles d where d.rolname like 'tantay\_desk%' and pg_has_role(d.oid, r.oid, 'member'))) as desk_power,
  (select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%' and clock_timestamp() - state_change > interval '5 minutes') as idle_transactions,
  (select string_agg(pid::text, ', ' order by pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (state like 'idle in transaction%' and clock_timestamp() - state_change > interval '5 minutes' or state = 'active' and backend_type = 'client backend' and clock_timestamp() - query_start > interval '1 hour')) as old_processes,
  (select string_agg(c.relname, ', ' order by c.relname collate "C") from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid) as invalid_indexes,
  (select max(age(datfrozenxid)) from pg_database)::bigint as oldest_transaction,
  current_setting('autovacuum') = 'on' as is_vacuumed,
  current_setting('archive_mode') as archive_mode,
  (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver) as is_archive_failing,
  (select last_failed_wal from pg_stat_archiver) as last_failed_log,
  to_regclass('graphile_worker.jobs') is not null as has_queue,
  (select count(*) from server_seen where seen_at > :'now'::timestamptz - interval '5 minutes') as server_count,
  (select string_agg(version, ', ' order by version collate "C") from (select distinct version from server_seen where seen_at > :'now'::timestamptz - interval '5 minutes') v) as server_versions,
  (select extract(epoch from :'now'::timestamptz - max(finished_at))::float8 from run where status = 'published') as published_age_seconds,
  (select as_of::text from run where status = 'published' order by run_id desc limit 1) as published_as_of,
  (select extract(epoch from :'now'::timestamptz - max(made_at))::float8 from trail_head) as head_age_seconds,
  (select as_of::text || ' ' || state || coalesce(' (' || failure_code || ')', '') from night order by as_of desc limit 1) as last_night,
  (select count(*) from night where state in ('failed', 'retrying') and as_of > (:'now'::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date - 7) as failed_nights,
  (select extract(epoch from :'now'::timestamptz - max(published_at))::float8 from night where state = 'published') as night_age_seconds;
