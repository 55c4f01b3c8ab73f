/** Spreading over a Citus cluster: every table has its place, each is put there once, and a server without Citus is told so plainly. */
import { expect, inject, test } from 'vitest'
import { isSpread, listMigrations, migrate, spread } from '../../src/db/index.ts'
import { distributedTables, placementOf, referenceTables } from '../../src/db/citus-placement.ts'
import { cloneDatabase, useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const isCluster = inject('databaseNodes').length > 1

test('every table has a place, and every place a table', async () => {
  const tables = await clone().database.query<{ name: string; has_key: boolean }>(`
    select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_key' and a.attnotnull and a.atttypid = 'bigint'::regtype) as has_key
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
  const names = tables.map(({ name }) => name)
  expect(names.filter((name) => placementOf(name) === null)).toEqual([])
  expect([...distributedTables, ...referenceTables].filter((name) => !names.includes(name))).toEqual([])
  expect(tables.filter(({ name, has_key }) => placementOf(name) === 'distributed' && !has_key)).toEqual([])
})

test.skipIf(isCluster)('a server without Citus is refused, and nothing is changed', async () => {
  const { database } = clone()
  expect(await isSpread(database)).toBe(false)
  await expect(spread(database)).rejects.toMatchObject({ code: 'citus_missing', kind: 'installation' })
})

test.skipIf(!isCluster)('a database in which Citus was never created is told what to do', async () => {
  const empty = await cloneDatabase({ isEmpty: true })
  try {
    await migrate(empty.database, '2026-03-05T02:00:00Z', listMigrations())
    await expect(spread(empty.database)).rejects.toMatchObject({ code: 'citus_not_loaded' })
  } finally {
    await empty.drop()
  }
})

test.skipIf(!isCluster)('tables of one person stand together, small ones everywhere, and doing it again changes nothing', async () => {
  const { database } = clone()
  expect(await isSpread(database)).toBe(true)
  const placed = await database.query<{ name: string; kind: string; key: string | null; together: string | number }>('select table_name::text as name, citus_table_type as kind, distribution_column as key, colocation_id as together from citus_tables')
  const spreadTables = placed.filter(({ kind }) => kind === 'distributed')
  expect(spreadTables.map(({ name }) => name).sort()).toEqual([...distributedTables].sort())
  expect(new Set(spreadTables.map(({ key, together }) => `${key ?? ''} ${together}`)).size).toBe(1)
  expect(placed.filter(({ kind }) => kind === 'reference').map(({ name }) => name).sort()).toEqual([...referenceTables].sort())
  expect(await spread(database)).toMatchObject({ distributed: [], reference: [], functions: [] })
})

test.skipIf(!isCluster)('rows that were there before are there once afterwards', async () => {
  // The pack is loaded by a migration, before its tables are copied to the workers.
  const { database } = clone()
  const [scheme] = await database.query<{ count: string }>('select count(*) as count from scheme_row where file_id = 0')
  expect(scheme?.count).toBe('4')
})
