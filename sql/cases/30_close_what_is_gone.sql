-- What: closes the cases of findings that the result no longer has.
-- Reads: finding, case_record
-- Writes: case_event (one row per open case that closes by itself), case_record
-- Rule: what was answered stays answered; a complaint is no finding of a run and never closes by itself.
-- Why here: after new ones are opened, so that a finding is never closed for want of a case.

insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step)
select c.person_key, c.finding_id, c.version + 1, c.unit_code, :'at'::timestamptz, null, 'gone', 'gone'
from case_record c
where c.is_found and c.is_open and c.code <> 'complaint' and not exists (select from finding f where f.person_key = c.person_key and f.finding_id = c.finding_id);

update case_record c set version = c.version + 1, step = 'gone', is_found = false, closed_date = :'as_of'::date, appraisal_number = null, approval_number = null
from case_event e
where c.is_found and c.is_open and e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.version + 1 and e.kind = 'gone';

update case_record c set is_found = false
where c.is_found and c.step = 'answered' and c.code <> 'complaint' and not exists (select from finding f where f.person_key = c.person_key and f.finding_id = c.finding_id);
