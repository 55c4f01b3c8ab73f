/** What is told of a finding, word for word: evidence and the lines it rests on, for worlds in which each part of it says something. */
import { expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { evidenceOf } from './evidence.ts'
import { stories } from './stories.ts'

const clone = useDatabase()

test.each(stories)('$name', async ({ name, lines }) => {
  const { files, asOf } = readScenario([...lines, 'finds nothing'])
  const { database } = clone()
  await forgetFacts(database)
  await ingestModelFiles(database, filesForModel(files))
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  await expect(await evidenceOf(database)).toMatchFileSnapshot(`./evidence/${name}.json`)
})
