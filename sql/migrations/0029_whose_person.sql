-- What: a quicker look at whose person somebody is, and a way into exemptions by person.
-- Why: tables of people that name no unit ask this for every row they read: 65 µs with the reader's units worked out anew for each, 22 µs with them met as a table by a statement that is planned once. The rule is that of 0021.
-- Source: contract 9.10, promise R14; decision D142

create index exemption_row_person on exemption_row (person_key);

create or replace function desk_sees_person(asked bigint) returns boolean language plpgsql stable security definer cost 10000 set search_path = pg_catalog, public, pg_temp as $function$
declare
  reader bigint := (select staff_id from staff where staff_id = desk_staff() and roles && array['officer', 'approver', 'payer', 'auditor']);
begin
  if reader is null then
    return false;
  end if;
  return exists (select from entitlement_clock c join staff_unit u on u.unit_code = c.unit_code and u.staff_id = reader where c.person_key = asked and c.slot in (0, 1))
    or exists (select from finding f join staff_unit u on u.unit_code = f.unit_code and u.staff_id = reader where f.person_key = asked)
    or exists (select from entitlement_line l join staff_unit u on u.unit_code = l.unit_code and u.staff_id = reader where l.person_key % 240 = asked % 240 and l.person_key = asked);
end
$function$;

-- One figure needs every account that anybody of a place ever had: a province's would ask a million times whose they are.
-- So it is counted with its owner's rights, of the reader's units alone, and gives numbers by unit, no person.
create function closed_unused_accounts(asked_period integer, asked_day date, asked_units text[]) returns table (unit_code text, people bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $function$
declare
  -- Whoever owns the tables is no reader: reports on the command line ask for every unit.
  sees_all boolean := desk_sees_all() or pg_has_role(session_user, (select relowner from pg_class where oid = 'run'::regclass), 'member');
  seen_units text[] := case when sees_all then asked_units when asked_units is null then desk_units() else (select coalesce(array_agg(one), '{}') from unnest(asked_units) one where one = any (desk_units())) end;
begin
  return query
  with beneficiary as materialized (
    select c.person_key, c.unit_code from published_clock c
    where c.benefit_period = asked_period and c.is_first_of_month and (seen_units is null or c.unit_code = any (seen_units))
  ), ever_closed as materialized (
    select distinct a.creditor_agent, a.account_key
    from beneficiary b join account_report a using (person_key) join published_file using (file_id)
    where a.account_status = 'closed' and coalesce(a.reported_date <= asked_day, true)
  ), closed as materialized (
    select distinct on (a.creditor_agent, a.account_key) a.person_key, a.creditor_agent, a.account_key, a.account_status
    from ever_closed e join account_report a on a.account_key = e.account_key and a.creditor_agent = e.creditor_agent join published_file using (file_id)
    where coalesce(a.reported_date <= asked_day, true)
    order by a.creditor_agent, a.account_key, a.reported_date desc nulls last, a.file_id desc, a.account_status desc, a.line_number
  ), used as (
    select distinct p.creditor_agent, p.account_key
    from closed c join payment_report p on p.account_key = c.account_key and p.creditor_agent = c.creditor_agent join published_file using (file_id)
    where p.credited_date <= asked_day
  )
  select b.unit_code, count(distinct b.person_key)
  from closed a join beneficiary b using (person_key)
  where a.account_status = 'closed' and not exists (select from used u where u.creditor_agent = a.creditor_agent and u.account_key = a.account_key)
  group by b.unit_code;
end
$function$;
comment on function closed_unused_accounts is 'how many beneficiaries of a month had an account closed before any payment reached it, by unit as listed; of the asked units (null: all) those that the reader may see';
