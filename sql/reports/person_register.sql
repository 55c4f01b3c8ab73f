-- What: what the population register says of one id: its other ids, and the person.
-- Reads: register_row, through published_file
-- Gives: one row per row of the register that names the id, the latest first
-- Parameters: person_key

select r.person_key::text as person_key, r.previous_key::text as previous_key, r.person_name, coalesce(extract(year from r.birth_date)::integer, r.birth_year::integer) as birth_year, r.unit_code, r.vital_status::text as vital_status, r.death_date
from register_row r join published_file using (file_id)
where r.person_key = :'person_key'::bigint or r.previous_key = :'person_key'::bigint
order by r.verified_date desc, r.file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], r.vital_status), r.death_date nulls first, r.previous_key nulls first, r.line_number desc
limit 20;
