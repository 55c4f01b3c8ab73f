-- What: opens cases again whose findings are back.
-- Reads: finding, work_finding_change, finding_type, case_term, case_record
-- Writes: case_event (one row per case that is opened again), case_record
-- Rule: the same finding is the same case, with its history; its time begins anew.
-- Parameters: as_of, at, is_by_changes (of the findings that came alone)
-- Why last: what closed by itself in this result is not back in it.

with came as materialized (
  select person_key, finding_id from work_finding_change where sign = 1
)
insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step)
select c.person_key, c.finding_id, c.version + 1, f.unit_code, :'at'::timestamptz, null, 'found_again', 'new'
from case_record c join finding f on f.person_key = c.person_key and f.finding_id = c.finding_id
where not c.is_found
  and (not :'is_by_changes'::boolean or (f.person_key, f.finding_id) in (select person_key, finding_id from came));

with came as materialized (
  select person_key, finding_id from work_finding_change where sign = 1
)
update case_record c set version = c.version + 1, step = 'new', is_found = true, resolution = null, appraisal_number = null, approval_number = null, assigned_to = null, closed_date = null,
  reopened_count = c.reopened_count + 1, opened_date = :'as_of'::date, deadline_date = d.deadline_date, amount_at_stake = f.amount_at_stake, unit_code = f.unit_code,
  urgency = case_urgency(f.amount_at_stake, :'as_of'::date - c.waiting_since, f.severity_rank)
from finding f join finding_type t using (code) join case_term d using (working_days)
where f.person_key = c.person_key and f.finding_id = c.finding_id and not c.is_found
  and (not :'is_by_changes'::boolean or (f.person_key, f.finding_id) in (select person_key, finding_id from came));
