-- What: counts the clocks by commune.
-- Reads: entitlement_clock
-- Writes: work_clock_unit
-- Rule: as 95_count_clock_cells.
-- Why here: beside it.

insert into work_clock_unit (scheme_id, benefit_period, unit_code, cash_event, days,
  entitlement_count, instructed_count, due_to_instructed_days, transferred_count, instructed_to_credited_days, activated_count, credited_to_withdrawable_days)
select c.scheme_id, c.benefit_period, c.unit_code, c.cash_event, c.days,
  sum(c.sign), coalesce(sum(c.sign) filter (where c.due_to_instructed_days is not null), 0), coalesce(sum(c.due_to_instructed_days * c.sign), 0), coalesce(sum(c.sign) filter (where c.instructed_to_credited_days is not null), 0), coalesce(sum(c.instructed_to_credited_days * c.sign), 0),
  coalesce(sum(c.sign) filter (where c.credited_to_withdrawable_days is not null), 0), coalesce(sum(c.credited_to_withdrawable_days * c.sign), 0)
from (
  select *, 1 as sign from entitlement_clock where slot = :'clock_slot'::smallint and cash_event is not null
  union all select *, -1 from entitlement_clock where slot = 3 and cash_event is not null and :'is_increment'::boolean
) c
group by c.scheme_id, c.benefit_period, c.unit_code, c.cash_event, c.days
-- what stayed as it was cancels out: an increment looks at every month of whom it touches, and few of them change
having sum(c.sign) <> 0 or sum(c.due_to_instructed_days * c.sign) <> 0 or sum(c.instructed_to_credited_days * c.sign) <> 0 or sum(c.credited_to_withdrawable_days * c.sign) <> 0
  or sum(c.sign) filter (where c.due_to_instructed_days is not null) <> 0 or sum(c.sign) filter (where c.instructed_to_credited_days is not null) <> 0 or sum(c.sign) filter (where c.credited_to_withdrawable_days is not null) <> 0;
