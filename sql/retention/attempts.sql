-- What: takes away counts of attempts that ran out before the day.
-- Reads: sign_in_attempt, api_attempt
-- Writes: the same (rows go)
-- Gives: one row: how many
-- Rule: D194; expire is in milliseconds since 1970, null: never
-- Parameters: before
with people as (delete from sign_in_attempt where expire < extract(epoch from :'before'::timestamptz)::bigint * 1000 returning 1),
  systems as (delete from api_attempt where expire < extract(epoch from :'before'::timestamptz)::bigint * 1000 returning 1)
select ((select count(*) from people) + (select count(*) from systems))::text as gone_count;
