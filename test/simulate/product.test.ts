/** The product finds exactly what was planted: a simulated province through the real ingest and a real run, two nights in a row. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFiles, type Receipt } from '../../src/ingest/index.ts'
import { cases, simulate, type SimulatedNight } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { byMonth, settle, settlementCells, settlementDifferences, type SettlementDifference, type SettlementMonth } from '../../src/settlement/index.ts'
import { engineResult } from '../helpers/engine-result.ts'
import type { ModelResult } from '../model/types.ts'
import { inAnyOrder, readTruth, tallied, type WrittenTruth } from './read-simulation.ts'

const clone = useDatabase()
let folder: string
let settled: { readonly months: SettlementMonth[]; readonly differences: SettlementDifference[] }
let nights: { simulated: SimulatedNight; truth: WrittenTruth; receipts: Receipt[]; result: ModelResult }[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-simulate-'))
  // Each variant of each case three times at the least.
  const shares = Object.fromEntries(cases.map(({ name, variants, people }) => [name, variants.length * Math.max(1, people) * 10]))
  const { secondNight, ...first } = await simulate({ beneficiaries: 3000, seed: 'product', out: join(folder, 'sample'), shares, nights: 2, statements: true })
  if (secondNight === null) throw new Error('the second night was asked for')
  nights = []
  for (const [simulated, now] of [[first, '2026-11-01T02:00:00Z'], [secondNight, '2026-11-03T02:00:00Z']] as const) {
    const surroundings = { clock: stoppedClock(now), dataDirectory: join(folder, 'data') }
    const receipts = await ingestFiles(clone().database, simulated.files.map(({ path }) => ({ path })), surroundings)
    const truth = readTruth(simulated.truth.path)
    nights.push({ simulated, truth, receipts, result: await engineResult(clone().database, truth.as_of) })
    // The statements are of the first night.
    if (simulated === first) {
      settled = await clone().database.transaction(async (transaction) => {
        await settle(transaction, { runId: '1', asOf: truth.as_of, timeZone: 'Asia/Ho_Chi_Minh', since: null })
        return { months: byMonth(await settlementCells(transaction)), differences: await settlementDifferences(transaction, {}, 1000) }
      })
    }
  }
}, 300_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the settlements of two organisations are what was planted, and what keeps them from closing is named', () => {
  const { months, planted } = nights[0]?.truth.settlement ?? { months: [], planted: [] }
  const found = settled.months.filter((row) => row.is_stated).map(({ source, benefit_period, received, credited, on_the_way, not_collected, handed_back, difference }) => ({ source, benefit_period, received, credited, on_the_way, not_collected, handed_back, difference }))
  expect(found.length).toBeGreaterThan(2)
  expect(inAnyOrder(found)).toEqual(inAnyOrder(months))
  const named = planted.filter(({ cause }) => cause !== 'hand_back_missing')
  expect(inAnyOrder(settled.differences.map(({ source, cause, end_to_end_id, amount }) => ({ source, cause, end_to_end_id, amount })))).toEqual(inAnyOrder(named))
  expect(named.map(({ cause }) => cause)).toContain('charge')
  // Money that was not handed back is no difference: it is on the account, where it can be seen.
  for (const { source, amount } of planted.filter(({ cause }) => cause === 'hand_back_missing')) expect(settled.months.filter((row) => row.source === source).map(({ kept }) => BigInt(kept)).some((kept) => kept >= BigInt(amount))).toBe(true)
})

describe.each([{ night: 'first', index: 0 }, { night: 'second', index: 1 }])('the $night night', ({ index }) => {
  const told = (): (typeof nights)[number] => {
    const night = nights[index]
    if (night === undefined) throw new Error('the nights are there only while tests run')
    return night
  }

  test('has every row accepted, in the kind that its header tells, but for the file whose total is wrong', () => {
    const { simulated, receipts } = told()
    expect(receipts.map(({ kind, status, accepted, problem_count, refusal }) => ({ kind, status, accepted, problem_count, refusal: refusal?.code ?? null }))).toEqual(
      // A list line given twice and a payment reported twice are accepted once and counted as repeats, or are twins.
      simulated.files.map(({ kind, rows, isRefused }, file) =>
        isRefused === true
          ? { kind, status: 'refused', accepted: 0, problem_count: 0, refusal: 'control_sum_mismatch' }
          : { kind, status: 'sealed', accepted: rows - (receipts[file]?.repeats ?? 0), problem_count: 0, refusal: null },
      ),
    )
  })

  test('has every planted finding found with its stake, and nothing else', () => {
    expect(inAnyOrder(told().result.findings)).toEqual(inAnyOrder(told().truth.findings))
  })

  test('has in every class as many entitlements, as much due and as much credited as was planted', () => {
    expect(inAnyOrder(tallied(told().result.outcomes))).toEqual(inAnyOrder(told().truth.outcomes))
  })

  test('has the planted bridge in every cell', () => {
    expect(inAnyOrder(told().result.bridge)).toEqual(inAnyOrder(told().truth.bridge))
  })
})
