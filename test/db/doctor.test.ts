/** The doctor finds nothing wrong where nothing is, and each thing that can be wrong, with what to do. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnose } from '../../src/db/index.ts'
import { checkDataFolder, checkDisk, checkNode, checkSettings } from '../../src/db/doctor.ts'
import { cloneDatabase, useDatabase } from '../helpers/database.ts'

const clone = useDatabase()

test('an embedded database that was never there is set up and found sound', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tantay-doctor-'))
  chmodSync(directory, 0o755)
  try {
    const found = await diagnose({ dataDirectory: join(directory, 'data') })
    expect(found.filter(({ state }) => state === 'wrong')).toEqual([])
    expect(found.find(({ check }) => check === 'schema')).toMatchObject({ state: 'warning', found: 'the database is empty' })
    expect(found.find(({ check }) => check === 'durability')).toMatchObject({ state: 'ok' })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})

test('a migrated database of your own is found, and an unfinished one is told from it', async () => {
  const schema = async (databaseUrl: string): Promise<unknown> => (await diagnose({ databaseUrl, dataDirectory: tmpdir() })).find(({ check }) => check === 'schema')
  expect(await schema(clone().databaseUrl)).toMatchObject({ state: 'ok' })
  const other = await cloneDatabase()
  try {
    await other.database.query(`delete from schema_migration where name = (select max(name) from schema_migration)`)
    expect(await schema(other.databaseUrl)).toMatchObject({ state: 'wrong', remedy: 'Run "tantay migrate".' })
    await other.database.query(`update schema_migration set checksum = 'other'`)
    expect(await schema(other.databaseUrl)).toMatchObject({ state: 'wrong', found: expect.stringContaining('was changed after it was applied') as string })
    await other.database.query(`update schema_migration set name = '0000_of_another_version.sql' where name = (select min(name) from schema_migration)`)
    expect(await schema(other.databaseUrl)).toMatchObject({ state: 'wrong', found: expect.stringContaining('this version of tantay does not') as string })
  } finally {
    await other.drop()
  }
})

test('a server that does not answer is the last thing said', async () => {
  const found = await diagnose({ databaseUrl: 'postgres://someone:secret@127.0.0.1:1/none', dataDirectory: tmpdir() })
  expect(found.at(-1)).toMatchObject({ check: 'database', state: 'wrong' })
  expect(JSON.stringify(found)).not.toContain('secret')
})

test.each([['22.18.0', 'ok'], ['24.0.0', 'ok'], ['26.1.0', 'ok'], ['20.20.2', 'wrong'], ['22.17.1', 'wrong'], ['23.11.0', 'wrong']])('Node.js %s is %s', (version, state) => {
  expect(checkNode(version).state).toBe(state)
})

test('too little disk is wrong, a little is a warning', () => {
  const gigabyte = 1024 ** 3
  expect([0.5, 5, 50].map((free) => checkDisk(tmpdir(), free * gigabyte).state)).toEqual(['wrong', 'warning', 'ok'])
})

test('a data folder that is a file, or that this user cannot write, is wrong', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tantay-doctor-'))
  try {
    expect(checkDataFolder(join(directory, 'not', 'yet')).state).toBe('ok')
    writeFileSync(join(directory, 'file'), '', { mode: 0o755 })
    expect(checkDataFolder(join(directory, 'file')).state).toBe('wrong')
    if (process.getuid?.() === 0) return
    mkdirSync(join(directory, 'closed'), { mode: 0o500 })
    expect(checkDataFolder(join(directory, 'closed')).state).toBe('wrong')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})

const sound = {
  version_number: 180004, version: '18.4', fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', encoding: 'UTF8', shared_buffers: '1GB', settings_that_log: null, may_create: true,
}
test.each([
  ['nothing', {}, undefined],
  ['an old server', { version_number: 140010, version: '14.10' }, 'database_version'],
  ['another encoding', { encoding: 'SQL_ASCII' }, 'encoding'],
  ['fsync off', { fsync: 'off' }, 'durability'],
  ['torn pages possible', { full_page_writes: 'off' }, 'durability'],
  ['a commit that does not wait', { synchronous_commit: 'off' }, 'durability'],
  ['no right to create', { may_create: false }, 'rights'],
  ['values in the log', { settings_that_log: 'log_error_verbosity = terse' }, 'log'],
])('with %s exactly that is said', (_, change, check) => {
  expect(checkSettings({ ...sound, ...change }).filter(({ state }) => state !== 'ok').map((one) => one.check)).toEqual(check === undefined ? [] : [check])
})
