-- What: the schemes now in force, with their names.
-- Reads: scheme
-- Gives: one row per scheme

select scheme, name_vi, name_en, currency
from scheme
order by scheme;
