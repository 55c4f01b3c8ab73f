-- What: who may receive for one beneficiary, and until when.
-- Reads: mandate_row, through published_file
-- Gives: one row per mandate, the one that ends last first
-- Parameters: person_key, as_of

select identifier_text(m.payee_key) as payee_id, m.payee_name, m.relation::text as relation, m.valid_from, m.valid_to, coalesce(m.valid_to < :'as_of'::date, false) as is_expired
from mandate_row m join published_file using (file_id)
where m.person_key = :'person_key'::bigint
order by m.valid_to desc nulls first, m.valid_from desc, m.payee_key;
