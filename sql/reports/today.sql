-- What: what waits for whoever reads: open cases, those past their deadline, those of the last night, those to be approved.
-- Reads: case_record, case_event, approval_band
-- Gives: one row per currency; amounts as text
-- Rule: to approve: appraised by somebody else and within the band of the reader's level; the larger of what is at stake and what was appraised counts
-- Parameters: as_of (the run's day), today, staff_id, is_approver, scope_level, unit_codes (null: all that may be seen)

select c.currency, count(*)::text as waiting_count, sum(c.amount_at_stake)::text as waiting_amount,
  count(*) filter (where c.deadline_date < :'today'::date)::text as overdue_count, coalesce(sum(c.amount_at_stake) filter (where c.deadline_date < :'today'::date), 0)::text as overdue_amount,
  count(*) filter (where c.opened_date = :'as_of'::date)::text as new_count, coalesce(sum(c.amount_at_stake) filter (where c.opened_date = :'as_of'::date), 0)::text as new_amount,
  count(e.amount)::text as approve_count, coalesce(sum(e.amount), 0)::text as approve_amount
from case_record c
left join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.appraisal_number
  and :'is_approver'::boolean and c.step = 'appraised' and e.actor_id <> :'staff_id'::bigint and greatest(e.amount, c.amount_at_stake) <= (select coalesce(up_to_amount, 'infinity') from approval_band where scope_level = :'scope_level'::text)
where c.is_open and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[]))
group by c.currency
order by c.currency collate "C";
