-- What: an index by which a slice of the beneficiaries is found in few pages, and the due dates that each list names.
-- Why: ingest lays the rows of a frame down by person_key % 240 (D70), so a run that asks for `person_key % 240 between 16 and 23` reads its share of a table
--      and not the whole; and the run need not read every line to know which months and due dates there are.

-- Several intervals a range: now and then PostgreSQL puts a single row of another bucket where a page has room for it.
create index entitlement_line_bucket on entitlement_line using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);
create index payment_report_bucket on payment_report using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);
create index account_report_bucket on account_report using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);

create table listed_term (
  file_id integer not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  due_date date
);
comment on table listed_term is 'one row per scheme × month × due date that a list names, for each file; a row may stand here twice';
comment on column listed_term.due_date is 'null: the scheme''s due_day (D3)';
create index listed_term_file on listed_term (file_id);
insert into listed_term (file_id, scheme_id, benefit_period, due_date) select distinct file_id, scheme_id, benefit_period, due_date from entitlement_line;
