-- What: how many working days the answers of some days took, and how many the deadline had allowed.
-- Reads: case_tally, calendar
-- Gives: one row per unit, days taken and days allowed, with the number of cases
-- Rule: working days from the day the case was opened, as in ageing.sql
-- Parameters: from_date, to_date, unit_codes (null: everywhere)

with answered as materialized (
  select unit_code, opened_date, closed_date, deadline_date, sum(case_count) as cases
  from case_tally
  where step = 'answered' and closed_date between :'from_date'::date and :'to_date'::date and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
  group by unit_code, opened_date, closed_date, deadline_date having sum(case_count) > 0
), day as materialized (
  select d::date as day, count(*) filter (where case c.kind when 'working' then true when 'holiday' then false else extract(isodow from d) < 6 end) over (order by d) as working_days
  from generate_series((select min(opened_date) from answered), (select max(greatest(closed_date, deadline_date)) from answered), interval '1 day') d left join calendar c on c.calendar_date = d::date
)
select a.unit_code, greatest(closed.working_days - opened.working_days, 0)::integer as days, greatest(allowed.working_days - opened.working_days, 0)::integer as allowed_days, sum(a.cases)::text as cases
from answered a join day opened on opened.day = a.opened_date join day closed on closed.day = a.closed_date join day allowed on allowed.day = a.deadline_date
group by 1, 2, 3
order by 1 nulls last, 2, 3;
