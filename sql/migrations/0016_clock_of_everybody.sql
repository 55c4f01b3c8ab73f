-- What: the clock of every entitlement, not only of those with something out of the ordinary: when its money was instructed, credited,
--       withdrawable and withdrawn, and by what people are told apart who wait long from those who do not.
-- Why: any two strata can be asked together, whoever lives there can be named, and coverage and quality of the lists come from the same rows.

create type account_state as enum ('none', 'opened', 'activated', 'usable');
create type payee_type as enum ('self', 'guardian', 'parent', 'authorised', 'institution', 'household_head');

create table entitlement_clock (
  person_key bigint not null,
  slot smallint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date not null,
  credited_date date,
  creditor_agent integer,
  due_to_instructed_days integer,
  instructed_to_credited_days integer,
  credited_to_withdrawable_days integer,
  days integer,
  distance_band smallint,
  age_band smallint,
  missing_fields smallint not null,
  outcome_class outcome_class not null,
  cash_event cash_event,
  account_state account_state not null,
  payment_channel payment_channel not null,
  payee_type payee_type,
  sex sex,
  has_card boolean not null,
  is_paid boolean not null,
  is_first_of_month boolean not null,
  due_amount numeric not null,
  unit_code text not null,
  village text,
  electricity text,
  signal text,
  needs text
) partition by list (slot);
create table entitlement_clock_even partition of entitlement_clock for values in (0);
create table entitlement_clock_odd partition of entitlement_clock for values in (1);
create unlogged table entitlement_clock_new partition of entitlement_clock for values in (2);
create unlogged table entitlement_clock_before partition of entitlement_clock for values in (3);
comment on table entitlement_clock is 'one row per entitlement of everybody. A full run fills slot 0 or 1, whichever is not published, and publishes it by naming it in run.clock_slot; an increment writes to slot 2 and keeps in slot 3 what was published of those it works out anew';
comment on column entitlement_clock.due_to_instructed_days is 'whole local days, below zero where the instruction came first; null: either is not known. The payer''s time';
comment on column entitlement_clock.instructed_to_credited_days is 'the bank''s time';
comment on column entitlement_clock.credited_to_withdrawable_days is 'until the account was activated, 0 where it was before the credit; null: no bank says when. The account''s time';
comment on column entitlement_clock.days is 'whole local days from the first credit to cash_event; null: no bank has reported on it, or there is no clock';
comment on column entitlement_clock.cash_event is 'null: nothing was credited to an account';
comment on column entitlement_clock.distance_band is 'the village''s way to the commune centre, its lower bound in km: 0, 5, 10, 20; null: not known';
comment on column entitlement_clock.age_band is 'the youngest age of the band on the day of the credit, or where there is none on the due date: 0, 15, 60, 70, 80; null: not known';
comment on column entitlement_clock.missing_fields is 'what no active line says: 1 birth, 2 sex, 4 village, 8 category, 16 the account of who is paid to one';
comment on column entitlement_clock.account_state is 'on the day of the run, the best of the beneficiary''s own accounts and those of payees with a mandate that day: reported at all, activated once, active now';
comment on column entitlement_clock.payment_channel is 'the payment''s, or the lines'' where it names none or there is none';
comment on column entitlement_clock.payee_type is 'whose account or hands it went to; null: a payee of whom no mandate speaks';
comment on column entitlement_clock.is_first_of_month is 'true for one entitlement of each person and month: for counting people';
comment on column entitlement_clock.is_paid is 'something of it is credited on the day of the run';

alter table run add column clock_slot smallint;
comment on column run.clock_slot is 'where in entitlement_clock this run''s rows are; null: published before there were any';

create view published_clock as
  select * from entitlement_clock where slot = (select clock_slot from run where status = 'published' order by run_id desc limit 1);
comment on view published_clock is 'one row per entitlement of everybody, as published';

-- Counts of those rows add up: an increment appends what changed, with its sign.
create table clock_cell (
  scheme_id smallint not null, benefit_period integer not null, province_code text, creditor_agent integer,
  distance_band smallint, age_band smallint, payment_channel payment_channel not null, payee_type payee_type, sex sex, electricity text, signal text, needs text,
  cash_event cash_event not null, days integer,
  entitlement_count bigint not null, instructed_count bigint not null, due_to_instructed_days bigint not null,
  transferred_count bigint not null, instructed_to_credited_days bigint not null, activated_count bigint not null, credited_to_withdrawable_days bigint not null
);
comment on table clock_cell is 'clocks of the published result counted by everything people are told apart by, but for the commune';
create table clock_unit (
  scheme_id smallint not null, benefit_period integer not null, unit_code text not null,
  cash_event cash_event not null, days integer,
  entitlement_count bigint not null, instructed_count bigint not null, due_to_instructed_days bigint not null,
  transferred_count bigint not null, instructed_to_credited_days bigint not null, activated_count bigint not null, credited_to_withdrawable_days bigint not null
);
comment on table clock_unit is 'the same clocks by commune, as listed';
create table access_count (
  scheme_id smallint not null, benefit_period integer not null, unit_code text not null, village text, payment_channel payment_channel not null,
  account_state account_state not null, has_card boolean not null, is_paid boolean not null, is_withdrawn boolean not null, is_first_of_month boolean not null, missing_fields smallint not null,
  entitlement_count bigint not null
);
comment on table access_count is 'entitlements of the published result by village, by whether their money can be reached, and by what the lists do not say';

create unlogged table work_clock_cell (like clock_cell);
create unlogged table work_clock_unit (like clock_unit);
create unlogged table work_access_count (like access_count);

drop view risk_count;
drop table clean_risk, work_clean_risk, time_to_cash, work_time_to_cash;

-- What the screen hands on.
alter table work_screen add column due_date date, add column instructed_at timestamptz, add column activated_date date, add column reported_date date,
  add column account_state account_state, add column payee_key bigint, add column has_card boolean, add column is_first_of_month boolean, add column missing_fields smallint, add column village text, add column needs text;
comment on column work_screen.credited_date is 'of the one credit; null where nothing was credited';
comment on column work_screen.activated_date is 'of the listed account; null: no bank says when, or there is no account';
comment on column work_screen.reported_date is 'when the listed account was first reported active';
comment on column work_screen.payee_key is 'whose account or hands it goes to; null: the beneficiary''s own';
alter table work_scheme add column place smallint not null default 0;
comment on column work_scheme.place is 'among the codes in order: who has several schemes in a month is counted under the first';
alter table work_line add column payee_key bigint, add column needs text;
alter table work_payee_account add column payee_key bigint not null, add column activated_date date, add column reported_date date, add column has_card boolean not null;

create unlogged table work_village (unit_code text not null, village text not null, distance_band smallint, electricity text, signal text, primary key (unit_code, village));
comment on table work_village is 'the villages as they stood when the run began';
create unlogged table work_province (unit_code text primary key, province_code text not null);
comment on table work_province is 'the province that every unit lies in on the day of the run, units that were merged into others too';

create function supply_word(stated text) returns text language sql immutable as $$
  select case lower(trim(stated))
    when '' then null
    when 'có' then 'yes' when 'co' then 'yes' when 'y' then 'yes' when '1' then 'yes' when 'true' then 'yes' when 'tốt' then 'yes' when 'good' then 'yes' when 'strong' then 'yes'
    when 'không' then 'no' when 'khong' then 'no' when 'không có' then 'no' when 'chưa có' then 'no' when 'n' then 'no' when '0' then 'no' when 'false' then 'no' when 'none' then 'no'
    when 'yếu' then 'weak' when 'yeu' then 'weak' when 'kém' then 'weak' when 'poor' then 'weak'
    else lower(trim(stated)) end
$$;
comment on function supply_word is 'what a list of villages says of electricity or signal as yes, no or weak; other words as written; null: nothing is said';
