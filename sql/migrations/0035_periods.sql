-- What: a month of payments is closed in four steps by four persons; what they signed, the minutes of it, and its reopening.
-- Why: who signs must see what is signed, and what is signed must stay what it was; both are held here, whatever a page does.
-- How: events of a month follow one another by number (two at once take the same number, and one of them loses); each step
--   names the round that it belongs to, a round has one snapshot, and nobody takes two steps of a round. A step is taken
--   only while the published figures are those of the snapshot.
-- Source: contract 4 (the bridge) and 9.9, promise R12; decisions D176, D177

create table period_event (
  place_code text not null,
  benefit_period integer not null check (benefit_period between 190001 and 299912),
  event_number integer not null check (event_number > 0),
  previous_number integer generated always as (nullif(event_number - 1, 0)) stored,
  previous_kind text,
  kind text not null check (kind in ('prepared', 'appraised', 'approved', 'issued', 'sent_back', 'reopen_asked', 'reopened', 'reopen_refused')),
  version_number integer not null check (version_number > 0),
  version_after integer generated always as (case when kind = 'reopened' then version_number + 1 else version_number end) stored,
  issued_version integer generated always as (case when kind = 'issued' then version_number end) stored,
  round_number integer not null,
  continued_round integer generated always as (case when kind <> 'prepared' then round_number end) stored,
  actor_id bigint not null references staff,
  happened_at timestamptz not null,
  reason text check (length(btrim(reason)) between 1 and 2000),
  asked_by bigint,
  primary key (place_code, benefit_period, event_number),
  constraint period_event_of_a_kind unique (place_code, benefit_period, event_number, kind),
  constraint period_event_of_a_round unique (place_code, benefit_period, event_number, round_number),
  constraint period_event_of_a_version unique (place_code, benefit_period, event_number, version_after),
  constraint period_event_by_a_person unique (place_code, benefit_period, event_number, actor_id),
  -- what came before is named, and the reference makes that true: so the order of the steps is the order of the numbers
  constraint period_event_follows_another check ((event_number = 1) = (previous_kind is null)),
  constraint period_event_follows foreign key (place_code, benefit_period, previous_number, previous_kind) references period_event (place_code, benefit_period, event_number, kind),
  constraint period_event_in_order check (case kind
    when 'prepared' then coalesce(previous_kind, 'reopened') in ('prepared', 'appraised', 'approved', 'sent_back', 'reopened')
    when 'appraised' then previous_kind is not distinct from 'prepared'
    when 'approved' then previous_kind is not distinct from 'appraised'
    when 'issued' then previous_kind is not distinct from 'approved'
    when 'sent_back' then coalesce(previous_kind, '') in ('prepared', 'appraised', 'approved')
    when 'reopen_asked' then coalesce(previous_kind, '') in ('issued', 'reopen_refused')
    else previous_kind is not distinct from 'reopen_asked' end),
  constraint period_event_begins_a_round check ((kind = 'prepared') = (round_number = event_number)),
  constraint period_event_stays_in_its_round foreign key (place_code, benefit_period, previous_number, continued_round) references period_event (place_code, benefit_period, event_number, round_number),
  constraint period_event_first_version check (event_number > 1 or version_number = 1),
  constraint period_event_next_version foreign key (place_code, benefit_period, previous_number, version_number) references period_event (place_code, benefit_period, event_number, version_after),
  constraint period_event_says_why check ((kind in ('sent_back', 'reopen_asked', 'reopen_refused')) = (reason is not null)),
  constraint period_event_answers_somebody check ((kind in ('reopened', 'reopen_refused')) = (asked_by is not null)),
  constraint period_event_answers_who_asked foreign key (place_code, benefit_period, previous_number, asked_by) references period_event (place_code, benefit_period, event_number, actor_id),
  constraint period_event_two_persons check (asked_by is null or asked_by <> actor_id)
);
-- Four steps, four persons.
create unique index period_event_four_persons on period_event (place_code, benefit_period, round_number, actor_id) where kind in ('prepared', 'appraised', 'approved', 'issued');
comment on table period_event is 'append-only: one row per thing done to close a month of a place, in the order of its numbers';
comment on column period_event.place_code is 'unit_code of a province, or '''' for the whole country';
comment on column period_event.previous_kind is 'what the event before was; null for the first';
comment on column period_event.version_number is 'which signing of the month it belongs to: 1, and one more after each reopening';
comment on column period_event.round_number is 'the number of the event that prepared what this one is about';
comment on column period_event.reason is 'why it was sent back, asked to be reopened, or refused';
comment on column period_event.asked_by is 'of an answer to a wish to reopen: who wished it';

create table period_snapshot (
  place_code text not null,
  benefit_period integer not null,
  round_number integer not null,
  prepared_kind text generated always as ('prepared') stored,
  body text not null,
  sha256 text not null,
  primary key (place_code, benefit_period, round_number),
  constraint period_snapshot_of_a_round foreign key (place_code, benefit_period, round_number, prepared_kind) references period_event (place_code, benefit_period, event_number, kind) deferrable initially deferred,
  constraint period_snapshot_stands check (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'))
);
comment on table period_snapshot is 'one row per round: what the four persons sign, never changed afterwards';
comment on column period_snapshot.body is 'canonical JSON: figures, files, open cases, missing files, run; shape in src/periods/content.ts';
comment on column period_snapshot.sha256 is 'of body in UTF-8, hex';

create table period_minutes (
  place_code text not null,
  benefit_period integer not null,
  version_number integer not null,
  issued_number integer not null,
  issued_kind text generated always as ('issued') stored,
  minutes text not null,
  sha256 text not null,
  key_id text not null,
  pdf_vi bytea not null,
  pdf_en bytea not null,
  primary key (place_code, benefit_period, version_number),
  constraint period_minutes_were_issued foreign key (place_code, benefit_period, issued_number, issued_kind) references period_event (place_code, benefit_period, event_number, kind),
  constraint period_minutes_of_the_version foreign key (place_code, benefit_period, issued_number, version_number) references period_event (place_code, benefit_period, event_number, version_after)
);
comment on table period_minutes is 'one row per signed version of a month: the minutes as they were handed out';
comment on column period_minutes.minutes is 'the signed file, canonical JSON; shape in src/periods/minutes.ts';
comment on column period_minutes.sha256 is 'of what was signed, hex: printed on every page';
comment on column period_minutes.key_id is 'short id of the key that signed';

alter table period_event
  add constraint period_event_has_its_snapshot foreign key (place_code, benefit_period, round_number) references period_snapshot (place_code, benefit_period, round_number) deferrable initially deferred,
  add constraint period_event_has_its_minutes foreign key (place_code, benefit_period, issued_version) references period_minutes (place_code, benefit_period, version_number) deferrable initially deferred;

-- What each code leads to: its successor, else what it lies in (as Units of src/reports does).
create function period_unit_steps() returns table (unit_code text, next_code text) language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with latest as (
    select as_of from run where status = 'published' order by run_id desc limit 1
  ), unit as (
    select distinct on (r.unit_code) r.unit_code, nullif(r.parent_code, r.unit_code) as parent_code
    from administrative_unit_row r join published_file using (file_id)
    order by r.unit_code, r.valid_from desc, r.file_id desc, r.line_number desc
  ), successor as (
    select distinct on (r.old_code) r.old_code as unit_code, r.new_code
    from unit_succession_row r join published_file using (file_id), latest where r.new_code <> r.old_code and r.effective_date <= latest.as_of
    order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
  )
  select coalesce(u.unit_code, s.unit_code), coalesce(s.new_code, u.parent_code) from unit u full join successor s using (unit_code)
$function$;
comment on function period_unit_steps is 'of each code that files name: its successor, else the unit above; null for a province of today';

create function period_place_units(wanted_place text) returns setof text language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with recursive step as materialized (select * from period_unit_steps()), inside (unit_code) as (
    select wanted_place
    union
    select s.unit_code from step s join inside i on s.next_code = i.unit_code
  )
  select unit_code from inside
$function$;
comment on function period_place_units is 'every code, of today or before, whose people live in a province now; the province itself included';

create function period_figures(wanted_place text, wanted_period integer) returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with unit as materialized (
    select u as unit_code from period_place_units(wanted_place) u where wanted_place <> ''
  ), counted as materialized (
    select scheme_id, outcome_class, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount, sum(credited_amount) as credited_amount, sum(to_due_amount) as to_due_amount, sum(carried_in_amount) as carried_in_amount
    from outcome_count where wanted_place <> '' and benefit_period = wanted_period and unit_code in (select unit_code from unit)
    group by scheme_id, outcome_class, currency having sum(entitlement_count) <> 0
  ), cell as (
    select scheme_id, currency, due_amount, to_due_amount, carried_out_amount, carried_in_amount, excess_over_amount, excess_twice_amount, unmatched_amount, credited_amount,
      (select coalesce(jsonb_object_agg(key, trim_scale(value::numeric)::text), '{}') from jsonb_each_text(shortfall)) as shortfall
    from bridge_cell where wanted_place = '' and benefit_period = wanted_period
    union all
    select scheme_id, currency, sum(due_amount), sum(to_due_amount), coalesce(sum(due_amount - to_due_amount) filter (where outcome_class = 'carried_over'), 0), sum(carried_in_amount),
      coalesce(sum(credited_amount - to_due_amount) filter (where outcome_class = 'paid_over'), 0), coalesce(sum(credited_amount - to_due_amount) filter (where outcome_class = 'paid_twice'), 0), 0, sum(credited_amount),
      coalesce(jsonb_object_agg(outcome_class, trim_scale(due_amount - to_due_amount)::text) filter (where outcome_class <> 'carried_over' and due_amount <> to_due_amount), '{}')
    from counted group by scheme_id, currency
  ), class as (
    select scheme_id, outcome_class, currency, entitlement_count, due_amount, credited_amount from outcome_total where wanted_place = '' and benefit_period = wanted_period
    union all
    select scheme_id, outcome_class, currency, entitlement_count, due_amount, credited_amount from counted
  ), found as (
    select code, scheme_id, currency, finding_count, amount_at_stake from finding_total where wanted_place = '' and benefit_period = wanted_period
    union all
    select code, scheme_id, currency, sum(finding_count), sum(amount_at_stake) from finding_count
    where wanted_place <> '' and benefit_period = wanted_period and unit_code in (select unit_code from unit)
    group by code, scheme_id, currency having sum(finding_count) <> 0
  )
  select jsonb_build_object(
    'bridge', (select coalesce(jsonb_agg(jsonb_build_object('scheme', s.scheme, 'currency', c.currency, 'due', trim_scale(due_amount)::text, 'to_due', trim_scale(to_due_amount)::text, 'carried_out', trim_scale(carried_out_amount)::text, 'carried_in', trim_scale(carried_in_amount)::text,
        'shortfall', shortfall, 'excess_over', trim_scale(excess_over_amount)::text, 'excess_twice', trim_scale(excess_twice_amount)::text, 'unmatched', trim_scale(unmatched_amount)::text, 'credited', trim_scale(credited_amount)::text)
      order by s.scheme collate "C", c.currency collate "C"), '[]') from cell c left join scheme_code s using (scheme_id)),
    'outcomes', (select coalesce(jsonb_agg(jsonb_build_object('scheme', s.scheme, 'class', outcome_class, 'currency', c.currency, 'count', entitlement_count::bigint, 'due', trim_scale(due_amount)::text, 'credited', trim_scale(credited_amount)::text)
      order by s.scheme collate "C", outcome_class, c.currency collate "C"), '[]') from class c join scheme_code s using (scheme_id)),
    -- of what only the calendar or a paper changes (severity l and i) nothing is signed: it would undo the steps night by night
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'scheme', s.scheme, 'currency', f.currency, 'count', finding_count::bigint, 'amount_at_stake', trim_scale(amount_at_stake)::text)
      order by f.code collate "C", s.scheme collate "C", f.currency collate "C"), '[]') from found f join finding_type t using (code) left join scheme_code s using (scheme_id) where left(t.severity, 1) in ('h', 'm') and t.subject <> 'file')
  )
$function$;
comment on function period_figures is 'what is signed of a month: bridge by scheme, entitlements by class, findings that need somebody; amounts as text';

create function period_broken_cell(figures jsonb) returns text language sql immutable parallel safe as $function$
  select concat_ws(' ', coalesce(c ->> 'scheme', 'none'), c ->> 'currency')
  from jsonb_array_elements(figures -> 'bridge') c, lateral (select coalesce(sum(value::numeric), 0) as amount, bool_or(key in ('paid', 'paid_late', 'paid_twice', 'paid_over')) as is_wrong from jsonb_each_text(c -> 'shortfall')) missing,
    lateral (select coalesce(sum((o ->> 'due')::numeric), 0) as due, coalesce(sum((o ->> 'credited')::numeric), 0) as credited from jsonb_array_elements(figures -> 'outcomes') o where o ->> 'scheme' = c ->> 'scheme' and o ->> 'currency' = c ->> 'currency') counted
  where (c ->> 'due')::numeric <> (c ->> 'to_due')::numeric + (c ->> 'carried_out')::numeric + missing.amount
    or (c ->> 'credited')::numeric <> (c ->> 'to_due')::numeric + (c ->> 'excess_over')::numeric + (c ->> 'excess_twice')::numeric + (c ->> 'unmatched')::numeric
    or coalesce(missing.is_wrong, false)
    or (c ->> 'due')::numeric <> counted.due or (c ->> 'credited')::numeric <> counted.credited + (c ->> 'unmatched')::numeric
  order by 1 limit 1
$function$;
comment on function period_broken_cell is 'the first scheme whose bridge does not come to zero, in both directions; null: all close';

create function period_missing_files(wanted_period integer) returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('source', evidence ->> 'source', 'kind', evidence ->> 'kind', 'scheme', evidence ->> 'scheme', 'deadline_date', evidence ->> 'deadline_date')) order by subject collate "C"), '[]')
  from finding where code = 'file_missing' and benefit_period = wanted_period
$function$;
comment on function period_missing_files is 'files that were to come in a month and have not, as the published result found';

create function period_facts(wanted_place text, wanted_period integer) returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with unit as materialized (
    select u as unit_code from period_place_units(wanted_place) u where wanted_place <> ''
  ), figure as materialized (
    select period_figures(wanted_place, wanted_period) as of_month
  )
  select jsonb_build_object(
    'run', (select jsonb_build_object('run_id', run_id::text, 'as_of', as_of, 'engine_version', engine_version) from run where status = 'published' order by run_id desc limit 1),
    'figures', figure.of_month,
    'broken_cell', period_broken_cell(figure.of_month),
    'audit_head', (select jsonb_build_object('head_number', head_number::text, 'day', day, 'sequence_number', sequence_number::text, 'hash', hash) from trail_head order by head_number desc limit 1),
    'missing_files', period_missing_files(wanted_period),
    'open_cases', (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'currency', currency, 'count', case_count, 'amount_at_stake', trim_scale(amount)::text) order by code collate "C", currency collate "C"), '[]') from (
      select code, currency, sum(case_count)::bigint as case_count, sum(amount_at_stake) as amount from case_tally
      where is_open and benefit_period = wanted_period and (wanted_place = '' or unit_code in (select unit_code from unit)) group by code, currency having sum(case_count) <> 0) o),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('resolution', resolution, 'currency', currency, 'count', case_count, 'amount', trim_scale(amount)::text) order by resolution collate "C", currency collate "C"), '[]') from (
      select e.resolution, c.currency, count(*) as case_count, sum(e.amount) as amount
      from case_record c join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.appraisal_number
      where c.benefit_period = wanted_period and c.approval_number is not null and (wanted_place = '' or c.unit_code in (select unit_code from unit)) group by e.resolution, c.currency) d),
    'unmatched_without_month', (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', trim_scale(amount)::text) order by currency collate "C"), '[]') from (
      select currency, sum(unmatched_amount) as amount from bridge_cell where wanted_place = '' and benefit_period is null group by currency having sum(unmatched_amount) <> 0) w)
  ) from figure
$function$;
comment on function period_facts is 'everything that the minutes of a month say, but the files: as published now';

create function period_files() returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with amount as (
    select l.file_id::bigint as file_id, l.currency, sum(l.due_amount) as amount from entitlement_line l join published_file p on p.file_id = l.file_id group by l.file_id, l.currency
    union all
    select r.file_id::bigint, r.currency, sum(r.instructed_amount) from payment_report r join published_file p on p.file_id = r.file_id group by r.file_id, r.currency
  ), summed as (
    select file_id, jsonb_agg(jsonb_build_object('currency', currency, 'amount', trim_scale(amount)::text) order by currency collate "C") as amounts from amount group by file_id
  )
  select jsonb_build_object('files', coalesce(jsonb_agg(jsonb_build_object('file_id', f.file_id::text, 'sha256', f.sha256, 'file_name', f.file_name, 'kind', f.kind, 'source', f.source, 'format', f.format, 'encoding', f.encoding, 'profile', case when f.profile_name is not null then jsonb_build_object('name', f.profile_name, 'version', f.profile_version) end,
      'recorded_at', to_char(f.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'lines', f.line_count, 'accepted', f.accepted_count, 'repeats', f.repeat_count, 'problems', f.problem_count, 'ignored', f.ignored_count, 'amounts', coalesce(s.amounts, '[]')) order by f.file_id), '[]'),
    'profiles', (select coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'version', i.version, 'description', i.description::text) order by i.name collate "C", i.version), '[]') from ingest_profile i
      where exists (select from published_file p join source_file f using (file_id) where f.profile_name = i.name and f.profile_version = i.version)))
  from published_file p join source_file f using (file_id) left join summed s using (file_id) where f.file_id > 0
$function$;
comment on function period_files is 'the files that the published result rests on, with the sums of what was taken from them (due, or instructed), and the mapping profiles by which they were read';

-- The trail stands for each event, with what was signed by it.
create view audited_period_event with (security_invoker = true) as
select e.place_code, e.benefit_period, e.event_number, coalesce(nullif(e.place_code, ''), '-') || ' ' || e.benefit_period || ' ' || e.event_number as row_key,
  trail_text(e.place_code, e.benefit_period::text, e.event_number::text, e.kind, e.version_number::text, e.round_number::text, e.actor_id::text, trail_instant(e.happened_at), e.reason, e.asked_by::text, s.sha256, m.sha256) as row_text
from period_event e
join period_snapshot s on s.place_code = e.place_code and s.benefit_period = e.benefit_period and s.round_number = e.round_number
left join period_minutes m on m.place_code = e.place_code and m.benefit_period = e.benefit_period and m.issued_number = e.event_number;
grant select on audited_period_event to tantay_desk;

create function desk_sees_place(wanted_place text) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select desk_sees_all() or wanted_place <> '' and wanted_place in (select desk_unit_codes())
$function$;
comment on function desk_sees_place is 'whether the reader works for all of a place: the country, or a province';

create function desk_period_facts(wanted_place text, wanted_period integer) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select period_facts(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$;
comment on function desk_period_facts is 'period_facts for whoever works for the place; null for others';

create function desk_period_files(wanted_place text) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select period_files() where desk_sees_place(wanted_place)
$function$;
comment on function desk_period_files is 'period_files for whoever works for the place; null for others';

create function period_snapshot_is_true(wanted_place text, wanted_period integer, body jsonb) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select desk_sees_place(wanted_place)
    and (wanted_place = '' or exists (select from period_unit_steps() s where s.unit_code = wanted_place and s.next_code is null))
    and body -> 'place' ->> 'unit_code' is not distinct from nullif(wanted_place, '')
    and body ->> 'benefit_period' = to_char(wanted_period, 'FM0000"-"00')
    and jsonb_array_length(f -> 'figures' -> 'bridge') > 0
    and period_broken_cell(f -> 'figures') is null
    and body -> 'run' = f -> 'run' and body -> 'figures' = f -> 'figures' and body -> 'open_cases' = f -> 'open_cases' and body -> 'decisions' = f -> 'decisions'
    and (select coalesce(jsonb_agg(m - 'reason' order by n), '[]') from jsonb_array_elements(body -> 'missing_files') with ordinality e (m, n)) = f -> 'missing_files'
    and not exists (select from jsonb_array_elements(body -> 'missing_files') m where coalesce(btrim(m ->> 'reason'), '') = '')
    and (select coalesce(array_agg((e ->> 'file_id')::bigint order by (e ->> 'file_id')::bigint), '{}') from jsonb_array_elements(body -> 'files') e) = (select coalesce(array_agg(file_id order by file_id), '{}') from published_file where file_id > 0)
    and not exists (select from jsonb_array_elements(body -> 'files') e join source_file s on s.file_id = (e ->> 'file_id')::bigint where s.sha256 <> e ->> 'sha256')
  from period_facts(wanted_place, wanted_period) f
$function$;
comment on function period_snapshot_is_true is 'whether a snapshot says what is published now, the bridge comes to zero, and every missing file has its reason';

create function period_stands(wanted_place text, wanted_period integer, wanted_round integer) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select exists (
    select from period_snapshot s where s.place_code = wanted_place and s.benefit_period = wanted_period and s.round_number = wanted_round and desk_sees_place(wanted_place)
      and s.body::jsonb -> 'figures' = period_figures(wanted_place, wanted_period)
      -- nothing was withdrawn that it rests on
      and not exists (select from jsonb_array_elements(s.body::jsonb -> 'files') e left join source_file f on f.file_id = (e ->> 'file_id')::bigint and f.status = 'sealed' where f.file_id is null))
$function$;
comment on function period_stands is 'whether the published figures are still those of the snapshot, and its files are still there';

create function period_signers(wanted_place text, wanted_period integer, wanted_round integer) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce(jsonb_agg(jsonb_build_object('step', e.kind, 'name', s.display_name, 'staff_id', e.actor_id::text, 'roles', to_jsonb(s.roles), 'at', to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.event_number), '[]')
  from period_event e join staff s on s.staff_id = e.actor_id
  where e.place_code = wanted_place and e.benefit_period = wanted_period and e.round_number = wanted_round and e.kind in ('prepared', 'appraised', 'approved', 'issued') and desk_sees_place(wanted_place)
$function$;
comment on function period_signers is 'who took the steps of a round, in their order, as the minutes name them';

create function period_minutes_are_true(wanted_place text, wanted_period integer, wanted_event integer, minutes jsonb) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select exists (
    select from period_event e join period_snapshot s on s.place_code = e.place_code and s.benefit_period = e.benefit_period and s.round_number = e.round_number
    where e.place_code = wanted_place and e.benefit_period = wanted_period and e.event_number = wanted_event and e.kind = 'issued' and e.actor_id = desk_staff()
      and minutes -> 'minutes' -> 'content' = s.body::jsonb
      and minutes -> 'minutes' -> 'steps' = period_signers(wanted_place, wanted_period, e.round_number))
$function$;
comment on function period_minutes_are_true is 'whether minutes hold the snapshot that was signed and name those who signed it';

do $guard$
declare
  one text;
begin
  -- without a reader they would answer anybody who may call them
  foreach one in array array['period_unit_steps()', 'period_place_units(text)', 'period_figures(text, integer)', 'period_missing_files(integer)', 'period_facts(text, integer)', 'period_files()'] loop
    execute format('revoke all on function %s from public', one);
  end loop;
end
$guard$;

alter table period_event enable row level security;
create policy of_the_place on period_event for select to tantay_desk using (desk_sees_place(place_code));
create policy own_steps on period_event for insert to tantay_desk with check (
  actor_id = (select desk_staff())
  and desk_sees_place(place_code)
  and case kind
    when 'prepared' then (select desk_has_role('officer', 'payer')) and (coalesce(previous_kind, '') not in ('prepared', 'appraised', 'approved') or not period_stands(place_code, benefit_period, (select p.round_number from period_event p where p.place_code = period_event.place_code and p.benefit_period = period_event.benefit_period and p.event_number = period_event.event_number - 1)))
    when 'appraised' then (select desk_has_role('officer', 'payer')) and period_stands(place_code, benefit_period, round_number)
    when 'approved' then (select desk_has_role('approver')) and period_stands(place_code, benefit_period, round_number)
    when 'issued' then (select desk_has_role('officer', 'payer')) and period_stands(place_code, benefit_period, round_number)
    when 'reopened' then (select desk_has_role('approver'))
    when 'reopen_refused' then (select desk_has_role('approver'))
    else (select desk_has_role('officer', 'payer', 'approver'))
  end);
grant select, insert on period_event to tantay_desk;

alter table period_snapshot enable row level security;
create policy of_the_place on period_snapshot for select to tantay_desk using (desk_sees_place(place_code));
create policy as_published on period_snapshot for insert to tantay_desk with check (
  exists (select from period_event e where e.place_code = period_snapshot.place_code and e.benefit_period = period_snapshot.benefit_period and e.event_number = period_snapshot.round_number and e.actor_id = (select desk_staff()))
  and period_snapshot_is_true(place_code, benefit_period, body::jsonb));
grant select, insert on period_snapshot to tantay_desk;

alter table period_minutes enable row level security;
create policy of_the_place on period_minutes for select to tantay_desk using (desk_sees_place(place_code));
create policy as_signed on period_minutes for insert to tantay_desk with check (desk_sees_place(place_code) and period_minutes_are_true(place_code, benefit_period, issued_number, minutes::jsonb));
grant select, insert on period_minutes to tantay_desk;
