/** Migrations: each once, in order, all or nothing, and two at once are as good as one. */
import { expect, test } from 'vitest'
import { listMigrations, migrate, migrationState, type Migration } from '../../src/db/index.ts'
import { cloneDatabase, useDatabase } from '../helpers/database.ts'

const at = '2026-03-05T02:00:00Z'
const empty = useDatabase({ isEmpty: true })
const migration = (name: string, text: string): Migration => ({ name, text, checksum: text })

test('this version has migrations, and their names are in order', () => {
  const names = listMigrations().map(({ name }) => name)
  expect(names.length).toBeGreaterThan(0)
  expect(names).toEqual([...names].sort())
  for (const name of names) expect(name).toMatch(/^\d{4}_[a-z0-9_]+\.sql$/)
})

test('two at once apply each file once, and a third run nothing', async () => {
  const { database } = empty()
  const runs = await Promise.all([migrate(database, at), migrate(database, at), migrate(database, at)])
  expect(runs.flat()).toEqual(listMigrations().map(({ name }) => name))
  expect(await migrationState(database)).toMatchObject({ pending: [] })
  expect(await database.query('select distinct applied_at from schema_migration')).toEqual([{ applied_at: at }])
})

test('a file that fails leaves nothing of itself, and keeps what came before', async () => {
  const other = await cloneDatabase({ isEmpty: true })
  try {
    const first = migration('0001_a.sql', 'create table a (id int);')
    const broken = migration('0002_b.sql', 'create table b (id int);\ninsert into nowhere values (1);')
    await expect(migrate(other.database, at, [first, broken])).rejects.toThrow('0002_b.sql:2: relation "nowhere" does not exist')
    expect(await other.database.query(`select to_regclass('a')::text as a, to_regclass('b')::text as b`)).toEqual([{ a: 'a', b: null }])
    expect(await migrate(other.database, at, [first, migration('0002_b.sql', 'create table b (id int);')])).toEqual(['0002_b.sql'])
  } finally {
    await other.drop()
  }
})

test('a file that was changed after it was applied is refused, and so is one that this version does not know', async () => {
  const other = await cloneDatabase({ isEmpty: true })
  try {
    await migrate(other.database, at, [migration('0001_a.sql', 'select 1;')])
    await expect(migrate(other.database, at, [migration('0001_a.sql', 'select 2;')])).rejects.toMatchObject({ code: 'migration_changed' })
    await expect(migrate(other.database, at, [])).rejects.toMatchObject({ code: 'schema_is_newer' })
  } finally {
    await other.drop()
  }
})

test('a migration with a variable is refused: nobody would bind it', async () => {
  const other = await cloneDatabase({ isEmpty: true })
  try {
    await expect(migrate(other.database, at, [migration('0001_a.sql', `select :'as_of'`)])).rejects.toThrow('a migration has no variables')
  } finally {
    await other.drop()
  }
})
