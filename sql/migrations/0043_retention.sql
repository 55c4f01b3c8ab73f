-- What: how long each kind of thing is kept, as dated reference data.
-- Why: what has served its purpose must go (Law 91/2025/QH15: retention fit to purpose), and what accounts need must stay
--   (ten years for vouchers); neither is the program's to decide.
-- How: a term is never changed: a new one applies from a later day. `tantay retention` counts and takes away.
-- Source: decision D194

create table retention_policy (
  what text not null,
  applies_from date not null,
  keep_months integer not null check (keep_months between 1 and 1200),
  legal_basis text not null,
  primary key (what, applies_from)
);
comment on table retention_policy is 'one row per kind of thing and day from which a term applies; the newest that applies is the term';
comment on column retention_policy.what is 'as the files of sql/retention are called';
comment on column retention_policy.keep_months is 'months, from when the thing had served its purpose (docs/privacy.md says when that is)';

insert into retention_policy (what, applies_from, keep_months, legal_basis) values
  ('sessions', '2026-01-01', 3, 'own rule: to see who was signed in where when something is asked'),
  ('attempts', '2026-01-01', 1, 'own rule: limits look back a day'),
  ('devices', '2026-01-01', 12, 'own rule: a device that was not used for a year is strange again'),
  ('notices', '2026-01-01', 24, 'own rule: disputes about what a bank was told'),
  ('night_steps', '2026-01-01', 24, 'own rule: what nights took is compared over two years'),
  ('batches', '2026-01-01', 6, 'own rule: what was done stands in the cases'),
  ('discarded_uploads', '2026-01-01', 12, 'own rule: files that were never handed in'),
  ('contacts', '2026-01-01', 24, 'own rule: telephones, messages and words of complaints, once the case is closed'),
  ('refused_files', '2026-01-01', 24, 'own rule: files that were refused whole, of which nothing was taken'),
  ('received_files', '2026-01-01', 120, 'accounting vouchers: ten years'),
  ('evidence', '2026-01-01', 120, 'accounting vouchers: ten years, once the case is closed');

revoke insert, update, delete on retention_policy from tantay_engine;
