-- What: the most urgent open cases that a reader may see, or those that wait for the reader's approval.
-- Reads: case_record, case_event, finding_type, scheme_code, approval_band
-- Gives: at most row_limit rows, the most urgent first; proposed: what was appraised (null: nothing was)
-- Rule: to approve: as in today.sql
-- Why the units are named: the database leaves only the reader's rows, but finds them by index only when it is told where
-- Parameters: staff_id, is_to_approve, scope_level, unit_codes (null: the whole country), row_limit

select c.finding_id, c.case_number::text as case_number, c.code, t.severity, t.title, t.action, c.beneficiary_name, c.village, c.unit_code, s.scheme, to_char(c.benefit_period, 'FM0000"-"00') as benefit_period,
  c.currency, c.amount_at_stake::text as amount_at_stake, c.waiting_since, c.deadline_date, c.step, c.resolution, e.amount::text as proposed_amount
from case_record c
left join finding_type t using (code) left join scheme_code s using (scheme_id)
left join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.appraisal_number
where c.is_open and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[])) and (not :'is_to_approve'::boolean or c.step = 'appraised' and e.actor_id <> :'staff_id'::bigint
  and greatest(e.amount, c.amount_at_stake) <= (select coalesce(up_to_amount, 'infinity') from approval_band where scope_level = :'scope_level'::text))
order by c.urgency desc, c.case_number
limit :'row_limit'::integer;
