-- What: keeps the published clocks of the touched aside, to take them out of the counts.
-- Reads: entitlement_clock, work_touched
-- Writes: entitlement_clock (slot 3)
-- Rule: what is counted of them anew is added, what was counted is taken away.
-- Why here: few rows of many, by index.

insert into entitlement_clock (person_key, slot, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs)
select c.person_key, 3, c.scheme_id, c.benefit_period, c.due_date, c.credited_date, c.creditor_agent, c.due_to_instructed_days, c.instructed_to_credited_days, c.credited_to_withdrawable_days, c.days,
  c.distance_band, c.age_band, c.missing_fields, c.outcome_class, c.cash_event, c.account_state, c.payment_channel, c.payee_type, c.sex, c.has_card, c.is_paid, c.is_first_of_month, c.due_amount, c.unit_code, c.village, c.electricity, c.signal, c.needs
from entitlement_clock c join work_touched using (person_key)
where c.slot = :'published_slot'::smallint;
