/** The old result or the new one: what fails a check, breaks, is killed or comes second publishes nothing (contract 9.7). */
import { readdirSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { Refusal } from '../../src/core/index.ts'
import { placementOf } from '../../src/db/citus-placement.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, arriveAll, clock, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { meddle } from '../helpers/meddle.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedTables, type Published } from '../helpers/published.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'

const clone = useDatabase()
const reconcile = (isFull = false): Promise<unknown> => run(clone().database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock, isFull })

// A is plainly in order; B is unpaid; C was paid once and then too little; and one payment is nobody's.
const scenario = ['list A 2026-10 500000', 'list B 2026-10 500000', 'list C 2026-09 500000', 'list C 2026-10 500000',
  'pay A 2026-10 500000 credited 2026-10-09', 'pay C 2026-09 500000 credited 2026-09-09', 'pay C 2026-10 400000 credited 2026-10-09', 'pay - 2026-10 70000 credited 2026-10-09',
  'as of 2026-10-31', 'finds nothing']
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

/** Per check, what it must notice: where the working tables go wrong, and how; each is noticed by that check alone. */
const corruptions: readonly { check: string; what: string; table: string; sql: string; row?: string; isIncrement?: true }[] = [
  { check: '10_due_closes', what: 'one đồng due is nowhere', table: 'work_payment_story', sql: 'update work_bridge_cell set carried_out_amount = carried_out_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'the bridge begins with more than the lists say', table: 'work_payment_story', sql: 'update work_bridge_cell set due_amount = due_amount + 1, carried_out_amount = carried_out_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'a cell of the bridge is gone', table: 'work_payment_story', sql: 'update work_bridge_cell set scheme_id = 4' },
  { check: '30_credited_is_what_payments_say', what: 'more arrived than was sent', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount + 1, unmatched_amount = unmatched_amount + 1' },
  { check: '30_credited_is_what_payments_say', what: 'unmatched money is forgotten', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount - unmatched_amount, unmatched_amount = 0' },
  { check: '30_credited_is_what_payments_say', what: 'credited money is not explained', table: 'work_payment_story', sql: 'update work_bridge_cell set excess_over_amount = excess_over_amount + 1' },
  { check: '20_due_is_what_lists_say', what: 'an increment takes back more than there was', table: 'work_payment_story', sql: 'update work_bridge_cell set due_amount = due_amount - 1, carried_out_amount = carried_out_amount - 1', isIncrement: true },
  { check: '30_credited_is_what_payments_say', what: 'an increment adds what nobody reported', table: 'work_payment_story', sql: 'update work_bridge_cell set credited_amount = credited_amount + 1, unmatched_amount = unmatched_amount + 1', isIncrement: true },
  { check: '40_every_line_in_one_bucket', what: 'somebody in order is not counted', table: 'work_payment_story', sql: "delete from work_screen where outcome_class = 'paid'", row: 'line, plain' },
  { check: '40_every_line_in_one_bucket', what: 'a payment in order is counted twice', table: 'work_payment_story', sql: "update work_screen set report_count = report_count + 1 where outcome_class = 'paid'", row: 'payment, plain' },
  { check: '40_every_line_in_one_bucket', what: 'a report is part of two payments', table: 'work_payment_story', sql: 'update work_payment set source_rows = source_rows || source_rows', row: 'payment, in full' },
  { check: '50_payment_used_once', what: 'a payment gives more than it is', table: 'work_payment_story', sql: 'update work_match set allocated_amount = allocated_amount + 1' },
  { check: '50_payment_used_once', what: 'a payment is neither matched nor unmatched', table: 'work_payment_story', sql: 'delete from work_unmatched' },
  { check: '50_payment_used_once', what: 'a payment is matched and unmatched', table: 'work_payment_story', sql: "insert into work_unmatched select person_key, payment_number, 'not_on_list' from work_match" },
  { check: '60_one_class_each', what: 'an entitlement has no class', table: 'work_payment_story', sql: "delete from work_outcome where outcome_class = 'paid'" },
  { check: '70_findings_lead_to_lines', what: 'a finding rests on a file that this run does not see', table: 'work_story', sql: `update work_story set source_rows = '[{"file_id": 999999, "line": 1}]'` },
  { check: '70_findings_lead_to_lines', what: 'a finding rests on nothing', table: 'work_story', sql: "update work_story set source_rows = '[]'" },
]

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

/** On a cluster triggers are refused but on the coordinator's own tables. */
function canMeddle(table: string): boolean {
  return inject('databaseNodes').length === 1 || placementOf(table) === 'local'
}

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
    await clone().database.query('select pg_terminate_backend($1)', [await held.waitingPid()])
    expect(await ended).toBeInstanceOf(Error)
    await held.release()
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
