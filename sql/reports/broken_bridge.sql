-- What: cells of the published bridge that do not add up, or are not what the published counts of classes say.
-- Gives: no row when everything is right; else the first one in words

with counted as (
  select scheme_id, benefit_period, currency, sum(due_amount) as due_amount, sum(to_due_amount) as to_due_amount, sum(credited_amount) as credited_amount
  from outcome_count group by 1, 2, 3
)
select concat_ws(' ', coalesce(s.scheme, 'none'), to_char(b.benefit_period, 'FM0000"-"00'), b.currency) as place
from bridge_cell b
left join scheme_code s using (scheme_id)
left join counted c on c.scheme_id = b.scheme_id and c.benefit_period = b.benefit_period and c.currency = b.currency
left join lateral (select sum(value::numeric) as amount from jsonb_each_text(b.shortfall)) missing on true
where b.due_amount <> b.to_due_amount + b.carried_out_amount + coalesce(missing.amount, 0)
  or b.credited_amount <> b.to_due_amount + b.excess_over_amount + b.excess_twice_amount + b.unmatched_amount
  or b.due_amount <> coalesce(c.due_amount, 0) or b.to_due_amount <> coalesce(c.to_due_amount, 0)
  or b.credited_amount <> coalesce(c.credited_amount, 0) + b.unmatched_amount
order by 1 limit 1;
