-- What: the first month that is reconciled, by scheme and unit.
-- Reads: coverage_start_row, administrative_unit_row, unit_succession_row
-- Writes: work_start (one row per scheme and unit below a start, and one with an empty unit for everywhere else)
-- Rule: D98. The unit's own, else that of the nearest unit above it (or of its successor, where it has no row), else the country's.
-- Why here: so that no later step climbs from unit to unit.

truncate work_start;

insert into work_start (scheme_id, unit_code, start_period)
with recursive start as (
  select distinct on (r.scheme_id, r.unit_code) r.scheme_id, r.unit_code, r.start_period
  from coverage_start_row r join work_file using (file_id)
  order by r.scheme_id, r.unit_code, r.file_id desc, r.line_number desc
), unit as (
  select distinct on (r.unit_code) r.unit_code, nullif(r.parent_code, r.unit_code) as next_code
  from administrative_unit_row r join work_file using (file_id)
  order by r.unit_code, r.valid_from desc, r.file_id desc, r.line_number desc
), successor as (
  select distinct on (r.old_code) r.old_code as unit_code, r.new_code as next_code
  from unit_succession_row r join work_file using (file_id) where r.new_code <> r.old_code
  order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
), upward as (
  select unit_code, coalesce(u.next_code, s.next_code) as next_code from unit u full join successor s using (unit_code)
), climb as (
  select unit_code, unit_code as ancestor_code, 0 as depth
  from (select unit_code from upward union select unit_code from start where unit_code is not null) every
  where exists (select from start where unit_code is not null)
  union all
  select c.unit_code, u.next_code, c.depth + 1 from climb c join upward u on u.unit_code = c.ancestor_code where u.next_code is not null and c.depth < 9
)
select distinct on (s.scheme_id, c.unit_code) s.scheme_id, c.unit_code, s.start_period
from climb c join start s on s.unit_code = c.ancestor_code
order by s.scheme_id, c.unit_code, c.depth;

insert into work_start (scheme_id, unit_code, start_period)
select distinct on (r.scheme_id) r.scheme_id, '', r.start_period
from coverage_start_row r join work_file using (file_id) where r.unit_code is null
order by r.scheme_id, r.file_id desc, r.line_number desc;

select analyze_rows('work_start');
