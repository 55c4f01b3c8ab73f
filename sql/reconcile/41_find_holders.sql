-- What: the holders of the accounts that subjects list or were paid to (they count where an account is shared), under each of their ids.
-- Reads: work_subject, entitlement_line, payment_report, account_report, register_row
-- Writes: work_shared (one row per holder and id)
-- Slices: by account, so that two connections work at once
-- Rule: D15.
-- Why here: the subjects are known, but for these.

insert into work_shared (person_key)
with account_of_subject as (
  select account_key from entitlement_line join work_file using (file_id) join work_subject using (person_key) where abs(account_key % :'slice_count'::bigint) = :'slice'::bigint
  union select account_key from payment_report join work_file using (file_id) join work_subject using (person_key) where abs(account_key % :'slice_count'::bigint) = :'slice'::bigint
), holder as (
  select distinct r.person_key from account_report r join work_file using (file_id) join account_of_subject using (account_key)
)
select person_key from holder
union select r.person_key from register_row r join work_file using (file_id) join holder h on h.person_key = r.previous_key
union select r.previous_key from register_row r join work_file using (file_id) join holder h using (person_key) where r.previous_key is not null;
