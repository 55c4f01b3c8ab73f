-- What: rule 3, id_oldest: a payment with an id that does not state both scheme and month.
-- Reads: work_payment, work_entitlement
-- Writes: work_claim
-- Rule: contract 3.3, D10; a month before the place began is open only to payments that name it, or come from before too (D98).
-- Why here: the person is certain, the month is not.

insert into work_claim (person_key, payment_number, match_rule, is_to_period, turn)
select p.beneficiary_key, p.payment_number, 'id_oldest', false, p.payment_number
from work_payment p
where p.beneficiary_key is not null and (p.scheme_id is null or p.benefit_period is null)
  and exists (select from work_entitlement e where e.person_key = p.beneficiary_key and e.currency = p.currency
    and coalesce(e.scheme_id = p.scheme_id, true) and coalesce(e.benefit_period = p.benefit_period, e.benefit_period <= p.until_period and (e.benefit_period >= e.start_period or p.until_period < e.start_period), true));
