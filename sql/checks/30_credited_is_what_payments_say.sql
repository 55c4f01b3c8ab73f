-- What: currencies in which the bridge's credited money is not what the payments add up to before any matching.
-- Rule: contract 4, the bridge, second equation, over all cells: credited net of returns = to due + excess + unmatched. What is plainly in order was credited once, by one report;
--       in an increment for the touched, upon what was published less what was published of them.

with payment as (
  select currency, amount from work_tally where kind = 'payment' and not is_subject
  union all
  select currency, net_amount from work_payment where net_amount > 0
), before as (
  select currency, credited_amount as amount from bridge_cell where :'is_increment'::boolean
  union all
  select currency, due_amount from work_clean_count where entitlement_count < 0 and outcome_class = 'paid'
  union all
  select currency, -credited_amount from outcome where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
  union all
  select currency, -net_amount from unmatched_payment where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched)) and net_amount > 0
), reported as (
  select currency, sum(amount) as amount from (select * from payment union all select * from before) part group by currency
), bridged as (
  select currency, sum(credited_amount) as amount, sum(to_due_amount + excess_over_amount + excess_twice_amount + unmatched_amount) as explained_amount
  from work_bridge_cell group by currency
)
select coalesce(r.currency, b.currency) as currency, coalesce(r.amount, 0)::text as reported_amount, b.amount::text as bridge_amount, b.explained_amount::text
from reported r full join bridged b using (currency)
where coalesce(r.amount, 0) <> coalesce(b.amount, 0) or coalesce(b.amount, 0) <> coalesce(b.explained_amount, 0);
