/**
 * The connection lost at some of the messages of a run and of a file, and right after a COMMIT was done:
 * the old state or the new one, told truthfully, nothing left behind (R4, R6). Every message in turn, and runs over a
 * million rows: `npm run bench -- faults` (docs/faults.md).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { FaultChild } from '../../scripts/bench/fault-child.ts'
import { pointsWorks, trySome, type PointsFigures } from '../../scripts/bench/fault-points.ts'
import type { FaultKind } from '../../scripts/bench/fault-proxy.ts'
import { makeFaultWorlds, type FaultWorlds } from '../../scripts/bench/fault-worlds.ts'

const nodes = inject('databaseNodes')
const folder = mkdtempSync(join(tmpdir(), 'tantay-faults-'))
const child = new FaultChild({ mostSeconds: 30 })
let worlds: FaultWorlds

// A clone of a cluster's database takes longer than everything that is tried in it.
const trying = test.skipIf(nodes.length > 1)

beforeAll(async () => {
  if (nodes.length === 1) worlds = await makeFaultWorlds(folder, { beneficiaries: 200, seed: 1, serverUrl: nodes[0], template: inject('templateDatabase') })
})
afterAll(async () => {
  await child.close()
  if (nodes.length === 1) await worlds.close()
  rmSync(folder, { recursive: true, force: true })
})

async function trySomeOf(name: string, ...tries: readonly (readonly [FaultKind, number])[]): Promise<Pick<PointsFigures, 'points' | 'old' | 'new' | 'violations'>> {
  const work = pointsWorks.find((one) => one.name === name)
  if (work === undefined) throw new Error(`there is no work ${name}`)
  const { points, old, new: after, violations } = await trySome(worlds, work, tries, child)
  return { points, old, new: after, violations }
}

trying('a run cut while it works things out and while it publishes leaves the old result; one whose result is out is told so, although the answer to its COMMIT was lost', async () => {
  expect(await trySomeOf('run (increment)', ['cut', 400], ['cut', 1900], ['lost_commit', 2])).toEqual({ points: 3, old: 2, new: 1, violations: [] })
})

trying('a file is sealed whole or not at all: cut while its rows are compared with those of earlier files, and after its COMMIT', async () => {
  expect(await trySomeOf('ingest', ['cut', 98], ['lost_commit', 1])).toEqual({ points: 2, old: 1, new: 1, violations: [] })
})
