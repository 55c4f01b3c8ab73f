-- What: those of some people whom the reader may see, as the newest list names them.
-- Reads: entitlement_line, through published_file
-- Gives: one row per person; account_end: the last four of the account that the list names for them, null where it names none
-- Rule: whoever is not the reader's is not there.
-- Parameters: person_keys

select distinct on (l.person_key) l.person_key::text as person_key, l.beneficiary_name, coalesce(extract(year from l.birth_date)::integer, l.birth_year::integer) as birth_year, l.unit_code, l.village, right(account_text(l.account_key), 4) as account_end
from entitlement_line l join published_file using (file_id)
where l.person_key = any (:'person_keys'::bigint[]) and (desk_sees_all() or l.unit_code = any (desk_units()))
order by l.person_key, l.benefit_period desc, l.file_id desc, l.line_number;
