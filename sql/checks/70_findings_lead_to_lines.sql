-- What: findings that rest on no line of any file, or of a file this run does not see.
-- Rule: contract 9.8. A refused file is seen as what it is: a finding may be about it.

select f.code, count(*) as finding_count
from work_finding f
left join work_story s on f.payment_number is null and s.person_key = f.person_key and s.scheme_id = f.scheme_id and s.benefit_period = f.benefit_period
left join work_payment_story p on p.person_key = f.person_key and p.payment_number = f.payment_number
cross join lateral (select coalesce(s.source_rows, p.source_rows, '[]') || f.source_rows as source_rows) resting
where jsonb_array_length(resting.source_rows) = 0
  or exists (select from jsonb_array_elements(resting.source_rows) r where (r ->> 'file_id')::bigint not in (select file_id from work_file union all select file_id from source_file where status = 'refused'))
group by f.code;
