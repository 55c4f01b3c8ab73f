/** The truth that a simulation states is what the contract says: the independent reference model finds exactly the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, simulate, type Simulation } from '../../src/simulate/index.ts'
import { reconcileModel } from '../model/model.ts'
import type { Kind, ModelFile } from '../model/types.ts'
import { inAnyOrder, readRows, readTruth, tallied } from './read-simulation.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-simulate-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const known = new Set<string>(['beneficiary_list', 'account_opening', 'disbursement', 'withdrawal', 'mandate', 'population_register'])

function modelFiles(simulation: Simulation): ModelFile[] {
  return simulation.files
    .filter(({ kind }) => known.has(kind))
    .map((file) => {
      const rows = readRows(file)
      // As ingest reads accounts: without blanks and dashes.
      for (const row of rows) if (row['creditor_account']) row['creditor_account'] = row['creditor_account'].replace(/[ -]/g, '')
      return { kind: file.kind as Kind, rows }
    })
}

/** A hundred in 10,000 for every case: at 1,200 beneficiaries enough for each of its variants. */
const everyVariant = Object.fromEntries(cases.map(({ name }) => [name, 100]))

describe.each([
  { beneficiaries: 300, seed: 1 },
  { beneficiaries: 300, seed: 2 },
  { beneficiaries: 300, seed: 'a province' },
  { beneficiaries: 300, seed: 4 },
  { beneficiaries: 1200, seed: 5, shares: everyVariant },
])('a simulation of $beneficiaries beneficiaries with seed $seed', ({ beneficiaries, seed, shares = {} }) => {
  it('states the classes, findings, stakes and bridge that the reference model works out', async () => {
    const out = join(folder, `${String(beneficiaries)}-${String(seed)}`)
    const simulation = await simulate({ beneficiaries, seed, out, shares })
    const truth = readTruth(simulation.truth.path)
    for (const { name, variants } of cases) if (shares[name] !== undefined) expect(truth.planted[name], name).toBeGreaterThanOrEqual(variants.length)
    const result = reconcileModel(modelFiles(simulation), truth.as_of)

    expect(inAnyOrder(result.findings)).toEqual(inAnyOrder(truth.findings))
    expect(inAnyOrder(tallied(result.outcomes))).toEqual(inAnyOrder(truth.outcomes))
    expect(inAnyOrder(result.bridge)).toEqual(inAnyOrder(truth.bridge))
  })
})
