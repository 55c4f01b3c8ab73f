-- What: people of some units whose name holds what was typed, for whoever has no number with them.
-- Reads: published_clock, entitlement_line, through published_file
-- Gives: one row per person, by name; at most row_limit of them; name, birth year and village as the newest list of the units has them
-- Rule: names are compared as name_search() writes them, without marks and capitals.
-- Parameters: unit_codes, name (as name_search() writes it), row_limit

with people as (
  select distinct c.person_key from published_clock c where c.unit_code = any (:'unit_codes'::text[]) and c.is_first_of_month and c.person_key between 0 and 1000999999999
), listed as (
  select distinct on (l.person_key) l.person_key, l.beneficiary_name, coalesce(extract(year from l.birth_date)::integer, l.birth_year::integer) as birth_year, l.unit_code, l.village
  from people join entitlement_line l using (person_key) join published_file using (file_id)
  where l.unit_code = any (:'unit_codes'::text[])
  order by l.person_key, l.benefit_period desc, l.file_id desc, l.line_number
)
select person_key::text as person_key, beneficiary_name, birth_year, unit_code, village
from listed where strpos(name_search(beneficiary_name), :'name'::text) > 0
order by name_search(beneficiary_name) collate "C", birth_year, person_key
limit :'row_limit'::integer;
