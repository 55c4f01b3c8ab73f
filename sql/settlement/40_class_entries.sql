-- What: every entry of an organisation's account in exactly one class.
-- Reads: work_settlement_entry, work_settlement_link, work_settlement_payment
-- Writes: work_settlement_class, settlement_entry
-- Rule: D183, the first that applies: stated as a charge or interest; to or from an account of the payer; a debit or credit that payments are named by; else unexplained. Nothing is guessed from names or texts.
-- Why here: links are settled.

insert into work_settlement_class (source, file_id, line_number, entry_date, statement_number, settlement_class, rule, is_credit, amount, currency, scheme_id, benefit_period, payment_count, end_to_end_id, entry_reference, counterparty_key, entry_text)
with behind as (
  select l.entry_number, min(l.rule) as rule, count(*) as payment_count,
    case when count(*) = count(p.scheme_id) and min(p.scheme_id) = max(p.scheme_id) then min(p.scheme_id) end as scheme_id,
    case when count(*) = count(p.benefit_period) and min(p.benefit_period) = max(p.benefit_period) then min(p.benefit_period) end as benefit_period
  from work_settlement_link l join work_settlement_payment p on p.payment_number = l.payment_number group by l.entry_number
)
select e.source, e.file_id, e.line_number, e.entry_date, e.statement_number,
  case
    when e.entry_type in ('charge', 'interest') then 'charge'
    when e.is_payer and e.is_credit then 'received'
    when e.is_payer then 'handed_back'
    when b.entry_number is not null and e.is_credit then 'returned'
    when b.entry_number is not null then 'paid'
    else 'unexplained'
  end::settlement_class,
  case when e.entry_type in ('charge', 'interest') then 'stated' when e.is_payer then 'payer_account' else b.rule end,
  e.is_credit, e.amount, e.currency, coalesce(b.scheme_id, e.scheme_id), coalesce(b.benefit_period, e.benefit_period), coalesce(b.payment_count, 0), e.end_to_end_id, e.entry_reference, e.counterparty_key, e.entry_text
from work_settlement_entry e left join behind b on b.entry_number = e.entry_number;

-- entries that are taken for what they were taken for are not written again
delete from settlement_entry e where not exists (
  select from work_settlement_class n where n.source = e.source and n.file_id = e.file_id and n.line_number = e.line_number
    and (n.entry_date, n.statement_number, n.settlement_class, n.rule, n.is_credit, n.amount, n.currency, n.scheme_id, n.benefit_period, n.payment_count, n.end_to_end_id, n.entry_reference, n.counterparty_key, n.entry_text)
      is not distinct from (e.entry_date, e.statement_number, e.settlement_class, e.rule, e.is_credit, e.amount, e.currency, e.scheme_id, e.benefit_period, e.payment_count, e.end_to_end_id, e.entry_reference, e.counterparty_key, e.entry_text));
insert into settlement_entry
select * from work_settlement_class n where not exists (select from settlement_entry e where e.source = n.source and e.file_id = n.file_id and e.line_number = n.line_number);
