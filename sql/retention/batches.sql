-- What: takes away what was put together before the day to be done at once; what was done stands in the cases.
-- Reads: case_batch
-- Writes: case_batch (rows go)
-- Gives: one row: how many
-- Rule: D194
-- Parameters: before
with gone as (delete from case_batch where made_at < :'before'::timestamptz returning 1)
select count(*)::text as gone_count from gone;
