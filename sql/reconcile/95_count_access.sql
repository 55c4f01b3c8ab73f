-- What: counts entitlements by village and by whether their money can be reached, and what the lists do not say of them.
-- Reads: entitlement_clock
-- Writes: work_access_count
-- Rule: as 95_count_clock_cells, for every entitlement, credited or not.
-- Why here: beside it.

insert into work_access_count (scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields, entitlement_count)
select c.scheme_id, c.benefit_period, c.unit_code, c.village, c.payment_channel, c.account_state, c.has_card, c.is_paid, coalesce(c.cash_event = 'withdrawn', false), c.is_first_of_month, c.missing_fields, sum(c.sign)
from (
  select *, 1 as sign from entitlement_clock where slot = :'clock_slot'::smallint
  union all select *, -1 from entitlement_clock where slot = 3 and :'is_increment'::boolean
) c
group by c.scheme_id, c.benefit_period, c.unit_code, c.village, c.payment_channel, c.account_state, c.has_card, c.is_paid, coalesce(c.cash_event = 'withdrawn', false), c.is_first_of_month, c.missing_fields
-- as there, what stayed as it was cancels out
having sum(c.sign) <> 0;
