-- What: how many entitlements of some units fell into each class, and what was due and came, for what is published; amounts as text.
-- Reads: outcome_count, scheme_code
-- Gives: one row per scheme × month × class × currency
-- Why: the sums of the country (outcome_total, bridge_cell) are not for a reader of less, and hold no unit.
-- Order: scheme, month, class in the order in which it is taken
-- Parameters: unit_codes

select c.scheme, to_char(o.benefit_period, 'FM0000"-"00') as benefit_period, o.outcome_class as class, o.currency,
  sum(o.entitlement_count)::text as count, sum(o.due_amount)::text as due, sum(o.credited_amount)::text as credited, sum(o.to_due_amount)::text as to_due, sum(o.carried_in_amount)::text as carried_in
from outcome_count o join scheme_code c using (scheme_id)
where o.unit_code = any (:'unit_codes'::text[])
group by c.scheme, o.benefit_period, o.outcome_class, o.currency
having sum(o.entitlement_count) <> 0
order by c.scheme collate "C", o.benefit_period, o.outcome_class, o.currency;
