-- What: every table of the product: files and their lines, reference rows, facts, a run's working tables, published results.
-- Why: one schema for plain PostgreSQL and for Citus: large tables carry person_key first, no triggers, no identity columns on them, timestamptz or date only.
-- Keys: person_key is a 12-digit id as itself, a 9-digit id plus 10^12, an organisation's code as 2^62 + hash (kept in hashed_text);
--       negative = a stable bucket of agent and account, for rows that name nobody. account_key ranks digit strings up to 18 long, else 2^62 + hash.

create type component as enum ('regular', 'arrears', 'carried_over', 'funeral', 'top_up', 'carer', 'one_off');
create type payment_channel as enum ('account', 'cash', 'post', 'wallet');
create type list_status as enum ('active', 'suspended', 'stopped');
create type sex as enum ('male', 'female');
create type account_status as enum ('active', 'inactive', 'dormant', 'blocked', 'closed');
create type transaction_status as enum ('PDNG', 'ACSP', 'NCOL', 'RJCT', 'ACSC', 'ACCC', 'RTRN');
create type withdrawal_channel as enum ('atm', 'branch', 'agent', 'post', 'pos', 'transfer', 'home');
create type mandate_relation as enum ('guardian', 'parent', 'authorised', 'institution', 'household_head');
create type vital_status as enum ('alive', 'dead', 'missing');
create type outcome_class as enum ('paid', 'paid_late', 'paid_twice', 'paid_over', 'carried_over', 'not_due', 'in_transit', 'stuck', 'paid_short', 'returned', 'not_collected', 'unpaid_no_account', 'unpaid');
create type match_rule as enum ('id_period', 'id_periods', 'former_id_period', 'id_oldest', 'account', 'household');

-- Files -------------------------------------------------------------------------------------------------------------

create sequence file_id_sequence as bigint;

create table source_file (
  file_id bigint primary key default nextval('file_id_sequence'),
  sha256 text not null,
  file_name text not null,
  kind text not null,
  source text,
  status text not null check (status in ('sealed', 'refused', 'void')),
  size_bytes bigint not null,
  encoding text,
  delimiter text,
  header_line bigint,
  header_columns text[],
  line_count bigint not null default 0,
  accepted_count bigint not null default 0,
  repeat_count bigint not null default 0,
  ignored_count bigint not null default 0,
  problem_count bigint not null default 0,
  control_count bigint,
  control_sum numeric,
  is_control_sum_checked boolean,
  refusal jsonb,
  recorded_at timestamptz not null,
  sealed_at timestamptz,
  voided_at timestamptz,
  void_reason text
);
comment on table source_file is 'one row per file handed in and read to its end, sealed or refused; file_id is the order of arrival; file_id 0 is the pack that migration loads';
comment on column source_file.sha256 is 'hex of the SHA-256 of the bytes; the identity of a file';
comment on column source_file.header_columns is 'canonical column name of each column in the file''s order, null for a column that is ignored';
comment on column source_file.refusal is 'why the whole file was refused: {code, line, column, raw, detail}; null unless status is refused';
comment on column source_file.is_control_sum_checked is 'null: no sum was declared; false: a problem line''s amount could not be read, so the sum was left unchecked';
create unique index source_file_one_sealed on source_file (sha256) where status = 'sealed';

create table source_file_offsets (
  file_id bigint primary key,
  every_lines integer not null,
  byte_offsets bigint[] not null
);
comment on table source_file_offsets is 'where physical line 1, 1 + every_lines, 1 + 2 × every_lines … begin in the stored file, so that any raw line is found without reading the file from its start';

create table problem (
  file_id bigint not null,
  line_number bigint not null,
  column_name text,
  code text not null,
  raw text,
  suggestion text
);
comment on table problem is 'one row per value (or line) that could not be taken; the line is not among the facts';
create index problem_file on problem (file_id, line_number);

create table ignored_lines (
  file_id bigint not null,
  first_line bigint not null,
  last_line bigint not null,
  reason text not null
);
comment on table ignored_lines is 'runs of lines that are no data (title, header, total, empty, signature), each with its reason';
create index ignored_lines_file on ignored_lines (file_id, first_line);

create table hashed_text (
  hash_key bigint primary key,
  original text not null
);
comment on table hashed_text is 'the text behind keys that are hashes: organisations'' codes, long or lettered accounts; a second text for one key refuses its file, it is never merged';

-- Reference rows: each file may override what came before; the newest sealed file stands per key --------------------------

create sequence scheme_id_sequence as smallint minvalue 1;
create table scheme_code (
  scheme_id smallint primary key,
  scheme text not null unique
);
comment on table scheme_code is 'the short number of each scheme ever named; never reused';

create table scheme_row (
  file_id bigint not null, line_number bigint not null,
  scheme_id smallint not null, name_vi text, name_en text, currency text, due_day smallint, grace_days smallint, settlement_days smallint, exclusive_set text, collection_days smallint, legal_basis text
);
create table standard_rate_row (
  file_id bigint not null, line_number bigint not null,
  scheme_id smallint not null, unit_code text, amount numeric not null, issued_date date, in_force_date date, applies_from date not null, legal_basis text
);
create table category_row (
  file_id bigint not null, line_number bigint not null,
  scheme_id smallint not null, category_code text not null, coefficient numeric not null, name_vi text, name_en text, applies_from date
);
create table administrative_unit_row (
  file_id bigint not null, line_number bigint not null,
  unit_code text not null, name text not null, unit_type text, level text, parent_code text, valid_from date not null, valid_to date, legal_basis text
);
create table unit_succession_row (
  file_id bigint not null, line_number bigint not null,
  old_code text not null, new_code text not null, effective_date date not null, part text not null
);
create table village_row (
  file_id bigint not null, line_number bigint not null,
  unit_code text not null, village text not null, distance_km numeric, electricity text, signal text, cash_point_km numeric
);
create table bank_row (
  file_id bigint not null, line_number bigint not null,
  creditor_agent integer not null, name text not null, citad_institution text, swift text
);
create table reason_code_row (
  file_id bigint not null, line_number bigint not null,
  code text not null, class text, owner text, retryable boolean, person_caused boolean, name_vi text, name_en text
);
create table calendar_row (
  file_id bigint not null, line_number bigint not null,
  calendar_date date not null, kind text not null check (kind in ('holiday', 'working')), name text
);
create table source_expectation_row (
  file_id bigint not null, line_number bigint not null,
  source text not null, kind text not null, scheme_id smallint, deadline_day smallint not null
);

create view scheme as
  select distinct on (r.scheme_id) r.scheme_id, c.scheme, r.name_vi, r.name_en, coalesce(r.currency, 'VND') as currency, r.due_day, coalesce(r.grace_days, 0) as grace_days,
    coalesce(r.settlement_days, 3) as settlement_days, r.exclusive_set, coalesce(r.collection_days, 30) as collection_days
  from scheme_row r join scheme_code c using (scheme_id) join source_file f using (file_id)
  where f.status = 'sealed' order by r.scheme_id, r.file_id desc, r.line_number desc;
comment on view scheme is 'one row per scheme now in force: the newest sealed file''s';

create view calendar as
  select distinct on (r.calendar_date) r.calendar_date, r.kind, r.name
  from calendar_row r join source_file f using (file_id)
  where f.status = 'sealed' order by r.calendar_date, r.file_id desc, r.line_number desc;
comment on view calendar is 'one row per day that is a holiday, or a weekend day that is worked';

create view bank as
  select distinct on (r.creditor_agent) r.creditor_agent, r.name, r.citad_institution, r.swift
  from bank_row r join source_file f using (file_id)
  where f.status = 'sealed' order by r.creditor_agent, r.file_id desc, r.line_number desc;

create view reason_code as
  select distinct on (r.code) r.code, r.class, r.owner, r.retryable, r.person_caused, r.name_vi, r.name_en
  from reason_code_row r join source_file f using (file_id)
  where f.status = 'sealed' order by r.code, r.file_id desc, r.line_number desc;

create view administrative_unit as
  select distinct on (r.unit_code, r.valid_from) r.unit_code, r.name, r.unit_type, r.level, r.parent_code, r.valid_from, r.valid_to, r.legal_basis
  from administrative_unit_row r join source_file f using (file_id)
  where f.status = 'sealed' order by r.unit_code, r.valid_from, r.file_id desc, r.line_number desc;

-- Facts: append-only, one row per accepted line; which rows stand is worked out by reconcile --------------------------------

create table entitlement_line (
  person_key bigint not null,
  account_key bigint,
  payee_key bigint,
  line_number bigint not null,
  file_id integer not null,
  creditor_agent integer,
  benefit_period integer not null,
  origin_period integer,
  due_date date,
  list_date date,
  birth_date date,
  scheme_id smallint not null,
  birth_year smallint,
  component component not null,
  payment_channel payment_channel not null,
  list_status list_status not null,
  sex sex,
  due_amount numeric not null,
  quantity numeric,
  currency text not null,
  unit_code text not null,
  category_code text,
  village text,
  beneficiary_name text not null,
  payee_name text,
  needs text
);
comment on table entitlement_line is 'one row per line of a beneficiary list';
comment on column entitlement_line.benefit_period is 'the month the money is for, as year × 100 + month';
comment on column entitlement_line.origin_period is 'the month arrears or carried-over money belongs to; null for regular money';
comment on column entitlement_line.due_date is 'null: the scheme''s due_day (D3)';
comment on column entitlement_line.quantity is 'null: 1';

create table payment_report (
  person_key bigint not null,
  reference_key bigint,
  account_key bigint,
  line_number bigint not null,
  credited_at timestamptz,
  instructed_at timestamptz,
  returned_at timestamptz,
  file_id integer not null,
  creditor_agent integer not null,
  benefit_period integer,
  credited_date date,
  scheme_id smallint,
  transaction_status transaction_status not null,
  payment_channel payment_channel,
  instructed_amount numeric not null,
  credited_amount numeric,
  returned_amount numeric,
  currency text not null,
  end_to_end_id text,
  return_reason_code text,
  reason_text text,
  bank_reference text
);
comment on table payment_report is 'one row per line of a disbursement file: what an agent said of one payment at one time';
comment on column payment_report.person_key is 'the beneficiary named; negative where none is';
comment on column payment_report.reference_key is 'hash of agent and end_to_end_id; null without a reference. Equal keys are compared by text where it matters';
comment on column payment_report.credited_date is 'local day of credited_at';
comment on column payment_report.credited_amount is 'null: the instructed amount';
comment on column payment_report.returned_amount is 'null: the credited amount';

create table account_report (
  person_key bigint not null,
  account_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  creditor_agent integer not null,
  opened_date date not null,
  activated_date date,
  card_issued_date date,
  closed_date date,
  reported_date date,
  account_status account_status not null
);
comment on table account_report is 'one row per line of an account opening file; person_key is the holder';

create table withdrawal_report (
  person_key bigint not null,
  reference_key bigint,
  account_key bigint not null,
  line_number bigint not null,
  first_withdrawal_at timestamptz,
  file_id integer not null,
  creditor_agent integer not null,
  first_withdrawal_date date,
  reported_through_date date not null,
  withdrawal_channel withdrawal_channel,
  withdrawn_amount numeric,
  end_to_end_id text
);
comment on table withdrawal_report is 'one row per line of a withdrawal report; person_key is the bucket of agent and account (negative), since a bank names only the payment';
comment on column withdrawal_report.first_withdrawal_at is 'null: none yet by reported_through_date (censored), which is not the same as not reported';
comment on column withdrawal_report.end_to_end_id is 'null: the bank names only the account, so no payment can be told';

create table mandate_row (
  person_key bigint not null,
  payee_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  valid_from date not null,
  valid_to date,
  relation mandate_relation not null,
  payee_name text not null
);
create table register_row (
  person_key bigint not null,
  previous_key bigint,
  line_number bigint not null,
  file_id integer not null,
  birth_date date,
  death_date date,
  verified_date date not null,
  birth_year smallint,
  vital_status vital_status not null,
  sex sex,
  eid_level smallint,
  unit_code text,
  person_name text not null
);
create table exemption_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  valid_from date not null,
  valid_to date not null,
  reason_code text not null,
  evidence_reference text not null,
  approved_by text not null
);

create function identifier_text(person_key bigint) returns text language sql immutable as $$
  select case
    when person_key < 0 then null
    when person_key < 1000000000000 then lpad(person_key::text, 12, '0')
    when person_key < 1001000000000 then lpad((person_key - 1000000000000)::text, 9, '0')
  end
$$;
comment on function identifier_text is 'the id behind a person_key; null for rows that name nobody and for organisations (see hashed_text)';

create function account_text(account_key bigint) returns text language sql immutable as $$
  -- digit strings of length n begin at key (10^n - 10) / 9, so n is one less than the number of digits of 9 × key + 10
  select case when account_key < 4611686018427387904 then
    lpad((account_key - (repeat('1', length((account_key::numeric * 9 + 10)::text) - 2) || '0')::bigint)::text, length((account_key::numeric * 9 + 10)::text) - 1, '0')
  end
$$;
comment on function account_text is 'the account number behind an account_key; null for hashed ones (see hashed_text)';

-- Published results: replaced as a whole inside one transaction ---------------------------------------------------------

create sequence run_id_sequence as bigint;
create table run (
  run_id bigint primary key default nextval('run_id_sequence'),
  as_of date not null,
  status text not null check (status in ('running', 'published', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  seconds numeric,
  file_count integer,
  failure text
);
comment on table run is 'one row per reconciliation run; the published results are those of the newest published run';

create table finding_type (
  code text primary key,
  severity text not null,
  actor text not null,
  subject text not null,
  title jsonb not null,
  explanation jsonb not null,
  action jsonb not null
);
comment on table finding_type is 'synced from the headers of sql/findings; texts by language {vi, en, ar}';

create table outcome_count (
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  to_due_amount numeric not null
);
comment on table outcome_count is 'one row per scheme, month, unit, class and currency; credited_amount net of returns, to_due_amount the part of it up to what was due';

create table bridge_cell (
  run_id bigint not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  due_amount numeric not null,
  to_due_amount numeric not null,
  carried_out_amount numeric not null,
  carried_in_amount numeric not null,
  shortfall jsonb not null,
  excess_over_amount numeric not null,
  excess_twice_amount numeric not null,
  unmatched_amount numeric not null,
  credited_amount numeric not null
);
comment on table bridge_cell is 'one row per scheme × month × currency (null: unmatched money that states none); due = to_due + carried_out + Σ shortfall; credited = to_due + excess + unmatched';
comment on column bridge_cell.shortfall is 'class → amount as string';

create table outcome (
  person_key bigint not null,
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date not null,
  late_after_date date not null,
  outcome_class outcome_class not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  on_the_way_amount numeric not null,
  currency text not null,
  unit_code text not null
);
comment on table outcome is 'one row per entitlement of every beneficiary with anything out of the ordinary; all others are paid in time (or not due yet), as outcome_count counts them';
comment on column outcome.late_after_date is 'T: due_date on a banking day plus grace; a credit after it is late';

create table matched_payment (
  person_key bigint not null,
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  payment_name text not null,
  match_rule match_rule not null,
  allocated_amount numeric not null,
  evidence jsonb not null
);
comment on table matched_payment is 'one row per payment and entitlement it was matched to, for the entitlements in outcome; the clean id_period ones are recomputed on demand';

create table finding (
  person_key bigint not null,
  run_id bigint not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  subject text not null,
  amount_at_stake numeric not null,
  currency text not null,
  unit_code text,
  evidence jsonb not null,
  source_rows jsonb not null,
  primary key (person_key, finding_id)
);
comment on table finding is 'one row per code × subject × month; finding_id is a hash of those, so it survives reruns';
comment on column finding.source_rows is 'the lines it rests on: [{file_id, line}]';
comment on column finding.person_key is 'the beneficiary; negative where the subject is an account or a payment that names nobody';
create index finding_identity on finding (finding_id);
create index finding_code_unit on finding (code, unit_code);
