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
  create temporary table forgetting_person (person_key bigint primary key, component bigint not null, account_group bigint not null, new_key bigint) on commit drop;

  insert into forgetting_person (person_key, component, account_group)
  select person_key, person_key, person_key
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
  with waiting (person_key, reason) as (
    select person_key, 'open_case' from case_record where is_open
    union select person_key, 'open_case' from bank_question where answered_at is null
    union
    select i.person_key, 'open_correction' from correction_item i join correction_list l using (list_id)
    where l.state = 'draft' or i.is_live or i.left_out is null and i.progress in ('waiting', 'partly') and l.state in ('approved', 'sent')
  ), used as (
    select account_key, person_key from account_report union select account_key, person_key from entitlement_line where account_key is not null union select account_key, person_key from payment_report where account_key is not null and person_key >= 0
  )
  select person_key, reason from waiting where person_key >= 0
  -- what is about an account, or about a payment that names nobody, stands under a number made of the account
  union select u.person_key, w.reason from waiting w join used u on w.person_key = -1 - u.account_key
  union select u.person_key, w.reason from waiting w join payment_report p on p.person_key = w.person_key join used u using (account_key) where w.person_key < 0
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
  -- where two accounts stand for one thing, the smaller may decide: nobody goes while only one of the two could lose its number
  insert into forgetting_bond (named, keeper, is_mutual)
  with beside (person_key, account_key) as (
    select x.person_key, key from payment_report x join payment_report y on y.person_key = x.person_key and y.creditor_agent = x.creditor_agent and y.account_key > x.account_key
      and (y.reference_key = x.reference_key or x.end_to_end_id is null and y.end_to_end_id is null and y.instructed_at is not distinct from x.instructed_at)
    cross join lateral (values (x.account_key), (y.account_key)) k (key) where x.person_key >= 0
    union
    select x.person_key, key from entitlement_line x join entitlement_line y on y.person_key = x.person_key and y.file_id = x.file_id and y.scheme_id = x.scheme_id and y.benefit_period = x.benefit_period and y.account_key > x.account_key
    cross join lateral (values (x.account_key), (y.account_key)) k (key)
  )
  select distinct b.person_key, u.person_key, false
  from beside b join (select account_key, person_key from entitlement_line union select account_key, person_key from payment_report where person_key >= 0 union select account_key, person_key from account_report) u using (account_key)
  where u.person_key <> b.person_key;
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
