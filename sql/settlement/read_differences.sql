-- What: what keeps an organisation's account from closing, the largest first; each with its payment or entry and the lines of files.
-- Reads: settlement_difference, scheme_code, source_file
-- Gives: at most row_limit rows; beneficiary_id null for an entry that no payment stands behind
-- Parameters: source, has_period (false: every month), benefit_period (null with has_period: no month stated), row_limit

select d.difference_number::text as number, d.source, s.scheme, to_char(d.benefit_period, 'FM0000"-"00') as benefit_period, d.currency, d.cause::text as cause, d.amount::text as amount, d.reported_amount::text as reported, d.booked_amount::text as booked,
  case when d.beneficiary_key >= 0 then coalesce(identifier_text(d.beneficiary_key), h.original) end as beneficiary_id, d.beneficiary_key::text as person_key, d.end_to_end_id, lpad(d.creditor_agent::text, 6, '0') as creditor_agent, d.entry_date::text as entry_date,
  (select jsonb_agg(jsonb_build_object('file_id', r ->> 'file_id', 'file_name', f.file_name, 'line', r ->> 'line') order by (r ->> 'file_id')::bigint, (r ->> 'line')::bigint)
    from jsonb_array_elements(d.source_rows) r join source_file f on f.file_id = (r ->> 'file_id')::bigint) as source_rows
from settlement_difference d left join scheme_code s using (scheme_id) left join hashed_text h on h.hash_key = d.beneficiary_key
where coalesce(d.source = :'source'::text, true) and (not :'has_period'::boolean or d.benefit_period is not distinct from :'benefit_period'::integer)
order by d.source collate "C", d.difference_number
limit :'row_limit'::integer;
