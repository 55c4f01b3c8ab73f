-- What: nights that repair themselves: which nights there are and how each went, who may publish (a fence that nobody passes twice), what every result came to, and who was alarmed.
-- Why: two servers, a clock that jumps and a process that slept for ten minutes must leave one published result a night, and a night that fails must say so.
-- Source: issue 8.1, promises R5, R6, R21, R23; decisions D168 to D170

-- Who may publish: whoever holds the newest token. Kept in rows and not only in locks, since a process that sleeps keeps its locks for ever.
create table run_fence (
  fence_id smallint primary key check (fence_id = 1),
  token bigint not null,
  purpose text,
  server text,
  taken_at timestamptz,
  released_at timestamptz
);
comment on table run_fence is 'one row: who may write the working tables and publish. Whoever publishes locks it first and holds its token, or publishes nothing';
comment on column run_fence.token is 'goes up by one each time the fence is taken; never down';
comment on column run_fence.purpose is 'what it was taken for: a night, a run by hand, a linkage, a proof';
comment on column run_fence.server is 'machine and process of the holder';
comment on column run_fence.released_at is 'null: held';
insert into run_fence (fence_id, token, released_at) values (1, 0, '-infinity');

create table run_beat (
  fence_id smallint primary key check (fence_id = 1),
  token bigint not null,
  beat bigint not null,
  beat_at timestamptz not null
);
comment on table run_beat is 'one row, apart from the fence, which is locked while a result is published: the sign of life of the holder';
comment on column run_beat.beat is 'goes up with every beat of the holder: that it stands still is told by watching it, by nobody''s clock alone';
comment on column run_beat.beat_at is 'the database''s clock at the last beat';
insert into run_beat (fence_id, token, beat, beat_at) values (1, 0, 0, '-infinity');

create table run_backend (
  token bigint not null,
  pid integer not null,
  backend_start timestamptz not null,
  is_heart boolean not null,
  primary key (token, pid, backend_start)
);
comment on table run_backend is 'the connections of the holder of a token: whoever takes over ends them first';
comment on column run_backend.backend_start is 'as pg_stat_activity has it, so that a number used again is not mistaken for it';

create table night (
  as_of date primary key,
  state text not null check (state in ('planned', 'waiting', 'running', 'retrying', 'published', 'failed', 'skipped')),
  planned_at timestamptz not null,
  attempt_count smallint not null default 0,
  former_attempt_count smallint not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  published_at timestamptz,
  run_id bigint unique,
  fence_token bigint,
  server text,
  next_attempt_at timestamptz,
  failure_code text,
  failure_place text,
  failed_stage text,
  skip_reason text,
  expected jsonb not null default '[]',
  constraint night_published check ((run_id is not null) = (state = 'published') and (published_at is not null) = (run_id is not null)),
  constraint night_failed check (state <> 'failed' or failure_code is not null),
  constraint night_skipped check ((skip_reason is not null) = (state = 'skipped'))
);
comment on table night is 'one row per night: the day whose end its result looks at; planned once its hour has come, and never taken away';
comment on column night.state is 'planned; waiting: for files; running; retrying: an attempt failed, the next one has its time; published; failed: nothing was published; skipped: by a person, or because a later result stands';
comment on column night.former_attempt_count is 'attempts before a person asked for it once more: pauses are counted anew from there';
comment on column night.started_at is 'when its first attempt began';
comment on column night.finished_at is 'when nothing more was to be done for it; null: there is';
comment on column night.run_id is 'the run that it published, entered by the transaction that published it; one at most';
comment on column night.fence_token is 'of whoever worked on it last';
comment on column night.failure_code is 'why the last attempt failed; beside published: what came after the result and did not work';
comment on column night.failure_place is 'the name of the check or table that failed; never a row';
comment on column night.expected is 'the files that were due by its day: [{source, kind, scheme, deadline_date, is_here, holds}]; holds: the night waited for it';

create table night_step (
  as_of date not null references night,
  attempt smallint not null,
  stage text not null,
  position smallint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('done', 'failed', 'ended')),
  progress text,
  row_count bigint,
  failure_code text,
  details jsonb,
  primary key (as_of, attempt, stage),
  constraint night_step_end check ((finished_at is null) = (outcome is null))
);
comment on table night_step is 'one row per stage of each attempt at a night; ended: whoever did it was stopped, killed or overtaken';
comment on column night_step.position is 'where the stage stands in a night, from 0, the wait for files';
comment on column night_step.progress is 'which part of it is under way, in the engine''s words; null: nothing to tell';
comment on column night_step.row_count is 'what it went through: files, people, rows, messages, by the stage; null: nothing to count';

create table run_total (
  run_id bigint not null,
  subject text not null check (subject in ('outcome', 'finding')),
  code text not null,
  currency text not null,
  item_count bigint not null,
  amount numeric not null,
  credited_amount numeric,
  primary key (run_id, subject, code, currency)
);
comment on table run_total is 'what each published result came to, by class of outcome and by code of finding, over all schemes and months; kept when the next one takes its place';
comment on column run_total.amount is 'what was due, or what is at stake, in the currency';
comment on column run_total.credited_amount is 'of an outcome; null for findings';

create table alarm (
  alarm_id bigint primary key,
  kind text not null check (kind in ('night_late', 'night_failed', 'proof_failed')),
  as_of date not null,
  failure_code text,
  published_as_of date,
  raised_at timestamptz not null,
  well_again_at timestamptz
);
create sequence alarm_id_sequence;
create unique index alarm_open on alarm ((well_again_at is null)) where well_again_at is null;
comment on table alarm is 'one row per time that something was wrong with the nights: from the first sign until all is well again; at most one is open';

create table alarm_delivery (
  alarm_id bigint not null references alarm,
  phase text not null check (phase in ('raised', 'well_again')),
  place text not null,
  attempt_count smallint not null default 0,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  last_error text,
  primary key (alarm_id, phase, place)
);
comment on table alarm_delivery is 'one row per alarm, its beginning or its end, and place: webhook, or mail 1, mail 2 … in the order of the setting';
comment on column alarm_delivery.next_attempt_at is 'null: it arrived, or was given up';

-- A bank sees nothing of nights: they name what other banks owe.
alter table night enable row level security;
create policy for_offices on night for select to tantay_desk using ((select desk_has_role('officer', 'approver', 'payer', 'auditor', 'administrator')));
grant select on night to tantay_desk;
do $policies$
declare
  one text;
begin
  foreach one in array array['night_step', 'run_total'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy for_overseers on %I for select to tantay_desk using ((select desk_has_role(''payer'', ''auditor'', ''administrator'')))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
end
$policies$;
