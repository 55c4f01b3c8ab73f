-- What: the statements of an organisation's accounts, in order, with what is missing between them.
-- Parameters: source

select s.statement_number, right(coalesce(account_text(s.account_key), h.original), 4) as account, s.opening_date::text as opening_date, s.closing_date::text as closing_date, s.currency, s.opening_amount::text as opening, s.closing_amount::text as closing,
  s.gap_amount::text as gap, s.is_number_missing, s.file_id::text as file_id, f.file_name
from settlement_statement s join source_file f on f.file_id = s.file_id left join hashed_text h on h.hash_key = s.account_key
where s.source = :'source'::text
order by s.account_key, s.opening_date, s.closing_date, length(s.statement_number), s.statement_number collate "C";
