/** The worlds meet everything: each class, rule and finding often enough that a disagreement about it would be found. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileModel } from './model.ts'
import { FINDING_CODES, OUTCOME_CLASSES, RULES } from './types.ts'
import { worlds } from './worlds.ts'
import { writeCsv } from './write-csv.ts'

const WORLDS = 2000
const AT_LEAST = 100
const drawn = fc.sample(worlds, { numRuns: WORLDS, seed: 20261122 })

describe(`${WORLDS} worlds`, () => {
  const times: number[] = []
  const results = drawn.map(({ files, asOf }) => {
    const before = process.threadCpuUsage()
    const result = reconcileModel(files, asOf)
    times.push(process.threadCpuUsage(before).user / 1000)
    return result
  })
  /** In how many worlds does it occur? */
  const worldsWith = (occurs: (result: (typeof results)[number]) => boolean): number => results.filter(occurs).length

  it.each(OUTCOME_CLASSES)('%s is the class of some entitlement in many of them', (name) => {
    expect(worldsWith(({ outcomes }) => outcomes.some((one) => one.class === name))).toBeGreaterThanOrEqual(AT_LEAST)
  })
  it.each(RULES)('%s matches some payment in many of them', (name) => {
    expect(worldsWith(({ matches }) => matches.some((one) => one.rule === name))).toBeGreaterThanOrEqual(AT_LEAST)
  })
  it.each(FINDING_CODES)('%s is found in many of them', (name) => {
    expect(worldsWith(({ findings }) => findings.some((one) => one.code === name))).toBeGreaterThanOrEqual(AT_LEAST)
  })
  it('take well under five milliseconds of work each, by the median', () => {
    expect(times.sort((a, b) => a - b)[WORLDS / 2]).toBeLessThan(5)
  })
  it('hold every kind of file, and each file can be written', () => {
    const kinds = new Set(drawn.flatMap(({ files }) => files.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual([
      'account_opening', 'administrative_unit', 'beneficiary_list', 'calendar', 'category', 'coverage_start', 'disbursement', 'exemption', 'mandate', 'population_register',
      'scheme', 'source_expectation', 'standard_rate', 'unit_succession', 'withdrawal',
    ])
    for (const { files } of drawn.slice(0, 200)) {
      for (const file of files) expect(writeCsv(file).split('\n')).toHaveLength(file.rows.length + 2)
    }
  })
})

describe('writeCsv', () => {
  it('writes the required columns, those in use, and quotes where it must', () => {
    const rows = [{ date: '2026-02-17', kind: 'holiday', name: 'Tết, "mùng một"' }, { date: '2026-02-18', kind: 'holiday' }]
    expect(writeCsv({ kind: 'calendar', rows })).toBe('date,kind,name\n2026-02-17,holiday,"Tết, ""mùng một"""\n2026-02-18,holiday,\n')
  })
  it('refuses a column that the contract does not know', () => {
    expect(() => writeCsv({ kind: 'calendar', rows: [{ date: '2026-02-17', kind: 'holiday', nmae: 'Tết' }] })).toThrow('nmae')
  })
})
