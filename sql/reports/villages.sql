-- What: the villages of some units, with what it takes to reach them.
-- Reads: village_row, source_file
-- Gives: one row per unit and village, as the newest sealed file states it; distances in kilometres, null where not stated
-- Rule: Bản Lù and BẢN LÙ are one village.
-- Parameters: unit_codes

select distinct on (v.unit_code, name_spelling(v.village)) v.unit_code, v.village, name_spelling(v.village) as spelling, v.distance_km, v.electricity, v.signal, v.cash_point_km
from village_row v join source_file f using (file_id)
where f.status = 'sealed' and v.unit_code = any (:'unit_codes'::text[])
order by v.unit_code, name_spelling(v.village), v.file_id desc, v.line_number desc;
