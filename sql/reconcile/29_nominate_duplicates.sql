-- What: beneficiaries who may stand on the lists under two ids.
-- Reads: entitlement_line, person_pair, linked_file, work_touched
-- Writes: work_shared (one row per beneficiary and reason)
-- Slices: by birth date, so that two connections work at once
-- Rule: D48. The same birth date, unit and spelling of the name (the number of letters, equal for names of one spelling, is asked first: it costs less), or scored above the review threshold by linkage; the finding looks closer.
-- Why here: it asks nothing of the screen and may go on beside it.

insert into work_shared (person_key)
with stated as not materialized (
  -- unit and birth date as one number, which is met with in half the time; two that share it by chance part again below
  select person_key, unit_code, birth_date, beneficiary_name, hashtextextended(unit_code, birth_date - '1900-01-01'::date) as meeting_key
  from entitlement_line join work_file using (file_id)
  where birth_date is not null and (birth_date - '1900-01-01'::date) % :'slice_count'::integer = :'slice'::integer
), met as (
  select meeting_key from stated group by meeting_key having min(person_key) <> max(person_key)
), described as (
  -- blanks and signs of zero width may differ between names of one spelling; nothing else changes their length
  select person_key, unit_code, birth_date, beneficiary_name, length(translate(beneficiary_name, U&' \0009\000a\000b\000c\000d\00a0\00ad\034f\061c\1680\180e\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200a\200b\200c\200d\200e\200f\2028\2029\202a\202b\202c\202d\202e\202f\205f\2060\2061\2062\2063\2064\3000\feff', '')) as letter_count
  from stated join met using (meeting_key)
), alike as (
  select unit_code, birth_date, letter_count from described group by 1, 2, 3 having min(person_key) <> max(person_key)
), spelled as materialized (
  select person_key, unit_code, birth_date, name_spelling(beneficiary_name) as spelling from described join alike using (unit_code, birth_date, letter_count)
), shared as (
  select unit_code, birth_date, spelling from spelled group by 1, 2, 3 having min(person_key) <> max(person_key)
)
select distinct person_key from spelled join shared using (unit_code, birth_date, spelling);

insert into work_shared (person_key)
select key
from person_pair p cross join lateral (values (person_key), (other_key)) paired (key)
where (not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = p.person_key))
  and abs(p.person_key % :'slice_count'::bigint) = :'slice'::bigint
  and not exists (select from linked_file where file_id not in (select file_id from work_file));
