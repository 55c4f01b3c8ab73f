/**
 * A server that is killed in the middle of an upload, at each of its points: whatever it acknowledged is there, the same
 * key succeeds afterwards exactly once, and bytes that nobody was told of are forgotten (R1, R2). Three hundred moments and
 * a killed database: `npm run bench -- counter-kill`.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultEnvironment } from '../../scripts/bench/counter-faults-environment.ts'
import { stoppedClock } from '../../src/core/index.ts'
import type { DeskConnections } from '../../src/db/index.ts'
import { layOutQueue } from '../../src/jobs/index.ts'
import { forgetAbandoned } from '../../src/uploads/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver } from '../http/province.ts'
import { systemOf, withdrawals, type TestSystem } from '../http/systems.ts'

const clone = useDatabase()
const dataDirectory = mkdtempSync(join(tmpdir(), 'tantay-killed-'))
const folder = join(dataDirectory, 'uploads')
let desk: DeskConnections
let system: TestSystem

beforeAll(async () => {
  const { database } = clone()
  const over = await appOver(database, dataDirectory)
  desk = over.desk
  await layOutQueue(database)
  system = await systemOf(over.outside, database, '979601')
})
afterAll(async () => {
  await desk.close()
  rmSync(dataDirectory, { recursive: true, force: true })
})

/** Sends the file to a server that ends itself at the point; gives how it ended and what it answered before. */
async function handInToKilled(point: string, body: string): Promise<{ readonly signal: NodeJS.Signals | null; readonly status: number | null }> {
  const settings = Object.fromEntries(faultEnvironment(`${point}:1`).map((setting) => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)]))
  // A minute before the tests' own clock: by then it is long taken for dead.
  const child = spawn(process.execPath, [fileURLToPath(new URL('../helpers/serve-api.ts', import.meta.url)), clone().databaseUrl, dataDirectory, '2026-11-01T19:59:00Z'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...settings } })
  const ended = once(child, 'exit')
  const [said] = (await Promise.race([once(child.stdout, 'data'), ended.then(() => ['it ended before it was ready'])])) as [Buffer | string]
  const port = /ready (\d+)/.exec(said.toString())?.[1]
  if (port === undefined) throw new Error(said.toString())
  const status = await fetch(`http://127.0.0.1:${port}/api/v1/files`, { method: 'POST', body, headers: { authorization: `Bearer ${system.key}`, 'idempotency-key': point, 'content-type': 'text/csv' } }).then((answer) => answer.status, () => null)
  if (status !== null) child.kill('SIGTERM')
  await ended
  return { signal: child.signalCode, status }
}

const points = ['first_bytes_written', 'after_sync', 'after_rename', 'before_row', 'before_commit', 'after_commit'] as const

test('killed at any point of an upload: nothing that was acknowledged is lost, nothing is taken twice, nothing is left for ever', async () => {
  const { database } = clone()
  for (const [number, point] of points.entries()) {
    const body = withdrawals('979601', Array.from({ length: 50 }, (_, line) => `${85_000_000 + 1000 * number + line}`))
    const sha256 = createHash('sha256').update(body).digest('hex')
    expect([point, await handInToKilled(point, body)]).toEqual([point, { signal: 'SIGKILL', status: null }])
    const rows = await database.query<{ upload_id: string }>('select upload_id from upload where sha256 = $1', [sha256])
    // Only after the commit is there a row; its bytes are on disk by then.
    expect([point, rows.length]).toEqual([point, point === 'after_commit' ? 1 : 0])
    const answer = await system.handIn(body, {}, { 'Idempotency-Key': point })
    expect([point, answer.status, answer.headers.get('idempotency-replayed')]).toEqual([point, 202, point === 'after_commit' ? 'true' : null])
    const { file_id: id, sha256: told } = await answer.json() as { file_id: string; sha256: string }
    expect(told).toBe(sha256)
    expect(createHash('sha256').update(readFileSync(join(folder, id))).digest('hex')).toBe(sha256)
    expect(await database.query('select upload_id from upload where sha256 = $1', [sha256])).toEqual([{ upload_id: id }])
  }
  const kept = (await database.query<{ upload_id: string }>('select upload_id from upload')).map(({ upload_id: id }) => id).sort()
  expect(readdirSync(folder).length).toBeGreaterThan(kept.length)
  // The bytes are as old as this test: a day later they have no owner any more.
  await forgetAbandoned(database, { clock: stoppedClock(new Date(Date.now() + 25 * 3_600_000).toISOString()), dataDirectory })
  expect(readdirSync(folder).sort()).toEqual(kept)
}, 60_000)
