-- What: one payment out of all that was reported about it, as it stood at the end of the day of the run.
-- Reads: payment_report, work_subject
-- Writes: work_payment (one row per payment that names a subject, or nobody)
-- Rule: contract 2 (identity, status rank, as of), D4, D5, D6, D199 (returns of one payment add up); the order of payments is D7. Nothing depends on the order in which reports arrived.
-- Why here: matching takes payments, not reports.

insert into work_payment (person_key, payment_number, payment_name, beneficiary_key, scheme_id, benefit_period, until_period, currency, creditor_agent, account_key, payment_channel, state, face_amount, is_taking,
  instructed_amount, credited_amount, net_amount, instructed_at, instructed_date, credited_at, credited_date, returned_at, returned_amount, end_to_end_id, return_reason_code, reason_text, conflict, conflict_amount, source_rows)
with involved as (
  select p.* from payment_report p join work_file using (file_id) join work_subject using (person_key)
  union all
  select p.* from payment_report p join work_file using (file_id) where p.person_key < 0
), named as (
  select *, creditor_agent || '|' || end_to_end_id as payment_name from involved where end_to_end_id is not null
  union all
  select p.*,
    p.creditor_agent || '|-|' || md5(concat_ws('|', coalesce(account_key::text, ''), person_key, coalesce((select s.scheme from scheme_code s where s.scheme_id = p.scheme_id), ''), coalesce(benefit_period::text, ''), instructed_amount, coalesce(instructed_at::text, ''), coalesce(bank_reference, '')))
      || '|' || row_number() over (partition by file_id, p.creditor_agent, account_key, person_key, scheme_id, benefit_period, instructed_amount, instructed_at, bank_reference order by line_number)
  from involved p where end_to_end_id is null
), seen as (
  select *,
    case
      when transaction_status = 'RTRN' and returned_at < day_end then 'returned'
      when transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end then 'credited'
      when transaction_status = 'RJCT' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 'rejected'
      when transaction_status = 'NCOL' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 'not_collected'
      when instructed_at < day_end then 'on_the_way'
    end as state
  from named, (select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end) today
), counted as (
  select *, array_position(array['on_the_way', 'not_collected', 'rejected', 'credited', 'returned'], state) as state_rank, count(*) over (partition by payment_name) as report_count
  from seen where state is not null
), ranked as (
  select *,
    row_number() over (partition by payment_name order by instructed_at, instructed_amount, creditor_agent, account_key, credited_at,
      person_key < 0, person_key, (select scheme collate "C" from scheme_code s where s.scheme_id = counted.scheme_id), benefit_period, currency collate "C", credited_amount, returned_at, returned_amount, transaction_status, payment_channel, return_reason_code collate "C", reason_text collate "C", bank_reference collate "C", file_id, line_number) as place
  from counted where report_count > 1
), told as (
  -- one return may be told by several reports: the same amount on the same day is the same money
  select *, row_number() over (partition by payment_name, state_rank, (returned_at at time zone :'time_zone'::text)::date, back_amount order by place) as telling,
    (array_agg(coalesce(credited_amount, instructed_amount)) filter (where state_rank >= 4) over (partition by payment_name order by place rows between unbounded preceding and unbounded following))[1] as whole_amount
  from (select *, coalesce(returned_amount, credited_amount, instructed_amount) as back_amount from ranked) r
), merged as (
  select payment_name, min(creditor_agent) as creditor_agent, min(end_to_end_id) as end_to_end_id, max(state_rank) as state_rank,
    (array_agg(person_key order by place) filter (where person_key >= 0))[1] as beneficiary_key,
    (array_agg(person_key order by place))[1] as bucket_key,
    (array_agg(scheme_id order by place) filter (where scheme_id is not null))[1] as scheme_id,
    (array_agg(benefit_period order by place) filter (where benefit_period is not null))[1] as benefit_period,
    (array_agg(currency order by place))[1] as currency,
    (array_agg(account_key order by place) filter (where account_key is not null))[1] as account_key,
    (array_agg(payment_channel order by place) filter (where payment_channel is not null))[1] as payment_channel,
    (array_agg(instructed_amount order by place))[1] as instructed_amount,
    min(instructed_at) as instructed_at,
    min(credited_at) filter (where state_rank >= 4) as credited_at,
    (array_agg(coalesce(credited_amount, instructed_amount) order by place) filter (where state_rank >= 4))[1] as credited_amount,
    coalesce(min(returned_at) filter (where state_rank = 5 and back_amount >= whole_amount), max(returned_at) filter (where state_rank = 5 and telling = 1)) as returned_at,
    case when max(state_rank) = 5 then least(sum(back_amount) filter (where state_rank = 5 and telling = 1), max(whole_amount)) end as returned_amount,
    (array_agg(return_reason_code order by state_rank desc, place) filter (where return_reason_code is not null))[1] as return_reason_code,
    (array_agg(reason_text order by state_rank desc, place) filter (where reason_text is not null))[1] as reason_text,
    (array_agg(bank_reference order by place) filter (where bank_reference is not null))[1] as bank_reference,
    greatest(max(instructed_amount) - min(instructed_amount),
      coalesce(max(coalesce(credited_amount, instructed_amount)) filter (where state_rank >= 4) - min(coalesce(credited_amount, instructed_amount)) filter (where state_rank >= 4), 0)) as amount_spread,
    min(account_key) <> max(account_key) as has_two_accounts,
    min(currency) <> max(currency) as has_two_currencies,
    min(person_key) filter (where person_key >= 0) <> max(person_key) filter (where person_key >= 0) as has_two_beneficiaries,
    bool_or(state = 'rejected') and bool_or(state_rank >= 4) as is_rejected_and_credited,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number) order by file_id, line_number) as source_rows
  from told group by payment_name
  union all
  -- reported once, as nearly all are: nothing to merge
  select payment_name, creditor_agent, end_to_end_id, state_rank, case when person_key >= 0 then person_key end, person_key, scheme_id, benefit_period, currency, account_key, payment_channel, instructed_amount, instructed_at,
    case when state_rank >= 4 then credited_at end, case when state_rank >= 4 then coalesce(credited_amount, instructed_amount) end,
    case when state_rank = 5 then returned_at end, case when state_rank = 5 then coalesce(returned_amount, credited_amount, instructed_amount) end,
    return_reason_code, reason_text, bank_reference, 0, false, false, false, false, jsonb_build_array(jsonb_build_object('file_id', file_id::text, 'line', line_number))
  from counted where report_count = 1
), valued as (
  select *, greatest(case when state_rank >= 4 then credited_amount else 0 end - coalesce(returned_amount, 0), 0) as net_amount,
    (array['on_the_way', 'not_collected', 'rejected', 'credited', 'returned'])[state_rank] as state,
    (instructed_at at time zone :'time_zone'::text)::date as instructed_date,
    (credited_at at time zone :'time_zone'::text)::date as credited_date,
    concat_ws(', ', case when amount_spread > 0 then 'amount' end, case when has_two_accounts then 'account' end, case when has_two_currencies then 'currency' end,
      case when has_two_beneficiaries then 'beneficiary' end, case when is_rejected_and_credited then 'rejected_and_credited' end) as conflict
  from merged
), faced as (
  select *, case when net_amount > 0 then net_amount else instructed_amount end as face_amount, net_amount > 0 or state = 'on_the_way' as is_taking
  from valued
)
select coalesce(beneficiary_key, bucket_key),
  row_number() over (order by credited_at, instructed_at, creditor_agent, end_to_end_id collate "C", account_key, face_amount, (select scheme collate "C" from scheme_code s where s.scheme_id = faced.scheme_id), benefit_period, currency collate "C", beneficiary_key, bank_reference collate "C", payment_name collate "C"),
  payment_name, beneficiary_key, scheme_id, benefit_period,
  case when benefit_period is null then to_char(coalesce(instructed_date, credited_date, :'as_of'::date), 'YYYYMM')::integer end,
  currency, creditor_agent, account_key, payment_channel, state, face_amount, is_taking, instructed_amount, credited_amount, net_amount, instructed_at, instructed_date, credited_at, credited_date, returned_at, returned_amount,
  end_to_end_id, return_reason_code, reason_text, nullif(conflict, ''), case when conflict <> '' then coalesce(nullif(amount_spread, 0), instructed_amount) end, source_rows
from faced;

select analyze_rows('work_payment');
