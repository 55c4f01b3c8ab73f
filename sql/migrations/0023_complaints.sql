-- What: people who say that they got nothing: what they said, as a file or a desk took it, tied to a case; what was sent to them; and many cases acted on at once.
-- Why: a complaint is a case like any other (same steps, clock, two persons), but no run finds it and none closes it.
-- Source: contract 1 (case), 8; promises R12–R15; decisions D135–D139

alter table finding_type add column is_found boolean not null default true;
comment on column finding_type.is_found is 'false: no run finds it, people bring it (complaint); such a row is kept by migrations, not by sql/findings';

insert into finding_type (code, severity, actor, subject, title, explanation, action, working_days, is_found) values ('complaint', 'h', 'C', 'entitlement',
  '{"vi": "Người dân báo chưa nhận được tiền", "en": "Says the money did not come", "ar": "يقول إن المال لم يصل"}',
  '{"vi": "Người thụ hưởng, hoặc người thay mặt, báo chưa nhận được tiền của tháng này.", "en": "The beneficiary, or somebody for them, says that this month’s money did not come.", "ar": "يقول المستفيد أو من ينوب عنه إن مال هذا الشهر لم يصل."}',
  '{"vi": "Đối chiếu với kết quả của tháng bên cạnh, hỏi ngân hàng hoặc đơn vị chi trả nếu cần, rồi trả lời người dân đúng hạn.", "en": "Compare with what is known of the month, ask the bank or the payer where needed, and answer the person in time.", "ar": "قارن بما هو معروف عن الشهر، واسأل البنك أو جهة الصرف عند الحاجة، وأجب الشخص في الموعد."}',
  10, false);

create type complaint_way as enum ('desk', 'phone', 'home', 'letter');
create type answer_way as enum ('letter', 'text_message', 'in_person', 'phone');

create function complaint_id(person_key bigint, scheme text, benefit_period integer, complained_date date, stranger_to text) returns text language sql immutable parallel safe as $function$
  select md5('complaint|' || coalesce(scheme, '') || '|' || benefit_period || '|' || person_key || '|' || (complained_date - date '2000-01-01') || coalesce('|' || stranger_to, ''))
$function$;
comment on function complaint_id is 'the finding_id of a complaint: the same person''s about the same month and scheme on the same day is the same complaint; stranger_to: the unit whose desk took it of somebody on no list of theirs, which is in nobody else''s way, null for everybody else';

create table complaint_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  benefit_period integer not null,
  complained_date date not null,
  scheme_id smallint,
  came_by complaint_way not null,
  wanted_answer answer_way not null,
  phone text,
  words text,
  person_name text,
  unit_code text
);
comment on table complaint_row is 'one row per complaint as a file states it; a case opens for it when a result is followed';
comment on column complaint_row.scheme_id is 'null: the person did not say of which scheme';
comment on column complaint_row.unit_code is 'where the person lives, for whom no list names; null: as the list says';
create index complaint_row_person on complaint_row (person_key);

create table complaint (
  person_key bigint not null,
  finding_id text not null,
  unit_code text,
  complained_date date not null,
  came_by complaint_way not null,
  wanted_answer answer_way not null,
  phone text,
  words text,
  taken_at timestamptz not null,
  taken_by bigint references staff,
  file_id integer,
  line_number bigint,
  primary key (person_key, finding_id),
  foreign key (person_key, finding_id) references case_record (person_key, finding_id),
  constraint complaint_has_origin check ((taken_by is null) = (file_id is not null) and (file_id is null) = (line_number is null))
);
comment on table complaint is 'one row per case with the code complaint: what the person said and how they want to be answered';
comment on column complaint.words is 'what the person said, in their words; null: only that nothing came';
comment on column complaint.phone is 'digits, with + before a country code; null: none given';
comment on column complaint.taken_by is 'who took it at the desk; null: it came in a file';

create table case_message (
  person_key bigint not null,
  finding_id text not null,
  press text not null check (press ~ '^[0-9a-f]{32}$'),
  unit_code text,
  language text not null check (language in ('vi', 'en', 'ar')),
  phone text not null,
  body text not null,
  state text not null check (state in ('sending', 'sent', 'failed')),
  attempts smallint not null default 1,
  failure text,
  sent_by bigint not null references staff,
  tried_at timestamptz not null,
  primary key (person_key, finding_id, press),
  foreign key (person_key, finding_id) references case_record (person_key, finding_id)
);
comment on table case_message is 'one row per text message that somebody meant to send; press is drawn with the form, so that one press sends once, and is the reference by which the gateway knows a repeat';
comment on column case_message.state is 'sending: handed to the gateway, no answer noted yet';
comment on column case_message.failure is 'timeout, refused (with the status) or unreachable; null: none';

create sequence case_batch_id_sequence as bigint;
create table case_batch (
  batch_id bigint primary key default nextval('case_batch_id_sequence'),
  staff_id bigint not null references staff,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz,
  origin text not null check (origin in ('selection', 'workbook')),
  heading jsonb not null,
  entries jsonb not null,
  results jsonb not null default '[]'
);
create index case_batch_of_staff on case_batch (staff_id, made_at);
comment on table case_batch is 'what somebody is about to do, or did, to many cases at once: kept from the preview to the result, thirty days at most';
comment on column case_batch.entries is 'one element per row: which case in which version, what to do, and of a workbook its cells';
comment on column case_batch.results is 'one element per entry dealt with, in their order: done, or refused with the reason';

-- who may see what, as in 0021
alter table complaint_row enable row level security;
create policy by_unit_or_person on complaint_row for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()) or person_key = (select desk_person()) or (select desk_person()) is null and person_key in (select desk_people()));
grant select on complaint_row to tantay_desk;

alter table complaint enable row level security;
create policy by_unit on complaint for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy own_work on complaint for insert to tantay_desk with check (
  taken_by = (select desk_staff()) and file_id is null
  and exists (select from case_record c where c.person_key = complaint.person_key and c.finding_id = complaint.finding_id and c.code = 'complaint' and c.unit_code is not distinct from complaint.unit_code));
grant select, insert on complaint to tantay_desk;

alter table case_message enable row level security;
create policy by_unit on case_message for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy own_work on case_message for insert to tantay_desk with check (
  sent_by = (select desk_staff()) and (select desk_has_role('officer', 'payer'))
  and exists (select from case_record c where c.person_key = case_message.person_key and c.finding_id = case_message.finding_id and c.unit_code is not distinct from case_message.unit_code));
create policy again on case_message for update to tantay_desk
  using (((select desk_sees_all()) or unit_code in (select desk_unit_codes())) and (select desk_has_role('officer', 'payer')))
  with check (sent_by = (select desk_staff()));
grant select, insert on case_message to tantay_desk;
grant update (state, attempts, failure, sent_by, tried_at) on case_message to tantay_desk;

alter table case_batch enable row level security;
create policy own on case_batch for all to tantay_desk using (staff_id = (select desk_staff())) with check (staff_id = (select desk_staff()));
grant select, insert, delete on case_batch to tantay_desk;
grant update (confirmed_at, finished_at, results) on case_batch to tantay_desk;
grant usage on sequence case_batch_id_sequence to tantay_desk;
