/**
 * An installation that is backed up while it runs comes back as it was: at the backup's own point with the same digest,
 * at any instant after it, and to the end of its log; what is damaged or half made is told (R18).
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupFolder, backupState, beginArchiving, createBackup, drillBackup, followReceived, listBackups, readManifest, restoreBackup, type BackupMade } from '../../src/backup/index.ts'
import { objectPath } from '../../src/backup/objects.ts'
import { systemClock as clock } from '../../src/core/index.ts'
import { knownDirectory, migrate, openDatabase, stateDigest, type Database } from '../../src/db/index.ts'
import { ingestFiles } from '../../src/ingest/index.ts'

const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tantay-backup-'))
chmodSync(place, 0o755)
const [data, backups] = [join(place, 'data'), join(place, 'backups')]
const folder = backupFolder(backups)
let database: Database
let first: BackupMade

const filesOf = (session: Database): Promise<string[]> => session.query<{ file_name: string }>('select file_name from source_file where file_id > 0 order by file_id').then((rows) => rows.map(({ file_name: name }) => name))

async function takeIn(name: string, person: string): Promise<void> {
  const path = join(place, name)
  writeFileSync(path, `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-09,${person},An,00001,540000\n`)
  const [receipt] = await ingestFiles(database, [{ path }], { clock, dataDirectory: data })
  expect(receipt).toMatchObject({ status: 'sealed', accepted: 1 })
}

const backUp = (keep = 5): Promise<BackupMade> => createBackup(database, { dataDirectory: data, directory: backups, keep, clock, version: 'test' })

beforeAll(async () => {
  beginArchiving(data, backups)
  database = await openDatabase({ dataDirectory: data })
  await migrate(database, clock.now())
  await takeIn('first.csv', '001087000001')
  first = await backUp()
})
afterAll(async () => {
  await database.close()
  for (const path of [data, join(place, 'back')].map((one) => knownDirectory(one))) if (path !== null) rmSync(path, { recursive: true, force: true })
  rmSync(place, { recursive: true, force: true })
})

test('it comes back as of an instant: what was there by then, bytes of files included, and nothing later', async () => {
  await takeIn('second.csv', '001087000002')
  const between = clock.now()
  await sleep(20)
  await takeIn('third.csv', '001087000003')
  // What came since the backup is kept minute by minute, and the log when its piece is full or old enough.
  expect(await followReceived({ dataDirectory: data, directory: backups })).toBe(2)
  await database.query('select pg_switch_wal()')
  const restored = await restoreBackup({ directory: backups, dataDirectory: join(place, 'back'), at: between, backup: null, clock })
  expect(restored).toMatchObject({ backup: first.id, missing_files: [] })
  const back = await openDatabase({ dataDirectory: join(place, 'back') })
  try {
    expect(await filesOf(back)).toEqual(['first.csv', 'second.csv'])
    const [{ sha256 }] = await back.query<{ sha256: string }>("select sha256 from source_file where file_name = 'second.csv'") as [{ sha256: string }]
    expect(readFileSync(join(place, 'back', 'files', sha256))).toEqual(readFileSync(join(place, 'second.csv')))
    expect(await back.query("select subject from trail_entry where kind = 'backup_restored'")).toEqual([{ subject: first.id }])
    // It works on: what was restored is an installation, not a picture of one.
    await back.query('create table works_on as select 1')
  } finally {
    await back.close()
  }
  expect(await filesOf(database)).toEqual(['first.csv', 'second.csv', 'third.csv'])
})

test('a drill proves it: the same digest; and one changed byte in the backup is found', async () => {
  const second = await backUp()
  expect(second.state_digest).toBe((await stateDigest(database)).digest)
  expect(second.state_digest).not.toBe(first.state_digest)
  await expect(drillBackup({ directory: backups, backup: null, clock })).resolves.toMatchObject({ backup: second.id, is_same: true, fault: null, state_digest: second.state_digest })
  const [file] = readManifest(folder, second.id).other_files.filter(({ path }) => path.startsWith('files/'))
  const object = objectPath(folder, file?.sha256 ?? '')
  const bytes = readFileSync(object)
  writeFileSync(object, Buffer.concat([bytes.subarray(0, -6), Buffer.from([(bytes.at(-6) ?? 0) ^ 1]), bytes.subarray(-5)]))
  await expect(drillBackup({ directory: backups, backup: null, clock })).rejects.toMatchObject({ code: 'drill_failed', message: expect.stringContaining(file?.sha256 ?? 'no file') as string })
  expect(backupState(backups).last_drill).toMatchObject({ is_same: false })
  expect(readdirSync(backups)).not.toContain('drill')
  writeFileSync(object, bytes)
  const manifest = join(folder.manifests, `${second.id}.json`)
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace('"mode":384', '"mode":511'))
  expect(() => readManifest(folder, second.id)).toThrow(expect.objectContaining({ code: 'backup_damaged' }) as Error)
  writeFileSync(manifest, text)
})

test('a backup that is killed is none; the next one is whole, and sweeps up after it', async () => {
  const before = listBackups(folder)
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/cli.ts', import.meta.url)), '--data', data, 'backup', 'create', backups], { stdio: ['ignore', 'ignore', 'pipe'] })
  await once(child.stderr, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(listBackups(folder)).toEqual(before)
  writeFileSync(join(folder.manifests, `${before.at(-1) ?? ''}x.json.draft`), '{"format":1')
  const next = await backUp(1)
  expect(next.dropped).toEqual(before)
  expect(listBackups(folder)).toEqual([next.id])
  expect(readdirSync(folder.manifests)).toEqual([`${next.id}.json`])
  const { first_log_file: needed, database_files: files } = readManifest(folder, next.id)
  expect(readdirSync(folder.log).filter((name) => name < needed)).toEqual([])
  expect(files.every(({ sha256 }) => existsSync(objectPath(folder, sha256)))).toBe(true)
})

test('what cannot be done is said before anything is written', async () => {
  const restore = (at: string | null, to: string): Promise<unknown> => restoreBackup({ directory: backups, dataDirectory: to, at, backup: null, clock })
  await expect(restore(null, data)).rejects.toMatchObject({ code: 'restore_place_taken' })
  await expect(restore('2020-01-01T00:00:00Z', join(place, 'early'))).rejects.toMatchObject({ code: 'restore_too_early' })
  await expect(restore('yesterday', join(place, 'early'))).rejects.toMatchObject({ code: 'instant_invalid' })
  expect(existsSync(join(place, 'early'))).toBe(false)
  expect(() => { beginArchiving(data, join(data, 'backups')) }).toThrow(expect.objectContaining({ code: 'backup_beside_data' }) as Error)
  await expect(createBackup(database, { dataDirectory: data, directory: join(place, 'elsewhere'), keep: 1, clock, version: 'test' })).rejects.toMatchObject({ code: 'backup_needs_restart' })
})
