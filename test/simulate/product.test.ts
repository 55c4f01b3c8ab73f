/** The product finds exactly what was planted: a simulated province through the real ingest and a real run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFiles, type Receipt } from '../../src/ingest/index.ts'
import { cases, simulate, type Simulation } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { engineResult } from '../helpers/engine-result.ts'
import type { ModelResult } from '../model/types.ts'
import { inAnyOrder, readTruth, tallied, type WrittenTruth } from './read-simulation.ts'

const clone = useDatabase()
let folder: string
let simulation: Simulation
let truth: WrittenTruth
let receipts: Receipt[]
let result: ModelResult

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-simulate-'))
  // Ten of every case at the least, so that each variant of each case occurs.
  simulation = await simulate({ beneficiaries: 3000, seed: 'product', out: join(folder, 'sample'), shares: Object.fromEntries(cases.map(({ name }) => [name, 60])) })
  truth = readTruth(simulation.truth.path)
  const surroundings = { clock: stoppedClock('2026-11-20T02:00:00Z'), dataDirectory: join(folder, 'data') }
  receipts = await ingestFiles(clone().database, simulation.files.map(({ path }) => ({ path })), surroundings)
  result = await engineResult(clone().database, truth.as_of)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('every simulated row is accepted, in the kind that its header tells', () => {
  expect(receipts.map(({ kind, accepted, problem_count }) => ({ kind, accepted, problem_count }))).toEqual(
    // A list line given twice and a payment reported twice are accepted once and counted as repeats, or are twins.
    simulation.files.map(({ kind, rows }, index) => ({ kind, accepted: rows - (receipts[index]?.repeats ?? 0), problem_count: 0 })),
  )
})

test('every planted finding is found with its stake, and nothing else', () => {
  expect(inAnyOrder(result.findings)).toEqual(inAnyOrder(truth.findings))
})

test('every class has as many entitlements, as much due and as much credited as was planted', () => {
  expect(inAnyOrder(tallied(result.outcomes))).toEqual(inAnyOrder(truth.outcomes))
})

test('every cell of the bridge is the planted one', () => {
  expect(inAnyOrder(result.bridge)).toEqual(inAnyOrder(truth.bridge))
})
