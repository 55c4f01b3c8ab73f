-- What: beneficiaries whose money has waited long, or whose payee's mandate is about to end.
-- Reads: payment_report, withdrawal_report, mandate_row
-- Writes: work_shared (one row per beneficiary and reason)
-- Rule: as 36, for D35 and D36.
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
