-- What: the stages of a night, attempt by attempt.
-- Reads: night_step
-- Gives: one row per attempt and stage, in their order
-- Rule: offset: since the first stage of the attempt began; the wait for files is an attempt of its own, before the first
-- Parameters: as_of

select attempt::integer as attempt, stage, started_at, finished_at, outcome, progress, row_count::text as row_count, failure_code,
  (extract(epoch from started_at - min(started_at) over (partition by attempt)) * 1000)::bigint::text as offset_milliseconds,
  (extract(epoch from finished_at - started_at) * 1000)::bigint::text as milliseconds
from night_step
where as_of = :'as_of'::date
order by attempt, position;
