-- What: every night with each stage of each attempt, to be taken away.
-- Reads: night, night_step, run
-- Gives: one row per night, attempt and stage, the newest night first; a night that was not begun has one row without a stage
-- Rule: milliseconds are null while a stage is under way; the wait for files is attempt 0
-- Parameters: row_limit

select n.as_of, n.state, n.published_at, n.run_id, r.mode, s.attempt::integer as attempt, s.stage, s.started_at, s.finished_at, s.outcome, s.row_count::text as row_count, s.failure_code,
  (extract(epoch from s.finished_at - s.started_at) * 1000)::bigint::text as milliseconds
from night n left join run r on r.run_id = n.run_id left join night_step s on s.as_of = n.as_of
order by n.as_of desc, s.attempt, s.position
limit :'row_limit'::integer;
