/** Night after night only what changed is worked out again, and the product's own proof says that it is what a full run gives (contract 9.5). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { voidFile } from '../../src/ingest/index.ts'
import { parts, run, verifyIncremental } from '../../src/reconcile/index.ts'
import { arrive, clock, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { dice, worldsOf, type Roll } from '../helpers/shuffled.ts'
import type { ModelFile } from '../model/types.ts'
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
      const { file_id, repeat_of, status } = await arrive(database, ledger, file)
      if (file_id !== null && repeat_of === null && status === 'sealed') received.push(file_id)
    }
    if (received.length > 2 && roll(night + 20) % 4 === 0) await voidFile(database, received.splice(roll(night + 30) % received.length, 1)[0] ?? '', 'the law says so', clock)
    const { mode } = await run(database, { asOf: day, timeZone: 'Asia/Ho_Chi_Minh', clock })
    modes.push(mode)
    await verifyIncremental(database, { timeZone: 'Asia/Ho_Chi_Minh' })
    await verifyIncremental(database, { timeZone: 'Asia/Ho_Chi_Minh', part: roll(night + 60) % parts })
  }
  return modes
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

test('whatever arrives, is withdrawn or comes due from night to night, an increment publishes what a full run would', { timeout }, async () => {
  const modes: string[] = []
  await fc.assert(fc.asyncProperty(worlds, dice, async (world, roll) => void modes.push(...(await livedThrough(world, roll)))), { ...worldsOf(0.5), endOnFailure: true })
  expect(modes.filter((mode) => mode === 'increment').length).toBeGreaterThan(modes.length / 4)
})

test('what an increment would get wrong, the proof names; a thirtieth finds it in its own units', async () => {
  const { database } = clone()
  await forgetFacts(database)
  const ledger: Ledger = new Map()
  for (const file of readScenario(['list A 2026-10 500000 creditor_account=1000000001', 'list B 2026-10 500000', 'account A 1000000001 active', 'pay A 2026-10 500000 credited 2026-10-09 creditor_account=1000000001', 'as of 2026-10-31', 'finds nothing']).files) await arrive(database, ledger, filesForModel([file])[0] as ModelFile)
  await run(database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock })
  const prove = (part?: number): Promise<unknown> => verifyIncremental(database, { timeZone: 'Asia/Ho_Chi_Minh', ...(part === undefined ? {} : { part }) })
  expect(await database.query('select from clean_count')).not.toHaveLength(0)
  await prove()
  const [unit] = await database.query<{ part: number }>('select abs(hashtext(unit_code)) % 30 as part from outcome limit 1')
  const part = unit?.part ?? 0
  for (const [damage, undo, place] of [
    ['update finding set amount_at_stake = amount_at_stake + 1', 'update finding set amount_at_stake = amount_at_stake - 1', /finding of segment/],
    ["update outcome set unit_code = unit_code || '1'", 'update outcome set unit_code = left(unit_code, -1)', /outcome of segment/],
    ['update clean_count set entitlement_count = entitlement_count + 1', 'update clean_count set entitlement_count = entitlement_count - 1', /clean_count/],
    ['update outcome_count set entitlement_count = entitlement_count + 1', 'update outcome_count set entitlement_count = entitlement_count - 1', /outcome_count/],
    ['update finding_count set amount_at_stake = amount_at_stake + 1', 'update finding_count set amount_at_stake = amount_at_stake - 1', /finding_count/],
  ] as const) {
    await database.query(damage)
    await expect(prove()).rejects.toThrow(place)
    await expect(prove(part)).rejects.toThrow(place)
    await database.query(undo)
  }
  await prove()
  await prove(part)
})
