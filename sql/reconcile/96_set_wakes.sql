-- What: for every subject the days still to come on which the clock alone may change its result.
-- Reads: work_subject, work_outcome, work_match, work_payment, payment_report, account_report, register_row, withdrawal_report, work_file
-- Writes: work_wake (several rows per subject)
-- Rule: rather too early than too late: who is woken is worked out from scratch.
-- Why here: the next increment asks for it, so that a day that passes costs only those for whom it matters.

insert into work_wake (person_key, wakes_on)
with dated as (
  -- not due yet; on the way; not collected
  select person_key, late_after_date + 1 as wakes_on from work_outcome where outcome_class = 'not_due'
  union all
  select m.person_key, coalesce(p.instructed_date, :'as_of'::date) + s.settlement_days + 1 from work_match m join work_payment p using (payment_number) join work_scheme s on s.scheme_id = m.scheme_id where p.state = 'on_the_way'
  union all
  select o.person_key, coalesce(o.not_collected_date, o.late_after_date) + s.collection_days + 1 from work_outcome o join work_scheme s using (scheme_id) where o.outcome_class = 'not_collected'
  union all
  -- what files say of days to come
  select person_key, (day at time zone :'time_zone'::text)::date from payment_report join work_file using (file_id) cross join lateral (values (instructed_at), (credited_at), (returned_at)) said (day)
  union all
  select person_key, reported_date from account_report join work_file using (file_id)
  union all
  select person_key, day from register_row join work_file using (file_id) cross join lateral (values (verified_date), (death_date)) said (day)
  union all
  select p.person_key, day from withdrawal_report w join work_file f on f.file_id = w.file_id join payment_report p using (reference_key) join work_file g on g.file_id = p.file_id cross join lateral (values (w.first_withdrawal_date), (w.reported_through_date)) said (day)
  union all
  select p.person_key, day from withdrawal_report w join work_file f on f.file_id = w.file_id join payment_report p using (account_key) join work_file g on g.file_id = p.file_id cross join lateral (values (w.first_withdrawal_date), (w.reported_through_date)) said (day) where w.reference_key is null
  union all
  -- a payment without any day is looked at as of the day of the run
  select person_key, :'as_of'::date + 1 from payment_report join work_file using (file_id) where instructed_at is null and credited_at is null
)
select person_key, min(wakes_on) from dated where wakes_on > :'as_of'::date group by person_key;
