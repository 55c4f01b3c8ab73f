-- What: brings open cases up to the result: what is at stake, where it belongs, how long it has waited.
-- Reads: finding, work_finding_change, case_record
-- Writes: case_event (one row per case whose appraisal is no longer about this amount), case_record
-- Rule: D124: an appraisal or approval of another amount is void; whoever appraised looks again.
-- Parameters: as_of, at, is_by_changes (of the findings that came alone; how long a case has waited changes without them)
-- Why here: before the gone and the found again, so that each case is met by one rule.

with came as materialized (
  select person_key, finding_id from work_finding_change where sign = 1
), changed as (
  insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, details)
  select c.person_key, c.finding_id, c.version + 1, f.unit_code, :'at'::timestamptz, null, 'amount_changed', 'received',
    jsonb_build_object('amount_before', c.amount_at_stake::text, 'amount', f.amount_at_stake::text)
  from case_record c join finding f on f.person_key = c.person_key and f.finding_id = c.finding_id
  where c.is_found and c.step in ('appraised', 'approved') and c.amount_at_stake <> f.amount_at_stake
    and (not :'is_by_changes'::boolean or (f.person_key, f.finding_id) in (select person_key, finding_id from came))
  returning person_key, finding_id
)
update case_record c set version = c.version + 1, step = 'received', resolution = null, appraisal_number = null, approval_number = null
from changed e where e.person_key = c.person_key and e.finding_id = c.finding_id;

with came as materialized (
  select person_key, finding_id from work_finding_change where sign = 1
)
update case_record c set amount_at_stake = f.amount_at_stake, severity_rank = f.severity_rank, unit_code = f.unit_code, village = f.evidence ->> 'village'
from finding f
where f.person_key = c.person_key and f.finding_id = c.finding_id and c.is_open and c.is_found
  and (not :'is_by_changes'::boolean or (f.person_key, f.finding_id) in (select person_key, finding_id from came))
  and (c.amount_at_stake <> f.amount_at_stake or c.severity_rank <> f.severity_rank or c.unit_code is distinct from f.unit_code or c.village is distinct from f.evidence ->> 'village');

update case_record c set urgency = case_urgency(c.amount_at_stake, :'as_of'::date - c.waiting_since, c.severity_rank)
where c.is_open and c.is_found and c.code <> 'complaint' and c.urgency <> case_urgency(c.amount_at_stake, :'as_of'::date - c.waiting_since, c.severity_rank);
