-- What: takes away sessions that ended before the day, and log-ins at an identity provider and assertions of systems that ran out.
-- Reads: staff_session, oidc_sign_in, api_assertion
-- Writes: the same (rows go)
-- Gives: one row: how many
-- Rule: D194
-- Parameters: before
with sessions as (delete from staff_session where coalesce(ended_at, expires_at) < :'before'::timestamptz returning 1),
  sign_ins as (delete from oidc_sign_in where expires_at < :'before'::timestamptz returning 1),
  assertions as (delete from api_assertion where expires_at < :'before'::timestamptz returning 1)
select ((select count(*) from sessions) + (select count(*) from sign_ins) + (select count(*) from assertions))::text as gone_count;
