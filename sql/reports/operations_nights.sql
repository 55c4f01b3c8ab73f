-- What: how the nights stand, for whatever watches the server.
-- Reads: night
-- Gives: one row per figure, as operations.sql: nights by state of the last thirty days, and the age of the last published one in seconds
-- Rule: D168, D185
-- Parameters: now

select name, first_label, null::text as second_label, value::float8 as value from (
  select 'nights' as name, state as first_label, count(*) as value from night where as_of > (:'now'::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date - 30 group by state
  union all
  select 'night_published_age_seconds', null, extract(epoch from :'now'::timestamptz - max(published_at)) from night where state = 'published' having count(*) > 0
) figures
order by name, first_label collate "C";
