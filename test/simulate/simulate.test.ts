/** A simulated province is repeatable, plausible and complete: every planted case occurs, in files that hold together. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, fewestBeneficiaries, findingCodes, simulate, type Simulation } from '../../src/simulate/index.ts'
import { readRows, readTruth, type Row, type WrittenTruth } from './read-simulation.ts'

let folder: string
let simulation: Simulation
let truth: WrittenTruth
let rows: Record<string, Row[]>
let later: Record<string, Row[]>
const progress: [number, number][] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-simulate-'))
  simulation = await simulate({ beneficiaries: 1000, seed: 7, out: join(folder, 'first'), nights: 2, onProgress: (done, total) => progress.push([done, total]) })
  truth = readTruth(simulation.truth.path)
  rows = Object.fromEntries(simulation.files.filter(({ isRefused }) => isRefused !== true).map((file) => [file.kind, readRows(file)]))
  later = Object.fromEntries((simulation.secondNight?.files ?? []).map((file) => [file.kind, readRows(file)]))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const column = (kind: string, name: string): string[] => (rows[kind] ?? []).map((row) => row[name] ?? '')
const digest = (out: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(out).sort()) if (name !== 'night-2') hash.update(name).update(readFileSync(join(out, name)))
  return hash.digest('hex')
}

describe('a seed', () => {
  it('gives the same bytes every time, in the second night too', async () => {
    await simulate({ beneficiaries: 1000, seed: '7', out: join(folder, 'again'), nights: 2 })
    expect(digest(join(folder, 'again'))).toBe(digest(join(folder, 'first')))
    expect(digest(join(folder, 'again', 'night-2'))).toBe(digest(join(folder, 'first', 'night-2')))
  })

  it('gives the same first night when nobody asks for a second, and leaves none of an earlier one', async () => {
    await simulate({ beneficiaries: 1000, seed: 7, out: join(folder, 'again') })
    expect(digest(join(folder, 'again'))).toBe(digest(join(folder, 'first')))
    expect(readdirSync(join(folder, 'again', 'night-2'))).toEqual([])
  })

  it('gives another province than another seed', async () => {
    await simulate({ beneficiaries: 1000, seed: 8, out: join(folder, 'other') })
    expect(digest(join(folder, 'other'))).not.toBe(digest(join(folder, 'first')))
  })
})

describe('the truth', () => {
  it('holds every case at least once, even in a small sample', () => {
    for (const { name } of cases) expect(truth.planted[name], name).toBeGreaterThanOrEqual(1)
  })

  it('has a finding of every code that it speaks about', () => {
    expect(new Set(truth.findings.map(({ code }) => code))).toEqual(new Set(findingCodes))
  })

  it('counts its findings and stakes as they are listed', () => {
    for (const code of findingCodes) {
      const listed = truth.findings.filter((finding) => finding.code === code)
      const stake = listed.reduce((sum, finding) => sum + BigInt(finding.amount_at_stake), 0n)
      expect(truth.finding_totals[code]).toEqual({ count: listed.length, amount_at_stake: stake.toString() })
    }
  })

  it('closes the bridge in every cell: due is what arrived, what was carried on, and what is short', () => {
    for (const cell of [...truth.bridge, truth.bridge_total]) {
      const short = Object.values(cell.shortfall).reduce((sum, amount) => sum + BigInt(amount), 0n)
      expect(BigInt(cell.credited_to_due) + BigInt(cell.carried_out) + short).toBe(BigInt(cell.due))
    }
    // A line carries 50,000 too little or 30,000 too much, by turns.
    const mismatch = BigInt(truth.bridge_total.carried_in) - BigInt(truth.bridge_total.carried_out)
    const stakes = truth.findings.filter(({ code }) => code === 'carried_over_mismatch').map(({ amount_at_stake: stake }) => (stake === '50000' ? -50_000n : 30_000n))
    expect(stakes.length).toBeGreaterThan(0)
    expect(mismatch).toBe(stakes.reduce((sum, stake) => sum + stake, 0n))
  })

  it('leaves out the findings of a case that is not wanted, and takes more of one that is', async () => {
    const { truth: changed } = await simulate({ beneficiaries: 1000, seed: 7, out: join(folder, 'changed'), shares: { not_on_list: 0, paid_twice: 500 } })
    const totals = changed.finding_totals
    expect(totals['not_on_list']?.count).toBe(0)
    expect(totals['paid_twice']?.count).toBe(50)
  })

  it('counts the withdrawals that it planted', () => {
    const sum = (pick: (stratum: WrittenTruth['time_to_cash']['strata'][number]) => number): number => truth.time_to_cash.strata.reduce((total, stratum) => total + pick(stratum), 0)
    const withdrawn = column('withdrawal', 'first_withdrawal_at').filter((at) => at !== '').length
    expect(sum((stratum) => stratum.withdrawn)).toBe(withdrawn)
    expect(sum((stratum) => stratum.censored)).toBe((rows['withdrawal'] ?? []).length - withdrawn)
    expect(sum((stratum) => stratum.not_reported)).toBeGreaterThan(0)
    expect(truth.time_to_cash.remote_units.length).toBeGreaterThan(0)
  })
})

describe('the files', () => {
  it('number about as many rows as a province has', () => {
    const four = ['beneficiary_list', 'account_opening', 'disbursement', 'withdrawal'].map((kind) => (rows[kind] ?? []).length)
    const perBeneficiary = four.reduce((sum, count) => sum + count, 0) / truth.beneficiaries
    expect(perBeneficiary).toBeGreaterThan(3.5)
    expect(perBeneficiary).toBeLessThan(4.2)
    for (const file of simulation.files) if (file.isRefused !== true) expect(file.rows).toBe((rows[file.kind] ?? []).length)
    expect(truth.files.map(({ kind }) => kind)).toEqual(simulation.files.map(({ kind }) => kind))
  })

  it('have as many values in every row as columns, none of which needs quotes', () => {
    for (const file of simulation.files) {
      const text = readFileSync(file.path, 'utf8')
      expect(text.normalize('NFC')).toBe(text)
      expect(text).not.toContain('"')
      const [header = '', ...lines] = text.trimEnd().split('\n')
      for (const line of lines) expect(line.split(',').length).toBe(header.split(',').length)
    }
  })

  it('list exactly so many beneficiaries, in communes that the units file knows', () => {
    expect(new Set(column('beneficiary_list', 'beneficiary_id')).size).toBe(1000)
    const units = new Set(column('administrative_unit', 'unit_code'))
    for (const unit of column('beneficiary_list', 'unit_code')) expect(units).toContain(unit)
    expect(new Set(column('beneficiary_list', 'unit_code')).size).toBeGreaterThanOrEqual(6)
  })

  it('carry identity numbers that agree with sex and birth year, but for those planted', () => {
    const planted = new Set(truth.findings.filter(({ code }) => code === 'id_invalid' || code === 'id_mismatch').map(({ beneficiary_id: id }) => id))
    for (const row of rows['beneficiary_list'] ?? []) {
      const { beneficiary_id: id = '', sex, birth_date: birth = '' } = row
      if (id.length === 9 || planted.has(id)) continue
      expect(id).toMatch(/^0\d{11}$/)
      expect(id.slice(4, 6)).toBe(birth.slice(2, 4))
      const digit = (birth < '2000' ? 0 : 2) + (sex === 'male' ? 0 : 1)
      expect(id[3]).toBe(String(digit))
    }
  })

  it('give no two people of a unit one name and birth date, but for the pairs planted', () => {
    const people = new Map<string, Set<string>>()
    for (const { unit_code: unit = '', beneficiary_name: name = '', birth_date: birth = '', beneficiary_id: id = '' } of rows['beneficiary_list'] ?? []) {
      const key = `${unit} ${name.normalize('NFD').replace(/\p{M}/gu, '')} ${birth}`
      people.set(key, (people.get(key) ?? new Set()).add(id))
    }
    const pairs = [...people.values()].filter((ids) => ids.size > 1).map((ids) => [...ids].sort().join('|'))
    expect(pairs.length).toBeGreaterThan(0)
    expect(pairs.sort()).toEqual(truth.findings.filter(({ code }) => code === 'duplicate_person').map(({ subject }) => subject).sort())
  })

  it('register everybody of some communes, but for those planted, and nobody of another by name of the commune', () => {
    const units = new Set(column('population_register', 'unit_code').filter((unit) => unit !== ''))
    const registered = new Set((rows['population_register'] ?? []).flatMap(({ person_id: id = '', previous_id: previous = '' }) => [id, previous]))
    const missing = (rows['beneficiary_list'] ?? []).filter(({ unit_code: unit = '', beneficiary_id: id = '' }) => units.has(unit) && !registered.has(id)).map(({ beneficiary_id: id }) => id)
    expect(units.size).toBeGreaterThan(0)
    expect([...new Set(missing)].sort()).toEqual(truth.findings.filter(({ code }) => code === 'never_verified').map(({ beneficiary_id: id }) => id).sort())
  })

  it('bring about one payment in a hundred in the second night, among them new statuses and new payments', () => {
    const [first, second] = [rows['disbursement'] ?? [], later['disbursement'] ?? []]
    expect(second.length / first.length).toBeGreaterThan(0.007)
    // Small samples hold every story at least once, which is more than its share.
    expect(second.length / first.length).toBeLessThan(0.03)
    const known = new Set(first.map(({ end_to_end_id: reference }) => reference))
    const updates = second.filter(({ end_to_end_id: reference }) => known.has(reference)).length
    expect(updates).toBeGreaterThan(0)
    expect(second.length - updates).toBeGreaterThan(0)
  })

  it('never give one account to two banks, or one reference to two payments', () => {
    const accounts = new Map((rows['account_opening'] ?? []).map((row) => [row['account_number'], row['creditor_agent']]))
    for (const row of rows['account_opening'] ?? []) expect(accounts.get(row['account_number'])).toBe(row['creditor_agent'])
    const agents = new Map<string, string>()
    for (const { end_to_end_id: reference = '', creditor_agent: agent = '' } of rows['disbursement'] ?? []) {
      if (reference !== '') expect(agents.get(reference) ?? agent).toBe(agent)
      agents.set(reference, agent)
    }
  })

  it('never let money be withdrawn before it was credited, or after the day that the bank has reported through', () => {
    const credited = new Map((rows['disbursement'] ?? []).map((row) => [row['end_to_end_id'], row['credited_at'] ?? '']))
    const reached = (rows['withdrawal'] ?? []).filter((row) => row['first_withdrawal_at'] !== '')
    expect(reached.length).toBeGreaterThan(100)
    for (const row of reached) {
      const at = row['first_withdrawal_at'] ?? ''
      expect(at.slice(0, 10) <= (row['reported_through_date'] ?? '')).toBe(true)
      if (credited.get(row['end_to_end_id'])) expect(at > (credited.get(row['end_to_end_id']) ?? '')).toBe(true)
    }
  })

  it('leave nothing else behind in the folder', () => {
    expect(readdirSync(join(folder, 'first')).sort()).toEqual([
      '01_standard_rate.csv', '02_category.csv', '05_administrative_unit.csv', '06_source_expectation.csv', '07_village.csv', '10_beneficiary_list.csv', '20_account_opening.csv', '30_disbursement.csv',
      '40_withdrawal.csv', '50_mandate.csv', '60_population_register.csv', '70_disbursement_wrong_total.csv', 'night-2', 'truth.json',
    ])
    expect(readdirSync(join(folder, 'first', 'night-2')).sort()).toEqual(['20_account_opening.csv', '30_disbursement.csv', '60_population_register.csv', 'truth.json'])
  })
})

describe('asking for a simulation', () => {
  it('tells its progress up to the end', () => {
    expect(progress.at(-1)).toEqual([1000, 1000])
    expect(progress.length).toBeGreaterThan(6)
  })

  it('works for the fewest beneficiaries that hold every case', async () => {
    const { truth: small } = await simulate({ beneficiaries: fewestBeneficiaries, seed: 1, out: join(folder, 'small') })
    expect(Object.values(small.finding_totals).every(({ count }) => count > 0)).toBe(true)
  })

  it('is refused for fewer, for unknown cases, and for more faults than people; nothing is left of it', async () => {
    const out = join(folder, 'refused')
    await expect(simulate({ beneficiaries: fewestBeneficiaries - 1, seed: 1, out })).rejects.toThrow(/at least 200/)
    await expect(simulate({ beneficiaries: 1000, seed: 1, out, shares: { paid_thrice: 10 } })).rejects.toThrow(/paid_thrice/)
    await expect(simulate({ beneficiaries: 1000, seed: 1, out, shares: { unpaid: 9999 } })).rejects.toThrow(/cases alone/)
    expect(existsSync(join(out, 'truth.json'))).toBe(false)
    expect(existsSync(join(out, '.parts'))).toBe(false)
  })
})
