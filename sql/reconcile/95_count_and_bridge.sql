-- What: the counts of every class and the bridge of every cell, from those plainly in order and the subjects together.
-- Reads: work_screen, work_subject, work_outcome, work_line, work_payment, work_match, work_unmatched
-- Writes: work_outcome_count (one row per scheme × month × unit × class), work_bridge_cell (one row per scheme × month × currency)
-- Rule: contract 4: due = to due + carried out + shortfall by class; credited = to due + excess + unmatched.
-- Why here: before the findings, since a bridge that does not close ends the run.

insert into work_outcome_count (run_id, scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, credited_amount, to_due_amount)
with counted as (
  select scheme_id, benefit_period, unit_code, outcome_class, currency, due_amount, case outcome_class when 'paid' then due_amount else 0 end as credited_amount
  from work_screen s
  where outcome_class is not null and not exists (select from work_subject w where w.person_key = s.person_key)
  union all
  select scheme_id, benefit_period, unit_code, outcome_class, currency, due_amount, credited_amount from work_outcome
)
select :'run_id'::bigint, scheme_id, benefit_period, unit_code, outcome_class, currency, count(*), sum(due_amount), sum(credited_amount), sum(least(credited_amount, due_amount))
from counted group by scheme_id, benefit_period, unit_code, outcome_class, currency;

insert into work_bridge_cell (run_id, scheme_id, benefit_period, currency, due_amount, to_due_amount, carried_out_amount, carried_in_amount, shortfall, excess_over_amount, excess_twice_amount, unmatched_amount, credited_amount)
with classed as (
  select scheme_id, benefit_period, outcome_class, currency, sum(due_amount) as due_amount, sum(credited_amount) as credited_amount, sum(to_due_amount) as to_due_amount
  from work_outcome_count group by 1, 2, 3, 4
), cell as (
  select c.scheme_id, c.benefit_period, c.currency, sum(c.due_amount) as due_amount, sum(c.to_due_amount) as to_due_amount, sum(c.credited_amount) as credited_amount,
    coalesce(sum(c.due_amount - c.to_due_amount) filter (where outcome_class = 'carried_over'), 0) as carried_out_amount,
    coalesce(jsonb_object_agg(outcome_class, (c.due_amount - c.to_due_amount)::text) filter (where c.due_amount > c.to_due_amount and outcome_class <> 'carried_over'), '{}') as shortfall,
    coalesce(sum(c.credited_amount - c.to_due_amount) filter (where outcome_class = 'paid_over'), 0) as excess_over_amount,
    coalesce(sum(c.credited_amount - c.to_due_amount) filter (where outcome_class = 'paid_twice'), 0) as excess_twice_amount
  from classed c group by 1, 2, 3
), carried_in as (
  select scheme_id, benefit_period, currency, sum(due_amount) as carried_in_amount
  from work_line where component = 'carried_over' and list_status = 'active' group by 1, 2, 3
), unmatched as (
  select p.scheme_id, p.benefit_period, p.currency, sum(p.net_amount) as unmatched_amount
  from work_unmatched u join work_payment p using (payment_number) where p.net_amount > 0 group by 1, 2, 3
)
select :'run_id'::bigint, coalesce(c.scheme_id, u.scheme_id), coalesce(c.benefit_period, u.benefit_period), coalesce(c.currency, u.currency), coalesce(c.due_amount, 0), coalesce(c.to_due_amount, 0),
  coalesce(c.carried_out_amount, 0), coalesce(i.carried_in_amount, 0), coalesce(c.shortfall, '{}'), coalesce(c.excess_over_amount, 0), coalesce(c.excess_twice_amount, 0), coalesce(u.unmatched_amount, 0),
  coalesce(c.credited_amount, 0) + coalesce(u.unmatched_amount, 0)
from cell c
full join unmatched u on u.scheme_id = c.scheme_id and u.benefit_period = c.benefit_period and u.currency = c.currency
left join carried_in i on i.scheme_id = c.scheme_id and i.benefit_period = c.benefit_period and i.currency = c.currency;
