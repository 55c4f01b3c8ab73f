-- What: opens a case for every finding of the result that has none yet.
-- Reads: finding, work_finding_change, finding_type, case_term, case_record
-- Writes: case_record (one row per finding)
-- Rule: D123: urgent is what is much, waits long and is grave; a case is due so many working days after the day it was found.
-- Parameters: as_of, is_by_changes (of the findings that came alone)
-- Why first: what is found again already has a case and is none of these.

insert into case_record (person_key, finding_id, code, severity_rank, scheme_id, benefit_period, subject, unit_code, village, creditor_agent, beneficiary_name, name_key, account_end, currency, amount_at_stake, waiting_since, urgency, opened_date, deadline_date, is_found, step)
with told as (
  select f.*, least(coalesce((f.evidence ->> 'due_date')::date, (f.evidence ->> 'credited_date')::date, :'as_of'::date), :'as_of'::date) as waiting_since,
    coalesce(f.evidence ->> 'creditor_account', f.evidence -> 'payments' -> -1 ->> 'creditor_account', f.evidence -> 'lines' -> 0 ->> 'creditor_account') as account,
    coalesce(f.evidence ->> 'creditor_agent', f.evidence -> 'payments' -> -1 ->> 'creditor_agent', f.evidence -> 'lines' -> 0 ->> 'creditor_agent') as agent
  from finding f
  where (not :'is_by_changes'::boolean or (f.person_key, f.finding_id) in (select person_key, finding_id from work_finding_change where sign = 1))
    and not exists (select from case_record c where c.person_key = f.person_key and c.finding_id = f.finding_id)
)
select t.person_key, t.finding_id, t.code, t.severity_rank, t.scheme_id, t.benefit_period, t.subject, t.unit_code, t.evidence ->> 'village', t.agent::integer,
  t.evidence ->> 'beneficiary_name', name_search(t.evidence ->> 'beneficiary_name'), right(t.account, 4), t.currency, t.amount_at_stake, t.waiting_since,
  case_urgency(t.amount_at_stake, :'as_of'::date - t.waiting_since, t.severity_rank),
  :'as_of'::date, d.deadline_date, true, 'new'
from told t join finding_type ft using (code) join case_term d using (working_days)
-- the same result gives the same numbers to the same cases, in whatever order its rows lie
order by t.person_key, t.finding_id collate "C";

select analyze_rows('case_record');
