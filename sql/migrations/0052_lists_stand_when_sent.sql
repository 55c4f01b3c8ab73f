-- What: a list of payments goes out only while every item of it still stands, and nobody takes it back while it goes.
-- Why: between approval and sending a night may find that somebody was paid, has died, or that an account is closed; and a list that is withdrawn while its file is being taken in would leave payments on their way that nobody ordered.

-- Holds a list that is about to go out until the transaction ends: 'done', or why it may not go.
create function hold_correction_list(wanted_list bigint, wanted_version integer) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'approved' then return 'not_approved'; end if;
  if made.kind in ('supplementary', 'carried_over') and not correction_list_stands(wanted_list) then return 'outdated'; end if;
  return 'done';
end
$function$;
revoke execute on function hold_correction_list(bigint, integer) from public;
grant execute on function hold_correction_list(bigint, integer) to tantay_desk;

create or replace function send_correction_list(wanted_list bigint, wanted_version integer, as_file bigint, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  held text := hold_correction_list(wanted_list, wanted_version);
begin
  if held <> 'done' then return held; end if;
  update correction_list set state = 'sent', version = version + 1, sent_at = at, sent_by = desk_staff(), sent_file = as_file where list_id = wanted_list;
  return 'done';
end
$function$;
