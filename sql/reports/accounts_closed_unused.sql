-- What: accounts that were closed before any payment reached them.
-- Reads: account_report, payment_report, published_clock, published_file
-- Gives: one row per unit of a month's beneficiaries, with how many of them had such an account
-- Rule: D103: the newest report of the account says closed, and no payment was credited to it by the day of the run
-- Why from the people on: whoever asks for a place finds its accounts by person, and each row of another's costs a look at whose it is (D142)
-- Parameters: benefit_period, unit_codes (null: everywhere), as_of

with people as materialized (
  select person_key, unit_code from published_clock
  where benefit_period = :'benefit_period'::integer and is_first_of_month and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
), ever_closed as materialized (
  select distinct a.creditor_agent, a.account_key
  from people p join account_report a using (person_key) join published_file using (file_id)
  where a.account_status = 'closed' and coalesce(a.reported_date <= :'as_of'::date, true)
), closed as materialized (
  select distinct on (a.creditor_agent, a.account_key) a.person_key, a.creditor_agent, a.account_key, a.account_status
  from ever_closed e join account_report a on a.account_key = e.account_key and a.creditor_agent = e.creditor_agent join published_file using (file_id)
  where coalesce(a.reported_date <= :'as_of'::date, true)
  order by a.creditor_agent, a.account_key, a.reported_date desc nulls last, a.file_id desc, a.account_status desc, a.line_number
), used as (
  select distinct p.creditor_agent, p.account_key
  from closed c join payment_report p on p.account_key = c.account_key and p.creditor_agent = c.creditor_agent join published_file using (file_id)
  where p.credited_date <= :'as_of'::date
)
select p.unit_code, count(distinct p.person_key)::text as people
from closed a join people p using (person_key)
where a.account_status = 'closed' and not exists (select from used u where u.creditor_agent = a.creditor_agent and u.account_key = a.account_key)
group by p.unit_code
order by p.unit_code collate "C";
