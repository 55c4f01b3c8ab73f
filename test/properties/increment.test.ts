/** Night after night only what changed is worked out again, and the result is row for row that of a full run (contract 9.5). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { voidFile } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, clock, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedTables } from '../helpers/published.ts'
import { dice, worldsOf, type Roll } from '../helpers/shuffled.ts'
import { worlds, type World } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 30_000

/** Hands the world's files in over several nights, the day moving on and now and then a file being withdrawn; gives how each night ran. */
async function livedThrough({ files, asOf }: World, roll: Roll): Promise<string[]> {
  const { database } = clone()
  await forgetFacts(database)
  const ledger: Ledger = new Map()
  const modes: string[] = []
  const waiting = files.filter(({ voided }) => voided !== true)
  const inDays = [-40, -12, -3, -1, 0, 0, 1, 9, 35]
  const days = [0, 1, 2, 3, 4].map((night) => dayAfter(asOf, inDays[roll(night + 50) % inDays.length] ?? 0)).sort()
  const received: string[] = []
  for (const [night, day] of days.entries()) {
    const share = night === days.length - 1 ? waiting.length : roll(night) % (waiting.length + 1)
    for (const file of waiting.splice(0, share)) {
      const { file_id, repeat_of } = await arrive(database, ledger, file)
      if (file_id !== null && repeat_of === null) received.push(file_id)
    }
    if (received.length > 2 && roll(night + 20) % 4 === 0) await voidFile(database, received.splice(roll(night + 30) % received.length, 1)[0] ?? '', 'the law says so', clock)
    const { mode } = await run(database, { asOf: day, timeZone: 'Asia/Ho_Chi_Minh', clock })
    modes.push(mode)
    const result = await publishedTables(database)
    await run(database, { asOf: day, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
    expect(result).toEqual(await publishedTables(database))
  }
  return modes
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

test('whatever arrives, is withdrawn or comes due from night to night, an increment publishes what a full run would', { timeout }, async () => {
  const modes: string[] = []
  await fc.assert(fc.asyncProperty(worlds, dice, async (world, roll) => void modes.push(...(await livedThrough(world, roll)))), { ...worldsOf(0.5), endOnFailure: true })
  expect(modes.filter((mode) => mode === 'increment').length).toBeGreaterThan(modes.length / 3)
})
