/** The digest of the state: every table is in it or says why not, and it changes with what is said, not with how it came about. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { differingTables, stateDigest } from '../../src/db/index.ts'
import { passingTables, stateTables } from '../../src/db/state-tables.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()

test('every table is part of the state, or is named as one whose loss loses nothing', async () => {
  const tables = await clone().database.query<{ name: string; is_kept: boolean }>(`
    select relname as name, relpersistence = 'p' as is_kept from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`)
  const kept = tables.filter(({ name, is_kept: isKept }) => isKept && !name.startsWith('work_')).map(({ name }) => name)
  expect([...Object.keys(stateTables), ...passingTables].sort(), 'name a new table in src/db/state-tables.ts').toEqual(kept.sort())
  // What a crash empties is no state.
  expect(tables.filter(({ name, is_kept: isKept }) => !isKept && !name.startsWith('work_'))).toEqual([])
})

test('no statement of a run truncates what others read: who looks at an earlier state would suddenly see nothing', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const texts = ['sql', 'src'].flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:sql|ts)$/.test(name) && !name.startsWith('migrations')).map((name) => join(room, name)))
  const emptied = texts.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/\btruncate ((?:only )?[a-z_.]+(?:, *\n? *[a-z_.]+)*)/gi)].flatMap(([, tables = '']) => tables.split(/, */).map((table) => ({ name, table: table.trim() }))))
  expect(emptied.length).toBeGreaterThan(0)
  // The half of the clocks that nobody reads is emptied by its own name.
  expect(emptied.filter(({ table }) => Object.hasOwn(stateTables, table))).toEqual([])
})

test('a left-out column is one that the table has', async () => {
  const columns = await clone().database.query<{ name: string }>("select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'")
  const known = new Set(columns.map(({ name }) => name))
  expect(Object.entries(stateTables).flatMap(([table, { without = [] }]) => without.map((column) => `${table}.${column}`)).filter((name) => !known.has(name))).toEqual([])
})

test('one value, one row more or less changes it and names the table; when a row was written, where it lies and how often a sum was added to do not', async () => {
  const { database } = clone()
  const file = (id: number, name: string, at: string): string => `insert into source_file (file_id, sha256, file_name, kind, status, size_bytes, recorded_at) values (${id}, '${id}', '${name}', 'mandate', 'refused', 1, '${at}')`
  const count = (entitlements: number): string => `insert into clean_count values (1, 202610, '26734', 'paid', 'VND', ${entitlements}, ${entitlements}00)`
  const digestAfter = async (...statements: readonly string[]): Promise<Awaited<ReturnType<typeof stateDigest>>> => {
    await database.query('delete from source_file where file_id > 0')
    await database.query('delete from clean_count')
    for (const statement of statements) await database.query(statement)
    return stateDigest(database)
  }
  const first = await digestAfter(file(1, 'a', '2026-11-01'), file(2, 'b', '2026-11-01'), count(5))
  expect(first.tables.find(({ table }) => table === 'source_file')).toMatchObject({ part: 'facts', rows: '3' })
  const same = await digestAfter(file(2, 'b', '2026-11-02'), file(1, 'a', '2026-11-03'), count(7), count(-2))
  expect(same).toEqual(first)
  expect(differingTables(first, await digestAfter(file(1, 'a', '2026-11-01'), file(2, 'c', '2026-11-01'), count(5)))).toEqual(['source_file'])
  expect(differingTables(first, await digestAfter(file(1, 'a', '2026-11-01'), file(2, 'b', '2026-11-01'), count(5), count(1)))).toEqual(['clean_count'])
  // Two equal rows are not one, and cancel nothing out.
  const doubled = "insert into problem (file_id, line_number, code, raw) values (1, 2, 'code_unknown', 'x')"
  const [none, one, two] = [await stateDigest(database, { of: 'facts' }), await digestWith(doubled), await digestWith(doubled)]
  expect(new Set([none.digest, one.digest, two.digest]).size).toBe(3)
  expect(differingTables(one, two)).toEqual(['problem'])

  async function digestWith(statement: string): Promise<Awaited<ReturnType<typeof stateDigest>>> {
    await database.query(statement)
    return stateDigest(database, { of: 'facts' })
  }
})
