-- What: how many beneficiaries of a month each unit's lists have, what the lists do not say of them, and of how many the register knows.
-- Reads: published_clock, register_row, published_file
-- Gives: one row per unit, as listed; counts are people, each once
-- Rule: D102
-- Parameters: benefit_period, unit_codes (null: everywhere), as_of

with people as materialized (
  select person_key, unit_code, missing_fields from published_clock
  where benefit_period = :'benefit_period'::integer and is_first_of_month and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
), registered as (
  select r.person_key from register_row r join published_file using (file_id) where r.verified_date <= :'as_of'::date
  union select r.previous_key from register_row r join published_file using (file_id) where r.previous_key is not null and r.verified_date <= :'as_of'::date
)
select p.unit_code, count(*)::text as people, count(r.person_key)::text as registered,
  count(*) filter (where p.missing_fields = 0)::text as sufficient,
  count(*) filter (where p.missing_fields & 1 > 0)::text as no_birth, count(*) filter (where p.missing_fields & 2 > 0)::text as no_sex, count(*) filter (where p.missing_fields & 4 > 0)::text as no_village,
  count(*) filter (where p.missing_fields & 8 > 0)::text as no_category, count(*) filter (where p.missing_fields & 16 > 0)::text as no_account
from people p left join registered r using (person_key)
group by p.unit_code
order by p.unit_code collate "C";
