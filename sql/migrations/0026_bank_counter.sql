-- What: the bank's counter: keys of systems, files handed in, requests that may come twice, questions to banks, and what banks are told.
-- Why: what was acknowledged is in one row with its job, so that nothing is lost; a key is a reader like a session, so that row-level security needs nothing new.
-- Source: contract 8, promises R1, R2, R13, R14; decisions D145–D149

alter table staff add column is_service boolean not null default false;
comment on column staff.is_service is 'true: no person but a system, known by its keys alone';

create table api_client (
  client_id text primary key,
  staff_id bigint not null references staff,
  creditor_agent integer not null,
  public_keys jsonb not null,
  scopes text[] not null,
  allowed_from cidr[],
  created_at timestamptz not null,
  created_by bigint references staff,
  revoked_at timestamptz,
  revoked_by bigint references staff
);
comment on table api_client is 'systems that ask for short-lived tokens with a signed assertion (OAuth 2 client credentials, private_key_jwt)';
comment on column api_client.public_keys is 'JSON Web Key Set; public halves alone';

create table api_assertion (
  client_id text not null references api_client,
  token_id_hash text not null,
  expires_at timestamptz not null,
  primary key (client_id, token_id_hash)
);
comment on table api_assertion is 'assertions that were used, until they expire: none is taken twice';

create table api_key (
  key_id bigint primary key,
  staff_id bigint not null references staff,
  creditor_agent integer not null,
  client_id text references api_client,
  slot smallint check (slot in (1, 2)),
  token_hash text not null unique,
  token_end text not null,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['files:write', 'files:read', 'questions:read', 'questions:answer', 'webhooks:manage', 'payments:all-banks']),
  allowed_from cidr[],
  created_at timestamptz not null,
  created_by bigint references staff,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by bigint references staff,
  last_used_at timestamptz,
  -- a key of a system has one of its two places, a token of a client none
  constraint api_key_has_place check ((slot is null) = (client_id is not null))
);
create sequence api_key_id_sequence as bigint;
alter table api_key alter column key_id set default nextval('api_key_id_sequence');
create unique index api_key_two_live on api_key (staff_id, slot) where revoked_at is null;
comment on table api_key is 'what systems show to be let in; two live ones per system, so that one can be changed while the other works';
comment on column api_key.token_hash is 'SHA-256 of 256 random bits, hex: who reads this table cannot become anybody';
comment on column api_key.token_end is 'the last four characters, by which people tell keys apart';
comment on column api_key.allowed_from is 'networks it may come from; null: any';
comment on column api_key.client_id is 'of a token given out for an assertion; null: a key given out by hand';

create table upload (
  upload_id text primary key,
  source text not null,
  staff_id bigint not null references staff,
  channel text not null check (channel in ('api', 'resumable', 'page')),
  file_name text not null,
  declared_kind text,
  declared_profile text,
  declared_count bigint,
  declared_sum numeric,
  all_banks boolean not null default false,
  size_bytes bigint not null,
  sha256 text not null,
  received_at timestamptz not null,
  status text not null check (status in ('draft', 'received', 'processing', 'sealed', 'refused', 'failed', 'discarded')),
  started_at timestamptz,
  finished_at timestamptz,
  attempt_count smallint not null default 0,
  bytes_read bigint not null default 0,
  lines_read bigint not null default 0,
  file_id bigint,
  is_repeat boolean not null default false,
  refusal jsonb,
  failure_code text,
  constraint upload_end check ((finished_at is null) = (status in ('draft', 'received', 'processing')))
);
create index upload_by_source on upload (source, received_at desc, upload_id desc);
create index upload_waiting on upload (received_at) where status in ('received', 'processing');
create index upload_of_file on upload (file_id) where file_id is not null;
comment on table upload is 'one row per file that somebody handed in by web or API: what was acknowledged; its bytes are in uploads/UPLOAD_ID until they are taken in';
comment on column upload.source is 'who sent it, as in source_file: of a bank its 6 digits';
comment on column upload.all_banks is 'its sender instructs payments into accounts of other banks too; else lines of others are problems';
comment on column upload.status is 'draft: looked at on the page, not handed in yet; received and processing: on its way; sealed or refused: as source_file; failed: by our own fault, see failure_code; discarded: a draft that was not handed in';
comment on column upload.file_id is 'the file it became, or (is_repeat) the sender''s own file with the same bytes; null: not yet, or refused before it was one';
comment on column upload.refusal is 'why it was refused, where file_id is null';

create table idempotent_request (
  staff_id bigint not null references staff,
  idempotency_key text not null check (length(idempotency_key) between 1 and 255),
  fingerprint text,
  held_by text not null,
  held_until timestamptz not null,
  created_at timestamptz not null,
  answer_status smallint,
  answer jsonb,
  primary key (staff_id, idempotency_key)
);
create index idempotent_request_age on idempotent_request (created_at);
comment on table idempotent_request is 'requests that create something, by the key their sender gave: the same key answers once more with the same answer';
comment on column idempotent_request.fingerprint is 'SHA-256 of what was asked, hex; null while it is still being read';
comment on column idempotent_request.held_until is 'until when a request without an answer counts as running; one whose server died is free again after that';
comment on column idempotent_request.answer is 'headers and body; null: none yet';

create table bank_question (
  question_id bigint primary key,
  person_key bigint not null,
  finding_id text not null,
  unit_code text,
  creditor_agent integer not null,
  code text not null,
  asked_at timestamptz not null,
  asked_by bigint not null references staff,
  question text not null check (length(question) between 1 and 2000),
  about jsonb not null,
  due_date date not null,
  answered_at timestamptz,
  answered_by bigint references staff,
  answer_code text check (answer_code in ('account_open', 'account_closed', 'account_blocked', 'account_dormant', 'holder_confirmed', 'holder_differs', 'credited', 'not_credited', 'will_be_credited', 'returned', 'other')),
  answer text check (length(answer) <= 2000),
  constraint bank_question_answer_is_whole check ((answered_at is null) = (answer_code is null) and (answered_at is null) = (answered_by is null))
);
create index bank_question_open on bank_question (creditor_agent, question_id) where answered_at is null;
create index bank_question_of_bank on bank_question (creditor_agent, question_id);
create index bank_question_case on bank_question (finding_id);
comment on column bank_question.question_id is 'milliseconds since 1970 and seventeen random bits: in the order in which they were asked, and no bank reads off how many others were asked';
comment on table bank_question is 'what an officer asks the bank of an account about a case, and its answer';
comment on column bank_question.about is 'what the bank is told: account, holder as in its own file, payment, amount, day, and its own file and line; nothing of scheme, category, needs or other months';
comment on column bank_question.due_date is 'by when an answer is asked for';
alter table case_event drop constraint case_event_kind_check;
alter table case_event add constraint case_event_kind_check check (kind in ('received', 'assigned', 'commented', 'evidence_added', 'appraised', 'sent_back', 'approved', 'answered', 'reopened', 'gone', 'found_again', 'amount_changed', 'bank_asked', 'bank_answered'));

create table bank_event (
  event_id text primary key,
  source text not null,
  kind text not null check (kind in ('file.sealed', 'file.refused', 'file.failed', 'question.asked', 'question.due', 'report.due', 'ping')),
  happened_at timestamptz not null,
  subject text not null,
  payload jsonb not null,
  laid_out_at timestamptz
);
create index bank_event_by_source on bank_event (source, happened_at desc, event_id);
create index bank_event_waiting on bank_event (happened_at) where laid_out_at is null;
comment on table bank_event is 'what a bank is told: of its files, questions and deadlines; written in the transaction in which it happens';
comment on column bank_event.payload is 'ids, counts and days alone: no name, account or id of a person leaves by webhook or e-mail';
comment on column bank_event.laid_out_at is 'when its deliveries were written; null: not yet';

create table webhook_endpoint (
  endpoint_id text primary key,
  source text not null,
  url text not null check (length(url) <= 2000),
  secret text not null,
  former_secret text,
  former_secret_until timestamptz,
  kinds text[] not null,
  created_at timestamptz not null,
  created_by bigint not null references staff,
  disabled_at timestamptz,
  disabled_reason text
);
create index webhook_endpoint_source on webhook_endpoint (source);
comment on table webhook_endpoint is 'where a bank wants to be told by HTTP (Standard Webhooks)';
comment on column webhook_endpoint.secret is 'whsec_…, by which it checks the signature; shown once, to the pages'' login never';

create table mail_address (
  source text not null,
  address text not null check (length(address) between 3 and 254),
  language text not null default 'vi' check (language in ('vi', 'en', 'ar')),
  kinds text[] not null,
  created_at timestamptz not null,
  created_by bigint not null references staff,
  primary key (source, address)
);
comment on table mail_address is 'where a bank wants to be told by e-mail';

create table bank_delivery (
  delivery_id text primary key,
  event_id text not null references bank_event,
  source text not null,
  endpoint_id text references webhook_endpoint,
  mail_to text,
  created_at timestamptz not null,
  attempt_count smallint not null default 0,
  last_attempt_at timestamptz,
  last_status smallint,
  last_error text,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  given_up_at timestamptz,
  constraint bank_delivery_one_way check ((endpoint_id is null) <> (mail_to is null))
);
create index bank_delivery_event on bank_delivery (event_id);
create index bank_delivery_source on bank_delivery (source, created_at desc, delivery_id);
create index bank_delivery_due on bank_delivery (next_attempt_at) where delivered_at is null and given_up_at is null;
comment on table bank_delivery is 'one row per event and place it is told to: how often it was tried, and how it ended';
comment on column bank_delivery.last_status is 'HTTP or SMTP status of the last attempt; null: no answer came';
comment on column bank_delivery.last_error is 'what kept it from arriving, in a word; never what the other side wrote';

create table bank_score (
  run_id bigint not null,
  creditor_agent integer not null,
  own jsonb not null,
  others jsonb,
  primary key (run_id, creditor_agent)
);
comment on table bank_score is 'per published result and bank: how it did, beside all other banks together; laid out when first asked for';
comment on column bank_score.others is 'of all other banks as one; null where they are fewer than three, for two could tell each other apart';

-- A file is its bytes, to each bank its own: that another bank has sent them is nothing a bank may learn.
drop index source_file_one_sealed;
create unique index source_file_one_sealed on source_file (sha256, (case when source ~ '^[0-9]{6}$' then source else '' end)) where status = 'sealed';

create or replace function desk_staff() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select s.staff_id from staff_session s join staff a using (staff_id)
  where s.token_hash = current_setting('tantay.session', true) and s.is_complete and s.ended_at is null and s.expires_at > statement_timestamp() and a.is_active
  union all
  select k.staff_id from api_key k join staff a using (staff_id)
  where k.token_hash = current_setting('tantay.session', true) and k.revoked_at is null and k.expires_at > statement_timestamp() and a.is_active
$function$;
comment on function desk_staff is 'who is there, by a session or by a key: staff_id; null without one that holds';

create function enqueue_job(task text, payload jsonb, queue text, job_key text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  -- where no server has ever run there is no queue yet; the first one that starts looks for what waits
  if to_regnamespace('graphile_worker') is not null then
    execute 'select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4)' using task, payload, queue, job_key;
  end if;
end
$function$;
comment on function enqueue_job is 'leaves work for the background in the caller''s transaction: done once, even when left twice under one job_key before it begins';
revoke all on function enqueue_job from public;

create function raise_bank_event(wanted_source text, wanted_kind text, wanted_subject text, wanted_payload jsonb, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  new_id text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
begin
  insert into bank_event (event_id, source, kind, happened_at, subject, payload) values (new_id, wanted_source, wanted_kind, at, wanted_subject, wanted_payload);
  perform enqueue_job('tell_bank', jsonb_build_object('event_id', new_id), null, new_id);
  return new_id;
end
$function$;
comment on function raise_bank_event is 'notes what a bank is to be told, and leaves the telling to the background; its event_id';
revoke all on function raise_bank_event from public;

do $policies$
declare
  one text;
begin
  foreach one in array array['upload', 'bank_event', 'bank_delivery', 'webhook_endpoint', 'mail_address'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy of_own_bank on %I for select to tantay_desk using ((select desk_sees_files()) or source = (select desk_agent())::text)', one);
  end loop;
  foreach one in array array['api_key', 'api_client', 'bank_score'] loop
    execute format('alter table %I enable row level security', one);
  end loop;
end
$policies$;
create policy of_own_bank on api_key for select to tantay_desk using ((select desk_has_role('administrator')) or creditor_agent = (select desk_agent()));
create policy of_own_bank on api_client for select to tantay_desk using ((select desk_has_role('administrator')) or creditor_agent = (select desk_agent()));
create policy of_own_bank on bank_score for select to tantay_desk using ((select desk_sees_all()) or creditor_agent = (select desk_agent()));
grant select on upload, bank_event, bank_delivery, mail_address, bank_score to tantay_desk;
grant select (endpoint_id, source, url, kinds, created_at, created_by, disabled_at, disabled_reason) on webhook_endpoint to tantay_desk;
grant select (key_id, staff_id, creditor_agent, client_id, slot, token_end, scopes, allowed_from, created_at, expires_at, revoked_at, last_used_at) on api_key to tantay_desk;
grant select (client_id, staff_id, creditor_agent, scopes, allowed_from, created_at, revoked_at) on api_client to tantay_desk;

alter table bank_question enable row level security;
create policy of_the_case on bank_question for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()) or creditor_agent = (select desk_agent()));
create policy asked_by_officers on bank_question for insert to tantay_desk with check (asked_by = (select desk_staff()) and answered_at is null and (select desk_has_role('officer', 'approver', 'payer')) and ((select desk_sees_all()) or unit_code in (select desk_unit_codes())));
create policy answered_by_the_bank on bank_question for update to tantay_desk using (creditor_agent = (select desk_agent()) and answered_at is null) with check (creditor_agent = (select desk_agent()) and answered_by = (select desk_staff()));
grant select, insert on bank_question to tantay_desk;
grant update (answered_at, answered_by, answer_code, answer) on bank_question to tantay_desk;
