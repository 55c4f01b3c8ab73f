-- What: takes telephones, messages and words of complaints away whose case was closed before the day.
-- Reads: case_record, case_message, complaint, complaint_row
-- Writes: case_message (rows go), complaint and complaint_row (phone, words: null)
-- Gives: one row: how many
-- Rule: D194; that there was a complaint, when and how it came stays, for it is counted
-- Parameters: before
with messages as (
  delete from case_message m using case_record c
  where c.person_key = m.person_key and c.finding_id = m.finding_id and c.closed_date < :'before'::timestamptz::date returning 1
), complaints as (
  update complaint p set phone = null, words = null from case_record c
  where c.person_key = p.person_key and c.finding_id = p.finding_id and c.closed_date < :'before'::timestamptz::date and (p.phone is not null or p.words is not null)
  returning p.person_key, p.file_id, p.line_number
), told as (
  update complaint_row r set phone = null, words = null from complaints p
  where r.person_key = p.person_key and r.file_id = p.file_id and r.line_number = p.line_number returning 1
)
select ((select count(*) from messages) + (select count(*) from complaints))::text as gone_count;
