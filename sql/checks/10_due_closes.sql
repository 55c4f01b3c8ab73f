-- What: cells in which the money due is not exactly what came, was carried out, or is still missing by class.
-- Rule: contract 4, the bridge, first equation.

select s.scheme, b.benefit_period, b.currency, b.due_amount::text, (b.to_due_amount + b.carried_out_amount + coalesce(missing.amount, 0))::text as explained_amount
from work_bridge_cell b
left join scheme_code s using (scheme_id)
left join lateral (select sum(value::numeric) as amount from jsonb_each_text(b.shortfall)) missing on true
where b.due_amount <> b.to_due_amount + b.carried_out_amount + coalesce(missing.amount, 0);
