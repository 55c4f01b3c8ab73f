-- What: in an increment, whoever may stand twice on the lists together with somebody whom a changed list names, and whose scored pairs changed.
-- Reads: entitlement_line (all rows), person_pair_change, work_touched
-- Writes: work_touched (one row per beneficiary)
-- Rule: D48. All rows of the persons of changed lists count, since a line that falls away lets an older one stand again.
-- Why here: pairs among people whose lists did not change are those that are published; 22 follows them.

insert into work_touched (person_key, round)
with named as (
  select distinct person_key from public.entitlement_line where file_id = any (:'changed_files'::integer[])
), described as (
  select distinct unit_code, birth_date, name_spelling(beneficiary_name) as spelling from public.entitlement_line join named using (person_key) where birth_date is not null
)
select distinct l.person_key, 0
from public.entitlement_line l join described d on d.unit_code = l.unit_code and d.birth_date = l.birth_date
where exists (select from named) and name_spelling(l.beneficiary_name) = d.spelling
on conflict (person_key) do nothing;

insert into work_touched (person_key, round)
select distinct person_key, 0 from person_pair_change
on conflict (person_key) do nothing;

select analyze_rows('work_touched');
