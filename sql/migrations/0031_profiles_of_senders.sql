-- What: a mapping profile belongs to one sender or to all, and a bank knows by name its own people alone.
-- Why: the name of a profile tells whose customer somebody is, and the list of all staff names every other bank's systems and clerks.
-- Source: contract 2 (a profile is saved per sender), 9.10, promises R13, R14; decisions D154, D167

alter table ingest_profile add column source text;
comment on column ingest_profile.source is 'whose files are read by it, as source_file.source: of a bank its 6 digits; the same for every version of a name; null: everybody''s';

-- What a bank may read is said here, not by its pages: of whoever has left it, only the name beneath what they answered.
create or replace view colleague as
select staff_id, display_name,
  case when is_known then roles end as roles, case when is_known then unit_code end as unit_code, case when is_known then scope_level end as scope_level, case when is_known then is_active end as is_active
from (select s.*, (select desk_agent()) is null or s.creditor_agent = (select desk_agent()) as is_known from staff s) s
where is_known or s.staff_id in (select answered_by from bank_question where creditor_agent = (select desk_agent()));
comment on view colleague is 'people who may use the pages, as others may know them: for a bank those of its own alone, and by name whoever answered for it';
