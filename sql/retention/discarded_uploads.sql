-- What: takes away what is known of files that were dropped and thrown away before the day; their bytes went within a day.
-- Reads: upload
-- Writes: upload (rows go)
-- Gives: one row: how many
-- Rule: D194
-- Parameters: before
with gone as (delete from upload where status = 'discarded' and finished_at < :'before'::timestamptz returning 1)
select count(*)::text as gone_count from gone;
