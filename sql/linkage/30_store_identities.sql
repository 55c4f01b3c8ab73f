-- What: stores the new descriptions with their blocking keys, and forgets the pairs of whoever is compared anew.
-- Reads: work_description, folded_name, work_person
-- Writes: person_identity (one row per person and description), person_pair, person_pair_change, linked_file
-- Rule: D48. Keys are stored, so that candidates come from equality alone.
-- Why here: candidates are looked for among stored identities.

insert into person_identity (person_key, name_key, given_key, birth_date, date_key, birth_year, name_points, sex, unit_code, beneficiary_name)
select d.person_key, n.name_key, n.given_key, d.birth_date,
  (extract(year from d.birth_date) * 10000 + least(extract(month from d.birth_date), extract(day from d.birth_date)) * 100 + greatest(extract(month from d.birth_date), extract(day from d.birth_date)))::integer,
  d.birth_year, n.name_points, d.sex, d.unit_code, d.beneficiary_name
from work_description d join folded_name n using (beneficiary_name);

select analyze_rows('person_identity');

insert into person_pair_change (person_key)
select p.person_key from person_pair p join work_person w using (person_key)
union select p.other_key from person_pair p join work_person w using (person_key)
union select p.person_key from person_pair p join work_person w on w.person_key = p.other_key
union select p.other_key from person_pair p join work_person w on w.person_key = p.other_key;

delete from person_pair p using work_person w where w.person_key = p.person_key;
delete from person_pair p using work_person w where w.person_key = p.other_key;

insert into linked_file (file_id)
select file_id from source_file where status = 'sealed' and kind = 'beneficiary_list' and :'is_with_new'::boolean and file_id not in (select file_id from linked_file);
