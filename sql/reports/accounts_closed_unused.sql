-- What: accounts that were closed before any payment reached them.
-- Reads: account_report, payment_report, published_clock, published_file
-- Gives: one row per unit of a month's beneficiaries, with how many of them had such an account
-- Rule: D103: the newest report of the account says closed, and no payment was credited to it by the day of the run
-- Parameters: benefit_period, unit_codes (null: everywhere), as_of

with closed as (
  select distinct on (a.creditor_agent, a.account_key) a.person_key, a.creditor_agent, a.account_key, a.account_status
  from account_report a join published_file using (file_id)
  where coalesce(a.reported_date <= :'as_of'::date, true)
    and a.account_key in (select account_key from account_report join published_file using (file_id) where account_status = 'closed')
  order by a.creditor_agent, a.account_key, a.reported_date desc nulls last, a.file_id desc, a.account_status desc, a.line_number
), used as (
  select distinct creditor_agent, account_key from payment_report join published_file using (file_id)
  where credited_date <= :'as_of'::date and account_key in (select account_key from closed)
)
select c.unit_code, count(distinct c.person_key)::text as people
from closed a
join published_clock c on c.person_key = a.person_key and c.benefit_period = :'benefit_period'::integer and c.is_first_of_month and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[]))
where a.account_status = 'closed' and not exists (select from used u where u.creditor_agent = a.creditor_agent and u.account_key = a.account_key)
group by c.unit_code
order by c.unit_code collate "C";
