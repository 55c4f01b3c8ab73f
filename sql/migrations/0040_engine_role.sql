-- What: the role in which the program works every day: it adds facts and entries of the trail, and cannot change or take away any.
-- Why: a fault in the program, or somebody who gets hold of its connection, must not be able to change what was handed in
--   or what was done. Only migrating, restoring and forgetting (retention) are the owner's.
-- How: a login that is a member of tantay_engine (src/db/engine.ts). Working tables, which runs empty and analyze, belong
--   to the role; all others it reads and writes by grants. Rows of every unit are its business: it bypasses row security.
-- Source: promise R17; decision D175

do $role$
begin
  if not exists (select from pg_roles where rolname = 'tantay_engine') then
    begin
      create role tantay_engine nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    exception
      -- two installations on one server may migrate at once
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'the role tantay_engine is missing and may not be made here. Ask whoever runs this PostgreSQL to run: create role tantay_engine nologin; grant tantay_engine to the user of DATABASE_URL';
    end;
  end if;
end
$role$;

grant usage on schema public, gathered to tantay_engine;
grant select, insert, update, delete on all tables in schema public to tantay_engine;
grant select, insert, update, delete, truncate on all tables in schema gathered to tantay_engine;
grant usage, select, update on all sequences in schema public to tantay_engine;
grant execute on all functions in schema public to tantay_engine;
-- what later migrations make is workable too; facts among it are taken out as here, and test/db/engine.test.ts asks
alter default privileges in schema public grant select, insert, update, delete on tables to tantay_engine;
alter default privileges in schema public grant usage, select, update on sequences to tantay_engine;

do $facts$
declare
  one text;
begin
  foreach one in array array[
    'entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'register_row', 'exemption_row', 'outreach_result_row', 'complaint_row',
    'scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row', 'payer_account_row', 'payment_organisation_row', 'report_deadline_row', 'account_statement_row',
    'source_file', 'source_file_offsets', 'problem', 'ignored_lines', 'file_content', 'file_content_bits', 'listed_term', 'scheme_code', 'hashed_text', 'ingest_profile',
    'trail_entry', 'trail_link', 'trail_head', 'case_event', 'case_attachment', 'period_event', 'period_snapshot', 'period_minutes', 'staff_change', 'approval_band_change', 'schema_migration', 'address_key'] loop
    execute format('revoke update, delete on %I from tantay_engine', one);
  end loop;
end
$facts$;
revoke insert on trail_link, schema_migration, address_key from tantay_engine;
revoke execute on function trail_append from tantay_engine;
-- what becomes of a row later, once; the trail says so
grant update (profile_name, profile_version, delimiter) on source_file to tantay_engine;
grant update (confirmed_at, confirmed_by, withdrawn_at, withdrawn_by) on staff_change, approval_band_change to tantay_engine;

do $working$
declare
  one record;
begin
  -- a cluster knows its roles node by node: there the program goes on as the owner
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    return;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant tantay_engine to %I', current_user);
    grant create on schema public, gathered to tantay_engine;
  end if;
  for one in
    select c.oid::regclass as name from pg_class c
    where c.relkind in ('r', 'p') and (c.relnamespace = 'gathered'::regnamespace
      or c.relnamespace = 'public'::regnamespace and (c.relname like 'work\_%' or c.relname like 'entitlement\_clock%' or c.relname like 'settlement\_%' or c.relname in ('case_record', 'case_tally', 'person_identity', 'person_pair', 'correction_candidate')))
  loop
    execute format('alter table %s owner to tantay_engine', one.name);
  end loop;
  revoke create on schema public, gathered from tantay_engine;
end
$working$;

create table engine_key (
  secret bytea not null
);
comment on table engine_key is 'one row: from it the password of the login that is made for tantay_engine; nobody but the owner reads it';
insert into engine_key values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
revoke all on engine_key from tantay_engine;

create function void_source_file(wanted bigint, why text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  update source_file set status = 'void', voided_at = at, void_reason = why where file_id = wanted and file_id > 0 and status = 'sealed';
  if not found then
    return false;
  end if;
  insert into trail_entry (happened_at, kind, subject, reason, row_table, row_key, row_hash)
  select at, 'file_voided', 'file ' || wanted, why, 'source_file_void', row_key, trail_digest(void_text) from audited_source_file where file_id = wanted;
  return true;
end
$function$;
comment on function void_source_file is 'withdraws a sealed file, and leaves in the trail why: true; false: there is none of this number that is sealed';
revoke all on function void_source_file from public;
grant execute on function void_source_file to tantay_engine;

create function make_fact_index(statement text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
begin
  if statement !~ '^create index if not exists [a-z_]+ on public\.[a-z_]+ \([a-z_, ]+\)( where [a-z_]+ is not null)?$' and statement !~ '^analyze public\.[a-z_]+$' then
    raise exception 'only indexes on columns are made here, and tables analyzed' using errcode = 'insufficient_privilege';
  end if;
  execute statement;
end
$function$;
comment on function make_fact_index is 'makes an index of sql/indexes, or analyzes its table, for a program that does not own it';
revoke all on function make_fact_index from public;
grant execute on function make_fact_index to tantay_engine;

create function summarise_rows(wanted text) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $function$
  select brin_summarize_new_values(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
  where i.indrelid = ('public.' || quote_ident(wanted))::regclass and a.amname = 'brin'
$function$;
comment on function summarise_rows is 'takes the new pages of a table into its BRIN indexes';
revoke all on function summarise_rows from public;
grant execute on function summarise_rows to tantay_engine;
