-- What: when the register last vouched for each id that it names.
-- Reads: register_row
-- Writes: work_known (one row per id, in the order of buckets)
-- Rule: D32: under its own id and under the former one.
-- Why here: so that each slice of the nominations finds its part, instead of reading the register once more.

insert into work_known (person_key, verified_date)
select person_key, max(verified_date) filter (where verified_date <= :'as_of'::date)
from (
  select r.person_key, r.verified_date from register_row r join work_file using (file_id)
  union all
  select r.previous_key, r.verified_date from register_row r join work_file using (file_id) where r.previous_key is not null
) named
group by person_key
order by person_key % 240;

select summarise_rows('work_known');

select analyze_rows('work_known');
