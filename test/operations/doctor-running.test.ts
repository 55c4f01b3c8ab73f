/** Each thing that can be wrong with a database in use is said, and nothing else; a sound one is sound. */
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { checkClock, checkEngine, checkHead, checkNights, checkQueue, checkRights, checkServers, checkSessions, type QueueState, type RunningDatabase } from '../../src/db/doctor-running.ts'
import { asEngine, connect, diagnoseRunning, type Database, type Diagnosis } from '../../src/db/index.ts'
import { layOutQueue, lifeLockClass, startWorker } from '../../src/jobs/index.ts'
import { systemClock } from '../../src/core/index.ts'
import { useDatabase } from '../helpers/database.ts'

const sound: RunningDatabase = {
  clock_ahead_seconds: 0.2, knows_the_country: true, is_superuser: false, desk_power: null, idle_transactions: '0', old_processes: null, invalid_indexes: null, oldest_transaction: '120000', is_vacuumed: true,
  archive_mode: 'on', is_archive_failing: false, last_failed_log: null, has_queue: true, server_count: '1', server_versions: '1.0.0', published_age_seconds: 30_000, published_as_of: '2026-11-22', last_night: '2026-11-22 published', failed_nights: '0', night_age_seconds: 30_000, head_age_seconds: 30_000,
}
const quiet: QueueState = { given_up: '0', given_up_tasks: null, failing: '0', oldest_seconds: 0, held_by_dead: '0', serving_owners: null }

function all(found: RunningDatabase, queue: QueueState, isOwn = true): Diagnosis[] {
  return [...checkClock(found), ...checkRights(found, isOwn), ...checkSessions(found), ...checkServers(found, '1.0.0'), checkQueue(queue, found.server_count !== '0'), checkEngine(queue, found.server_count !== '0'), ...checkNights(found), checkHead(found)]
}

describe('with', () => {
  test.each<[string, Partial<RunningDatabase>, Partial<QueueState>, string[]]>([
    ['nothing wrong', {}, {}, []],
    ['a clock ten seconds ahead', { clock_ahead_seconds: 10.5 }, {}, ['warning clock']],
    ['a clock two minutes behind', { clock_ahead_seconds: -120 }, {}, ['wrong clock']],
    ['no time zones', { knows_the_country: false }, {}, ['wrong time_zone']],
    ['a login of the pages that sees everything', { desk_power: 'postgres' }, {}, ['wrong roles']],
    ['a superuser as engine', { is_superuser: true }, {}, ['warning roles']],
    ['a transaction left open', { old_processes: '4711' }, {}, ['warning sessions']],
    ['half an index', { invalid_indexes: 'finding_identity' }, {}, ['warning indexes']],
    ['autovacuum off', { is_vacuumed: false }, {}, ['wrong vacuum']],
    ['transactions that were never frozen', { oldest_transaction: '1500000000' }, {}, ['wrong vacuum']],
    ['a log that is not archived', { is_archive_failing: true, last_failed_log: '000000010000000000000007' }, {}, ['wrong archive']],
    ['no server', { server_count: '0', server_versions: null }, {}, ['warning server']],
    ['a server of yesterday', { server_versions: '0.9.0, 1.0.0' }, {}, ['warning server']],
    ['work of servers that are gone', {}, { held_by_dead: '2' }, ['warning queue']],
    ['a server that works as the owner', {}, { serving_owners: 'tantay' }, ['warning engine']],
    ['work that was given up', {}, { given_up: '1', given_up_tasks: 'deliver' }, ['warning queue']],
    ['work that waits', {}, { oldest_seconds: 3600 }, ['wrong queue']],
    ['work that waits, and nobody to do it', { server_count: '0', server_versions: null }, { oldest_seconds: 3600 }, ['warning server']],
    ['no result', { published_as_of: null, published_age_seconds: null }, {}, ['warning result']],
    ['a result of last week', { published_age_seconds: 7 * 86_400 }, {}, ['warning result']],
    ['no night', { last_night: null }, {}, ['warning nights']],
    ['a night that failed', { failed_nights: '1', last_night: '2026-11-22 failed (check_failed)' }, {}, ['wrong nights']],
    ['a trail that nobody signs', { head_age_seconds: 3 * 86_400 }, {}, ['wrong audit_head']],
    ['a trail that nobody ever signed', { head_age_seconds: null }, {}, ['warning audit_head']],
    ['nights that no longer come', { night_age_seconds: 3 * 86_400 }, {}, ['wrong nights']],
  ])('%s exactly that is said, with what to do', (_, change, queue, expected) => {
    const trouble = all({ ...sound, ...change }, { ...quiet, ...queue }).filter(({ state }) => state !== 'ok')
    expect(trouble.map(({ state, check }) => `${state} ${check}`)).toEqual(expected)
    expect(trouble.every(({ remedy }) => remedy !== null && remedy.length > 20)).toBe(true)
  })
})

const clone = useDatabase()
test('a real database answers every question of it', async () => {
  await layOutQueue(clone().database)
  const found = await diagnoseRunning(clone().database, { now: systemClock.now(), version: '1.0.0', isOwn: false, lifeLockClass })
  expect(found.filter(({ state }) => state !== 'ok').map(({ check }) => check)).toEqual(['server', 'result', 'audit_head'])
  expect(found.length).toBeGreaterThan(9)
})

test('a server that works by the login of the owner is told from one that works by its own', async () => {
  const { database } = clone()
  await layOutQueue(database)
  const [{ is_spread: isSpread }] = await database.query<{ is_spread: boolean }>("select exists (select from pg_extension where extname = 'citus') as is_spread") as [{ is_spread: boolean }]
  const engineOf = async (served: Database): Promise<string> => {
    const worker = await startWorker({ database: served, clock: systemClock, dataDirectory: tmpdir() })
    try {
      const found = await diagnoseRunning(database, { now: systemClock.now(), version: '1.0.0', isOwn: false, lifeLockClass })
      return found.find(({ check }) => check === 'engine')?.state ?? 'not looked at'
    } finally {
      await worker.stop()
    }
  }
  expect(await engineOf(database)).toBe('warning')
  // Closing the engine's login closes the owner's too: this one has an owner of its own.
  const engine = await asEngine(await connect(clone().databaseUrl, 2), { connections: 4 })
  try {
    expect(await engineOf(engine)).toBe(isSpread ? 'warning' : 'ok')
  } finally {
    await engine.close()
  }
})
