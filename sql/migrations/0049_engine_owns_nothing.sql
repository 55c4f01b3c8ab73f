-- What: the engine owns nothing. Working tables are the owner's again; it writes and empties them by grants.
-- Why: whoever owns a table may hang a trigger, a rule or a default on it, and these run as whoever writes to it next: a function
--   of the owner, retention or a migration. A temporary function on case_record made the engine the owner, alone.
-- How: three things need to own a table, and are the owner's functions: to analyze, to make an index (0042), to take one away.

create function analyze_rows(wanted regclass) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  if (select n.nspname not in ('public', 'gathered') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = wanted) then
    raise exception 'only tables of the program are analyzed here' using errcode = 'insufficient_privilege';
  end if;
  execute format('analyze %s', wanted);
end
$function$;
comment on function analyze_rows is 'analyzes a table for a program that does not own it';
revoke all on function analyze_rows from public;
grant execute on function analyze_rows to tantay_engine;

create function drop_clock_indexes(half text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  if half is null or half not in ('odd', 'even') then
    raise exception 'the clocks have an odd and an even half' using errcode = 'invalid_parameter_value';
  end if;
  execute format('drop index if exists public.entitlement_clock_%1$s_person, public.entitlement_clock_%1$s_unit', half);
end
$function$;
comment on function drop_clock_indexes is 'takes the indexes of one half of the clocks away, for a program that does not own it; sql/indexes makes them again';
revoke all on function drop_clock_indexes from public;
grant execute on function drop_clock_indexes to tantay_engine;

do $working$
declare
  one record;
begin
  -- on a cluster the engine never owned any (0042)
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    return;
  end if;
  if exists (
    select from pg_class c where c.relowner = 'tantay_engine'::regrole and c.relkind in ('r', 'p')
      and (exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) or exists (select from pg_rewrite w where w.ev_class = c.oid))) then
    raise exception 'a table of tantay_engine has a trigger or a rule, and no migration makes one: somebody tried to become the owner. Look at pg_trigger and pg_rewrite before going on';
  end if;
  for one in
    select c.oid::regclass as name, c.relnamespace = 'gathered'::regnamespace or c.relname like 'work\_%' or c.relname like 'entitlement\_clock%' as is_emptied
    from pg_class c where c.relowner = 'tantay_engine'::regrole and c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'gathered'::regnamespace)
  loop
    execute format('alter table %s owner to %I', one.name, current_user);
    execute format('grant select, insert, update, delete%s on %s to tantay_engine', case when one.is_emptied then ', truncate' end, one.name);
  end loop;
end
$working$;
