-- What: takes away what the planner remembers of tables that are empty now, which no analyze would replace.
-- Reads: the catalogue
-- Writes: statistics of empty tables
-- Rule: D196. Where neither a newer PostgreSQL (18) nor a superuser is at hand they stay until the table is filled and analyzed.
-- Why last: only now is it known which tables are empty.

do $step$
declare
  one record;
begin
  for one in
    select n.nspname::text as schema_name, c.relname::text as table_name, c.oid, a.attname::text as column_name, a.attnum, s.stainherit as is_inherited
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join (values (true), (false)) s (stainherit)
    where n.nspname in ('public', 'gathered') and c.relkind in ('r', 'p') and c.reltuples <= 0
      and exists (select from pg_stats p where p.schemaname = n.nspname and p.tablename = c.relname and p.attname = a.attname and p.inherited = s.stainherit)
  loop
    if current_setting('server_version_num')::integer >= 180000 then
      execute 'select pg_clear_attribute_stats($1, $2, $3, $4)' using one.schema_name, one.table_name, one.column_name, one.is_inherited;
    elsif (select rolsuper from pg_roles where rolname = current_user) then
      execute 'delete from pg_statistic where starelid = $1 and staattnum = $2' using one.oid, one.attnum;
    end if;
  end loop;
end
$step$;
