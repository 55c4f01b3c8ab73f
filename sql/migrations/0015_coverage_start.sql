-- A place begins in the middle of a year: what lies before its first month is history, loaded for what it explains and judged by nobody.

create table coverage_start_row (
  file_id bigint not null,
  line_number bigint not null,
  scheme_id smallint not null,
  unit_code text,
  start_period integer not null
);
comment on column coverage_start_row.unit_code is 'null: the whole country';
comment on column coverage_start_row.start_period is 'the first month that is reconciled, year × 100 + month';

create unlogged table work_start (
  scheme_id smallint not null,
  unit_code text not null,
  start_period integer not null,
  constraint work_start_pkey primary key (scheme_id, unit_code)
);
comment on table work_start is 'one row per scheme and unit that has a first month, of its own or of the nearest unit above; unit_code empty: everywhere else';

alter table work_entitlement add column start_period integer not null default 0;
comment on column work_entitlement.start_period is 'the first month that is reconciled there; 0: all are';
