-- What: who need not have an account, why, by whose word and until when, as of a day.
-- Reads: exemption_row, reason_code, entitlement_line, administrative_unit, source_file (all sealed files)
-- Gives: one row per beneficiary, reason and first day, as its newest file states it; name, unit and village as the newest list has them
-- Rule: valid from the first to the last day, both included; expiring: valid, and the last day is within 30 days.
-- Parameters: as_of, unit_codes (null: all)

with stated as (
  select distinct on (e.person_key, e.reason_code, e.valid_from) e.*, f.file_name
  from exemption_row e join source_file f using (file_id)
  where f.status = 'sealed'
  order by e.person_key, e.reason_code, e.valid_from, e.file_id desc, e.line_number desc
), listed as (
  select distinct on (l.person_key) l.person_key, l.beneficiary_name, l.unit_code, l.village
  from (select distinct person_key from stated) e join entitlement_line l using (person_key) join source_file f using (file_id)
  where f.status = 'sealed'
  order by l.person_key, l.benefit_period desc, l.file_id desc, (l.list_status = 'active') desc, l.line_number
)
select case when e.valid_from > :'as_of'::date then 'future' when e.valid_to < :'as_of'::date then 'expired' when e.valid_to <= :'as_of'::date + 30 then 'expiring' else 'valid' end as state,
  e.person_key::text as person_key, identifier_text(e.person_key) as beneficiary_id, l.beneficiary_name, l.unit_code, u.name as unit_name, l.village,
  e.reason_code, r.name_vi as reason_vi, r.name_en as reason_en, e.evidence_reference, e.approved_by, e.valid_from, e.valid_to, e.file_id::text as file_id, e.line_number::text as line, e.file_name
from stated e left join listed l using (person_key) left join reason_code r on r.code = e.reason_code
left join (select distinct on (unit_code) unit_code, name from administrative_unit order by unit_code, valid_from desc) u on u.unit_code = l.unit_code
where :'unit_codes'::text[] is null or l.unit_code = any (:'unit_codes'::text[])
order by l.unit_code collate "C", e.valid_to, e.person_key, e.reason_code collate "C", e.valid_from;
