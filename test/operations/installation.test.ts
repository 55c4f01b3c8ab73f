/**
 * One installation, as an operator has it. Backed up while it runs it comes back as it was: at the backup's own point with
 * the same digest, at any instant after it; what is damaged or half made is told (R18). Its server says how it stands, and
 * told to stop under load it breaks off no answer and gives back to the queue what it cannot end in time.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
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
import { layOutQueue } from '../../src/jobs/index.ts'

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
  await sleep(5)
  const between = clock.now()
  await sleep(5)
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
  const other = join(place, 'other')
  mkdirSync(other)
  writeFileSync(join(other, 'belongs-to'), 'another\n')
  expect(() => { beginArchiving(data, other) }).toThrow(expect.objectContaining({ code: 'backup_of_another' }) as Error)
  await expect(createBackup(database, { dataDirectory: data, directory: join(place, 'elsewhere'), keep: 1, clock, version: 'test' })).rejects.toMatchObject({ code: 'backup_needs_restart' })
})

/** A server as systemd starts it, and all that it says. */
async function serve(environment: Readonly<Record<string, string>>): Promise<{ readonly child: ChildProcess; readonly origin: string; readonly said: () => string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/cli.ts', import.meta.url)), '--data', data, 'serve'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PORT: '0', ...environment } })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => { said += piece.toString() })
  // Read on to its end: a server whose words nobody takes is not what is tried here.
  while (child.exitCode === null) {
    const origin = /Tận Tay: (\S+)/.exec(said)?.[1]
    if (origin !== undefined) return { child, origin, said: () => said }
    await sleep(20)
  }
  throw new Error(said)
}

/** How one request on a connection of its own ends: its status; `refused` before a byte of an answer; `broken` in the middle of one. */
function ask(url: string): Promise<number | 'refused' | 'broken'> {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false }, (answer) => {
      answer.resume()
      answer.once('end', () => { resolve(answer.complete ? (answer.statusCode ?? 0) : 'broken') })
      answer.once('error', () => { resolve('broken') })
    })
    asked.once('error', () => { resolve('refused') })
    asked.end()
  })
}

test('asked to stop in the middle of a night, a server puts it back at once; the next one ends it, and no attempt has failed', async () => {
  await layOutQueue(database)
  const nights = (): Promise<object[]> => database.query('select state, run_id is not null as is_published, attempt_count, attempt_count - former_attempt_count as tries, failure_code from night')
  const stopped = await database.onConnection((holder) => holder.transaction(async (transaction) => {
    // The night begins with the server, and stands where it publishes.
    await transaction.query('lock table finding in share row exclusive mode')
    const { child, said } = await serve({ TANTAY_NIGHT_AT: '00:00' })
    const ended = once(child, 'exit')
    while ((await database.query("select from pg_locks where not granted and relation = 'finding'::regclass")).length === 0) await sleep(20)
    const since = performance.now()
    child.kill('SIGTERM')
    expect([await ended, said()]).toEqual([[0, null], expect.stringContaining('"end":"stopped"')])
    return performance.now() - since
  }))
  expect(stopped).toBeLessThan(15_000)
  expect(await nights()).toEqual([{ state: 'planned', is_published: false, attempt_count: 1, tries: 0, failure_code: null }])
  expect(await database.query('select purpose from run_fence where released_at is null')).toEqual([])
  const { child } = await serve({ TANTAY_NIGHT_AT: '00:00' })
  const ended = once(child, 'exit')
  while ((await database.query('select from night where finished_at is not null')).length === 0) await sleep(50)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(await nights()).toEqual([{ state: 'published', is_published: true, attempt_count: 2, tries: 1, failure_code: null }])
  expect(await database.query("select status from run where status <> 'failed'")).toEqual([{ status: 'published' }])
})

test('a server tells how it stands, and stops in order under load; work that does not end in time goes back to the queue', async () => {
  await layOutQueue(database)
  const token = join(place, 'token')
  writeFileSync(token, 'a-token-of-this-test\n', { mode: 0o600 })
  const upload = '00000000-0000-4000-8000-000000000001'
  const { child, origin } = await serve({ TANTAY_STOP_SECONDS: '1', TANTAY_METRICS_TOKEN_FILE: token })
  const ended = once(child, 'exit')
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ status: 'ready', checks: { database: 'ok', schema: 'ok', queue: 'ok', shared_folder: 'ok', disk: 'ok', not_stopping: 'ok' } })
  expect((await fetch(`${origin}/metrics`)).status).toBe(404)
  expect((await fetch(`${origin}/metrics`, { headers: { authorization: 'Bearer another' } })).status).toBe(404)
  await fetch(`${origin}/cases/canary-of-an-address`)
  const metrics = await (await fetch(`${origin}/metrics`, { headers: { authorization: 'Bearer a-token-of-this-test' } })).text()
  expect(metrics).toContain('tantay_files{status="sealed"} 3')
  expect(metrics).toContain('tantay_ready{check="queue"} 1')
  expect(metrics).toMatch(/tantay_http_request_duration_seconds_count\{method="GET",route="\/cases\/:id",status="3xx"\} 1/)
  expect(metrics).not.toContain('canary')
  await database.onConnection((holder) => holder.transaction(async (transaction) => {
    // Whoever begins to take a file in waits here, for longer than the server may take to stop.
    await transaction.query('lock table upload in access exclusive mode')
    await database.query('select enqueue_job($1, $2, $3, $4)', ['take_in_upload', JSON.stringify({ upload_id: upload }), 'bank-970436', `upload-${upload}`])
    while ((await database.query('select from graphile_worker.jobs where locked_by is not null')).length === 0) await sleep(20)
    const answers: (number | 'refused' | 'broken')[] = []
    const load = Array.from({ length: 8 }, async () => {
      while (child.exitCode === null && answers.at(-1) !== 'refused') answers.push(await ask(`${origin}/sign-in`))
    })
    await sleep(200)
    child.kill('SIGTERM')
    await Promise.all(load)
    expect(await ended).toEqual([0, null])
    expect(answers.filter((answer) => answer === 200).length).toBeGreaterThan(5)
    expect(answers.filter((answer) => answer !== 200 && answer !== 'refused')).toEqual([])
    expect(await database.query("select attempts, locked_by from graphile_worker.jobs where task_identifier = 'take_in_upload'")).toEqual([{ attempts: 1, locked_by: null }])
  }))
  expect(await database.query('select from server_seen')).toEqual([])
})
