-- What: per payment, the beneficiary, scheme, month and unit that it is filed under.
-- Reads: work_payment, work_match, work_unmatched, work_candidate, work_outcome, work_line
-- Writes: work_place (one row per payment)
-- Rule: those of its first entitlement (smallest month, then scheme), else what it states itself.
-- Why here: findings about payments are filed like all others.

insert into work_place (person_key, payment_number, scheme_id, benefit_period, unit_code)
with placed as (
  select distinct on (m.payment_number) m.payment_number, m.person_key, m.scheme_id, m.benefit_period, o.unit_code
  from work_match m join work_outcome o using (person_key, scheme_id, benefit_period) join scheme_code s using (scheme_id)
  order by m.payment_number, m.benefit_period, s.scheme collate "C", m.person_key
), possible as (
  select c.payment_number, min(o.unit_code collate "C") as unit_code
  from work_candidate c join work_unmatched u using (payment_number) join work_outcome o on o.person_key = c.person_key
  group by c.payment_number
), listed as (
  select person_key, min(unit_code collate "C") as unit_code from work_line group by person_key
)
select coalesce(m.person_key, p.person_key), p.payment_number, coalesce(m.scheme_id, p.scheme_id), coalesce(m.benefit_period, p.benefit_period), coalesce(m.unit_code, c.unit_code, l.unit_code)
from work_payment p
left join placed m using (payment_number)
left join possible c using (payment_number)
left join listed l on l.person_key = p.beneficiary_key;

select analyze_rows('work_place');
