-- What: how often systems have asked lately; and a system is never a person.
-- Why: the counters are shared by all servers of an installation; a service account with a password would be a way in that nobody watches.
-- Source: contract 8; promise R19; bad input C16; decisions D158, D159

create table api_attempt (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
comment on table api_attempt is 'how often systems have asked and handed in lately; the columns are rate-limiter-flexible''s';
comment on column api_attempt.key is 'what is counted: the SHA-256 of a key or an address, or a bank''s 6 digits';
comment on column api_attempt.expire is 'until when it counts, milliseconds since 1970';

alter table staff add constraint staff_service_has_keys_alone check (not is_service or (password_hash is null and totp_secret is null and oidc_subject is null and roles = array['bank']));
