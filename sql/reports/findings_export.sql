-- What: the findings of the published run for programs, filtered; one row per finding, its source lines with the names of their files.
-- Order: code, scheme, month, subject.

select f.finding_id, f.code, t.severity, s.scheme, to_char(f.benefit_period, 'FM0000"-"00') as benefit_period, case when f.person_key >= 0 then coalesce(identifier_text(f.person_key), h.original) end as beneficiary_id, f.subject,
  f.amount_at_stake::text as amount_at_stake, f.currency, f.unit_code, f.evidence,
  (select jsonb_agg(jsonb_build_object('file_id', r ->> 'file_id', 'file_name', sf.file_name, 'line', (r ->> 'line')::bigint) order by (r ->> 'file_id')::bigint, (r ->> 'line')::bigint)
    from (select distinct r from jsonb_array_elements(f.source_rows) r) rows (r) join source_file sf on sf.file_id = (r ->> 'file_id')::bigint) as source_rows
from finding f join finding_type t using (code) left join scheme_code s using (scheme_id) left join hashed_text h on h.hash_key = f.person_key
where coalesce(f.code = :'code'::text, true) and coalesce(f.benefit_period = :'benefit_period'::integer, true) and coalesce(f.unit_code = :'unit_code'::text, true)
order by f.code, s.scheme collate "C", f.benefit_period, f.subject collate "C";
