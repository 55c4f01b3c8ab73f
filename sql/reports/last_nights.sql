-- What: what the newest runs did: the one that is published and whatever came after it.
-- Reads: run
-- Gives: the newest first; none before the first run
-- Rule: one that is still running, or failed, after the published one is what a banner speaks of

select run_id, as_of, status, mode, file_count, touched_count::text as touched_count, started_at, finished_at
from run
where run_id >= coalesce((select max(run_id) from run where status = 'published'), 0)
order by run_id desc
limit 5;
