-- What: counts the clocks by everything people are told apart by, but for the commune.
-- Reads: entitlement_clock, work_province
-- Writes: work_clock_cell
-- Rule: D39. An increment adds what it worked out and takes away what was published of the same beneficiaries.
-- Why here: all clocks are known; the next steps do not need the counts.

insert into work_clock_cell (scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days,
  entitlement_count, instructed_count, due_to_instructed_days, transferred_count, instructed_to_credited_days, activated_count, credited_to_withdrawable_days)
select c.scheme_id, c.benefit_period, p.province_code, c.creditor_agent, c.distance_band, c.age_band, c.payment_channel, c.payee_type, c.sex, c.electricity, c.signal, c.needs, c.cash_event, c.days,
  sum(c.sign), coalesce(sum(c.sign) filter (where c.due_to_instructed_days is not null), 0), coalesce(sum(c.due_to_instructed_days * c.sign), 0), coalesce(sum(c.sign) filter (where c.instructed_to_credited_days is not null), 0), coalesce(sum(c.instructed_to_credited_days * c.sign), 0),
  coalesce(sum(c.sign) filter (where c.credited_to_withdrawable_days is not null), 0), coalesce(sum(c.credited_to_withdrawable_days * c.sign), 0)
from (
  select *, 1 as sign from entitlement_clock where slot = :'clock_slot'::smallint and cash_event is not null
  union all select *, -1 from entitlement_clock where slot = 3 and cash_event is not null and :'is_increment'::boolean
) c
left join work_province p on p.unit_code = c.unit_code
group by c.scheme_id, c.benefit_period, p.province_code, c.creditor_agent, c.distance_band, c.age_band, c.payment_channel, c.payee_type, c.sex, c.electricity, c.signal, c.needs, c.cash_event, c.days
-- what stayed as it was cancels out: an increment looks at every month of whom it touches, and few of them change
having sum(c.sign) <> 0 or sum(c.due_to_instructed_days * c.sign) <> 0 or sum(c.instructed_to_credited_days * c.sign) <> 0 or sum(c.credited_to_withdrawable_days * c.sign) <> 0
  or sum(c.sign) filter (where c.due_to_instructed_days is not null) <> 0 or sum(c.sign) filter (where c.instructed_to_credited_days is not null) <> 0 or sum(c.sign) filter (where c.credited_to_withdrawable_days is not null) <> 0;
