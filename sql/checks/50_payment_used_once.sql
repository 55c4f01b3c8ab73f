-- What: payments that were not placed exactly once: given out for more or less than they are, or both matched and unmatched, or neither.
-- Rule: contract 3: a payment is used once; 9.2.

with placed as (
  select payment_number, sum(allocated_amount) as allocated_amount from work_match group by payment_number
)
select p.payment_name, p.face_amount::text, m.allocated_amount::text, u.reason
from work_payment p left join placed m using (payment_number) left join work_unmatched u using (payment_number)
where (m.payment_number is null) = (u.payment_number is null)
  or m.allocated_amount <> case when p.is_taking then p.face_amount else 0 end;
