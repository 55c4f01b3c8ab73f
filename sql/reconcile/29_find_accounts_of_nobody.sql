-- What: whoever lists an account that a payment without id went to, holds it, or is represented by its holder.
-- Reads: payment_report, account_report, entitlement_line, mandate_row
-- Writes: work_shared (one row per beneficiary)
-- Rule: contract 3, rules 4 and 5: such a payment may be theirs.
-- Why here: it asks nothing of the screen and may go on beside it.

insert into work_shared (person_key)
with account_of_nobody as (
  select distinct account_key from payment_report join work_file using (file_id) where person_key < 0 and account_key is not null
), holder as (
  select distinct r.person_key from account_report r join work_file using (file_id) join account_of_nobody using (account_key)
)
select person_key from entitlement_line join work_file using (file_id) join account_of_nobody using (account_key)
union select person_key from holder
union select m.person_key from mandate_row m join work_file using (file_id) join holder h on h.person_key = m.payee_key;
