-- What: makes subjects of the holders found beside them.
-- Reads: work_shared
-- Writes: work_subject
-- Rule: as 40.
-- Why here: the last who become subjects; in a table of their own until now, since two connections may find the same one.

insert into work_subject (person_key)
select distinct person_key from work_shared
on conflict (person_key) do nothing;

select analyze_rows('work_subject');
