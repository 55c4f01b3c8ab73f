-- What: the lines that lists and agents sent about one beneficiary, and what lists say of who it is.
-- Reads: entitlement_line, payment_report, matched_payment, source_file, through published_file
-- Gives: one row per line of a file, lists first, the newest file first, at most :'row_limit' of them; name to account_key are a list's own words, null for payments
-- Parameters: person_key, row_limit

with said as (
  select 1 as place, l.file_id::bigint as file_id, l.line_number, l.scheme_id, l.benefit_period, l.due_amount as amount, l.currency, l.list_status::text as said, l.component::text as component,
    l.beneficiary_name, l.birth_date, l.birth_year, l.unit_code, l.village, l.account_key
  from entitlement_line l join published_file using (file_id) where l.person_key = :'person_key'::bigint
  union all
  select 2, p.file_id, p.line_number, p.scheme_id, p.benefit_period, p.instructed_amount, p.currency, p.transaction_status::text, null, null, null, null, null, null, null
  from payment_report p join published_file using (file_id) where p.person_key = :'person_key'::bigint
  union all
  -- money that came by account or under another id
  select distinct 3, (r ->> 'file_id')::bigint, (r ->> 'line')::bigint, m.scheme_id, m.benefit_period, m.allocated_amount, s.currency, m.state, null, null, null::date, null::smallint, null, null, null::bigint
  from matched_payment m cross join lateral jsonb_array_elements(m.evidence -> 'source_rows') r left join scheme s using (scheme_id)
  where m.person_key = :'person_key'::bigint and m.match_rule in ('former_id_period', 'account', 'household')
)
select s.file_id::text as file_id, s.line_number::text as line, f.file_name, f.kind, c.scheme, to_char(s.benefit_period, 'FM0000"-"00') as benefit_period, s.amount::text as amount, coalesce(s.currency, 'VND') as currency, s.said, s.component,
  s.beneficiary_name, coalesce(extract(year from s.birth_date)::integer, s.birth_year::integer) as birth_year, s.unit_code, s.village, s.account_key::text as account_key
from said s join source_file f on f.file_id = s.file_id left join scheme_code c on c.scheme_id = s.scheme_id
order by least(s.place, 2), s.benefit_period desc nulls last, s.file_id desc, s.line_number
limit :'row_limit'::int;
