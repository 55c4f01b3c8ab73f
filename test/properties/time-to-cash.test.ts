/** The engine and the reference model agree on every clock from credit to first withdrawal: how many ended how, after how many days, for whom (D38, D39). */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { clock } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { quietWorlds } from '../helpers/quiet-worlds.ts'
import { readReference } from '../helpers/reference.ts'
import { worldsOf } from '../helpers/shuffled.ts'
import { workOut } from '../model/model.ts'
import { clocksOf, strataOf, type Clock } from '../model/time-to-cash.ts'
import type { Reference } from '../model/types.ts'
import { worlds, type World } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 10_000
const bands: Record<string, string> = { '': '-', '<15': '0', '15–59': '15', '60–69': '60', '70–79': '70', '80+': '80' }
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

/** What is counted together, in words; `-` where nothing is known. */
function cellsOf(one: Clock): string[] {
  const strata = new Map(strataOf(one))
  const of = (stratum: string): string => strata.get(stratum) || '-'
  const { scheme, period } = one.outcome.entitlement
  const ended = `${one.end} ${one.end === 'not_reported' ? '-' : one.days}`
  return [
    `unit ${scheme} ${period} ${of('unit')} ${ended}`,
    `person ${scheme} ${period} ${of('bank')} ${of('channel')} ${bands[strata.get('age') ?? ''] ?? '?'} ${of('sex')} ${ended}`,
  ]
}

async function publishedCells(): Promise<string[]> {
  const rows = await clone().database.query<{ cell: string }>(`
    select concat_ws(' ', grain, scheme, to_char(benefit_period, 'FM0000"-"00'),
      case grain when 'unit' then unit_code else concat_ws(' ', creditor_agent, coalesce(payment_channel::text, '-'), coalesce(age_band::text, '-'), coalesce(sex::text, '-')) end,
      cash_event, coalesce(days::text, '-')) as cell
    from risk_count join scheme_code using (scheme_id) cross join lateral generate_series(1, entitlement_count)`)
  return rows.map(({ cell }) => cell).sort()
}

async function agree({ files, asOf }: World): Promise<number> {
  const { database } = clone()
  await forgetFacts(database)
  await ingestModelFiles(database, files)
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  const clocks = clocksOf(workOut(files, asOf, reference))
  expect(await publishedCells()).toEqual(clocks.flatMap(cellsOf).sort())
  return clocks.filter(({ end }) => end !== 'not_reported').length
}

test('where all is trouble', { timeout }, async () => {
  let ended = 0
  await fc.assert(fc.asyncProperty(worlds, async (world) => { ended += await agree(world) }), { ...worldsOf(0.4), endOnFailure: true })
  expect(ended).toBeGreaterThan(0)
})

test('where most are in order and never looked at in full', { timeout }, async () => {
  await fc.assert(fc.asyncProperty(quietWorlds, async (world) => { await agree(world) }), { ...worldsOf(0.2), endOnFailure: true })
})
