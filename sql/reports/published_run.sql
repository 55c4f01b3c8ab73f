-- What: the run whose results are published.
-- Reads: run
-- Gives: at most one row
-- Why: every page and report says which run it speaks of.

select run_id, as_of, file_count, finished_at, seconds
from run
where status = 'published'
order by run_id desc
limit 1;
