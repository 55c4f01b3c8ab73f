-- What: the beneficiaries of a month who have no usable account and no valid exemption, by name.
-- Reads: published_clock, exemption_row, entitlement_line, published_file
-- Gives: at most row_limit rows, by village, name and person, after the place given
-- Rule: D101; named as the newest line of that month writes it
-- Parameters: benefit_period, unit_codes, as_of, after_village, after_name, after_key (null: from the start), row_limit

with without as materialized (
  select c.person_key, c.unit_code, coalesce(c.village, '') as village, c.account_state, c.payment_channel, c.needs
  from published_clock c
  where c.benefit_period = :'benefit_period'::integer and c.is_first_of_month and c.account_state <> 'usable' and c.unit_code = any (:'unit_codes'::text[])
    and not exists (select from exemption_row e join published_file f on f.file_id = e.file_id where e.person_key = c.person_key and :'as_of'::date between e.valid_from and e.valid_to)
), named as materialized (
  select distinct on (w.person_key) w.*, l.beneficiary_name, l.payee_name, l.birth_year
  from without w join entitlement_line l on l.person_key = w.person_key and l.benefit_period = :'benefit_period'::integer join published_file f on f.file_id = l.file_id
  order by w.person_key, l.list_date desc nulls last, l.file_id desc, l.line_number
)
select person_key::text as person_key, unit_code, nullif(village, '') as village, beneficiary_name, payee_name, birth_year, account_state, payment_channel, needs
from named
where :'after_key'::bigint is null or (village collate "C", beneficiary_name collate "C", person_key) > (:'after_village'::text collate "C", :'after_name'::text collate "C", :'after_key'::bigint)
order by village collate "C", beneficiary_name collate "C", person_key
limit :'row_limit'::integer;
