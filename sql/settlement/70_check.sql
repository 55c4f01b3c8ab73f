-- What: the first organisation, scheme and month whose settlement is not whole. No row: every unit of money is in one place.
-- Reads: settlement_cell, settlement_difference, settlement_entry, work_settlement_entry, settlement_statement
-- Gives: at most one row: law, source, expected and found
-- Rule: classes add up to the entries; differences, payment by payment, add up to the difference of the sums; first opening balance + entries + gaps = last closing balance where the last statement ends by the day of the run
-- Why here: nothing that does not add up is published (promise R7).

with entries as (
  select source, currency, sum(case when is_credit then amount else -amount end) as moved from work_settlement_entry group by source, currency
), classes as (
  select source, currency, sum(received_amount - paid_amount + returned_amount - handed_back_amount - charge_amount + interest_amount + unexplained_credit_amount - unexplained_debit_amount) as moved
  from settlement_cell group by source, currency
), cells as (
  select source, scheme_id, benefit_period, currency, sum(difference_amount) as amount from settlement_cell group by source, scheme_id, benefit_period, currency
), named as (
  select source, scheme_id, benefit_period, currency, sum(amount) as amount from settlement_difference group by source, scheme_id, benefit_period, currency
), chain as (
  select source, currency, sum(closing_amount - opening_amount) as moved from settlement_statement group by source, currency having max(closing_date) <= :'as_of'::date
), broken as (
  select 'classes' as law, c.source, coalesce(e.moved, 0) as expected, c.moved as found from classes c left join entries e on e.source = c.source and e.currency = c.currency where coalesce(e.moved, 0) <> c.moved
  union all
  select 'differences', c.source, c.amount, coalesce(n.amount, 0)
  from cells c left join named n on n.source = c.source and coalesce(n.scheme_id, -1) = coalesce(c.scheme_id, -1) and coalesce(n.benefit_period, -1) = coalesce(c.benefit_period, -1) and n.currency = c.currency where c.amount <> coalesce(n.amount, 0)
  union all
  select 'differences', source, 0, sum(amount) from named n
  where not exists (select from cells c where c.source = n.source and coalesce(c.scheme_id, -1) = coalesce(n.scheme_id, -1) and coalesce(c.benefit_period, -1) = coalesce(n.benefit_period, -1) and c.currency = n.currency) group by source
  union all
  select 'balances', c.source, c.moved, coalesce(e.moved, 0) from chain c left join entries e on e.source = c.source and e.currency = c.currency where c.moved <> coalesce(e.moved, 0)
)
select law, source, expected::text as expected, found::text as found from broken order by law, source limit 1;
