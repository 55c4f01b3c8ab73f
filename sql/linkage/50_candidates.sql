-- What: the candidates, one after the other.
-- Reads: work_pair_candidate
-- Writes: nothing; the caller scores them and stores the pairs above the threshold
-- Rule: D48. The score depends on the two descriptions alone, so no order is needed.
-- Why a cursor: there may be millions.

declare candidate no scroll cursor for
select first_key, second_key, first_name, second_name, first_points, second_points, first_birth_date, second_birth_date, first_birth_year, second_birth_year, first_sex, second_sex, first_unit_code, second_unit_code
from work_pair_candidate;
