-- What: what was due and what came in each unit, by class, for what is published; amounts as text.
-- Reads: outcome_count, scheme_code
-- Gives: one row per unit as listed × class × currency
-- Parameters: unit_codes (null: everywhere), scheme, benefit_period (null: all)

select o.unit_code, o.outcome_class as class, o.currency, sum(o.entitlement_count)::text as count, sum(o.due_amount)::text as due, sum(o.to_due_amount)::text as to_due
from outcome_count o
where (:'unit_codes'::text[] is null or o.unit_code = any (:'unit_codes'::text[])) and (:'benefit_period'::integer is null or o.benefit_period = :'benefit_period'::integer)
  and (:'scheme'::text is null or o.scheme_id = (select scheme_id from scheme_code where scheme = :'scheme'::text))
group by o.unit_code, o.outcome_class, o.currency
having sum(o.entitlement_count) <> 0
order by o.unit_code collate "C", o.outcome_class, o.currency;
