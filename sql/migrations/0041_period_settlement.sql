-- What: the minutes of a month also say how the accounts of those who pay stood.
-- Why: whether money that was received and not credited was handed back belongs into what four persons sign.
-- How: read as it was published with the same run; organisations without a statement are left out, for nothing is known of
--   their account. The country's minutes alone: an organisation's account is settled as a whole.
-- Source: issue 8, point 4; decisions D176, D182

create function period_settlement(wanted_place text, wanted_period integer) returns jsonb language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce(jsonb_agg(jsonb_build_object('source', source, 'currency', currency, 'received', trim_scale(received)::text, 'credited', trim_scale(credited)::text, 'on_the_way', trim_scale(on_the_way)::text, 'not_collected', trim_scale(not_collected)::text, 'handed_back', trim_scale(handed_back)::text, 'difference', trim_scale(difference)::text) order by source collate "C", currency collate "C"), '[]')
  from (
    select source, currency, sum(received_amount) as received, sum(credited_amount) as credited, sum(on_the_way_amount) as on_the_way, sum(not_collected_amount) as not_collected, sum(handed_back_amount) as handed_back, sum(difference_amount) as difference
    from settlement_cell
    where wanted_place = '' and benefit_period = wanted_period and is_stated
      and (select max(run_id) from run where status = 'published') = (select max(run_id) from settlement_run)
    group by source, currency) settled
$function$;
comment on function period_settlement is 'of a month: what each payment organisation received and what became of it, by its account and by its payments; amounts as text';
revoke all on function period_settlement(text, integer) from public;

create function desk_period_settlement(wanted_place text, wanted_period integer) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select period_settlement(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$;
comment on function desk_period_settlement is 'period_settlement for whoever works for the place; null for others';

create policy settled_as_published on period_snapshot as restrictive for insert to tantay_desk with check (body::jsonb -> 'settlement' = desk_period_settlement(place_code, benefit_period));
