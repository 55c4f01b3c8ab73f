-- The schema after all migrations: read this second, after src/core/vocabulary.ts.
-- Written by `npm run dump-schema`; change sql/migrations, never this file.

-- Functions ask tables that come after them, and tables call functions.
set check_function_bodies = off;

create type account_state as enum ('none', 'opened', 'activated', 'usable');

create type account_status as enum ('active', 'inactive', 'dormant', 'blocked', 'closed');

create type answer_way as enum ('letter', 'text_message', 'in_person', 'phone');

create type cash_event as enum ('withdrawn', 'censored', 'returned', 'closed', 'died', 'not_reported');

create type complaint_way as enum ('desk', 'phone', 'home', 'letter');

create type component as enum ('regular', 'arrears', 'carried_over', 'funeral', 'top_up', 'carer', 'one_off');

create type list_status as enum ('active', 'suspended', 'stopped');

create type mandate_relation as enum ('guardian', 'parent', 'authorised', 'institution', 'household_head');

create type match_rule as enum ('id_period', 'id_periods', 'former_id_period', 'id_oldest', 'account', 'household');

create type outcome_class as enum ('paid', 'paid_late', 'paid_twice', 'paid_over', 'carried_over', 'not_due', 'in_transit', 'stuck', 'paid_short', 'returned', 'not_collected', 'unpaid_no_account', 'unpaid');

create type payee_type as enum ('self', 'guardian', 'parent', 'authorised', 'institution', 'household_head');

create type payment_channel as enum ('account', 'cash', 'post', 'wallet');

create type settlement_cause as enum ('credited_not_debited', 'debited_too_little', 'debited_too_much', 'return_not_booked', 'rejection_not_booked', 'return_not_reported', 'amount_differs', 'charge', 'unexplained', 'statement_gap');

create type settlement_class as enum ('received', 'paid', 'returned', 'handed_back', 'charge', 'unexplained');

create type sex as enum ('male', 'female');

create type statement_entry_kind as enum ('opening', 'credit', 'debit', 'closing');

create type transaction_status as enum ('PDNG', 'ACSP', 'NCOL', 'RJCT', 'ACSC', 'ACCC', 'RTRN');

create type visit_result as enum ('opened', 'absent', 'refused', 'exempt', 'moved', 'died');

create type vital_status as enum ('alive', 'dead', 'missing');

create type withdrawal_channel as enum ('atm', 'branch', 'agent', 'post', 'pos', 'transfer', 'home');

create sequence alarm_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence api_key_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence approval_band_change_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence case_batch_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence case_number_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence correction_list_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence file_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence run_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence scheme_id_sequence as smallint increment 1 minvalue 1 maxvalue 32767 start 1;

create sequence staff_absence_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence staff_change_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence staff_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

create sequence trail_entry_id_sequence as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1;

CREATE OR REPLACE FUNCTION public.account_text(account_key bigint)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  -- digit strings of length n begin at key (10^n - 10) / 9, so n is one less than the number of digits of 9 × key + 10
  select case when account_key < 4611686018427387904 then
    lpad((account_key - (repeat('1', length((account_key::numeric * 9 + 10)::text) - 2) || '0')::bigint)::text, length((account_key::numeric * 9 + 10)::text) - 1, '0')
  end
$function$
;
comment on function account_text(bigint) is 'the account number behind an account_key; null for hashed ones (see hashed_text)';

CREATE OR REPLACE FUNCTION public.age_band(born date, on_day date)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when born > on_day - interval '15 years' then 0 when born > on_day - interval '60 years' then 15 when born > on_day - interval '70 years' then 60 when born > on_day - interval '80 years' then 70 when born <= on_day then 80 end::smallint
$function$
;
comment on function age_band(date,date) is 'the youngest age of the band: 0, 15, 60, 70, 80; null where the day of birth is not known';

CREATE OR REPLACE FUNCTION public.analyze_rows(wanted regclass)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if (select n.nspname not in ('public', 'gathered') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = wanted) then
    raise exception 'only tables of the program are analyzed here' using errcode = 'insufficient_privilege';
  end if;
  execute format('analyze %s', wanted);
end
$function$
;
comment on function analyze_rows(regclass) is 'analyzes a table for a program that does not own it';

CREATE OR REPLACE FUNCTION public.answer_bank_question(wanted_question bigint, wanted_code text, wanted_answer text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  asked bank_question;
  standing case_record;
begin
  select * into asked from bank_question where question_id = wanted_question and creditor_agent = desk_agent() for update;
  if not found then
    return null;
  end if;
  if asked.answered_at is not null then
    return false;
  end if;
  select * into strict standing from case_record where person_key = asked.person_key and finding_id = asked.finding_id for no key update;
  update bank_question set answered_at = at, answered_by = desk_staff(), answer_code = wanted_code, answer = wanted_answer, answer_number = standing.version + 1 where question_id = wanted_question;
  -- as a comment does: it is one more thing that happened, and the case stays at its step, so that no count of cases changes
  insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, comment, details)
  values (standing.person_key, standing.finding_id, standing.version + 1, standing.unit_code, at, desk_staff(), 'bank_answered', standing.step, wanted_answer, jsonb_build_object('question_id', asked.question_id::text, 'answer_code', wanted_code));
  insert into trail_entry (happened_at, staff_id, kind, person_key, person_salt, subject, details, row_table, row_key, row_hash)
  select at, desk_staff(), 'case_acted', e.person_key, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'case ' || e.finding_id, jsonb_build_object('act', e.kind, 'step', e.step), 'case_event', e.row_key, trail_digest(e.row_text)
  from audited_case_event e where e.person_key = standing.person_key and e.finding_id = standing.finding_id and e.event_number = standing.version + 1;
  update case_record set version = standing.version + 1 where person_key = standing.person_key and finding_id = standing.finding_id;
  return true;
end
$function$
;
comment on function answer_bank_question(bigint,text,text,timestamp with time zone) is 'the reader''s bank answers a question, once: true; false: it was answered before; null: there is none of this number for this bank';

CREATE OR REPLACE FUNCTION public.approve_correction_list(wanted_list bigint, wanted_version integer, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  made correction_list;
  most numeric;
  item correction_item;
  rest numeric;
  kept_month date;
  kept numeric;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('approver', 'payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'draft' then return 'not_a_draft'; end if;
  if made.made_by = desk_staff() then return 'own_list'; end if;
  if made.item_count = 0 then return 'list_empty'; end if;
  if made.kind in ('recovery', 'offset') and (made.decision_number is null or made.decision_date is null) then return 'decision_missing'; end if;
  -- what is asked back or kept back under another name is seen only once it is committed
  if made.kind in ('recovery', 'offset') then perform pg_advisory_xact_lock(hashtextextended('correction_offset', 0)); end if;
  select max(amount) into most from correction_item where list_id = wanted_list and left_out is null;
  if not exists (select from staff s join approval_band b using (scope_level) where s.staff_id = desk_staff() and most <= coalesce(b.up_to_amount, 'infinity')) then return 'beyond_band'; end if;
  -- every item must stand as it was read: the finding, its amount, the account, and nothing that has come between
  if not correction_list_stands(wanted_list) then return 'outdated'; end if;
  if not exists (
    select from correction_item i where i.list_id = wanted_list
    having count(*) filter (where i.left_out is null) = made.item_count and coalesce(sum(i.amount) filter (where i.left_out is null), 0) = made.item_amount
      and count(*) = made.found_count and coalesce(sum(i.amount), 0) = made.found_amount and count(distinct i.finding_id) = made.found_count
  ) then return 'not_reconciled'; end if;
  begin
    update correction_item set is_live = true where list_id = wanted_list and left_out is null;
  exception when unique_violation then
    return 'already_listed';
  end;
  -- the share holds for all that is kept back of a person's month in a scheme: what no longer fits waits for a later month
  if made.kind = 'offset' then
    for item in select * from correction_item where list_id = wanted_list and left_out is null order by item_number loop
      rest := item.amount;
      kept_month := make_date(made.target_period / 100, made.target_period % 100, 1);
      while rest > 0 loop
        kept := least(rest, item.monthly_amount - coalesce((select sum(o.amount) from correction_offset o where o.person_key = item.person_key and o.scheme_id = item.scheme_id and o.benefit_period = to_char(kept_month, 'YYYYMM')::integer), 0));
        if kept > 0 then
          insert into correction_offset (person_key, list_id, item_number, scheme_id, benefit_period, amount) values (item.person_key, wanted_list, item.item_number, item.scheme_id, to_char(kept_month, 'YYYYMM')::integer, kept);
          rest := rest - kept;
        end if;
        kept_month := kept_month + interval '1 month';
      end loop;
    end loop;
  end if;
  update correction_list set state = 'approved', version = version + 1, approved_at = at, approved_by = desk_staff() where list_id = wanted_list;
  return 'done';
end
$function$
;
comment on function approve_correction_list(bigint,integer,timestamp with time zone) is 'the reader approves a draft that somebody else made, in the version they read: done, or why not';

CREATE OR REPLACE FUNCTION public.bank_account_fixes()
 RETURNS TABLE(list_id bigint, item_number integer, sent_at timestamp with time zone, creditor_account text, asked text, return_reason_code text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select l.list_id, i.item_number, l.sent_at, i.creditor_account, i.asked, i.return_reason_code
  from correction_list l join correction_item i using (list_id)
  where l.kind = 'account_fix' and l.state in ('sent', 'settled') and i.left_out is null and i.progress = 'waiting' and i.creditor_account is not null and i.creditor_agent = desk_agent()
  order by l.list_id, i.item_number
$function$
;
comment on function bank_account_fixes() is 'what the reader''s bank is asked to put right about accounts of its own, as sent: no name, scheme, amount or month; no row for anybody else';

CREATE OR REPLACE FUNCTION public.case_urgency(amount numeric, waiting_days integer, severity_rank integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select least(greatest(amount, 1) * greatest(waiting_days - waiting_days % case when waiting_days < 16 then 1 when waiting_days < 32 then 2 when waiting_days < 64 then 4 when waiting_days < 128 then 8 when waiting_days < 256 then 16 when waiting_days < 512 then 32 else 64 end, 1) * (1 << (severity_rank - 1)), 9000000000000000000)::bigint
$function$
;
comment on function case_urgency(numeric,integer,integer) is 'how urgent a case is: what is at stake, times the days it waits (in steps, an eighth apart at most), times how grave it is (8 for h to 1 for i)';

CREATE OR REPLACE FUNCTION public.complaint_id(person_key bigint, scheme text, benefit_period integer, complained_date date, stranger_to text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select md5('complaint|' || coalesce(scheme, '') || '|' || benefit_period || '|' || person_key || '|' || (complained_date - date '2000-01-01') || coalesce('|' || stranger_to, ''))
$function$
;
comment on function complaint_id(bigint,text,integer,date,text) is 'the finding_id of a complaint: the same person''s about the same month and scheme on the same day is the same complaint; stranger_to: the unit whose desk took it of somebody on no list of theirs, which is in nobody else''s way, null for everybody else';

CREATE OR REPLACE FUNCTION public.correction_codes(list_kind text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case list_kind
    when 'supplementary' then array['unpaid', 'unpaid_no_account', 'returned', 'paid_short', 'not_collected', 'stuck']
    when 'carried_over' then array['unpaid', 'unpaid_no_account', 'returned', 'paid_short', 'not_collected', 'stuck', 'arrears_missing']
    when 'recovery' then array['paid_twice', 'paid_over', 'not_on_list', 'paid_after_death', 'paid_while_suspended', 'wrong_account']
    when 'offset' then array['paid_twice', 'paid_over']
    when 'account_fix' then array['account_not_usable', 'holder_mismatch', 'mandate_expired', 'unpaid_no_account', 'returned'] end
$function$
;
comment on function correction_codes(text) is 'the findings that a kind of list puts right';

CREATE OR REPLACE FUNCTION public.correction_list_stands(wanted_list bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  kept integer[];
  is_standing boolean;
begin
  with freed as (
    update correction_item set is_live = false where list_id = wanted_list and is_live returning item_number
  )
  select coalesce(array_agg(item_number), '{}') into kept from freed;
  select not exists (
    select from correction_item i join correction_list l using (list_id)
    left join correction_proposal p on p.person_key = i.person_key and p.finding_id = i.finding_id and p.list_kind = l.kind
    where i.list_id = wanted_list and i.left_out is null
      and (p.finding_id is null or p.left_out is not null or p.amount <> i.amount or (p.money_key, p.creditor_agent, p.creditor_account, p.before_amount) is distinct from (i.money_key, i.creditor_agent, i.creditor_account, i.before_amount))
  ) into is_standing;
  update correction_item set is_live = true where list_id = wanted_list and item_number = any (kept);
  return is_standing;
end
$function$
;

CREATE OR REPLACE FUNCTION public.desk_agent()
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select creditor_agent from staff where staff_id = desk_staff()
$function$
;
comment on function desk_agent() is 'of somebody of a bank: its 6-digit code; null for all others';

CREATE OR REPLACE FUNCTION public.desk_has_role(VARIADIC wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce((select roles && wanted from staff where staff_id = desk_staff()), false)
$function$
;

CREATE OR REPLACE FUNCTION public.desk_keeps_list(wanted_unit text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select desk_sees_all() or coalesce(wanted_unit in (select desk_unit_codes()), false)
$function$
;
comment on function desk_keeps_list(text) is 'whether a list for that place (null: the whole country) is of the reader''s own place';

CREATE OR REPLACE FUNCTION public.desk_may_approve(case_person bigint, case_finding text, appraisal integer, in_place_of bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select from staff approver
    join approval_band b using (scope_level)
    join case_event e on e.person_key = case_person and e.finding_id = case_finding and e.event_number = appraisal
    join case_record c on c.person_key = case_person and c.finding_id = case_finding and c.appraisal_number = appraisal
    where approver.staff_id = coalesce(in_place_of, desk_staff()) and approver.is_active and 'approver' = any (approver.roles)
      and (in_place_of is null or exists (
        select from staff_absence a where a.absent_id = in_place_of and a.deputy_id = desk_staff() and a.ended_at is null
          and (statement_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date between a.from_date and a.to_date))
      and (approver.unit_code is null or exists (select from staff_unit u where u.staff_id = approver.staff_id and u.unit_code = c.unit_code))
      and greatest(e.amount, c.amount_at_stake) <= coalesce(b.up_to_amount, 'infinity')
  )
$function$
;
comment on function desk_may_approve(bigint,text,integer,bigint) is 'whether the reader may approve this appraisal, alone or in place of an absent approver: role, unit, and the larger of the amounts against the band';

CREATE OR REPLACE FUNCTION public.desk_may_approve_period(wanted_place text, in_place_of bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select case when in_place_of is null then desk_has_role('approver') else in_place_of in (select d.staff_id from desk_period_absent(wanted_place) d) end
$function$
;
comment on function desk_may_approve_period(text,bigint) is 'whether the reader approves months of a place, in their own right or in place of somebody absent';

CREATE OR REPLACE FUNCTION public.desk_people()
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select c.person_key from entitlement_clock c where c.slot in (0, 1) and c.unit_code in (select desk_unit_codes())
  union select f.person_key from finding f where f.unit_code in (select desk_unit_codes())
$function$
;
comment on function desk_people() is 'everybody whom a clock or a finding names in one of the reader''s units; for questions about many people';

CREATE OR REPLACE FUNCTION public.desk_period_absent(wanted_place text)
 RETURNS TABLE(staff_id bigint, display_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 2
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select s.staff_id, s.display_name
  from staff s
  where s.is_active and 'approver' = any (s.roles) and desk_sees_place(wanted_place)
    and (s.unit_code is null or exists (select from staff_unit u where u.staff_id = s.staff_id and u.unit_code = wanted_place))
    and exists (select from staff_absence a where a.absent_id = s.staff_id and a.deputy_id = desk_staff() and a.ended_at is null and (statement_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date between a.from_date and a.to_date)
  order by s.display_name collate "C", s.staff_id
$function$
;
comment on function desk_period_absent(text) is 'the absent approvers of a place in whose place the reader may approve its months today';

CREATE OR REPLACE FUNCTION public.desk_period_corrections(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select period_corrections(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$
;
comment on function desk_period_corrections(text,integer) is 'period_corrections for whoever works for the place; null for others';

CREATE OR REPLACE FUNCTION public.desk_period_facts(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select period_facts(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$
;
comment on function desk_period_facts(text,integer) is 'period_facts for whoever works for the place; null for others';

CREATE OR REPLACE FUNCTION public.desk_period_files(wanted_place text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select period_files() where desk_sees_place(wanted_place)
$function$
;
comment on function desk_period_files(text) is 'period_files for whoever works for the place; null for others';

CREATE OR REPLACE FUNCTION public.desk_period_settlement(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select period_settlement(wanted_place, wanted_period) where desk_sees_place(wanted_place)
$function$
;
comment on function desk_period_settlement(text,integer) is 'period_settlement for whoever works for the place; null for others';

CREATE OR REPLACE FUNCTION public.desk_person()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with asked as (select nullif(current_setting('tantay.person', true), '')::bigint as person_key)
  select a.person_key from asked a
  where exists (select from entitlement_clock c where c.person_key = a.person_key and c.slot in (0, 1) and c.unit_code in (select desk_unit_codes()))
    or exists (select from finding f where f.person_key = a.person_key and f.unit_code in (select desk_unit_codes()))
    or exists (select from entitlement_line l where l.person_key % 240 = a.person_key % 240 and l.person_key = a.person_key and l.unit_code in (select desk_unit_codes()))
$function$
;
comment on function desk_person() is 'the one person whom a page is about (tantay.person), when a list, a clock or a finding names them in one of the reader''s units; else null';

CREATE OR REPLACE FUNCTION public.desk_sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce((select unit_code is null and roles && array['officer', 'approver', 'payer', 'auditor'] from staff where staff_id = desk_staff()), false)
$function$
;
comment on function desk_sees_all() is 'true for whoever works for the whole country and with people''s cases';

CREATE OR REPLACE FUNCTION public.desk_sees_files()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce((select unit_code is null and roles && array['payer', 'auditor', 'administrator'] from staff where staff_id = desk_staff()), false)
$function$
;
comment on function desk_sees_files() is 'true for whoever may read the lines of any file: those of people of every unit';

CREATE OR REPLACE FUNCTION public.desk_sees_place(wanted_place text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select desk_sees_all() or wanted_place <> '' and wanted_place in (select desk_unit_codes())
$function$
;
comment on function desk_sees_place(text) is 'whether the reader works for all of a place: the country, or a province';

CREATE OR REPLACE FUNCTION public.desk_staff()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select s.staff_id from staff_session s join staff a using (staff_id)
  where s.token_hash = current_setting('tantay.session', true) and s.is_complete and s.ended_at is null and s.expires_at > statement_timestamp() and a.is_active
  union all
  select k.staff_id from api_key k join staff a using (staff_id)
  where k.token_hash = current_setting('tantay.session', true) and k.revoked_at is null and k.expires_at > statement_timestamp() and a.is_active
$function$
;
comment on function desk_staff() is 'who is there, by a session or by a key: staff_id; null without one that holds';

CREATE OR REPLACE FUNCTION public.desk_unit_codes()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select u.unit_code from staff s join staff_unit u using (staff_id)
  where s.staff_id = desk_staff() and s.roles && array['officer', 'approver', 'payer', 'auditor']
$function$
;
comment on function desk_unit_codes() is 'every code whose people the reader may see; none for administrators, banks, and whoever works for the whole country. A set, so that a policy asks it once and looks rows up in a hash';

CREATE OR REPLACE FUNCTION public.desk_units()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce((select array_agg(c) from desk_unit_codes() c), '{}')
$function$
;
comment on function desk_units() is 'the same as a list, for conditions that an index answers';

CREATE OR REPLACE FUNCTION public.desk_withdrawal_reports()
 RETURNS TABLE(reported_through_date date, unreported_count bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select
    (select date '1970-01-01' + max(stamp) from source_file f join file_content c using (file_id) cross join unnest(c.stamps) stamp
      where f.source = desk_agent()::text and f.kind = 'withdrawal' and f.status = 'sealed' and stamp >= 0),
    (select coalesce(sum(entitlement_count), 0)::bigint from clock_cell where creditor_agent = desk_agent() and days is null)
  where desk_agent() is not null
$function$
;
comment on function desk_withdrawal_reports() is 'of the reader''s own bank: the latest day that its own files report withdrawals through (null: none yet), and how many credited entitlements of the published result no report speaks of; no row for anybody else';

CREATE OR REPLACE FUNCTION public.draft_correction_list(wanted_kind text, wanted_unit text, wanted_units text[], wanted_scheme smallint, wanted_period integer, wanted_target integer, wanted_currency text, number_of_decision text, day_of_decision date, at timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  new_list bigint;
begin
  if not (desk_has_role('payer') and desk_keeps_list(wanted_unit)) or (wanted_unit is null) <> (wanted_units is null) or not (desk_sees_all() or wanted_units <@ desk_units()) then
    raise exception 'lists of that place are not the reader''s to make' using errcode = 'insufficient_privilege';
  end if;
  insert into correction_list (kind, reference, unit_code, unit_codes, scheme_id, benefit_period, target_period, currency, run_id, as_of, decision_number, decision_date, made_at, made_by)
  select wanted_kind, 'TT' || upper(substr(md5(gen_random_uuid()::text), 1, 10)), wanted_unit, wanted_units, wanted_scheme, wanted_period, wanted_target, wanted_currency, r.run_id, r.as_of, number_of_decision, day_of_decision, at, desk_staff()
  from followed_run join run r using (run_id)
  returning list_id into new_list;
  if new_list is null then
    raise exception 'there is no published result to make a list from' using errcode = 'no_data_found';
  end if;
  perform fill_correction_list(new_list);
  return new_list;
end
$function$
;
comment on function draft_correction_list(text,text,text[],smallint,integer,integer,text,text,date,timestamp with time zone) is 'makes a draft for a place of the reader''s (null: the whole country) from what is proposed now; its list_id';

CREATE OR REPLACE FUNCTION public.drop_clock_indexes(half text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if half is null or half not in ('odd', 'even') then
    raise exception 'the clocks have an odd and an even half' using errcode = 'invalid_parameter_value';
  end if;
  execute format('drop index if exists public.entitlement_clock_%1$s_person, public.entitlement_clock_%1$s_unit', half);
end
$function$
;
comment on function drop_clock_indexes(text) is 'takes the indexes of one half of the clocks away, for a program that does not own it; sql/indexes makes them again';

CREATE OR REPLACE FUNCTION public.enqueue_job(task text, payload jsonb, queue text, job_key text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- where no server has ever run there is no queue yet; the first one that starts looks for what waits
  if to_regnamespace('graphile_worker') is not null then
    execute 'select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4)' using task, payload, queue, job_key;
  end if;
end
$function$
;
comment on function enqueue_job(text,jsonb,text,text) is 'leaves work for the background in the caller''s transaction: done once, even when left twice under one job_key before it begins';

CREATE OR REPLACE FUNCTION public.fill_correction_list(wanted_list bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  made correction_list;
begin
  select * into strict made from correction_list where list_id = wanted_list;
  delete from correction_item where list_id = wanted_list;
  insert into correction_item (person_key, list_id, item_number, finding_id, code, scheme_id, benefit_period, unit_code, currency, amount, before_amount, money_key, left_out, payment_channel, creditor_agent, creditor_account, account_origin, creditor_name,
    beneficiary_name, return_reason_code, monthly_amount, asked, from_whom, lines, end_to_end_id)
  with proposed as (
    select p.*, case when p.left_out is null and made.kind = 'carried_over' and p.benefit_period >= made.target_period then 'later_month' else p.left_out end as reason
    from correction_proposal p
    where p.list_kind = made.kind and p.currency = made.currency and (made.unit_codes is null or p.unit_code = any (made.unit_codes)) and (made.scheme_id is null or p.scheme_id = made.scheme_id) and (made.benefit_period is null or p.benefit_period = made.benefit_period)
  ), numbered as (
    select p.*, row_number() over (order by p.reason is not null, p.creditor_agent, p.unit_code collate "C", p.person_key, p.benefit_period, p.finding_id) as item_number from proposed p
  )
  select n.person_key, wanted_list, n.item_number, n.finding_id, n.code, n.scheme_id, n.benefit_period, n.unit_code, n.currency, n.amount, n.before_amount, n.money_key, n.reason, n.payment_channel, n.creditor_agent, n.creditor_account, n.account_origin, n.creditor_name,
    n.beneficiary_name, n.return_reason_code,
    case when n.reason is null then n.monthly_amount end,
    n.asked, n.from_whom, n.lines,
    case when made.kind = 'supplementary' and n.reason is null then made.reference || '-' || n.item_number end
  from numbered n;
  update correction_list l set
    (item_count, item_amount, left_count, left_amount) = (select count(*) filter (where i.left_out is null), coalesce(sum(i.amount) filter (where i.left_out is null), 0), count(*) filter (where i.left_out is not null), coalesce(sum(i.amount) filter (where i.left_out is not null), 0) from correction_item i where i.list_id = wanted_list),
    (found_count, found_amount) = (select count(*), coalesce(sum(f.amount_at_stake), 0) from finding f
      where f.code = any (correction_codes(made.kind)) and f.currency = made.currency and (made.unit_codes is null or f.unit_code = any (made.unit_codes)) and (made.scheme_id is null or f.scheme_id = made.scheme_id) and (made.benefit_period is null or f.benefit_period = made.benefit_period))
  where l.list_id = wanted_list;
end
$function$
;
comment on function fill_correction_list(bigint) is 'lays out the items of a draft from what is proposed now, and counts the findings beside them';

CREATE OR REPLACE FUNCTION public.hold_correction_list(wanted_list bigint, wanted_version integer)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION public.identifier_key(identifier text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select case when identifier ~ '^x[0-9]{12}$' then substr(identifier, 2)::bigint + 2000000000000 else case length(identifier) when 12 then identifier::bigint when 9 then identifier::bigint + 1000000000000 end end
$function$
;
comment on function identifier_key(text) is 'the person_key of a 12- or 9-digit id, the reverse of identifier_text';

CREATE OR REPLACE FUNCTION public.identifier_text(person_key bigint)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when person_key < 0 then null
    when person_key < 1000000000000 then lpad(person_key::text, 12, '0')
    when person_key < 1001000000000 then lpad((person_key - 1000000000000)::text, 9, '0')
    when person_key between 2000000000000 and 2999999999999 then 'x' || lpad((person_key - 2000000000000)::text, 12, '0')
  end
$function$
;
comment on function identifier_text(bigint) is 'the id behind a person_key; null for rows that name nobody and for organisations (see hashed_text)';

CREATE OR REPLACE FUNCTION public.lists_of_finding(wanted_finding text)
 RETURNS TABLE(list_id bigint, kind text, state text, item_number integer, amount numeric, currency text, left_out text, progress text, settled_amount numeric, settled_date date, settled_by text, end_to_end_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 5
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select l.list_id, l.kind, l.state, i.item_number, i.amount, i.currency, i.left_out, i.progress, i.settled_amount, i.settled_date, i.settled_by, i.end_to_end_id
  from case_record c join correction_item i on i.person_key = c.person_key and i.finding_id = c.finding_id join correction_list l on l.list_id = i.list_id
  where c.finding_id = wanted_finding and (desk_sees_all() or c.unit_code in (select desk_unit_codes())) and i.left_out is null and l.state <> 'withdrawn'
  order by l.list_id desc
$function$
;
comment on function lists_of_finding(text) is 'on which lists a case of the reader''s stands, the newest first: a commune sees its people on a province''s list, and nothing else of it';

CREATE OR REPLACE FUNCTION public.make_fact_index(statement text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if statement !~ '^create index if not exists [a-z_]+ on public\.[a-z_]+ \([a-z_, ]+\)( where [a-z_]+ is not null)?$' and statement !~ '^analyze public\.[a-z_]+$' then
    raise exception 'only indexes on columns are made here, and tables analyzed' using errcode = 'insufficient_privilege';
  end if;
  execute statement;
end
$function$
;
comment on function make_fact_index(text) is 'makes an index of sql/indexes, or analyzes its table, for a program that does not own it';

CREATE OR REPLACE FUNCTION public.missing_reports()
 RETURNS TABLE(kind text, scheme text, deadline_date date, last_received_date date)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select f.evidence ->> 'kind', f.evidence ->> 'scheme', (f.evidence ->> 'deadline_date')::date, (f.evidence ->> 'last_received_date')::date
  from finding f where f.code = 'file_missing' and f.evidence ->> 'source' = desk_agent()::text
$function$
;
comment on function missing_reports() is 'files that the reader''s bank was to send by a day that has passed, as the published result found them missing';

CREATE OR REPLACE FUNCTION public.name_search(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select lower(translate(regexp_replace(normalize(name, NFD), U&'[\0300-\036f]', '', 'g'), U&'\0111\0110', 'dd'))
$function$
;
comment on function name_search(text) is 'a name as people type it into a search: small letters without marks';

CREATE OR REPLACE FUNCTION public.name_spelling(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  -- class E1 of core/names.ts, which a test holds this against: nothing of zero width, single blanks, capitals, Đ for its look-alikes, the tone on the vowel that carries the syllable
  select normalize(regexp_replace(regexp_replace(
    translate(normalize(btrim(regexp_replace(translate(name, U&'\00ad\034f\061c\180e\200b\200c\200d\200e\200f\202a\202b\202c\202d\202e\2060\2061\2062\2063\2064\feff', ''),
      U&'[ \0009-\000d\00a0\1680\2000-\200a\2028\2029\202f\205f\3000]+', ' ', 'g')), NFD),
      U&'abcdefghijklmnopqrstuvwxyz\0111\00f0\0256\00d0\0189', U&'ABCDEFGHIJKLMNOPQRSTUVWXYZ\0110\0110\0110\0110\0110'),
    U&'O([\0300\0301\0303\0309\0323])([AE])(?![\0300-\036f])', 'O\2\1', 'g'),
    U&'(?<!Q)U([\0300\0301\0303\0309\0323])Y(?![\0300-\036f])', 'UY\1', 'g'), NFC)
$function$
;
comment on function name_spelling(text) is 'a name in the form in which two of the same spelling are equal: Hòa and Hoà, Đặng and Ðặng';

CREATE OR REPLACE FUNCTION public.period_broken_cell(figures jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select concat_ws(' ', coalesce(c ->> 'scheme', 'none'), c ->> 'currency')
  from jsonb_array_elements(figures -> 'bridge') c, lateral (select coalesce(sum(value::numeric), 0) as amount, bool_or(key in ('paid', 'paid_late', 'paid_twice', 'paid_over')) as is_wrong from jsonb_each_text(c -> 'shortfall')) missing,
    lateral (select coalesce(sum((o ->> 'due')::numeric), 0) as due, coalesce(sum((o ->> 'credited')::numeric), 0) as credited from jsonb_array_elements(figures -> 'outcomes') o where o ->> 'scheme' = c ->> 'scheme' and o ->> 'currency' = c ->> 'currency') counted
  where (c ->> 'due')::numeric <> (c ->> 'to_due')::numeric + (c ->> 'carried_out')::numeric + missing.amount
    or (c ->> 'credited')::numeric <> (c ->> 'to_due')::numeric + (c ->> 'excess_over')::numeric + (c ->> 'excess_twice')::numeric + (c ->> 'unmatched')::numeric
    or coalesce(missing.is_wrong, false)
    or (c ->> 'due')::numeric <> counted.due or (c ->> 'credited')::numeric <> counted.credited + (c ->> 'unmatched')::numeric
  order by 1 limit 1
$function$
;
comment on function period_broken_cell(jsonb) is 'the first scheme whose bridge does not come to zero, in both directions; null: all close';

CREATE OR REPLACE FUNCTION public.period_corrections(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$
;
comment on function period_corrections(text,integer) is 'of a month: one row per approved list of supplementary payments, recoveries or offsets, scheme and currency, with what of it concerns the place and the month; amounts as text';

CREATE OR REPLACE FUNCTION public.period_facts(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with unit as materialized (
    select u as unit_code from period_place_units(wanted_place) u where wanted_place <> ''
  ), figure as materialized (
    select period_figures(wanted_place, wanted_period) as of_month
  )
  select jsonb_build_object(
    'run', (select jsonb_build_object('run_id', run_id::text, 'as_of', as_of, 'engine_version', engine_version) from run where status = 'published' order by run_id desc limit 1),
    'figures', figure.of_month,
    'broken_cell', period_broken_cell(figure.of_month),
    'audit_head', (select jsonb_build_object('head_number', head_number::text, 'day', day, 'sequence_number', sequence_number::text, 'hash', hash) from trail_head order by head_number desc limit 1),
    'missing_files', period_missing_files(wanted_period),
    'open_cases', (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'currency', currency, 'count', case_count, 'amount_at_stake', trim_scale(amount)::text) order by code collate "C", currency collate "C"), '[]') from (
      select code, currency, sum(case_count)::bigint as case_count, sum(amount_at_stake) as amount from case_tally
      where is_open and benefit_period = wanted_period and (wanted_place = '' or unit_code in (select unit_code from unit)) group by code, currency having sum(case_count) <> 0) o),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('resolution', resolution, 'currency', currency, 'count', case_count, 'amount', trim_scale(amount)::text) order by resolution collate "C", currency collate "C"), '[]') from (
      select e.resolution, c.currency, count(*) as case_count, sum(e.amount) as amount
      from case_record c join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.appraisal_number
      where c.benefit_period = wanted_period and c.approval_number is not null and (wanted_place = '' or c.unit_code in (select unit_code from unit)) group by e.resolution, c.currency) d),
    'unmatched_without_month', (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', trim_scale(amount)::text) order by currency collate "C"), '[]') from (
      select currency, sum(unmatched_amount) as amount from bridge_cell where wanted_place = '' and benefit_period is null group by currency having sum(unmatched_amount) <> 0) w)
  ) from figure
$function$
;
comment on function period_facts(text,integer) is 'everything that the minutes of a month say, but the files: as published now';

CREATE OR REPLACE FUNCTION public.period_figures(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with unit as materialized (
    select u as unit_code from period_place_units(wanted_place) u where wanted_place <> ''
  ), counted as materialized (
    select scheme_id, outcome_class, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount, sum(credited_amount) as credited_amount, sum(to_due_amount) as to_due_amount, sum(carried_in_amount) as carried_in_amount
    from outcome_count where wanted_place <> '' and benefit_period = wanted_period and unit_code in (select unit_code from unit)
    group by scheme_id, outcome_class, currency having sum(entitlement_count) <> 0
  ), cell as (
    select scheme_id, currency, due_amount, to_due_amount, carried_out_amount, carried_in_amount, excess_over_amount, excess_twice_amount, unmatched_amount, credited_amount,
      (select coalesce(jsonb_object_agg(key, trim_scale(value::numeric)::text), '{}') from jsonb_each_text(shortfall)) as shortfall
    from bridge_cell where wanted_place = '' and benefit_period = wanted_period
    union all
    select scheme_id, currency, sum(due_amount), sum(to_due_amount), coalesce(sum(due_amount - to_due_amount) filter (where outcome_class = 'carried_over'), 0), sum(carried_in_amount),
      coalesce(sum(credited_amount - to_due_amount) filter (where outcome_class = 'paid_over'), 0), coalesce(sum(credited_amount - to_due_amount) filter (where outcome_class = 'paid_twice'), 0), 0, sum(credited_amount),
      coalesce(jsonb_object_agg(outcome_class, trim_scale(due_amount - to_due_amount)::text) filter (where outcome_class <> 'carried_over' and due_amount <> to_due_amount), '{}')
    from counted group by scheme_id, currency
  ), class as (
    select scheme_id, outcome_class, currency, entitlement_count, due_amount, credited_amount from outcome_total where wanted_place = '' and benefit_period = wanted_period
    union all
    select scheme_id, outcome_class, currency, entitlement_count, due_amount, credited_amount from counted
  ), found as (
    select code, scheme_id, currency, finding_count, amount_at_stake from finding_total where wanted_place = '' and benefit_period = wanted_period
    union all
    select code, scheme_id, currency, sum(finding_count), sum(amount_at_stake) from finding_count
    where wanted_place <> '' and benefit_period = wanted_period and unit_code in (select unit_code from unit)
    group by code, scheme_id, currency having sum(finding_count) <> 0
  )
  select jsonb_build_object(
    'bridge', (select coalesce(jsonb_agg(jsonb_build_object('scheme', s.scheme, 'currency', c.currency, 'due', trim_scale(due_amount)::text, 'to_due', trim_scale(to_due_amount)::text, 'carried_out', trim_scale(carried_out_amount)::text, 'carried_in', trim_scale(carried_in_amount)::text,
        'shortfall', shortfall, 'excess_over', trim_scale(excess_over_amount)::text, 'excess_twice', trim_scale(excess_twice_amount)::text, 'unmatched', trim_scale(unmatched_amount)::text, 'credited', trim_scale(credited_amount)::text)
      order by s.scheme collate "C", c.currency collate "C"), '[]') from cell c left join scheme_code s using (scheme_id)),
    'outcomes', (select coalesce(jsonb_agg(jsonb_build_object('scheme', s.scheme, 'class', outcome_class, 'currency', c.currency, 'count', entitlement_count::bigint, 'due', trim_scale(due_amount)::text, 'credited', trim_scale(credited_amount)::text)
      order by s.scheme collate "C", outcome_class, c.currency collate "C"), '[]') from class c join scheme_code s using (scheme_id)),
    -- of what only the calendar or a paper changes (severity l and i) nothing is signed: it would undo the steps night by night
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'scheme', s.scheme, 'currency', f.currency, 'count', finding_count::bigint, 'amount_at_stake', trim_scale(amount_at_stake)::text)
      order by f.code collate "C", s.scheme collate "C", f.currency collate "C"), '[]') from found f join finding_type t using (code) left join scheme_code s using (scheme_id) where left(t.severity, 1) in ('h', 'm') and t.subject <> 'file')
  )
$function$
;
comment on function period_figures(text,integer) is 'what is signed of a month: bridge by scheme, entitlements by class, findings that need somebody; amounts as text';

CREATE OR REPLACE FUNCTION public.period_files()
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with amount as (
    select l.file_id::bigint as file_id, l.currency, sum(l.due_amount) as amount from entitlement_line l join published_file p on p.file_id = l.file_id group by l.file_id, l.currency
    union all
    select r.file_id::bigint, r.currency, sum(r.instructed_amount) from payment_report r join published_file p on p.file_id = r.file_id group by r.file_id, r.currency
  ), summed as (
    select file_id, jsonb_agg(jsonb_build_object('currency', currency, 'amount', trim_scale(amount)::text) order by currency collate "C") as amounts from amount group by file_id
  )
  select jsonb_build_object('files', coalesce(jsonb_agg(jsonb_build_object('file_id', f.file_id::text, 'sha256', f.sha256, 'file_name', f.file_name, 'kind', f.kind, 'source', f.source, 'format', f.format, 'encoding', f.encoding, 'profile', case when f.profile_name is not null then jsonb_build_object('name', f.profile_name, 'version', f.profile_version) end,
      'recorded_at', to_char(f.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'lines', f.line_count, 'accepted', f.accepted_count, 'repeats', f.repeat_count, 'problems', f.problem_count, 'ignored', f.ignored_count, 'amounts', coalesce(s.amounts, '[]')) order by f.file_id), '[]'),
    'profiles', (select coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'version', i.version, 'description', i.description::text) order by i.name collate "C", i.version), '[]') from ingest_profile i
      where exists (select from published_file p join source_file f using (file_id) where f.profile_name = i.name and f.profile_version = i.version)))
  from published_file p join source_file f using (file_id) left join summed s using (file_id) where f.file_id > 0
$function$
;
comment on function period_files() is 'the files that the published result rests on, with the sums of what was taken from them (due, or instructed), and the mapping profiles by which they were read';

CREATE OR REPLACE FUNCTION public.period_minutes_are_true(wanted_place text, wanted_period integer, wanted_event integer, minutes jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select from period_event e join period_snapshot s on s.place_code = e.place_code and s.benefit_period = e.benefit_period and s.round_number = e.round_number
    where e.place_code = wanted_place and e.benefit_period = wanted_period and e.event_number = wanted_event and e.kind = 'issued' and e.actor_id = desk_staff()
      and minutes -> 'minutes' -> 'content' = s.body::jsonb
      and minutes -> 'minutes' -> 'steps' = period_signers(wanted_place, wanted_period, e.round_number))
$function$
;
comment on function period_minutes_are_true(text,integer,integer,jsonb) is 'whether minutes hold the snapshot that was signed and name those who signed it';

CREATE OR REPLACE FUNCTION public.period_missing_files(wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('source', evidence ->> 'source', 'kind', evidence ->> 'kind', 'scheme', evidence ->> 'scheme', 'deadline_date', evidence ->> 'deadline_date')) order by subject collate "C"), '[]')
  from finding where code = 'file_missing' and benefit_period = wanted_period
$function$
;
comment on function period_missing_files(integer) is 'files that were to come in a month and have not, as the published result found';

CREATE OR REPLACE FUNCTION public.period_place_units(wanted_place text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with recursive step as materialized (select * from period_unit_steps()), inside (unit_code) as (
    select wanted_place
    union
    select s.unit_code from step s join inside i on s.next_code = i.unit_code
  )
  select unit_code from inside
$function$
;
comment on function period_place_units(text) is 'every code, of today or before, whose people live in a province now; the province itself included';

CREATE OR REPLACE FUNCTION public.period_settlement(wanted_place text, wanted_period integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('source', source, 'currency', currency, 'received', trim_scale(received)::text, 'credited', trim_scale(credited)::text, 'on_the_way', trim_scale(on_the_way)::text, 'not_collected', trim_scale(not_collected)::text, 'handed_back', trim_scale(handed_back)::text, 'difference', trim_scale(difference)::text) order by source collate "C", currency collate "C"), '[]')
  from (
    select source, currency, sum(received_amount) as received, sum(credited_amount) as credited, sum(on_the_way_amount) as on_the_way, sum(not_collected_amount) as not_collected, sum(handed_back_amount) as handed_back, sum(difference_amount) as difference
    from settlement_cell
    where wanted_place = '' and benefit_period = wanted_period and is_stated
      and (select max(run_id) from run where status = 'published') = (select max(run_id) from settlement_run)
    group by source, currency) settled
$function$
;
comment on function period_settlement(text,integer) is 'of a month: what each payment organisation received and what became of it, by its account and by its payments; amounts as text';

CREATE OR REPLACE FUNCTION public.period_signers(wanted_place text, wanted_period integer, wanted_round integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('step', e.kind, 'name', s.display_name, 'staff_id', e.actor_id::text, 'roles', to_jsonb(s.roles), 'at', to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || case when f.staff_id is null then '{}' else jsonb_build_object('on_behalf_of', jsonb_build_object('name', f.display_name, 'staff_id', f.staff_id::text)) end order by e.event_number), '[]')
  from period_event e join staff s on s.staff_id = e.actor_id left join staff f on f.staff_id = e.acting_for
  where e.place_code = wanted_place and e.benefit_period = wanted_period and e.round_number = wanted_round and e.kind in ('prepared', 'appraised', 'approved', 'issued') and desk_sees_place(wanted_place)
$function$
;
comment on function period_signers(text,integer,integer) is 'who took the steps of a round, in their order, as the minutes name them';

CREATE OR REPLACE FUNCTION public.period_snapshot_is_true(wanted_place text, wanted_period integer, body jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select desk_sees_place(wanted_place)
    and (wanted_place = '' or exists (select from period_unit_steps() s where s.unit_code = wanted_place and s.next_code is null))
    and body -> 'place' ->> 'unit_code' is not distinct from nullif(wanted_place, '')
    and body ->> 'benefit_period' = to_char(wanted_period, 'FM0000"-"00')
    and jsonb_array_length(f -> 'figures' -> 'bridge') > 0
    and period_broken_cell(f -> 'figures') is null
    and body -> 'run' = f -> 'run' and body -> 'figures' = f -> 'figures' and body -> 'open_cases' = f -> 'open_cases' and body -> 'decisions' = f -> 'decisions'
    and (select coalesce(jsonb_agg(m - 'reason' order by n), '[]') from jsonb_array_elements(body -> 'missing_files') with ordinality e (m, n)) = f -> 'missing_files'
    and not exists (select from jsonb_array_elements(body -> 'missing_files') m where coalesce(btrim(m ->> 'reason'), '') = '')
    and (select coalesce(array_agg((e ->> 'file_id')::bigint order by (e ->> 'file_id')::bigint), '{}') from jsonb_array_elements(body -> 'files') e) = (select coalesce(array_agg(file_id order by file_id), '{}') from published_file where file_id > 0)
    and not exists (select from jsonb_array_elements(body -> 'files') e join source_file s on s.file_id = (e ->> 'file_id')::bigint where s.sha256 <> e ->> 'sha256')
  from period_facts(wanted_place, wanted_period) f
$function$
;
comment on function period_snapshot_is_true(text,integer,jsonb) is 'whether a snapshot says what is published now, the bridge comes to zero, and every missing file has its reason';

CREATE OR REPLACE FUNCTION public.period_stands(wanted_place text, wanted_period integer, wanted_round integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select from period_snapshot s where s.place_code = wanted_place and s.benefit_period = wanted_period and s.round_number = wanted_round and desk_sees_place(wanted_place)
      and s.body::jsonb -> 'figures' = period_figures(wanted_place, wanted_period)
      -- nothing was withdrawn that it rests on
      and not exists (select from jsonb_array_elements(s.body::jsonb -> 'files') e left join source_file f on f.file_id = (e ->> 'file_id')::bigint and f.status = 'sealed' where f.file_id is null))
$function$
;
comment on function period_stands(text,integer,integer) is 'whether the published figures are still those of the snapshot, and its files are still there';

CREATE OR REPLACE FUNCTION public.period_unit_steps()
 RETURNS TABLE(unit_code text, next_code text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with latest as (
    select as_of from run where status = 'published' order by run_id desc limit 1
  ), unit as (
    select distinct on (r.unit_code) r.unit_code, nullif(r.parent_code, r.unit_code) as parent_code
    from administrative_unit_row r join published_file using (file_id)
    order by r.unit_code, r.valid_from desc, r.file_id desc, r.line_number desc
  ), successor as (
    select distinct on (r.old_code) r.old_code as unit_code, r.new_code
    from unit_succession_row r join published_file using (file_id), latest where r.new_code <> r.old_code and r.effective_date <= latest.as_of
    order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
  )
  select coalesce(u.unit_code, s.unit_code), coalesce(s.new_code, u.parent_code) from unit u full join successor s using (unit_code)
$function$
;
comment on function period_unit_steps() is 'of each code that files name: its successor, else the unit above; null for a province of today';

CREATE OR REPLACE FUNCTION public.person_rows(wanted bigint[])
 RETURNS TABLE(table_name text, meaning text, row_text text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  one record;
begin
  for one in
    select c.relname::text as name, obj_description(c.oid, 'pg_class') as meaning, string_agg(format('t.%I = any ($1)', a.attname), ' or ' order by a.attnum) as condition,
      bool_or(k.attnum is not null) as has_account
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.atttypid = 'bigint'::regtype and a.attname in ('person_key', 'payee_key', 'previous_key', 'other_key', 'beneficiary_key')
    left join pg_attribute k on k.attrelid = c.oid and not k.attisdropped and k.attname = 'account_key'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'work\_%' and has_table_privilege(c.oid, 'select')
    group by c.oid, c.relname order by c.relname
  loop
    return query execute format('select %L::text, %L::text, (to_jsonb(t) - ''person_salt'' %s)::text from public.%I t where %s', one.name, one.meaning,
      case when one.has_account then '|| jsonb_build_object(''account_number'', coalesce(account_text(t.account_key), (select h.original from hashed_text h where h.hash_key = t.account_key)))' else '' end, one.name, one.condition) using wanted;
  end loop;
end
$function$
;
comment on function person_rows(bigint[]) is 'one row per stored row about the person with that person_key, or under a key of an account of theirs: table, what the table holds, the row as JSON with its account as written';

CREATE OR REPLACE FUNCTION public.raise_bank_event(wanted_source text, wanted_kind text, wanted_subject text, wanted_payload jsonb, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  new_id text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
begin
  insert into bank_event (event_id, source, kind, happened_at, subject, payload) values (new_id, wanted_source, wanted_kind, at, wanted_subject, wanted_payload);
  perform enqueue_job('tell_bank', jsonb_build_object('event_id', new_id), null, new_id);
  return new_id;
end
$function$
;
comment on function raise_bank_event(text,text,text,jsonb,timestamp with time zone) is 'notes what a bank is to be told, and leaves the telling to the background; its event_id';

CREATE OR REPLACE FUNCTION public.raise_question_event(wanted_question bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  asked bank_question;
begin
  select * into asked from bank_question where question_id = wanted_question and asked_by = desk_staff() and answered_at is null;
  if not found or exists (select from bank_event where subject = wanted_question::text and kind = 'question.asked') then
    raise exception 'no question of this number waits to be told by this reader' using errcode = 'insufficient_privilege';
  end if;
  -- a question is about a case, and goes to the bank of that case alone
  if not exists (select from case_record c where c.person_key = asked.person_key and c.finding_id = asked.finding_id and c.creditor_agent = asked.creditor_agent and c.unit_code is not distinct from asked.unit_code) then
    raise exception 'the question is about no case of that bank' using errcode = 'insufficient_privilege';
  end if;
  perform raise_bank_event(asked.creditor_agent::text, 'question.asked', asked.question_id::text, jsonb_build_object('question_id', asked.question_id::text, 'due_date', asked.due_date), asked.asked_at);
end
$function$
;
comment on function raise_question_event(bigint) is 'tells the bank of a question that the reader has just asked, once';

CREATE OR REPLACE FUNCTION public.redraft_correction_list(wanted_list bigint, wanted_version integer, number_of_decision text, day_of_decision date, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'draft' then return 'not_a_draft'; end if;
  update correction_list l set version = l.version + 1, run_id = r.run_id, as_of = r.as_of, decision_number = number_of_decision, decision_date = day_of_decision, made_at = at, made_by = desk_staff() from followed_run f join run r using (run_id) where l.list_id = wanted_list;
  perform fill_correction_list(wanted_list);
  return 'done';
end
$function$
;
comment on function redraft_correction_list(bigint,integer,text,date,timestamp with time zone) is 'makes a draft anew from what is proposed now, by the reader: done, or why not';

CREATE OR REPLACE FUNCTION public.send_correction_list(wanted_list bigint, wanted_version integer, as_file bigint, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  held text := hold_correction_list(wanted_list, wanted_version);
begin
  if held <> 'done' then return held; end if;
  update correction_list set state = 'sent', version = version + 1, sent_at = at, sent_by = desk_staff(), sent_file = as_file where list_id = wanted_list;
  return 'done';
end
$function$
;
comment on function send_correction_list(bigint,integer,bigint,timestamp with time zone) is 'the reader says that an approved list went out, and as which file its payments were taken in: done, or why not';

CREATE OR REPLACE FUNCTION public.summarise_rows(wanted text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select brin_summarize_new_values(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
  where i.indrelid = ('public.' || quote_ident(wanted))::regclass and a.amname = 'brin'
$function$
;
comment on function summarise_rows(text) is 'takes the new pages of a table into its BRIN indexes';

CREATE OR REPLACE FUNCTION public.supply_word(stated text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case lower(trim(stated))
    when '' then null
    when 'có' then 'yes' when 'co' then 'yes' when 'y' then 'yes' when '1' then 'yes' when 'true' then 'yes' when 'tốt' then 'yes' when 'good' then 'yes' when 'strong' then 'yes'
    when 'không' then 'no' when 'khong' then 'no' when 'không có' then 'no' when 'chưa có' then 'no' when 'n' then 'no' when '0' then 'no' when 'false' then 'no' when 'none' then 'no'
    when 'yếu' then 'weak' when 'yeu' then 'weak' when 'kém' then 'weak' when 'poor' then 'weak'
    else lower(trim(stated)) end
$function$
;
comment on function supply_word(text) is 'what a list of villages says of electricity or signal as yes, no or weak; other words as written; null: nothing is said';

CREATE OR REPLACE FUNCTION public.trail_append(entry bigint, at timestamp with time zone, staff bigint, kind text, person bigint, salt bytea, subject text, reason text, details jsonb, row_table text, row_key text, row_hash text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  last_number bigint;
  last_hash text;
  commitment text := case when person is not null then encode(sha256(coalesce(salt, ''::bytea) || convert_to(person::text, 'UTF8')), 'hex') end;
  content text;
begin
  -- "trail" as ASCII; held until the transaction has ended, so that the next one reads this number
  perform pg_advisory_xact_lock(500135487852);
  select l.sequence_number, l.hash into last_number, last_hash from trail_link l order by l.sequence_number desc limit 1;
  last_number := coalesce(last_number, 0) + 1;
  content := trail_digest(trail_text(last_number::text, entry::text, trail_instant(at), staff::text, kind, commitment, subject, reason, details::text, row_table, row_key, row_hash));
  insert into trail_link (sequence_number, entry_id, person_commitment, content_hash, hash) values (last_number, entry, commitment, content, trail_digest(coalesce(last_hash, repeat('0', 64)) || content));
end
$function$
;
comment on function trail_append(bigint,timestamp with time zone,bigint,text,bigint,bytea,text,text,jsonb,text,text,text) is 'puts an entry at the end of the chain; two at once wait for each other';

CREATE OR REPLACE FUNCTION public.trail_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform trail_append(new.entry_id, new.happened_at, new.staff_id, new.kind, new.person_key, new.person_salt, new.subject, new.reason, new.details, new.row_table, new.row_key, new.row_hash);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.trail_digest(content text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select encode(sha256(convert_to(content, 'UTF8')), 'hex')
$function$
;
comment on function trail_digest(text) is 'SHA-256 of a text in UTF-8, hex';

CREATE OR REPLACE FUNCTION public.trail_instant(instant timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$function$
;
comment on function trail_instant(timestamp with time zone) is 'an instant in UTC to the microsecond, whatever the session''s settings';

CREATE OR REPLACE FUNCTION public.trail_text(VARIADIC parts text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select array_to_json(parts)::text
$function$
;
comment on function trail_text(text[]) is 'values as one text in which none can be taken for another: a JSON list of texts and nulls, as JSON.stringify writes it';

CREATE OR REPLACE FUNCTION public.void_source_file(wanted bigint, why text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update source_file set status = 'void', voided_at = at, void_reason = why where file_id = wanted and file_id > 0 and status = 'sealed';
  if not found then
    return false;
  end if;
  insert into trail_entry (happened_at, kind, subject, reason, row_table, row_key, row_hash)
  select at, 'file_voided', 'file ' || wanted, why, 'source_file_void', row_key, trail_digest(void_text) from audited_source_file where file_id = wanted;
  return true;
end
$function$
;
comment on function void_source_file(bigint,text,timestamp with time zone) is 'withdraws a sealed file, and leaves in the trail why: true; false: there is none of this number that is sealed';

CREATE OR REPLACE FUNCTION public.withdraw_correction_list(wanted_list bigint, wanted_version integer, reason text, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state not in ('draft', 'approved', 'sent') then return 'not_withdrawable'; end if;
  -- what went out is withdrawn only once nothing of it can still arrive: its file is void
  if made.state = 'sent' and (exists (select from source_file where file_id = made.sent_file and status <> 'void') or exists (select from correction_item where list_id = wanted_list and settled_amount > 0)) then return 'already_out'; end if;
  update correction_item set is_live = false where list_id = wanted_list;
  delete from correction_offset where list_id = wanted_list;
  update correction_list set state = 'withdrawn', version = version + 1, withdrawn_at = at, withdrawn_by = desk_staff(), withdrawn_reason = reason where list_id = wanted_list;
  return 'done';
end
$function$
;
comment on function withdraw_correction_list(bigint,integer,text,timestamp with time zone) is 'takes a list back, with the reason; its items may stand on another: done, or why not';

create table access_count (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  village text,
  payment_channel payment_channel not null,
  account_state account_state not null,
  has_card boolean not null,
  is_paid boolean not null,
  is_withdrawn boolean not null,
  is_first_of_month boolean not null,
  missing_fields smallint not null,
  entitlement_count bigint not null
);
comment on table access_count is 'entitlements of the published result by village, by whether their money can be reached, and by what the lists do not say';
CREATE INDEX access_count_unit ON public.access_count USING btree (unit_code);

create table account_report (
  person_key bigint not null,
  account_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  creditor_agent integer not null,
  opened_date date not null,
  activated_date date,
  card_issued_date date,
  closed_date date,
  reported_date date,
  account_status account_status not null
);
comment on table account_report is 'one row per line of an account opening file; person_key is the holder';
CREATE INDEX account_report_bucket ON public.account_report USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');
CREATE INDEX account_report_file ON public.account_report USING brin (file_id);

create table account_statement_row (
  person_key bigint not null,
  file_id integer not null,
  line_number bigint not null,
  account_key bigint not null,
  counterparty_key bigint,
  amount numeric not null,
  entry_date date not null,
  value_date date,
  benefit_period integer,
  scheme_id smallint,
  entry_kind statement_entry_kind not null,
  entry_type text,
  currency text not null,
  statement_number text not null,
  end_to_end_id text,
  entry_reference text,
  entry_text text,
  constraint account_statement_row_entry_type_check CHECK ((entry_type = ANY (ARRAY['payment'::text, 'return'::text, 'charge'::text, 'interest'::text])))
);
comment on table account_statement_row is 'one row per balance or entry of a statement of an account, as its bank states it';
comment on column account_statement_row.person_key is 'negative: the bucket of the account, so that its rows lie together';
comment on column account_statement_row.counterparty_key is 'the account on the other side; null: not stated';
comment on column account_statement_row.amount is 'above zero for credit and debit; of a balance below zero where the account is overdrawn';
comment on column account_statement_row.scheme_id is 'as the entry itself states it; null: it states none';
CREATE INDEX account_statement_row_bucket ON public.account_statement_row USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');
CREATE INDEX account_statement_row_file ON public.account_statement_row USING brin (file_id);

create table address_key (
  secret bytea not null
);
comment on table address_key is 'one row: what turns a person_key into the address of a page and back, so that no id stands in an address, a log or a history';

create table administrative_unit_row (
  file_id bigint not null,
  line_number bigint not null,
  unit_code text not null,
  name text not null,
  unit_type text,
  level text,
  parent_code text,
  valid_from date not null,
  valid_to date,
  legal_basis text
);

create table alarm (
  alarm_id bigint not null,
  kind text not null,
  as_of date not null,
  failure_code text,
  published_as_of date,
  raised_at timestamp with time zone not null,
  well_again_at timestamp with time zone,
  constraint alarm_pkey PRIMARY KEY (alarm_id),
  constraint alarm_kind_check CHECK ((kind = ANY (ARRAY['night_late'::text, 'night_failed'::text, 'proof_failed'::text])))
);
comment on table alarm is 'one row per time that something was wrong with the nights: from the first sign until all is well again; at most one is open';
CREATE UNIQUE INDEX alarm_open ON public.alarm USING btree (((well_again_at IS NULL))) WHERE (well_again_at IS NULL);

create table alarm_delivery (
  alarm_id bigint not null,
  phase text not null,
  place text not null,
  attempt_count smallint default 0 not null,
  next_attempt_at timestamp with time zone,
  delivered_at timestamp with time zone,
  last_error text,
  constraint alarm_delivery_pkey PRIMARY KEY (alarm_id, phase, place),
  constraint alarm_delivery_phase_check CHECK ((phase = ANY (ARRAY['raised'::text, 'well_again'::text])))
);
comment on table alarm_delivery is 'one row per alarm, its beginning or its end, and place: webhook, or mail 1, mail 2 … in the order of the setting';
comment on column alarm_delivery.next_attempt_at is 'null: it arrived, or was given up';

create table api_assertion (
  client_id text not null,
  token_id_hash text not null,
  expires_at timestamp with time zone not null,
  constraint api_assertion_pkey PRIMARY KEY (client_id, token_id_hash)
);
comment on table api_assertion is 'assertions that were used, until they expire: none is taken twice';

create table api_attempt (
  key character varying(255) not null,
  points integer default 0 not null,
  expire bigint,
  constraint api_attempt_pkey PRIMARY KEY (key)
);
comment on table api_attempt is 'how often systems have asked and handed in lately; the columns are rate-limiter-flexible''s';
comment on column api_attempt.key is 'what is counted: the SHA-256 of a key or an address, or a bank''s 6 digits';
comment on column api_attempt.expire is 'until when it counts, milliseconds since 1970';

create table api_client (
  client_id text not null,
  staff_id bigint not null,
  creditor_agent integer not null,
  public_keys jsonb not null,
  scopes text[] not null,
  allowed_from cidr[],
  created_at timestamp with time zone not null,
  created_by bigint,
  revoked_at timestamp with time zone,
  revoked_by bigint,
  constraint api_client_pkey PRIMARY KEY (client_id)
);
comment on table api_client is 'systems that ask for short-lived tokens with a signed assertion (OAuth 2 client credentials, private_key_jwt)';
comment on column api_client.public_keys is 'JSON Web Key Set; public halves alone';

create table api_key (
  key_id bigint default nextval('api_key_id_sequence'::regclass) not null,
  staff_id bigint not null,
  creditor_agent integer not null,
  client_id text,
  slot smallint,
  token_hash text not null,
  token_end text not null,
  scopes text[] not null,
  allowed_from cidr[],
  created_at timestamp with time zone not null,
  created_by bigint,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by bigint,
  last_used_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (key_id),
  constraint api_key_token_hash_key UNIQUE (token_hash),
  constraint api_key_has_place CHECK (((slot IS NULL) = (client_id IS NOT NULL))),
  constraint api_key_scopes_check CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['files:write'::text, 'files:read'::text, 'questions:read'::text, 'questions:answer'::text, 'webhooks:manage'::text, 'payments:all-banks'::text]))),
  constraint api_key_slot_check CHECK ((slot = ANY (ARRAY[1, 2])))
);
comment on table api_key is 'what systems show to be let in; two live ones per system, so that one can be changed while the other works';
comment on column api_key.client_id is 'of a token given out for an assertion; null: a key given out by hand';
comment on column api_key.token_hash is 'SHA-256 of 256 random bits, hex: who reads this table cannot become anybody';
comment on column api_key.token_end is 'the last four characters, by which people tell keys apart';
comment on column api_key.allowed_from is 'networks it may come from; null: any';
CREATE UNIQUE INDEX api_key_two_live ON public.api_key USING btree (staff_id, slot) WHERE (revoked_at IS NULL);

create table approval_band (
  scope_level text not null,
  up_to_amount numeric,
  constraint approval_band_pkey PRIMARY KEY (scope_level),
  constraint approval_band_scope_level_check CHECK ((scope_level = ANY (ARRAY['country'::text, 'province'::text, 'commune'::text])))
);
comment on column approval_band.up_to_amount is 'the most that an approver of this level may approve in one case, that amount included; null: any amount';

create table approval_band_change (
  change_id bigint default nextval('approval_band_change_id_sequence'::regclass) not null,
  scope_level text not null,
  up_to_amount numeric,
  changed_at timestamp with time zone not null,
  changed_by bigint not null,
  reason text not null,
  confirmed_at timestamp with time zone,
  confirmed_by bigint,
  withdrawn_at timestamp with time zone,
  withdrawn_by bigint,
  constraint approval_band_change_pkey PRIMARY KEY (change_id),
  constraint approval_band_change_confirmed_by_somebody CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint approval_band_change_ends_once CHECK (((confirmed_at IS NULL) OR (withdrawn_at IS NULL))),
  constraint approval_band_change_two_persons CHECK (((confirmed_by IS NULL) OR (confirmed_by <> changed_by))),
  constraint approval_band_change_up_to_amount_check CHECK ((up_to_amount > (0)::numeric))
);
comment on table approval_band_change is 'append-only: up to which amount approvers of a level may approve, as one administrator proposed and another confirmed';
comment on column approval_band_change.up_to_amount is 'the amount included; null: any amount';

create table bank_delivery (
  delivery_id text not null,
  event_id text not null,
  source text not null,
  endpoint_id text,
  mail_to text,
  created_at timestamp with time zone not null,
  attempt_count smallint default 0 not null,
  last_attempt_at timestamp with time zone,
  last_status smallint,
  last_error text,
  next_attempt_at timestamp with time zone,
  delivered_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint bank_delivery_pkey PRIMARY KEY (delivery_id),
  constraint bank_delivery_one_way CHECK (((endpoint_id IS NULL) <> (mail_to IS NULL)))
);
comment on table bank_delivery is 'one row per event and place it is told to: how often it was tried, and how it ended';
comment on column bank_delivery.last_status is 'HTTP or SMTP status of the last attempt; null: no answer came';
comment on column bank_delivery.last_error is 'what kept it from arriving, in a word; never what the other side wrote';
CREATE INDEX bank_delivery_due ON public.bank_delivery USING btree (next_attempt_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));
CREATE INDEX bank_delivery_event ON public.bank_delivery USING btree (event_id);
CREATE INDEX bank_delivery_source ON public.bank_delivery USING btree (source, created_at DESC, delivery_id);

create table bank_event (
  event_id text not null,
  source text not null,
  kind text not null,
  happened_at timestamp with time zone not null,
  subject text not null,
  payload jsonb not null,
  laid_out_at timestamp with time zone,
  constraint bank_event_pkey PRIMARY KEY (event_id),
  constraint bank_event_kind_check CHECK ((kind = ANY (ARRAY['file.sealed'::text, 'file.refused'::text, 'file.failed'::text, 'question.asked'::text, 'question.due'::text, 'report.due'::text, 'ping'::text])))
);
comment on table bank_event is 'what a bank is told: of its files, questions and deadlines; written in the transaction in which it happens';
comment on column bank_event.payload is 'ids, counts and days alone: no name, account or id of a person leaves by webhook or e-mail';
comment on column bank_event.laid_out_at is 'when its deliveries were written; null: not yet';
CREATE INDEX bank_event_about ON public.bank_event USING btree (subject, kind);
CREATE INDEX bank_event_by_source ON public.bank_event USING btree (source, happened_at DESC, event_id);
CREATE INDEX bank_event_waiting ON public.bank_event USING btree (happened_at) WHERE (laid_out_at IS NULL);

create table bank_question (
  question_id bigint not null,
  person_key bigint not null,
  finding_id text not null,
  unit_code text,
  creditor_agent integer not null,
  code text not null,
  asked_at timestamp with time zone not null,
  asked_by bigint not null,
  question text not null,
  about jsonb not null,
  due_date date not null,
  answered_at timestamp with time zone,
  answered_by bigint,
  answer_code text,
  answer text,
  answer_number integer,
  constraint bank_question_pkey PRIMARY KEY (question_id),
  constraint bank_question_answer_check CHECK ((length(answer) <= 2000)),
  constraint bank_question_answer_code_check CHECK ((answer_code = ANY (ARRAY['account_open'::text, 'account_closed'::text, 'account_blocked'::text, 'account_dormant'::text, 'holder_confirmed'::text, 'holder_differs'::text, 'credited'::text, 'not_credited'::text, 'will_be_credited'::text, 'returned'::text, 'other'::text]))),
  constraint bank_question_answer_is_whole CHECK ((((answered_at IS NULL) = (answer_code IS NULL)) AND ((answered_at IS NULL) = (answered_by IS NULL)))),
  constraint bank_question_question_check CHECK (((length(question) >= 1) AND (length(question) <= 2000)))
);
comment on table bank_question is 'what an officer asks the bank of an account about a case, and its answer';
comment on column bank_question.question_id is 'milliseconds since 1970 and seventeen random bits: in the order in which they were asked, and no bank reads off how many others were asked';
comment on column bank_question.about is 'what the bank is told: account, payments with their amounts and days, and lines of its own files; no holder, nothing of scheme, category, needs or other months';
comment on column bank_question.due_date is 'by when an answer is asked for';
comment on column bank_question.answer_number is 'the number of the event that holds the answer; null: none yet';
CREATE INDEX bank_question_by_unit ON public.bank_question USING btree (unit_code) WHERE (answer_number IS NOT NULL);
CREATE INDEX bank_question_case ON public.bank_question USING btree (finding_id);
CREATE INDEX bank_question_of_bank ON public.bank_question USING btree (creditor_agent, question_id);
CREATE UNIQUE INDEX bank_question_one_open ON public.bank_question USING btree (person_key, finding_id) WHERE (answered_at IS NULL);
CREATE INDEX bank_question_open ON public.bank_question USING btree (creditor_agent, question_id) WHERE (answered_at IS NULL);

create table bank_row (
  file_id bigint not null,
  line_number bigint not null,
  creditor_agent integer not null,
  name text not null,
  citad_institution text,
  swift text
);

create table bank_score (
  run_id bigint not null,
  creditor_agent integer not null,
  own jsonb not null,
  others jsonb,
  constraint bank_score_pkey PRIMARY KEY (run_id, creditor_agent)
);
comment on table bank_score is 'per published result and bank: how it did, beside all other banks together; laid out when first asked for';
comment on column bank_score.others is 'of all other banks as one; null where they are fewer than three, for two could tell each other apart';

create table birth_place (
  place_code text not null,
  name text not null,
  constraint birth_place_pkey PRIMARY KEY (place_code)
);
comment on table birth_place is 'the first three digits of a 12-digit id: where the birth was registered, by the 63 provinces of 2016; mergers do not change them (Circular 07/2016/TT-BCA, annex 1)';

create table bridge_cell (
  run_id bigint not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  due_amount numeric not null,
  to_due_amount numeric not null,
  carried_out_amount numeric not null,
  carried_in_amount numeric not null,
  shortfall jsonb not null,
  excess_over_amount numeric not null,
  excess_twice_amount numeric not null,
  unmatched_amount numeric not null,
  credited_amount numeric not null
);
comment on table bridge_cell is 'one row per scheme × month × currency (null: unmatched money that states none); due = to_due + carried_out + Σ shortfall; credited = to_due + excess + unmatched';
comment on column bridge_cell.shortfall is 'class → amount as string';

create table calendar_row (
  file_id bigint not null,
  line_number bigint not null,
  calendar_date date not null,
  kind text not null,
  name text,
  constraint calendar_row_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'working'::text])))
);

create table campaign_row (
  file_id bigint not null,
  line_number bigint not null,
  name text not null,
  unit_code text,
  scheme_id smallint,
  target_percent numeric not null,
  target_date date not null,
  start_date date not null,
  legal_basis text,
  constraint campaign_row_target_percent_check CHECK (((target_percent >= (0)::numeric) AND (target_percent <= (100)::numeric)))
);
comment on table campaign_row is 'one row per campaign, place and scheme as a file states it; of several the newest file''s stands (view campaign)';
comment on column campaign_row.unit_code is 'null: the whole country';
comment on column campaign_row.scheme_id is 'null: all schemes';
comment on column campaign_row.target_percent is 'percent of those who must have a usable account (active beneficiaries less valid exemptions), 0 to 100';

create table case_attachment (
  person_key bigint not null,
  finding_id text not null,
  event_number integer not null,
  sha256 text not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null,
  unit_code text,
  constraint case_attachment_pkey PRIMARY KEY (person_key, finding_id, event_number)
);
comment on table case_attachment is 'evidence: the file that came with the event; its bytes lie in the data folder under their SHA-256';

create table case_batch (
  batch_id bigint default nextval('case_batch_id_sequence'::regclass) not null,
  staff_id bigint not null,
  made_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  finished_at timestamp with time zone,
  origin text not null,
  heading jsonb not null,
  entries jsonb not null,
  results jsonb default '[]'::jsonb not null,
  constraint case_batch_pkey PRIMARY KEY (batch_id),
  constraint case_batch_origin_check CHECK ((origin = ANY (ARRAY['selection'::text, 'workbook'::text])))
);
comment on table case_batch is 'what somebody is about to do, or did, to many cases at once: kept from the preview to the result, thirty days at most';
comment on column case_batch.entries is 'one element per row: which case in which version, what to do, and of a workbook its cells';
comment on column case_batch.results is 'one element per entry dealt with, in their order: done, or refused with the reason';
CREATE INDEX case_batch_of_staff ON public.case_batch USING btree (staff_id, made_at);

create table case_event (
  person_key bigint not null,
  finding_id text not null,
  event_number integer not null,
  unit_code text,
  happened_at timestamp with time zone not null,
  actor_id bigint,
  acting_for bigint,
  kind text not null,
  step text not null,
  resolution text,
  amount numeric,
  comment text,
  appraisal_number integer,
  appraised_by bigint,
  appraised_for bigint,
  appraised_kind text generated always as (
CASE
    WHEN (kind = 'approved'::text) THEN 'appraised'::text
    ELSE NULL::text
END) stored,
  details jsonb,
  constraint case_event_pkey PRIMARY KEY (person_key, finding_id, event_number),
  constraint case_event_by_a_person UNIQUE (person_key, finding_id, event_number, actor_id, kind),
  constraint case_event_of_a_step UNIQUE (person_key, finding_id, event_number, step),
  constraint case_event_of_an_appraisal UNIQUE (person_key, finding_id, event_number, appraisal_number),
  constraint case_event_amount_check CHECK ((amount >= (0)::numeric)),
  constraint case_event_appraisal_is_whole CHECK (((kind = 'appraised'::text) = ((resolution IS NOT NULL) AND (amount IS NOT NULL)))),
  constraint case_event_approval_is_whole CHECK (((kind = 'approved'::text) = ((appraisal_number IS NOT NULL) AND (appraised_by IS NOT NULL)))),
  constraint case_event_by_somebody CHECK (((actor_id IS NULL) = (kind = ANY (ARRAY['gone'::text, 'found_again'::text, 'amount_changed'::text, 'settled'::text])))),
  constraint case_event_event_number_check CHECK ((event_number > 0)),
  constraint case_event_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'assigned'::text, 'commented'::text, 'evidence_added'::text, 'appraised'::text, 'sent_back'::text, 'approved'::text, 'answered'::text, 'reopened'::text, 'gone'::text, 'found_again'::text, 'amount_changed'::text, 'bank_asked'::text, 'bank_answered'::text, 'settled'::text]))),
  constraint case_event_resolution_check CHECK ((resolution = ANY (ARRAY['repaid'::text, 'recovered'::text, 'offset_next_period'::text, 'account_corrected'::text, 'list_corrected'::text, 'explained_legal'::text, 'bank_error_fixed'::text, 'written_off'::text, 'false_alarm'::text, 'escalated_to_inspection'::text]))),
  constraint case_event_two_persons CHECK (((kind <> 'approved'::text) OR ((actor_id <> appraised_by) AND (acting_for IS DISTINCT FROM appraised_by))))
);
comment on table case_event is 'append-only: one row per thing done to a case, by a person or (actor_id null) by a run';
comment on column case_event.acting_for is 'the absent approver in whose place the actor approved (staff_absence); null: in their own right';
comment on column case_event.step is 'how the case stood afterwards';
comment on column case_event.amount is 'of an appraisal: what is to be repaid, recovered, offset or written off, in the currency of the case; 0: no money moves';
comment on column case_event.appraisal_number is 'of an approval: the event it approves';
CREATE INDEX case_event_by_actor ON public.case_event USING btree (actor_id, happened_at) WHERE (actor_id IS NOT NULL);
CREATE INDEX case_event_by_run ON public.case_event USING btree (happened_at) WHERE (actor_id IS NULL);

create table case_message (
  person_key bigint not null,
  finding_id text not null,
  press text not null,
  unit_code text,
  language text not null,
  phone text not null,
  body text not null,
  state text not null,
  attempts smallint default 1 not null,
  failure text,
  sent_by bigint not null,
  tried_at timestamp with time zone not null,
  constraint case_message_pkey PRIMARY KEY (person_key, finding_id, press),
  constraint case_message_language_check CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text, 'ar'::text]))),
  constraint case_message_press_check CHECK ((press ~ '^[0-9a-f]{32}$'::text)),
  constraint case_message_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'sent'::text, 'failed'::text])))
);
comment on table case_message is 'one row per text message that somebody meant to send; press is drawn with the form, so that one press sends once, and is the reference by which the gateway knows a repeat';
comment on column case_message.state is 'sending: handed to the gateway, no answer noted yet';
comment on column case_message.failure is 'timeout, refused (with the status) or unreachable; null: none';

create table case_record (
  person_key bigint not null,
  finding_id text not null,
  case_number bigint default nextval('case_number_sequence'::regclass) not null,
  code text not null,
  severity_rank smallint not null,
  scheme_id smallint,
  benefit_period integer,
  subject text not null,
  unit_code text,
  village text,
  creditor_agent integer,
  beneficiary_name text,
  name_key text,
  account_end text,
  currency text not null,
  amount_at_stake numeric not null,
  waiting_since date not null,
  urgency bigint not null,
  opened_date date not null,
  deadline_date date not null,
  is_found boolean not null,
  is_open boolean generated always as ((step <> ALL (ARRAY['answered'::text, 'gone'::text]))) stored,
  step text not null,
  version integer default 0 not null,
  last_event integer generated always as (NULLIF(version, 0)) stored,
  assigned_to bigint,
  resolution text,
  appraisal_number integer,
  approval_number integer,
  closed_date date,
  reopened_count smallint default 0 not null,
  constraint case_record_pkey PRIMARY KEY (person_key, finding_id),
  constraint case_appraised_needs_appraisal CHECK (((step <> 'appraised'::text) OR ((appraisal_number IS NOT NULL) AND (approval_number IS NULL)))),
  constraint case_approved_needs_approval CHECK (((step <> ALL (ARRAY['approved'::text, 'answered'::text])) OR (approval_number IS NOT NULL))),
  constraint case_record_step_check CHECK ((step = ANY (ARRAY['new'::text, 'received'::text, 'appraised'::text, 'approved'::text, 'answered'::text, 'gone'::text])))
);
comment on table case_record is 'one row per finding that a published result has ever had, and per complaint; how its case stands now';
comment on column case_record.case_number is 'what people call it by';
comment on column case_record.name_key is 'name_search() of the name, for search without marks';
comment on column case_record.account_end is 'the last four characters of the account that the finding is about; null: none';
comment on column case_record.waiting_since is 'the day the money was due; else the day it was first found';
comment on column case_record.urgency is 'amount at stake (one dong at least) × days waited (one at least) × weight of the severity (D123), as of the published day, capped at 9·10^18';
comment on column case_record.opened_date is 'the day of the first result that found it, or found it again';
comment on column case_record.is_found is 'whether the published result still finds it; true for complaints';
comment on column case_record.version is 'the number of its last event; 0: nothing was done yet';
comment on column case_record.last_event is 'the version as a reference to its event; null: none yet';
comment on column case_record.appraisal_number is 'the event whose appraisal stands; null: none';
comment on column case_record.approval_number is 'the event that approved that appraisal; null: none';
CREATE INDEX case_record_appraised ON public.case_record USING btree (unit_code, urgency DESC, case_number) WHERE (step = 'appraised'::text);
CREATE INDEX case_record_assigned ON public.case_record USING btree (assigned_to) WHERE (assigned_to IS NOT NULL);
CREATE INDEX case_record_by_code ON public.case_record USING btree (code, urgency DESC, case_number) WHERE is_open;
CREATE INDEX case_record_by_unit ON public.case_record USING btree (unit_code, urgency DESC, case_number) WHERE is_open;
CREATE INDEX case_record_by_urgency ON public.case_record USING btree (urgency DESC, case_number) WHERE is_open;
CREATE INDEX case_record_finding ON public.case_record USING btree (finding_id);
CREATE INDEX case_record_number ON public.case_record USING btree (case_number);
CREATE INDEX case_record_of_unit ON public.case_record USING btree (unit_code, deadline_date);
CREATE INDEX case_record_opened ON public.case_record USING btree (opened_date);

create table case_tally (
  unit_code text,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  step text not null,
  is_open boolean generated always as ((step <> ALL (ARRAY['answered'::text, 'gone'::text]))) stored,
  waiting_since date not null,
  opened_date date not null,
  deadline_date date not null,
  closed_date date,
  case_count bigint not null,
  amount_at_stake numeric not null
);
comment on table case_tally is 'how many cases there are of each unit, code, step and days: laid out anew with each result, and added to (−1 as it was, +1 as it is) by whoever moves a case in between; the sums of its rows are true at every moment';
comment on column case_tally.amount_at_stake is 'of all of them together';
CREATE INDEX case_tally_unit ON public.case_tally USING btree (unit_code);

create table case_term (
  working_days smallint not null,
  deadline_date date not null,
  constraint case_term_pkey PRIMARY KEY (working_days)
);
comment on table case_term is 'for each number of working days, the day that many after the day of the result that the cases follow';

create table cash_limit_row (
  file_id bigint not null,
  line_number bigint not null,
  limit_kind text not null,
  amount numeric not null,
  currency text not null,
  applies_from date not null,
  legal_basis text,
  constraint cash_limit_row_limit_kind_check CHECK ((limit_kind = ANY (ARRAY['agent_day'::text, 'customer_day'::text])))
);
comment on table cash_limit_row is 'agent_day: what one agent may hand out in a day; customer_day: what one customer may draw from agents in a day';

create table category_row (
  file_id bigint not null,
  line_number bigint not null,
  scheme_id smallint not null,
  category_code text not null,
  coefficient numeric not null,
  name_vi text,
  name_en text,
  applies_from date
);

create table clean_count (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null
);
comment on table clean_count is 'the part of outcome_count that stands for beneficiaries who are no subject; rows add up, increments append what changed, with its sign';

create table clock_cell (
  scheme_id smallint not null,
  benefit_period integer not null,
  province_code text,
  creditor_agent integer,
  distance_band smallint,
  age_band smallint,
  payment_channel payment_channel not null,
  payee_type payee_type,
  sex sex,
  electricity text,
  signal text,
  needs text,
  cash_event cash_event not null,
  days integer,
  entitlement_count bigint not null,
  instructed_count bigint not null,
  due_to_instructed_days bigint not null,
  transferred_count bigint not null,
  instructed_to_credited_days bigint not null,
  activated_count bigint not null,
  credited_to_withdrawable_days bigint not null
);
comment on table clock_cell is 'clocks of the published result counted by everything people are told apart by, but for the commune';

create table clock_unit (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  cash_event cash_event not null,
  days integer,
  entitlement_count bigint not null,
  instructed_count bigint not null,
  due_to_instructed_days bigint not null,
  transferred_count bigint not null,
  instructed_to_credited_days bigint not null,
  activated_count bigint not null,
  credited_to_withdrawable_days bigint not null
);
comment on table clock_unit is 'the same clocks by commune, as listed';
CREATE INDEX clock_unit_unit ON public.clock_unit USING btree (unit_code);

create table complaint (
  person_key bigint not null,
  finding_id text not null,
  unit_code text,
  complained_date date not null,
  came_by complaint_way not null,
  wanted_answer answer_way not null,
  phone text,
  words text,
  taken_at timestamp with time zone not null,
  taken_by bigint,
  file_id integer,
  line_number bigint,
  constraint complaint_pkey PRIMARY KEY (person_key, finding_id),
  constraint complaint_has_origin CHECK ((((taken_by IS NULL) = (file_id IS NOT NULL)) AND ((file_id IS NULL) = (line_number IS NULL))))
);
comment on table complaint is 'one row per case with the code complaint: what the person said and how they want to be answered';
comment on column complaint.phone is 'digits, with + before a country code; null: none given';
comment on column complaint.words is 'what the person said, in their words; null: only that nothing came';
comment on column complaint.taken_by is 'who took it at the desk; null: it came in a file';

create table complaint_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  benefit_period integer not null,
  complained_date date not null,
  scheme_id smallint,
  came_by complaint_way not null,
  wanted_answer answer_way not null,
  phone text,
  words text,
  person_name text,
  unit_code text
);
comment on table complaint_row is 'one row per complaint as a file states it; a case opens for it when a result is followed';
comment on column complaint_row.scheme_id is 'null: the person did not say of which scheme';
comment on column complaint_row.unit_code is 'where the person lives, for whom no list names; null: as the list says';
CREATE INDEX complaint_row_person ON public.complaint_row USING btree (person_key);

create table correction_candidate (
  person_key bigint not null,
  finding_id text not null,
  list_kind text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount numeric not null,
  before_amount numeric not null,
  money_key text not null,
  left_out text,
  lifted_by text[] not null,
  payment_channel payment_channel,
  creditor_agent integer,
  creditor_account text,
  account_origin text,
  creditor_name text,
  beneficiary_name text,
  return_reason_code text,
  monthly_amount numeric,
  asked text,
  from_whom text,
  lines jsonb,
  constraint correction_candidate_pkey PRIMARY KEY (person_key, finding_id, list_kind),
  constraint correction_candidate_list_kind_check CHECK ((list_kind = ANY (ARRAY['supplementary'::text, 'recovery'::text, 'offset'::text, 'account_fix'::text, 'carried_over'::text])))
);
comment on table correction_candidate is 'one row per finding of the published result and kind of list on which it could be put right, with what would be listed or why not; laid out anew with each result';
comment on column correction_candidate.amount is 'what is at stake in the finding';
comment on column correction_candidate.before_amount is 'what was credited to the entitlement, or of the payment, when this was laid out: what comes or goes later is told from it';
comment on column correction_candidate.money_key is 'which money it is: the same key twice for one person would be the same money twice';
comment on column correction_candidate.left_out is 'why it may not be listed, as far as the result says; null: nothing speaks against it';
comment on column correction_candidate.lifted_by is 'the decisions of its case, approved by a second person, in spite of which it may';
comment on column correction_candidate.account_origin is 'why the account may be paid into: listed, own, payee, proved (unknown to the reports, but the last credit stands); null: no account is needed or there is none';
comment on column correction_candidate.monthly_amount is 'of an offset: what each month may keep back at most; null: no offset';
comment on column correction_candidate.asked is 'of an account: activate, unblock, open_new, open_account, confirm_holder, correct_number, renew_mandate';
comment on column correction_candidate.from_whom is 'of a recovery: person, holder, heirs or bank';
comment on column correction_candidate.lines is 'of the next list: [{component, origin_period, category_code, due_amount}]';
CREATE INDEX correction_candidate_unit ON public.correction_candidate USING btree (unit_code, list_kind);

create table correction_item (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount numeric not null,
  before_amount numeric not null,
  money_key text not null,
  left_out text,
  payment_channel payment_channel,
  creditor_agent integer,
  creditor_account text,
  account_origin text,
  creditor_name text,
  beneficiary_name text,
  return_reason_code text,
  monthly_amount numeric,
  asked text,
  from_whom text,
  lines jsonb,
  end_to_end_id text,
  is_live boolean default false not null,
  progress text default 'waiting'::text not null,
  settled_amount numeric default 0 not null,
  settled_date date,
  settled_by text,
  constraint correction_item_pkey PRIMARY KEY (person_key, list_id, item_number),
  constraint correction_item_progress_check CHECK ((progress = ANY (ARRAY['waiting'::text, 'partly'::text, 'settled'::text, 'failed'::text, 'gone'::text]))),
  constraint correction_item_settles_no_more CHECK (((settled_amount >= (0)::numeric) AND (settled_amount <= amount)))
);
comment on table correction_item is 'one row per finding that a list of corrections puts right, or leaves out with the reason; never changed once the list is approved, but for what came of it';
comment on column correction_item.left_out is 'why it is not on the list; null: it is';
comment on column correction_item.monthly_amount is 'of an offset: what each month keeps back, the last one the rest; null: no offset';
comment on column correction_item.end_to_end_id is 'of a payment: ours, by which the bank''s reports are known again';
comment on column correction_item.is_live is 'on an approved list and not answered yet: no other list may hold the same money';
comment on column correction_item.progress is 'waiting; partly; settled: all of it came (or came back); failed: the payment was refused or returned; gone: nothing is owed any more, and nothing came. Worked out anew with each result';
comment on column correction_item.settled_by is 'the payment that settled it, agent|EndToEndId; null: none is named';
CREATE INDEX correction_item_finding ON public.correction_item USING btree (person_key, finding_id) WHERE (left_out IS NULL);
CREATE INDEX correction_item_of_list ON public.correction_item USING btree (list_id, item_number);
CREATE UNIQUE INDEX correction_item_once ON public.correction_item USING btree (person_key, money_key) WHERE is_live;

create table correction_list (
  list_id bigint default nextval('correction_list_id_sequence'::regclass) not null,
  kind text not null,
  reference text not null,
  version integer default 1 not null,
  state text default 'draft'::text not null,
  unit_code text,
  unit_codes text[],
  scheme_id smallint,
  benefit_period integer,
  target_period integer,
  currency text not null,
  run_id bigint not null,
  as_of date not null,
  found_count bigint default 0 not null,
  found_amount numeric default 0 not null,
  item_count bigint default 0 not null,
  item_amount numeric default 0 not null,
  left_count bigint default 0 not null,
  left_amount numeric default 0 not null,
  decision_number text,
  decision_date date,
  made_at timestamp with time zone not null,
  made_by bigint not null,
  approved_at timestamp with time zone,
  approved_by bigint,
  sent_at timestamp with time zone,
  sent_by bigint,
  sent_file bigint,
  settled_date date,
  withdrawn_at timestamp with time zone,
  withdrawn_by bigint,
  withdrawn_reason text,
  constraint correction_list_pkey PRIMARY KEY (list_id),
  constraint correction_list_approval_is_whole CHECK ((((approved_at IS NULL) = (approved_by IS NULL)) AND ((state <> ALL (ARRAY['approved'::text, 'sent'::text, 'settled'::text])) OR (approved_by IS NOT NULL)))),
  constraint correction_list_by_decision CHECK (((approved_by IS NULL) OR (kind <> ALL (ARRAY['recovery'::text, 'offset'::text])) OR ((decision_number IS NOT NULL) AND (decision_date IS NOT NULL)))),
  constraint correction_list_decision_number_check CHECK (((length(decision_number) >= 1) AND (length(decision_number) <= 100))),
  constraint correction_list_for_a_month CHECK (((kind <> ALL (ARRAY['offset'::text, 'carried_over'::text])) OR (target_period IS NOT NULL))),
  constraint correction_list_kind_check CHECK ((kind = ANY (ARRAY['supplementary'::text, 'recovery'::text, 'offset'::text, 'account_fix'::text, 'carried_over'::text]))),
  constraint correction_list_reconciles CHECK (((approved_by IS NULL) OR (((item_count + left_count) = found_count) AND ((item_amount + left_amount) = found_amount)))),
  constraint correction_list_sending_is_whole CHECK ((((sent_at IS NULL) = (sent_by IS NULL)) AND ((state <> ALL (ARRAY['sent'::text, 'settled'::text])) OR (sent_at IS NOT NULL)))),
  constraint correction_list_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'sent'::text, 'settled'::text, 'withdrawn'::text]))),
  constraint correction_list_two_persons CHECK ((approved_by <> made_by)),
  constraint correction_list_withdrawal_is_whole CHECK (((state = 'withdrawn'::text) = ((withdrawn_by IS NOT NULL) AND (withdrawn_at IS NOT NULL) AND (withdrawn_reason IS NOT NULL)))),
  constraint correction_list_withdrawn_reason_check CHECK (((length(withdrawn_reason) >= 1) AND (length(withdrawn_reason) <= 500)))
);
comment on table correction_list is 'one row per list of corrections: what it is about, how it stands, and who made, approved, sent or withdrew it';
comment on column correction_list.reference is 'with which the EndToEndId of each of its payments begins: nobody else''s begin so';
comment on column correction_list.version is 'one more with everything that is done to it: who approves says which version they read';
comment on column correction_list.unit_code is 'the place it is for; null: the whole country';
comment on column correction_list.unit_codes is 'every code of that place when it was made; null: all';
comment on column correction_list.scheme_id is 'null: all schemes';
comment on column correction_list.benefit_period is 'null: all months';
comment on column correction_list.target_period is 'of lines for the next list: its month; of offsets: the first month that keeps something back';
comment on column correction_list.run_id is 'the result it was made from';
comment on column correction_list.found_count is 'how many findings of its codes that result had in the place, counted from the findings themselves';
comment on column correction_list.item_amount is 'of all that is on the list; with left_amount exactly found_amount';
comment on column correction_list.sent_file is 'the file as which its payments or lines were taken in; null: none';

create table correction_offset (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  amount numeric not null,
  constraint correction_offset_pkey PRIMARY KEY (person_key, list_id, item_number, benefit_period),
  constraint correction_offset_amount_check CHECK ((amount > (0)::numeric))
);
comment on table correction_offset is 'one row per month that keeps something back for an approved offset';

create table coverage_day (
  as_of date not null,
  benefit_period integer not null,
  scheme_id smallint,
  unit_code text not null,
  active_count bigint not null,
  exempt_count bigint not null,
  usable_count bigint not null
);
comment on table coverage_day is 'one row per day of a run, unit and scheme (null: all, each beneficiary once), for the newest month that had begun; a later run of the same day replaces it';
comment on column coverage_day.exempt_count is 'without a usable account, and excused on that day';
CREATE INDEX coverage_day_unit ON public.coverage_day USING btree (unit_code, as_of);

create table coverage_start_row (
  file_id bigint not null,
  line_number bigint not null,
  scheme_id smallint not null,
  unit_code text,
  start_period integer not null
);
comment on column coverage_start_row.unit_code is 'null: the whole country';
comment on column coverage_start_row.start_period is 'the first month that is reconciled, year × 100 + month';

create table engine_key (
  secret bytea not null
);
comment on table engine_key is 'one row: from it the password of the login that is made for tantay_engine; nobody but the owner reads it';

create table entitlement_clock (
  person_key bigint not null,
  slot smallint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date not null,
  credited_date date,
  creditor_agent integer,
  due_to_instructed_days integer,
  instructed_to_credited_days integer,
  credited_to_withdrawable_days integer,
  days integer,
  distance_band smallint,
  age_band smallint,
  missing_fields smallint not null,
  outcome_class outcome_class not null,
  cash_event cash_event,
  account_state account_state not null,
  payment_channel payment_channel not null,
  payee_type payee_type,
  sex sex,
  has_card boolean not null,
  is_paid boolean not null,
  is_first_of_month boolean not null,
  due_amount numeric not null,
  unit_code text not null,
  village text,
  electricity text,
  signal text,
  needs text
) partition by LIST (slot);
comment on table entitlement_clock is 'one row per entitlement of everybody. A full run fills slot 0 or 1, whichever is not published, and publishes it by naming it in run.clock_slot; an increment writes to slot 2 and keeps in slot 3 what was published of those it works out anew';
comment on column entitlement_clock.due_to_instructed_days is 'whole local days, below zero where the instruction came first; null: either is not known. The payer''s time';
comment on column entitlement_clock.instructed_to_credited_days is 'the bank''s time';
comment on column entitlement_clock.credited_to_withdrawable_days is 'until the account was activated, 0 where it was before the credit; null: no bank says when. The account''s time';
comment on column entitlement_clock.days is 'whole local days from the first credit to cash_event; null: no bank has reported on it, or there is no clock';
comment on column entitlement_clock.distance_band is 'the village''s way to the commune centre, its lower bound in km: 0, 5, 10, 20; null: not known';
comment on column entitlement_clock.age_band is 'the youngest age of the band on the day of the credit, or where there is none on the due date: 0, 15, 60, 70, 80; null: not known';
comment on column entitlement_clock.missing_fields is 'what no active line says: 1 birth, 2 sex, 4 village, 8 category, 16 the account of who is paid to one';
comment on column entitlement_clock.cash_event is 'null: nothing was credited to an account';
comment on column entitlement_clock.account_state is 'on the day of the run, the best of the beneficiary''s own accounts and those of payees with a mandate that day: reported at all, activated once, active now';
comment on column entitlement_clock.payment_channel is 'the payment''s, or the lines'' where it names none or there is none';
comment on column entitlement_clock.payee_type is 'whose account or hands it went to; null: a payee of whom no mandate speaks';
comment on column entitlement_clock.is_paid is 'something of it is credited on the day of the run';
comment on column entitlement_clock.is_first_of_month is 'true for one entitlement of each person and month: for counting people';

create table entitlement_line (
  person_key bigint not null,
  account_key bigint,
  payee_key bigint,
  line_number bigint not null,
  file_id integer not null,
  creditor_agent integer,
  benefit_period integer not null,
  origin_period integer,
  due_date date,
  list_date date,
  birth_date date,
  scheme_id smallint not null,
  birth_year smallint,
  component component not null,
  payment_channel payment_channel not null,
  list_status list_status not null,
  sex sex,
  due_amount numeric not null,
  quantity numeric,
  currency text not null,
  unit_code text not null,
  category_code text,
  village text,
  beneficiary_name text not null,
  payee_name text,
  needs text
);
comment on table entitlement_line is 'one row per line of a beneficiary list';
comment on column entitlement_line.benefit_period is 'the month the money is for, as year × 100 + month';
comment on column entitlement_line.origin_period is 'the month arrears or carried-over money belongs to; null for regular money';
comment on column entitlement_line.due_date is 'null: the scheme''s due_day (D3)';
comment on column entitlement_line.quantity is 'null: 1';
CREATE INDEX entitlement_line_bucket ON public.entitlement_line USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');
CREATE INDEX entitlement_line_file ON public.entitlement_line USING brin (file_id);
CREATE INDEX entitlement_line_not_active ON public.entitlement_line USING btree (person_key) WHERE (list_status <> 'active'::list_status);

create table exemption_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  valid_from date not null,
  valid_to date not null,
  reason_code text not null,
  evidence_reference text not null,
  approved_by text not null
);

create table file_content (
  file_id bigint not null,
  hash_version integer not null,
  stamps integer[],
  constraint file_content_pkey PRIMARY KEY (file_id)
);
comment on table file_content is 'one row per file of facts: what tells that a later file repeats none of its rows, without reading them';
comment on column file_content.hash_version is 'how the rows were hashed for file_content_bits; filters of another version say nothing';
comment on column file_content.stamps is 'the values of the kind''s stamp column (a month as year × 100 + month, or days since 1970-01-01; -1: none); null when they are many or the kind has none';

create table file_content_bits (
  file_id bigint not null,
  part integer not null,
  bits bytea not null,
  constraint file_content_bits_pkey PRIMARY KEY (file_id, part)
);
comment on table file_content_bits is 'a Bloom filter of the rows of each file of facts, in parts of 128 KB';

create table finding (
  person_key bigint not null,
  run_id bigint not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  subject text not null,
  amount_at_stake numeric not null,
  currency text not null,
  unit_code text,
  evidence jsonb not null,
  source_rows jsonb not null,
  severity_rank smallint not null,
  constraint finding_pkey PRIMARY KEY (person_key, finding_id)
);
comment on table finding is 'one row per code × subject × month; finding_id is a hash of those, so it survives reruns';
comment on column finding.person_key is 'the beneficiary; negative where the subject is an account or a payment that names nobody';
comment on column finding.source_rows is 'the lines it rests on: [{file_id, line}]';
comment on column finding.severity_rank is '4: h, 3: m, 2: l, 1: i; kept here so that an index holds the order of the list';
CREATE INDEX finding_cell_order ON public.finding USING btree (code, COALESCE(scheme_id, (0)::smallint), COALESCE(benefit_period, 0), amount_at_stake, finding_id);
CREATE INDEX finding_identity ON public.finding USING btree (finding_id);
CREATE INDEX finding_order ON public.finding USING btree (severity_rank, amount_at_stake, finding_id);
CREATE INDEX finding_unit_order ON public.finding USING btree (unit_code, severity_rank, amount_at_stake, finding_id);

create table finding_count (
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  finding_count bigint not null,
  amount_at_stake numeric not null
);
comment on table finding_count is 'how many findings the published result has, by code, scheme, month, unit and currency';
CREATE INDEX finding_count_unit ON public.finding_count USING btree (unit_code);

create table finding_total (
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  finding_count bigint not null,
  amount_at_stake numeric not null
);
comment on table finding_total is 'finding_count over all units: a few hundred rows, whatever the size of the country';

create table finding_type (
  code text not null,
  severity text not null,
  actor text not null,
  subject text not null,
  title jsonb not null,
  explanation jsonb not null,
  action jsonb not null,
  working_days smallint default 5 not null,
  is_found boolean default true not null,
  constraint finding_type_pkey PRIMARY KEY (code)
);
comment on table finding_type is 'synced from the headers of sql/findings; texts by language {vi, en, ar}';
comment on column finding_type.working_days is 'within how many working days after it was found a case of this type is to be answered';
comment on column finding_type.is_found is 'false: no run finds it, people bring it (complaint); such a row is kept by migrations, not by sql/findings';

create table finding_unit (
  unit_code text not null,
  name text,
  constraint finding_unit_pkey PRIMARY KEY (unit_code)
);
comment on table finding_unit is 'the units that have findings; name: the newest when the result was published, null where no list of units was loaded';

create table folded_name (
  beneficiary_name text not null,
  name_key bigint not null,
  given_key bigint not null,
  name_points smallint not null,
  constraint folded_name_pkey PRIMARY KEY (beneficiary_name)
);
comment on table folded_name is 'one row per name as written on any list, folded once';
comment on column folded_name.name_key is 'hash of the folded tokens in alphabetical order: equal where marks, order or blanks alone differ';
comment on column folded_name.given_key is 'hash of the folded last token';
comment on column folded_name.name_points is 'tenths of a bit; what agreeing on this whole name is worth: more, the rarer it is';

create table followed_run (
  run_id bigint not null
);
comment on table followed_run is 'one row: the run whose findings the cases follow';

create table forgotten_file (
  file_id bigint not null,
  constraint forgotten_file_pkey PRIMARY KEY (file_id)
);
comment on table forgotten_file is 'one row per file that named somebody who was forgotten: its bytes are gone, or go with the next retention';

create table forgotten_person (
  person_key bigint not null,
  had_old_number boolean not null,
  is_place_unknown boolean not null,
  id_birth_year smallint,
  id_sex sex,
  constraint forgotten_person_pkey PRIMARY KEY (person_key)
);
comment on table forgotten_person is 'one row per pseudonym: what findings about an id still need of the id that is gone';
comment on column forgotten_person.person_key is 'the pseudonym: 2·10¹² and a random number below 10¹²';
comment on column forgotten_person.had_old_number is 'the id had nine digits';
comment on column forgotten_person.is_place_unknown is 'the id began with no place of birth that is known';
comment on column forgotten_person.id_birth_year is 'as the id said; null: no list said anything else';
comment on column forgotten_person.id_sex is 'as id_birth_year';

create table hashed_text (
  hash_key bigint not null,
  original text not null,
  constraint hashed_text_pkey PRIMARY KEY (hash_key)
);
comment on table hashed_text is 'the text behind keys that are hashes: organisations'' codes, long or lettered accounts; a second text for one key refuses its file, it is never merged';

create table idempotent_request (
  staff_id bigint not null,
  idempotency_key text not null,
  fingerprint text,
  held_by text not null,
  held_until timestamp with time zone not null,
  created_at timestamp with time zone not null,
  answer_status smallint,
  answer json,
  constraint idempotent_request_pkey PRIMARY KEY (staff_id, idempotency_key),
  constraint idempotent_request_idempotency_key_check CHECK (((length(idempotency_key) >= 1) AND (length(idempotency_key) <= 255)))
);
comment on table idempotent_request is 'requests that create something, by the key their sender gave: the same key answers once more with the same answer';
comment on column idempotent_request.fingerprint is 'SHA-256 of what was asked, hex; null while it is still being read';
comment on column idempotent_request.held_until is 'until when a request without an answer counts as running; one whose server died is free again after that';
comment on column idempotent_request.answer is 'headers and body; null: none yet';
CREATE INDEX idempotent_request_age ON public.idempotent_request USING btree (created_at);

create table ignored_lines (
  file_id bigint not null,
  first_line bigint not null,
  last_line bigint not null,
  reason text not null
);
comment on table ignored_lines is 'runs of lines that are no data (title, header, total, empty, signature), each with its reason';
CREATE INDEX ignored_lines_file ON public.ignored_lines USING btree (file_id, first_line);

create table ingest_profile (
  name text not null,
  version integer not null,
  description jsonb not null,
  saved_at timestamp with time zone not null,
  source text,
  constraint ingest_profile_pkey PRIMARY KEY (name, version),
  constraint ingest_profile_version_check CHECK ((version > 0))
);
comment on table ingest_profile is 'how one sender writes one kind of file; rows are only ever added, the greatest version of a name is used';
comment on column ingest_profile.description is 'headers, constants, styles and words, as src/core/profile.ts describes them';
comment on column ingest_profile.source is 'whose files are read by it, as source_file.source: of a bank its 6 digits; the same for every version of a name; null: everybody''s';

create table linked_file (
  file_id bigint not null,
  constraint linked_file_pkey PRIMARY KEY (file_id)
);
comment on table linked_file is 'the beneficiary lists whose people person_identity holds; a list that was voided since is taken out by the next linkage';

create table listed_term (
  file_id integer not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date
);
comment on table listed_term is 'one row per scheme × month × due date that a list names, for each file; a row may stand here twice';
comment on column listed_term.due_date is 'null: the scheme''s due_day (D3)';
CREATE INDEX listed_term_file ON public.listed_term USING btree (file_id);

create table mail_address (
  source text not null,
  address text not null,
  language text default 'vi'::text not null,
  kinds text[] not null,
  created_at timestamp with time zone not null,
  created_by bigint not null,
  constraint mail_address_pkey PRIMARY KEY (source, address),
  constraint mail_address_address_check CHECK (((length(address) >= 3) AND (length(address) <= 254))),
  constraint mail_address_language_check CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text, 'ar'::text])))
);
comment on table mail_address is 'where a bank wants to be told by e-mail';

create table mandate_row (
  person_key bigint not null,
  payee_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  valid_from date not null,
  valid_to date,
  relation mandate_relation not null,
  payee_name text not null
);
CREATE INDEX mandate_row_file ON public.mandate_row USING brin (file_id);

create table matched_payment (
  person_key bigint not null,
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  payment_name text not null,
  match_rule match_rule not null,
  allocated_amount numeric not null,
  evidence jsonb not null,
  state text,
  creditor_agent integer,
  account_key bigint,
  instructed_date date,
  credited_date date,
  returned_date date
);
comment on table matched_payment is 'one row per payment and entitlement it was matched to, for the entitlements in outcome; the clean id_period ones are recomputed on demand';
comment on column matched_payment.state is 'on_the_way, not_collected, rejected, credited or returned, on the day of the run; null: published before this column was';
CREATE INDEX matched_payment_person ON public.matched_payment USING btree (person_key);

create table night (
  as_of date not null,
  state text not null,
  planned_at timestamp with time zone not null,
  attempt_count smallint default 0 not null,
  former_attempt_count smallint default 0 not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  published_at timestamp with time zone,
  run_id bigint,
  fence_token bigint,
  server text,
  next_attempt_at timestamp with time zone,
  failure_code text,
  failure_place text,
  failed_stage text,
  skip_reason text,
  expected jsonb default '[]'::jsonb not null,
  constraint night_pkey PRIMARY KEY (as_of),
  constraint night_run_id_key UNIQUE (run_id),
  constraint night_failed CHECK (((state <> 'failed'::text) OR (failure_code IS NOT NULL))),
  constraint night_published CHECK ((((run_id IS NOT NULL) = (state = 'published'::text)) AND ((published_at IS NOT NULL) = (run_id IS NOT NULL)))),
  constraint night_skipped CHECK (((skip_reason IS NOT NULL) = (state = 'skipped'::text))),
  constraint night_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'waiting'::text, 'running'::text, 'retrying'::text, 'published'::text, 'failed'::text, 'skipped'::text])))
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
  as_of date not null,
  attempt smallint not null,
  stage text not null,
  "position" smallint not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  outcome text,
  progress text,
  row_count bigint,
  failure_code text,
  details jsonb,
  constraint night_step_pkey PRIMARY KEY (as_of, attempt, stage),
  constraint night_step_end CHECK (((finished_at IS NULL) = (outcome IS NULL))),
  constraint night_step_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'failed'::text, 'ended'::text])))
);
comment on table night_step is 'one row per stage of each attempt at a night; ended: whoever did it was stopped, killed or overtaken';
comment on column night_step."position" is 'where the stage stands in a night, from 0, the wait for files';
comment on column night_step.progress is 'which part of it is under way, in the engine''s words; null: nothing to tell';
comment on column night_step.row_count is 'what it went through: files, people, rows, messages, by the stage; null: nothing to count';

create table oidc_sign_in (
  browser_hash text not null,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  destination text,
  started_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint oidc_sign_in_pkey PRIMARY KEY (browser_hash)
);
comment on table oidc_sign_in is 'log-ins that have gone to the identity provider and not come back yet; each comes back once';
comment on column oidc_sign_in.browser_hash is 'SHA-256 of a cookie of the browser that left, hex: what comes back through another is refused';
comment on column oidc_sign_in.destination is 'the path on this site that was wanted; null: the first page';

create table outcome (
  person_key bigint not null,
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date not null,
  late_after_date date not null,
  outcome_class outcome_class not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  on_the_way_amount numeric not null,
  currency text not null,
  unit_code text not null,
  carried_in_amount numeric default 0 not null
);
comment on table outcome is 'one row per entitlement of every beneficiary with anything out of the ordinary; all others are paid in time (or not due yet), as outcome_count counts them';
comment on column outcome.late_after_date is 'T: due_date on a banking day plus grace; a credit after it is late';
comment on column outcome.carried_in_amount is 'the part of due_amount that an earlier month''s money was carried over to';
CREATE INDEX outcome_person ON public.outcome USING btree (person_key);

create table outcome_count (
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  to_due_amount numeric not null,
  carried_in_amount numeric default 0 not null
);
comment on table outcome_count is 'one row per scheme, month, unit, class and currency; credited_amount net of returns, to_due_amount the part of it up to what was due';

create table outcome_total (
  scheme_id smallint not null,
  benefit_period integer not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null,
  credited_amount numeric not null
);
comment on table outcome_total is 'outcome_count over all units';

create table outreach_result_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  visited_date date not null,
  result visit_result not null,
  evidence_reference text,
  note text,
  team text
);
comment on table outreach_result_row is 'one row per visit as a team reports it; a report, not a fact about the person: money, findings and exemptions do not follow from it';
comment on column outreach_result_row.evidence_reference is 'the rule or paper by which somebody is called exempt; the exemption itself comes as a row of exemption_row, with who approved it';
CREATE INDEX outreach_result_row_person ON public.outreach_result_row USING btree (person_key);

create table payer_account_row (
  file_id bigint not null,
  line_number bigint not null,
  unit_code text,
  debtor_name text not null,
  debtor_agent integer not null,
  debtor_account text not null,
  cash_agent integer,
  offset_percent numeric not null,
  not_collected text not null,
  collection_months smallint not null,
  applies_from date not null,
  legal_basis text,
  constraint payer_account_row_not_collected_check CHECK ((not_collected = ANY (ARRAY['next_list'::text, 'supplementary'::text]))),
  constraint payer_account_row_offset_percent_check CHECK (((offset_percent >= (0)::numeric) AND (offset_percent <= (100)::numeric)))
);
comment on table payer_account_row is 'from which account a place pays, and by which rules it carries over and takes back; of several the newest that applies';
comment on column payer_account_row.unit_code is 'the unit whose payer pays from it; null: the whole country';
comment on column payer_account_row.cash_agent is 'who hands out cash where neither list nor payment names anybody; null: nobody';
comment on column payer_account_row.offset_percent is 'percent of a month''s amount due that may be kept back at most, 0 to 100';
comment on column payer_account_row.not_collected is 'where money goes that was not collected: onto the next month''s list, or onto a supplementary list';
comment on column payer_account_row.collection_months is 'for so many months money that was not collected is carried over; then somebody has to look';

create table payment_organisation_row (
  file_id bigint not null,
  line_number bigint not null,
  source text not null,
  name text not null,
  account_key bigint not null,
  creditor_agent integer,
  payer_key bigint,
  legal_basis text
);
comment on table payment_organisation_row is 'one row per payment organisation, account that it keeps for the programme, and account of the payer; the newest file that names an organisation says all of it (view payment_organisation)';
comment on column payment_organisation_row.source is 'as the senders of disbursement files are named';
comment on column payment_organisation_row.creditor_agent is 'the bank whose customers it pays: payments in files that no organisation sent are its; null: only what it sends itself';
comment on column payment_organisation_row.payer_key is 'an account of the payer, from which money comes and to which it is handed back';

create table payment_report (
  person_key bigint not null,
  reference_key bigint,
  account_key bigint,
  line_number bigint not null,
  credited_at timestamp with time zone,
  instructed_at timestamp with time zone,
  returned_at timestamp with time zone,
  file_id integer not null,
  creditor_agent integer not null,
  benefit_period integer,
  credited_date date,
  scheme_id smallint,
  transaction_status transaction_status not null,
  payment_channel payment_channel,
  instructed_amount numeric not null,
  credited_amount numeric,
  returned_amount numeric,
  currency text not null,
  end_to_end_id text,
  return_reason_code text,
  reason_text text,
  bank_reference text
);
comment on table payment_report is 'one row per line of a disbursement file: what an agent said of one payment at one time';
comment on column payment_report.person_key is 'the beneficiary named; negative where none is';
comment on column payment_report.reference_key is 'hash of agent and end_to_end_id; null without a reference. Equal keys are compared by text where it matters';
comment on column payment_report.credited_date is 'local day of credited_at';
comment on column payment_report.credited_amount is 'null: the instructed amount';
comment on column payment_report.returned_amount is 'null: the credited amount';
CREATE INDEX payment_report_bucket ON public.payment_report USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');
CREATE INDEX payment_report_file ON public.payment_report USING brin (file_id);

create table period_event (
  place_code text not null,
  benefit_period integer not null,
  event_number integer not null,
  previous_number integer generated always as (NULLIF((event_number - 1), 0)) stored,
  previous_kind text,
  kind text not null,
  version_number integer not null,
  version_after integer generated always as (
CASE
    WHEN (kind = 'reopened'::text) THEN (version_number + 1)
    ELSE version_number
END) stored,
  issued_version integer generated always as (
CASE
    WHEN (kind = 'issued'::text) THEN version_number
    ELSE NULL::integer
END) stored,
  round_number integer not null,
  continued_round integer generated always as (
CASE
    WHEN (kind <> 'prepared'::text) THEN round_number
    ELSE NULL::integer
END) stored,
  actor_id bigint not null,
  happened_at timestamp with time zone not null,
  reason text,
  asked_by bigint,
  acting_for bigint,
  constraint period_event_pkey PRIMARY KEY (place_code, benefit_period, event_number),
  constraint period_event_by_a_person UNIQUE (place_code, benefit_period, event_number, actor_id),
  constraint period_event_of_a_kind UNIQUE (place_code, benefit_period, event_number, kind),
  constraint period_event_of_a_round UNIQUE (place_code, benefit_period, event_number, round_number),
  constraint period_event_of_a_version UNIQUE (place_code, benefit_period, event_number, version_after),
  constraint period_event_answers_somebody CHECK (((kind = ANY (ARRAY['reopened'::text, 'reopen_refused'::text])) = (asked_by IS NOT NULL))),
  constraint period_event_begins_a_round CHECK (((kind = 'prepared'::text) = (round_number = event_number))),
  constraint period_event_benefit_period_check CHECK (((benefit_period >= 190001) AND (benefit_period <= 299912))),
  constraint period_event_event_number_check CHECK ((event_number > 0)),
  constraint period_event_first_version CHECK (((event_number > 1) OR (version_number = 1))),
  constraint period_event_follows_another CHECK (((event_number = 1) = (previous_kind IS NULL))),
  constraint period_event_in_order CHECK (
CASE kind
    WHEN 'prepared'::text THEN (COALESCE(previous_kind, 'reopened'::text) = ANY (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text, 'sent_back'::text, 'reopened'::text]))
    WHEN 'appraised'::text THEN (NOT (previous_kind IS DISTINCT FROM 'prepared'::text))
    WHEN 'approved'::text THEN (NOT (previous_kind IS DISTINCT FROM 'appraised'::text))
    WHEN 'issued'::text THEN (NOT (previous_kind IS DISTINCT FROM 'approved'::text))
    WHEN 'sent_back'::text THEN (COALESCE(previous_kind, ''::text) = ANY (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text]))
    WHEN 'reopen_asked'::text THEN (COALESCE(previous_kind, ''::text) = ANY (ARRAY['issued'::text, 'reopen_refused'::text]))
    ELSE (NOT (previous_kind IS DISTINCT FROM 'reopen_asked'::text))
END),
  constraint period_event_in_place_of_an_approver CHECK (((acting_for IS NULL) OR ((kind = ANY (ARRAY['approved'::text, 'reopened'::text, 'reopen_refused'::text])) AND (acting_for <> actor_id)))),
  constraint period_event_kind_check CHECK ((kind = ANY (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text, 'issued'::text, 'sent_back'::text, 'reopen_asked'::text, 'reopened'::text, 'reopen_refused'::text]))),
  constraint period_event_not_for_who_asked CHECK (((asked_by IS NULL) OR (acting_for IS NULL) OR (asked_by <> acting_for))),
  constraint period_event_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 2000))),
  constraint period_event_says_why CHECK (((kind = ANY (ARRAY['sent_back'::text, 'reopen_asked'::text, 'reopen_refused'::text])) = (reason IS NOT NULL))),
  constraint period_event_two_persons CHECK (((asked_by IS NULL) OR (asked_by <> actor_id))),
  constraint period_event_version_number_check CHECK ((version_number > 0))
);
comment on table period_event is 'append-only: one row per thing done to close a month of a place, in the order of its numbers';
comment on column period_event.place_code is 'unit_code of a province, or '''' for the whole country';
comment on column period_event.previous_kind is 'what the event before was; null for the first';
comment on column period_event.version_number is 'which signing of the month it belongs to: 1, and one more after each reopening';
comment on column period_event.round_number is 'the number of the event that prepared what this one is about';
comment on column period_event.reason is 'why it was sent back, asked to be reopened, or refused';
comment on column period_event.asked_by is 'of an answer to a wish to reopen: who wished it';
comment on column period_event.acting_for is 'the absent approver in whose place the actor approved or answered (staff_absence); null: in their own right';
CREATE UNIQUE INDEX period_event_four_persons ON public.period_event USING btree (place_code, benefit_period, round_number, actor_id) WHERE (kind = ANY (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text, 'issued'::text]));
CREATE UNIQUE INDEX period_event_four_principals ON public.period_event USING btree (place_code, benefit_period, round_number, COALESCE(acting_for, actor_id)) WHERE (kind = ANY (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text, 'issued'::text]));

create table period_minutes (
  place_code text not null,
  benefit_period integer not null,
  version_number integer not null,
  issued_number integer not null,
  issued_kind text generated always as ('issued'::text) stored,
  minutes text not null,
  sha256 text not null,
  key_id text not null,
  pdf_vi bytea not null,
  pdf_en bytea not null,
  constraint period_minutes_pkey PRIMARY KEY (place_code, benefit_period, version_number)
);
comment on table period_minutes is 'one row per signed version of a month: the minutes as they were handed out';
comment on column period_minutes.minutes is 'the signed file, canonical JSON; shape in src/periods/minutes.ts';
comment on column period_minutes.sha256 is 'of what was signed, hex: printed on every page';
comment on column period_minutes.key_id is 'short id of the key that signed';

create table period_snapshot (
  place_code text not null,
  benefit_period integer not null,
  round_number integer not null,
  prepared_kind text generated always as ('prepared'::text) stored,
  body text not null,
  sha256 text not null,
  constraint period_snapshot_pkey PRIMARY KEY (place_code, benefit_period, round_number),
  constraint period_snapshot_stands CHECK ((sha256 = encode(sha256(convert_to(body, 'UTF8'::name)), 'hex'::text)))
);
comment on table period_snapshot is 'one row per round: what the four persons sign, never changed afterwards';
comment on column period_snapshot.body is 'canonical JSON: figures, files, open cases, missing files, run; shape in src/periods/content.ts';
comment on column period_snapshot.sha256 is 'of body in UTF-8, hex';

create table person_identity (
  person_key bigint not null,
  name_key bigint not null,
  given_key bigint not null,
  birth_date date,
  date_key integer,
  birth_year smallint,
  name_points smallint not null,
  sex sex,
  unit_code text not null,
  beneficiary_name text not null
);
comment on table person_identity is 'one row per person and way in which the sealed lists describe them: name as written, birth, sex, unit';
comment on column person_identity.date_key is 'birth date with day and month in order of size (year × 10000 + smaller × 100 + larger), so that swapped ones meet; null without a full date';
CREATE INDEX person_identity_date ON public.person_identity USING btree (date_key);
CREATE INDEX person_identity_name ON public.person_identity USING btree (name_key, birth_year);

create table person_pair (
  person_key bigint not null,
  other_key bigint not null,
  score integer not null,
  evidence jsonb not null,
  constraint person_pair_pkey PRIMARY KEY (person_key, other_key)
);
comment on table person_pair is 'one row per two ids whose descriptions score above the review threshold; person_key is the smaller id (as text), other_key the greater';
comment on column person_pair.score is 'tenths of a bit that speak for one person: the sum of the points in evidence';
CREATE INDEX person_pair_other ON public.person_pair USING btree (other_key);

create table person_pair_change (
  person_key bigint not null
);
comment on table person_pair_change is 'persons whose pairs changed since a result was last published: an increment takes them up, publishing forgets them';

create table problem (
  file_id bigint not null,
  line_number bigint not null,
  column_name text,
  code text not null,
  raw text,
  suggestion text
);
comment on table problem is 'one row per value (or line) that could not be taken; the line is not among the facts';
CREATE INDEX problem_file ON public.problem USING btree (file_id, line_number);

create table published_file (
  file_id bigint not null,
  constraint published_file_pkey PRIMARY KEY (file_id)
);
comment on table published_file is 'the files that the published results rest on';

create table reason_code_row (
  file_id bigint not null,
  line_number bigint not null,
  code text not null,
  class text,
  owner text,
  retryable boolean,
  person_caused boolean,
  name_vi text,
  name_en text
);

create table register_row (
  person_key bigint not null,
  previous_key bigint,
  line_number bigint not null,
  file_id integer not null,
  birth_date date,
  death_date date,
  verified_date date not null,
  birth_year smallint,
  vital_status vital_status not null,
  sex sex,
  eid_level smallint,
  unit_code text,
  person_name text not null
);
CREATE INDEX register_row_file ON public.register_row USING brin (file_id);

create table report_deadline_row (
  file_id bigint not null,
  line_number bigint not null,
  report text not null,
  deadline_day smallint not null,
  applies_from date not null,
  legal_basis text,
  constraint report_deadline_row_deadline_day_check CHECK (((deadline_day >= 1) AND (deadline_day <= 31))),
  constraint report_deadline_row_report_check CHECK ((report = 'monthly'::text))
);
comment on table report_deadline_row is 'by which day of the month the payment organisation reports, dated; the newest that applies stands';
comment on column report_deadline_row.deadline_day is 'the report is made before this day of the benefit month';

create table retention_policy (
  what text not null,
  applies_from date not null,
  keep_months integer not null,
  legal_basis text not null,
  constraint retention_policy_pkey PRIMARY KEY (what, applies_from),
  constraint retention_policy_keep_months_check CHECK (((keep_months >= 1) AND (keep_months <= 1200)))
);
comment on table retention_policy is 'one row per kind of thing and day from which a term applies; the newest that applies is the term';
comment on column retention_policy.what is 'as the files of sql/retention are called';
comment on column retention_policy.keep_months is 'months, from when the thing had served its purpose (docs/privacy.md says when that is)';

create table run (
  run_id bigint default nextval('run_id_sequence'::regclass) not null,
  as_of date not null,
  status text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  seconds numeric,
  file_count integer,
  failure text,
  mode text,
  engine_version text,
  touched_count bigint,
  clock_slot smallint,
  constraint run_pkey PRIMARY KEY (run_id),
  constraint run_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'increment'::text]))),
  constraint run_status_check CHECK ((status = ANY (ARRAY['running'::text, 'published'::text, 'failed'::text])))
);
comment on table run is 'one row per reconciliation run; the published results are those of the newest published run';
comment on column run.mode is 'full: everybody worked out anew; increment: those whom new or void files or the day touched; null: failed before that was known';
comment on column run.engine_version is 'hash of the rules that worked it out; other rules ask for a full run';
comment on column run.touched_count is 'how many beneficiaries an increment worked out again; null for a full run';
comment on column run.clock_slot is 'where in entitlement_clock this run''s rows are; null: published before there were any';

create table run_backend (
  token bigint not null,
  pid integer not null,
  backend_start timestamp with time zone not null,
  is_heart boolean not null,
  constraint run_backend_pkey PRIMARY KEY (token, pid, backend_start)
);
comment on table run_backend is 'the connections of the holder of a token: whoever takes over ends them first';
comment on column run_backend.backend_start is 'as pg_stat_activity has it, so that a number used again is not mistaken for it';

create table run_beat (
  fence_id smallint not null,
  token bigint not null,
  beat bigint not null,
  beat_at timestamp with time zone not null,
  constraint run_beat_pkey PRIMARY KEY (fence_id),
  constraint run_beat_fence_id_check CHECK ((fence_id = 1))
);
comment on table run_beat is 'one row, apart from the fence, which is locked while a result is published: the sign of life of the holder';
comment on column run_beat.beat is 'goes up with every beat of the holder: that it stands still is told by watching it, by nobody''s clock alone';
comment on column run_beat.beat_at is 'the database''s clock at the last beat';

create table run_fence (
  fence_id smallint not null,
  token bigint not null,
  purpose text,
  server text,
  taken_at timestamp with time zone,
  released_at timestamp with time zone,
  constraint run_fence_pkey PRIMARY KEY (fence_id),
  constraint run_fence_fence_id_check CHECK ((fence_id = 1))
);
comment on table run_fence is 'one row: who may write the working tables and publish. Whoever publishes locks it first and holds its token, or publishes nothing';
comment on column run_fence.token is 'goes up by one each time the fence is taken; never down';
comment on column run_fence.purpose is 'what it was taken for: a night, a run by hand, a linkage, a proof';
comment on column run_fence.server is 'machine and process of the holder';
comment on column run_fence.released_at is 'null: held';

create table run_total (
  run_id bigint not null,
  subject text not null,
  code text not null,
  currency text not null,
  item_count bigint not null,
  amount numeric not null,
  credited_amount numeric,
  constraint run_total_pkey PRIMARY KEY (run_id, subject, code, currency),
  constraint run_total_subject_check CHECK ((subject = ANY (ARRAY['outcome'::text, 'finding'::text])))
);
comment on table run_total is 'what each published result came to, by class of outcome and by code of finding, over all schemes and months; kept when the next one takes its place';
comment on column run_total.amount is 'what was due, or what is at stake, in the currency';
comment on column run_total.credited_amount is 'of an outcome; null for findings';

create table saved_view (
  staff_id bigint not null,
  name text not null,
  query text not null,
  saved_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (staff_id, name),
  constraint saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
comment on column saved_view.query is 'of the queue''s address: code=returned&village=…';

create table schema_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);
comment on table schema_migration is 'one row per file of sql/migrations that was applied here';

create table scheme_code (
  scheme_id smallint not null,
  scheme text not null,
  constraint scheme_code_pkey PRIMARY KEY (scheme_id),
  constraint scheme_code_scheme_key UNIQUE (scheme)
);
comment on table scheme_code is 'the short number of each scheme ever named; never reused';

create table scheme_row (
  file_id bigint not null,
  line_number bigint not null,
  scheme_id smallint not null,
  name_vi text,
  name_en text,
  currency text,
  due_day smallint,
  grace_days smallint,
  settlement_days smallint,
  exclusive_set text,
  collection_days smallint,
  legal_basis text
);

create table server_seen (
  server_id text not null,
  version text not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint server_seen_pkey PRIMARY KEY (server_id)
);
comment on table server_seen is 'one row per server that ran within the last day; the file servers/SERVER_ID lies in its data folder: whoever does not find it there has another folder';
comment on column server_seen.server_id is 'random, new at each start';
comment on column server_seen.seen_at is 'said each minute while it runs';

create table settlement_cell (
  source text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  is_stated boolean not null,
  payment_count bigint not null,
  credited_amount numeric not null,
  on_the_way_amount numeric not null,
  not_collected_amount numeric not null,
  sent_back_amount numeric not null,
  outside_amount numeric not null,
  pending_amount numeric not null,
  received_amount numeric not null,
  paid_amount numeric not null,
  returned_amount numeric not null,
  handed_back_amount numeric not null,
  charge_amount numeric not null,
  interest_amount numeric not null,
  unexplained_credit_amount numeric not null,
  unexplained_debit_amount numeric not null,
  gap_amount numeric not null,
  difference_amount numeric not null
);
comment on table settlement_cell is 'one row per payment organisation, scheme, benefit month and currency: what payments say and what its account says; null scheme or month: not stated';
comment on column settlement_cell.source is 'empty: no organisation is known for these payments';
comment on column settlement_cell.is_stated is 'the organisation has a statement; without one its account says nothing, and the amounts of its side are zero';
comment on column settlement_cell.credited_amount is 'net of returns, payments compared with a statement and others (outside_amount) alike';
comment on column settlement_cell.sent_back_amount is 'rejected or returned, as payments say: money that is with the organisation until it is handed back';
comment on column settlement_cell.outside_amount is 'of credited, on the way and not collected: payments of days that no statement covers; not compared';
comment on column settlement_cell.pending_amount is 'of on the way and not collected: still on the account, by its statement';
comment on column settlement_cell.charge_amount is 'charges taken, as stated; interest_amount: paid in';
comment on column settlement_cell.gap_amount is 'what statements that are missing between others moved: an opening balance less the closing balance before it';
comment on column settlement_cell.difference_amount is 'what the account gave away and no payment accounts for, above zero; below zero: paid by no debit. 0: it closes. The sum of settlement_difference';
CREATE UNIQUE INDEX settlement_cell_key ON public.settlement_cell USING btree (source, scheme_id, benefit_period, currency) NULLS NOT DISTINCT;

create table settlement_difference (
  source text not null,
  difference_number integer not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  cause settlement_cause not null,
  amount numeric not null,
  reported_amount numeric,
  booked_amount numeric,
  beneficiary_key bigint,
  end_to_end_id text,
  creditor_agent integer,
  entry_date date,
  source_rows jsonb not null,
  constraint settlement_difference_pkey PRIMARY KEY (source, difference_number)
);
comment on table settlement_difference is 'one row per payment or entry that keeps a cell from closing; their sum is the cell''s difference';
comment on column settlement_difference.reported_amount is 'what the payment reports account for; null: an entry that no payment stands behind';
comment on column settlement_difference.booked_amount is 'debits less credits that name the payment, or the entry itself';
comment on column settlement_difference.source_rows is 'lines of files: [{"file_id", "line"}]';

create table settlement_entry (
  source text not null,
  file_id integer not null,
  line_number bigint not null,
  entry_date date not null,
  statement_number text not null,
  settlement_class settlement_class not null,
  rule text,
  is_credit boolean not null,
  amount numeric not null,
  currency text not null,
  scheme_id smallint,
  benefit_period integer,
  payment_count bigint not null,
  end_to_end_id text,
  entry_reference text,
  counterparty_key bigint,
  entry_text text,
  constraint settlement_entry_pkey PRIMARY KEY (source, file_id, line_number)
);
comment on table settlement_entry is 'one row per entry of the organisations'' statements up to the day of the run, and what it is taken for';
comment on column settlement_entry.source is 'the organisation whose account it is; # and a number: an account of no known organisation';
comment on column settlement_entry.rule is 'by what: payer_account, reference, batch_reference, file_sum, stated; null: unexplained';
comment on column settlement_entry.scheme_id is 'its own, else that of all payments behind it where they have one in common; benefit_period likewise';
CREATE INDEX settlement_entry_class ON public.settlement_entry USING btree (source, settlement_class, entry_date);

create table settlement_run (
  run_id bigint not null,
  as_of date not null,
  payment_count bigint not null,
  entry_count bigint not null,
  constraint settlement_run_pkey PRIMARY KEY (run_id)
);
comment on table settlement_run is 'the published run that the settlement tables belong to; at most one row';

create table settlement_statement (
  source text not null,
  account_key bigint not null,
  statement_number text not null,
  file_id integer not null,
  line_number bigint not null,
  opening_date date not null,
  closing_date date not null,
  currency text not null,
  opening_amount numeric not null,
  closing_amount numeric not null,
  gap_amount numeric not null,
  is_number_missing boolean not null,
  constraint settlement_statement_pkey PRIMARY KEY (source, account_key, statement_number)
);
comment on table settlement_statement is 'one row per statement up to the day of the run';
comment on column settlement_statement.gap_amount is 'its opening balance less the closing balance of the statement before it; 0 for the first';
comment on column settlement_statement.is_number_missing is 'numbers are counted on, and the one before this is not there';

create table sign_in_attempt (
  key character varying(255) not null,
  points integer default 0 not null,
  expire bigint,
  constraint sign_in_attempt_pkey PRIMARY KEY (key)
);
comment on table sign_in_attempt is 'how often was tried lately; the columns are rate-limiter-flexible''s';
comment on column sign_in_attempt.key is 'what is counted, and SHA-256 of the name and address tried: people type passwords into the field for names';
comment on column sign_in_attempt.expire is 'until when it counts, milliseconds since 1970';

create table source_expectation_row (
  file_id bigint not null,
  line_number bigint not null,
  source text not null,
  kind text not null,
  scheme_id smallint,
  deadline_day smallint not null
);

create table source_file (
  file_id bigint default nextval('file_id_sequence'::regclass) not null,
  sha256 text not null,
  file_name text not null,
  kind text not null,
  source text,
  status text not null,
  size_bytes bigint not null,
  encoding text,
  delimiter text,
  header_line bigint,
  header_columns text[],
  line_count bigint default 0 not null,
  accepted_count bigint default 0 not null,
  repeat_count bigint default 0 not null,
  ignored_count bigint default 0 not null,
  problem_count bigint default 0 not null,
  control_count bigint,
  control_sum numeric,
  is_control_sum_checked boolean,
  refusal jsonb,
  recorded_at timestamp with time zone not null,
  sealed_at timestamp with time zone,
  voided_at timestamp with time zone,
  void_reason text,
  format text,
  parts jsonb,
  profile_name text,
  profile_version integer,
  constraint source_file_pkey PRIMARY KEY (file_id),
  constraint source_file_status_check CHECK ((status = ANY (ARRAY['sealed'::text, 'refused'::text, 'void'::text])))
);
comment on table source_file is 'one row per file handed in and read to its end, sealed or refused; file_id is the order of arrival; file_id 0 is the pack that migration loads';
comment on column source_file.sha256 is 'hex of the SHA-256 of the bytes; the identity of a file';
comment on column source_file.encoding is 'the encoding of the text as it was sent: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni, viscii; null as for format';
comment on column source_file.header_columns is 'canonical column name of each column in the file''s order, null for a column that is ignored';
comment on column source_file.is_control_sum_checked is 'null: no sum was declared; false: a problem line''s amount could not be read, so the sum was left unchecked';
comment on column source_file.refusal is 'why the whole file was refused: {code, line, column, raw, detail}; null unless status is refused';
comment on column source_file.format is 'csv, xlsx, mt940, or the name of an ISO 20022 message; null: refused before that was known, or the pack';
comment on column source_file.parts is 'of a file with parts that people know by name: [{name, status, first_line, last_line, first_number}]; line_number counts on through the parts, what a person sees is first_number + line_number - first_line; null: none';
comment on column source_file.profile_name is 'ingest_profile.name by which the file was read; null: none';
comment on column source_file.profile_version is 'ingest_profile.version by which the file was read; null: none';
CREATE UNIQUE INDEX source_file_one_sealed ON public.source_file USING btree (sha256, (
CASE
    WHEN (source ~ '^[0-9]{6}$'::text) THEN source
    ELSE ''::text
END)) WHERE (status = 'sealed'::text);

create table source_file_offsets (
  file_id bigint not null,
  every_lines integer not null,
  byte_offsets bigint[] not null,
  constraint source_file_offsets_pkey PRIMARY KEY (file_id)
);
comment on table source_file_offsets is 'where physical line 1, 1 + every_lines, 1 + 2 × every_lines … begin in the stored file, so that any raw line is found without reading the file from its start';

create table staff (
  staff_id bigint default nextval('staff_id_sequence'::regclass) not null,
  user_name text not null,
  display_name text not null,
  roles text[] not null,
  unit_code text,
  scope_level text default 'country'::text not null,
  creditor_agent integer,
  is_active boolean default true not null,
  password_hash text,
  password_changed_at timestamp with time zone,
  totp_secret text,
  totp_last_step bigint,
  is_totp_required boolean default true not null,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamp with time zone not null,
  password_is_one_time boolean default false not null,
  is_service boolean default false not null,
  constraint staff_pkey PRIMARY KEY (staff_id),
  constraint staff_oidc UNIQUE (oidc_issuer, oidc_subject),
  constraint staff_user_name_key UNIQUE (user_name),
  constraint staff_bank_has_agent CHECK ((('bank'::text = ANY (roles)) = (creditor_agent IS NOT NULL))),
  constraint staff_one_time_means_anew CHECK (((NOT password_is_one_time) OR (totp_secret IS NULL))),
  constraint staff_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['officer'::text, 'approver'::text, 'payer'::text, 'auditor'::text, 'bank'::text, 'administrator'::text]))),
  constraint staff_roles_compatible CHECK (((cardinality(roles) = 1) OR ((NOT (roles && ARRAY['auditor'::text, 'bank'::text, 'administrator'::text])) AND (NOT (roles @> ARRAY['approver'::text, 'payer'::text]))))),
  constraint staff_scope_level_check CHECK ((scope_level = ANY (ARRAY['country'::text, 'province'::text, 'commune'::text]))),
  constraint staff_service_has_keys_alone CHECK (((NOT is_service) OR ((password_hash IS NULL) AND (totp_secret IS NULL) AND (oidc_subject IS NULL) AND (roles = ARRAY['bank'::text])))),
  constraint staff_user_name_check CHECK (((user_name = lower(user_name)) AND (user_name ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'::text)))
);
comment on table staff is 'people who may use the pages; never deleted, only made inactive';
comment on column staff.unit_code is 'the unit they work for, with all that lies in it; null: the whole country';
comment on column staff.scope_level is 'the level of that unit, which decides up to which amount they may approve (approval_band)';
comment on column staff.creditor_agent is 'of people of a bank: its 6-digit code';
comment on column staff.password_hash is 'Argon2id; null: no log-in by password';
comment on column staff.totp_secret is 'base32; null: no second factor enrolled yet';
comment on column staff.totp_last_step is 'the last time step of 30 seconds whose code was used, so that none is used twice';
comment on column staff.oidc_subject is 'who they are to the identity provider oidc_issuer; null: not linked';
comment on column staff.password_is_one_time is 'true: somebody else knows the password; it opens nothing but the page on which one''s own is chosen';
comment on column staff.is_service is 'true: no person but a system, known by its keys alone';

create table staff_absence (
  absence_id bigint default nextval('staff_absence_id_sequence'::regclass) not null,
  absent_id bigint not null,
  deputy_id bigint not null,
  from_date date not null,
  to_date date not null,
  reason text not null,
  recorded_by bigint not null,
  recorded_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint staff_absence_pkey PRIMARY KEY (absence_id),
  constraint staff_absence_dates CHECK ((from_date <= to_date)),
  constraint staff_absence_other CHECK ((absent_id <> deputy_id))
);
comment on table staff_absence is 'who stands in for an approver on which days; what the deputy approves says so';

create table staff_change (
  change_id bigint default nextval('staff_change_id_sequence'::regclass) not null,
  staff_id bigint not null,
  changed_at timestamp with time zone not null,
  changed_by bigint,
  change jsonb not null,
  reason text not null,
  confirmed_at timestamp with time zone,
  confirmed_by bigint,
  needs_second boolean not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by bigint,
  constraint staff_change_pkey PRIMARY KEY (change_id),
  constraint staff_change_confirmed_by_somebody CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint staff_change_ends_once CHECK (((confirmed_at IS NULL) OR (withdrawn_at IS NULL))),
  constraint staff_change_not_ones_own CHECK (((changed_by IS DISTINCT FROM staff_id) AND (confirmed_by IS DISTINCT FROM staff_id))),
  constraint staff_change_two_persons CHECK (((confirmed_by IS NULL) OR (NOT needs_second) OR (confirmed_by <> changed_by)))
);
comment on column staff_change.changed_by is 'null: whoever runs the installation, by command line';
comment on column staff_change.needs_second is 'true: takes effect only once another administrator has confirmed it';
CREATE INDEX staff_change_waiting ON public.staff_change USING btree (staff_id) WHERE (needs_second AND (confirmed_at IS NULL) AND (withdrawn_at IS NULL));

create table staff_device (
  token_hash text not null,
  staff_id bigint not null,
  created_at timestamp with time zone not null,
  constraint staff_device_pkey PRIMARY KEY (token_hash)
);
comment on table staff_device is 'browsers in which somebody has signed in before: others who guess cannot keep them out there (D131)';
comment on column staff_device.token_hash is 'SHA-256 of the cookie, hex';
CREATE INDEX staff_device_staff ON public.staff_device USING btree (staff_id);

create table staff_session (
  token_hash text not null,
  staff_id bigint not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  is_complete boolean not null,
  ended_at timestamp with time zone,
  device text,
  pending_totp_secret text,
  oidc_id_token text,
  constraint staff_session_pkey PRIMARY KEY (token_hash)
);
comment on column staff_session.token_hash is 'SHA-256 of the cookie, hex: who reads this table cannot become anybody';
comment on column staff_session.expires_at is 'the earlier of idle and absolute time-out, moved on as it is used';
comment on column staff_session.is_complete is 'false: the password was right, the second factor is still to come';
comment on column staff_session.device is 'the kind of browser and machine, so that people recognise their own sessions';
comment on column staff_session.pending_totp_secret is 'base32; shown for enrolment and not confirmed by a code yet';
comment on column staff_session.oidc_id_token is 'what the identity provider wants to see at sign-out; null: signed in here';
CREATE INDEX staff_session_staff ON public.staff_session USING btree (staff_id);

create table staff_unit (
  staff_id bigint not null,
  unit_code text not null,
  constraint staff_unit_pkey PRIMARY KEY (staff_id, unit_code)
);
comment on table staff_unit is 'every code, of today or before, whose people live in the unit that somebody works for; laid out anew when units or people change';

create table standard_rate_row (
  file_id bigint not null,
  line_number bigint not null,
  scheme_id smallint not null,
  unit_code text,
  amount numeric not null,
  issued_date date,
  in_force_date date,
  applies_from date not null,
  legal_basis text
);

create table subject (
  person_key bigint not null,
  wakes_on date,
  constraint subject_pkey PRIMARY KEY (person_key)
);
comment on table subject is 'one row per beneficiary worked out in full (the others are plainly in order and only counted), and per bucket of payments that name nobody and speak of days to come';
comment on column subject.wakes_on is 'the first day after the run''s on which the clock alone may change this beneficiary''s result; null: none';

create table trail_entry (
  entry_id bigint default nextval('trail_entry_id_sequence'::regclass) not null,
  happened_at timestamp with time zone not null,
  staff_id bigint,
  kind text not null,
  person_key bigint,
  subject text,
  reason text,
  details jsonb,
  person_salt bytea,
  row_table text,
  row_key text,
  row_hash text,
  forgotten_by bigint,
  constraint trail_entry_pkey PRIMARY KEY (entry_id)
);
comment on table trail_entry is 'append-only: views of personal data with the reason given, exports, log-ins, messages sent';
comment on column trail_entry.kind is 'what was done: viewed_numbers, exported, signed_in, message_sent, …; src/trail knows them all';
comment on column trail_entry.person_key is 'whom it is about; null: nobody, or taken away with its salt (forgetInTrail)';
comment on column trail_entry.subject is 'which case, file or list; never a name or a number of a person';
comment on column trail_entry.person_salt is '16 random bytes: the chain holds SHA-256 of salt and person_key, which says nothing once both are gone';
comment on column trail_entry.row_table is 'which kind of row it stands for (src/trail/rows.ts); null: it stands for itself';
comment on column trail_entry.row_key is 'which row';
comment on column trail_entry.row_hash is 'trail_digest of the row''s text as it was then, hex; null: from here on the row may be gone (retention)';
comment on column trail_entry.forgotten_by is 'the entry that says that this one no longer tells whom and what it was about, and holds a digest of what it still tells; null: it says all that was chained';
CREATE INDEX trail_entry_happened ON public.trail_entry USING btree (happened_at, entry_id);
CREATE INDEX trail_entry_kind ON public.trail_entry USING btree (kind, entry_id);
CREATE INDEX trail_entry_person ON public.trail_entry USING btree (person_key, entry_id);
CREATE INDEX trail_entry_row ON public.trail_entry USING btree (row_table, row_key COLLATE "C") WHERE (row_table IS NOT NULL);
CREATE INDEX trail_entry_staff ON public.trail_entry USING btree (staff_id, entry_id);

create table trail_head (
  head_number bigint not null,
  day date not null,
  made_at timestamp with time zone not null,
  sequence_number bigint not null,
  hash text not null,
  statement text not null,
  constraint trail_head_pkey PRIMARY KEY (head_number)
);
comment on table trail_head is 'how far the chain reached and its hash then, under the installation''s signature; the same statements lie outside of the database';
comment on column trail_head.day is 'local day on which it was made';
comment on column trail_head.statement is 'the signed JSON, byte for byte as in the file head-….json';

create table trail_link (
  sequence_number bigint not null,
  entry_id bigint not null,
  person_commitment text,
  content_hash text not null,
  hash text not null,
  constraint trail_link_pkey PRIMARY KEY (sequence_number),
  constraint trail_link_entry_id_key UNIQUE (entry_id)
);
comment on table trail_link is 'one row per entry of the trail, numbered from 1 without gaps: the chain';
comment on column trail_link.person_commitment is 'SHA-256 of the entry''s salt and person_key, hex; null: the entry is about nobody';
comment on column trail_link.content_hash is 'trail_digest of number, entry and what it says, hex';
comment on column trail_link.hash is 'SHA-256 of the hash before (64 zeros before the first) and content_hash, as one text, hex';

create table unit_succession_row (
  file_id bigint not null,
  line_number bigint not null,
  old_code text not null,
  new_code text not null,
  effective_date date not null,
  part text not null
);

create table unmatched_payment (
  person_key bigint not null,
  payment_name text not null,
  reason text not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  net_amount numeric not null
);
comment on table unmatched_payment is 'one row per payment that no rule could place, under the scheme and month it states';

create table upload (
  upload_id text not null,
  source text not null,
  staff_id bigint not null,
  channel text not null,
  file_name text not null,
  declared_kind text,
  declared_profile text,
  declared_count bigint,
  declared_sum numeric,
  all_banks boolean default false not null,
  size_bytes bigint not null,
  sha256 text not null,
  received_at timestamp with time zone not null,
  status text not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  attempt_count smallint default 0 not null,
  bytes_read bigint default 0 not null,
  lines_read bigint default 0 not null,
  file_id bigint,
  is_repeat boolean default false not null,
  refusal jsonb,
  failure_code text,
  constraint upload_pkey PRIMARY KEY (upload_id),
  constraint upload_channel_check CHECK ((channel = ANY (ARRAY['api'::text, 'resumable'::text, 'page'::text]))),
  constraint upload_end CHECK (((finished_at IS NULL) = (status = ANY (ARRAY['draft'::text, 'received'::text, 'processing'::text])))),
  constraint upload_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'received'::text, 'processing'::text, 'sealed'::text, 'refused'::text, 'failed'::text, 'discarded'::text])))
);
comment on table upload is 'one row per file that somebody handed in by web or API: what was acknowledged; its bytes are in uploads/UPLOAD_ID until they are taken in';
comment on column upload.source is 'who sent it, as in source_file: of a bank its 6 digits';
comment on column upload.all_banks is 'its sender instructs payments into accounts of other banks too; else lines of others are problems';
comment on column upload.status is 'draft: looked at on the page, not handed in yet; received and processing: on its way; sealed or refused: as source_file; failed: by our own fault, see failure_code; discarded: a draft that was not handed in';
comment on column upload.file_id is 'the file it became, or (is_repeat) the sender''s own file with the same bytes; null: not yet, or refused before it was one';
comment on column upload.refusal is 'why it was refused, where file_id is null';
CREATE INDEX upload_by_source ON public.upload USING btree (source, received_at DESC, upload_id DESC);
CREATE INDEX upload_of_file ON public.upload USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX upload_same_bytes ON public.upload USING btree (source, sha256);
CREATE INDEX upload_waiting ON public.upload USING btree (received_at) WHERE (status = ANY (ARRAY['received'::text, 'processing'::text]));

create table village_row (
  file_id bigint not null,
  line_number bigint not null,
  unit_code text not null,
  village text not null,
  distance_km numeric,
  electricity text,
  signal text,
  cash_point_km numeric
);

create table webhook_endpoint (
  endpoint_id text not null,
  source text not null,
  url text not null,
  secret text not null,
  former_secret text,
  former_secret_until timestamp with time zone,
  kinds text[] not null,
  created_at timestamp with time zone not null,
  created_by bigint not null,
  disabled_at timestamp with time zone,
  disabled_reason text,
  constraint webhook_endpoint_pkey PRIMARY KEY (endpoint_id),
  constraint webhook_endpoint_url_check CHECK ((length(url) <= 2000))
);
comment on table webhook_endpoint is 'where a bank wants to be told by HTTP (Standard Webhooks)';
comment on column webhook_endpoint.secret is 'whsec_…, by which it checks the signature; shown once, to the pages'' login never';
CREATE INDEX webhook_endpoint_source ON public.webhook_endpoint USING btree (source);

create table withdrawal_report (
  person_key bigint not null,
  reference_key bigint,
  account_key bigint not null,
  line_number bigint not null,
  first_withdrawal_at timestamp with time zone,
  file_id integer not null,
  creditor_agent integer not null,
  first_withdrawal_date date,
  reported_through_date date not null,
  withdrawal_channel withdrawal_channel,
  withdrawn_amount numeric,
  end_to_end_id text
);
comment on table withdrawal_report is 'one row per line of a withdrawal report; person_key is the bucket of agent and account (negative), since a bank names only the payment';
comment on column withdrawal_report.first_withdrawal_at is 'null: none yet by reported_through_date (censored), which is not the same as not reported';
comment on column withdrawal_report.end_to_end_id is 'null: the bank names only the account, so no payment can be told';
CREATE INDEX withdrawal_report_file ON public.withdrawal_report USING brin (file_id, reported_through_date);

create unlogged table work_access_count (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  village text,
  payment_channel payment_channel not null,
  account_state account_state not null,
  has_card boolean not null,
  is_paid boolean not null,
  is_withdrawn boolean not null,
  is_first_of_month boolean not null,
  missing_fields smallint not null,
  entitlement_count bigint not null
);

create unlogged table work_account (
  account_key bigint not null,
  creditor_agent integer not null,
  holder_key bigint not null,
  account_status account_status not null,
  file_id bigint not null,
  line_number bigint not null
);
comment on table work_account is 'one row per account that matters to a subject: the report that stands on the day of the run (D14)';

create unlogged table work_alias (
  person_key bigint not null,
  alias_key bigint not null
);
comment on table work_alias is 'one row per id a subject is known under, the own one included';

create unlogged table work_bridge_cell (
  run_id bigint not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  due_amount numeric not null,
  to_due_amount numeric not null,
  carried_out_amount numeric not null,
  carried_in_amount numeric not null,
  shortfall jsonb not null,
  excess_over_amount numeric not null,
  excess_twice_amount numeric not null,
  unmatched_amount numeric not null,
  credited_amount numeric not null
);

create unlogged table work_candidate (
  person_key bigint not null,
  payment_number bigint not null
);
comment on table work_candidate is 'one row per payment without id × beneficiary whose account it may be';

create unlogged table work_claim (
  person_key bigint not null,
  payment_number bigint not null,
  match_rule match_rule not null,
  is_to_period boolean not null,
  turn bigint not null
);
comment on table work_claim is 'a payment about to be laid against one beneficiary''s entitlements: against its stated month, or the oldest open; taken in the order of turn';

create unlogged table work_clean_count (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null
);
comment on table work_clean_count is 'counted by this run, and with a minus what was counted for the same beneficiaries before';

create unlogged table work_clock_cell (
  scheme_id smallint not null,
  benefit_period integer not null,
  province_code text,
  creditor_agent integer,
  distance_band smallint,
  age_band smallint,
  payment_channel payment_channel not null,
  payee_type payee_type,
  sex sex,
  electricity text,
  signal text,
  needs text,
  cash_event cash_event not null,
  days integer,
  entitlement_count bigint not null,
  instructed_count bigint not null,
  due_to_instructed_days bigint not null,
  transferred_count bigint not null,
  instructed_to_credited_days bigint not null,
  activated_count bigint not null,
  credited_to_withdrawable_days bigint not null
);

create unlogged table work_clock_unit (
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  cash_event cash_event not null,
  days integer,
  entitlement_count bigint not null,
  instructed_count bigint not null,
  due_to_instructed_days bigint not null,
  transferred_count bigint not null,
  instructed_to_credited_days bigint not null,
  activated_count bigint not null,
  credited_to_withdrawable_days bigint not null
);

create unlogged table work_coefficient (
  scheme_id smallint not null,
  category_code text not null,
  from_period integer not null,
  before_period integer not null,
  coefficient numeric not null
);
comment on table work_coefficient is 'one row per category and span of months in which its coefficient stands; before_period is the first month after it';

create table work_correction (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  money_key text not null,
  moved_amount numeric not null,
  progress text not null,
  moved_date date,
  moved_by text,
  wants_live boolean not null
);
comment on table work_correction is 'while a result is published: what has become of each item of an approved list';

create unlogged table work_death (
  person_key bigint not null,
  death_period integer not null,
  constraint work_death_pkey PRIMARY KEY (person_key)
);
comment on table work_death is 'one row per subject the register holds for dead on the day of the run; money is due up to and including death_period';

create unlogged table work_description (
  person_key bigint not null,
  birth_date date,
  birth_year smallint,
  sex sex,
  unit_code text not null,
  beneficiary_name text not null
);
comment on table work_description is 'linkage: how lists describe a person, where person_identity does not say so yet';

create unlogged table work_entitlement (
  person_key bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_amount numeric not null,
  open_amount numeric not null,
  currency text not null,
  due_date date not null,
  late_after_date date not null,
  is_at_counter boolean not null,
  is_by_account boolean not null,
  unit_code text not null,
  start_period integer default 0 not null,
  constraint work_entitlement_pkey PRIMARY KEY (person_key, scheme_id, benefit_period)
);
comment on column work_entitlement.open_amount is 'due minus what is credited or on the way there so far; below zero where too much came';
comment on column work_entitlement.is_at_counter is 'some active line is to be paid in cash or at the post office';
comment on column work_entitlement.is_by_account is 'every active line is to be paid to an account or a wallet';
comment on column work_entitlement.start_period is 'the first month that is reconciled there; 0: all are';

create unlogged table work_exclusive_scheme (
  scheme_id smallint not null,
  exclusive_set text not null,
  constraint work_exclusive_scheme_pkey PRIMARY KEY (scheme_id)
);
comment on table work_exclusive_scheme is 'schemes of which a beneficiary may have only one of a set in a month';

create unlogged table work_expected (
  person_key bigint not null,
  account_key bigint not null,
  creditor_agent integer,
  expectation text not null,
  scheme_id smallint,
  benefit_period integer,
  list_status list_status,
  valid_from date,
  valid_to date
);
comment on table work_expected is 'accounts a beneficiary''s money may go to: list (for one scheme and month), own, payee (between two days)';

create unlogged table work_file (
  file_id bigint not null,
  constraint work_file_pkey PRIMARY KEY (file_id)
);
comment on table work_file is 'the files this run sees: sealed and not void when it began';

create unlogged table work_file_now (
  file_id bigint not null,
  constraint work_file_now_pkey PRIMARY KEY (file_id)
);
comment on table work_file_now is 'the files sealed and not void when the run began; work_file is what its statements look through: these, or for a moment those of the published result';

create unlogged table work_finding (
  person_key bigint not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  payment_number bigint,
  subject text not null,
  amount_at_stake numeric not null,
  currency text not null,
  unit_code text,
  evidence jsonb default '{}'::jsonb not null,
  source_rows jsonb default '[]'::jsonb not null
);
comment on table work_finding is 'one row per finding; evidence and source_rows: what the finding adds to the story of its entitlement or payment';

create unlogged table work_finding_change (
  person_key bigint not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount_at_stake numeric not null,
  sign smallint not null
);
comment on table work_finding_change is 'one row per finding that the run under way writes (sign 1) or takes away (−1); one that only says something else now is both';

create unlogged table work_known (
  person_key bigint not null,
  verified_date date
);
comment on table work_known is 'one row per id that the register names, as person_id or previous_id, by bucket';
comment on column work_known.verified_date is 'the latest on or before the day of the run; null: none is';
CREATE INDEX work_known_bucket ON public.work_known USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');

create unlogged table work_line (
  person_key bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  category_code text,
  component component not null,
  origin_period integer,
  due_amount numeric not null,
  currency text not null,
  due_date date not null,
  late_after_date date not null,
  list_status list_status not null,
  payment_channel payment_channel not null,
  creditor_agent integer,
  account_key bigint,
  unit_code text not null,
  file_id bigint not null,
  line_number bigint not null,
  doubled_amount numeric,
  doubled_rows jsonb,
  beneficiary_name text not null,
  village text,
  birth_date date,
  birth_year smallint,
  sex sex,
  payee_key bigint,
  needs text
);
comment on table work_line is 'one row per line key: the row that stands (D1); doubled_amount: what is at stake where it was stated twice';

create unlogged table work_listed_account (
  person_key bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  account_key bigint not null,
  creditor_agent integer not null,
  holder_key bigint not null,
  account_status account_status not null,
  is_own boolean not null,
  has_mandate boolean not null,
  is_covered boolean not null,
  file_id bigint not null,
  line_number bigint not null
);
comment on table work_listed_account is 'one row per entitlement × account that its active lines name and a bank reported: whose it is, and whether a mandate covers the due date';

create unlogged table work_mandate (
  person_key bigint not null,
  payee_key bigint not null,
  valid_from date not null,
  valid_to date,
  relation mandate_relation not null
);

create unlogged table work_match (
  person_key bigint not null,
  payment_number bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  match_rule match_rule not null,
  allocated_amount numeric not null,
  open_before_amount numeric not null,
  constraint work_match_pkey PRIMARY KEY (person_key, payment_number, scheme_id, benefit_period)
);
comment on table work_match is 'one row per payment × entitlement: what it gave there; 0 for payments that give nothing (rejected, returned, not collected)';

create unlogged table work_outcome (
  person_key bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  outcome_class outcome_class not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  on_the_way_amount numeric not null,
  carried_out_amount numeric not null,
  completed_date date,
  not_collected_date date,
  currency text not null,
  due_date date not null,
  late_after_date date not null,
  unit_code text not null,
  carried_in_amount numeric default 0 not null,
  constraint work_outcome_pkey PRIMARY KEY (person_key, scheme_id, benefit_period)
);

create unlogged table work_outcome_count (
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  unit_code text not null,
  outcome_class outcome_class not null,
  currency text not null,
  entitlement_count bigint not null,
  due_amount numeric not null,
  credited_amount numeric not null,
  to_due_amount numeric not null,
  carried_in_amount numeric default 0 not null
);

create unlogged table work_pair_candidate (
  first_key bigint not null,
  second_key bigint not null,
  first_name text not null,
  second_name text not null,
  first_points smallint not null,
  second_points smallint not null,
  first_birth_date date,
  second_birth_date date,
  first_birth_year smallint,
  second_birth_year smallint,
  first_sex sex,
  second_sex sex,
  first_unit_code text not null,
  second_unit_code text not null
);
comment on table work_pair_candidate is 'linkage: two descriptions under two ids that share a blocking key and can still reach the threshold';

create unlogged table work_payee_account (
  person_key bigint not null,
  creditor_agent integer not null,
  account_key bigint not null,
  valid_from date not null,
  valid_to date not null,
  payee_key bigint not null,
  activated_date date,
  reported_date date,
  has_card boolean not null
);
comment on table work_payee_account is 'active accounts of payees, for each beneficiary whose mandate names them, with its days';
CREATE INDEX work_payee_account_bucket ON public.work_payee_account USING brin (((person_key % (240)::bigint)) int8_minmax_multi_ops) WITH (pages_per_range='4');

create unlogged table work_payment (
  person_key bigint not null,
  payment_number bigint not null,
  payment_name text not null,
  beneficiary_key bigint,
  scheme_id smallint,
  benefit_period integer,
  until_period integer,
  currency text not null,
  creditor_agent integer not null,
  account_key bigint,
  payment_channel payment_channel,
  state text not null,
  face_amount numeric not null,
  is_taking boolean not null,
  instructed_amount numeric not null,
  credited_amount numeric,
  net_amount numeric not null,
  instructed_at timestamp with time zone,
  instructed_date date,
  credited_at timestamp with time zone,
  credited_date date,
  returned_at timestamp with time zone,
  returned_amount numeric,
  end_to_end_id text,
  return_reason_code text,
  reason_text text,
  conflict text,
  conflict_amount numeric,
  source_rows jsonb not null,
  constraint work_payment_pkey PRIMARY KEY (person_key, payment_number)
);
comment on table work_payment is 'one row per payment as seen on the day of the run (D4, D5); payment_number is its place in the order of D7';
comment on column work_payment.until_period is 'where the payment states no month: the last month it may be for';

create unlogged table work_payment_story (
  person_key bigint not null,
  payment_number bigint not null,
  evidence jsonb not null,
  source_rows jsonb not null,
  constraint work_payment_story_pkey PRIMARY KEY (person_key, payment_number)
);
comment on table work_payment_story is 'one row per payment with a finding: what was said about it and where it was placed';

create unlogged table work_person (
  person_key bigint not null
);
comment on table work_person is 'linkage: the persons compared anew, with everybody';

create unlogged table work_place (
  person_key bigint not null,
  payment_number bigint not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  constraint work_place_pkey PRIMARY KEY (person_key, payment_number)
);
comment on table work_place is 'one row per payment: the beneficiary, scheme and month of its first entitlement, else what it states itself';

create unlogged table work_province (
  unit_code text not null,
  province_code text not null,
  constraint work_province_pkey PRIMARY KEY (unit_code)
);
comment on table work_province is 'the province that every unit lies in on the day of the run, units that were merged into others too';

create unlogged table work_rate (
  scheme_id smallint not null,
  unit_code text not null,
  benefit_period integer not null,
  rate_amount numeric not null,
  right_from date not null,
  right_before date not null,
  is_owed boolean not null
);
comment on table work_rate is 'one row per scheme × unit × month × span of list days on which one rate is right (D33); unit_code is empty for all units without a rate of their own or of an ancestor';
comment on column work_rate.right_from is 'the day that rate came into force: a list of that day or later follows it';
comment on column work_rate.right_before is 'the day a better one came into force; infinity: none yet';
comment on column work_rate.is_owed is 'a higher rate in force on the day of the run applies to that month, and may already be owed to who was listed at this one (D34)';
CREATE INDEX work_rate_period ON public.work_rate USING btree (benefit_period);

create unlogged table work_rate_unit (
  scheme_id smallint not null,
  unit_code text not null
);
comment on table work_rate_unit is 'the units whose rate of that scheme is not simply the national one';

create unlogged table work_ready_finding (
  person_key bigint not null,
  run_id bigint not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  subject text not null,
  amount_at_stake numeric not null,
  currency text not null,
  unit_code text,
  evidence jsonb not null,
  source_rows jsonb not null
);
comment on table work_ready_finding is 'findings as they will be published, but for their rank: the types of finding are told with the same transaction';

create unlogged table work_ready_match (
  person_key bigint not null,
  run_id bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  payment_name text not null,
  match_rule match_rule not null,
  allocated_amount numeric not null,
  evidence jsonb not null,
  state text,
  creditor_agent integer,
  account_key bigint,
  instructed_date date,
  credited_date date,
  returned_date date
);
comment on table work_ready_match is 'matched payments as they will be published';

create unlogged table work_register_unit (
  unit_code text not null,
  constraint work_register_unit_pkey PRIMARY KEY (unit_code)
);
comment on table work_register_unit is 'units for which a population register was loaded by the day of the run';

create unlogged table work_scheme (
  scheme_id smallint not null,
  scheme text not null,
  currency text not null,
  due_day smallint,
  grace_days smallint not null,
  settlement_days smallint not null,
  collection_days smallint not null,
  place smallint default 0 not null,
  constraint work_scheme_pkey PRIMARY KEY (scheme_id)
);
comment on table work_scheme is 'the schemes as they stood when the run began';
comment on column work_scheme.place is 'among the codes in order: who has several schemes in a month is counted under the first';

create unlogged table work_screen (
  person_key bigint not null,
  scheme_id smallint,
  benefit_period integer,
  outcome_class outcome_class,
  due_amount numeric,
  currency text,
  unit_code text,
  report_count bigint not null,
  reference_key bigint,
  creditor_agent integer,
  payment_channel payment_channel,
  credited_date date,
  age_band smallint,
  sex sex,
  due_date date,
  instructed_at timestamp with time zone,
  activated_date date,
  reported_date date,
  account_state account_state,
  payee_key bigint,
  has_card boolean,
  is_first_of_month boolean,
  missing_fields smallint,
  village text,
  needs text
);
comment on table work_screen is 'one row per beneficiary × scheme × month in lists or payments; outcome_class null: not plainly in order, to be looked at in full';
comment on column work_screen.credited_date is 'of the one credit; null where nothing was credited';
comment on column work_screen.activated_date is 'of the listed account; null: no bank says when, or there is no account';
comment on column work_screen.reported_date is 'when the listed account was first reported active';
comment on column work_screen.payee_key is 'whose account or hands it goes to; null: the beneficiary''s own';

create unlogged table work_settlement_class (
  source text not null,
  file_id integer not null,
  line_number bigint not null,
  entry_date date not null,
  statement_number text not null,
  settlement_class settlement_class not null,
  rule text,
  is_credit boolean not null,
  amount numeric not null,
  currency text not null,
  scheme_id smallint,
  benefit_period integer,
  payment_count bigint not null,
  end_to_end_id text,
  entry_reference text,
  counterparty_key bigint,
  entry_text text
);
comment on table work_settlement_class is 'while a result is published: settlement_entry as it will be';

create unlogged table work_settlement_entry (
  entry_number bigint not null,
  source text not null,
  file_id integer not null,
  line_number bigint not null,
  account_key bigint not null,
  counterparty_key bigint,
  amount numeric not null,
  entry_date date not null,
  benefit_period integer,
  scheme_id smallint,
  is_credit boolean not null,
  entry_type text,
  is_payer boolean not null,
  currency text not null,
  statement_number text not null,
  end_to_end_id text,
  entry_reference text,
  entry_text text
);

create unlogged table work_settlement_link (
  entry_number bigint not null,
  payment_number bigint not null,
  rule text not null,
  amount numeric not null
);
comment on table work_settlement_link is 'one row per entry and payment behind it; amount above zero for a debit, below for a credit';

create unlogged table work_settlement_payment (
  payment_number bigint not null,
  source text not null,
  creditor_agent integer not null,
  end_to_end_id text,
  batch_reference text,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  beneficiary_key bigint,
  state text not null,
  instructed_amount numeric not null,
  net_amount numeric not null,
  returned_amount numeric not null,
  payment_date date,
  source_rows jsonb not null,
  payment_name text
);
comment on table work_settlement_payment is 'one row per payment as of the last settled result, of everybody; kept from night to night, and made anew where it was lost (it is not logged)';
comment on column work_settlement_payment.payment_name is 'by what one without a reference is found again; null: by agent and reference';

create unlogged table work_shared (
  person_key bigint not null
);
comment on table work_shared is 'beneficiaries who share a reference or an account with somebody; a person may stand here twice';

create unlogged table work_start (
  scheme_id smallint not null,
  unit_code text not null,
  start_period integer not null,
  constraint work_start_pkey PRIMARY KEY (scheme_id, unit_code)
);
comment on table work_start is 'one row per scheme and unit that has a first month, of its own or of the nearest unit above; unit_code empty: everywhere else';

create unlogged table work_story (
  person_key bigint not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  evidence jsonb not null,
  source_rows jsonb not null,
  constraint work_story_pkey PRIMARY KEY (person_key, scheme_id, benefit_period)
);
comment on table work_story is 'one row per entitlement with a finding: its lines, payments and rules, as evidence';

create unlogged table work_subject (
  person_key bigint not null,
  constraint work_subject_pkey PRIMARY KEY (person_key)
);
comment on table work_subject is 'the beneficiaries worked out in full by this run; all others are plainly in order';

create unlogged table work_tally (
  kind text not null,
  is_subject boolean not null,
  scheme_id smallint,
  benefit_period integer,
  currency text not null,
  row_count bigint not null,
  amount numeric
);
comment on table work_tally is 'rows and amounts as filed, which the checks hold against what was worked out';

create unlogged table work_term (
  scheme_id smallint not null,
  benefit_period integer not null,
  stated_due_date date not null,
  due_date date not null,
  late_after_date date not null
);
comment on table work_term is 'one row per scheme × month × due date as listed (-infinity: none): the due date and T';

create unlogged table work_touched (
  person_key bigint not null,
  round integer not null,
  constraint work_touched_pkey PRIMARY KEY (person_key)
);
comment on table work_touched is 'the beneficiaries (and the buckets of payments that name nobody) that the run works out; round: how many steps away from what changed';

create unlogged table work_unmatched (
  person_key bigint not null,
  payment_number bigint not null,
  reason text not null
);
comment on table work_unmatched is 'one row per payment that no rule could place: not_on_list, paid_while_suspended or ambiguous_payment';

create unlogged table work_village (
  unit_code text not null,
  village text not null,
  distance_band smallint,
  electricity text,
  signal text,
  constraint work_village_pkey PRIMARY KEY (unit_code, village)
);
comment on table work_village is 'the villages as they stood when the run began';

create unlogged table work_wake (
  person_key bigint not null,
  wakes_on date not null
);

create unlogged table entitlement_clock_before partition of entitlement_clock FOR VALUES IN ('3');

create table entitlement_clock_even partition of entitlement_clock FOR VALUES IN ('0');

create unlogged table entitlement_clock_new partition of entitlement_clock FOR VALUES IN ('2');

create table entitlement_clock_odd partition of entitlement_clock FOR VALUES IN ('1');

alter table alarm_delivery add constraint alarm_delivery_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarm(alarm_id);
alter table api_assertion add constraint api_assertion_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(client_id);
alter table api_client add constraint api_client_created_by_fkey FOREIGN KEY (created_by) REFERENCES staff(staff_id);
alter table api_client add constraint api_client_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES staff(staff_id);
alter table api_client add constraint api_client_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table api_key add constraint api_key_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(client_id);
alter table api_key add constraint api_key_created_by_fkey FOREIGN KEY (created_by) REFERENCES staff(staff_id);
alter table api_key add constraint api_key_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES staff(staff_id);
alter table api_key add constraint api_key_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table approval_band_change add constraint approval_band_change_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(staff_id);
alter table approval_band_change add constraint approval_band_change_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES staff(staff_id);
alter table approval_band_change add constraint approval_band_change_scope_level_fkey FOREIGN KEY (scope_level) REFERENCES approval_band(scope_level);
alter table approval_band_change add constraint approval_band_change_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id);
alter table bank_delivery add constraint bank_delivery_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(endpoint_id);
alter table bank_delivery add constraint bank_delivery_event_id_fkey FOREIGN KEY (event_id) REFERENCES bank_event(event_id);
alter table bank_question add constraint bank_question_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff(staff_id);
alter table bank_question add constraint bank_question_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff(staff_id);
alter table case_attachment add constraint case_attachment_person_key_finding_id_event_number_fkey FOREIGN KEY (person_key, finding_id, event_number) REFERENCES case_event(person_key, finding_id, event_number) DEFERRABLE;
alter table case_batch add constraint case_batch_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table case_event add constraint case_event_acting_for_fkey FOREIGN KEY (acting_for) REFERENCES staff(staff_id);
alter table case_event add constraint case_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES staff(staff_id);
alter table case_event add constraint case_event_approves_an_appraisal FOREIGN KEY (person_key, finding_id, appraisal_number, appraised_by, appraised_kind) REFERENCES case_event(person_key, finding_id, event_number, actor_id, kind) DEFERRABLE;
alter table case_event add constraint case_event_person_key_finding_id_fkey FOREIGN KEY (person_key, finding_id) REFERENCES case_record(person_key, finding_id) DEFERRABLE;
alter table case_message add constraint case_message_person_key_finding_id_fkey FOREIGN KEY (person_key, finding_id) REFERENCES case_record(person_key, finding_id) DEFERRABLE;
alter table case_message add constraint case_message_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES staff(staff_id);
alter table case_record add constraint case_record_approval_is_of_the_appraisal FOREIGN KEY (person_key, finding_id, approval_number, appraisal_number) REFERENCES case_event(person_key, finding_id, event_number, appraisal_number) DEFERRABLE INITIALLY DEFERRED;
alter table case_record add constraint case_record_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES staff(staff_id);
alter table case_record add constraint case_record_stands_at_its_last_event FOREIGN KEY (person_key, finding_id, last_event, step) REFERENCES case_event(person_key, finding_id, event_number, step) DEFERRABLE INITIALLY DEFERRED;
alter table complaint add constraint complaint_person_key_finding_id_fkey FOREIGN KEY (person_key, finding_id) REFERENCES case_record(person_key, finding_id) DEFERRABLE;
alter table complaint add constraint complaint_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES staff(staff_id);
alter table correction_list add constraint correction_list_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff(staff_id);
alter table correction_list add constraint correction_list_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff(staff_id);
alter table correction_list add constraint correction_list_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES staff(staff_id);
alter table correction_list add constraint correction_list_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id);
alter table idempotent_request add constraint idempotent_request_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table mail_address add constraint mail_address_created_by_fkey FOREIGN KEY (created_by) REFERENCES staff(staff_id);
alter table night_step add constraint night_step_as_of_fkey FOREIGN KEY (as_of) REFERENCES night(as_of);
alter table period_event add constraint period_event_acting_for_fkey FOREIGN KEY (acting_for) REFERENCES staff(staff_id);
alter table period_event add constraint period_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES staff(staff_id);
alter table period_event add constraint period_event_answers_who_asked FOREIGN KEY (place_code, benefit_period, previous_number, asked_by) REFERENCES period_event(place_code, benefit_period, event_number, actor_id);
alter table period_event add constraint period_event_follows FOREIGN KEY (place_code, benefit_period, previous_number, previous_kind) REFERENCES period_event(place_code, benefit_period, event_number, kind);
alter table period_event add constraint period_event_has_its_minutes FOREIGN KEY (place_code, benefit_period, issued_version) REFERENCES period_minutes(place_code, benefit_period, version_number) DEFERRABLE INITIALLY DEFERRED;
alter table period_event add constraint period_event_has_its_snapshot FOREIGN KEY (place_code, benefit_period, round_number) REFERENCES period_snapshot(place_code, benefit_period, round_number) DEFERRABLE INITIALLY DEFERRED;
alter table period_event add constraint period_event_next_version FOREIGN KEY (place_code, benefit_period, previous_number, version_number) REFERENCES period_event(place_code, benefit_period, event_number, version_after);
alter table period_event add constraint period_event_stays_in_its_round FOREIGN KEY (place_code, benefit_period, previous_number, continued_round) REFERENCES period_event(place_code, benefit_period, event_number, round_number);
alter table period_minutes add constraint period_minutes_of_the_version FOREIGN KEY (place_code, benefit_period, issued_number, version_number) REFERENCES period_event(place_code, benefit_period, event_number, version_after);
alter table period_minutes add constraint period_minutes_were_issued FOREIGN KEY (place_code, benefit_period, issued_number, issued_kind) REFERENCES period_event(place_code, benefit_period, event_number, kind);
alter table period_snapshot add constraint period_snapshot_of_a_round FOREIGN KEY (place_code, benefit_period, round_number, prepared_kind) REFERENCES period_event(place_code, benefit_period, event_number, kind) DEFERRABLE INITIALLY DEFERRED;
alter table saved_view add constraint saved_view_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table staff_absence add constraint staff_absence_absent_id_fkey FOREIGN KEY (absent_id) REFERENCES staff(staff_id);
alter table staff_absence add constraint staff_absence_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES staff(staff_id);
alter table staff_absence add constraint staff_absence_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff(staff_id);
alter table staff_change add constraint staff_change_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(staff_id);
alter table staff_change add constraint staff_change_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES staff(staff_id);
alter table staff_change add constraint staff_change_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table staff_change add constraint staff_change_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id);
alter table staff_device add constraint staff_device_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table staff_session add constraint staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table staff_unit add constraint staff_unit_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table trail_entry add constraint trail_entry_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table upload add constraint upload_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id);
alter table webhook_endpoint add constraint webhook_endpoint_created_by_fkey FOREIGN KEY (created_by) REFERENCES staff(staff_id);

CREATE CONSTRAINT TRIGGER trail_entry_chained AFTER INSERT ON public.trail_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trail_chain();

create view administrative_unit as
 SELECT DISTINCT ON (r.unit_code, r.valid_from) r.unit_code,
    r.name,
    r.unit_type,
    r.level,
    r.parent_code,
    r.valid_from,
    r.valid_to,
    r.legal_basis
   FROM (administrative_unit_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.unit_code, r.valid_from, r.file_id DESC, r.line_number DESC;

create view audited_approval_band_change with (security_invoker=true) as
 SELECT change_id,
    scope_level,
    changed_at,
    changed_by,
    reason,
    confirmed_at,
    confirmed_by,
    withdrawn_at,
    withdrawn_by,
    (change_id)::text AS row_key,
    trail_text(VARIADIC ARRAY[(change_id)::text, scope_level, (up_to_amount)::text, trail_instant(changed_at), (changed_by)::text, reason]) AS row_text,
    trail_text(VARIADIC ARRAY[(change_id)::text, trail_instant(confirmed_at), (confirmed_by)::text, trail_instant(withdrawn_at), (withdrawn_by)::text]) AS outcome_text
   FROM approval_band_change;

create view audited_case_event with (security_invoker=true) as
 SELECT person_key,
    finding_id,
    event_number,
    happened_at,
    actor_id,
    kind,
    step,
    ((finding_id || ' '::text) || event_number) AS row_key,
    trail_text(VARIADIC ARRAY[finding_id, (event_number)::text, unit_code, trail_instant(happened_at), (actor_id)::text, (acting_for)::text, kind, step, resolution, (amount)::text, comment, (appraisal_number)::text, (appraised_by)::text, (appraised_for)::text, (details)::text]) AS row_text
   FROM case_event;
comment on view audited_case_event is 'without person_key: taking a person''s key away leaves the chain whole';

create view audited_ingest_profile with (security_invoker=true) as
 SELECT name,
    version,
    saved_at,
    source,
    ((name || '@'::text) || version) AS row_key,
    trail_text(VARIADIC ARRAY[name, (version)::text, source, trail_instant(saved_at), (description)::text]) AS row_text
   FROM ingest_profile;

create view audited_period_event with (security_invoker=true) as
 SELECT e.place_code,
    e.benefit_period,
    e.event_number,
    ((((COALESCE(NULLIF(e.place_code, ''::text), '-'::text) || ' '::text) || e.benefit_period) || ' '::text) || e.event_number) AS row_key,
    (trail_text(VARIADIC ARRAY[e.place_code, (e.benefit_period)::text, (e.event_number)::text, e.kind, (e.version_number)::text, (e.round_number)::text, (e.actor_id)::text, trail_instant(e.happened_at), e.reason, (e.asked_by)::text, s.sha256, m.sha256]) ||
        CASE
            WHEN (e.acting_for IS NULL) THEN ''::text
            ELSE trail_text(VARIADIC ARRAY[(e.acting_for)::text])
        END) AS row_text
   FROM ((period_event e
     JOIN period_snapshot s ON (((s.place_code = e.place_code) AND (s.benefit_period = e.benefit_period) AND (s.round_number = e.round_number))))
     LEFT JOIN period_minutes m ON (((m.place_code = e.place_code) AND (m.benefit_period = e.benefit_period) AND (m.issued_number = e.event_number))));

create view audited_run with (security_invoker=true) as
 SELECT run_id,
    as_of,
    finished_at,
    (run_id)::text AS row_key,
    trail_text(VARIADIC ARRAY[(run_id)::text, (as_of)::text, mode, engine_version, (file_count)::text, trail_instant(started_at), trail_instant(finished_at)]) AS row_text
   FROM run
  WHERE (status = 'published'::text);

create view audited_source_file with (security_invoker=true) as
 SELECT file_id,
    recorded_at,
    kind,
    source,
    status,
    void_reason,
    voided_at,
    (file_id)::text AS row_key,
    trail_text(VARIADIC ARRAY[(file_id)::text, sha256, file_name, kind, source,
        CASE
            WHEN (status = 'refused'::text) THEN 'refused'::text
            ELSE 'sealed'::text
        END, (size_bytes)::text, (line_count)::text, (accepted_count)::text, (repeat_count)::text, (ignored_count)::text, (problem_count)::text, trail_instant(recorded_at), profile_name, (profile_version)::text, (refusal)::text]) AS row_text,
    trail_text(VARIADIC ARRAY[(file_id)::text, trail_instant(voided_at), void_reason]) AS void_text
   FROM source_file
  WHERE (file_id > 0);

create view audited_staff_change with (security_invoker=true) as
 SELECT change_id,
    staff_id,
    changed_at,
    changed_by,
    reason,
    confirmed_at,
    confirmed_by,
    withdrawn_at,
    withdrawn_by,
    change,
    (change_id)::text AS row_key,
    trail_text(VARIADIC ARRAY[(change_id)::text, (staff_id)::text, trail_instant(changed_at), (changed_by)::text, (change)::text, reason, (needs_second)::text]) AS row_text,
    trail_text(VARIADIC ARRAY[(change_id)::text, trail_instant(confirmed_at), (confirmed_by)::text, trail_instant(withdrawn_at), (withdrawn_by)::text]) AS outcome_text
   FROM staff_change;

create view bank as
 SELECT DISTINCT ON (r.creditor_agent) r.creditor_agent,
    r.name,
    r.citad_institution,
    r.swift
   FROM (bank_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.creditor_agent, r.file_id DESC, r.line_number DESC;

create view calendar as
 SELECT DISTINCT ON (r.calendar_date) r.calendar_date,
    r.kind,
    r.name
   FROM (calendar_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.calendar_date, r.file_id DESC, r.line_number DESC;
comment on view calendar is 'one row per day that is a holiday, or a weekend day that is worked';

create view campaign as
 SELECT DISTINCT ON (r.name, r.unit_code, r.scheme_id) r.name,
    r.unit_code,
    r.scheme_id,
    r.target_percent,
    r.target_date,
    r.start_date,
    r.legal_basis
   FROM (campaign_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.name, r.unit_code, r.scheme_id, r.file_id DESC, r.line_number DESC;
comment on view campaign is 'one row per campaign, place and scheme: as the newest sealed file states it';

create view colleague as
 SELECT staff_id,
    display_name,
        CASE
            WHEN is_known THEN roles
            ELSE NULL::text[]
        END AS roles,
        CASE
            WHEN is_known THEN unit_code
            ELSE NULL::text
        END AS unit_code,
        CASE
            WHEN is_known THEN scope_level
            ELSE NULL::text
        END AS scope_level,
        CASE
            WHEN is_known THEN is_active
            ELSE NULL::boolean
        END AS is_active
   FROM ( SELECT s_1.staff_id,
            s_1.user_name,
            s_1.display_name,
            s_1.roles,
            s_1.unit_code,
            s_1.scope_level,
            s_1.creditor_agent,
            s_1.is_active,
            s_1.password_hash,
            s_1.password_changed_at,
            s_1.totp_secret,
            s_1.totp_last_step,
            s_1.is_totp_required,
            s_1.oidc_issuer,
            s_1.oidc_subject,
            s_1.created_at,
            s_1.password_is_one_time,
            s_1.is_service,
            ((( SELECT desk_agent() AS desk_agent) IS NULL) OR (s_1.creditor_agent = ( SELECT desk_agent() AS desk_agent))) AS is_known
           FROM staff s_1) s
  WHERE (is_known OR (staff_id IN ( SELECT bank_question.answered_by
           FROM bank_question
          WHERE (bank_question.creditor_agent = ( SELECT desk_agent() AS desk_agent)))));
comment on view colleague is 'people who may use the pages, as others may know them: for a bank those of its own alone, and by name whoever answered for it';

create view correction_proposal with (security_invoker=true) as
 SELECT c.person_key,
    c.finding_id,
    c.list_kind,
    c.code,
    c.scheme_id,
    c.benefit_period,
    c.unit_code,
    c.currency,
    c.amount,
    c.before_amount,
    c.money_key,
    c.payment_channel,
    c.creditor_agent,
    c.creditor_account,
    c.account_origin,
    c.creditor_name,
    c.beneficiary_name,
    c.return_reason_code,
    c.monthly_amount,
    c.asked,
    c.from_whom,
    c.lines,
        CASE
            WHEN (EXISTS ( SELECT
               FROM correction_item i
              WHERE ((i.person_key = c.person_key) AND (i.money_key = c.money_key) AND i.is_live))) THEN 'on_list'::text
            WHEN ((c.list_kind = ANY (ARRAY['recovery'::text, 'offset'::text])) AND (EXISTS ( SELECT
               FROM (correction_item i
                 CROSS JOIN LATERAL ( SELECT
                            CASE
                                WHEN (i.money_key ~~ 'payment|%'::text) THEN i.money_key
                                ELSE c.money_key
                            END AS payment_key,
                            CASE
                                WHEN (i.money_key ~~ 'payment|%'::text) THEN c.scheme_id
                                ELSE i.scheme_id
                            END AS scheme_id,
                            CASE
                                WHEN (i.money_key ~~ 'payment|%'::text) THEN c.benefit_period
                                ELSE i.benefit_period
                            END AS benefit_period) x)
              WHERE ((i.person_key = c.person_key) AND i.is_live AND (((i.money_key ~~ 'payment|%'::text) AND (c.money_key ~~ 'excess|%'::text)) OR ((i.money_key ~~ 'excess|%'::text) AND (c.money_key ~~ 'payment|%'::text))) AND (((i.scheme_id = c.scheme_id) AND (i.benefit_period = c.benefit_period)) OR (EXISTS ( SELECT
                       FROM matched_payment m
                      WHERE ((m.person_key = c.person_key) AND (m.scheme_id = x.scheme_id) AND (m.benefit_period = x.benefit_period) AND (('payment|'::text || m.payment_name) = x.payment_key))))))))) THEN 'on_list'::text
            WHEN ((c.left_out IS NOT NULL) AND (NOT COALESCE((k.decision = ANY (c.lifted_by)), false))) THEN c.left_out
            WHEN ((k.decision IS NOT NULL) AND (NOT (k.decision = ANY (
            CASE c.list_kind
                WHEN 'supplementary'::text THEN ARRAY['repaid'::text, 'account_corrected'::text, 'bank_error_fixed'::text, 'list_corrected'::text]
                WHEN 'carried_over'::text THEN ARRAY['repaid'::text, 'account_corrected'::text, 'bank_error_fixed'::text, 'list_corrected'::text, 'offset_next_period'::text]
                WHEN 'recovery'::text THEN ARRAY['recovered'::text]
                WHEN 'offset'::text THEN ARRAY['offset_next_period'::text]
                ELSE ARRAY['repaid'::text, 'account_corrected'::text, 'bank_error_fixed'::text, 'list_corrected'::text, 'recovered'::text]
            END)))) THEN 'decided_otherwise'::text
            WHEN ((k.decision IS NOT NULL) AND (k.decided_amount > (0)::numeric) AND (k.decided_amount <> c.amount)) THEN 'decided_otherwise'::text
            WHEN k.is_sent_back THEN 'sent_back'::text
            WHEN ((c.list_kind = ANY (ARRAY['supplementary'::text, 'carried_over'::text])) AND (EXISTS ( SELECT
               FROM (case_record m
                 JOIN complaint p USING (person_key, finding_id))
              WHERE ((m.person_key = c.person_key) AND (m.code = 'complaint'::text) AND m.is_open AND COALESCE((m.benefit_period = c.benefit_period), true) AND COALESCE((m.scheme_id = c.scheme_id), true))))) THEN 'complaint_open'::text
            WHEN ((c.list_kind <> 'account_fix'::text) AND ((c.person_key, c.finding_id) IN ( SELECT q.person_key,
                q.finding_id
               FROM bank_question q
              WHERE (q.answered_at IS NULL)))) THEN 'bank_asked'::text
            ELSE NULL::text
        END AS left_out
   FROM (correction_candidate c
     LEFT JOIN LATERAL ( SELECT
                CASE
                    WHEN (m.step = ANY (ARRAY['approved'::text, 'answered'::text])) THEN m.resolution
                    ELSE NULL::text
                END AS decision,
            ( SELECT e.amount
                   FROM case_event e
                  WHERE ((e.person_key = m.person_key) AND (e.finding_id = m.finding_id) AND (e.event_number = m.appraisal_number) AND (m.step = ANY (ARRAY['approved'::text, 'answered'::text])))) AS decided_amount,
            ((m.step = 'received'::text) AND COALESCE(( SELECT (e.kind = 'sent_back'::text)
                   FROM case_event e
                  WHERE ((e.person_key = m.person_key) AND (e.finding_id = m.finding_id) AND (e.kind = ANY (ARRAY['appraised'::text, 'sent_back'::text, 'amount_changed'::text, 'found_again'::text])))
                  ORDER BY e.event_number DESC
                 LIMIT 1), false)) AS is_sent_back
           FROM case_record m
          WHERE ((m.person_key = c.person_key) AND (m.finding_id = c.finding_id))) k ON (true));
comment on view correction_proposal is 'what a list made now would hold and leave out: the candidates of the result, and what people and other lists have decided since';

create view handed_in with (security_invoker=true) as
 SELECT u.upload_id,
    u.source,
    u.channel,
    u.file_name,
    u.declared_kind,
    u.declared_profile,
    u.declared_count,
    u.declared_sum,
    u.size_bytes,
    u.sha256,
    u.received_at,
        CASE
            WHEN ((u.status = 'sealed'::text) AND (f.status = 'void'::text)) THEN 'void'::text
            ELSE u.status
        END AS status,
    u.started_at,
    u.finished_at,
    u.bytes_read,
    u.lines_read,
    u.file_id,
    u.is_repeat,
        CASE
            WHEN (u.is_repeat OR (u.status = ANY (ARRAY['received'::text, 'processing'::text]))) THEN ( SELECT e.upload_id
               FROM upload e
              WHERE ((e.source = u.source) AND (e.sha256 = u.sha256) AND (e.status = ANY (ARRAY['received'::text, 'processing'::text, 'sealed'::text])) AND (NOT e.is_repeat) AND (e.upload_id <> u.upload_id) AND (e.received_at <= u.received_at))
              ORDER BY e.received_at, (e.upload_id COLLATE "C")
             LIMIT 1)
            ELSE NULL::text
        END AS repeat_of,
    COALESCE(u.refusal, f.refusal) AS refusal,
    u.failure_code,
    f.kind,
    f.format,
    f.line_count,
    f.accepted_count,
    f.repeat_count,
    f.problem_count,
    f.ignored_count,
    f.control_sum,
    f.is_control_sum_checked
   FROM (upload u
     LEFT JOIN source_file f ON ((f.file_id = u.file_id)));
comment on view handed_in is 'files handed in as their sender sees them; void: withdrawn after it was sealed; repeat_of: the sender''s earlier upload of the same bytes, while they count';

create view payer_account as
 SELECT DISTINCT ON (r.unit_code, r.applies_from) r.unit_code,
    r.debtor_name,
    r.debtor_agent,
    r.debtor_account,
    r.cash_agent,
    r.offset_percent,
    r.not_collected,
    r.collection_months,
    r.applies_from,
    r.legal_basis
   FROM (payer_account_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.unit_code, r.applies_from, r.file_id DESC, r.line_number DESC;

create view payment_organisation with (security_invoker=true) as
 SELECT source,
    name,
    account_key,
    creditor_agent,
    payer_key,
    legal_basis
   FROM payment_organisation_row r
  WHERE (file_id = ( SELECT max(o.file_id) AS max
           FROM (payment_organisation_row o
             JOIN source_file f ON ((f.file_id = o.file_id)))
          WHERE ((f.status = 'sealed'::text) AND (o.source = r.source))));
comment on view payment_organisation is 'one row per organisation, account of its own and account of the payer: as the newest sealed file that names the organisation states it';

create view published_clock with (security_invoker=true) as
 SELECT person_key,
    slot,
    scheme_id,
    benefit_period,
    due_date,
    credited_date,
    creditor_agent,
    due_to_instructed_days,
    instructed_to_credited_days,
    credited_to_withdrawable_days,
    days,
    distance_band,
    age_band,
    missing_fields,
    outcome_class,
    cash_event,
    account_state,
    payment_channel,
    payee_type,
    sex,
    has_card,
    is_paid,
    is_first_of_month,
    due_amount,
    unit_code,
    village,
    electricity,
    signal,
    needs
   FROM entitlement_clock
  WHERE (slot = ( SELECT run.clock_slot
           FROM run
          WHERE (run.status = 'published'::text)
          ORDER BY run.run_id DESC
         LIMIT 1));
comment on view published_clock is 'one row per entitlement of everybody, as published';

create view reason_code as
 SELECT DISTINCT ON (r.code) r.code,
    r.class,
    r.owner,
    r.retryable,
    r.person_caused,
    r.name_vi,
    r.name_en
   FROM (reason_code_row r
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.code, r.file_id DESC, r.line_number DESC;

create view scheme as
 SELECT DISTINCT ON (r.scheme_id) r.scheme_id,
    c.scheme,
    r.name_vi,
    r.name_en,
    COALESCE(r.currency, 'VND'::text) AS currency,
    r.due_day,
    COALESCE((r.grace_days)::integer, 0) AS grace_days,
    COALESCE((r.settlement_days)::integer, 3) AS settlement_days,
    r.exclusive_set,
    COALESCE((r.collection_days)::integer, 30) AS collection_days
   FROM ((scheme_row r
     JOIN scheme_code c USING (scheme_id))
     JOIN source_file f USING (file_id))
  WHERE (f.status = 'sealed'::text)
  ORDER BY r.scheme_id, r.file_id DESC, r.line_number DESC;
comment on view scheme is 'one row per scheme now in force: the newest sealed file''s';

alter table access_count enable row level security;
create policy by_unit on access_count as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table account_report enable row level security;
create policy by_person on account_report as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table account_statement_row enable row level security;
create policy of_the_country on account_statement_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table api_client enable row level security;
create policy of_own_bank on api_client as permissive for select to tantay_desk using ((( SELECT desk_has_role(VARIADIC ARRAY['administrator'::text]) AS desk_has_role) OR (creditor_agent = ( SELECT desk_agent() AS desk_agent))));

alter table api_key enable row level security;
create policy of_own_bank on api_key as permissive for select to tantay_desk using ((( SELECT desk_has_role(VARIADIC ARRAY['administrator'::text]) AS desk_has_role) OR (creditor_agent = ( SELECT desk_agent() AS desk_agent))));

alter table bank_delivery enable row level security;
create policy of_own_bank on bank_delivery as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (source = (( SELECT desk_agent() AS desk_agent))::text)));

alter table bank_event enable row level security;
create policy of_own_bank on bank_event as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (source = (( SELECT desk_agent() AS desk_agent))::text)));

alter table bank_question enable row level security;
create policy asked_by_officers on bank_question as permissive for insert to tantay_desk with check (((asked_by = ( SELECT desk_staff() AS desk_staff)) AND (answered_at IS NULL) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text]) AS desk_has_role) AND (( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes)))));
create policy of_the_case on bank_question as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes)) OR (creditor_agent = ( SELECT desk_agent() AS desk_agent))));

alter table bank_score enable row level security;
create policy of_own_bank on bank_score as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (creditor_agent = ( SELECT desk_agent() AS desk_agent))));

alter table bridge_cell enable row level security;
create policy of_the_country on bridge_cell as permissive for select to tantay_desk using (( SELECT desk_sees_all() AS desk_sees_all));

alter table case_attachment enable row level security;
create policy by_unit on case_attachment as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy own_work on case_attachment as permissive for insert to tantay_desk with check ((EXISTS ( SELECT
   FROM case_event e
  WHERE ((e.person_key = case_attachment.person_key) AND (e.finding_id = case_attachment.finding_id) AND (e.event_number = case_attachment.event_number) AND (e.actor_id = ( SELECT desk_staff() AS desk_staff)) AND (NOT (e.unit_code IS DISTINCT FROM case_attachment.unit_code))))));

alter table case_batch enable row level security;
create policy own on case_batch as permissive for all to tantay_desk using ((staff_id = ( SELECT desk_staff() AS desk_staff))) with check ((staff_id = ( SELECT desk_staff() AS desk_staff)));

alter table case_event enable row level security;
create policy by_unit on case_event as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy own_work on case_event as permissive for insert to tantay_desk with check (((actor_id = ( SELECT desk_staff() AS desk_staff)) AND (EXISTS ( SELECT
   FROM case_record c
  WHERE ((c.person_key = case_event.person_key) AND (c.finding_id = case_event.finding_id) AND (NOT (c.unit_code IS DISTINCT FROM case_event.unit_code))))) AND
CASE kind
    WHEN 'approved'::text THEN desk_may_approve(person_key, finding_id, appraisal_number, acting_for)
    WHEN 'sent_back'::text THEN (((acting_for IS NULL) AND ( SELECT desk_has_role(VARIADIC ARRAY['approver'::text]) AS desk_has_role)) OR (EXISTS ( SELECT
       FROM staff_absence a
      WHERE ((a.absent_id = case_event.acting_for) AND (a.deputy_id = case_event.actor_id) AND (a.ended_at IS NULL)))))
    WHEN 'commented'::text THEN ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text]) AS desk_has_role)
    WHEN 'bank_asked'::text THEN (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text]) AS desk_has_role) AND (acting_for IS NULL))
    WHEN 'bank_answered'::text THEN false
    ELSE (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND (acting_for IS NULL))
END));

alter table case_message enable row level security;
create policy again on case_message as permissive for update to tantay_desk using (((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role))) with check ((sent_by = ( SELECT desk_staff() AS desk_staff)));
create policy by_unit on case_message as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy own_work on case_message as permissive for insert to tantay_desk with check (((sent_by = ( SELECT desk_staff() AS desk_staff)) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND (EXISTS ( SELECT
   FROM case_record c
  WHERE ((c.person_key = case_message.person_key) AND (c.finding_id = case_message.finding_id) AND (NOT (c.unit_code IS DISTINCT FROM case_message.unit_code)))))));

alter table case_record enable row level security;
create policy by_unit on case_record as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy complaints on case_record as permissive for insert to tantay_desk with check (((code = 'complaint'::text) AND (( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND (version = 0) AND (step = 'new'::text)));
create policy work on case_record as permissive for update to tantay_desk using (((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text]) AS desk_has_role)));

alter table case_tally enable row level security;
create policy by_unit on case_tally as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy own_work on case_tally as permissive for insert to tantay_desk with check (((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))) AND ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text]) AS desk_has_role)));

alter table clean_count enable row level security;
create policy by_unit on clean_count as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table clock_cell enable row level security;
create policy by_province on clock_cell as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (province_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table clock_unit enable row level security;
create policy by_unit on clock_unit as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table complaint enable row level security;
create policy by_unit on complaint as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));
create policy own_work on complaint as permissive for insert to tantay_desk with check (((taken_by = ( SELECT desk_staff() AS desk_staff)) AND (file_id IS NULL) AND (EXISTS ( SELECT
   FROM case_record c
  WHERE ((c.person_key = complaint.person_key) AND (c.finding_id = complaint.finding_id) AND (c.code = 'complaint'::text) AND (NOT (c.unit_code IS DISTINCT FROM complaint.unit_code)))))));

alter table complaint_row enable row level security;
create policy by_unit_or_person on complaint_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes)) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table correction_candidate enable row level security;
create policy by_unit on correction_candidate as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table correction_item enable row level security;
create policy by_unit on correction_item as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table correction_list enable row level security;
create policy by_unit on correction_list as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table correction_offset enable row level security;
create policy by_item on correction_offset as permissive for select to tantay_desk using (((( SELECT desk_staff() AS desk_staff) IS NOT NULL) AND (EXISTS ( SELECT
   FROM correction_item i
  WHERE ((i.person_key = correction_offset.person_key) AND (i.list_id = correction_offset.list_id) AND (i.item_number = correction_offset.item_number))))));

alter table coverage_day enable row level security;
create policy by_unit on coverage_day as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table entitlement_clock enable row level security;
create policy by_unit on entitlement_clock as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table entitlement_line enable row level security;
create policy by_unit_or_person on entitlement_line as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes)) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table exemption_row enable row level security;
create policy by_person on exemption_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table finding enable row level security;
create policy by_unit on finding as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table finding_count enable row level security;
create policy by_unit on finding_count as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table finding_total enable row level security;
create policy of_the_country on finding_total as permissive for select to tantay_desk using (( SELECT desk_sees_all() AS desk_sees_all));

alter table finding_unit enable row level security;
create policy by_unit on finding_unit as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table ignored_lines enable row level security;
create policy of_own_files on ignored_lines as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (EXISTS ( SELECT
   FROM source_file f
  WHERE ((f.file_id = ignored_lines.file_id) AND (f.source = (( SELECT desk_agent() AS desk_agent))::text))))));

alter table mail_address enable row level security;
create policy of_own_bank on mail_address as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (source = (( SELECT desk_agent() AS desk_agent))::text)));

alter table mandate_row enable row level security;
create policy by_person on mandate_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table matched_payment enable row level security;
create policy by_person on matched_payment as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table night enable row level security;
create policy for_offices on night as permissive for select to tantay_desk using (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'approver'::text, 'payer'::text, 'auditor'::text, 'administrator'::text]) AS desk_has_role));

alter table night_step enable row level security;
create policy for_overseers on night_step as permissive for select to tantay_desk using (( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text, 'administrator'::text]) AS desk_has_role));

alter table outcome enable row level security;
create policy by_unit on outcome as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table outcome_count enable row level security;
create policy by_unit on outcome_count as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes))));

alter table outcome_total enable row level security;
create policy of_the_country on outcome_total as permissive for select to tantay_desk using (( SELECT desk_sees_all() AS desk_sees_all));

alter table outreach_result_row enable row level security;
create policy by_person on outreach_result_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table payment_organisation_row enable row level security;
create policy of_the_country on payment_organisation_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table payment_report enable row level security;
create policy by_person on payment_report as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table period_event enable row level security;
create policy of_the_place on period_event as permissive for select to tantay_desk using (desk_sees_place(place_code));
create policy own_steps on period_event as permissive for insert to tantay_desk with check (((actor_id = ( SELECT desk_staff() AS desk_staff)) AND desk_sees_place(place_code) AND
CASE kind
    WHEN 'prepared'::text THEN (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND ((COALESCE(previous_kind, ''::text) <> ALL (ARRAY['prepared'::text, 'appraised'::text, 'approved'::text])) OR (NOT period_stands(place_code, benefit_period, ( SELECT p.round_number
       FROM period_event p
      WHERE ((p.place_code = period_event.place_code) AND (p.benefit_period = period_event.benefit_period) AND (p.event_number = (period_event.event_number - 1))))))))
    WHEN 'appraised'::text THEN (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND period_stands(place_code, benefit_period, round_number))
    WHEN 'approved'::text THEN (desk_may_approve_period(place_code, acting_for) AND period_stands(place_code, benefit_period, round_number))
    WHEN 'issued'::text THEN (( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text]) AS desk_has_role) AND period_stands(place_code, benefit_period, round_number))
    WHEN 'reopened'::text THEN desk_may_approve_period(place_code, acting_for)
    WHEN 'reopen_refused'::text THEN desk_may_approve_period(place_code, acting_for)
    ELSE ( SELECT desk_has_role(VARIADIC ARRAY['officer'::text, 'payer'::text, 'approver'::text]) AS desk_has_role)
END));

alter table period_minutes enable row level security;
create policy as_signed on period_minutes as permissive for insert to tantay_desk with check ((desk_sees_place(place_code) AND period_minutes_are_true(place_code, benefit_period, issued_number, (minutes)::jsonb)));
create policy of_the_place on period_minutes as permissive for select to tantay_desk using (desk_sees_place(place_code));

alter table period_snapshot enable row level security;
create policy as_published on period_snapshot as permissive for insert to tantay_desk with check (((EXISTS ( SELECT
   FROM period_event e
  WHERE ((e.place_code = period_snapshot.place_code) AND (e.benefit_period = period_snapshot.benefit_period) AND (e.event_number = period_snapshot.round_number) AND (e.actor_id = ( SELECT desk_staff() AS desk_staff))))) AND period_snapshot_is_true(place_code, benefit_period, (body)::jsonb)));
create policy corrected_as_approved on period_snapshot as restrictive for insert to tantay_desk with check (((((body)::jsonb ->> 'format'::text) = 'tantay-minutes-2'::text) AND (((body)::jsonb -> 'corrections'::text) = desk_period_corrections(place_code, benefit_period))));
create policy of_the_place on period_snapshot as permissive for select to tantay_desk using (desk_sees_place(place_code));
create policy settled_as_published on period_snapshot as restrictive for insert to tantay_desk with check ((((body)::jsonb -> 'settlement'::text) = desk_period_settlement(place_code, benefit_period)));

alter table problem enable row level security;
create policy of_own_files on problem as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (EXISTS ( SELECT
   FROM source_file f
  WHERE ((f.file_id = problem.file_id) AND (f.source = (( SELECT desk_agent() AS desk_agent))::text))))));

alter table register_row enable row level security;
create policy by_unit_or_person on register_row as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (unit_code IN ( SELECT desk_unit_codes() AS desk_unit_codes)) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table run_total enable row level security;
create policy of_the_country on run_total as permissive for select to tantay_desk using (( SELECT desk_sees_all() AS desk_sees_all));

alter table saved_view enable row level security;
create policy own on saved_view as permissive for all to tantay_desk using ((staff_id = ( SELECT desk_staff() AS desk_staff))) with check ((staff_id = ( SELECT desk_staff() AS desk_staff)));

alter table settlement_cell enable row level security;
create policy of_the_country on settlement_cell as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table settlement_difference enable row level security;
create policy of_the_country on settlement_difference as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table settlement_entry enable row level security;
create policy of_the_country on settlement_entry as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table settlement_run enable row level security;
create policy of_the_country on settlement_run as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table settlement_statement enable row level security;
create policy of_the_country on settlement_statement as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) AND ( SELECT desk_has_role(VARIADIC ARRAY['payer'::text, 'auditor'::text]) AS desk_has_role)));

alter table source_file enable row level security;
create policy of_own_files on source_file as permissive for select to tantay_desk using (((( SELECT desk_staff() AS desk_staff) IS NOT NULL) AND ((( SELECT desk_agent() AS desk_agent) IS NULL) OR (source = (( SELECT desk_agent() AS desk_agent))::text))));

alter table subject enable row level security;
create policy by_person on subject as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table trail_entry enable row level security;
create policy for_auditors on trail_entry as permissive for select to tantay_desk using (( SELECT desk_has_role(VARIADIC ARRAY['auditor'::text, 'administrator'::text]) AS desk_has_role));
create policy own_entries on trail_entry as permissive for insert to tantay_desk with check ((staff_id = ( SELECT desk_staff() AS desk_staff)));

alter table trail_head enable row level security;
create policy for_auditors on trail_head as permissive for select to tantay_desk using (( SELECT desk_has_role(VARIADIC ARRAY['auditor'::text, 'administrator'::text]) AS desk_has_role));

alter table trail_link enable row level security;
create policy for_auditors on trail_link as permissive for select to tantay_desk using (( SELECT desk_has_role(VARIADIC ARRAY['auditor'::text, 'administrator'::text]) AS desk_has_role));

alter table unmatched_payment enable row level security;
create policy by_person on unmatched_payment as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

alter table upload enable row level security;
create policy of_own_bank on upload as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (source = (( SELECT desk_agent() AS desk_agent))::text)));

alter table webhook_endpoint enable row level security;
create policy of_own_bank on webhook_endpoint as permissive for select to tantay_desk using ((( SELECT desk_sees_files() AS desk_sees_files) OR (source = (( SELECT desk_agent() AS desk_agent))::text)));

alter table withdrawal_report enable row level security;
create policy by_person on withdrawal_report as permissive for select to tantay_desk using ((( SELECT desk_sees_all() AS desk_sees_all) OR (person_key = ( SELECT desk_person() AS desk_person)) OR ((( SELECT desk_person() AS desk_person) IS NULL) AND (person_key IN ( SELECT desk_people() AS desk_people)))));

grant delete, insert, select on case_batch to tantay_desk;
grant delete, insert, select, truncate, update on entitlement_clock to tantay_engine;
grant delete, insert, select, truncate, update on entitlement_clock_before to tantay_engine;
grant delete, insert, select, truncate, update on entitlement_clock_even to tantay_engine;
grant delete, insert, select, truncate, update on entitlement_clock_new to tantay_engine;
grant delete, insert, select, truncate, update on entitlement_clock_odd to tantay_engine;
grant delete, insert, select, truncate, update on work_access_count to tantay_engine;
grant delete, insert, select, truncate, update on work_account to tantay_engine;
grant delete, insert, select, truncate, update on work_alias to tantay_engine;
grant delete, insert, select, truncate, update on work_bridge_cell to tantay_engine;
grant delete, insert, select, truncate, update on work_candidate to tantay_engine;
grant delete, insert, select, truncate, update on work_claim to tantay_engine;
grant delete, insert, select, truncate, update on work_clean_count to tantay_engine;
grant delete, insert, select, truncate, update on work_clock_cell to tantay_engine;
grant delete, insert, select, truncate, update on work_clock_unit to tantay_engine;
grant delete, insert, select, truncate, update on work_coefficient to tantay_engine;
grant delete, insert, select, truncate, update on work_correction to tantay_engine;
grant delete, insert, select, truncate, update on work_death to tantay_engine;
grant delete, insert, select, truncate, update on work_description to tantay_engine;
grant delete, insert, select, truncate, update on work_entitlement to tantay_engine;
grant delete, insert, select, truncate, update on work_exclusive_scheme to tantay_engine;
grant delete, insert, select, truncate, update on work_expected to tantay_engine;
grant delete, insert, select, truncate, update on work_file to tantay_engine;
grant delete, insert, select, truncate, update on work_file_now to tantay_engine;
grant delete, insert, select, truncate, update on work_finding to tantay_engine;
grant delete, insert, select, truncate, update on work_finding_change to tantay_engine;
grant delete, insert, select, truncate, update on work_known to tantay_engine;
grant delete, insert, select, truncate, update on work_line to tantay_engine;
grant delete, insert, select, truncate, update on work_listed_account to tantay_engine;
grant delete, insert, select, truncate, update on work_mandate to tantay_engine;
grant delete, insert, select, truncate, update on work_match to tantay_engine;
grant delete, insert, select, truncate, update on work_outcome to tantay_engine;
grant delete, insert, select, truncate, update on work_outcome_count to tantay_engine;
grant delete, insert, select, truncate, update on work_pair_candidate to tantay_engine;
grant delete, insert, select, truncate, update on work_payee_account to tantay_engine;
grant delete, insert, select, truncate, update on work_payment to tantay_engine;
grant delete, insert, select, truncate, update on work_payment_story to tantay_engine;
grant delete, insert, select, truncate, update on work_person to tantay_engine;
grant delete, insert, select, truncate, update on work_place to tantay_engine;
grant delete, insert, select, truncate, update on work_province to tantay_engine;
grant delete, insert, select, truncate, update on work_rate to tantay_engine;
grant delete, insert, select, truncate, update on work_rate_unit to tantay_engine;
grant delete, insert, select, truncate, update on work_ready_finding to tantay_engine;
grant delete, insert, select, truncate, update on work_ready_match to tantay_engine;
grant delete, insert, select, truncate, update on work_register_unit to tantay_engine;
grant delete, insert, select, truncate, update on work_scheme to tantay_engine;
grant delete, insert, select, truncate, update on work_screen to tantay_engine;
grant delete, insert, select, truncate, update on work_settlement_class to tantay_engine;
grant delete, insert, select, truncate, update on work_settlement_entry to tantay_engine;
grant delete, insert, select, truncate, update on work_settlement_link to tantay_engine;
grant delete, insert, select, truncate, update on work_settlement_payment to tantay_engine;
grant delete, insert, select, truncate, update on work_shared to tantay_engine;
grant delete, insert, select, truncate, update on work_start to tantay_engine;
grant delete, insert, select, truncate, update on work_story to tantay_engine;
grant delete, insert, select, truncate, update on work_subject to tantay_engine;
grant delete, insert, select, truncate, update on work_tally to tantay_engine;
grant delete, insert, select, truncate, update on work_term to tantay_engine;
grant delete, insert, select, truncate, update on work_touched to tantay_engine;
grant delete, insert, select, truncate, update on work_unmatched to tantay_engine;
grant delete, insert, select, truncate, update on work_village to tantay_engine;
grant delete, insert, select, truncate, update on work_wake to tantay_engine;
grant delete, insert, select, update on access_count to tantay_engine;
grant delete, insert, select, update on administrative_unit to tantay_engine;
grant delete, insert, select, update on alarm to tantay_engine;
grant delete, insert, select, update on alarm_delivery to tantay_engine;
grant delete, insert, select, update on api_assertion to tantay_engine;
grant delete, insert, select, update on api_attempt to tantay_engine;
grant delete, insert, select, update on api_client to tantay_engine;
grant delete, insert, select, update on api_key to tantay_engine;
grant delete, insert, select, update on approval_band to tantay_engine;
grant delete, insert, select, update on audited_approval_band_change to tantay_engine;
grant delete, insert, select, update on audited_case_event to tantay_engine;
grant delete, insert, select, update on audited_ingest_profile to tantay_engine;
grant delete, insert, select, update on audited_period_event to tantay_engine;
grant delete, insert, select, update on audited_run to tantay_engine;
grant delete, insert, select, update on audited_source_file to tantay_engine;
grant delete, insert, select, update on audited_staff_change to tantay_engine;
grant delete, insert, select, update on bank to tantay_engine;
grant delete, insert, select, update on bank_delivery to tantay_engine;
grant delete, insert, select, update on bank_event to tantay_engine;
grant delete, insert, select, update on bank_question to tantay_engine;
grant delete, insert, select, update on bank_score to tantay_engine;
grant delete, insert, select, update on birth_place to tantay_engine;
grant delete, insert, select, update on bridge_cell to tantay_engine;
grant delete, insert, select, update on calendar to tantay_engine;
grant delete, insert, select, update on campaign to tantay_engine;
grant delete, insert, select, update on case_batch to tantay_engine;
grant delete, insert, select, update on case_message to tantay_engine;
grant delete, insert, select, update on case_record to tantay_engine;
grant delete, insert, select, update on case_tally to tantay_engine;
grant delete, insert, select, update on case_term to tantay_engine;
grant delete, insert, select, update on clean_count to tantay_engine;
grant delete, insert, select, update on clock_cell to tantay_engine;
grant delete, insert, select, update on clock_unit to tantay_engine;
grant delete, insert, select, update on colleague to tantay_engine;
grant delete, insert, select, update on complaint to tantay_engine;
grant delete, insert, select, update on correction_candidate to tantay_engine;
grant delete, insert, select, update on correction_item to tantay_engine;
grant delete, insert, select, update on correction_list to tantay_engine;
grant delete, insert, select, update on correction_offset to tantay_engine;
grant delete, insert, select, update on correction_proposal to tantay_engine;
grant delete, insert, select, update on coverage_day to tantay_engine;
grant delete, insert, select, update on finding to tantay_engine;
grant delete, insert, select, update on finding_count to tantay_engine;
grant delete, insert, select, update on finding_total to tantay_engine;
grant delete, insert, select, update on finding_type to tantay_engine;
grant delete, insert, select, update on finding_unit to tantay_engine;
grant delete, insert, select, update on folded_name to tantay_engine;
grant delete, insert, select, update on followed_run to tantay_engine;
grant delete, insert, select, update on handed_in to tantay_engine;
grant delete, insert, select, update on idempotent_request to tantay_engine;
grant delete, insert, select, update on linked_file to tantay_engine;
grant delete, insert, select, update on mail_address to tantay_engine;
grant delete, insert, select, update on matched_payment to tantay_engine;
grant delete, insert, select, update on night to tantay_engine;
grant delete, insert, select, update on night_step to tantay_engine;
grant delete, insert, select, update on oidc_sign_in to tantay_engine;
grant delete, insert, select, update on outcome to tantay_engine;
grant delete, insert, select, update on outcome_count to tantay_engine;
grant delete, insert, select, update on outcome_total to tantay_engine;
grant delete, insert, select, update on payer_account to tantay_engine;
grant delete, insert, select, update on payment_organisation to tantay_engine;
grant delete, insert, select, update on person_identity to tantay_engine;
grant delete, insert, select, update on person_pair to tantay_engine;
grant delete, insert, select, update on person_pair_change to tantay_engine;
grant delete, insert, select, update on published_clock to tantay_engine;
grant delete, insert, select, update on published_file to tantay_engine;
grant delete, insert, select, update on reason_code to tantay_engine;
grant delete, insert, select, update on run to tantay_engine;
grant delete, insert, select, update on run_backend to tantay_engine;
grant delete, insert, select, update on run_beat to tantay_engine;
grant delete, insert, select, update on run_fence to tantay_engine;
grant delete, insert, select, update on run_total to tantay_engine;
grant delete, insert, select, update on saved_view to tantay_desk;
grant delete, insert, select, update on saved_view to tantay_engine;
grant delete, insert, select, update on scheme to tantay_engine;
grant delete, insert, select, update on server_seen to tantay_engine;
grant delete, insert, select, update on settlement_cell to tantay_engine;
grant delete, insert, select, update on settlement_difference to tantay_engine;
grant delete, insert, select, update on settlement_entry to tantay_engine;
grant delete, insert, select, update on settlement_run to tantay_engine;
grant delete, insert, select, update on settlement_statement to tantay_engine;
grant delete, insert, select, update on sign_in_attempt to tantay_engine;
grant delete, insert, select, update on staff to tantay_engine;
grant delete, insert, select, update on staff_absence to tantay_engine;
grant delete, insert, select, update on staff_device to tantay_engine;
grant delete, insert, select, update on staff_session to tantay_engine;
grant delete, insert, select, update on staff_unit to tantay_engine;
grant delete, insert, select, update on subject to tantay_engine;
grant delete, insert, select, update on unmatched_payment to tantay_engine;
grant delete, insert, select, update on upload to tantay_engine;
grant delete, insert, select, update on webhook_endpoint to tantay_engine;
grant insert, select on account_report to tantay_engine;
grant insert, select on account_statement_row to tantay_engine;
grant insert, select on administrative_unit_row to tantay_engine;
grant insert, select on approval_band_change to tantay_engine;
grant insert, select on bank_question to tantay_desk;
grant insert, select on bank_row to tantay_engine;
grant insert, select on calendar_row to tantay_engine;
grant insert, select on campaign_row to tantay_engine;
grant insert, select on case_attachment to tantay_desk;
grant insert, select on case_attachment to tantay_engine;
grant insert, select on case_event to tantay_desk;
grant insert, select on case_event to tantay_engine;
grant insert, select on case_message to tantay_desk;
grant insert, select on case_record to tantay_desk;
grant insert, select on case_tally to tantay_desk;
grant insert, select on cash_limit_row to tantay_engine;
grant insert, select on category_row to tantay_engine;
grant insert, select on complaint to tantay_desk;
grant insert, select on complaint_row to tantay_engine;
grant insert, select on coverage_start_row to tantay_engine;
grant insert, select on entitlement_line to tantay_engine;
grant insert, select on exemption_row to tantay_engine;
grant insert, select on file_content to tantay_engine;
grant insert, select on file_content_bits to tantay_engine;
grant insert, select on hashed_text to tantay_engine;
grant insert, select on ignored_lines to tantay_engine;
grant insert, select on ingest_profile to tantay_engine;
grant insert, select on listed_term to tantay_engine;
grant insert, select on mandate_row to tantay_engine;
grant insert, select on outreach_result_row to tantay_engine;
grant insert, select on payer_account_row to tantay_engine;
grant insert, select on payment_organisation_row to tantay_engine;
grant insert, select on payment_report to tantay_engine;
grant insert, select on period_event to tantay_desk;
grant insert, select on period_event to tantay_engine;
grant insert, select on period_minutes to tantay_desk;
grant insert, select on period_minutes to tantay_engine;
grant insert, select on period_snapshot to tantay_desk;
grant insert, select on period_snapshot to tantay_engine;
grant insert, select on problem to tantay_engine;
grant insert, select on reason_code_row to tantay_engine;
grant insert, select on register_row to tantay_engine;
grant insert, select on report_deadline_row to tantay_engine;
grant insert, select on scheme_code to tantay_engine;
grant insert, select on scheme_row to tantay_engine;
grant insert, select on source_expectation_row to tantay_engine;
grant insert, select on source_file to tantay_engine;
grant insert, select on source_file_offsets to tantay_engine;
grant insert, select on staff_change to tantay_engine;
grant insert, select on standard_rate_row to tantay_engine;
grant insert, select on trail_entry to tantay_desk;
grant insert, select on trail_entry to tantay_engine;
grant insert, select on trail_head to tantay_engine;
grant insert, select on unit_succession_row to tantay_engine;
grant insert, select on village_row to tantay_engine;
grant insert, select on withdrawal_report to tantay_engine;
grant select (client_id, staff_id, creditor_agent, scopes, allowed_from, created_at, revoked_at) on api_client to tantay_desk;
grant select (endpoint_id, source, url, kinds, created_at, created_by, disabled_at, disabled_reason) on webhook_endpoint to tantay_desk;
grant select (key_id, staff_id, creditor_agent, client_id, slot, token_end, scopes, allowed_from, created_at, expires_at, revoked_at, last_used_at) on api_key to tantay_desk;
grant select on access_count to tantay_desk;
grant select on account_report to tantay_desk;
grant select on account_statement_row to tantay_desk;
grant select on address_key to tantay_desk;
grant select on address_key to tantay_engine;
grant select on administrative_unit to tantay_desk;
grant select on administrative_unit_row to tantay_desk;
grant select on approval_band to tantay_desk;
grant select on audited_case_event to tantay_desk;
grant select on audited_period_event to tantay_desk;
grant select on bank to tantay_desk;
grant select on bank_delivery to tantay_desk;
grant select on bank_event to tantay_desk;
grant select on bank_row to tantay_desk;
grant select on bank_score to tantay_desk;
grant select on birth_place to tantay_desk;
grant select on bridge_cell to tantay_desk;
grant select on calendar to tantay_desk;
grant select on calendar_row to tantay_desk;
grant select on campaign to tantay_desk;
grant select on campaign_row to tantay_desk;
grant select on case_term to tantay_desk;
grant select on cash_limit_row to tantay_desk;
grant select on category_row to tantay_desk;
grant select on clean_count to tantay_desk;
grant select on clock_cell to tantay_desk;
grant select on clock_unit to tantay_desk;
grant select on colleague to tantay_desk;
grant select on complaint_row to tantay_desk;
grant select on correction_candidate to tantay_desk;
grant select on correction_item to tantay_desk;
grant select on correction_list to tantay_desk;
grant select on correction_offset to tantay_desk;
grant select on correction_proposal to tantay_desk;
grant select on coverage_day to tantay_desk;
grant select on coverage_start_row to tantay_desk;
grant select on entitlement_clock to tantay_desk;
grant select on entitlement_line to tantay_desk;
grant select on exemption_row to tantay_desk;
grant select on finding to tantay_desk;
grant select on finding_count to tantay_desk;
grant select on finding_total to tantay_desk;
grant select on finding_type to tantay_desk;
grant select on finding_unit to tantay_desk;
grant select on followed_run to tantay_desk;
grant select on forgotten_file to tantay_engine;
grant select on forgotten_person to tantay_engine;
grant select on handed_in to tantay_desk;
grant select on hashed_text to tantay_desk;
grant select on ignored_lines to tantay_desk;
grant select on mail_address to tantay_desk;
grant select on mandate_row to tantay_desk;
grant select on matched_payment to tantay_desk;
grant select on night to tantay_desk;
grant select on night_step to tantay_desk;
grant select on outcome to tantay_desk;
grant select on outcome_count to tantay_desk;
grant select on outcome_total to tantay_desk;
grant select on outreach_result_row to tantay_desk;
grant select on payer_account to tantay_desk;
grant select on payer_account_row to tantay_desk;
grant select on payment_organisation to tantay_desk;
grant select on payment_organisation_row to tantay_desk;
grant select on payment_report to tantay_desk;
grant select on problem to tantay_desk;
grant select on published_clock to tantay_desk;
grant select on published_file to tantay_desk;
grant select on reason_code to tantay_desk;
grant select on reason_code_row to tantay_desk;
grant select on register_row to tantay_desk;
grant select on report_deadline_row to tantay_desk;
grant select on retention_policy to tantay_engine;
grant select on run to tantay_desk;
grant select on run_total to tantay_desk;
grant select on schema_migration to tantay_desk;
grant select on schema_migration to tantay_engine;
grant select on scheme to tantay_desk;
grant select on scheme_code to tantay_desk;
grant select on scheme_row to tantay_desk;
grant select on settlement_cell to tantay_desk;
grant select on settlement_difference to tantay_desk;
grant select on settlement_entry to tantay_desk;
grant select on settlement_run to tantay_desk;
grant select on settlement_statement to tantay_desk;
grant select on source_expectation_row to tantay_desk;
grant select on source_file to tantay_desk;
grant select on staff_absence to tantay_desk;
grant select on standard_rate_row to tantay_desk;
grant select on subject to tantay_desk;
grant select on trail_head to tantay_desk;
grant select on trail_link to tantay_desk;
grant select on trail_link to tantay_engine;
grant select on unit_succession_row to tantay_desk;
grant select on unmatched_payment to tantay_desk;
grant select on upload to tantay_desk;
grant select on village_row to tantay_desk;
grant select on withdrawal_report to tantay_desk;
grant select, update, usage on sequence alarm_id_sequence to tantay_engine;
grant select, update, usage on sequence api_key_id_sequence to tantay_engine;
grant select, update, usage on sequence approval_band_change_id_sequence to tantay_engine;
grant select, update, usage on sequence case_batch_id_sequence to tantay_engine;
grant select, update, usage on sequence case_number_sequence to tantay_engine;
grant select, update, usage on sequence correction_list_id_sequence to tantay_engine;
grant select, update, usage on sequence file_id_sequence to tantay_engine;
grant select, update, usage on sequence run_id_sequence to tantay_engine;
grant select, update, usage on sequence scheme_id_sequence to tantay_engine;
grant select, update, usage on sequence staff_absence_id_sequence to tantay_engine;
grant select, update, usage on sequence staff_change_id_sequence to tantay_engine;
grant select, update, usage on sequence staff_id_sequence to tantay_engine;
grant select, update, usage on sequence trail_entry_id_sequence to tantay_engine;
grant update (confirmed_at, confirmed_by, withdrawn_at, withdrawn_by) on approval_band_change to tantay_engine;
grant update (confirmed_at, confirmed_by, withdrawn_at, withdrawn_by) on staff_change to tantay_engine;
grant update (confirmed_at, finished_at, results) on case_batch to tantay_desk;
grant update (deadline_date, step, version, assigned_to, resolution, appraisal_number, approval_number, closed_date, reopened_count) on case_record to tantay_desk;
grant update (delimiter, profile_name, profile_version) on source_file to tantay_engine;
grant update (state, attempts, failure, sent_by, tried_at) on case_message to tantay_desk;
grant usage on sequence case_batch_id_sequence to tantay_desk;
grant usage on sequence case_number_sequence to tantay_desk;
grant usage on sequence trail_entry_id_sequence to tantay_desk;
