-- What: counts the cases by what queues and dashboards ask for.
-- Reads: case_record, case_tally
-- Writes: case_tally (one row per unit, code, scheme, month, currency, step and days)
-- Rule: D126: rows of the tally are only ever added up, so that two who move cases never wait for one another. What is tallied as it stands, in one row, is left alone.
-- Why one statement: all of it sees the same moment; whoever moves a case just now is in both sides or in neither.

with cell as (
  select unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date,
    sum(case_count) as case_count, sum(amount_at_stake) as amount_at_stake
  from (
    select unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, 1 as case_count, amount_at_stake, 0 as tallied_count, 0 as tallied_amount, 0 as tallied_rows from case_record
    union all
    select unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, 0, 0, case_count, amount_at_stake, 1 from case_tally
  ) side
  group by unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date
  having sum(case_count) <> sum(tallied_count) or sum(amount_at_stake) <> sum(tallied_amount) or sum(tallied_rows) <> 1
), former as (
  delete from case_tally t using cell c
  where c.code = t.code and c.step = t.step and c.currency = t.currency and c.waiting_since = t.waiting_since and c.opened_date = t.opened_date and c.deadline_date = t.deadline_date
    and (c.unit_code, c.scheme_id, c.benefit_period, c.closed_date) is not distinct from (t.unit_code, t.scheme_id, t.benefit_period, t.closed_date)
)
insert into case_tally (unit_code, code, scheme_id, benefit_period, currency, step, waiting_since, opened_date, deadline_date, closed_date, case_count, amount_at_stake)
select * from cell where case_count <> 0;

select analyze_rows('case_tally');
