-- What: takes away devices that were known before the day.
-- Reads: staff_device
-- Writes: staff_device (rows go)
-- Gives: one row: how many
-- Rule: D194
-- Parameters: before
with gone as (delete from staff_device where created_at < :'before'::timestamptz returning 1)
select count(*)::text as gone_count from gone;
