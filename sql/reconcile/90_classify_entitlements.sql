-- What: the one outcome class of every entitlement of a subject.
-- Reads: work_entitlement, work_match, work_payment, work_line, work_expected, work_account, work_scheme
-- Writes: work_outcome (one row per entitlement)
-- Slices: by beneficiary, so that two connections work at once
-- Rule: contract 4, the first class that applies; D13, D17, D18.
-- Why here: all money has been placed.

insert into work_outcome (person_key, scheme_id, benefit_period, outcome_class, due_amount, credited_amount, on_the_way_amount, carried_out_amount, completed_date, not_collected_date, currency, due_date, late_after_date, unit_code, carried_in_amount)
with credit as (
  select m.person_key, m.scheme_id, m.benefit_period, m.allocated_amount, p.credited_date, e.due_amount,
    sum(m.allocated_amount) over in_order as credited_so_far,
    row_number() over in_order as place
  from work_match m join work_payment p using (payment_number) join work_entitlement e on e.person_key = m.person_key and e.scheme_id = m.scheme_id and e.benefit_period = m.benefit_period
  where p.net_amount > 0 and abs(m.person_key % :'slice_count'::bigint) = :'slice'::bigint
  window in_order as (partition by m.person_key, m.scheme_id, m.benefit_period order by p.credited_at, p.end_to_end_id collate "C", m.payment_number)
), exactly_reached as (
  select person_key, scheme_id, benefit_period, min(place) as place from credit where credited_so_far = due_amount group by 1, 2, 3
), made_up as (
  select person_key, scheme_id, benefit_period, r.place, array_agg(c.allocated_amount) as amounts
  from credit c join exactly_reached r using (person_key, scheme_id, benefit_period) where c.place <= r.place group by 1, 2, 3, 4
), credited as (
  select c.person_key, c.scheme_id, c.benefit_period, sum(c.allocated_amount) as credited_amount,
    (array_agg(c.credited_date order by c.place) filter (where c.credited_so_far >= c.due_amount))[1] as completed_date,
    -- twice: due reached exactly, and everything after it repeats the due amount or one of the amounts that made it up
    bool_and(u.place is not null and (c.place <= u.place or c.allocated_amount = c.due_amount or c.allocated_amount = any (u.amounts))) as is_repeated
  from credit c left join made_up u using (person_key, scheme_id, benefit_period)
  group by 1, 2, 3
), attempted as (
  select m.person_key, m.scheme_id, m.benefit_period,
    coalesce(sum(m.allocated_amount) filter (where p.state = 'on_the_way'), 0) as on_the_way_amount,
    min(p.instructed_date) filter (where p.state = 'on_the_way') as oldest_on_the_way_date,
    bool_or(p.state = 'not_collected' and coalesce(p.payment_channel in ('cash', 'post'), e.is_at_counter)) as has_not_collected,
    (array_agg(p.instructed_date order by p.instructed_at desc nulls last, p.end_to_end_id collate "C" desc nulls last, m.payment_number desc) filter (where p.state = 'not_collected' and coalesce(p.payment_channel in ('cash', 'post'), e.is_at_counter)))[1] as not_collected_date,
    (array_agg(p.state order by p.instructed_at desc nulls last, p.end_to_end_id collate "C" desc nulls last, m.payment_number desc))[1] as last_state
  from work_match m join work_payment p using (payment_number) join work_entitlement e on e.person_key = m.person_key and e.scheme_id = m.scheme_id and e.benefit_period = m.benefit_period
  where abs(m.person_key % :'slice_count'::bigint) = :'slice'::bigint
  group by 1, 2, 3
), usable as (
  select distinct x.person_key
  from work_expected x join work_account a on a.account_key = x.account_key and a.creditor_agent = x.creditor_agent
  where a.account_status = 'active' and (x.expectation = 'own' or x.expectation = 'payee' and :'as_of'::date between x.valid_from and coalesce(x.valid_to, 'infinity'))
), carried as (
  select distinct person_key, scheme_id, origin_period as benefit_period
  from work_line where component = 'carried_over' and list_status = 'active' and origin_period < benefit_period
), carried_in as (
  select person_key, scheme_id, benefit_period, sum(due_amount) as carried_in_amount
  from work_line where component = 'carried_over' and list_status = 'active' group by 1, 2, 3
), gathered as (
  select e.*, coalesce(i.carried_in_amount, 0) as carried_in_amount, coalesce(c.credited_amount, 0) as credited_amount, coalesce(t.on_the_way_amount, 0) as on_the_way_amount, c.completed_date, c.is_repeated, k.person_key is not null as is_carried,
    t.person_key is not null as is_attempted, t.last_state, t.has_not_collected, t.not_collected_date, t.oldest_on_the_way_date, u.person_key is not null as has_usable_account, s.settlement_days
  from work_entitlement e
  join work_scheme s using (scheme_id)
  left join credited c using (person_key, scheme_id, benefit_period)
  left join attempted t using (person_key, scheme_id, benefit_period)
  left join carried k using (person_key, scheme_id, benefit_period)
  left join carried_in i using (person_key, scheme_id, benefit_period)
  left join usable u using (person_key)
  where abs(e.person_key % :'slice_count'::bigint) = :'slice'::bigint
), classified as (
  select *, case
    when credited_amount = due_amount and completed_date > late_after_date then 'paid_late'
    when credited_amount = due_amount then 'paid'
    when credited_amount > due_amount and is_repeated then 'paid_twice'
    when credited_amount > due_amount then 'paid_over'
    when is_carried then 'carried_over'
    when :'as_of'::date <= late_after_date then 'not_due'
    when credited_amount + on_the_way_amount >= due_amount and :'as_of'::date - oldest_on_the_way_date <= settlement_days then 'in_transit'
    when credited_amount + on_the_way_amount >= due_amount then 'stuck'
    when credited_amount > 0 then 'paid_short'
    when last_state in ('rejected', 'returned') then 'returned'
    when has_not_collected then 'not_collected'
    when is_by_account and not is_attempted and not has_usable_account then 'unpaid_no_account'
    else 'unpaid' end::outcome_class as outcome_class
  from gathered
)
select person_key, scheme_id, benefit_period, outcome_class, due_amount, credited_amount, on_the_way_amount,
  case outcome_class when 'carried_over' then due_amount - credited_amount else 0 end, completed_date, not_collected_date, currency, due_date, late_after_date, unit_code, carried_in_amount
from classified;

select analyze_rows('work_outcome');
