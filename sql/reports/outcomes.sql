-- What: how many entitlements of the published run fell into each class, one row per scheme × month × class; amounts as text.
-- Order: scheme, month, class in the order in which it is taken.

select c.scheme, to_char(o.benefit_period, 'FM0000"-"00') as benefit_period, o.outcome_class as class, o.currency,
  o.entitlement_count::text as count, o.due_amount::text as due, o.credited_amount::text as credited
from outcome_total o join scheme_code c using (scheme_id)
order by c.scheme collate "C", o.benefit_period, o.outcome_class;
