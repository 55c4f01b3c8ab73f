-- What: the counts of every class and the bridge of every cell, over all beneficiaries.
-- Reads: work_clean_count, work_outcome, work_payment, work_unmatched; in an increment what was counted, and of it what was published of the touched, and unmatched_payment for whoever is not touched
-- Writes: work_outcome_count (one row per scheme × month × unit × class), work_bridge_cell (one row per scheme × month × currency)
-- Rule: contract 4: due = to due + carried out + shortfall by class; credited = to due + excess + unmatched.
-- Why here: before the findings, since a bridge that does not close ends the run.

insert into work_outcome_count (run_id, scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, credited_amount, to_due_amount, carried_in_amount)
with counted as (
  select scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, case outcome_class when 'paid' then due_amount else 0 end as credited_amount, case outcome_class when 'paid' then due_amount else 0 end as to_due_amount, 0 as carried_in_amount
  from work_clean_count
  union all
  select scheme_id, benefit_period, unit_code, outcome_class, currency, 1, due_amount, credited_amount, least(credited_amount, due_amount), carried_in_amount from work_outcome
  union all
  select scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, credited_amount, to_due_amount, carried_in_amount
  from outcome_count where :'is_increment'::boolean
  union all
  select scheme_id, benefit_period, unit_code, outcome_class, currency, -1, -due_amount, -credited_amount, -least(credited_amount, due_amount), -carried_in_amount
  from outcome where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
)
select :'run_id'::bigint, scheme_id, benefit_period, unit_code, outcome_class, currency, sum(entitlement_count), sum(due_amount), sum(credited_amount), sum(to_due_amount), sum(carried_in_amount)
from counted group by scheme_id, benefit_period, unit_code, outcome_class, currency having sum(entitlement_count) <> 0;

insert into work_bridge_cell (run_id, scheme_id, benefit_period, currency, due_amount, to_due_amount, carried_out_amount, carried_in_amount, shortfall, excess_over_amount, excess_twice_amount, unmatched_amount, credited_amount)
with classed as (
  select scheme_id, benefit_period, outcome_class, currency, sum(due_amount) as due_amount, sum(credited_amount) as credited_amount, sum(to_due_amount) as to_due_amount, sum(carried_in_amount) as carried_in_amount
  from work_outcome_count group by 1, 2, 3, 4
), cell as (
  select c.scheme_id, c.benefit_period, c.currency, sum(c.due_amount) as due_amount, sum(c.to_due_amount) as to_due_amount, sum(c.credited_amount) as credited_amount, sum(c.carried_in_amount) as carried_in_amount,
    coalesce(sum(c.due_amount - c.to_due_amount) filter (where outcome_class = 'carried_over'), 0) as carried_out_amount,
    coalesce(jsonb_object_agg(outcome_class, (c.due_amount - c.to_due_amount)::text) filter (where c.due_amount > c.to_due_amount and outcome_class <> 'carried_over'), '{}') as shortfall,
    coalesce(sum(c.credited_amount - c.to_due_amount) filter (where outcome_class = 'paid_over'), 0) as excess_over_amount,
    coalesce(sum(c.credited_amount - c.to_due_amount) filter (where outcome_class = 'paid_twice'), 0) as excess_twice_amount
  from classed c group by 1, 2, 3
), unmatched as (
  select scheme_id, benefit_period, currency, sum(net_amount) as unmatched_amount
  from (
    select p.scheme_id, p.benefit_period, p.currency, p.net_amount from work_unmatched u join work_payment p using (payment_number)
    union all
    select scheme_id, benefit_period, currency, net_amount from unmatched_payment u
    where :'is_increment'::boolean and not exists (select from work_touched t where t.person_key = u.person_key)
  ) payment where net_amount > 0 group by 1, 2, 3
)
select :'run_id'::bigint, coalesce(c.scheme_id, u.scheme_id), coalesce(c.benefit_period, u.benefit_period), coalesce(c.currency, u.currency), coalesce(c.due_amount, 0), coalesce(c.to_due_amount, 0),
  coalesce(c.carried_out_amount, 0), coalesce(c.carried_in_amount, 0), coalesce(c.shortfall, '{}'), coalesce(c.excess_over_amount, 0), coalesce(c.excess_twice_amount, 0), coalesce(u.unmatched_amount, 0),
  coalesce(c.credited_amount, 0) + coalesce(u.unmatched_amount, 0)
from cell c
full join unmatched u on u.scheme_id = c.scheme_id and u.benefit_period = c.benefit_period and u.currency = c.currency;
