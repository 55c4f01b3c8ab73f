-- What: notes whose pairs are new or may have changed.
-- Reads: person_pair, work_person
-- Writes: person_pair_change (one row per person, a person may stand there twice)
-- Rule: D48. An increment takes these persons up; publishing forgets them.
-- Why last: the pairs are known.

insert into person_pair_change (person_key)
select p.person_key from person_pair p join work_person w using (person_key)
union select p.other_key from person_pair p join work_person w using (person_key)
union select p.person_key from person_pair p join work_person w on w.person_key = p.other_key
union select p.other_key from person_pair p join work_person w on w.person_key = p.other_key;

select analyze_rows('person_pair');
