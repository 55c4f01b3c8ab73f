-- What: rule 2, former_id_period: the same through the register's former id.
-- Reads: work_payment, work_alias, work_entitlement
-- Writes: work_claim
-- Rule: contract 3.2, D9: the payment's own id has no entitlement there, and exactly one other id of that person has. Exact amounts first.
-- Why here: an id that the register vouches for is more certain than a guess at the month.

insert into work_claim (person_key, payment_number, match_rule, is_to_period, turn)
select min(e.person_key), p.payment_number, 'former_id_period', true,
  row_number() over (order by (p.face_amount = min(e.due_amount)) desc, p.payment_number)
from work_payment p join work_alias a on a.person_key = p.beneficiary_key and a.alias_key <> p.beneficiary_key
join work_entitlement e on e.person_key = a.alias_key and e.scheme_id = p.scheme_id and e.benefit_period = p.benefit_period and e.currency = p.currency
where not exists (select from work_entitlement own where own.person_key = p.beneficiary_key and own.scheme_id = p.scheme_id and own.benefit_period = p.benefit_period)
group by p.person_key, p.payment_number, p.face_amount
having count(*) = 1;
