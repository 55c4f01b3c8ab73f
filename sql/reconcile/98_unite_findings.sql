-- What: joins each finding with its story, as it will be published.
-- Reads: work_finding, work_story, work_payment_story, scheme_code
-- Writes: work_ready_finding
-- Slices: by beneficiary (or account), so that two connections work at once
-- Rule: finding_id is a hash of code, scheme, month and subject, so it survives reruns.
-- Why here: the last thing before the checks, so that publishing only copies.

insert into work_ready_finding (person_key, run_id, finding_id, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
select f.person_key, :'run_id'::bigint, md5(concat_ws('|', f.code, coalesce(c.scheme, ''), coalesce(f.benefit_period::text, ''), f.subject)), f.code, f.scheme_id, f.benefit_period, f.subject, f.amount_at_stake, f.currency, f.unit_code,
  coalesce(s.evidence, p.evidence, '{}') || f.evidence, coalesce(s.source_rows, p.source_rows, '[]') || f.source_rows
from work_finding f
left join scheme_code c using (scheme_id)
left join work_story s on f.payment_number is null and s.person_key = f.person_key and s.scheme_id = f.scheme_id and s.benefit_period = f.benefit_period
left join work_payment_story p on p.person_key = f.person_key and p.payment_number = f.payment_number
where abs(f.person_key % :'slice_count'::bigint) = :'slice'::bigint;
