-- What: the beneficiaries whom new or void files name, and those whose result the clock may have moved since the published day.
-- Reads: entitlement_line, payment_report, account_report, withdrawal_report, mandate_row, register_row (all rows, not only gathered ones), work_term, work_scheme, standard_rate_row, subject, correction_offset, correction_candidate
-- Writes: work_touched (one row per beneficiary or bucket of payments that name nobody)
-- Rule: rather too many than too few: whoever is touched is worked out from scratch, so one too many costs time and nothing else.
-- Why here: an increment begins with what changed; a full run does without.

insert into work_touched (person_key, round)
select person_key, 0 from public.entitlement_line where file_id = any (:'changed_files'::integer[])
union select person_key, 0 from public.payment_report where file_id = any (:'changed_files'::integer[])
union select person_key, 0 from public.account_report where file_id = any (:'changed_files'::integer[])
union select person_key, 0 from public.mandate_row where file_id = any (:'changed_files'::integer[])
union select payee_key, 0 from public.mandate_row where file_id = any (:'changed_files'::integer[])
union select person_key, 0 from public.register_row where file_id = any (:'changed_files'::integer[])
union select previous_key, 0 from public.register_row where file_id = any (:'changed_files'::integer[]) and previous_key is not null;

-- a withdrawal names a payment, or only an account
insert into work_touched (person_key, round)
with named as materialized (
  select reference_key, account_key from public.withdrawal_report where file_id = any (:'changed_files'::integer[])
)
select p.person_key, 0 from named join public.payment_report p using (reference_key)
union select p.person_key, 0 from (select account_key from named where reference_key is null) named join public.payment_report p using (account_key)
on conflict (person_key) do nothing;

-- what people decided to keep back of whom, or no longer (D200)
insert into work_touched (person_key, round)
select person_key, 0 from correction_offset
union select person_key, 0 from correction_candidate where left_out = 'offset'
on conflict (person_key) do nothing;

-- a register that speaks of a unit for the first time, or no more, speaks of everybody there
insert into work_touched (person_key, round)
with unit_before as (
  select distinct unit_code from public.register_row join published_file using (file_id) where unit_code is not null and verified_date <= :'published_as_of'::date
), unit_now as (
  select distinct unit_code from public.register_row join work_file_now using (file_id) where unit_code is not null and verified_date <= :'as_of'::date
), changed as (
  (select unit_code from unit_before except select unit_code from unit_now) union (select unit_code from unit_now except select unit_code from unit_before)
)
select distinct person_key, 0 from public.entitlement_line join changed using (unit_code) where exists (select from changed)
on conflict (person_key) do nothing;

-- the clock: days that were still to come on the published day, and have come now
insert into work_touched (person_key, round)
select person_key, 0 from subject where wakes_on <= :'as_of'::date
on conflict (person_key) do nothing;

insert into work_touched (person_key, round)
with woken as (
  select scheme_id, benefit_period, stated_due_date from work_term where late_after_date >= :'published_as_of'::date and late_after_date < :'as_of'::date
)
select distinct person_key, 0
from public.entitlement_line l join woken w on w.scheme_id = l.scheme_id and w.benefit_period = l.benefit_period and w.stated_due_date = coalesce(l.due_date, '-infinity')
where exists (select from woken)
on conflict (person_key) do nothing;

-- a rate that applies back to months already paid comes into force, or the due date passes by which its arrears should have come
insert into work_touched (person_key, round)
with rate as (
  select distinct r.scheme_id, to_char(r.applies_from, 'YYYYMM')::integer as first_period, to_char(r.in_force_date, 'YYYYMM')::integer as last_period, r.in_force_date,
    (date_trunc('month', r.in_force_date) + interval '1 month')::date as next_month
  from standard_rate_row r join work_file using (file_id) where r.applies_from < r.in_force_date
), come as (
  select r.scheme_id, r.first_period, r.last_period
  from rate r join work_scheme s using (scheme_id) left join work_term t on t.scheme_id = r.scheme_id and t.benefit_period = to_char(r.next_month, 'YYYYMM')::integer
  where r.in_force_date > :'published_as_of'::date and r.in_force_date <= :'as_of'::date
    or t.due_date >= :'published_as_of'::date and t.due_date < :'as_of'::date
    or least(r.next_month + (coalesce(s.due_day, 31) - 1), (r.next_month + interval '1 month')::date - 1) between :'published_as_of'::date and :'as_of'::date - 1
)
select distinct person_key, 0
from public.entitlement_line l join come c on c.scheme_id = l.scheme_id and l.benefit_period between c.first_period and c.last_period
where exists (select from come)
on conflict (person_key) do nothing;

-- mandates begin, end, or are about to end (thirty days, a little more to be sure); entries of the register grow older than a year
insert into work_touched (person_key, round)
select key, 0
from public.mandate_row cross join lateral (values (person_key), (payee_key)) named (key)
where :'published_as_of'::date < :'as_of'::date
  and (valid_from between :'published_as_of'::date and :'as_of'::date or valid_to between :'published_as_of'::date - 1 and :'as_of'::date + 1 or valid_to between :'published_as_of'::date + 29 and :'as_of'::date + 31)
union
select person_key, 0 from public.register_row
where :'published_as_of'::date < :'as_of'::date and (verified_date between :'published_as_of'::date and :'as_of'::date or verified_date between :'published_as_of'::date - interval '12 months 2 days' and :'as_of'::date - interval '12 months' + interval '2 days')
on conflict (person_key) do nothing;

select analyze_rows('work_touched');
