-- What: the tables a run works in: emptied when it begins, read only by that run, unlogged since they can be made again.
-- Why: each step of sql/reconcile is one readable statement over named tables; person_key stays the key throughout.

create unlogged table work_file (file_id bigint primary key);
comment on table work_file is 'the files this run sees: sealed and not void when it began';

create unlogged table work_term (
  scheme_id smallint not null, benefit_period integer not null, stated_due_date date not null, due_date date not null, late_after_date date not null
);
comment on table work_term is 'one row per scheme × month × due date as listed (-infinity: none): the due date and T';

create unlogged table work_screen (
  person_key bigint not null, scheme_id smallint, benefit_period integer, outcome_class outcome_class, due_amount numeric, currency text, unit_code text, report_count bigint not null
);
comment on table work_screen is 'one row per beneficiary × scheme × month in lists or payments; outcome_class null: not plainly in order, to be looked at in full';

create unlogged table work_scheme (scheme_id smallint primary key, scheme text not null, currency text not null, due_day smallint, grace_days smallint not null, settlement_days smallint not null, collection_days smallint not null);
comment on table work_scheme is 'the schemes as they stood when the run began';

create unlogged table work_payee_account (person_key bigint not null, creditor_agent integer not null, account_key bigint not null, valid_from date not null, valid_to date not null);
comment on table work_payee_account is 'active accounts of payees, for each beneficiary whose mandate names them, with its days';

create unlogged table work_shared (person_key bigint not null);
comment on table work_shared is 'beneficiaries who share a reference or an account with somebody; a person may stand here twice';

create unlogged table work_subject (person_key bigint primary key);
comment on table work_subject is 'the beneficiaries worked out in full by this run; all others are plainly in order';

create unlogged table work_line (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, category_code text, component component not null, origin_period integer,
  due_amount numeric not null, currency text not null, due_date date not null, late_after_date date not null, list_status list_status not null, payment_channel payment_channel not null,
  creditor_agent integer, account_key bigint, unit_code text not null, file_id bigint not null, line_number bigint not null, doubled_amount numeric, doubled_rows jsonb, beneficiary_name text not null, village text
);
comment on table work_line is 'one row per line key: the row that stands (D1); doubled_amount: what is at stake where it was stated twice';

create unlogged table work_entitlement (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, due_amount numeric not null, open_amount numeric not null, currency text not null,
  due_date date not null, late_after_date date not null, is_at_counter boolean not null, is_by_account boolean not null, unit_code text not null,
  primary key (person_key, scheme_id, benefit_period)
);
comment on column work_entitlement.is_at_counter is 'some active line is to be paid in cash or at the post office';
comment on column work_entitlement.is_by_account is 'every active line is to be paid to an account or a wallet';
comment on column work_entitlement.open_amount is 'due minus what is credited or on the way there so far; below zero where too much came';

create unlogged table work_payment (
  person_key bigint not null, payment_number bigint not null, payment_name text not null, beneficiary_key bigint, scheme_id smallint, benefit_period integer, until_period integer,
  currency text not null, creditor_agent integer not null, account_key bigint, payment_channel payment_channel, state text not null, face_amount numeric not null, is_taking boolean not null,
  instructed_amount numeric not null, credited_amount numeric, net_amount numeric not null, instructed_at timestamptz, instructed_date date, credited_at timestamptz, credited_date date, returned_at timestamptz, returned_amount numeric,
  end_to_end_id text, return_reason_code text, reason_text text, conflict text, conflict_amount numeric, source_rows jsonb not null,
  primary key (person_key, payment_number)
);
comment on table work_payment is 'one row per payment as seen on the day of the run (D4, D5); payment_number is its place in the order of D7';
comment on column work_payment.until_period is 'where the payment states no month: the last month it may be for';

create unlogged table work_alias (person_key bigint not null, alias_key bigint not null);
comment on table work_alias is 'one row per id a subject is known under, the own one included';

create unlogged table work_mandate (person_key bigint not null, payee_key bigint not null, valid_from date not null, valid_to date, relation mandate_relation not null);

create unlogged table work_account (account_key bigint not null, creditor_agent integer not null, holder_key bigint not null, account_status account_status not null, file_id bigint not null, line_number bigint not null);
comment on table work_account is 'one row per account that matters to a subject: the report that stands on the day of the run (D14)';

create unlogged table work_death (person_key bigint primary key, death_period integer not null);
comment on table work_death is 'one row per subject the register holds for dead on the day of the run; money is due up to and including death_period';

create unlogged table work_expected (
  person_key bigint not null, account_key bigint not null, creditor_agent integer, expectation text not null, scheme_id smallint, benefit_period integer, list_status list_status, valid_from date, valid_to date
);
comment on table work_expected is 'accounts a beneficiary''s money may go to: list (for one scheme and month), own, payee (between two days)';

create unlogged table work_listed_account (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, account_key bigint not null, creditor_agent integer not null, holder_key bigint not null,
  account_status account_status not null, is_own boolean not null, has_mandate boolean not null, is_covered boolean not null, file_id bigint not null, line_number bigint not null
);
comment on table work_listed_account is 'one row per entitlement × account that its active lines name and a bank reported: whose it is, and whether a mandate covers the due date';

create unlogged table work_candidate (person_key bigint not null, payment_number bigint not null);
comment on table work_candidate is 'one row per payment without id × beneficiary whose account it may be';

create unlogged table work_claim (person_key bigint not null, payment_number bigint not null, match_rule match_rule not null, is_to_period boolean not null, turn bigint not null);
comment on table work_claim is 'a payment about to be laid against one beneficiary''s entitlements: against its stated month, or the oldest open; taken in the order of turn';

create unlogged table work_match (
  person_key bigint not null, payment_number bigint not null, scheme_id smallint not null, benefit_period integer not null, match_rule match_rule not null, allocated_amount numeric not null, open_before_amount numeric not null,
  primary key (person_key, payment_number, scheme_id, benefit_period)
);
comment on table work_match is 'one row per payment × entitlement: what it gave there; 0 for payments that give nothing (rejected, returned, not collected)';

create unlogged table work_unmatched (person_key bigint not null, payment_number bigint not null, reason text not null);
comment on table work_unmatched is 'one row per payment that no rule could place: not_on_list, paid_while_suspended or ambiguous_payment';

create unlogged table work_outcome (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, outcome_class outcome_class not null, due_amount numeric not null, credited_amount numeric not null, on_the_way_amount numeric not null,
  carried_out_amount numeric not null, completed_date date, not_collected_date date, currency text not null, due_date date not null, late_after_date date not null, unit_code text not null,
  primary key (person_key, scheme_id, benefit_period)
);

create unlogged table work_story (
  person_key bigint not null, scheme_id smallint not null, benefit_period integer not null, evidence jsonb not null, source_rows jsonb not null,
  primary key (person_key, scheme_id, benefit_period)
);
comment on table work_story is 'one row per entitlement with a finding: its lines, payments and rules, as evidence';

create unlogged table work_outcome_count (like outcome_count);
create unlogged table work_bridge_cell (like bridge_cell);

create unlogged table work_place (
  person_key bigint not null, payment_number bigint not null, scheme_id smallint, benefit_period integer, unit_code text,
  primary key (person_key, payment_number)
);
comment on table work_place is 'one row per payment: the beneficiary, scheme and month of its first entitlement, else what it states itself';

create unlogged table work_payment_story (person_key bigint not null, payment_number bigint not null, evidence jsonb not null, source_rows jsonb not null, primary key (person_key, payment_number));
comment on table work_payment_story is 'one row per payment with a finding: what was said about it and where it was placed';

create unlogged table work_finding (
  person_key bigint not null, code text not null, scheme_id smallint, benefit_period integer, payment_number bigint, subject text not null, amount_at_stake numeric not null, currency text not null, unit_code text,
  evidence jsonb not null default '{}', source_rows jsonb not null default '[]'
);
comment on table work_finding is 'one row per finding; evidence and source_rows: what the finding adds to the story of its entitlement or payment';

