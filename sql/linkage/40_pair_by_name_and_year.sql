-- What: candidates with the same folded name and birth year: another day, month, unit or spelling.
-- Reads: person_identity, work_person
-- Writes: work_pair_candidate (one row per two descriptions)
-- Rule: D48. Two ids, at least one of them compared anew, that can reach the review threshold whatever class their names turn out to be.
-- Why by equality: an OR or a distance in the join would be a cross product.

insert into work_pair_candidate (first_key, second_key, first_name, second_name, first_points, second_points, first_birth_date, second_birth_date, first_birth_year, second_birth_year, first_sex, second_sex, first_unit_code, second_unit_code)
select a.person_key, b.person_key, a.beneficiary_name, b.beneficiary_name, a.name_points, b.name_points, a.birth_date, b.birth_date, a.birth_year, b.birth_year, a.sex, b.sex, a.unit_code, b.unit_code
from person_identity a join person_identity b on b.name_key = a.name_key and b.birth_year = a.birth_year
where (:'is_everybody'::boolean and a.person_key < b.person_key
    or not :'is_everybody'::boolean and a.person_key <> b.person_key and a.person_key in (select person_key from work_person) and (a.person_key < b.person_key or b.person_key not in (select person_key from work_person)))
  and least(a.name_points, b.name_points)
    + case when a.name_key = b.name_key then 0 else :'closest_name_points'::integer end
    + case when a.unit_code = b.unit_code then :'same_unit_points'::integer else :'other_unit_points'::integer end
    + case
        when a.birth_date = b.birth_date then :'same_date_points'::integer
        when a.date_key = b.date_key then :'swapped_date_points'::integer
        when a.birth_date is not null and b.birth_date is not null then :'near_date_points'::integer
        else :'same_year_points'::integer end
    + :'greatest_other_points'::integer >= :'review_threshold'::integer;
