-- What: a statement of a file that another sealed file holds and tells otherwise.
-- Reads: account_statement_row, source_file
-- Gives: at most one row: the number of the statement, the other file, the line on which it begins here
-- Rule: D182: of an entry its day, sides, amount and who is named count, not how it is worded. Two files that contradict each other are for a person to judge; which of them came first decides nothing
-- Parameters: file_id

with own as (
  select person_key, account_key, statement_number, min(line_number) as first_line, count(*) as row_count,
    sum(hashtextextended(concat_ws('|', entry_kind, entry_date, trim_scale(amount), currency, coalesce(entry_type, '-'), coalesce(end_to_end_id, '-'), coalesce(entry_reference, '-'), coalesce(counterparty_key::text, '-'), coalesce(scheme_id::text, '-'), coalesce(benefit_period::text, '-')), 0)::numeric) as content
  from account_statement_row where file_id = :'file_id'::integer group by person_key, account_key, statement_number
), other as (
  select r.person_key, r.account_key, r.statement_number, r.file_id, count(*) as row_count,
    sum(hashtextextended(concat_ws('|', r.entry_kind, r.entry_date, trim_scale(r.amount), r.currency, coalesce(r.entry_type, '-'), coalesce(r.end_to_end_id, '-'), coalesce(r.entry_reference, '-'), coalesce(r.counterparty_key::text, '-'), coalesce(r.scheme_id::text, '-'), coalesce(r.benefit_period::text, '-')), 0)::numeric) as content
  from account_statement_row r join source_file f on f.file_id = r.file_id join own n on n.person_key = r.person_key and n.account_key = r.account_key and n.statement_number = r.statement_number
  where f.status = 'sealed' and f.file_id <> :'file_id'::integer
  group by r.person_key, r.account_key, r.statement_number, r.file_id
)
select o.statement_number, e.file_id::text as other_file, o.first_line::text as line
from own o join other e on e.person_key = o.person_key and e.account_key = o.account_key and e.statement_number = o.statement_number
where (e.row_count, e.content) is distinct from (o.row_count, o.content)
order by o.first_line, e.file_id limit 1;
