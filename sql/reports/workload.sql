-- What: the work on cases in each unit: what was found, received and answered in some days, how much of it by its deadline, and what is open now.
-- Reads: case_tally; case_record, case_event
-- Gives: one row per unit and currency; counts are cases, amounts as text
-- Rule: D141: on time are answers up to the deadline, of all cases whose deadline fell into the days; who answers nothing is late, not absent. A case that went by itself up to its deadline is in neither number.
-- Parameters: from_date, to_date, today, offset_minutes (the country's clocks before UTC's), unit_codes (null: everywhere)

with counted as (
  select unit_code, currency,
    coalesce(sum(case_count) filter (where opened_date between :'from_date'::date and :'to_date'::date), 0) as found_count,
    coalesce(sum(case_count) filter (where step = 'answered' and closed_date between :'from_date'::date and :'to_date'::date), 0) as answered_count,
    coalesce(sum(case_count) filter (where step = 'gone' and closed_date between :'from_date'::date and :'to_date'::date), 0) as gone_count,
    coalesce(sum(case_count) filter (where deadline_date between :'from_date'::date and least(:'to_date'::date, :'today'::date - 1) and not (step = 'gone' and closed_date <= deadline_date)), 0) as due_count,
    coalesce(sum(case_count) filter (where deadline_date between :'from_date'::date and least(:'to_date'::date, :'today'::date - 1) and step = 'answered' and closed_date <= deadline_date), 0) as on_time_count,
    coalesce(sum(case_count) filter (where is_open), 0) as open_count,
    coalesce(sum(amount_at_stake) filter (where is_open), 0) as open_amount,
    coalesce(sum(case_count) filter (where is_open and deadline_date < :'today'::date), 0) as overdue_count,
    coalesce(sum(amount_at_stake) filter (where is_open and deadline_date < :'today'::date), 0) as overdue_amount
  from case_tally
  where :'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[])
  group by unit_code, currency
), received as (
  select r.unit_code, r.currency, count(*) as received_count
  from case_event e join case_record r on r.person_key = e.person_key and r.finding_id = e.finding_id
  where e.kind = 'received' and ((e.happened_at at time zone 'UTC') + make_interval(mins => :'offset_minutes'::integer))::date between :'from_date'::date and :'to_date'::date
    and (:'unit_codes'::text[] is null or r.unit_code = any (:'unit_codes'::text[]))
  group by r.unit_code, r.currency
)
select c.unit_code, c.currency, c.found_count::text, coalesce(r.received_count, 0)::text as received_count, c.answered_count::text, c.gone_count::text, c.due_count::text, c.on_time_count::text,
  c.open_count::text, c.open_amount::text, c.overdue_count::text, c.overdue_amount::text
from counted c left join received r on r.unit_code is not distinct from c.unit_code and r.currency = c.currency
order by c.unit_code collate "C" nulls last, c.currency;
