-- What: people whose term is over are told of under a pseudonym; what their ids said that results rest on, and which files named them.
-- Why: rows of lists and payments stay for the sums, but no longer than they must say whose they are (Law 91/2025/QH15).
-- How: a pseudonym is a random person_key of 2·10¹² and more, where no id lies; it reads x and twelve digits. What turns one
--   into the other is written down nowhere. `tantay retention apply` does it, as the owner of the database.
-- Source: decisions D196, D197

create or replace function identifier_text(person_key bigint) returns text language sql immutable as $function$
  select case
    when person_key < 0 then null
    when person_key < 1000000000000 then lpad(person_key::text, 12, '0')
    when person_key < 1001000000000 then lpad((person_key - 1000000000000)::text, 9, '0')
    when person_key between 2000000000000 and 2999999999999 then 'x' || lpad((person_key - 2000000000000)::text, 12, '0')
  end
$function$;

create or replace function identifier_key(identifier text) returns bigint language sql immutable parallel safe strict as $function$
  select case when identifier ~ '^x[0-9]{12}$' then substr(identifier, 2)::bigint + 2000000000000 else case length(identifier) when 12 then identifier::bigint when 9 then identifier::bigint + 1000000000000 end end
$function$;

create table forgotten_person (
  person_key bigint not null,
  had_old_number boolean not null,
  is_place_unknown boolean not null,
  id_birth_year smallint,
  id_sex sex,
  primary key (person_key)
);
comment on table forgotten_person is 'one row per pseudonym: what findings about an id still need of the id that is gone';
comment on column forgotten_person.person_key is 'the pseudonym: 2·10¹² and a random number below 10¹²';
comment on column forgotten_person.had_old_number is 'the id had nine digits';
comment on column forgotten_person.is_place_unknown is 'the id began with no place of birth that is known';
comment on column forgotten_person.id_birth_year is 'as the id said; null: no list said anything else';
comment on column forgotten_person.id_sex is 'as id_birth_year';

create table forgotten_file (
  file_id bigint not null,
  primary key (file_id)
);
comment on table forgotten_file is 'one row per file that named somebody who was forgotten: its bytes are gone, or go with the next retention';

revoke insert, update, delete on forgotten_person, forgotten_file from tantay_engine;

alter table trail_entry add column forgotten_by bigint;
comment on column trail_entry.forgotten_by is 'the entry that says that this one no longer tells whom and what it was about, and holds a digest of what it still tells; null: it says all that was chained';

-- keys of people and findings change in several tables of one case at once
alter table case_attachment drop constraint case_attachment_person_key_finding_id_event_number_fkey;
alter table case_message drop constraint case_message_person_key_finding_id_fkey;
alter table complaint drop constraint complaint_person_key_finding_id_fkey;
alter table case_event drop constraint case_event_approves_an_appraisal;
alter table case_event drop constraint case_event_person_key_finding_id_fkey;
alter table case_event add constraint case_event_person_key_finding_id_fkey foreign key (person_key, finding_id) references case_record (person_key, finding_id) deferrable;
alter table case_event add constraint case_event_approves_an_appraisal foreign key (person_key, finding_id, appraisal_number, appraised_by, appraised_kind) references case_event (person_key, finding_id, event_number, actor_id, kind) deferrable;
alter table case_attachment add constraint case_attachment_person_key_finding_id_event_number_fkey foreign key (person_key, finding_id, event_number) references case_event (person_key, finding_id, event_number) deferrable;
alter table case_message add constraint case_message_person_key_finding_id_fkey foreign key (person_key, finding_id) references case_record (person_key, finding_id) deferrable;
alter table complaint add constraint complaint_person_key_finding_id_fkey foreign key (person_key, finding_id) references case_record (person_key, finding_id) deferrable;

insert into retention_policy (what, applies_from, keep_months, legal_basis) values
  ('people', '2026-01-01', 120, 'accounting vouchers: ten years, from the last month on a list or paid');
