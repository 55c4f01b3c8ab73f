-- What: rule 5, household: a payment to an account that serves several beneficiaries.
-- Reads: work_candidate, work_payment, work_entitlement
-- Writes: work_match, work_entitlement.open_amount, work_unmatched (payments tried in vain: ambiguous_payment)
-- Repeat: until nothing is written
-- Rule: contract 3.5, D11: all their open dues there add up to it (each gets its own), or exactly one of them is open for exactly that.
-- Why in rounds: a payment waits until every earlier one that concerns any of its beneficiaries has been tried.

with waiting as (
  select c.person_key, c.payment_number, min(c.payment_number) over (partition by c.person_key) as next_number
  from work_candidate c join work_payment p using (payment_number)
  where not exists (select from work_match m where m.payment_number = c.payment_number) and not exists (select from work_unmatched u where u.payment_number = c.payment_number)
), turn as (
  select payment_number from waiting group by payment_number having bool_and(payment_number = next_number)
), within as (
  select p.payment_number, p.person_key as bucket_key, p.face_amount, p.is_taking, e.person_key, e.scheme_id, e.benefit_period, e.open_amount,
    sum(e.open_amount) over whole as open_total, count(*) filter (where e.open_amount = p.face_amount) over whole as exact_count
  from turn t join work_payment p using (payment_number) join work_candidate c using (payment_number)
  join work_entitlement e on e.person_key = c.person_key and e.currency = p.currency and e.open_amount > 0
    and coalesce(e.scheme_id = p.scheme_id, true) and coalesce(e.benefit_period = p.benefit_period, e.benefit_period <= p.until_period and (e.benefit_period >= e.start_period or p.until_period < e.start_period), true)
  window whole as (partition by p.payment_number)
), matched as (
  insert into work_match (person_key, payment_number, scheme_id, benefit_period, match_rule, allocated_amount, open_before_amount)
  select person_key, payment_number, scheme_id, benefit_period, 'household', case when is_taking then open_amount else 0 end, open_amount
  from within where open_total = face_amount or (exact_count = 1 and open_amount = face_amount)
  returning person_key, payment_number, scheme_id, benefit_period, allocated_amount
), tried as (
  insert into work_unmatched (person_key, payment_number, reason)
  select p.person_key, p.payment_number, 'ambiguous_payment'
  from turn t join work_payment p using (payment_number)
  where not exists (select from matched m where m.payment_number = p.payment_number)
  returning payment_number
), opened as (
  update work_entitlement e set open_amount = e.open_amount - m.allocated_amount
  from matched m where m.person_key = e.person_key and m.scheme_id = e.scheme_id and m.benefit_period = e.benefit_period
)
select payment_number from matched union select payment_number from tried;
