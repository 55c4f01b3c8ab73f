-- What: whose term is over: nobody kept needs them, nothing of theirs is open.
-- Reads: entitlement_line, payment_report, account_report, mandate_row, register_row, exemption_row, outreach_result_row, complaint_row, source_file, case_record, bank_question, correction_item, correction_list, period_event, person_pair, finding, matched_payment
-- Writes: forgetting_held (why somebody is kept although the term is over), forgetting_bond, forgetting_person (one row per person to forget)
-- Rule: D196. The term runs from the last month on a list or paid; of whoever was neither, from the last file that named them.
-- Why here: all that follows asks for these people alone. The month before which a term is over stands in tantay.forget_before.

do $step$
declare
  before_month integer := current_setting('tantay.forget_before');
  moved bigint;
begin
  create temporary table forgetting_held (person_key bigint not null, reason text not null) on commit drop;
  create temporary table forgetting_bond (named bigint not null, keeper bigint not null, is_mutual boolean not null) on commit drop;
  create temporary table forgetting_person (person_key bigint primary key, component bigint not null, new_key bigint) on commit drop;

  insert into forgetting_person (person_key, component)
  select person_key, person_key
  from (
    select person_key, benefit_period as listed_month, null::integer as named_month from entitlement_line
    union all select payee_key, benefit_period, null from entitlement_line where payee_key is not null
    union all
    select person_key, greatest(benefit_period, to_char(greatest(instructed_at, credited_at, returned_at) at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM')::integer), null from payment_report where person_key >= 0
    union all
    -- money that names an account alone was paid to whoever has it
    select n.person_key, to_char(greatest(p.instructed_at, p.credited_at, p.returned_at) at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM')::integer, null
    from payment_report p join (select account_key, person_key from account_report union select account_key, person_key from entitlement_line) n using (account_key) where p.person_key < 0
    union all
    select r.person_key, null, to_char(f.recorded_at at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM')::integer
    from (
      select person_key, file_id from account_report
      union select person_key, file_id from mandate_row union select payee_key, file_id from mandate_row
      union select person_key, file_id from register_row union select previous_key, file_id from register_row
      union select person_key, file_id from exemption_row union select person_key, file_id from outreach_result_row union select person_key, file_id from complaint_row
    ) r join source_file f using (file_id)
    union all
    select person_key, null, to_char(taken_at at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM')::integer from complaint
  ) named
  where person_key between 0 and 1000999999999
  group by person_key having coalesce(max(listed_month), max(named_month)) < before_month;
  analyze forgetting_person;

  insert into forgetting_held (person_key, reason)
  select person_key, 'open_case' from case_record where is_open and person_key >= 0
  union
  select n.person_key, 'open_case' from case_record c join (select account_key, person_key from account_report union select account_key, person_key from entitlement_line union select account_key, person_key from payment_report) n on c.person_key = -1 - n.account_key where c.is_open
  union
  -- a payment that names nobody stands under its account
  select n.person_key, 'open_case' from case_record c join payment_report p on p.person_key = c.person_key join (select account_key, person_key from account_report union select account_key, person_key from entitlement_line) n using (account_key) where c.is_open and c.person_key < 0
  union
  select person_key, 'open_case' from bank_question where answered_at is null
  union
  select i.person_key, 'open_correction' from correction_item i join correction_list l using (list_id)
  where l.state = 'draft' or i.is_live or i.left_out is null and i.progress in ('waiting', 'partly') and l.state in ('approved', 'sent')
  union
  select l.person_key, 'open_period' from entitlement_line l join (
    select benefit_period from (select distinct on (place_code, benefit_period) benefit_period, kind from period_event order by place_code, benefit_period, event_number desc) newest where kind not in ('issued', 'reopen_refused')
  ) o using (benefit_period)
  union
  select p.person_key, 'open_period' from payment_report p join (
    select benefit_period from (select distinct on (place_code, benefit_period) benefit_period, kind from period_event order by place_code, benefit_period, event_number desc) newest where kind not in ('issued', 'reopen_refused')
  ) o using (benefit_period);
  delete from forgetting_held h where not exists (select from forgetting_person p where p.person_key = h.person_key);

  -- who receives for somebody, and who holds an account that somebody's rows name, stays with them
  insert into forgetting_bond (named, keeper, is_mutual)
  select payee_key, person_key, false from entitlement_line where payee_key <> person_key
  union select payee_key, person_key, false from mandate_row
  union select a.person_key, l.person_key, false from account_report a join entitlement_line l using (account_key) where l.person_key <> a.person_key
  union select a.person_key, p.person_key, false from account_report a join payment_report p using (account_key) where p.person_key >= 0 and p.person_key <> a.person_key;
  -- who is, or may be, one person under two ids, and who was paid by one payment: all of them or none
  insert into forgetting_bond (named, keeper, is_mutual)
  with pair (one, other) as (
    select person_key, previous_key from register_row where previous_key is not null
    union select person_key, other_key from person_pair
    union select person_key, identifier_key(split_part(subject, '|', 2)) from finding where code = 'duplicate_person'
    union select person_key, min(person_key) over (partition by payment_name) from matched_payment
    union select person_key, min(person_key) over (partition by reference_key) from payment_report where person_key >= 0 and reference_key is not null
  )
  select one, other, true from pair where one <> other union select other, one, true from pair where one <> other;
  delete from forgetting_bond b where not exists (select from forgetting_person p where p.person_key = b.named);
  create index on forgetting_bond (named);
  analyze forgetting_bond;

  delete from forgetting_person p using forgetting_held h where h.person_key = p.person_key;
  loop
    with gone as (
      delete from forgetting_person p using forgetting_bond b
      where b.named = p.person_key and b.keeper between 0 and 1000999999999 and not exists (select from forgetting_person k where k.person_key = b.keeper)
      returning p.person_key)
    insert into forgetting_held (person_key, reason) select distinct person_key, 'named_beside_somebody' from gone;
    get diagnostics moved = row_count;
    exit when moved = 0;
  end loop;

  loop
    update forgetting_person p set component = c.component
    from (select b.named, min(k.component) as component from forgetting_bond b join forgetting_person k on k.person_key = b.keeper where b.is_mutual group by b.named) c
    where c.named = p.person_key and c.component < p.component;
    get diagnostics moved = row_count;
    exit when moved = 0;
  end loop;
  analyze forgetting_person;
end
$step$;
