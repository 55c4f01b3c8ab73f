-- What: ways into the cases for counts by unit, by deadline and by the day they came and went.
-- Why: Today and the dashboards of a commune count its own few thousand cases among millions; without these they read them all.
-- Source: issue 6 points 2 and 9; decision D141

create index case_record_of_unit on case_record (unit_code, deadline_date);
create index case_record_opened on case_record (opened_date);
create index case_record_closed on case_record (closed_date) where closed_date is not null;
