-- What: who the organisations are, and from when to when their accounts are stated.
-- Reads: settlement_cell, settlement_statement, payment_organisation
-- Gives: one row per organisation and currency that has a cell; accounts masked to their last four; opening and closing balance of all its accounts, null without a statement
-- Order: organisation, currency

with statement as (
  select source, currency, count(*) as statement_count, min(opening_date) as first_date, max(closing_date) as last_date, count(*) filter (where gap_amount <> 0 or is_number_missing) as gap_count
  from settlement_statement group by source, currency
), ends as (
  select source, currency, sum(opening_amount) as opening_amount
  from (select distinct on (source, account_key, currency) source, currency, opening_amount from settlement_statement order by source, account_key, currency, opening_date, closing_date, length(statement_number), statement_number collate "C") first
  group by source, currency
), known as (
  select o.source, min(o.name) as name, string_agg(distinct right(coalesce(account_text(o.account_key), h.original), 4), ', ') as accounts
  from payment_organisation o left join hashed_text h on h.hash_key = o.account_key group by o.source
)
select c.source, k.name, k.accounts, c.currency, s.statement_count::text as statement_count, s.first_date::text as first_date, s.last_date::text as last_date, s.gap_count::text as gap_count, e.opening_amount::text as opening
from (select distinct source, currency from settlement_cell) c left join statement s on s.source = c.source and s.currency = c.currency left join ends e on e.source = c.source and e.currency = c.currency left join known k on k.source = c.source
order by c.source collate "C", c.currency;
