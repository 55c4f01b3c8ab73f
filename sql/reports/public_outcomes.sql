-- What: how many entitlements of one month came out how, in some units, for what is published.
-- Reads: outcome_count, scheme_code
-- Gives: one row per scheme and group of classes; counts, no amounts (an amount tells its count)
-- Rule: in_time: in full and in time; late: in full, late; too_much: over or twice; waiting: not due yet, on its way in time, or carried over; not_arrived: all others
-- Parameters: benefit_period, unit_codes

select c.scheme, case o.outcome_class when 'paid' then 'in_time' when 'paid_late' then 'late' when 'paid_over' then 'too_much' when 'paid_twice' then 'too_much' when 'not_due' then 'waiting' when 'in_transit' then 'waiting' when 'carried_over' then 'waiting' else 'not_arrived' end as outcome,
  sum(o.entitlement_count)::text as count
from outcome_count o join scheme_code c using (scheme_id)
where o.benefit_period = :'benefit_period'::integer and o.unit_code = any (:'unit_codes'::text[])
group by c.scheme, 2
having sum(o.entitlement_count) <> 0
order by c.scheme collate "C";
