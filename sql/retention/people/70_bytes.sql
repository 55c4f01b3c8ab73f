-- What: names the bytes that tell of somebody who was forgotten, now or by an application that was cut off.
-- Reads: forgotten_file, source_file, case_attachment
-- Gives: one row: by which SHA-256 received files and evidence lie
-- Rule: D196. The same bytes may have come twice; evidence stays while a case of somebody else shares it.
-- Why last: it says what is to go once everything else is certain.
select
  (select coalesce(array_agg(distinct sha256), '{}') from source_file join forgotten_file using (file_id)) as files,
  (select coalesce(array_agg(distinct a.sha256), '{}') from case_attachment a
    where a.file_name = left(a.sha256, 12) and a.person_key between 2000000000000 and 2999999999999
      and not exists (select from case_attachment o where o.sha256 = a.sha256 and o.file_name <> left(o.sha256, 12))) as evidence;
