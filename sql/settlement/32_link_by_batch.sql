-- What: which payments a debit names by the reference that the bank gave their batch.
-- Reads: work_settlement_entry, work_settlement_payment, work_settlement_link
-- Writes: work_settlement_link (rule batch_reference)
-- Rule: D183: one debit with that reference, and the payments that carry it and are named by no debit of their own come to exactly its amount.
-- Why here: a sum under one name is surer than a sum alone.

insert into work_settlement_link (entry_number, payment_number, rule, amount)
with open_debit as (
  select e.entry_number, e.source, e.currency, e.amount, coalesce(e.entry_reference, e.end_to_end_id) as batch_reference, count(*) over (partition by e.source, e.currency, coalesce(e.entry_reference, e.end_to_end_id)) as namesakes
  from work_settlement_entry e
  where not e.is_credit and not e.is_payer and coalesce(e.entry_type not in ('charge', 'interest'), true) and coalesce(e.entry_reference, e.end_to_end_id) is not null
    and not exists (select from work_settlement_link l where l.entry_number = e.entry_number)
), open_payment as (
  select p.* from work_settlement_payment p
  where p.batch_reference in (select batch_reference from open_debit) and not exists (select from work_settlement_link l where l.payment_number = p.payment_number and l.amount > 0)
), batch as (
  select source, currency, batch_reference, sum(instructed_amount) as amount from open_payment group by source, currency, batch_reference
)
select d.entry_number, p.payment_number, 'batch_reference', p.instructed_amount
from open_debit d join batch b on b.source = d.source and b.currency = d.currency and b.batch_reference = d.batch_reference and b.amount = d.amount
  join open_payment p on p.source = d.source and p.currency = d.currency and p.batch_reference = d.batch_reference
where d.namesakes = 1;

select analyze_rows('work_settlement_link');
