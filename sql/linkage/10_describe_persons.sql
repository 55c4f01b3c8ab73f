-- What: the persons to compare anew, and how lists describe them where that is not stored yet.
-- Reads: source_file, linked_file, entitlement_line, person_identity
-- Writes: work_person (one row per person), work_description (one row per person and description); person_identity loses what only voided lists said
-- Rule: D48. A person of a list that was voided since is described anew from what is left; a person of a new list only if it says something new, and not at all where new lists are to wait.
-- Why first: all that follows asks for these persons alone, so a night costs what is new.

truncate work_person, work_description, work_pair_candidate;

insert into work_person (person_key)
select distinct l.person_key
from entitlement_line l join linked_file using (file_id) join source_file f using (file_id)
-- pairs of people who were forgotten stand as they were: nobody could score them again (D196)
where f.status <> 'sealed' and l.person_key not between 2000000000000 and 2999999999999;

select analyze_rows('work_person');

delete from person_identity i using work_person w where w.person_key = i.person_key;

delete from linked_file l using source_file f where f.file_id = l.file_id and f.status <> 'sealed';

insert into work_description (person_key, birth_date, birth_year, sex, unit_code, beneficiary_name)
with said as (
  select distinct person_key, birth_date, coalesce(extract(year from birth_date)::smallint, birth_year) as birth_year, sex, unit_code, beneficiary_name
  from entitlement_line l join source_file f using (file_id)
  where f.status = 'sealed' and l.person_key not between 2000000000000 and 2999999999999 and (:'is_with_new'::boolean and f.file_id not in (select file_id from linked_file) or l.person_key in (select person_key from work_person))
)
select person_key, birth_date, birth_year, sex, unit_code, beneficiary_name
from said s
where not exists (
  select from person_identity i
  where i.person_key = s.person_key and i.beneficiary_name = s.beneficiary_name and i.unit_code = s.unit_code
    and i.birth_date is not distinct from s.birth_date and i.birth_year is not distinct from s.birth_year and i.sex is not distinct from s.sex);

insert into work_person (person_key)
select distinct person_key from work_description d where not exists (select from work_person w where w.person_key = d.person_key);

select analyze_rows('work_person');
select analyze_rows('work_description');
