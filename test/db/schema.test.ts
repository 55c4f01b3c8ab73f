/** sql/schema.sql and the generated table types are those of the migrations; the dump makes the same schema again. */
import { readFileSync } from 'node:fs'
import { beforeEach, expect, inject, test } from 'vitest'
import { parseSql } from '../../src/db/index.ts'
import { dumpSchema } from '../../src/db/schema-dump.ts'
import { generateTypes } from '../../scripts/generate-types.ts'
import { cloneDatabase, useDatabase } from '../helpers/database.ts'

const clone = useDatabase()

// The golden files are written by the PostgreSQL that comes along; another version prints views in other words, and Citus adds its own.
beforeEach(async ({ skip }) => {
  const [server] = await clone().database.query<{ major: string }>("select current_setting('server_version_num')::integer / 10000 || '' as major")
  if (inject('databaseNodes').length > 1 || server?.major !== '18') skip('this server prints the same schema in other words')
})

test('sql/schema.sql is what the migrations make (else: npm run dump-schema)', async () => {
  expect(readFileSync(new URL('../../sql/schema.sql', import.meta.url), 'utf8')).toBe(await dumpSchema(clone().database))
})

test('src/db/tables.ts is generated from that schema (else: npm run generate-types)', async () => {
  expect(readFileSync(new URL('../../src/db/tables.ts', import.meta.url), 'utf8')).toBe(await generateTypes(clone().databaseUrl))
})

test('the dump, run on an empty database, gives the same dump again', async () => {
  const dump = await dumpSchema(clone().database)
  const empty = await cloneDatabase({ isEmpty: true })
  try {
    await empty.database.run(parseSql(dump, 'schema.sql'))
    expect(await dumpSchema(empty.database)).toBe(dump)
  } finally {
    await empty.drop()
  }
})

test('the dump shows whatever a migration may bring, and notices when it is gone', async () => {
  const empty = await cloneDatabase({ isEmpty: true })
  try {
    await empty.database.run(parseSql(everything, 'everything.sql'))
    const dump = await dumpSchema(empty.database)
    for (const sign of signs) expect(dump).toContain(sign)
    const again = await cloneDatabase({ isEmpty: true })
    try {
      await again.database.run(parseSql(dump, 'schema.sql'))
      expect(await dumpSchema(again.database)).toBe(dump)
      await again.database.query('drop index part_by_name')
      expect(await dumpSchema(again.database)).not.toBe(dump)
    } finally {
      await again.drop()
    }
  } finally {
    await empty.drop()
  }
})

const everything = `
  create type colour as enum ('red', 'it''s blue');
  create sequence counter as smallint start 5;
  create function twice(value bigint) returns bigint language sql immutable as $$ select value * 2 $$;
  create table zone (zone_id int primary key, name text collate "C" not null);
  create table "part" (
    person_key bigint not null, period date not null, zone_id int references zone, colour colour default 'red',
    number smallint not null default nextval('counter'), doubled bigint generated always as (person_key * 2) stored, amount numeric(20, 2) check (amount > 0),
    primary key (person_key, period)
  ) partition by range (period);
  create table part_2026 partition of part for values from ('2026-01-01') to ('2027-01-01') with (fillfactor = 90);
  create index part_by_name on part (zone_id, (twice(person_key))) where amount > 5;
  create unlogged table scratch (id bigint generated always as identity, name text);
  create view b_reads as select zone_id, name from zone;
  create view a_reads_b as select name from b_reads;
  create function zone_name(z zone) returns text language sql stable as $$ select z.name $$;
  comment on table part is 'one row per part; it''s a test';
  comment on column part.amount is 'đồng';
  comment on view a_reads_b is 'a view on a view';
  comment on function twice is 'twice as much';
  alter table zone enable row level security;
  alter table zone force row level security;
  create policy own on zone for select to public using (zone_id > 0);
`
const signs = [
  `'it''s blue'`, 'create sequence counter as smallint', 'CREATE OR REPLACE FUNCTION public.twice', 'collate "C"', 'partition by RANGE (period)', 'create table part_2026 partition of part',
  'fillfactor=90', 'part_by_name', 'unlogged table scratch', 'create view a_reads_b', 'zone_name', `it''s a test`, 'đồng', 'a view on a view', 'twice as much', 'enable row level security',
  'force row level security', 'create policy own', 'FOREIGN KEY', 'CHECK ((amount >', 'stored',
]
