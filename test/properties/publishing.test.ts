/** The old result or the new one: what fails a check, breaks, is killed or comes second publishes nothing (contract 9.7). */
import { readdirSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../src/core/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, arriveAll, clock, type Ledger } from '../helpers/arrivals.ts'
import { corruptedScenario as scenario, corruptions } from '../helpers/corruptions.ts'
import { useDatabase } from '../helpers/database.ts'
import { canMeddle, meddle } from '../helpers/meddle.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedTables, type Published } from '../helpers/published.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'

const clone = useDatabase()
const reconcile = (isFull = false): Promise<unknown> => run(clone().database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock, isFull })

const news = ['pay B 2026-10 500000 credited 2026-10-12 end_to_end_id=E99', 'as of 2026-10-31', 'finds nothing']

let before: Published

/** A result is published, and there is news that would change it. */
async function publishAndHear(): Promise<void> {
  await forgetFacts(clone().database)
  const ledger: Ledger = await arriveAll(clone().database, filesForModel(readScenario(scenario).files))
  await reconcile()
  before = await publishedTables(clone().database)
  for (const file of filesForModel(readScenario(news).files)) await arrive(clone().database, ledger, file)
}

async function expectTheOldResult(): Promise<void> {
  expect(await publishedTables(clone().database)).toEqual(before)
}

/** The last test of a room: nothing of what was tried there is left in the way. */
async function expectTheNewResultAfterAll(): Promise<void> {
  await reconcile()
  expect(await publishedTables(clone().database)).not.toEqual(before)
}

describe('a check that does not hold', () => {
  beforeAll(publishAndHear)

  test('every check is shown to fail', () => {
    const checks = readdirSync(new URL('../../sql/checks/', import.meta.url)).map((name) => name.replace(/\.sql$/, ''))
    expect([...new Set(corruptions.map(({ check }) => check))].sort()).toEqual(checks.sort())
  })

  test.each(corruptions)('$check: $what', async ({ check, table, sql, row, isIncrement }) => {
    const undo = await meddle(clone().database, table, `${sql};`)
    const failure: unknown = await reconcile(isIncrement !== true).catch((error: unknown) => error).finally(undo)
    expect(failure).toBeInstanceOf(Refusal)
    expect(failure).toMatchObject({ kind: 'failure', code: 'check_failed' })
    expect((failure as Refusal).message).toContain(`${check}.sql does not hold`)
    expect((failure as Refusal).message).toContain(row ?? '')
    await expectTheOldResult()
  })

  test('and when nothing is wrong any more, the new result is published', expectTheNewResultAfterAll)
})

// Where a run may end: while it works things out, and while it publishes.
const places = ['work_subject', 'work_outcome', 'work_finding', 'outcome', 'finding', 'run'].filter(canMeddle)

describe('a run that does not come to its end', () => {
  beforeAll(publishAndHear)

  test.each(places)('a statement fails when %s is written', async (table) => {
    const undo = await meddle(clone().database, table, table === 'run' ? "if exists (select from run where status = 'published' group by status having count(*) > 0) then raise exception 'no more room'; end if;" : "raise exception 'no more room';")
    await expect(reconcile().finally(undo)).rejects.toThrow('no more room')
    await expectTheOldResult()
  })

  test.each(['work_subject', 'work_outcome', 'outcome', 'finding'].filter(canMeddle))('its connection is killed while %s is written', async (table) => {
    const held = await holdAt(table)
    const ended = reconcile().catch((error: unknown) => error)
    await clone().database.query('select pg_terminate_backend($1::integer)', [await held.waitingPid()])
    // The other connection may stand still there too, and a run ends when both have come to an end.
    await held.release()
    expect(await ended).toBeInstanceOf(Error)
    await expectTheOldResult()
  })

  test('and the next one that comes to its end publishes', expectTheNewResultAfterAll)
})

describe('two runs at once', () => {
  beforeEach(publishAndHear)

  test.each(['work_subject', 'work_outcome', 'finding'].filter(canMeddle))('the second comes while the first writes %s: it is told to try again, the first publishes', async (table) => {
    const held = await holdAt(table)
    const first = reconcile()
    await held.waitingPid()
    const second: unknown = await reconcile().catch((error: unknown) => error)
    expect(second).toBeInstanceOf(Refusal)
    expect(second).toMatchObject({ kind: 'tryAgain', code: 'run_in_progress', exitCode: 75 })
    await expectTheOldResult()
    await held.release()
    await first
    const after = await publishedTables(clone().database)
    expect(after).not.toEqual(before)
    await reconcile()
    expect(await publishedTables(clone().database)).toEqual(after)
  })
})

interface Held {
  /** Waits for a run to stand still there; the process that serves it. */
  waitingPid(): Promise<number>
  release(): Promise<void>
}

/** Every run stands still after it has written a table, until it is released. */
async function holdAt(table: string): Promise<Held> {
  const { database } = clone()
  const undo = await meddle(database, table, 'perform pg_advisory_xact_lock(4242);')
  const holder = await database.pool.connect()
  await holder.query('select pg_advisory_lock(4242)')
  return {
    waitingPid: async () => {
      for (;;) {
        const [waiting] = await database.query<{ pid: number }>("select pid from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())")
        if (waiting !== undefined) return waiting.pid
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    release: async () => {
      await holder.query('select pg_advisory_unlock(4242)')
      holder.release()
      await undo()
    },
  }
}
