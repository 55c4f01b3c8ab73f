-- What: of a month, who received, who did not and is carried over, and how much money that is, by place and scheme.
-- Reads: outcome_count, scheme_code
-- Gives: one row per unit as the lists name it × scheme × currency; due = received + not received + carried out + not due yet, by money; counts are entitlements
-- Rule: D184: received is what came up to what was due; a part that came of somebody paid short is received, and the rest is not
-- Parameters: benefit_period, unit_codes (null: all)

select o.unit_code, c.scheme, o.currency,
  sum(o.entitlement_count)::text as entitlement_count, sum(o.entitlement_count) filter (where o.due_amount >= 0 and o.outcome_class in ('paid', 'paid_late', 'paid_twice', 'paid_over'))::text as received_count,
  sum(o.entitlement_count) filter (where o.outcome_class = 'carried_over')::text as carried_count, sum(o.entitlement_count) filter (where o.outcome_class = 'not_due')::text as not_due_count,
  sum(o.due_amount)::text as due, sum(o.to_due_amount)::text as received, coalesce(sum(o.due_amount - o.to_due_amount) filter (where o.outcome_class = 'carried_over'), 0)::text as carried_out,
  coalesce(sum(o.due_amount - o.to_due_amount) filter (where o.outcome_class = 'not_due'), 0)::text as not_due,
  coalesce(sum(o.due_amount - o.to_due_amount) filter (where o.outcome_class not in ('carried_over', 'not_due')), 0)::text as not_received, sum(o.credited_amount - o.to_due_amount)::text as beyond
from outcome_count o join scheme_code c using (scheme_id)
where o.benefit_period = :'benefit_period'::integer and (:'unit_codes'::text[] is null or o.unit_code = any (:'unit_codes'::text[]))
group by o.unit_code, c.scheme, o.currency having sum(o.entitlement_count) <> 0
order by o.unit_code collate "C", c.scheme collate "C", o.currency;
