-- What every slice of a large run looks up is found by bucket too: of ten million people each slice takes its two-hundred-and-fortieth.

create unlogged table work_known (
  person_key bigint not null,
  verified_date date
);
comment on table work_known is 'one row per id that the register names, as person_id or previous_id, by bucket';
comment on column work_known.verified_date is 'the latest on or before the day of the run; null: none is';
create index work_known_bucket on work_known using brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) with (pages_per_range = 4);

create index work_payee_account_bucket on work_payee_account using brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) with (pages_per_range = 4);

create index work_rate_period on work_rate (benefit_period);
