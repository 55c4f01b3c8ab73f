-- What: the beneficiaries of a month of whom the lists may be wrong, doubled, out of date or silent, with what speaks for it.
-- Reads: published_clock, finding, register_row, entitlement_line, published_file
-- Gives: one row per beneficiary; names and days as the list and the register write them, null where the register has nobody. Whether two spellings are one name is for the caller to say
-- Rule: D102; the standing row of the register (D14)
-- Parameters: benefit_period, unit_codes (null: everywhere), as_of

with people as materialized (
  select person_key, unit_code, village, missing_fields from published_clock
  where benefit_period = :'benefit_period'::integer and is_first_of_month and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
), flagged as (
  select person_key, array_agg(distinct code) as codes from finding
  where code in ('id_invalid', 'id_mismatch', 'duplicate_person', 'duplicate_entitlement_line', 'double_scheme', 'deceased_on_list', 'stale_verification', 'never_verified') and benefit_period = :'benefit_period'::integer and person_key >= 0
  group by person_key
), registered as (
  select distinct on (r.person_key) r.person_key, r.person_name, r.birth_date, r.birth_year, r.sex, r.unit_code
  from register_row r join published_file using (file_id) join people using (person_key) where r.verified_date <= :'as_of'::date
  order by r.person_key, r.verified_date desc, r.file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], r.vital_status), r.death_date nulls first, r.previous_key nulls first, r.line_number desc
), listed as (
  select l.person_key, min(l.beneficiary_name collate "C") as beneficiary_name, min(l.birth_date) as birth_date, min(l.birth_year) as birth_year, min(l.sex) as sex
  from entitlement_line l join published_file using (file_id) join people using (person_key)
  where l.benefit_period = :'benefit_period'::integer and l.list_status = 'active' group by l.person_key
)
select p.person_key::text as person_key, p.unit_code, p.village, p.missing_fields, coalesce(f.codes, '{}') as codes, l.beneficiary_name, r.person_name as register_name, r.unit_code as register_unit,
  r.person_key is not null and coalesce(l.birth_year <> r.birth_year or l.birth_date is not null and r.birth_date is not null and l.birth_date <> r.birth_date, false) as is_birth_different,
  r.person_key is not null and coalesce(l.sex <> r.sex, false) as is_sex_different
from people p join listed l using (person_key) left join flagged f using (person_key) left join registered r using (person_key)
where p.missing_fields > 0 or f.person_key is not null or r.person_name <> l.beneficiary_name or r.unit_code <> p.unit_code or r.birth_year <> l.birth_year or r.birth_date <> l.birth_date or r.sex <> l.sex
order by p.unit_code collate "C", p.village collate "C" nulls last, l.beneficiary_name collate "C", p.person_key;
