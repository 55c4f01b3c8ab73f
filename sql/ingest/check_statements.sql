-- What: the first statement of a file that does not hold: a balance missing, one that is not reached, or one that the next statement does not begin with.
-- Reads: account_statement_row
-- Gives: at most one row: fault (balances, balance, chain or currency), account and number of the statement, the line to look at, what was stated and what was reached
-- Rule: promise R7: opening balance + entries = closing balance; a statement begins where the one numbered before it ended
-- Parameters: file_id

with statement as (
  select account_key, statement_number, currency,
    count(*) filter (where entry_kind = 'opening') as openings, count(*) filter (where entry_kind = 'closing') as closings,
    min(entry_date) filter (where entry_kind = 'opening') as opening_date, min(entry_date) filter (where entry_kind = 'closing') as closing_date,
    sum(amount) filter (where entry_kind = 'opening') as opening_amount, sum(amount) filter (where entry_kind = 'closing') as closing_amount,
    coalesce(sum(case entry_kind when 'credit' then amount when 'debit' then -amount end), 0) as moved_amount,
    min(line_number) as first_line, min(line_number) filter (where entry_kind = 'closing') as closing_line
  from account_statement_row where file_id = :'file_id'::integer group by account_key, statement_number, currency
), chained as (
  select *, count(*) over (partition by account_key, statement_number) as currencies,
    lag(closing_amount) over chain as before_amount, lag(statement_number) over chain as before_number
  from statement
  window chain as (partition by account_key, currency order by opening_date, closing_date, length(statement_number), statement_number collate "C")
), judged as (
  select *, case
      when currencies > 1 then 'currency'
      when openings <> 1 or closings <> 1 then 'balances'
      when opening_amount + moved_amount <> closing_amount then 'balance'
      when before_amount <> opening_amount and statement_number ~ '^[0-9]{1,18}$' and before_number ~ '^[0-9]{1,18}$' and statement_number::numeric = before_number::numeric + 1 then 'chain'
    end as fault
  from chained
)
select fault, statement_number, coalesce(closing_line, first_line)::text as line,
  case fault when 'chain' then before_amount else closing_amount end::text as stated, case fault when 'chain' then opening_amount else opening_amount + moved_amount end::text as reached
from judged where fault is not null order by first_line limit 1;
