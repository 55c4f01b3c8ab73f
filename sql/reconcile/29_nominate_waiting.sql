-- What: beneficiaries whose money has waited long, whose payee's mandate is about to end, or who hold an account under a former id.
-- Reads: payment_report, withdrawal_report, mandate_row, register_row, account_report
-- Writes: work_shared (one row per beneficiary and reason)
-- Rule: as 36, for D35, D36 and D100.
-- Why here: these rows stand in no order of persons.

-- not_withdrawn: reported without withdrawal, and credited long before
insert into work_shared (person_key)
with waiting as (
  select reference_key, max(least(reported_through_date, :'as_of'::date)) as seen_through_date
  from withdrawal_report join work_file using (file_id)
  where coalesce(first_withdrawal_date > :'as_of'::date, true)
  group by reference_key
)
select p.person_key
from payment_report p join work_file using (file_id) join waiting w using (reference_key)
where p.person_key >= 0 and p.credited_date + 30 <= w.seen_through_date;

-- mandate_expiring
insert into work_shared (person_key)
select person_key from mandate_row join work_file using (file_id)
where valid_to between :'as_of'::date and :'as_of'::date + 30;

-- an account under a former id is the beneficiary's own
insert into work_shared (person_key)
with former as materialized (
  select person_key, previous_key from register_row join work_file using (file_id) where previous_key is not null
)
select f.person_key
from former f join account_report a on a.person_key = f.previous_key join work_file g on g.file_id = a.file_id;
