-- What: which coefficient and which rate is right for each category, unit, month and list day; which schemes exclude each other.
-- Reads: category_row, standard_rate_row, administrative_unit_row, unit_succession_row, scheme_row, work_file, work_term
-- Writes: work_coefficient (one row per category × span of months), work_rate (one row per scheme × unit × month × span of list days), work_rate_unit, work_exclusive_scheme
-- Rule: D33, D34. Nearest ancestor first, then the latest applies_from; a rate is right for a list from the day it is in force until a better one is.
-- Why here: so that no later step climbs from unit to unit, or weighs dates, per person.

truncate work_coefficient, work_rate, work_rate_unit, work_exclusive_scheme;

insert into work_exclusive_scheme (scheme_id, exclusive_set)
select scheme_id, exclusive_set from (
  select distinct on (r.scheme_id) r.scheme_id, r.exclusive_set from scheme_row r join work_file using (file_id) order by r.scheme_id, r.file_id desc, r.line_number desc
) standing where exclusive_set is not null;

insert into work_coefficient (scheme_id, category_code, from_period, before_period, coefficient)
with standing as (
  select distinct on (r.scheme_id, r.category_code, r.applies_from) r.scheme_id, r.category_code, r.coefficient, coalesce(to_char(r.applies_from, 'YYYYMM')::integer, 0) as from_period, r.applies_from
  from category_row r join work_file using (file_id)
  order by r.scheme_id, r.category_code, r.applies_from, r.file_id desc, r.line_number desc
)
select scheme_id, category_code, from_period, coalesce(lead(from_period) over (partition by scheme_id, category_code order by applies_from nulls first), 999999), coefficient
from standing;

-- which code a unit's own rate is looked for under next: its parent then, or its successor once it is gone
insert into work_rate (scheme_id, unit_code, benefit_period, rate_amount, right_from, right_before, is_owed)
with recursive rate as (
  select distinct on (r.scheme_id, r.unit_code, r.applies_from) r.scheme_id, r.unit_code, r.amount, r.applies_from, to_char(r.applies_from, 'YYYYMM')::integer as from_period, coalesce(r.in_force_date, r.applies_from) as in_force_date
  from standard_rate_row r join work_file using (file_id)
  order by r.scheme_id, r.unit_code, r.applies_from, r.file_id desc, r.line_number desc
), month as (
  select first_date::date as first_date, to_char(first_date, 'YYYYMM')::integer as benefit_period
  from (select date_trunc('month', min(applies_from)::timestamp) as first_month from rate) earliest,
    (select greatest(max(benefit_period), to_char(:'as_of'::date, 'YYYYMM')::integer) as last_period from work_term) latest,
    generate_series(first_month, make_date(last_period / 100, last_period % 100, 1)::timestamp, interval '1 month') first_date
), unit as (
  select r.unit_code, nullif(r.parent_code, r.unit_code) as parent_code, r.valid_from, r.valid_to, row_number() over (partition by r.unit_code, r.valid_from order by r.file_id desc, r.line_number desc) as place
  from administrative_unit_row r join work_file using (file_id)
), successor as (
  select distinct on (r.old_code) r.old_code, r.new_code
  from unit_succession_row r join work_file using (file_id) where r.new_code <> r.old_code
  order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
), code as (
  select unit_code from (
    select unit_code from unit union select old_code from successor union select unit_code from rate where unit_code is not null
  ) every where exists (select from rate where unit_code is not null)
), upward as (
  select distinct on (c.unit_code, m.benefit_period) c.unit_code, m.benefit_period,
    case when u.unit_code is null or u.valid_to < m.first_date then coalesce(s.new_code, u.parent_code) else u.parent_code end as next_code
  from code c cross join month m left join unit u on u.unit_code = c.unit_code and u.place = 1 left join successor s on s.old_code = c.unit_code
  order by c.unit_code, m.benefit_period, (u.valid_from <= m.first_date) desc nulls last, case when u.valid_from <= m.first_date then u.valid_from end desc, u.valid_from
), climb as (
  select unit_code, benefit_period, unit_code as ancestor_code, 0 as depth from upward
  union all
  select c.unit_code, c.benefit_period, u.next_code, c.depth + 1
  from climb c join upward u on u.unit_code = c.ancestor_code and u.benefit_period = c.benefit_period
  where u.next_code is not null and c.depth < 9
), near as (
  select r.scheme_id, c.unit_code, c.benefit_period, c.depth, r.amount, r.applies_from, r.in_force_date
  from climb c join rate r on r.unit_code = c.ancestor_code and r.from_period <= c.benefit_period
), served as (
  select distinct scheme_id, unit_code from near
  union all
  select distinct scheme_id, '' from rate where unit_code is null
), candidate as (
  select scheme_id, unit_code, benefit_period, depth, amount, applies_from, in_force_date from near
  union all
  select s.scheme_id, s.unit_code, m.benefit_period, 1000, r.amount, r.applies_from, r.in_force_date
  from served s join rate r on r.scheme_id = s.scheme_id and r.unit_code is null join month m on m.benefit_period >= r.from_period
), due as (
  -- the earliest day by which anybody's arrears after a raise are due: with the list of the month after it
  select s.scheme_id, n.in_force_date, least(n.next_month + coalesce(s.due_day, 31) - 1, (n.next_month + interval '1 month')::date - 1, min(t.due_date)) as first_due_date
  from (select distinct scheme_id, in_force_date, (date_trunc('month', in_force_date::timestamp) + interval '1 month')::date as next_month from rate) n
  join work_scheme s using (scheme_id) left join work_term t on t.scheme_id = n.scheme_id and t.benefit_period = to_char(n.next_month, 'YYYYMM')::integer
  group by s.scheme_id, s.due_day, n.in_force_date, n.next_month
), spanned as (
  select *, coalesce(min(in_force_date) over (partition by scheme_id, unit_code, benefit_period order by depth, applies_from desc rows between unbounded preceding and 1 preceding), 'infinity') as right_before
  from candidate
), right_one as (
  select *, in_force_date <= :'as_of'::date and :'as_of'::date < right_before as is_of_today from spanned where in_force_date < right_before
), today as (
  select o.scheme_id, o.unit_code, o.benefit_period, o.amount, o.in_force_date, d.first_due_date
  from right_one o join due d on d.scheme_id = o.scheme_id and d.in_force_date = o.in_force_date
  where o.is_of_today
)
select r.scheme_id, r.unit_code, r.benefit_period, r.amount, r.in_force_date, r.right_before,
  coalesce(t.amount > r.amount and t.in_force_date >= r.right_before and :'as_of'::date > t.first_due_date, false)
from right_one r left join today t on t.scheme_id = r.scheme_id and t.unit_code = r.unit_code and t.benefit_period = r.benefit_period;

insert into work_rate_unit (scheme_id, unit_code)
select distinct scheme_id, unit_code from work_rate where unit_code <> '';

select analyze_rows('work_coefficient');
select analyze_rows('work_rate');
select analyze_rows('work_rate_unit');
