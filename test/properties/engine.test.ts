/** The engine in SQL and the reference model agree on every class, match, finding and cell of the bridge, world after world. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { comparable, engineResult } from '../helpers/engine-result.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { readReference } from '../helpers/reference.ts'
import { reconcileModel } from '../model/model.ts'
import type { Reference } from '../model/types.ts'
import { worlds } from '../model/worlds.ts'

const worldCount = parseInt(process.env['TANTAY_WORLDS'] ?? '16', 10)
const clone = useDatabase()
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

test('the engine and the model agree on every world', { timeout: 60_000 + worldCount * 8000 }, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ files, asOf }) => {
      await forgetFacts(clone().database)
      await ingestModelFiles(clone().database, files)
      expect(await engineResult(clone().database, asOf)).toEqual(comparable(reconcileModel(files, asOf, reference)))
    }),
    { numRuns: worldCount, seed: parseInt(process.env['TANTAY_SEED'] ?? '1', 10) },
  )
})
