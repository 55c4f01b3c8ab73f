-- What: the accounts through which payees may receive, for each beneficiary they have a mandate of.
-- Reads: mandate_row, account_report
-- Writes: work_payee_account (one row per beneficiary × account), work_shared (beneficiaries of whose payees' accounts there is more to say)
-- Rule: only what is beyond doubt: one mandate between the two, every report of the account alike and active; the rest is worked out in full.
-- Why here: so that the screen finds a guardian's account under the beneficiary's own key.

insert into work_payee_account (person_key, creditor_agent, account_key, valid_from, valid_to, payee_key, activated_date, reported_date, has_card)
with mandate as (
  select person_key, payee_key, min(valid_from) as valid_from, coalesce(min(valid_to), 'infinity') as valid_to
  from mandate_row join work_file using (file_id)
  group by person_key, payee_key having count(*) = 1
), account as (
  select r.person_key, r.creditor_agent, r.account_key, min(r.activated_date) as activated_date, min(r.reported_date) as reported_date, bool_or(r.card_issued_date is not null) as has_card
  from account_report r join work_file using (file_id)
  where r.person_key in (select payee_key from mandate)
  group by r.person_key, r.creditor_agent, r.account_key
  having max(r.account_status) = 'active' and bool_and(coalesce(r.reported_date <= :'as_of'::date, true)) and count(r.activated_date) in (0, count(*)) and coalesce(min(r.activated_date) = max(r.activated_date), true) and count(r.card_issued_date) in (0, count(*))
)
select m.person_key, a.creditor_agent, a.account_key, m.valid_from, m.valid_to, a.person_key, a.activated_date, a.reported_date, a.has_card
from mandate m join account a on a.person_key = m.payee_key
-- as the facts lie, so that each slice of the screen finds its part
order by m.person_key % 240;

select summarise_rows('work_payee_account');

select analyze_rows('work_payee_account');

insert into work_shared (person_key)
with payee as (
  select person_key, payee_key, count(*) as mandate_count from mandate_row join work_file using (file_id) group by person_key, payee_key
)
select p.person_key
from payee p join account_report r on r.person_key = p.payee_key join work_file f on f.file_id = r.file_id
where p.mandate_count > 1
  or not exists (select from work_payee_account y where y.person_key = p.person_key and y.creditor_agent = r.creditor_agent and y.account_key = r.account_key);
