-- What: the minutes of a month also say which lists of supplementary payments, recoveries and offsets were approved for it, by which decision, how much is on them and how much of that has come.
-- Why: who signs a month signs what was done about what was found; an inspector asks for the number of the decision.
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
