-- What: what signing in needs to remember: passwords handed out once, tries, known devices, log-ins under way at an identity provider; and changes of rights that wait for a second administrator.
-- Why: guessing must become slow without an attacker being able to lock officers out, and whoever hands out rights over money must not do it alone.
-- How: the pages' login (tantay_desk) has no right on any of these tables: only the room staff, as the owner, reads and writes them.
-- Source: promise R22, bad-input A8–A10; decisions D130–D134

alter table staff
  add column password_is_one_time boolean not null default false,
  -- who has just been given a password has to show a second factor anew
  add constraint staff_one_time_means_anew check (not password_is_one_time or totp_secret is null);
comment on column staff.password_is_one_time is 'true: somebody else knows the password; it opens nothing but the page on which one''s own is chosen';

alter table staff_session
  add column device text,
  add column pending_totp_secret text,
  add column oidc_id_token text;
comment on column staff_session.device is 'the kind of browser and machine, so that people recognise their own sessions';
comment on column staff_session.pending_totp_secret is 'base32; shown for enrolment and not confirmed by a code yet';
comment on column staff_session.oidc_id_token is 'what the identity provider wants to see at sign-out; null: signed in here';

alter table staff_change
  add column withdrawn_at timestamptz,
  add column withdrawn_by bigint references staff,
  add constraint staff_change_not_ones_own check (changed_by is distinct from staff_id and confirmed_by is distinct from staff_id),
  add constraint staff_change_confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null)),
  add constraint staff_change_ends_once check (confirmed_at is null or withdrawn_at is null);
create index staff_change_waiting on staff_change (staff_id) where needs_second and confirmed_at is null and withdrawn_at is null;

create table approval_band_change (
  change_id bigint primary key,
  scope_level text not null references approval_band,
  up_to_amount numeric check (up_to_amount > 0),
  changed_at timestamptz not null,
  changed_by bigint not null references staff,
  reason text not null,
  confirmed_at timestamptz,
  confirmed_by bigint references staff,
  withdrawn_at timestamptz,
  withdrawn_by bigint references staff,
  constraint approval_band_change_two_persons check (confirmed_by is null or confirmed_by <> changed_by),
  constraint approval_band_change_confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null)),
  constraint approval_band_change_ends_once check (confirmed_at is null or withdrawn_at is null)
);
create sequence approval_band_change_id_sequence as bigint;
alter table approval_band_change alter column change_id set default nextval('approval_band_change_id_sequence');
comment on table approval_band_change is 'append-only: up to which amount approvers of a level may approve, as one administrator proposed and another confirmed';
comment on column approval_band_change.up_to_amount is 'the amount included; null: any amount';

create table sign_in_attempt (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
comment on table sign_in_attempt is 'how often was tried lately; the columns are rate-limiter-flexible''s';
comment on column sign_in_attempt.key is 'what is counted, and SHA-256 of the name and address tried: people type passwords into the field for names';
comment on column sign_in_attempt.expire is 'until when it counts, milliseconds since 1970';

create table staff_device (
  token_hash text primary key,
  staff_id bigint not null references staff,
  created_at timestamptz not null
);
create index staff_device_staff on staff_device (staff_id);
comment on table staff_device is 'browsers in which somebody has signed in before: others who guess cannot keep them out there (D131)';
comment on column staff_device.token_hash is 'SHA-256 of the cookie, hex';

create table oidc_sign_in (
  browser_hash text primary key,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  destination text,
  started_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table oidc_sign_in is 'log-ins that have gone to the identity provider and not come back yet; each comes back once';
comment on column oidc_sign_in.browser_hash is 'SHA-256 of a cookie of the browser that left, hex: what comes back through another is refused';
comment on column oidc_sign_in.destination is 'the path on this site that was wanted; null: the first page';
