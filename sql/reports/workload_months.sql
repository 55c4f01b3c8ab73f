-- What: of the cases whose deadline fell into each month, how many were answered by then.
-- Reads: case_tally
-- Gives: one row per month, the oldest first
-- Rule: as in workload.sql
-- Parameters: from_date, today, unit_codes (null: everywhere)

select to_char(date_trunc('month', deadline_date), 'YYYY-MM') as month, sum(case_count)::text as due_count, coalesce(sum(case_count) filter (where step = 'answered' and closed_date <= deadline_date), 0)::text as on_time_count
from case_tally
where deadline_date >= :'from_date'::date and deadline_date < :'today'::date and not (step = 'gone' and closed_date <= deadline_date)
  and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
group by 1 having sum(case_count) > 0
order by 1;
