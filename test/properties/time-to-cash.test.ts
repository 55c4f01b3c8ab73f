/** The engine and the reference model agree on the clock of every entitlement: its stages, how it ended, and by what people are told apart (D38, D39, D100). */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { clock } from '../helpers/arrivals.ts'
import { modelCells, publishedCells } from '../helpers/cash-cells.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { quietWorlds } from '../helpers/quiet-worlds.ts'
import { readReference } from '../helpers/reference.ts'
import { worldsOf } from '../helpers/shuffled.ts'
import { workOut } from '../model/model.ts'
import type { Reference } from '../model/types.ts'
import { worlds, type World } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 10_000
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

async function agree({ files, asOf }: World): Promise<number> {
  const { database } = clone()
  await forgetFacts(database)
  await ingestModelFiles(database, files)
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  const cells = modelCells(workOut(files, asOf, reference))
  expect(await publishedCells(database)).toEqual(cells)
  return cells.filter((cell) => / (withdrawn|censored|returned|closed|died) /.test(cell)).length
}

test('where all is trouble', { timeout }, async () => {
  let ended = 0
  await fc.assert(fc.asyncProperty(worlds, async (world) => { ended += await agree(world) }), { ...worldsOf(0.4), endOnFailure: true })
  expect(ended).toBeGreaterThan(0)
})

test('where most are in order and never looked at in full', { timeout }, async () => {
  await fc.assert(fc.asyncProperty(quietWorlds, async (world) => { await agree(world) }), { ...worldsOf(0.2), endOnFailure: true })
})
