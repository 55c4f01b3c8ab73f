-- What: each subject's other ids, death and mandates.
-- Reads: register_row, mandate_row, work_subject
-- Writes: work_alias, work_death, work_mandate
-- Rule: D9, D14.
-- Why here: it asks nothing of lines and payments, and may go on beside them.

insert into work_alias (person_key, alias_key)
with standing as (
  select distinct on (person_key) person_key, previous_key
  from register_row join work_file using (file_id)
  order by person_key, verified_date desc, file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], vital_status), death_date nulls first, previous_key nulls first, line_number desc
)
select person_key, person_key from work_subject
union select s.person_key, s.previous_key from standing s join work_subject using (person_key) where s.previous_key is not null
union select s.previous_key, s.person_key from standing s join work_subject w on w.person_key = s.previous_key;

select analyze_rows('work_alias');

insert into work_death (person_key, death_period)
with standing as (
  select distinct on (person_key) person_key, vital_status, death_date, verified_date
  from register_row join work_file using (file_id)
  order by person_key, verified_date desc, file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], vital_status), death_date nulls first, previous_key nulls first, line_number desc
), dead as (
  select person_key, coalesce(death_date, verified_date) as last_date from standing where vital_status = 'dead' and coalesce(death_date, verified_date) <= :'as_of'::date
)
select a.person_key, min(extract(year from d.last_date) * 100 + extract(month from d.last_date))::integer
from dead d join work_alias a on a.alias_key = d.person_key group by a.person_key;

insert into work_mandate (person_key, payee_key, valid_from, valid_to, relation)
select distinct m.person_key, m.payee_key, m.valid_from, m.valid_to, m.relation
from mandate_row m join work_file using (file_id) join work_subject using (person_key);

select analyze_rows('work_mandate');
