-- What: an increment looks once more through the files that the published result rests on.
-- Reads: published_file, subject, work_touched
-- Writes: work_file, work_subject (those of the touched who were subjects then)
-- Rule: beneficiaries plainly in order are only counted, so what they were counted as is worked out again from what was known then.
-- Why here: before the files of now are looked at, so that one set of working tables serves both.

truncate work_file, work_subject;
insert into work_file (file_id) select file_id from published_file;
insert into work_subject (person_key) select person_key from subject join work_touched using (person_key);

select analyze_rows('work_file');
select analyze_rows('work_subject');
