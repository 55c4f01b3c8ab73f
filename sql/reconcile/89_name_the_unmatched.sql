-- What: rule 6: what no rule could place, and why.
-- Reads: work_payment, work_match, work_line, work_unmatched (ambiguous ones, from 88)
-- Writes: work_unmatched (one row per payment)
-- Rule: contract 3.6, D12: money for suspended or stopped lines is paid_while_suspended, else not_on_list.
-- Why last: only now is it certain that nothing matched.

insert into work_unmatched (person_key, payment_number, reason)
with leftover as (
  select p.* from work_payment p
  where not exists (select from work_match m where m.payment_number = p.payment_number)
    and not exists (select from work_unmatched u where u.payment_number = p.payment_number)
), suspended as (
  select p.payment_number
  from leftover p join work_line l on l.person_key = p.beneficiary_key
  where l.list_status <> 'active' and l.currency = p.currency and coalesce(l.scheme_id = p.scheme_id, true) and coalesce(l.benefit_period = p.benefit_period, l.benefit_period <= p.until_period, true)
  union
  select p.payment_number
  from leftover p join work_line l on l.account_key = p.account_key and coalesce(l.creditor_agent = p.creditor_agent, true)
  where p.beneficiary_key is null and l.list_status <> 'active' and l.currency = p.currency and coalesce(l.scheme_id = p.scheme_id, true) and coalesce(l.benefit_period = p.benefit_period, l.benefit_period <= p.until_period, true)
  group by p.payment_number having count(distinct l.person_key) = 1
)
select p.person_key, p.payment_number, case when s.payment_number is null then 'not_on_list' else 'paid_while_suspended' end
from leftover p left join suspended s using (payment_number);

select analyze_rows('work_match');
select analyze_rows('work_unmatched');
