-- What: whom a mobile team should see in some units, why, and what it should know before it knocks.
-- Reads: finding, published_clock, access_count, entitlement_line, mandate_row, outreach_result_row, exemption_row, through published_file; the last two from all sealed files
-- Gives: one row per beneficiary; reasons: per kind of finding how many months, the newest month and what is at stake in them; names as the newest list has them; payee_name null where nobody receives for the person
-- Rule: the reasons are published findings about the person; and in the newest month of lists up to the day, or a later one, who can use no account at all, unless exempt or found so already (no_account: none is reported; account_inactive: none was activated; account_lost: one was once).
--    What a person is entitled for is not told: a category may name an illness.
-- Parameters: unit_codes, codes (of findings), as_of (the run's day), today (visits after it are unseen)

with exempted as (
  select e.person_key, max(e.valid_to) as exempt_until
  from exemption_row e join source_file f using (file_id)
  where f.status = 'sealed' and :'as_of'::date between e.valid_from and e.valid_to
  group by e.person_key
), newest as (
  select benefit_period from access_count
  where unit_code = any (:'unit_codes'::text[]) and benefit_period <= extract(year from :'as_of'::date) * 100 + extract(month from :'as_of'::date)
  group by benefit_period having sum(entitlement_count) > 0 order by benefit_period desc limit 1
), found as (
  select f.person_key, min(f.unit_code) as unit_code, f.code, f.currency, count(distinct f.benefit_period) as month_count, max(f.benefit_period) as last_period, sum(f.amount_at_stake) as amount
  from finding f
  where f.unit_code = any (:'unit_codes'::text[]) and f.code = any (:'codes'::text[]) and f.person_key between 0 and 1000999999999
  group by f.person_key, f.code, f.currency
), without as (
  select distinct on (c.person_key) c.person_key, c.unit_code, case c.account_state when 'none' then 'no_account' when 'opened' then 'account_inactive' else 'account_lost' end as code, c.benefit_period
  from published_clock c left join exempted e using (person_key)
  where c.unit_code = any (:'unit_codes'::text[]) and c.benefit_period >= (select benefit_period from newest) and c.is_first_of_month and c.account_state <> 'usable' and c.person_key between 0 and 1000999999999
    and e.person_key is null and c.person_key not in (select person_key from found where code in ('unpaid_no_account', 'account_not_usable'))
  order by c.person_key, c.benefit_period desc
), reason as (
  select * from found
  union all
  select person_key, unit_code, code, null, 1, benefit_period, 0 from without
), person as (
  select person_key, min(unit_code) as unit_code, jsonb_agg(jsonb_build_object('code', code, 'months', month_count, 'last_period', to_char(last_period, 'FM0000"-"00'), 'amount', amount::text, 'currency', currency) order by array_position(:'codes'::text[], code), currency) as reasons
  from reason group by person_key
), listed as (
  select distinct on (l.person_key) l.person_key, l.beneficiary_name, l.village, l.payee_name, l.needs
  from person join entitlement_line l using (person_key) join published_file using (file_id)
  order by l.person_key, l.benefit_period desc, (l.list_status = 'active') desc, l.file_id desc, (l.needs is not null) desc, l.line_number
), mandated as (
  select distinct on (m.person_key) m.person_key, m.payee_name, m.valid_to
  from person join mandate_row m using (person_key) join published_file using (file_id)
  where m.valid_from <= :'as_of'::date
  order by m.person_key, m.valid_to desc nulls first, m.file_id desc, m.line_number desc
), visited as (
  select distinct on (v.person_key) v.person_key, v.visited_date, v.result, v.team
  from person join outreach_result_row v using (person_key) join source_file f using (file_id)
  where f.status = 'sealed' and v.visited_date <= :'today'::date
  order by v.person_key, v.visited_date desc, v.file_id desc, v.line_number desc
)
select p.person_key::text as person_key, identifier_text(p.person_key) as beneficiary_id, p.unit_code, p.reasons, l.beneficiary_name, l.village, l.needs, coalesce(l.payee_name, m.payee_name) as payee_name, m.valid_to as mandate_until,
  v.visited_date, v.result::text as result, v.team, e.exempt_until
from person p left join listed l using (person_key) left join mandated m using (person_key) left join visited v using (person_key) left join exempted e using (person_key)
order by p.unit_code collate "C", p.person_key;
