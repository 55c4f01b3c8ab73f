-- What: the beneficiaries to work out in full: those not plainly in order, those named otherwise, and both under their other ids.
-- Reads: work_screen, work_shared, register_row
-- Writes: work_subject (one row per beneficiary)
-- Rule: whatever can change a class, a match or a finding of a subject makes that other person a subject too, so the result is as if everybody were one.
-- Why here: everybody has been looked at; each later step joins work_subject.

select analyze_rows('work_screen');

insert into work_subject (person_key)
select person_key from work_screen where outcome_class is null
union
select person_key from work_shared
union
select person_key from register_row join work_file using (file_id) where vital_status = 'dead'
union
select previous_key from register_row join work_file using (file_id) where vital_status = 'dead' and previous_key is not null;

select analyze_rows('work_subject');

-- other ids of subjects
insert into work_subject (person_key)
select r.person_key from register_row r join work_file using (file_id) join work_subject s on s.person_key = r.previous_key
union select r.previous_key from register_row r join work_file using (file_id) join work_subject s using (person_key) where r.previous_key is not null
on conflict (person_key) do nothing;

select analyze_rows('work_subject');
