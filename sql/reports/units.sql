-- What: every unit that files name, today's name, what came after it and what it lies in.
-- Reads: administrative_unit_row, unit_succession_row, through published_file
-- Gives: one row per unit code
-- Rule: D100: the newest row of a unit stands; of several successors the one that took the whole, then the smallest code
-- Parameters: as_of (successions up to this day)

with unit as (
  select distinct on (r.unit_code) r.unit_code, r.name, r.level, nullif(r.parent_code, r.unit_code) as parent_code
  from administrative_unit_row r join published_file using (file_id)
  order by r.unit_code, r.valid_from desc, r.file_id desc, r.line_number desc
), successor as (
  select distinct on (r.old_code) r.old_code as unit_code, r.new_code
  from unit_succession_row r join published_file using (file_id) where r.new_code <> r.old_code and r.effective_date <= :'as_of'::date
  order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
)
select unit_code, u.name, u.level, u.parent_code, s.new_code
from unit u full join successor s using (unit_code)
order by unit_code collate "C";
