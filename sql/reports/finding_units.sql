-- What: the administrative units that have findings, for the filter of the list.
-- Reads: finding, administrative_unit
-- Gives: one row per unit code, with its newest name; the name is null where no list of units was loaded

select f.unit_code, n.name
from (select distinct unit_code from finding where unit_code is not null) f
left join lateral (select u.name from administrative_unit u where u.unit_code = f.unit_code order by u.valid_from desc limit 1) n on true
order by f.unit_code;
