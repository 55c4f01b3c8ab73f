-- What: which payment an entry names by its own reference.
-- Reads: work_settlement_entry, work_settlement_payment
-- Writes: work_settlement_link (rule reference)
-- Rule: D183: the reference of one payment of that organisation; of several with one reference only the one of exactly that amount. The payer's money and charges name no payment.
-- Why here: certain before doubtful: what is named one by one is out of reach of sums.

insert into work_settlement_link (entry_number, payment_number, rule, amount)
select entry_number, payment_number, 'reference', signed_amount
from (
  select e.entry_number, p.payment_number, case when e.is_credit then -e.amount else e.amount end as signed_amount, p.instructed_amount = e.amount as is_exact,
    count(*) over entry as candidates, count(*) filter (where p.instructed_amount = e.amount) over entry as exact_candidates
  from work_settlement_entry e join work_settlement_payment p on p.source = e.source and p.end_to_end_id = e.end_to_end_id and p.currency = e.currency
  where not e.is_payer and coalesce(e.entry_type not in ('charge', 'interest'), true)
  window entry as (partition by e.entry_number)
) named
where candidates = 1 or exact_candidates = 1 and is_exact;

select analyze_rows('work_settlement_link');
