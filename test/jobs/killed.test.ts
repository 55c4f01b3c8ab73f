/** A night whose server is killed in any of its stages, between two of them, or asked to stop: the next server ends it, with one result and nothing done twice (R4, R5). */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftovers, onlooker } from '../../scripts/bench/fault-state.ts'
import { addDays, addMilliseconds, stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { layOutQueue, tick } from '../../src/jobs/index.ts'
import { listNights, nightDetail } from '../../src/reports/index.ts'
import { makeSystem } from '../../src/staff/index.ts'
import { receiveUpload } from '../../src/uploads/index.ts'
import { arriveAll } from '../helpers/arrivals.ts'
import { corruptedScenario } from '../helpers/corruptions.ts'
import { useDatabase } from '../helpers/database.ts'
import { canMeddle } from '../helpers/meddle.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { withdrawals } from '../http/systems.ts'
import { holdAt, holdTable, serverAt } from './servers.ts'
import { timetable, wholeNight } from './whole-night.ts'

const stages = ['take_in', 'link', 'publish', 'remind', 'forget', 'prove', 'sign', 'back_up', 'tell'] as const
/** Where each stage is caught in the middle of its work: at a table that it writes, or reads, then. */
const caughtAt: Readonly<Record<(typeof stages)[number], readonly [table: string, mode: 'share row exclusive' | 'access exclusive']>> = {
  take_in: ['source_file', 'share row exclusive'], link: ['person_pair', 'share row exclusive'], publish: ['finding', 'share row exclusive'],
  remind: ['bank_event', 'share row exclusive'], forget: ['upload', 'access exclusive'], prove: ['published_file', 'share row exclusive'],
  sign: ['trail_head', 'share row exclusive'], back_up: ['problem', 'access exclusive'], tell: ['bank_event', 'access exclusive'],
}

const clone = useDatabase()
const dataDirectory = mkdtempSync(join(tmpdir(), 'tantay-killed-night-'))
let looker: Database
let night = '2026-11-19'
let person = 1
let sender = ''
const at = (asOf: string, minutes = 0): string => addMilliseconds(`${asOf}T18:30:00Z`, minutes * 60_000)
const published = async (): Promise<string[]> => (await clone().database.query<{ as_of: string }>("select as_of from run where status = 'published' order by run_id")).map(({ as_of: day }) => day)
const tables = async (): Promise<string[]> => (await clone().database.query<{ name: string }>("select relnamespace::regnamespace || '.' || relname as name from pg_class where relkind in ('r', 'p', 'i') and relnamespace not in ('pg_toast'::regnamespace) order by 1")).map(({ name }) => name)
const stepsOf = async (attempt: number): Promise<string[]> => ((await nightDetail(clone().database, night))?.steps ?? []).filter((step) => step.attempt === attempt).map(({ stage, outcome }) => `${stage} ${outcome ?? 'open'}`)
const done = (names: readonly string[]): string[] => names.map((name) => `${name} done`)

beforeAll(async () => {
  const { database, databaseUrl } = clone()
  looker = await onlooker(databaseUrl)
  await layOutQueue(database)
  sender = (await makeSystem(database, { userName: 'core-970436', displayName: 'Core', creditorAgent: '970436' }, at(night), null)).staffId
  await arriveAll(database, filesForModel(readScenario(corruptedScenario).files))
  await tick(wholeNight(database, dataDirectory, at(night)), timetable)
})
afterAll(async () => {
  await looker.close()
  rmSync(dataDirectory, { recursive: true, force: true })
})

/** Each stage of the night to come has something to do: a list to compare, a file of a bank to take in, a report to remind of. */
async function somethingForAll(): Promise<void> {
  const { database } = clone()
  const one = person++
  await arriveAll(database, filesForModel(readScenario([`expect 9704${one + 10} disbursement 5`, `list N${one} 2026-11 500000`, 'as of 2026-11-19', 'finds nothing']).files))
  await receiveUpload(database, { clock: stoppedClock(at(night, -60)), dataDirectory }, sent(withdrawals('970436', [`7${one}000000`])), { source: '970436', staffId: sender, channel: 'api', fileName: `${one}.csv`, declaredKind: 'withdrawal' })
}
async function* sent(text: string): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(Buffer.from(text)).then((bytes) => bytes)
}

/** What each stage has left so far: one more of each after one more night. */
async function traces(): Promise<Record<string, number>> {
  const [counts] = await clone().database.query<Record<string, number>>(`select (select count(*) from upload where status = 'sealed')::int as taken_in, (select count(*) from source_file where source = '970436')::int as files,
    (select count(*) from linked_file)::int as linked, (select count(*) from bank_event where kind = 'report.due')::int as reminders, (select count(*) from bank_event where kind = 'file.sealed')::int as told,
    (select count(*) from trail_head)::int as heads, (select count(distinct run_id) from run_total)::int as totals`)
  return { ...counts, heads_outside: readdirSync(join(dataDirectory, 'heads')).length, backups: readdirSync(join(dataDirectory, 'backups')).length }
}

/** After a night that was cut off, however it was: one result, one more of everything that a stage leaves, and nothing besides. */
async function expectEndedOnce(before: Before): Promise<void> {
  const { database } = clone()
  expect(await published()).toEqual([...before.published, night])
  expect(await traces()).toEqual(Object.fromEntries(Object.entries(before.traces).map(([what, count]) => [what, count + 1])))
  expect(await tables()).toEqual(before.tables)
  expect(await database.query('select purpose from run_fence where released_at is null')).toEqual([])
  await expect.poll(() => leftovers(looker)).toEqual([])
}

interface Before {
  readonly published: readonly string[]
  readonly tables: readonly string[]
  readonly traces: Readonly<Record<string, number>>
}

async function beforeTheNight(): Promise<Before> {
  night = addDays(night, 1)
  await somethingForAll()
  return { published: await published(), tables: await tables(), traces: await traces() }
}

/** How the nights end that the next server finds. A server that has just died may hold its connections for a moment still. */
async function nextServer(): Promise<string[]> {
  for (;;) {
    const ends = (await tick(wholeNight(clone().database, dataDirectory, at(night, 1)), timetable)).map(({ asOf, end }) => `${asOf} ${end}`)
    if (ends.join() !== `${night} elsewhere`) return ends
  }
}

describe.runIf(canMeddle('night_step'))('killed', () => {
  test.each([...stages.map((stage) => ['in', stage] as const), ['before', 'sign'] as const])('%s the stage %s: the next server ends the night; one result, nothing twice, nothing left', async (where, stage) => {
    const { database } = clone()
    const before = await beforeTheNight()
    const begins = await holdAt(database, 'night_step', `exists (select from night_step where stage = '${stage}' and finished_at is null)`)
    const server = await serverAt(clone(), dataDirectory, at(night))
    await begins.someoneStands()
    if (where === 'in') {
      const caught = await holdTable(database, ...caughtAt[stage])
      await begins.release()
      await caught.someoneStands()
      server.child.kill('SIGKILL')
      await server.ended
      await caught.release()
    } else {
      server.child.kill('SIGKILL')
      await server.ended
      await begins.release()
    }
    expect(await nextServer()).toEqual([`${night} published`])
    const place = stages.indexOf(stage)
    expect(await stepsOf(1)).toEqual([...done(stages.slice(0, place)), ...(where === 'in' ? [`${stage} ended`] : [])])
    // Before there is a result all that leads to it is looked at again, and finds itself done; after it only what is missing.
    expect(await stepsOf(2)).toEqual(done(stages.slice(place > stages.indexOf('publish') ? place : 0)))
    expect((await listNights(database, null, 1)).rows[0]).toMatchObject({ as_of: night, state: 'published', attempt_count: 2, failure_code: null })
    await expectEndedOnce(before)
  })

  test('asked to stop in a stage that is not cut short: it ends that stage, puts the night back, and nothing counts as a failure', async () => {
    const { database } = clone()
    const before = await beforeTheNight()
    const stopping = new AbortController()
    const caught = await holdTable(database, ...caughtAt.take_in)
    const ends = tick({ ...wholeNight(database, dataDirectory, at(night)), signal: stopping.signal }, timetable)
    await caught.someoneStands()
    stopping.abort()
    await caught.release()
    expect((await ends).map(({ end }) => end)).toEqual(['stopped'])
    expect(await stepsOf(1)).toEqual(['take_in done'])
    expect(await database.query('select state, finished_at, attempt_count - former_attempt_count as tries, failure_code from night where as_of = $1', [night])).toEqual([{ state: 'planned', finished_at: null, tries: 0, failure_code: null }])
    expect(await nextServer()).toEqual([`${night} published`])
    expect(await stepsOf(2)).toEqual(done(stages))
    await expectEndedOnce(before)
  })
})
