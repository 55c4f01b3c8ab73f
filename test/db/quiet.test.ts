/** What an error of the database tells never quotes a value, whichever way the statement went. */
import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { parseSql, patientPool, type Database } from '../../src/db/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase({ isEmpty: true })
const canary = 'Nguyễn Thị Chim'
const number = '001087123456'

beforeAll(async () => {
  await clone().database.query("create table person (id text primary key check (id <> 'x'), name text not null, born date); create function of_person(name text) returns text language plpgsql as $$ begin return (name::bigint)::text; end $$")
  await clone().database.query('insert into person values ($1, $2)', [number, canary])
})

const ways: Readonly<Record<string, (database: Database) => Promise<unknown>>> = {
  'a second row of one key': (database) => database.query('insert into person values ($1, $2)', [number, canary]),
  'the same by the query builder': (database) => database.kysely.insertInto('person' as never).values({ id: number, name: canary }).execute(),
  'the same by COPY': (database) => database.transaction((transaction) => transaction.copyFrom('copy person (id, name) from stdin', Readable.from([`${number}\t${canary}\n`]))),
  'a row that a rule refuses': (database) => database.query("insert into person values ('x', $1)", [canary]),
  'a row without what it needs': (database) => database.query('insert into person values ($1, null)', [number + canary]),
  'a value of another type': (database) => database.query('select $1::text::bigint', [canary]),
  'a date that is none': (database) => database.query('insert into person values ($1, $1, $2::text::date)', ['y', `31/02/${number}`]),
  'a bad value in COPY': (database) => database.transaction((transaction) => transaction.copyFrom('copy person (id, name, born) from stdin', Readable.from([`z\t${canary}\t${number}\n`]))),
  'a cursor': (database) => database.transaction(async (transaction) => { for await (const row of transaction.stream('select ($1::text)::bigint from generate_series(1, 2)', [canary])) expect(row).toBeUndefined() }),
  'a function that fails inside': (database) => database.query('select of_person($1)', [canary]),
  'a list that is none': (database) => database.query('select $1::text::text[]', [`{${canary},"`]),
  'a file of statements': (database) => database.run(parseSql("select :'name'::text::json", 'bad.sql'), { name: `{"${canary}": ${number}, }` }),
  'the queue': async (database) => {
    const pool = patientPool(database, 1)
    try { await pool.query('insert into person values ($1, $2)', [number, canary]) } finally { await pool.end() }
  },
}

async function failureOf(way: ((database: Database) => Promise<unknown>) | undefined): Promise<(Error & { code?: string }) | null> {
  try {
    await way?.(clone().database)
    return null
  } catch (error) {
    return error as Error & { code?: string }
  }
}

test.each(Object.keys(ways))('%s', async (way) => {
  const error = await failureOf(ways[way])
  expect(error?.code).toMatch(/^(?:22|23)/)
  const told = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${error?.message ?? ''}${error?.stack ?? ''}`
  for (const secret of [canary, number, 'Chim']) expect(told).not.toContain(secret)
  // It still says where to look.
  expect(error?.stack).toContain('    at ')
})
