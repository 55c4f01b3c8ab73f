-- What: before which day of a month the payment organisation reports, and by which law; no row where nothing says so.
-- Reads: report_deadline_row, source_file
-- Rule: the newest row that applies on the first day of the month; of several the newest file's
-- Parameters: benefit_period

select r.deadline_day, r.legal_basis
from report_deadline_row r join source_file f on f.file_id = r.file_id
where f.status = 'sealed' and r.report = 'monthly' and r.applies_from <= to_date(:'benefit_period'::text || '01', 'YYYYMMDD')
order by r.applies_from desc, r.file_id desc, r.line_number desc limit 1;
