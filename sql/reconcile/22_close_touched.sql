-- What: one step further from the touched: whoever shares an account, a reference, a former id or a mandate with them, or may be the same person.
-- Reads: entitlement_line, payment_report, account_report, mandate_row, register_row (all rows), finding, person_pair, work_touched
-- Writes: work_touched
-- Repeat: until nothing is written
-- Rule: nothing that is known of a beneficiary outside the circle can change the result of one inside it, before or now; void files are looked through as well.
-- Why here: so that what is gathered next is all that the rules will ask for.

insert into work_touched (person_key, round)
with newest as (
  select person_key, round from work_touched where round = (select max(round) from work_touched)
), account as (
  select account_key from newest join public.entitlement_line using (person_key) where account_key is not null
  union select account_key from newest join public.payment_report using (person_key) where account_key is not null
  union select account_key from newest join public.account_report using (person_key)
), reference as (
  select reference_key from newest join public.payment_report using (person_key) where reference_key is not null
), reached as (
  select person_key from account join public.entitlement_line using (account_key)
  union select person_key from account join public.payment_report using (account_key)
  union select person_key from account join public.account_report using (account_key)
  union select p.person_key from reference join public.payment_report p using (reference_key)
  union select r.previous_key from newest join public.register_row r using (person_key) where r.previous_key is not null
  union select r.person_key from newest n join public.register_row r on r.previous_key = n.person_key
  union select m.payee_key from newest join public.mandate_row m using (person_key)
  union select m.person_key from newest n join public.mandate_row m on m.payee_key = n.person_key
  -- who may be one person under two ids: as published, and as scored now
  union select identifier_key(split_part(f.subject, '|', 2)) from newest join finding f using (person_key) where f.code = 'duplicate_person'
  union select f.person_key from newest n join finding f on identifier_key(split_part(f.subject, '|', 2)) = n.person_key where f.code = 'duplicate_person'
  union select p.other_key from newest join person_pair p using (person_key)
  union select p.person_key from newest n join person_pair p on p.other_key = n.person_key
)
select person_key, (select max(round) + 1 from work_touched)
from reached
where not exists (select from work_touched t where t.person_key = reached.person_key);
