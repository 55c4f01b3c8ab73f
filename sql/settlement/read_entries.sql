-- What: the entries of an organisation's account by class, the newest first.
-- Reads: settlement_entry, scheme_code, source_file
-- Gives: at most row_limit rows; the account on the other side by its last four
-- Parameters: source, has_period (false: every month), benefit_period (null with has_period: no month stated), entry_class (null: all), row_limit

select e.settlement_class::text as class, e.rule, e.is_credit, e.amount::text as amount, e.currency, e.entry_date::text as entry_date, e.statement_number, s.scheme, to_char(e.benefit_period, 'FM0000"-"00') as benefit_period, e.payment_count::text as payment_count,
  e.end_to_end_id, e.entry_reference, right(coalesce(account_text(e.counterparty_key), h.original), 4) as counterparty, e.entry_text, e.file_id::text as file_id, f.file_name, e.line_number::text as line
from settlement_entry e left join scheme_code s using (scheme_id) left join hashed_text h on h.hash_key = e.counterparty_key join source_file f on f.file_id = e.file_id
where e.source = :'source'::text and coalesce(e.settlement_class = :'entry_class'::settlement_class, true) and (not :'has_period'::boolean or e.benefit_period is not distinct from :'benefit_period'::integer)
order by e.entry_date desc, e.file_id, e.line_number
limit :'row_limit'::integer;
