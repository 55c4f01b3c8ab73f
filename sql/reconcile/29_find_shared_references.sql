-- What: beneficiaries whose payment reference is also somebody else's, or stands for several months.
-- Reads: payment_report
-- Writes: work_shared (one row per beneficiary and reason)
-- Slices: by reference, so that two connections work at once and hashes fit in memory
-- Rule: D5: reports of one reference are one payment, whoever they name; equal keys stand in for equal references, which at worst makes a subject too many.
-- Why here: it asks nothing of the screen and may go on beside it.

insert into work_shared (person_key)
select person_key from payment_report join work_file using (file_id)
where person_key >= 0 and abs(reference_key % :'slice_count'::bigint) = :'slice'::bigint and reference_key in (
  select reference_key
  from (select file_id, person_key, reference_key, coalesce(benefit_period, 0) * 100000::bigint + coalesce(scheme_id, 0) as place from payment_report where abs(reference_key % :'slice_count'::bigint) = :'slice'::bigint) report join work_file using (file_id)
  group by reference_key having min(person_key) <> max(person_key) or min(place) <> max(place));
