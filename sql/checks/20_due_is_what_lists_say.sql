-- What: cells in which the bridge's money due is not what the standing lines of the lists add up to.
-- Rule: contract 4: Σ due is read from the lists. Lines of beneficiaries plainly in order are summed as they were filed, those of subjects as they stand;
--       in an increment for the touched, upon what was published less what was published of them.

with listed as (
  select scheme_id, benefit_period, currency, amount as due_amount from work_tally where kind = 'line' and not is_subject
  union all
  select scheme_id, benefit_period, currency, due_amount from work_line where list_status = 'active'
), before as (
  select scheme_id, benefit_period, currency, due_amount from bridge_cell where :'is_increment'::boolean and scheme_id is not null
  union all
  select scheme_id, benefit_period, currency, due_amount from work_clean_count where entitlement_count < 0
  union all
  select scheme_id, benefit_period, currency, -due_amount from outcome where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
), expected as (
  select scheme_id, benefit_period, currency, sum(due_amount) as due_amount
  from (select * from listed union all select * from before) part group by 1, 2, 3 having sum(due_amount) <> 0
)
select coalesce(l.scheme_id, b.scheme_id) as scheme_id, coalesce(l.benefit_period, b.benefit_period) as benefit_period, l.due_amount::text as listed_amount, b.due_amount::text as bridge_amount
from expected l full join (select * from work_bridge_cell where due_amount <> 0) b using (scheme_id, benefit_period, currency)
where l.due_amount is distinct from b.due_amount;
