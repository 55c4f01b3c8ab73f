-- What: replaces what is published about the beneficiaries this run has worked out (in a full run: everything).
-- Reads: work_touched, work_file_now, work_subject, work_wake, work_outcome, work_ready_match, work_unmatched, work_payment, work_ready_finding, finding_type
-- Writes: published_file, subject, entitlement_clock, outcome, matched_payment, unmatched_payment, finding, work_finding_change, person_pair_change
-- Rule: readers see the old result or the new one: this is part of the one transaction of the run. An increment looks at every month of whom it touches, and few of them change: what stayed as it was is not written again (D200).
-- Why last: the checks have found nothing wrong.

-- only what changed is written: after years there are many files, and few of them are new
delete from published_file p where not exists (select from work_file_now n where n.file_id = p.file_id);
insert into published_file select file_id from work_file_now n where not exists (select from published_file p where p.file_id = n.file_id);

-- below, everywhere: in a full run all goes; in an increment what is not among the new or says something else goes, and then what is not there comes
delete from subject where not :'is_increment'::boolean;
with new as materialized (
  select person_key, w.wakes_on from work_subject left join work_wake w using (person_key) where :'is_increment'::boolean
)
delete from subject s using work_touched t
where :'is_increment'::boolean and t.person_key = s.person_key and not exists (select from new n where n.person_key = s.person_key and n.wakes_on is not distinct from s.wakes_on);
with standing as materialized (
  select person_key from subject where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
)
insert into subject (person_key, wakes_on)
select person_key, w.wakes_on from work_subject left join work_wake w using (person_key) where not exists (select from standing s where s.person_key = work_subject.person_key)
union all
-- payments that name nobody wake too
select person_key, wakes_on from work_wake where person_key < 0;

-- a full run has filled the other half of the clocks, which its row of run names
delete from entitlement_clock c using work_touched t
where :'is_increment'::boolean and c.slot = :'published_slot'::smallint and t.person_key = c.person_key and not exists (
  select from entitlement_clock n where n.slot = 2 and n.person_key = c.person_key and n.scheme_id = c.scheme_id and n.benefit_period = c.benefit_period
    and (n.due_date, n.credited_date, n.creditor_agent, n.due_to_instructed_days, n.instructed_to_credited_days, n.credited_to_withdrawable_days, n.days, n.distance_band, n.age_band, n.missing_fields, n.outcome_class, n.cash_event, n.account_state, n.payment_channel, n.payee_type, n.sex, n.has_card, n.is_paid, n.is_first_of_month, n.due_amount, n.unit_code, n.village, n.electricity, n.signal, n.needs)
      is not distinct from (c.due_date, c.credited_date, c.creditor_agent, c.due_to_instructed_days, c.instructed_to_credited_days, c.credited_to_withdrawable_days, c.days, c.distance_band, c.age_band, c.missing_fields, c.outcome_class, c.cash_event, c.account_state, c.payment_channel, c.payee_type, c.sex, c.has_card, c.is_paid, c.is_first_of_month, c.due_amount, c.unit_code, c.village, c.electricity, c.signal, c.needs));
insert into entitlement_clock (person_key, slot, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs)
select person_key, :'published_slot'::smallint, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs
from entitlement_clock n
where :'is_increment'::boolean and slot = 2 and not exists (
  select from entitlement_clock c where c.slot = :'published_slot'::smallint and c.person_key = n.person_key and c.scheme_id = n.scheme_id and c.benefit_period = n.benefit_period);

delete from outcome where not :'is_increment'::boolean;
with new as materialized (
  select * from work_outcome where :'is_increment'::boolean
)
delete from outcome o using work_touched t
where :'is_increment'::boolean and t.person_key = o.person_key and not exists (
  select from new n where n.person_key = o.person_key and n.scheme_id = o.scheme_id and n.benefit_period = o.benefit_period
    and (n.due_date, n.late_after_date, n.outcome_class, n.due_amount, n.credited_amount, n.on_the_way_amount, n.currency, n.unit_code, n.carried_in_amount)
      is not distinct from (o.due_date, o.late_after_date, o.outcome_class, o.due_amount, o.credited_amount, o.on_the_way_amount, o.currency, o.unit_code, o.carried_in_amount));
with standing as materialized (
  select person_key, scheme_id, benefit_period from outcome where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
)
insert into outcome (person_key, run_id, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code, carried_in_amount)
select person_key, :'run_id'::bigint, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code, carried_in_amount
from work_outcome n
where not exists (select from standing s where s.person_key = n.person_key and s.scheme_id = n.scheme_id and s.benefit_period = n.benefit_period);

delete from matched_payment where not :'is_increment'::boolean;
with new as materialized (
  select * from work_ready_match where :'is_increment'::boolean
)
delete from matched_payment m using work_touched t
where :'is_increment'::boolean and t.person_key = m.person_key and not exists (
  select from new n where n.person_key = m.person_key and n.payment_name = m.payment_name and n.scheme_id = m.scheme_id and n.benefit_period = m.benefit_period
    and (n.match_rule, n.allocated_amount, n.evidence, n.state, n.creditor_agent, n.account_key, n.instructed_date, n.credited_date, n.returned_date)
      is not distinct from (m.match_rule, m.allocated_amount, m.evidence, m.state, m.creditor_agent, m.account_key, m.instructed_date, m.credited_date, m.returned_date));
with standing as materialized (
  select person_key, scheme_id, benefit_period, payment_name from matched_payment where :'is_increment'::boolean and person_key = any (array(select person_key from work_touched))
)
insert into matched_payment
select n.* from work_ready_match n
where not exists (select from standing s where s.person_key = n.person_key and s.payment_name = n.payment_name and s.scheme_id = n.scheme_id and s.benefit_period = n.benefit_period);

delete from unmatched_payment u where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = u.person_key);
insert into unmatched_payment (person_key, payment_name, reason, scheme_id, benefit_period, currency, net_amount)
select p.person_key, p.payment_name, u.reason, p.scheme_id, p.benefit_period, p.currency, p.net_amount
from work_unmatched u join work_payment p using (payment_number);

-- findings about an account stand under a key made of it (never null here: union all of what is gathered); those about files are told anew every time
delete from finding where not :'is_increment'::boolean;
with new as materialized (
  select * from work_ready_finding where :'is_increment'::boolean
), told as materialized (
  select person_key, null as code from work_touched
  union
  select -1 - account_key, 'shared_account' from (select account_key from entitlement_line union all select account_key from payment_report union all select account_key from account_report) account
  union
  select person_key, code from finding join finding_type using (code) where finding_type.subject = 'file'
), gone as (
  delete from finding f using told t
  where :'is_increment'::boolean and t.person_key = f.person_key and coalesce(t.code = f.code, true) and not exists (
    select from new n where n.person_key = f.person_key and n.finding_id = f.finding_id
      and (n.amount_at_stake, n.currency, n.unit_code, n.evidence, n.source_rows) is not distinct from (f.amount_at_stake, f.currency, f.unit_code, f.evidence, f.source_rows))
  returning f.person_key, f.finding_id, f.code, f.scheme_id, f.benefit_period, f.unit_code, f.currency, f.amount_at_stake
)
insert into work_finding_change (person_key, finding_id, code, scheme_id, benefit_period, unit_code, currency, amount_at_stake, sign)
select *, -1 from gone;
with standing as materialized (
  select person_key, finding_id from finding where :'is_increment'::boolean and person_key = any (array(select person_key from work_ready_finding))
), come as (
  insert into finding (person_key, run_id, finding_id, code, severity_rank, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
  select r.person_key, r.run_id, r.finding_id, r.code, 5 - position(left(t.severity, 1) in 'hmli'), r.scheme_id, r.benefit_period, r.subject, r.amount_at_stake, r.currency, r.unit_code, r.evidence, r.source_rows
  from work_ready_finding r join finding_type t using (code)
  where not exists (select from standing s where s.person_key = r.person_key and s.finding_id = r.finding_id)
  returning person_key, finding_id, code, scheme_id, benefit_period, unit_code, currency, amount_at_stake
)
insert into work_finding_change (person_key, finding_id, code, scheme_id, benefit_period, unit_code, currency, amount_at_stake, sign)
select *, 1 from come where :'is_increment'::boolean;
select analyze_rows('work_finding_change');

delete from person_pair_change c where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = c.person_key);
