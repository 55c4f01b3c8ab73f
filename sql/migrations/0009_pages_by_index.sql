-- What: what the list of findings and the page of one person read, so that neither sorts, counts or searches all rows.

-- 4 h, 3 m, 2 l, 1 i: the greater, the more severe, as with the amount; so the list is one index read backwards
alter table finding add column severity_rank smallint not null default 1;
update finding f set severity_rank = 5 - position(left(t.severity, 1) in 'hmli') from finding_type t where t.code = f.code;
alter table finding alter column severity_rank drop default;
comment on column finding.severity_rank is '4: h, 3: m, 2: l, 1: i; kept here so that an index holds the order of the list';

drop index finding_code_unit;
create index finding_order on finding (severity_rank, amount_at_stake, finding_id);
create index finding_unit_order on finding (unit_code, severity_rank, amount_at_stake, finding_id);
-- null is 0 here: a place in a list is looked for by equality
create index finding_cell_order on finding (code, coalesce(scheme_id, 0::smallint), coalesce(benefit_period, 0), amount_at_stake, finding_id);

create table finding_count (
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  finding_count bigint not null,
  amount_at_stake numeric not null
);
comment on table finding_count is 'how many findings the published result has, by code, scheme, month, unit and currency';
create index finding_count_unit on finding_count (unit_code);

create table finding_total (
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  finding_count bigint not null,
  amount_at_stake numeric not null
);
comment on table finding_total is 'finding_count over all units: a few hundred rows, whatever the size of the country';

create table finding_unit (
  unit_code text primary key,
  name text
);
comment on table finding_unit is 'the units that have findings; name: the newest when the result was published, null where no list of units was loaded';

create table outcome_total (
  scheme_id smallint not null,
  benefit_period integer not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null,
  credited_amount numeric not null
);
comment on table outcome_total is 'outcome_count over all units';

insert into finding_count select code, scheme_id, benefit_period, unit_code, currency, count(*), sum(amount_at_stake) from finding group by 1, 2, 3, 4, 5;
insert into finding_total select code, scheme_id, benefit_period, currency, sum(finding_count), sum(amount_at_stake) from finding_count group by 1, 2, 3, 4;
insert into finding_unit
select f.unit_code, (select u.name from administrative_unit u where u.unit_code = f.unit_code order by u.valid_from desc limit 1)
from (select distinct unit_code from finding_count where unit_code is not null) f;
insert into outcome_total select scheme_id, benefit_period, outcome_class, currency, sum(entitlement_count), sum(due_amount), sum(credited_amount) from outcome_count group by 1, 2, 3, 4;

-- where and when a payment went, so that a person's page need not merge its reports again; empty until the next run publishes
alter table matched_payment add column state text, add column creditor_agent integer, add column account_key bigint, add column instructed_date date, add column credited_date date, add column returned_date date;
comment on column matched_payment.state is 'on_the_way, not_collected, rejected, credited or returned, on the day of the run; null: published before this column was';

create index outcome_person on outcome (person_key);
create index matched_payment_person on matched_payment (person_key);
create index time_to_cash_person on time_to_cash (person_key);

-- 256 random bits of this installation: addresses of persons' pages are ids under this key
create table address_key (
  secret bytea not null
);
comment on table address_key is 'one row: what turns a person_key into the address of a page and back, so that no id stands in an address, a log or a history';
insert into address_key select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
