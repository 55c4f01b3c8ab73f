-- What: the minutes of a month also say which lists of supplementary payments, recoveries and offsets were approved for it, by which decision, how much is on them and how much of that has come; and a deputy approves a month in place of an absent approver.
-- Why: who signs a month signs what was done about what was found; an inspector asks for the number of the decision. And a month must not wait for whoever is ill.
-- How: counted item by item, so that a list for several months or places is in each of their minutes with its own part. Drafts
--   and lists that were withdrawn are nobody's decision and are left out. What is signed stands as of the day it was put together: a
--   payment that comes later undoes no step.
-- Source: issue 8, points 4 and 5; decision D198

create function period_corrections(wanted_place text, wanted_period integer) returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  with unit as materialized (
    select u as unit_code from period_place_units(wanted_place) u where wanted_place <> ''
  ), part as (
    select i.list_id, i.scheme_id, i.currency, count(*) filter (where i.left_out is null) as item_count, coalesce(sum(i.amount) filter (where i.left_out is null), 0) as item_amount,
      coalesce(sum(i.settled_amount) filter (where i.left_out is null), 0) as settled_amount, count(*) filter (where i.left_out is not null) as left_count, coalesce(sum(i.amount) filter (where i.left_out is not null), 0) as left_amount
    from correction_item i
    where i.benefit_period = wanted_period and (wanted_place = '' or i.unit_code in (select unit_code from unit))
    group by i.list_id, i.scheme_id, i.currency
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'number', l.reference, 'state', l.state, 'scheme', s.scheme, 'currency', p.currency,
      'approved_at', to_char(l.approved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'decision_number', l.decision_number, 'decision_date', to_char(l.decision_date, 'YYYY-MM-DD'),
      'count', p.item_count, 'amount', trim_scale(p.item_amount)::text, 'settled_amount', trim_scale(p.settled_amount)::text, 'left_count', p.left_count, 'left_amount', trim_scale(p.left_amount)::text)
    order by array_position(array['supplementary', 'recovery', 'offset'], l.kind), l.list_id, s.scheme collate "C" nulls last, p.currency collate "C"), '[]')
  from part p join correction_list l using (list_id) left join scheme_code s on s.scheme_id = p.scheme_id
  where l.kind in ('supplementary', 'recovery', 'offset') and l.state in ('approved', 'sent', 'settled')
$function$;
comment on function period_corrections is 'of a month: one row per approved list of supplementary payments, recoveries or offsets, scheme and currency, with what of it concerns the place and the month; amounts as text';
revoke all on function period_corrections(text, integer) from public;

create function desk_period_corrections(wanted_place text, wanted_period integer) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select period_corrections(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$;
comment on function desk_period_corrections is 'period_corrections for whoever works for the place; null for others';

create policy corrected_as_approved on period_snapshot as restrictive for insert to tantay_desk with check (body::jsonb ->> 'format' = 'tantay-minutes-2' and body::jsonb -> 'corrections' = desk_period_corrections(place_code, benefit_period));

-- An approver who is away has named who stands in (staff_absence): the deputy approves, or answers a wish to reopen, in their place, and it
-- is written whose. Four persons stay four: neither who acts nor in whose place they act has another part in the round.
alter table period_event add column acting_for bigint references staff;
comment on column period_event.acting_for is 'the absent approver in whose place the actor approved or answered (staff_absence); null: in their own right';
alter table period_event
  add constraint period_event_in_place_of_an_approver check (acting_for is null or kind in ('approved', 'reopened', 'reopen_refused') and acting_for <> actor_id),
  add constraint period_event_not_for_who_asked check (asked_by is null or acting_for is null or asked_by <> acting_for);
create unique index period_event_four_principals on period_event (place_code, benefit_period, round_number, coalesce(acting_for, actor_id)) where kind in ('prepared', 'appraised', 'approved', 'issued');

create function desk_period_absent(wanted_place text) returns table (staff_id bigint, display_name text) language sql stable security definer rows 2 set search_path = pg_catalog, public, pg_temp as $function$
  select s.staff_id, s.display_name
  from staff s
  where s.is_active and 'approver' = any (s.roles) and desk_sees_place(wanted_place)
    and (s.unit_code is null or exists (select from staff_unit u where u.staff_id = s.staff_id and u.unit_code = wanted_place))
    and exists (select from staff_absence a where a.absent_id = s.staff_id and a.deputy_id = desk_staff() and a.ended_at is null and (statement_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date between a.from_date and a.to_date)
  order by s.display_name collate "C", s.staff_id
$function$;
comment on function desk_period_absent is 'the absent approvers of a place in whose place the reader may approve its months today';

create function desk_may_approve_period(wanted_place text, in_place_of bigint) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select case when in_place_of is null then desk_has_role('approver') else in_place_of in (select d.staff_id from desk_period_absent(wanted_place) d) end
$function$;
comment on function desk_may_approve_period is 'whether the reader approves months of a place, in their own right or in place of somebody absent';

drop policy own_steps on period_event;
create policy own_steps on period_event for insert to tantay_desk with check (
  actor_id = (select desk_staff())
  and desk_sees_place(place_code)
  and case kind
    when 'prepared' then (select desk_has_role('officer', 'payer')) and (coalesce(previous_kind, '') not in ('prepared', 'appraised', 'approved') or not period_stands(place_code, benefit_period, (select p.round_number from period_event p where p.place_code = period_event.place_code and p.benefit_period = period_event.benefit_period and p.event_number = period_event.event_number - 1)))
    when 'appraised' then (select desk_has_role('officer', 'payer')) and period_stands(place_code, benefit_period, round_number)
    when 'approved' then desk_may_approve_period(place_code, acting_for) and period_stands(place_code, benefit_period, round_number)
    when 'issued' then (select desk_has_role('officer', 'payer')) and period_stands(place_code, benefit_period, round_number)
    when 'reopened' then desk_may_approve_period(place_code, acting_for)
    when 'reopen_refused' then desk_may_approve_period(place_code, acting_for)
    else (select desk_has_role('officer', 'payer', 'approver'))
  end);

create or replace function period_signers(wanted_place text, wanted_period integer, wanted_round integer) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce(jsonb_agg(jsonb_build_object('step', e.kind, 'name', s.display_name, 'staff_id', e.actor_id::text, 'roles', to_jsonb(s.roles), 'at', to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || case when f.staff_id is null then '{}' else jsonb_build_object('on_behalf_of', jsonb_build_object('name', f.display_name, 'staff_id', f.staff_id::text)) end order by e.event_number), '[]')
  from period_event e join staff s on s.staff_id = e.actor_id left join staff f on f.staff_id = e.acting_for
  where e.place_code = wanted_place and e.benefit_period = wanted_period and e.round_number = wanted_round and e.kind in ('prepared', 'appraised', 'approved', 'issued') and desk_sees_place(wanted_place)
$function$;

-- The text of an event in one's own right stays what it was: entries of the trail hold its hash.
create or replace view audited_period_event with (security_invoker = true) as
select e.place_code, e.benefit_period, e.event_number, coalesce(nullif(e.place_code, ''), '-') || ' ' || e.benefit_period || ' ' || e.event_number as row_key,
  trail_text(e.place_code, e.benefit_period::text, e.event_number::text, e.kind, e.version_number::text, e.round_number::text, e.actor_id::text, trail_instant(e.happened_at), e.reason, e.asked_by::text, s.sha256, m.sha256)
    || case when e.acting_for is null then '' else trail_text(e.acting_for::text) end as row_text
from period_event e
join period_snapshot s on s.place_code = e.place_code and s.benefit_period = e.benefit_period and s.round_number = e.round_number
left join period_minutes m on m.place_code = e.place_code and m.benefit_period = e.benefit_period and m.issued_number = e.event_number;
