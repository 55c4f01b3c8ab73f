-- What: replaces what is published about the beneficiaries this run has worked out (in a full run: everything), and the counts and the bridge.
-- Reads: work_touched, work_file_now, work_subject, work_wake, work_clean_count, work_clock_cell, work_clock_unit, work_access_count, work_outcome_count, work_bridge_cell, work_outcome, work_ready_match, work_unmatched, work_payment, work_ready_finding, finding_type, administrative_unit, exemption_row
-- Writes: published_file, subject, clean_count, clock_cell, clock_unit, access_count, coverage_day, entitlement_clock, outcome_count, outcome_total, bridge_cell, outcome, matched_payment, unmatched_payment, finding, finding_count, finding_total, finding_unit, person_pair_change
-- Rule: readers see the old result or the new one: this is the one transaction of the run.
-- Why last: the checks have found nothing wrong.

-- only what changed is written: after years there are many files, and few of them are new
delete from published_file p where not exists (select from work_file_now n where n.file_id = p.file_id);
insert into published_file select file_id from work_file_now n where not exists (select from published_file p where p.file_id = n.file_id);

delete from subject s where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = s.person_key);
insert into subject (person_key, wakes_on)
select person_key, w.wakes_on from work_subject left join work_wake w using (person_key)
union all
-- payments that name nobody wake too
select person_key, wakes_on from work_wake where person_key < 0;

-- rows of clean_count and of the counts of clocks add up: an increment appends the difference, and every so often (D191) they are added up, or they would grow for good
delete from clean_count where not :'is_increment'::boolean;
insert into clean_count (scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount)
select scheme_id, benefit_period, unit_code, outcome_class, currency, sum(entitlement_count), sum(due_amount)
from work_clean_count group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0 or sum(due_amount) <> 0;

delete from clock_cell where not :'is_increment'::boolean;
insert into clock_cell select * from work_clock_cell;

delete from clock_unit where not :'is_increment'::boolean;
insert into clock_unit select * from work_clock_unit;

delete from access_count where not :'is_increment'::boolean;
insert into access_count select * from work_access_count;

with apart as (delete from clean_count where :'is_settling'::boolean returning *)
insert into clean_count (scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount)
select scheme_id, benefit_period, unit_code, outcome_class, currency, sum(entitlement_count), sum(due_amount)
from apart group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0;

with apart as (delete from clock_cell where :'is_settling'::boolean returning *)
insert into clock_cell (scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days, entitlement_count, instructed_count, due_to_instructed_days, transferred_count,
  instructed_to_credited_days, activated_count, credited_to_withdrawable_days)
select scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days, sum(entitlement_count), sum(instructed_count), sum(due_to_instructed_days), sum(transferred_count),
  sum(instructed_to_credited_days), sum(activated_count), sum(credited_to_withdrawable_days)
from apart group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 having sum(entitlement_count) <> 0;

with apart as (delete from clock_unit where :'is_settling'::boolean returning *)
insert into clock_unit (scheme_id, benefit_period, unit_code, cash_event, days, entitlement_count, instructed_count, due_to_instructed_days, transferred_count, instructed_to_credited_days, activated_count, credited_to_withdrawable_days)
select scheme_id, benefit_period, unit_code, cash_event, days, sum(entitlement_count), sum(instructed_count), sum(due_to_instructed_days), sum(transferred_count), sum(instructed_to_credited_days), sum(activated_count), sum(credited_to_withdrawable_days)
from apart group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0;

with apart as (delete from access_count where :'is_settling'::boolean returning *)
insert into access_count (scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields, entitlement_count)
select scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields, sum(entitlement_count)
from apart group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(entitlement_count) <> 0;

-- a full run has filled the other half of the clocks, which its row of run names
delete from entitlement_clock c where c.slot = :'published_slot'::smallint and :'is_increment'::boolean and exists (select from work_touched t where t.person_key = c.person_key);
insert into entitlement_clock (person_key, slot, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs)
select person_key, :'published_slot'::smallint, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs
from entitlement_clock where slot = 2 and :'is_increment'::boolean;

-- how far coverage has come by this day
delete from coverage_day where as_of = :'as_of'::date;
insert into coverage_day (as_of, benefit_period, scheme_id, unit_code, active_count, exempt_count, usable_count)
with month as (
  select max(benefit_period) as benefit_period from access_count where benefit_period <= to_char(:'as_of'::date, 'YYYYMM')::integer
), exempt as (
  select c.scheme_id, c.unit_code, c.is_first_of_month, count(*) as exempt_count
  from entitlement_clock c join (
    select distinct person_key from exemption_row join work_file_now using (file_id) where :'as_of'::date between valid_from and valid_to
  ) e using (person_key) join month using (benefit_period)
  where c.slot = :'result_slot'::smallint and c.account_state <> 'usable' group by 1, 2, 3
), counted as (
  select benefit_period, scheme_id, unit_code, is_first_of_month, sum(entitlement_count) as active_count, coalesce(sum(entitlement_count) filter (where account_state = 'usable'), 0) as usable_count
  from access_count join month using (benefit_period) group by 1, 2, 3, 4
), joined as (
  select c.*, coalesce(e.exempt_count, 0) as exempt_count
  from counted c left join exempt e on e.scheme_id = c.scheme_id and e.unit_code = c.unit_code and e.is_first_of_month = c.is_first_of_month
)
select :'as_of'::date, benefit_period, scheme_id, unit_code, sum(active_count), sum(exempt_count), sum(usable_count) from joined group by 2, 3, 4 having sum(active_count) <> 0
union all
select :'as_of'::date, benefit_period, null, unit_code, sum(active_count), sum(exempt_count), sum(usable_count) from joined where is_first_of_month group by 2, 4 having sum(active_count) <> 0;

delete from outcome_count;
insert into outcome_count select * from work_outcome_count;

delete from outcome_total;
insert into outcome_total (scheme_id, benefit_period, outcome_class, currency, entitlement_count, due_amount, credited_amount)
select scheme_id, benefit_period, outcome_class, currency, sum(entitlement_count), sum(due_amount), sum(credited_amount) from work_outcome_count group by 1, 2, 3, 4;

delete from bridge_cell;
insert into bridge_cell select * from work_bridge_cell;

delete from outcome o where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = o.person_key);
insert into outcome (person_key, run_id, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code, carried_in_amount)
select person_key, :'run_id'::bigint, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code, carried_in_amount
from work_outcome;

delete from matched_payment m where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = m.person_key);
insert into matched_payment select * from work_ready_match;

delete from unmatched_payment u where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = u.person_key);
insert into unmatched_payment (person_key, payment_name, reason, scheme_id, benefit_period, currency, net_amount)
select p.person_key, p.payment_name, u.reason, p.scheme_id, p.benefit_period, p.currency, p.net_amount
from work_unmatched u join work_payment p using (payment_number);

-- findings about an account stand under a key made of it (never null here: union all of what is gathered); those about files are told anew every time
with account as materialized (
  select account_key from entitlement_line union all select account_key from payment_report union all select account_key from account_report
)
delete from finding f
where not :'is_increment'::boolean
  or exists (select from work_touched t where t.person_key = f.person_key)
  or code = 'shared_account' and -1 - f.person_key in (select account_key from account)
  or code in (select code from finding_type where subject = 'file');
insert into finding (person_key, run_id, finding_id, code, severity_rank, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
select f.person_key, f.run_id, f.finding_id, f.code, 5 - position(left(t.severity, 1) in 'hmli'), f.scheme_id, f.benefit_period, f.subject, f.amount_at_stake, f.currency, f.unit_code, f.evidence, f.source_rows
from work_ready_finding f join finding_type t using (code);

-- the list's counts, so that no page counts findings
delete from finding_count;
insert into finding_count (code, scheme_id, benefit_period, unit_code, currency, finding_count, amount_at_stake)
select code, scheme_id, benefit_period, unit_code, currency, count(*), sum(amount_at_stake) from finding group by 1, 2, 3, 4, 5;

delete from finding_total;
insert into finding_total (code, scheme_id, benefit_period, currency, finding_count, amount_at_stake)
select code, scheme_id, benefit_period, currency, sum(finding_count), sum(amount_at_stake) from finding_count group by 1, 2, 3, 4;

delete from finding_unit;
insert into finding_unit (unit_code, name)
select f.unit_code, n.name
from (select distinct unit_code from finding_count where unit_code is not null) f
left join (select distinct on (unit_code) unit_code, name from administrative_unit order by unit_code, valid_from desc) n using (unit_code);

delete from person_pair_change c where not :'is_increment'::boolean or exists (select from work_touched t where t.person_key = c.person_key);
