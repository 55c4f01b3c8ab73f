-- What: a unit with all that lie below it, and the old units that were merged into any of them as a whole.
-- Reads: administrative_unit, unit_succession_row, source_file
-- Gives: one row per unit code, the asked one among them, whether any list of units knows it or not
-- Rule: a unit that was divided among several stays apart: nobody knows from its code alone which part a person lives in.
-- Parameters: unit_code

with recursive below as (
  select :'unit_code'::text as unit_code
  union
  select found.unit_code
  from below b cross join lateral (
    select a.unit_code from administrative_unit a where a.parent_code = b.unit_code
    union
    select s.old_code from unit_succession_row s join source_file f using (file_id) where f.status = 'sealed' and s.part = 'whole' and s.new_code = b.unit_code
  ) found
)
select unit_code from below order by unit_code collate "C";
