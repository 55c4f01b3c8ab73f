/** The truth that a simulation states is what the contract says: the independent reference model finds exactly the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, simulate, type SimulatedNight } from '../../src/simulate/index.ts'
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

/** Files as ingest hands them on; the refused one with what its total row declares. */
function modelFiles(night: SimulatedNight): ModelFile[] {
  // No finding asks how far a village lies, and the model knows no villages.
  return night.files.filter(({ kind }) => kind !== 'village').map((file) => {
    const rows = readRows(file)
    // As ingest reads accounts: without blanks and dashes.
    for (const row of rows) if (row['creditor_account']) row['creditor_account'] = row['creditor_account'].replace(/[ -]/g, '')
    const total = rows.findIndex(({ end_to_end_id: label }) => label === 'TỔNG CỘNG')
    const declared = total < 0 ? {} : { controlSum: rows[total]?.['instructed_amount'] ?? '' }
    return { kind: file.kind as Kind, name: basename(file.path), rows: rows.slice(0, total < 0 ? rows.length : total), ...declared }
  })
}

/** The refused file's name alone: its bytes hold a total row, those that the model writes do not. */
function withoutDigest<F extends { code: string; subject: string }>(findings: readonly F[]): F[] {
  return findings.map((finding) => (finding.code === 'control_total_mismatch' ? { ...finding, subject: finding.subject.replace(/ [0-9a-f]{12}$/, '') } : finding))
}

/** Each variant of each case once, among 500. */
const everyVariant = Object.fromEntries(cases.map(({ name, variants, people }) => [name, Math.ceil((variants.length * Math.max(1, people) * 10_000) / 500)]))

describe.each([
  { beneficiaries: 300, seed: 1 },
  { beneficiaries: 300, seed: 2 },
  { beneficiaries: 300, seed: 'a province' },
  { beneficiaries: 300, seed: 4 },
  { beneficiaries: 500, seed: 5, shares: everyVariant },
])('a simulation of $beneficiaries beneficiaries with seed $seed', ({ beneficiaries, seed, shares = {} }) => {
  it('states the classes, findings, stakes and bridge that the reference model works out', async () => {
    const out = join(folder, `${String(beneficiaries)}-${String(seed)}`)
    const simulation = await simulate({ beneficiaries, seed, out, shares, nights: 2 })
    const truth = readTruth(simulation.truth.path)
    for (const { name, variants } of cases) if (shares[name] !== undefined) expect(truth.planted[name], name).toBeGreaterThanOrEqual(variants.length)
    const second = simulation.secondNight
    if (second === null) throw new Error('the second night was asked for')
    const files = modelFiles(simulation)
    for (const [known, planted] of [[files, truth], [[...files, ...modelFiles(second)], readTruth(second.truth.path)]] as const) {
      const result = reconcileModel([...known], planted.as_of)
      expect(inAnyOrder(withoutDigest(result.findings))).toEqual(inAnyOrder(withoutDigest(planted.findings)))
      expect(inAnyOrder(tallied(result.outcomes))).toEqual(inAnyOrder(planted.outcomes))
      expect(inAnyOrder(result.bridge)).toEqual(inAnyOrder(planted.bridge))
    }
  })
})
