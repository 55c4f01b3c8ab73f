-- What: what stands reported of every account that a subject's money may go to or went to.
-- Reads: account_report, work_line, work_payment, work_alias, work_mandate
-- Writes: work_account (one row per agent × account)
-- Slices: by account, so that two connections work at once
-- Rule: D14.
-- Why here: lines, payments and payees are known.

insert into work_account (account_key, creditor_agent, holder_key, account_status, file_id, line_number)
with concerned as (
  select account_key from work_line where account_key is not null
  union select account_key from work_payment where account_key is not null
  union select r.account_key from account_report r join work_file using (file_id) join work_alias a on a.alias_key = r.person_key
  union select r.account_key from account_report r join work_file using (file_id) join work_mandate m on m.payee_key = r.person_key
), in_file as (
  select distinct on (r.creditor_agent, r.account_key, r.file_id) r.*
  from account_report r join work_file using (file_id) join concerned using (account_key)
  where abs(r.account_key % :'slice_count'::bigint) = :'slice'::bigint and coalesce(r.reported_date <= :'as_of'::date, true)
  order by r.creditor_agent, r.account_key, r.file_id, r.reported_date desc nulls last, r.account_status desc, r.person_key, r.activated_date, r.card_issued_date, r.closed_date, r.line_number
), dated as (
  select *, max(file_id) filter (where reported_date is null) over (partition by creditor_agent, account_key) as last_undated_file from in_file
)
select distinct on (creditor_agent, account_key) account_key, creditor_agent, person_key, account_status, file_id, line_number
from dated where file_id >= coalesce(last_undated_file, 0)
order by creditor_agent, account_key, reported_date desc nulls last, file_id desc;

select analyze_rows('work_account');
