-- What: what a published result came to, beside the one published before it.
-- Reads: run_total, run
-- Gives: one row per class of outcome and code of finding of either, by subject, code and currency
-- Rule: before it: the newest run published earlier whose totals are kept; none: its numbers are 0
-- Parameters: run_id

with former as (
  select r.run_id, r.as_of from run r
  where r.run_id < :'run_id'::bigint and r.status = 'published' and exists (select from run_total t where t.run_id = r.run_id)
  order by r.run_id desc limit 1
), now as (
  select subject, code, currency, item_count, amount from run_total where run_id = :'run_id'::bigint
), before as (
  select subject, code, currency, item_count, amount from run_total where run_id = (select run_id from former)
)
select coalesce(n.subject, b.subject) collate "C" as subject, coalesce(n.code, b.code) collate "C" as code, coalesce(n.currency, b.currency) collate "C" as currency, coalesce(n.item_count, 0)::text as count, coalesce(b.item_count, 0)::text as former_count,
  coalesce(n.amount, 0) as amount, coalesce(b.amount, 0) as former_amount, (select as_of from former) as former_as_of
from now n full join before b on b.subject = n.subject and b.code = n.code and b.currency = n.currency
order by 1 desc, 2, 3;
