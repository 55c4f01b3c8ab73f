-- What: takes away the steps of nights before the day; the nights themselves stay.
-- Reads: night_step
-- Writes: night_step (rows go)
-- Gives: one row: how many
-- Rule: D194
-- Parameters: before
with gone as (delete from night_step where as_of < :'before'::timestamptz::date returning 1)
select count(*)::text as gone_count from gone;
