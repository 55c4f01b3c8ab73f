-- What: ways into the cases by unit and deadline, and by the day they came; into the counts of clocks and of access by unit.
-- Why: a commune’s few rows are found among millions.
-- Source: issue 6 points 2 and 9; decision D141

create index case_record_of_unit on case_record (unit_code, deadline_date);
create index case_record_opened on case_record (opened_date);
create index access_count_unit on access_count (unit_code);
create index clock_unit_unit on clock_unit (unit_code);
