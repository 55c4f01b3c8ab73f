-- What: what the doctor asks the queue.
-- Reads: graphile_worker.jobs, the locks by which lanes are known to live, and by which login those are held
-- Gives: one row
-- Rule: D145, D175, D187; a lane that lives holds an advisory lock of its class, whose number is the hash of its name. A login that may take entries of the trail away is one that owns
-- Parameters: now, life_lock_class

select
  count(*) filter (where attempts >= max_attempts and locked_at is null) as given_up,
  string_agg(distinct task_identifier, ', ') filter (where attempts >= max_attempts and locked_at is null) as given_up_tasks,
  count(*) filter (where attempts > 0 and attempts < max_attempts and locked_at is null) as failing,
  coalesce(max(extract(epoch from :'now'::timestamptz - run_at)) filter (where locked_at is null and attempts < max_attempts and run_at <= :'now'::timestamptz), 0)::float8 as oldest_seconds,
  count(*) filter (where locked_by is not null and not exists (
    select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = :'life_lock_class'::oid and l.objid = (hashtext(locked_by)::bigint & 4294967295)::oid
      and l.database = (select oid from pg_database where datname = current_database()))) as held_by_dead,
  (select string_agg(distinct a.usename, ', ') from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = :'life_lock_class'::oid and l.database = (select oid from pg_database where datname = current_database())
      and has_table_privilege(a.usesysid, 'public.trail_entry', 'delete')) as serving_owners
from graphile_worker.jobs;
