-- What: in a full run, those whose rows are gathered: the subjects, their payees, and the payments that name nobody.
-- Reads: work_subject, mandate_row, payment_report
-- Writes: work_touched
-- Rule: the holders of every account that matters to a subject are subjects already (41), but for payees, whose accounts matter too.
-- Why here: everybody has been looked at; from here on only they are.

insert into work_touched (person_key, round)
select person_key, 0 from work_subject
union select m.payee_key, 0 from mandate_row m join work_file using (file_id) join work_subject s using (person_key)
union select person_key, 0 from payment_report join work_file using (file_id) where person_key < 0;

select analyze_rows('work_touched');
