-- What: counts the clocks by commune.
-- Reads: entitlement_clock
-- Writes: work_clock_unit
-- Rule: as 95_count_clock_cells.
-- Why here: beside it.

insert into work_clock_unit (scheme_id, benefit_period, unit_code, cash_event, days,
  entitlement_count, instructed_count, due_to_instructed_days, transferred_count, instructed_to_credited_days, activated_count, credited_to_withdrawable_days)
select c.scheme_id, c.benefit_period, c.unit_code, c.cash_event, c.days,
  count(*) * c.sign, count(c.due_to_instructed_days) * c.sign, coalesce(sum(c.due_to_instructed_days), 0) * c.sign, count(c.instructed_to_credited_days) * c.sign, coalesce(sum(c.instructed_to_credited_days), 0) * c.sign,
  count(c.credited_to_withdrawable_days) * c.sign, coalesce(sum(c.credited_to_withdrawable_days), 0) * c.sign
from (
  select *, 1 as sign from entitlement_clock where slot = :'clock_slot'::smallint and cash_event is not null
  union all select *, -1 from entitlement_clock where slot = 3 and cash_event is not null and :'is_increment'::boolean
) c
group by c.sign, c.scheme_id, c.benefit_period, c.unit_code, c.cash_event, c.days;
