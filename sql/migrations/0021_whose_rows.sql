-- What: what each reader of the pages may see, row by row, decided by the database from who is logged in.
-- Why: page code can err; a commune must never see another's people, nor a bank another's files, whatever a page asks.
-- How: pages connect as a member of tantay_desk, which owns nothing, and name their session (tantay.session, SHA-256 of
--   the cookie) in each transaction. Without one, or with one that has ended, every table of people is empty.
-- Source: contract 9.10, promises R13, R14, R17; decision D121

do $role$
begin
  if not exists (select from pg_roles where rolname = 'tantay_desk') then
    begin
      create role tantay_desk nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    exception
      -- two installations on one server may migrate at once
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'the role tantay_desk is missing and may not be made here. Ask whoever runs this PostgreSQL to run: create role tantay_desk nologin';
    end;
  end if;
end
$role$;

create function desk_staff() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select s.staff_id from staff_session s join staff a using (staff_id)
  where s.token_hash = current_setting('tantay.session', true) and s.is_complete and s.ended_at is null and s.expires_at > statement_timestamp() and a.is_active
$function$;
comment on function desk_staff is 'who is logged in: staff_id; null without a session that holds';

create function desk_has_role(variadic wanted text[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce((select roles && wanted from staff where staff_id = desk_staff()), false)
$function$;

create function desk_sees_all() returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce((select unit_code is null and roles && array['officer', 'approver', 'payer', 'auditor'] from staff where staff_id = desk_staff()), false)
$function$;
comment on function desk_sees_all is 'true for whoever works for the whole country and with people''s cases';

create function desk_unit_codes() returns setof text language sql stable security definer rows 100 set search_path = pg_catalog, public, pg_temp as $function$
  select u.unit_code from staff s join staff_unit u using (staff_id)
  where s.staff_id = desk_staff() and s.roles && array['officer', 'approver', 'payer', 'auditor']
$function$;
comment on function desk_unit_codes is 'every code whose people the reader may see; none for administrators, banks, and whoever works for the whole country. A set, so that a policy asks it once and looks rows up in a hash';

create function desk_units() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce((select array_agg(c) from desk_unit_codes() c), '{}')
$function$;
comment on function desk_units is 'the same as a list, for conditions that an index answers';

create function desk_agent() returns integer language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select creditor_agent from staff where staff_id = desk_staff()
$function$;
comment on function desk_agent is 'of somebody of a bank: its 6-digit code; null for all others';

create function desk_sees_files() returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select coalesce((select unit_code is null and roles && array['payer', 'auditor', 'administrator'] from staff where staff_id = desk_staff()), false)
$function$;
comment on function desk_sees_files is 'true for whoever may read the lines of any file: those of people of every unit';

create function desk_people() returns setof bigint language sql stable security definer rows 1000 set search_path = pg_catalog, public, pg_temp as $function$
  select c.person_key from entitlement_clock c where c.slot in (0, 1) and c.unit_code in (select desk_unit_codes())
  union select f.person_key from finding f where f.unit_code in (select desk_unit_codes())
$function$;
comment on function desk_people is 'everybody whom a clock or a finding names in one of the reader''s units; for questions about many people';

create function desk_person() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  with asked as (select nullif(current_setting('tantay.person', true), '')::bigint as person_key)
  select a.person_key from asked a
  where exists (select from entitlement_clock c where c.person_key = a.person_key and c.slot in (0, 1) and c.unit_code in (select desk_unit_codes()))
    or exists (select from finding f where f.person_key = a.person_key and f.unit_code in (select desk_unit_codes()))
    or exists (select from entitlement_line l where l.person_key % 240 = a.person_key % 240 and l.person_key = a.person_key and l.unit_code in (select desk_unit_codes()))
$function$;
comment on function desk_person is 'the one person whom a page is about (tantay.person), when a list, a clock or a finding names them in one of the reader''s units; else null';

-- one row of a table of people, by the unit that it names
do $policies$
declare
  one text;
begin
  foreach one in array array['finding', 'finding_count', 'finding_unit', 'outcome', 'outcome_count', 'clean_count', 'access_count', 'clock_unit', 'coverage_day', 'entitlement_clock'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy by_unit on %I for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
  -- by the unit, or by the person where the row names none of the reader's
  foreach one in array array['entitlement_line', 'register_row'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy by_unit_or_person on %I for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()) or person_key = (select desk_person()) or (select desk_person()) is null and person_key in (select desk_people()))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
  foreach one in array array['payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'exemption_row', 'outreach_result_row', 'matched_payment', 'unmatched_payment', 'subject'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy by_person on %I for select to tantay_desk using ((select desk_sees_all()) or person_key = (select desk_person()) or (select desk_person()) is null and person_key in (select desk_people()))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
  -- sums over the whole country
  foreach one in array array['bridge_cell', 'finding_total', 'outcome_total'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy of_the_country on %I for select to tantay_desk using ((select desk_sees_all()))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
  foreach one in array array['problem', 'ignored_lines'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy of_own_files on %I for select to tantay_desk using ((select desk_sees_files()) or exists (select from source_file f where f.file_id = %I.file_id and f.source = (select desk_agent())::text))', one, one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
  foreach one in array array['scheme_code', 'scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row',
    'finding_type', 'published_file', 'run', 'address_key', 'hashed_text', 'birth_place', 'schema_migration', 'administrative_unit', 'bank', 'calendar', 'campaign', 'reason_code', 'scheme', 'published_clock'] loop
    execute format('grant select on %I to tantay_desk', one);
  end loop;
end
$policies$;

alter view published_clock set (security_invoker = true);

alter table clock_cell enable row level security;
create policy by_province on clock_cell for select to tantay_desk using ((select desk_sees_all()) or province_code in (select desk_unit_codes()));
grant select on clock_cell to tantay_desk;

alter table source_file enable row level security;
create policy of_own_files on source_file for select to tantay_desk using ((select desk_staff()) is not null and ((select desk_agent()) is null or source = (select desk_agent())::text));
grant select on source_file to tantay_desk;

alter table saved_view enable row level security;
create policy own on saved_view for all to tantay_desk using (staff_id = (select desk_staff())) with check (staff_id = (select desk_staff()));
grant select, insert, update, delete on saved_view to tantay_desk;

alter table trail_entry enable row level security;
create policy own_entries on trail_entry for insert to tantay_desk with check (staff_id = (select desk_staff()));
create policy for_auditors on trail_entry for select to tantay_desk using ((select desk_has_role('auditor', 'administrator')));
grant select, insert on trail_entry to tantay_desk;
grant usage on sequence trail_entry_id_sequence to tantay_desk;

create view colleague as
select staff_id, display_name, roles, unit_code, scope_level, is_active from staff;
comment on view colleague is 'people who may use the pages, as others may know them';
grant select on colleague to tantay_desk;
