-- What: the newest name of one administrative unit.
-- Reads: administrative_unit
-- Gives: at most one row

select name from administrative_unit where unit_code = :'unit_code'::text order by valid_from desc limit 1;
