-- What: ways into the cases by unit and deadline, and by the day they came.
-- Why: a commune’s few thousand cases, and those of last night, are found among millions.
-- Source: issue 6 points 2 and 9; decision D141

create index case_record_of_unit on case_record (unit_code, deadline_date);
create index case_record_opened on case_record (opened_date);
