-- What: the administrative units that have findings, for the filter of the list.
-- Reads: finding_unit
-- Gives: one row per unit code, with its newest name, at most :'row_limit' of them; the name is null where no list of units was loaded

select unit_code, name
from finding_unit
order by unit_code
limit :'row_limit'::int;
