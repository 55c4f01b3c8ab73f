/** The engine and the reference model agree on whole countries of small worlds: what one run does for many at once. */
import { beforeAll, expect, test } from 'vitest'
import { countries } from '../helpers/country.ts'
import { modelCells, publishedCells } from '../helpers/cash-cells.ts'
import { useDatabase } from '../helpers/database.ts'
import { comparable, engineResult } from '../helpers/engine-result.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { readReference } from '../helpers/reference.ts'
import { reconcileModel, workOut } from '../model/model.ts'
import type { Reference } from '../model/types.ts'

const clone = useDatabase()
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

test.each(countries)('$name', { timeout: 120_000 }, async ({ world }) => {
  const { files, asOf } = world()
  await forgetFacts(clone().database)
  await ingestModelFiles(clone().database, files)
  const fromModel = comparable(reconcileModel(files, asOf, reference))
  expect(fromModel.outcomes.length).toBeGreaterThan(40)
  expect(await engineResult(clone().database, asOf)).toEqual(fromModel)
  expect(await publishedCells(clone().database)).toEqual(modelCells(workOut(files, asOf, reference)))
})
