-- What: which file of payments a debit is the sum of.
-- Reads: work_settlement_entry, work_settlement_payment, work_settlement_link
-- Writes: work_settlement_link (rule file_sum)
-- Rule: D183: the payments of a file that nothing else names come to exactly the debit, and neither another set of payments nor another debit does. Two files about the same payments are one set.
-- Why here: last; whatever is doubtful stays unexplained and is listed.

insert into work_settlement_link (entry_number, payment_number, rule, amount)
with open_debit as (
  select e.entry_number, e.source, e.currency, e.amount, count(*) over (partition by e.source, e.currency, e.amount) as rivals
  from work_settlement_entry e
  where not e.is_credit and not e.is_payer and coalesce(e.entry_type not in ('charge', 'interest'), true) and not exists (select from work_settlement_link l where l.entry_number = e.entry_number)
), in_file as (
  select p.payment_number, p.source, p.currency, p.instructed_amount, r.file_id
  from work_settlement_payment p cross join lateral (select distinct (row ->> 'file_id')::integer as file_id from jsonb_array_elements(p.source_rows) row) r
  where exists (select from open_debit) and not exists (select from work_settlement_link l where l.payment_number = p.payment_number and l.amount > 0)
), file as (
  select source, currency, file_id, sum(instructed_amount) as amount, sum(hashint8extended(payment_number, 0)::numeric) as content from in_file group by source, currency, file_id
), candidate as (
  select d.entry_number, min(f.file_id) as file_id
  from open_debit d join file f on f.source = d.source and f.currency = d.currency and f.amount = d.amount
  where d.rivals = 1 group by d.entry_number having count(distinct f.content) = 1
)
select c.entry_number, i.payment_number, 'file_sum', i.instructed_amount
from candidate c join open_debit d on d.entry_number = c.entry_number join in_file i on i.file_id = c.file_id and i.source = d.source and i.currency = d.currency
-- a payment that two debits could be the sum of is named by neither
where not exists (
  select from candidate other join in_file theirs on theirs.file_id = other.file_id
  where other.entry_number <> c.entry_number and theirs.payment_number in (select mine.payment_number from in_file mine where mine.file_id = c.file_id)
);

select analyze_rows('work_settlement_link');
