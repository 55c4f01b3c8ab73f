-- What: lays each beneficiary's next claim against what is open, in the order of turn.
-- Reads: work_claim, work_payment, work_entitlement, scheme_code (ties are ordered by the scheme's code, never by its number)
-- Writes: work_match (one row per payment × entitlement), work_entitlement.open_amount, work_claim (claims laid are gone)
-- Repeat: until nothing is written
-- Rule: to a stated month: all of it there, or split over it and the following open months when that comes out exactly (id_periods, D8).
--       Without one, or without a scheme: the open entitlement of exactly that amount, oldest first; the oldest n in a row that add up to it; the oldest open; the one due last (D10).
-- Why one at a time: what one payment takes is not open for the next.

with turn as (
  select distinct on (person_key) * from work_claim order by person_key, turn
), claim as (
  select c.*, p.face_amount, p.is_taking, p.scheme_id as stated_scheme, p.benefit_period as stated_period, p.until_period, p.currency
  from turn c join work_payment p on p.payment_number = c.payment_number
), within as (
  select c.payment_number, c.match_rule, c.is_to_period, c.face_amount, c.is_taking, c.stated_period, e.person_key, e.scheme_id, e.benefit_period, e.open_amount, e.due_date,
    e.open_amount > 0 as is_open,
    sum(greatest(e.open_amount, 0)) over (partition by c.payment_number order by e.benefit_period, e.due_date, s.scheme collate "C") as open_so_far,
    row_number() over (partition by c.payment_number order by e.benefit_period, e.due_date, s.scheme collate "C") as age_place,
    row_number() over (partition by c.payment_number order by e.due_date desc, e.benefit_period desc, s.scheme collate "C" desc) as due_last_place
  from claim c join work_entitlement e on e.person_key = c.person_key and e.currency = c.currency
    and (c.stated_scheme is null or e.scheme_id = c.stated_scheme)
    and case when c.is_to_period then e.benefit_period >= c.stated_period when c.stated_period is not null then e.benefit_period = c.stated_period else coalesce(e.benefit_period <= c.until_period and (e.benefit_period >= e.start_period or c.until_period < e.start_period), true) end
  join scheme_code s on s.scheme_id = e.scheme_id
), weighed as (
  select *,
    min(age_place) filter (where is_open and open_amount = face_amount) over whole as exact_place,
    min(age_place) filter (where is_open and open_so_far = face_amount) over whole as sum_place,
    min(age_place) filter (where is_open) over whole as first_open_place,
    bool_or(benefit_period = stated_period and open_amount > 0 and open_amount < face_amount) over whole as may_spill
  from within window whole as (partition by payment_number)
), chosen as (
  select *,
    case when is_to_period then case when may_spill and sum_place is not null then is_open and age_place <= sum_place else benefit_period = stated_period end
      when exact_place is not null then age_place = exact_place
      when sum_place is not null then is_open and age_place <= sum_place
      when first_open_place is not null then age_place = first_open_place
      else due_last_place = 1 end as is_chosen
  from weighed
), matched as (
  insert into work_match (person_key, payment_number, scheme_id, benefit_period, match_rule, allocated_amount, open_before_amount)
  select person_key, payment_number, scheme_id, benefit_period,
    case when match_rule = 'id_period' and count(*) over (partition by payment_number) > 1 then 'id_periods' else match_rule end,
    case when not is_taking then 0 when count(*) over (partition by payment_number) > 1 then open_amount else face_amount end, open_amount
  from chosen where is_chosen
  returning person_key, payment_number, scheme_id, benefit_period, allocated_amount
), laid as (
  delete from work_claim c using turn t where c.person_key = t.person_key and c.payment_number = t.payment_number
)
update work_entitlement e set open_amount = e.open_amount - m.allocated_amount
from matched m
where m.person_key = e.person_key and m.scheme_id = e.scheme_id and m.benefit_period = e.benefit_period;
