-- What: replaces the counts of the result, its bridge and how far coverage has come.
-- Reads: work_file_now, work_clean_count, work_clock_cell, work_clock_unit, work_access_count, work_outcome_count, work_bridge_cell, work_finding_change, finding, entitlement_clock, administrative_unit, exemption_row
-- Writes: clean_count, clock_cell, clock_unit, access_count, coverage_day, outcome_count, outcome_total, bridge_cell, finding_count, finding_total, finding_unit
-- Rule: as 99_publish, in the same transaction. No page counts people or findings.
-- Why last: what is counted is published.

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

-- cells that stayed as they were are not written again
delete from outcome_count c where not exists (
  select from work_outcome_count n where n.scheme_id = c.scheme_id and n.benefit_period = c.benefit_period and n.unit_code = c.unit_code and n.outcome_class = c.outcome_class and n.currency = c.currency
    and (n.entitlement_count, n.due_amount, n.credited_amount, n.to_due_amount, n.carried_in_amount) = (c.entitlement_count, c.due_amount, c.credited_amount, c.to_due_amount, c.carried_in_amount));
insert into outcome_count
select * from work_outcome_count n where not exists (
  select from outcome_count c where n.scheme_id = c.scheme_id and n.benefit_period = c.benefit_period and n.unit_code = c.unit_code and n.outcome_class = c.outcome_class and n.currency = c.currency);

delete from outcome_total;
insert into outcome_total (scheme_id, benefit_period, outcome_class, currency, entitlement_count, due_amount, credited_amount)
select scheme_id, benefit_period, outcome_class, currency, sum(entitlement_count), sum(due_amount), sum(credited_amount) from work_outcome_count group by 1, 2, 3, 4;

delete from bridge_cell;
insert into bridge_cell select * from work_bridge_cell;

-- the list's counts: in an increment the cells of what went and came are taken out and come back with their sums
delete from finding_count where not :'is_increment'::boolean;
with change as (
  select code, scheme_id, benefit_period, unit_code, currency, sum(sign) as finding_count, sum(sign * amount_at_stake) as amount_at_stake from work_finding_change group by 1, 2, 3, 4, 5
  union all
  select code, scheme_id, benefit_period, unit_code, currency, count(*), sum(amount_at_stake) from finding where not :'is_increment'::boolean group by 1, 2, 3, 4, 5
), apart as (
  delete from finding_count c using change n
  where :'is_increment'::boolean and n.code = c.code and n.currency = c.currency and coalesce(n.unit_code, '') = coalesce(c.unit_code, '') and coalesce(n.scheme_id, -1) = coalesce(c.scheme_id, -1) and coalesce(n.benefit_period, -1) = coalesce(c.benefit_period, -1)
  returning c.code, c.scheme_id, c.benefit_period, c.unit_code, c.currency, c.finding_count, c.amount_at_stake
)
insert into finding_count (code, scheme_id, benefit_period, unit_code, currency, finding_count, amount_at_stake)
select code, scheme_id, benefit_period, unit_code, currency, sum(finding_count), sum(amount_at_stake)
from (select * from apart union all select * from change) cell group by 1, 2, 3, 4, 5 having sum(finding_count) <> 0;

delete from finding_total;
insert into finding_total (code, scheme_id, benefit_period, currency, finding_count, amount_at_stake)
select code, scheme_id, benefit_period, currency, sum(finding_count), sum(amount_at_stake) from finding_count group by 1, 2, 3, 4;

delete from finding_unit;
insert into finding_unit (unit_code, name)
select f.unit_code, n.name
from (select distinct unit_code from finding_count where unit_code is not null) f
left join (select distinct on (unit_code) unit_code, name from administrative_unit order by unit_code, valid_from desc) n using (unit_code);
