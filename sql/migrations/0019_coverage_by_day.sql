-- What: how far coverage had come on the day of each run, so that a campaign sees its progress.

create table coverage_day (
  as_of date not null,
  benefit_period integer not null,
  scheme_id smallint,
  unit_code text not null,
  active_count bigint not null,
  exempt_count bigint not null,
  usable_count bigint not null
);
comment on table coverage_day is 'one row per day of a run, unit and scheme (null: all, each beneficiary once), for the newest month that had begun; a later run of the same day replaces it';
comment on column coverage_day.exempt_count is 'without a usable account, and excused on that day';
create index coverage_day_unit on coverage_day (unit_code, as_of);
