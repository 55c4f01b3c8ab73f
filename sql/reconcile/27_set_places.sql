-- What: how far each village lies from what people need, and the province of every unit, as known when the run began.
-- Reads: village_row, administrative_unit_row, unit_succession_row
-- Writes: work_village (one row per unit and village), work_province (one row per unit)
-- Rule: D100. The newest row of a village stands; a unit that is no more lies where its successor does.
-- Why here: so that no later step climbs from unit to unit.

truncate work_village, work_province;

insert into work_village (unit_code, village, distance_band, electricity, signal)
select distinct on (r.unit_code, r.village) r.unit_code, r.village,
  case when r.distance_km < 5 then 0 when r.distance_km < 10 then 5 when r.distance_km < 20 then 10 when r.distance_km >= 20 then 20 end,
  supply_word(r.electricity), supply_word(r.signal)
from village_row r join work_file using (file_id)
order by r.unit_code, r.village, r.file_id desc, r.line_number desc;

insert into work_province (unit_code, province_code)
with recursive unit as (
  select distinct on (r.unit_code) r.unit_code, nullif(r.parent_code, r.unit_code) as next_code
  from administrative_unit_row r join work_file using (file_id)
  order by r.unit_code, r.valid_from desc, r.file_id desc, r.line_number desc
), successor as (
  select distinct on (r.old_code) r.old_code as unit_code, r.new_code as next_code
  from unit_succession_row r join work_file using (file_id) where r.new_code <> r.old_code and r.effective_date <= :'as_of'::date
  order by r.old_code, (r.part = 'whole') desc, r.new_code collate "C"
), upward as (
  -- what came after a unit comes before what it lay in: the province may have been merged too
  select unit_code, coalesce(s.next_code, u.next_code) as next_code from unit u full join successor s using (unit_code)
), climb as (
  select unit_code, unit_code as ancestor_code, 0 as depth from upward
  union all
  select c.unit_code, u.next_code, c.depth + 1 from climb c join upward u on u.unit_code = c.ancestor_code where u.next_code is not null and c.depth < 9
)
select distinct on (unit_code) unit_code, ancestor_code from climb order by unit_code, depth desc;

select analyze_rows('work_village');
select analyze_rows('work_province');
