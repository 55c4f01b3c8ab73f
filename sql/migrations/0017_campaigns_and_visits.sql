-- Campaigns for accounts, and what mobile teams bring back from the villages: both are told beside the results and change none of them.

create type visit_result as enum ('opened', 'absent', 'refused', 'exempt', 'moved', 'died');

create table campaign_row (
  file_id bigint not null,
  line_number bigint not null,
  name text not null,
  unit_code text,
  scheme_id smallint,
  target_percent numeric not null check (target_percent between 0 and 100),
  target_date date not null,
  start_date date not null,
  legal_basis text
);
comment on table campaign_row is 'one row per campaign, place and scheme as a file states it; of several the newest file''s stands (view campaign)';
comment on column campaign_row.unit_code is 'null: the whole country';
comment on column campaign_row.scheme_id is 'null: all schemes';
comment on column campaign_row.target_percent is 'percent of those who must have a usable account (active beneficiaries less valid exemptions), 0 to 100';

create view campaign as
  select distinct on (r.name, r.unit_code, r.scheme_id) r.name, r.unit_code, r.scheme_id, r.target_percent, r.target_date, r.start_date, r.legal_basis
  from campaign_row r join source_file f using (file_id)
  where f.status = 'sealed' order by r.name, r.unit_code, r.scheme_id, r.file_id desc, r.line_number desc;
comment on view campaign is 'one row per campaign, place and scheme: as the newest sealed file states it';

create table outreach_result_row (
  person_key bigint not null,
  line_number bigint not null,
  file_id integer not null,
  visited_date date not null,
  result visit_result not null,
  evidence_reference text,
  note text,
  team text
);
comment on table outreach_result_row is 'one row per visit as a team reports it; a report, not a fact about the person: money, findings and exemptions do not follow from it';
comment on column outreach_result_row.evidence_reference is 'the rule or paper by which somebody is called exempt; the exemption itself comes as a row of exemption_row, with who approved it';
create index outreach_result_row_person on outreach_result_row (person_key);
