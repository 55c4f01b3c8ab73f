-- What: the newest names of some administrative units.
-- Reads: administrative_unit
-- Gives: one row per unit that a list of units knows
-- Parameters: unit_codes

select distinct on (unit_code) unit_code, name from administrative_unit where unit_code = any (:'unit_codes'::text[]) order by unit_code, valid_from desc;
