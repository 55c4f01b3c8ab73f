-- What: the beneficiaries to work out in full: those not plainly in order, and whoever shares a reference, an account or a former id with them.
-- Reads: work_screen, work_shared, payment_report, account_report, entitlement_line, mandate_row, register_row
-- Writes: work_subject (one row per beneficiary)
-- Rule: whatever can change a class, a match or a finding of a subject makes that other person a subject too, so the result is as if everybody were one.
-- Why here: the last step that looks at all rows; each later one joins work_subject.

analyze work_screen;

insert into work_subject (person_key)
select person_key from work_screen where outcome_class is null
union
select person_key from work_shared
union
select person_key from register_row join work_file using (file_id) where vital_status = 'dead'
union
select previous_key from register_row join work_file using (file_id) where vital_status = 'dead' and previous_key is not null;

-- accounts that payments without id went to: whoever lists one, holds it, or is represented by its holder
insert into work_subject (person_key)
with account_of_nobody as (
  select distinct account_key from payment_report join work_file using (file_id) where person_key < 0 and account_key is not null
), holder as (
  select distinct r.person_key from account_report r join work_file using (file_id) join account_of_nobody using (account_key)
)
select person_key from entitlement_line join work_file using (file_id) join account_of_nobody using (account_key)
union select person_key from holder
union select m.person_key from mandate_row m join work_file using (file_id) join holder h on h.person_key = m.payee_key
on conflict (person_key) do nothing;

analyze work_subject;

-- other ids of subjects
insert into work_subject (person_key)
select r.person_key from register_row r join work_file using (file_id) join work_subject s on s.person_key = r.previous_key
union select r.previous_key from register_row r join work_file using (file_id) join work_subject s using (person_key) where r.previous_key is not null
on conflict (person_key) do nothing;

-- holders of the accounts that subjects list or were paid to (they count where an account is shared), under each of their ids
insert into work_subject (person_key)
with account_of_subject as (
  select account_key from entitlement_line join work_file using (file_id) join work_subject using (person_key) where account_key is not null
  union select account_key from payment_report join work_file using (file_id) join work_subject using (person_key) where account_key is not null
), holder as (
  select distinct r.person_key from account_report r join work_file using (file_id) join account_of_subject using (account_key)
)
select person_key from holder
union select r.person_key from register_row r join work_file using (file_id) join holder h on h.person_key = r.previous_key
union select r.previous_key from register_row r join work_file using (file_id) join holder h using (person_key) where r.previous_key is not null
on conflict (person_key) do nothing;

analyze work_subject;
