-- What: the entries of the organisations' statements up to the day of the run, and the statements themselves with what is missing between them.
-- Reads: account_statement_row, published_file, payment_organisation
-- Writes: work_settlement_entry, settlement_statement
-- Rule: a statement that several files hold counts once: they say the same, or the later was refused (D182). Of statements of one account each begins where the one before it ended; a number that is counted on and missing is named, and January may begin anew.
-- Why here: before anything is held against them.

delete from settlement_statement;

insert into settlement_statement (source, account_key, statement_number, file_id, line_number, opening_date, closing_date, currency, opening_amount, closing_amount, gap_amount, is_number_missing)
with owner as (
  select r.person_key, r.account_key, r.statement_number, min(r.file_id) as file_id
  from public.account_statement_row r join public.published_file p on p.file_id = r.file_id
  where r.entry_kind = 'opening' and r.entry_date <= :'as_of'::date group by r.person_key, r.account_key, r.statement_number
), kept as (
  select account_key, min(source) as source from payment_organisation group by account_key having count(distinct source) = 1
), balance as (
  select coalesce(k.source, '#' || o.account_key) as source, o.account_key, o.statement_number, o.file_id, min(r.line_number) filter (where r.entry_kind = 'opening') as line_number, min(r.currency) as currency,
    min(r.entry_date) filter (where r.entry_kind = 'opening') as opening_date, min(r.entry_date) filter (where r.entry_kind = 'closing') as closing_date,
    min(r.amount) filter (where r.entry_kind = 'opening') as opening_amount, min(r.amount) filter (where r.entry_kind = 'closing') as closing_amount
  from owner o join public.account_statement_row r on r.person_key = o.person_key and r.account_key = o.account_key and r.statement_number = o.statement_number and r.file_id = o.file_id left join kept k on k.account_key = o.account_key
  where r.entry_kind in ('opening', 'closing') group by k.source, o.account_key, o.statement_number, o.file_id
), chained as (
  select *, lag(closing_amount) over chain as before_amount, lag(statement_number) over chain as before_number, lag(opening_date) over chain as before_date
  from balance window chain as (partition by account_key, currency order by opening_date, closing_date, length(statement_number), statement_number collate "C")
)
select source, account_key, statement_number, file_id, line_number, opening_date, closing_date, currency, opening_amount, closing_amount, coalesce(opening_amount - before_amount, 0),
  coalesce(case when statement_number ~ '^[0-9]{1,18}$' and before_number ~ '^[0-9]{1,18}$' then
    statement_number::numeric <> before_number::numeric + 1 and not (statement_number::numeric = 1 and extract(year from opening_date) > extract(year from before_date)) end, false)
from chained;

insert into work_settlement_entry (entry_number, source, file_id, line_number, account_key, counterparty_key, amount, entry_date, benefit_period, scheme_id, is_credit, entry_type, is_payer, currency, statement_number, end_to_end_id, entry_reference, entry_text)
select (r.file_id::bigint << 32) + r.line_number, s.source, r.file_id, r.line_number, r.account_key, r.counterparty_key, r.amount, r.entry_date, r.benefit_period, r.scheme_id, r.entry_kind = 'credit', r.entry_type,
  exists (select from payment_organisation o where o.source = s.source and o.payer_key = r.counterparty_key), r.currency, r.statement_number, r.end_to_end_id, r.entry_reference, r.entry_text
from settlement_statement s join public.account_statement_row r on r.file_id = s.file_id and r.account_key = s.account_key and r.statement_number = s.statement_number
where r.entry_kind in ('credit', 'debit') and r.entry_date <= :'as_of'::date;

select analyze_rows('work_settlement_entry');
