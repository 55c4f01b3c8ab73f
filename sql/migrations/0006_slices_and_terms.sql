-- What: an index by which a slice of the beneficiaries is found in few pages; the due dates that each list names; filters of each file's rows.
-- Why: ingest lays the rows of a frame down by person_key % 240 (D70), so a run that asks for `person_key % 240 between 16 and 23` reads its share of a table
--      and not the whole; the run need not read every line to know which months and due dates there are; and a small file is known to
--      repeat nothing without reading the large ones before it (D72).

-- Several intervals a range: now and then PostgreSQL puts a single row of another bucket where a page has room for it.
create index entitlement_line_bucket on entitlement_line using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);
create index payment_report_bucket on payment_report using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);
create index account_report_bucket on account_report using brin ((person_key % 240) int8_minmax_multi_ops) with (pages_per_range = 4);

create table file_content (
  file_id bigint primary key,
  hash_version integer not null,
  stamps integer[]
);
comment on table file_content is 'one row per file of facts: what tells that a later file repeats none of its rows, without reading them';
comment on column file_content.hash_version is 'how the rows were hashed for file_content_bits; filters of another version say nothing';
comment on column file_content.stamps is 'the values of the kind''s stamp column (a month as year × 100 + month, or days since 1970-01-01; -1: none); null when they are many or the kind has none';
create table file_content_bits (
  file_id bigint not null,
  part integer not null,
  bits bytea not null,
  primary key (file_id, part)
);
alter table file_content_bits alter column bits set storage external;
comment on table file_content_bits is 'a Bloom filter of the rows of each file of facts, in parts of 128 KB';

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
