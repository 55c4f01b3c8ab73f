-- What: mapping profiles, by which a sender's own layout is read; each version stays as it was saved, and a file says which one read it.

create table ingest_profile (
  name text not null,
  version integer not null check (version > 0),
  description jsonb not null,
  saved_at timestamptz not null,
  primary key (name, version)
);
comment on table ingest_profile is 'how one sender writes one kind of file; rows are only ever added, the greatest version of a name is used';
comment on column ingest_profile.description is 'headers, constants, styles and words, as src/core/profile.ts describes them';

alter table source_file add column profile_name text;
alter table source_file add column profile_version integer;
comment on column source_file.profile_name is 'ingest_profile.name by which the file was read; null: none';
comment on column source_file.profile_version is 'ingest_profile.version by which the file was read; null: none';
