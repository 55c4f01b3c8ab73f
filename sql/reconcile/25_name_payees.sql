-- What: the accounts through which payees may receive, for each beneficiary they have a mandate of.
-- Reads: mandate_row, account_report
-- Writes: work_payee_account (one row per beneficiary × account)
-- Rule: only what is beyond doubt: one mandate between the two, one active report of the account; the rest is worked out in full.
-- Why here: so that the screen finds a guardian's account under the beneficiary's own key.

insert into work_payee_account (person_key, creditor_agent, account_key, valid_from, valid_to)
with mandate as (
  select person_key, payee_key, min(valid_from) as valid_from, coalesce(min(valid_to), 'infinity') as valid_to
  from mandate_row join work_file using (file_id)
  group by person_key, payee_key having count(*) = 1
), account as (
  select r.person_key, r.creditor_agent, r.account_key
  from account_report r join work_file using (file_id)
  where r.person_key in (select payee_key from mandate)
  group by r.person_key, r.creditor_agent, r.account_key
  having max(r.account_status) = 'active' and bool_or(coalesce(r.reported_date <= :'as_of'::date, true))
)
select m.person_key, a.creditor_agent, a.account_key, m.valid_from, m.valid_to
from mandate m join account a on a.person_key = m.payee_key
-- as the facts lie, so that each slice of the screen finds its part
order by m.person_key % 240;

select brin_summarize_new_values('work_payee_account_bucket');

analyze work_payee_account;
