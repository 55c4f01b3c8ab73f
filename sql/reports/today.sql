-- What: what waits for whoever reads: open cases, those past their deadline, those of the last night, those to be approved.
-- Reads: case_tally; case_record, case_event, approval_band
-- Gives: one row per currency; amounts as text
-- Rule: to approve: appraised by somebody else and within the band of the reader's level; the larger of what is at stake and what was appraised counts
-- Parameters: as_of (the run's day), today, staff_id, is_approver, scope_level, unit_codes (null: all that may be seen)

with waiting as (
  select currency, sum(case_count) as waiting_count, sum(amount_at_stake) as waiting_amount,
    coalesce(sum(case_count) filter (where deadline_date < :'today'::date), 0) as overdue_count, coalesce(sum(amount_at_stake) filter (where deadline_date < :'today'::date), 0) as overdue_amount,
    coalesce(sum(case_count) filter (where opened_date = :'as_of'::date), 0) as new_count, coalesce(sum(amount_at_stake) filter (where opened_date = :'as_of'::date), 0) as new_amount
  from case_tally
  where is_open and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
  group by currency having sum(case_count) > 0
), approve as (
  select c.currency, count(*) as approve_count, sum(e.amount) as approve_amount
  from case_record c join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.appraisal_number
  where :'is_approver'::boolean and c.step = 'appraised' and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[]))
    and e.actor_id <> :'staff_id'::bigint and greatest(e.amount, c.amount_at_stake) <= (select coalesce(up_to_amount, 'infinity') from approval_band where scope_level = :'scope_level'::text)
  group by c.currency
)
select w.currency, w.waiting_count::text, w.waiting_amount::text, w.overdue_count::text, w.overdue_amount::text, w.new_count::text, w.new_amount::text,
  coalesce(a.approve_count, 0)::text as approve_count, coalesce(a.approve_amount, 0)::text as approve_amount
from waiting w left join approve a using (currency)
order by w.currency collate "C";
