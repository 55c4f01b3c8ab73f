/** The screen spares work and nothing else: with every beneficiary worked out in full, the same comes out. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { arriveAll, clock } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { comparable, engineResult } from '../helpers/engine-result.ts'
import { canMeddle, meddle } from '../helpers/meddle.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedRows, wholeResult } from '../helpers/published.ts'
import { quietWorlds } from '../helpers/quiet-worlds.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { worldsOf } from '../helpers/shuffled.ts'
import { readReference } from '../helpers/reference.ts'
import { reconcileModel } from '../model/model.ts'
import type { ModelResult, Reference } from '../model/types.ts'
import { readable } from '../model/world-files.ts'
import { worlds, type World } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 4000
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

const everybody = `
  insert into work_subject (person_key)
  select person_key from entitlement_line join work_file using (file_id)
  union select person_key from payment_report join work_file using (file_id) where person_key >= 0
  union select person_key from account_report join work_file using (file_id)
  union select person_key from mandate_row join work_file using (file_id)
  union select payee_key from mandate_row join work_file using (file_id)
  union select person_key from register_row join work_file using (file_id)
  union select previous_key from register_row join work_file using (file_id) where previous_key is not null
  on conflict (person_key) do nothing;`

/** A payment in order that was reported on the way and then credited is two rows of facts, and one match. */
function onceEach(result: ModelResult): ModelResult {
  return { ...result, matches: [...new Map(result.matches.map((match) => [JSON.stringify(match), match])).values()] }
}

/** How many entitlements the screen let through; the result must be the model's, and the same when all are looked at in full. */
async function screenedAndInFull({ files, asOf }: World): Promise<number> {
  const { database } = clone()
  const known = readable(files)
  await forgetFacts(database)
  const ledger = await arriveAll(database, known)
  expect(onceEach(await engineResult(database, asOf))).toEqual(onceEach(comparable(reconcileModel(known, asOf, reference))))
  const screened = await wholeResult(database, ledger)
  const lookedAt = (await publishedRows(database, ledger)).outcome.length
  const undo = await meddle(database, 'work_subject', everybody)
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true }).finally(undo)
  expect(await wholeResult(database, ledger)).toEqual(screened)
  expect((await publishedRows(database, ledger)).outcome).toHaveLength(screened.outcome.length)
  return screened.outcome.length - lookedAt
}

test.skipIf(!canMeddle('work_subject'))('among many in order, whoever the screen lets through has the outcome, the payments and the findings of a full look', { timeout }, async () => {
  const letThrough: number[] = []
  await fc.assert(fc.asyncProperty(quietWorlds, async (world) => void letThrough.push(await screenedAndInFull(world))), worldsOf(0.5))
  expect(letThrough.filter((count) => count > 0).length).toBeGreaterThan(letThrough.length / 3)
})

test.skipIf(!canMeddle('work_subject'))('nor does it lose anything where all is trouble', { timeout }, async () => {
  await fc.assert(fc.asyncProperty(worlds, async (world) => { await screenedAndInFull(world) }), worldsOf(0.1))
})

// Found by seed 7: one file says an account is active without a date, and closed on a day; the engine let the undated report
// stand and lost a finding.
test.skipIf(!canMeddle('work_subject'))('an undated report beside a dated one in the same file: the engine and the model agree which stands', async () => {
  const { files, asOf } = readScenario([
    'list A 2026-10 500', 'account A 1000000001 active', 'account A 1000000001 closed reported_date=2026-10-12', 'as of 2026-10-15', 'finds account_not_usable 001087000001 500',
  ])
  await screenedAndInFull({ files: filesForModel(files), asOf })
})
