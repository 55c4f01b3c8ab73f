-- What: rule 1, id_period: a payment that states id, scheme and month is laid against that entitlement.
-- Reads: work_payment, work_entitlement
-- Writes: work_claim, work_match (exact amounts, at once), work_entitlement.open_amount
-- Slices: by beneficiary, so that two connections work at once
-- Rule: contract 3.1: exact amounts first, whether they take anything or not (D6); the others follow one by one in lay_claims, since they may spill over (id_periods).
-- Why here: the most certain rule.

insert into work_claim (person_key, payment_number, match_rule, is_to_period, turn)
select e.person_key, p.payment_number, 'id_period', true, p.payment_number
from work_payment p join work_entitlement e on e.person_key = p.beneficiary_key and e.scheme_id = p.scheme_id and e.benefit_period = p.benefit_period and e.currency = p.currency
where abs(p.beneficiary_key % :'slice_count'::bigint) = :'slice'::bigint;

select analyze_rows('work_claim');

insert into work_match (person_key, payment_number, scheme_id, benefit_period, match_rule, allocated_amount, open_before_amount)
select e.person_key, p.payment_number, e.scheme_id, e.benefit_period, c.match_rule, case when p.is_taking then p.face_amount else 0 end,
  e.due_amount - coalesce(sum(p.face_amount) filter (where p.is_taking) over (partition by e.person_key, e.scheme_id, e.benefit_period order by p.payment_number rows between unbounded preceding and 1 preceding), 0)
from work_claim c join work_payment p using (person_key, payment_number)
join work_entitlement e on e.person_key = c.person_key and e.scheme_id = p.scheme_id and e.benefit_period = p.benefit_period
where p.face_amount = e.due_amount and abs(c.person_key % :'slice_count'::bigint) = :'slice'::bigint;

update work_entitlement e set open_amount = e.open_amount - taken.amount
from (select person_key, scheme_id, benefit_period, sum(allocated_amount) as amount from work_match where abs(person_key % :'slice_count'::bigint) = :'slice'::bigint group by 1, 2, 3) taken
where taken.person_key = e.person_key and taken.scheme_id = e.scheme_id and taken.benefit_period = e.benefit_period;

delete from work_claim c using work_match m where m.person_key = c.person_key and m.payment_number = c.payment_number and abs(m.person_key % :'slice_count'::bigint) = :'slice'::bigint;

select analyze_rows('work_match');
