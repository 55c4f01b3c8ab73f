-- What: what the accounts of payment organisations say, who those organisations are, and how they stand with the payer after each run.
-- Why: that every beneficiary is in order does not say where the payer's money is; the organisation's own account does, to the last unit.
-- Source: issue 8 point 6, Decree 20/2021/NĐ-CP Art. 34 (the report before the 20th), promise R7; decisions D182 to D184

create type statement_entry_kind as enum ('opening', 'credit', 'debit', 'closing');
create type settlement_class as enum ('received', 'paid', 'returned', 'handed_back', 'charge', 'unexplained');
create type settlement_cause as enum (
  'credited_not_debited', 'debited_too_little', 'debited_too_much', 'return_not_booked', 'rejection_not_booked', 'return_not_reported', 'amount_differs',
  'charge', 'unexplained', 'statement_gap'
);

create table account_statement_row (
  person_key bigint not null,
  file_id integer not null,
  line_number bigint not null,
  account_key bigint not null,
  counterparty_key bigint,
  amount numeric not null,
  entry_date date not null,
  value_date date,
  benefit_period integer,
  scheme_id smallint,
  entry_kind statement_entry_kind not null,
  entry_type text check (entry_type in ('payment', 'return', 'charge', 'interest')),
  currency text not null,
  statement_number text not null,
  end_to_end_id text,
  entry_reference text,
  entry_text text
);
comment on table account_statement_row is 'one row per balance or entry of a statement of an account, as its bank states it';
comment on column account_statement_row.person_key is 'negative: the bucket of the account, so that its rows lie together';
comment on column account_statement_row.amount is 'above zero for credit and debit; of a balance below zero where the account is overdrawn';
comment on column account_statement_row.scheme_id is 'as the entry itself states it; null: it states none';
comment on column account_statement_row.counterparty_key is 'the account on the other side; null: not stated';
create index account_statement_row_file on account_statement_row using brin (file_id);
create index account_statement_row_bucket on account_statement_row using brin ((person_key % 240::bigint) int8_minmax_multi_ops) with (pages_per_range = 4);

create table payment_organisation_row (
  file_id bigint not null,
  line_number bigint not null,
  source text not null,
  name text not null,
  account_key bigint not null,
  creditor_agent integer,
  payer_key bigint,
  legal_basis text
);
comment on table payment_organisation_row is 'one row per payment organisation, account that it keeps for the programme, and account of the payer; the newest file that names an organisation says all of it (view payment_organisation)';
comment on column payment_organisation_row.source is 'as the senders of disbursement files are named';
comment on column payment_organisation_row.creditor_agent is 'the bank whose customers it pays: payments in files that no organisation sent are its; null: only what it sends itself';
comment on column payment_organisation_row.payer_key is 'an account of the payer, from which money comes and to which it is handed back';

create view payment_organisation as
  select r.source, r.name, r.account_key, r.creditor_agent, r.payer_key, r.legal_basis
  from payment_organisation_row r
  where r.file_id = (select max(o.file_id) from payment_organisation_row o join source_file f on f.file_id = o.file_id where f.status = 'sealed' and o.source = r.source);
comment on view payment_organisation is 'one row per organisation, account of its own and account of the payer: as the newest sealed file that names the organisation states it';

create table report_deadline_row (
  file_id bigint not null,
  line_number bigint not null,
  report text not null check (report in ('monthly')),
  deadline_day smallint not null check (deadline_day between 1 and 31),
  applies_from date not null,
  legal_basis text
);
comment on table report_deadline_row is 'by which day of the month the payment organisation reports, dated; the newest that applies stands';
comment on column report_deadline_row.deadline_day is 'the report is made before this day of the benefit month';
insert into report_deadline_row (file_id, line_number, report, deadline_day, applies_from, legal_basis)
values (0, 1, 'monthly', 20, '2021-07-01', 'Nghị định 20/2021/NĐ-CP, Điều 34');

create table settlement_run (
  run_id bigint primary key,
  as_of date not null,
  payment_count bigint not null,
  entry_count bigint not null
);
comment on table settlement_run is 'the published run that the settlement tables belong to; at most one row';

create table settlement_cell (
  source text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  is_stated boolean not null,
  payment_count bigint not null,
  credited_amount numeric not null,
  on_the_way_amount numeric not null,
  not_collected_amount numeric not null,
  sent_back_amount numeric not null,
  outside_amount numeric not null,
  pending_amount numeric not null,
  received_amount numeric not null,
  paid_amount numeric not null,
  returned_amount numeric not null,
  handed_back_amount numeric not null,
  charge_amount numeric not null,
  interest_amount numeric not null,
  unexplained_credit_amount numeric not null,
  unexplained_debit_amount numeric not null,
  gap_amount numeric not null,
  difference_amount numeric not null
);
create unique index settlement_cell_key on settlement_cell (source, scheme_id, benefit_period, currency) nulls not distinct;
comment on table settlement_cell is 'one row per payment organisation, scheme, benefit month and currency: what payments say and what its account says; null scheme or month: not stated';
comment on column settlement_cell.source is 'empty: no organisation is known for these payments';
comment on column settlement_cell.is_stated is 'the organisation has a statement; without one its account says nothing, and the amounts of its side are zero';
comment on column settlement_cell.credited_amount is 'net of returns, payments compared with a statement and others (outside_amount) alike';
comment on column settlement_cell.sent_back_amount is 'rejected or returned, as payments say: money that is with the organisation until it is handed back';
comment on column settlement_cell.outside_amount is 'of credited, on the way and not collected: payments of days that no statement covers; not compared';
comment on column settlement_cell.pending_amount is 'of on the way and not collected: still on the account, by its statement';
comment on column settlement_cell.charge_amount is 'charges taken, as stated; interest_amount: paid in';
comment on column settlement_cell.gap_amount is 'what statements that are missing between others moved: an opening balance less the closing balance before it';
comment on column settlement_cell.difference_amount is 'what the account gave away and no payment accounts for, above zero; below zero: paid by no debit. 0: it closes. The sum of settlement_difference';

create table settlement_difference (
  source text not null,
  difference_number integer not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  cause settlement_cause not null,
  amount numeric not null,
  reported_amount numeric,
  booked_amount numeric,
  beneficiary_key bigint,
  end_to_end_id text,
  creditor_agent integer,
  entry_date date,
  source_rows jsonb not null,
  primary key (source, difference_number)
);
comment on table settlement_difference is 'one row per payment or entry that keeps a cell from closing; their sum is the cell''s difference';
comment on column settlement_difference.reported_amount is 'what the payment reports account for; null: an entry that no payment stands behind';
comment on column settlement_difference.booked_amount is 'debits less credits that name the payment, or the entry itself';
comment on column settlement_difference.source_rows is 'lines of files: [{"file_id", "line"}]';

create table settlement_entry (
  source text not null,
  file_id integer not null,
  line_number bigint not null,
  entry_date date not null,
  statement_number text not null,
  settlement_class settlement_class not null,
  rule text,
  is_credit boolean not null,
  amount numeric not null,
  currency text not null,
  scheme_id smallint,
  benefit_period integer,
  payment_count bigint not null,
  end_to_end_id text,
  entry_reference text,
  counterparty_key bigint,
  entry_text text,
  primary key (source, file_id, line_number)
);
create index settlement_entry_class on settlement_entry (source, settlement_class, entry_date);
comment on table settlement_entry is 'one row per entry of the organisations'' statements up to the day of the run, and what it is taken for';
comment on column settlement_entry.rule is 'by what: payer_account, reference, batch_reference, file_sum, stated; null: unexplained';
comment on column settlement_entry.scheme_id is 'its own, else that of all payments behind it where they have one in common; benefit_period likewise';
comment on column settlement_entry.source is 'the organisation whose account it is; # and a number: an account of no known organisation';

create table settlement_statement (
  source text not null,
  account_key bigint not null,
  statement_number text not null,
  file_id integer not null,
  line_number bigint not null,
  opening_date date not null,
  closing_date date not null,
  currency text not null,
  opening_amount numeric not null,
  closing_amount numeric not null,
  gap_amount numeric not null,
  is_number_missing boolean not null,
  primary key (source, account_key, statement_number)
);
comment on table settlement_statement is 'one row per statement up to the day of the run';
comment on column settlement_statement.gap_amount is 'its opening balance less the closing balance of the statement before it; 0 for the first';
comment on column settlement_statement.is_number_missing is 'numbers are counted on, and the one before this is not there';

create unlogged table work_settlement_payment (
  payment_number bigint not null,
  source text not null,
  creditor_agent integer not null,
  end_to_end_id text,
  batch_reference text,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  beneficiary_key bigint,
  state text not null,
  instructed_amount numeric not null,
  net_amount numeric not null,
  returned_amount numeric not null,
  payment_date date,
  source_rows jsonb not null
);
comment on table work_settlement_payment is 'one row per payment as of the day of the run, of everybody';

create unlogged table work_settlement_entry (
  entry_number bigint not null,
  source text not null,
  file_id integer not null,
  line_number bigint not null,
  account_key bigint not null,
  counterparty_key bigint,
  amount numeric not null,
  entry_date date not null,
  benefit_period integer,
  scheme_id smallint,
  is_credit boolean not null,
  entry_type text,
  is_payer boolean not null,
  currency text not null,
  statement_number text not null,
  end_to_end_id text,
  entry_reference text,
  entry_text text
);
create unlogged table work_settlement_link (
  entry_number bigint not null,
  payment_number bigint not null,
  rule text not null,
  amount numeric not null
);
comment on table work_settlement_link is 'one row per entry and payment behind it; amount above zero for a debit, below for a credit';

do $policies$
declare
  one text;
begin
  -- sums over the whole country, and an organisation's own account: for whoever answers for the money
  foreach one in array array['account_statement_row', 'payment_organisation_row', 'settlement_run', 'settlement_cell', 'settlement_difference', 'settlement_entry', 'settlement_statement'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy of_the_country on %I for select to tantay_desk using ((select desk_sees_all()) and (select desk_has_role(''payer'', ''auditor'')))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
end
$policies$;
grant select on report_deadline_row to tantay_desk;
alter view payment_organisation set (security_invoker = true);
grant select on payment_organisation to tantay_desk;
