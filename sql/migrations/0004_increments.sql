-- What: what a run needs in order to work out again only the beneficiaries that something changed for: gathered rows, who is touched, what was counted.
-- Why: sealed files touch few of many; everything published about the others stands, and counts move by the difference.

create schema gathered;
comment on schema gathered is 'the rows of the beneficiaries that a run works out, under the names of the fact tables: with search_path gathered, public the same statements read few rows instead of all';
create unlogged table gathered.entitlement_line (like public.entitlement_line);
create unlogged table gathered.payment_report (like public.payment_report);
create unlogged table gathered.account_report (like public.account_report);
create unlogged table gathered.withdrawal_report (like public.withdrawal_report);
create unlogged table gathered.mandate_row (like public.mandate_row);
create unlogged table gathered.register_row (like public.register_row);

-- Facts are only ever appended, so the rows of one file stand together.
create index entitlement_line_file on entitlement_line using brin (file_id);
create index payment_report_file on payment_report using brin (file_id);
create index account_report_file on account_report using brin (file_id);
create index withdrawal_report_file on withdrawal_report using brin (file_id, reported_through_date);
create index mandate_row_file on mandate_row using brin (file_id);
create index register_row_file on register_row using brin (file_id);

alter table run add column mode text check (mode in ('full', 'increment'));
alter table run add column engine_version text;
alter table run add column touched_count bigint;
comment on column run.mode is 'full: everybody worked out anew; increment: those whom new or void files or the day touched; null: failed before that was known';
comment on column run.engine_version is 'hash of the rules that worked it out; other rules ask for a full run';
comment on column run.touched_count is 'how many beneficiaries an increment worked out again; null for a full run';

create table published_file (file_id bigint primary key);
comment on table published_file is 'the files that the published results rest on';

create table subject (
  person_key bigint primary key,
  wakes_on date
);
comment on table subject is 'one row per beneficiary worked out in full (the others are plainly in order and only counted), and per bucket of payments that name nobody and speak of days to come';
comment on column subject.wakes_on is 'the first day after the run''s on which the clock alone may change this beneficiary''s result; null: none';

create table clean_count (
  scheme_id smallint not null, benefit_period integer not null, unit_code text not null, outcome_class outcome_class not null, currency text not null,
  entitlement_count bigint not null, due_amount numeric not null
);
comment on table clean_count is 'the part of outcome_count that stands for beneficiaries who are no subject; rows add up, increments append what changed, with its sign';

create table unmatched_payment (
  person_key bigint not null, payment_name text not null, reason text not null, scheme_id smallint, benefit_period integer, currency text not null, net_amount numeric not null
);
comment on table unmatched_payment is 'one row per payment that no rule could place, under the scheme and month it states';

alter table outcome add column carried_in_amount numeric not null default 0;
comment on column outcome.carried_in_amount is 'the part of due_amount that an earlier month''s money was carried over to';
alter table outcome_count add column carried_in_amount numeric not null default 0;

-- Time to cash: how many days from credit to first withdrawal, contract 6, D38 ---------------------------------------------

create type cash_event as enum ('withdrawn', 'censored', 'returned', 'closed', 'died', 'not_reported');

create table time_to_cash (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, cash_event cash_event not null, days integer, unit_code text not null, creditor_agent integer not null, payment_channel payment_channel, age_band smallint, sex sex
);
comment on table time_to_cash is 'one row per credited entitlement of a subject: how it ended, and whole local days from its first credit until then; null days: no bank has reported on it';
comment on column time_to_cash.age_band is 'the youngest age of the band on the day of the credit: 0, 15, 60, 70, 80; null: the birth date is not known, or the year alone leaves two bands open';

create table clean_risk (
  grain text not null check (grain in ('unit', 'person')),
  scheme_id smallint not null, benefit_period integer not null, unit_code text, creditor_agent integer, payment_channel payment_channel, age_band smallint, sex sex,
  cash_event cash_event not null, days integer, entitlement_count bigint not null
);
comment on table clean_risk is 'the part of risk_count that stands for beneficiaries who are no subject; rows add up, increments append what changed, with its sign';
create view risk_count as
  select grain, scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex, cash_event, days, sum(entitlement_count)::bigint as entitlement_count
  from (
    select * from clean_risk
    union all
    select 'unit'::text as grain, scheme_id, benefit_period, unit_code, null::integer as creditor_agent, null::payment_channel as payment_channel, null::smallint as age_band, null::sex as sex, cash_event, days, 1::bigint as entitlement_count from time_to_cash
    union all
    select 'person'::text as grain, scheme_id, benefit_period, null::text as unit_code, creditor_agent, payment_channel, age_band, sex, cash_event, days, 1::bigint as entitlement_count from time_to_cash
  ) part
  group by grain, scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex, cash_event, days having sum(entitlement_count) <> 0;
comment on view risk_count is 'how many credited entitlements ended how after how many days: by unit (grain unit), and by bank, channel, age band and sex (grain person); each entitlement stands once in either grain. The risk table of a curve is a running sum of it';

create unlogged table work_tally (kind text not null, is_subject boolean not null, scheme_id smallint, benefit_period integer, currency text not null, row_count bigint not null, amount numeric);
comment on table work_tally is 'rows and amounts as filed, which the checks hold against what was worked out';

create unlogged table work_clean_risk (like clean_risk);
create unlogged table work_time_to_cash (like time_to_cash);

alter table work_screen add column reference_key bigint, add column creditor_agent integer, add column payment_channel payment_channel, add column credited_date date, add column age_band smallint, add column sex sex;
comment on column work_screen.credited_date is 'of a credit to an account; null where nothing was credited, or in cash or at the post office';
create function age_band(born date, on_day date) returns smallint language sql immutable as $$
  select case when born > on_day - interval '15 years' then 0 when born > on_day - interval '60 years' then 15 when born > on_day - interval '70 years' then 60 when born > on_day - interval '80 years' then 70 when born <= on_day then 80 end::smallint
$$;
comment on function age_band is 'the youngest age of the band: 0, 15, 60, 70, 80; null where the day of birth is not known';
alter table work_line add column birth_date date, add column birth_year smallint, add column sex sex;

-- Working tables ----------------------------------------------------------------------------------------------------------

create unlogged table work_file_now (file_id bigint primary key);
comment on table work_file_now is 'the files sealed and not void when the run began; work_file is what its statements look through: these, or for a moment those of the published result';

create unlogged table work_touched (person_key bigint primary key, round integer not null);
comment on table work_touched is 'the beneficiaries (and the buckets of payments that name nobody) that the run works out; round: how many steps away from what changed';

create unlogged table work_clean_count (like clean_count);
comment on table work_clean_count is 'counted by this run, and with a minus what was counted for the same beneficiaries before';


alter table work_outcome_count add column carried_in_amount numeric not null default 0;
create unlogged table work_wake (person_key bigint not null, wakes_on date not null);

alter table work_outcome add column carried_in_amount numeric not null default 0;
