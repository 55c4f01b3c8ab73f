-- What: how many questions each bank was to answer by days that have passed, and how many of them it answered by their day.
-- Reads: bank_question
-- Gives: one row per bank: creditor_agent, due_count, in_time_count
-- Parameters: as_of, offset_minutes (the country's clocks before UTC's)

select creditor_agent::text as creditor_agent, count(*)::integer as due_count,
  (count(*) filter (where (answered_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date <= due_date))::integer as in_time_count
from bank_question
where due_date <= :'as_of'::date
group by creditor_agent
order by 1;
