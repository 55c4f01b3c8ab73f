-- What: the accounts that lists name for one beneficiary, and those that banks say are theirs, each as last reported.
-- Reads: entitlement_line, account_report, hashed_text, bank, source_file, through published_file
-- Gives: one row per bank × account, those on lists first, the newest report of each
-- Rule: D121: of an account that is somebody else's only its state is told, not whose
-- Parameters: person_key

with listed as (
  select l.creditor_agent, l.account_key, max(l.benefit_period) as benefit_period
  from entitlement_line l join published_file using (file_id)
  where l.person_key % 240 = :'person_key'::bigint % 240 and l.person_key = :'person_key'::bigint and l.account_key is not null group by 1, 2
), own as (
  select distinct on (a.creditor_agent, a.account_key) a.creditor_agent, a.account_key, a.account_status, a.opened_date, a.activated_date, a.closed_date, a.reported_date
  from account_report a join published_file using (file_id)
  where a.person_key % 240 = :'person_key'::bigint % 240 and a.person_key = :'person_key'::bigint
  order by a.creditor_agent, a.account_key, a.reported_date desc nulls last, a.file_id desc
)
select lpad(coalesce(l.creditor_agent, o.creditor_agent)::text, 6, '0') as creditor_agent, b.name as bank_name, coalesce(account_text(account_key), h.original) as account_number,
  l.account_key is not null as is_listed, o.account_key is not null as is_own, o.account_status::text as account_status, o.opened_date, o.activated_date, o.closed_date, o.reported_date
from listed l full join own o using (account_key)
left join hashed_text h on h.hash_key = account_key left join bank b on b.creditor_agent = coalesce(l.creditor_agent, o.creditor_agent)
where l.creditor_agent is null or o.creditor_agent is null or l.creditor_agent = o.creditor_agent
order by is_listed desc, l.benefit_period desc nulls last, account_number;
