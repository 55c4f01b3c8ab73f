-- What: nights, the newest first, with what their runs did.
-- Reads: night, night_step, run
-- Gives: one row per night
-- Parameters: before_date (null: from the newest), only_date (null: all), row_limit

select n.as_of, n.state, n.planned_at, n.attempt_count::integer as attempt_count, n.started_at, n.finished_at, n.published_at, n.run_id, n.next_attempt_at, n.failure_code, n.failure_place, n.failed_stage, n.skip_reason, n.expected,
  r.mode, r.file_count, r.touched_count::text as touched_count,
  (select (extract(epoch from sum(s.finished_at - s.started_at)) * 1000)::bigint::text from night_step s where s.as_of = n.as_of and s.stage <> 'wait') as worked_milliseconds
from night n left join run r on r.run_id = n.run_id
where (:'before_date'::date is null or n.as_of < :'before_date'::date) and (:'only_date'::date is null or n.as_of = :'only_date'::date)
order by n.as_of desc
limit :'row_limit'::integer;
