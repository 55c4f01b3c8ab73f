-- What: counts the cases by what queues and dashboards ask for.
-- Reads: case_record
-- Writes: case_tally (one row per unit, code, scheme, month, currency, step and days)
-- Rule: D126: rows of the tally are only ever added up, so that two who move cases never wait for one another.
-- Why one statement: both halves see the same moment; whoever moves a case just now is in both or in neither.

with former as (delete from case_tally)
insert into case_tally (unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, case_count, amount_at_stake)
select unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, count(*), sum(amount_at_stake)
from case_record
group by unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date;

analyze case_tally;
