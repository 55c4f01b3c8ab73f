-- What: takes out what was found in months before a place began.
-- Reads: work_start, work_payment
-- Writes: work_finding
-- Rule: D98: such months are history, loaded for what they explain. A payment that names no month belongs to that of its instruction.
-- Why here: each type of finding looks at its own rows; only here are all of them together, before anything is told of them.

delete from work_finding f
where exists (select from work_start) and f.scheme_id is not null
  and coalesce(f.benefit_period, (select p.until_period from work_payment p where p.person_key = f.person_key and p.payment_number = f.payment_number))
    < coalesce((select start_period from work_start s where s.scheme_id = f.scheme_id and s.unit_code = f.unit_code), (select start_period from work_start s where s.scheme_id = f.scheme_id and s.unit_code = ''));
