-- What: from here on the run sees the files of now.
-- Reads: work_file_now
-- Writes: work_file
-- Rule: contract 2, seal: whole files only, those sealed when the run began.
-- Why here: after an increment has looked back.

truncate work_file, work_payee_account, work_shared, work_screen, work_subject;
insert into work_file (file_id) select file_id from work_file_now;

select analyze_rows('work_file');
