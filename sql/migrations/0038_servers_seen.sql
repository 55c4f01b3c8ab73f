-- What: which servers of an installation run, as each says of itself once a minute.
-- Why: servers that share a database must share the data folder too (D145); one that does not would take in files whose bytes it cannot find, and nobody would know before.
-- Source: issue 8.9, decision D185

create table server_seen (
  server_id text primary key,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
comment on table server_seen is 'one row per server that ran within the last day; the file servers/SERVER_ID lies in its data folder: whoever does not find it there has another folder';
comment on column server_seen.server_id is 'random, new at each start';
comment on column server_seen.seen_at is 'said each minute while it runs';
