-- What: the human work on findings: one case per finding, and everything that was done to it, never changed afterwards.
-- Why: a case survives reruns, needs two persons, and says who did what; the rules about persons are constraints here.
-- Source: contract 1 (case), 9.9 (maker ≠ checker), promise R12; decisions D122–D125

alter table finding_type add column working_days smallint not null default 5;
comment on column finding_type.working_days is 'within how many working days after it was found a case of this type is to be answered';

create table approval_band (
  scope_level text primary key check (scope_level in ('country', 'province', 'commune')),
  up_to_amount numeric
);
comment on column approval_band.up_to_amount is 'the most that an approver of this level may approve in one case, that amount included; null: any amount';
insert into approval_band values ('commune', 20000000), ('province', 500000000), ('country', null);

create sequence case_number_sequence as bigint;

create table case_record (
  person_key bigint not null,
  finding_id text not null,
  case_number bigint not null default nextval('case_number_sequence'),
  code text not null,
  severity_rank smallint not null,
  scheme_id smallint,
  benefit_period integer,
  subject text not null,
  unit_code text,
  village text,
  creditor_agent integer,
  beneficiary_name text,
  name_key text,
  account_end text,
  currency text not null,
  amount_at_stake numeric not null,
  waiting_since date not null,
  urgency bigint not null,
  opened_date date not null,
  deadline_date date not null,
  is_found boolean not null,
  is_open boolean generated always as (step not in ('answered', 'gone')) stored,
  step text not null check (step in ('new', 'received', 'appraised', 'approved', 'answered', 'gone')),
  version integer not null default 0,
  last_event integer generated always as (nullif(version, 0)) stored,
  assigned_to bigint references staff,
  resolution text,
  appraisal_number integer,
  approval_number integer,
  closed_date date,
  reopened_count smallint not null default 0,
  primary key (person_key, finding_id),
  constraint case_approved_needs_approval check (step not in ('approved', 'answered') or approval_number is not null),
  constraint case_appraised_needs_appraisal check (step <> 'appraised' or appraisal_number is not null and approval_number is null)
);
comment on table case_record is 'one row per finding that a published result has ever had, and per complaint; how its case stands now';
comment on column case_record.case_number is 'what people call it by';
comment on column case_record.name_key is 'name_search() of the name, for search without marks';
comment on column case_record.account_end is 'the last four characters of the account that the finding is about; null: none';
comment on column case_record.waiting_since is 'the day the money was due; else the day it was first found';
comment on column case_record.urgency is 'amount at stake (one dong at least) × days waited (one at least) × weight of the severity (D123), as of the published day, capped at 9·10^18';
comment on column case_record.opened_date is 'the day of the first result that found it, or found it again';
comment on column case_record.is_found is 'whether the published result still finds it; true for complaints';
comment on column case_record.version is 'the number of its last event; 0: nothing was done yet';
comment on column case_record.last_event is 'the version as a reference to its event; null: none yet';
comment on column case_record.appraisal_number is 'the event whose appraisal stands; null: none';
comment on column case_record.approval_number is 'the event that approved that appraisal; null: none';

create table case_event (
  person_key bigint not null,
  finding_id text not null,
  event_number integer not null check (event_number > 0),
  unit_code text,
  happened_at timestamptz not null,
  actor_id bigint references staff,
  acting_for bigint references staff,
  kind text not null check (kind in ('received', 'assigned', 'commented', 'evidence_added', 'appraised', 'sent_back', 'approved', 'answered', 'reopened', 'gone', 'found_again', 'amount_changed')),
  step text not null,
  resolution text check (resolution in ('repaid', 'recovered', 'offset_next_period', 'account_corrected', 'list_corrected', 'explained_legal', 'bank_error_fixed', 'written_off', 'false_alarm', 'escalated_to_inspection')),
  amount numeric check (amount >= 0),
  comment text,
  appraisal_number integer,
  appraised_by bigint,
  appraised_for bigint,
  appraised_kind text generated always as (case when kind = 'approved' then 'appraised' end) stored,
  details jsonb,
  primary key (person_key, finding_id, event_number),
  foreign key (person_key, finding_id) references case_record (person_key, finding_id),
  constraint case_event_of_a_step unique (person_key, finding_id, event_number, step),
  constraint case_event_of_an_appraisal unique (person_key, finding_id, event_number, appraisal_number),
  constraint case_event_by_a_person unique (person_key, finding_id, event_number, actor_id, kind),
  -- who approves names the appraisal and who made it: the reference makes that true, the check makes it another person
  constraint case_event_approves_an_appraisal foreign key (person_key, finding_id, appraisal_number, appraised_by, appraised_kind) references case_event (person_key, finding_id, event_number, actor_id, kind),
  constraint case_event_approval_is_whole check ((kind = 'approved') = (appraisal_number is not null and appraised_by is not null)),
  constraint case_event_two_persons check (kind <> 'approved' or actor_id <> appraised_by and acting_for is distinct from appraised_by),
  constraint case_event_appraisal_is_whole check ((kind = 'appraised') = (resolution is not null and amount is not null)),
  constraint case_event_by_somebody check ((actor_id is null) = (kind in ('gone', 'found_again', 'amount_changed')))
);
comment on table case_event is 'append-only: one row per thing done to a case, by a person or (actor_id null) by a run';
comment on column case_event.acting_for is 'the absent approver in whose place the actor approved (staff_absence); null: in their own right';
comment on column case_event.step is 'how the case stood afterwards';
comment on column case_event.amount is 'of an appraisal: what is to be repaid, recovered, offset or written off, in the currency of the case; 0: no money moves';
comment on column case_event.appraisal_number is 'of an approval: the event it approves';

alter table case_record
  add constraint case_record_stands_at_its_last_event foreign key (person_key, finding_id, last_event, step) references case_event (person_key, finding_id, event_number, step) deferrable initially deferred,
  add constraint case_record_approval_is_of_the_appraisal foreign key (person_key, finding_id, approval_number, appraisal_number) references case_event (person_key, finding_id, event_number, appraisal_number) deferrable initially deferred;

create index case_record_by_unit on case_record (unit_code, urgency desc, case_number) where is_open;
create index case_record_by_urgency on case_record (urgency desc, case_number) where is_open;
create index case_record_by_code on case_record (code, urgency desc, case_number) where is_open;
create index case_record_appraised on case_record (unit_code, urgency desc, case_number) where step = 'appraised';
create index case_record_number on case_record (case_number);
create index case_record_finding on case_record (finding_id);
create index case_record_assigned on case_record (assigned_to) where assigned_to is not null;
create index case_event_by_actor on case_event (actor_id, happened_at) where actor_id is not null;

create table case_tally (
  unit_code text,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  step text not null,
  is_open boolean generated always as (step not in ('answered', 'gone')) stored,
  waiting_since date not null,
  opened_date date not null,
  deadline_date date not null,
  closed_date date,
  case_count bigint not null,
  amount_at_stake numeric not null
);
create index case_tally_unit on case_tally (unit_code);
comment on table case_tally is 'how many cases there are of each unit, code, step and days: laid out anew with each result, and added to (−1 as it was, +1 as it is) by whoever moves a case in between; the sums of its rows are true at every moment';
comment on column case_tally.amount_at_stake is 'of all of them together';

create table case_attachment (
  person_key bigint not null,
  finding_id text not null,
  event_number integer not null,
  sha256 text not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null,
  unit_code text,
  primary key (person_key, finding_id, event_number),
  foreign key (person_key, finding_id, event_number) references case_event (person_key, finding_id, event_number)
);
comment on table case_attachment is 'evidence: the file that came with the event; its bytes lie in the data folder under their SHA-256';

create table followed_run (
  run_id bigint not null
);
comment on table followed_run is 'one row: the run whose findings the cases follow';

create table case_term (
  working_days smallint primary key,
  deadline_date date not null
);
comment on table case_term is 'for each number of working days, the day that many after the day of the result that the cases follow';
grant select on case_term to tantay_desk;

create function name_search(name text) returns text language sql immutable strict parallel safe as $function$
  select lower(translate(regexp_replace(normalize(name, NFD), U&'[\0300-\036f]', '', 'g'), U&'\0111\0110', 'dd'))
$function$;
comment on function name_search is 'a name as people type it into a search: small letters without marks';

create function case_urgency(amount numeric, waiting_days integer, severity_rank integer) returns bigint language sql immutable parallel safe as $function$
  select least(greatest(amount, 1) * greatest(waiting_days, 1) * (1 << (severity_rank - 1)), 9000000000000000000)::bigint
$function$;
comment on function case_urgency is 'how urgent a case is: what is at stake, times the days it waits, times how grave it is (8 for h to 1 for i)';

create function desk_may_approve(case_person bigint, case_finding text, appraisal integer, in_place_of bigint) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select exists (
    select from staff approver
    join approval_band b using (scope_level)
    join case_event e on e.person_key = case_person and e.finding_id = case_finding and e.event_number = appraisal
    join case_record c on c.person_key = case_person and c.finding_id = case_finding and c.appraisal_number = appraisal
    where approver.staff_id = coalesce(in_place_of, desk_staff()) and approver.is_active and 'approver' = any (approver.roles)
      and (in_place_of is null or exists (
        select from staff_absence a where a.absent_id = in_place_of and a.deputy_id = desk_staff() and a.ended_at is null
          and (statement_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date between a.from_date and a.to_date))
      and (approver.unit_code is null or exists (select from staff_unit u where u.staff_id = approver.staff_id and u.unit_code = c.unit_code))
      and greatest(e.amount, c.amount_at_stake) <= coalesce(b.up_to_amount, 'infinity')
  )
$function$;
comment on function desk_may_approve is 'whether the reader may approve this appraisal, alone or in place of an absent approver: role, unit, and the larger of the amounts against the band';

alter table case_record enable row level security;
create policy by_unit on case_record for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy work on case_record for update to tantay_desk using (((select desk_sees_all()) or unit_code in (select desk_unit_codes())) and (select desk_has_role('officer', 'approver', 'payer')));
create policy complaints on case_record for insert to tantay_desk with check (code = 'complaint' and ((select desk_sees_all()) or unit_code in (select desk_unit_codes())) and (select desk_has_role('officer', 'payer')) and version = 0 and step = 'new');
grant select, insert on case_record to tantay_desk;
grant update (step, version, assigned_to, resolution, appraisal_number, approval_number, closed_date, reopened_count, deadline_date) on case_record to tantay_desk;
grant usage on sequence case_number_sequence to tantay_desk;

alter table case_tally enable row level security;
create policy by_unit on case_tally for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy own_work on case_tally for insert to tantay_desk with check (((select desk_sees_all()) or unit_code in (select desk_unit_codes())) and (select desk_has_role('officer', 'approver', 'payer')));
grant select, insert on case_tally to tantay_desk;

alter table case_event enable row level security;
create policy by_unit on case_event for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy own_work on case_event for insert to tantay_desk with check (
  actor_id = (select desk_staff())
  and exists (select from case_record c where c.person_key = case_event.person_key and c.finding_id = case_event.finding_id and c.unit_code is not distinct from case_event.unit_code)
  and case kind
    when 'approved' then desk_may_approve(person_key, finding_id, appraisal_number, acting_for)
    when 'sent_back' then (acting_for is null and (select desk_has_role('approver'))) or exists (select from staff_absence a where a.absent_id = acting_for and a.deputy_id = actor_id and a.ended_at is null)
    when 'commented' then (select desk_has_role('officer', 'approver', 'payer'))
    else (select desk_has_role('officer', 'payer')) and acting_for is null
  end);
grant select, insert on case_event to tantay_desk;

alter table case_attachment enable row level security;
create policy by_unit on case_attachment for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()));
create policy own_work on case_attachment for insert to tantay_desk with check (exists (select from case_event e where e.person_key = case_attachment.person_key and e.finding_id = case_attachment.finding_id and e.event_number = case_attachment.event_number and e.actor_id = (select desk_staff()) and e.unit_code is not distinct from case_attachment.unit_code));
grant select, insert on case_attachment to tantay_desk;

grant select on approval_band, staff_absence, followed_run to tantay_desk;
