/**
 * What an earlier release left (test/upgrade/0031.ndjson.zst, made by that release itself with scripts/keep-release.ts) is
 * brought to the schema of today: nothing that was there changes, a kill in the middle harms nothing, and the next nights
 * give what a full run gives.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { addDays, stoppedClock } from '../../src/core/index.ts'
import { listMigrations, migrate, migrationState, requireCurrentSchema, type Database } from '../../src/db/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run, verifyIncremental } from '../../src/reconcile/index.ts'
import { publishedRun } from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase({ isEmpty: true })
const at = '2026-11-23T02:00:00Z'
const [head = '', ...lines] = zstdDecompressSync(readFileSync(new URL('0031.ndjson.zst', import.meta.url))).toString().trim().split('\n')
const kept = lines.filter((_, index) => index % 2 === 0).map((line, index) => ({ ...(JSON.parse(line) as { table: string; columns: string[] }), rows: JSON.parse(lines[2 * index + 1] ?? '""') as string }))
let before: ReadonlyMap<string, string>

beforeAll(async () => {
  const { database } = clone()
  await migrate(database, at, listMigrations().filter(({ name }) => name < '0032'))
  await database.transaction(async (transaction) => {
    await transaction.query(`truncate ${kept.map(({ table }) => table).join(', ')} cascade`)
    for (const { table, columns, rows } of kept) {
      const names = columns.map((column) => `"${column}"`).join(', ')
      await transaction.query(`insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", $1::json)`, [rows])
    }
    const { sequences } = JSON.parse(head) as { sequences: string }
    await transaction.query('select setval(key::regclass, value::bigint) from json_each_text($1::json)', [sequences])
  })
  before = await contents(database)
})

/** What each kept table holds, in the columns that it had then. */
async function contents(database: Database): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const { table, columns } of kept) {
    const [row] = await database.query<{ sum: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line collate "C")), '') as sum from (select (row(${columns.map((column) => `"${column}"`).join(', ')}))::text as line from "${table}") rows`)
    found.set(table, row?.sum ?? '')
  }
  return found
}

test('what the earlier release left is whole: facts, a published result, cases, people', () => {
  expect(kept.map(({ table }) => table)).toEqual(expect.arrayContaining(['entitlement_line', 'payment_report', 'finding', 'case_record', 'staff', 'upload', 'run', 'source_file']))
  expect(kept.length).toBeGreaterThan(50)
})

test('a database of one\'s own is not upgraded in passing: it is said what is missing, and to make a backup first', async () => {
  await expect(requireCurrentSchema(clone().database, at, true)).rejects.toMatchObject({ code: 'schema_outdated', message: expect.stringMatching(/Make a backup, then run: tantay migrate/) as string })
})

test('a migration that is killed leaves the schema before it, and the next one goes on', async () => {
  const { database, databaseUrl } = clone()
  const { pending } = await migrationState(database)
  expect(pending.length).toBeGreaterThan(0)
  await database.onConnection(async (holder) => {
    await holder.transaction(async (transaction) => {
      // Each file's row is written last: here everything of the first is done, and not yet kept.
      await transaction.query('lock table schema_migration in share mode')
      const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/cli.ts', import.meta.url)), 'migrate'], { stdio: 'ignore', env: { ...process.env, DATABASE_URL: databaseUrl } })
      for (;;) {
        const [waiting] = await database.query("select from pg_locks where relation = 'schema_migration'::regclass and not granted")
        if (waiting !== undefined) break
        expect(child.exitCode).toBeNull()
        await sleep(20)
      }
      child.kill('SIGKILL')
      await once(child, 'exit')
    })
  })
  expect(await migrate(database, at)).toEqual(pending)
  expect(await migrate(database, at)).toEqual([])
  expect(await contents(database)).toEqual(before)
})

test('the next nights go on from what is published, and give what a full run gives', async () => {
  const { database } = clone()
  const published = await publishedRun(database)
  const day = addDays(published?.as_of ?? '', 1)
  const options = { timeZone: 'Asia/Ho_Chi_Minh', clock: stoppedClock(at), alongside: publishAlongside }
  await run(database, { asOf: day, ...options })
  expect(await run(database, { asOf: addDays(day, 1), ...options })).toMatchObject({ published: true, mode: 'increment' })
  expect(BigInt((await verifyIncremental(database, { timeZone: 'Asia/Ho_Chi_Minh' })).compared)).toBeGreaterThan(400n)
})

test('a program that is older than its database does nothing, and says which program to use', async () => {
  const { database } = clone()
  await database.query("insert into schema_migration (name, checksum, applied_at) values ('9999_of_tomorrow.sql', '', $1)", [at])
  await expect(requireCurrentSchema(database, at, false)).rejects.toMatchObject({ code: 'schema_is_newer', message: expect.stringContaining('Use the version that made it') as string })
})
