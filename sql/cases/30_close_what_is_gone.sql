-- What: closes the cases of findings that the result no longer has.
-- Reads: finding, work_finding_change, case_record
-- Writes: case_event (one row per open case that closes by itself), case_record
-- Rule: what was answered stays answered; a complaint is no finding of a run and never closes by itself.
-- Parameters: as_of, at, is_by_changes (of the findings that went alone)
-- Why here: after new ones are opened, so that a finding is never closed for want of a case.

with went as materialized (
  select person_key, finding_id from work_finding_change where sign = -1
), gone as (
  insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step)
  select c.person_key, c.finding_id, c.version + 1, c.unit_code, :'at'::timestamptz, null, 'gone', 'gone'
  from case_record c
  where c.is_found and c.is_open and c.code <> 'complaint' and not exists (select from finding f where f.person_key = c.person_key and f.finding_id = c.finding_id)
    and (not :'is_by_changes'::boolean or (c.person_key, c.finding_id) in (select person_key, finding_id from went))
  returning person_key, finding_id
)
update case_record c set version = c.version + 1, step = 'gone', is_found = false, closed_date = :'as_of'::date, appraisal_number = null, approval_number = null
from gone e where e.person_key = c.person_key and e.finding_id = c.finding_id;

with went as materialized (
  select person_key, finding_id from work_finding_change where sign = -1
)
update case_record c set is_found = false
where c.is_found and c.step = 'answered' and c.code <> 'complaint' and not exists (select from finding f where f.person_key = c.person_key and f.finding_id = c.finding_id)
  and (not :'is_by_changes'::boolean or (c.person_key, c.finding_id) in (select person_key, finding_id from went));
