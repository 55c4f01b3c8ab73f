-- What: who may use the pages: people with roles and a place, their sessions, absences, and the trail of what they looked at.
-- Why: the database itself decides what a reader sees (0021); for that it has to know who reads.
-- Source: contract 9.10, promises R12, R13, R14, R22; decision D120

create sequence staff_id_sequence as bigint;

create table staff (
  staff_id bigint primary key default nextval('staff_id_sequence'),
  user_name text not null unique check (user_name = lower(user_name) and user_name ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
  display_name text not null,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['officer', 'approver', 'payer', 'auditor', 'bank', 'administrator']),
  unit_code text,
  scope_level text not null default 'country' check (scope_level in ('country', 'province', 'commune')),
  creditor_agent integer,
  is_active boolean not null default true,
  password_hash text,
  password_changed_at timestamptz,
  totp_secret text,
  totp_last_step bigint,
  is_totp_required boolean not null default true,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamptz not null,
  -- whoever pays does not approve, whoever audits or hands out rights does nothing else, and a bank is nobody's officer
  constraint staff_roles_compatible check (cardinality(roles) = 1 or not roles && array['auditor', 'bank', 'administrator'] and not roles @> array['approver', 'payer']),
  constraint staff_bank_has_agent check (('bank' = any (roles)) = (creditor_agent is not null)),
  constraint staff_oidc unique (oidc_issuer, oidc_subject)
);
comment on table staff is 'people who may use the pages; never deleted, only made inactive';
comment on column staff.unit_code is 'the unit they work for, with all that lies in it; null: the whole country';
comment on column staff.scope_level is 'the level of that unit, which decides up to which amount they may approve (approval_band)';
comment on column staff.creditor_agent is 'of people of a bank: its 6-digit code';
comment on column staff.password_hash is 'Argon2id; null: no log-in by password';
comment on column staff.totp_secret is 'base32; null: no second factor enrolled yet';
comment on column staff.totp_last_step is 'the last time step of 30 seconds whose code was used, so that none is used twice';
comment on column staff.oidc_subject is 'who they are to the identity provider oidc_issuer; null: not linked';

create table staff_unit (
  staff_id bigint not null references staff,
  unit_code text not null,
  primary key (staff_id, unit_code)
);
comment on table staff_unit is 'every code, of today or before, whose people live in the unit that somebody works for; laid out anew when units or people change';

create table staff_change (
  change_id bigint primary key,
  staff_id bigint not null references staff,
  changed_at timestamptz not null,
  changed_by bigint references staff,
  change jsonb not null,
  reason text not null,
  confirmed_at timestamptz,
  confirmed_by bigint references staff,
  needs_second boolean not null,
  -- rights over money take two administrators
  constraint staff_change_two_persons check (confirmed_by is null or not needs_second or confirmed_by <> changed_by)
);
create sequence staff_change_id_sequence as bigint;
alter table staff_change alter column change_id set default nextval('staff_change_id_sequence');
comment on column staff_change.changed_by is 'null: whoever runs the installation, by command line';
comment on column staff_change.needs_second is 'true: takes effect only once another administrator has confirmed it';

create table staff_session (
  token_hash text primary key,
  staff_id bigint not null references staff,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  is_complete boolean not null,
  ended_at timestamptz
);
create index staff_session_staff on staff_session (staff_id);
comment on column staff_session.token_hash is 'SHA-256 of the cookie, hex: who reads this table cannot become anybody';
comment on column staff_session.is_complete is 'false: the password was right, the second factor is still to come';
comment on column staff_session.expires_at is 'the earlier of idle and absolute time-out, moved on as it is used';

create table staff_absence (
  absence_id bigint primary key,
  absent_id bigint not null references staff,
  deputy_id bigint not null references staff,
  from_date date not null,
  to_date date not null,
  reason text not null,
  recorded_by bigint not null references staff,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  constraint staff_absence_dates check (from_date <= to_date),
  constraint staff_absence_other check (absent_id <> deputy_id)
);
create sequence staff_absence_id_sequence as bigint;
alter table staff_absence alter column absence_id set default nextval('staff_absence_id_sequence');
comment on table staff_absence is 'who stands in for an approver on which days; what the deputy approves says so';

create table trail_entry (
  entry_id bigint primary key,
  happened_at timestamptz not null,
  staff_id bigint references staff,
  kind text not null,
  person_key bigint,
  subject text,
  reason text,
  details jsonb
);
create sequence trail_entry_id_sequence as bigint;
alter table trail_entry alter column entry_id set default nextval('trail_entry_id_sequence');
create index trail_entry_staff on trail_entry (staff_id, entry_id);
create index trail_entry_person on trail_entry (person_key, entry_id);
comment on table trail_entry is 'append-only: views of personal data with the reason given, exports, log-ins, messages sent';
comment on column trail_entry.kind is 'what was done: viewed_numbers, exported, signed_in, message_sent, …; src/trail knows them all';
comment on column trail_entry.subject is 'which case, file or list; never a name or a number of a person';

create table saved_view (
  staff_id bigint not null references staff,
  name text not null check (length(name) between 1 and 60),
  query text not null,
  saved_at timestamptz not null,
  primary key (staff_id, name)
);
comment on column saved_view.query is 'of the queue''s address: code=returned&village=…';
