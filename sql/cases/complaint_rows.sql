-- What: the complaints in sealed files for which nothing was opened yet, or whose case went with a file that was withdrawn.
-- Reads: complaint_row, source_file, scheme_code, complaint
-- Gives: one row per line of a file, the oldest file first
-- Rule: a complaint that the desk took on the same day about the same month and scheme is the same complaint.

select r.person_key::text as person_key, s.scheme, r.benefit_period, r.complained_date, r.came_by::text as came_by, r.wanted_answer::text as wanted_answer, r.phone, r.words, r.person_name, r.unit_code, r.file_id, r.line_number::text as line_number
from complaint_row r
join source_file f on f.file_id = r.file_id
left join scheme_code s using (scheme_id)
where f.status = 'sealed' and not exists (
  select from complaint c
  where c.person_key = r.person_key and c.finding_id = complaint_id(r.person_key, s.scheme, r.benefit_period, r.complained_date, null))
order by r.file_id, r.line_number;
