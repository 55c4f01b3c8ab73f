/** Months lived through with the real ingest and real runs: every night that is looked at says what was expected, whatever went wrong with the files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Deeds } from '../../scripts/bench/soak/deeds.ts'
import { Engine } from '../../scripts/bench/soak/engine.ts'
import { unexpected } from '../../scripts/bench/soak/laws.ts'
import { liveMonths } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-months-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('three months of a province, with a raise, a merger and everything that befalls files, are what they should be each night', { timeout: 120_000 }, async () => {
  const engine = new Engine(clone().database, join(folder, 'data'))
  const deeds = new Deeds(engine)
  let lived: Readonly<Record<string, number>> = {}
  let count = 0
  for (const { asOf, deeds: ofDay, expected, events } of liveMonths({ beneficiaries: 150, from: '2026-08', months: 3, seed: 'tested', out: join(folder, 'sent'), isOneSender: true })) {
    for (const deed of ofDay) expect(await deeds.follow(deed, asOf)).toEqual([])
    if (count % 9 === 8) expect(unexpected(expected, await engine.night(asOf)), asOf).toEqual([])
    lived = events
    count += 1
  }
  expect(await engine.prove(null)).toBeGreaterThan(0)
  expect(await engine.strayFindings(2)).toEqual([])
  expect(await engine.leftovers()).toEqual([])
  console.info(lived, count)
})
