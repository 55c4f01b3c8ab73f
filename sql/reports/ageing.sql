-- What: open cases by how many working days people have waited.
-- Reads: case_tally, calendar
-- Gives: one row per unit, band and currency; band: the least days of it, 0, 6, 11, 21 or 61; first_date to last_date: since when its cases wait; amounts as text
-- Rule: D140: waits from the day the money was due, else from the day it was found; working days as deadlines count them: no weekends or holidays, but days that are made working days
-- Parameters: today, unit_codes (null: everywhere)

with waiting as materialized (
  select unit_code, currency, waiting_since, sum(case_count) as cases, sum(amount_at_stake) as amount, coalesce(sum(case_count) filter (where deadline_date < :'today'::date), 0) as overdue
  from case_tally
  where is_open and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
  group by unit_code, currency, waiting_since having sum(case_count) > 0
), day as materialized (
  select d::date as day, count(*) filter (where case c.kind when 'working' then true when 'holiday' then false else extract(isodow from d) < 6 end) over (order by d) as working_days
  from generate_series((select least(min(waiting_since), :'today'::date) from waiting), :'today'::date, interval '1 day') d left join calendar c on c.calendar_date = d::date
), waited as (
  select w.*, greatest((select working_days from day where day = :'today'::date) - coalesce(d.working_days, 0), 0) as days
  from waiting w left join day d on d.day = w.waiting_since
)
select unit_code, case when waiting_since > :'today'::date or days <= 5 then 0 when days <= 10 then 6 when days <= 20 then 11 when days <= 60 then 21 else 61 end as band, currency,
  sum(cases)::text as cases, sum(amount)::text as amount, sum(overdue)::text as overdue, min(waiting_since) as first_date, max(waiting_since) as last_date
from waited
group by unit_code, band, currency
order by unit_code collate "C" nulls last, band, currency;
