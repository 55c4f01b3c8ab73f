/** The planted slow bank, far villages and old age are in the simulated files, to be found by the statistics; what is harmless differs by chance alone. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayNumber, survival } from '../../src/core/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { readRows, readTruth, type Row, type WrittenTruth } from './read-simulation.ts'

const { compareUnits, curveOf, logRank, quantileOf, shareWithin } = survival

/** One credit whose withdrawal a bank reports on, with what tells people apart. */
interface Clock {
  readonly days: number
  readonly event: 'withdrawn' | 'censored'
  readonly bank: string
  readonly unit: string
  readonly village: string
  readonly age: string
  readonly distance: number
}

interface Province {
  readonly truth: WrittenTruth
  readonly rows: Readonly<Record<string, Row[]>>
  readonly clocks: readonly Clock[]
}

let folder: string
let planted: Province
let even: Province

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-simulate-'))
  planted = await province('planted')
  even = await province('even', { far_village: 100, aged_80_or_more: 100, slow_bank: 100 })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function province(name: string, slowness = {}): Promise<Province> {
  const simulation = await simulate({ beneficiaries: 30_000, seed: 'time to cash', out: join(folder, name), slowness })
  const rows = Object.fromEntries(simulation.files.filter(({ isRefused }) => isRefused !== true).map((file) => [file.kind, readRows(file)]))
  return { truth: readTruth(simulation.truth.path), rows, clocks: clocksOf(rows) }
}

function clocksOf(rows: Readonly<Record<string, Row[]>>): Clock[] {
  const people = new Map((rows['beneficiary_list'] ?? []).map((row) => [row['beneficiary_id'], row]))
  const payments = new Map((rows['disbursement'] ?? []).filter(({ credited_at: at }) => at !== '').map((row) => [row['end_to_end_id'], row]))
  const distances = new Map((rows['village'] ?? []).map((row) => [`${row['unit_code'] ?? ''} ${row['village'] ?? ''}`, Number(row['distance_km'])]))
  return (rows['withdrawal'] ?? []).flatMap((row): Clock[] => {
    const payment = payments.get(row['end_to_end_id'])
    const person = people.get(payment?.['beneficiary_id'])
    if (payment === undefined || person === undefined) return []
    const credited = (payment['credited_at'] ?? '').slice(0, 10)
    const withdrawn = (row['first_withdrawal_at'] ?? '').slice(0, 10)
    const [unit, village] = [person['unit_code'] ?? '', person['village'] ?? '']
    return [{
      days: dayNumber(withdrawn || (row['reported_through_date'] ?? '')) - dayNumber(credited), event: withdrawn === '' ? 'censored' : 'withdrawn',
      bank: row['creditor_agent'] ?? '', unit, village, age: bandOf(person['birth_date'] ?? '', credited), distance: distances.get(`${unit} ${village}`) ?? -1,
    }]
  })
}

function bandOf(birth: string, day: string): string {
  const age = Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0)
  return age < 15 ? '<15' : age < 60 ? '15-59' : age < 70 ? '60-69' : age < 80 ? '70-79' : '80+'
}

/** Who is called slower by the share withdrawn within a week, and who is not. */
function slower(clocks: readonly Clock[], by: (clock: Clock) => string): string[] {
  const groups = [...Map.groupBy(clocks, by)]
  const units = groups.map(([, members]) => {
    const share = shareWithin(curveOf(members.map((clock) => ({ ...clock, count: 1 }))), 7)
    return { part: share?.effectivePart ?? 0, whole: share?.effectiveWhole ?? 0 }
  })
  return compareUnits(units).units.flatMap(({ isDifferent, direction }, index) => (isDifferent && direction === 'below' ? [groups[index]?.[0] ?? ''] : [])).sort()
}

const tableOf = (clocks: readonly Clock[]): survival.RiskRow[] => clocks.map(({ days, event }) => ({ days, event, count: 1 }))

describe('what is planted', () => {
  test('a bank is called slower, and no other', () => {
    expect(slower(planted.clocks, ({ bank }) => bank)).toEqual([planted.truth.time_to_cash.slow_bank])
  })

  test('80 and more are called slower, and no other age', () => {
    expect(slower(planted.clocks, ({ age }) => age)).toEqual(['80+'])
  })

  test('communes with far villages are called slower, and no other', () => {
    const { slow_units: slow, served_units: served, remote_units: remote, harmless } = planted.truth.time_to_cash
    expect(slow.length).toBeGreaterThan(1)
    expect(served.length).toBeGreaterThan(0)
    expect([...slow, ...served].sort()).toEqual([...remote].sort())
    const found = slower(planted.clocks, ({ unit }) => unit)
    expect(found).toEqual([...slow].sort())
    expect(found).not.toContain(harmless.unit_code)
  })

  test('far villages take longer, by the median too', () => {
    const far = new Set(planted.truth.time_to_cash.slow_villages.map(({ unit_code: unit, village }) => `${unit} ${village}`))
    const [slow, others] = [planted.clocks.filter(({ unit, village }) => far.has(`${unit} ${village}`)), planted.clocks.filter(({ unit, village }) => !far.has(`${unit} ${village}`))]
    expect(slow.every(({ distance }) => distance >= 10)).toBe(true)
    expect(Number(logRank([tableOf(slow), tableOf(others)]).p)).toBeLessThan(1e-6)
    expect(quantileOf(curveOf(tableOf(slow)), '0.5').lower).toBeGreaterThan(quantileOf(curveOf(tableOf(others)), '0.5').upper ?? Infinity)
  })

  test('the slow bank takes longer to credit; no other does', () => {
    const days = Map.groupBy((planted.rows['disbursement'] ?? []).filter(({ credited_at: at, payment_channel: channel, transaction_status: status }) => at !== '' && channel === '' && status !== 'RTRN'), ({ creditor_agent: agent = '' }) => agent)
    for (const [agent, payments] of days) {
      const delays = payments.map((row) => dayNumber((row['credited_at'] ?? '').slice(0, 10)) - dayNumber((row['instructed_at'] ?? '').slice(0, 10)))
      const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
      if (agent === planted.truth.time_to_cash.slow_bank) expect(mean).toBeGreaterThan(2.2)
      else expect(mean).toBeLessThan(1.2)
    }
  })

  test('the harmless bank and age differ from the others by chance alone: log-rank too sees nothing', () => {
    const { harmless, slow_bank: slowBank, slow_units: slowUnits } = planted.truth.time_to_cash
    const alike = planted.clocks.filter(({ bank, unit, age }) => bank !== slowBank && !slowUnits.includes(unit) && age !== '80+')
    for (const isIt of [({ bank }: Clock): boolean => bank === harmless.creditor_agent, ({ age }: Clock): boolean => age === harmless.age_band, ({ unit }: Clock): boolean => unit === harmless.unit_code]) {
      const [it, others] = [alike.filter(isIt), alike.filter((clock) => !isIt(clock))]
      expect(it.length).toBeGreaterThan(30)
      expect(Number(logRank([tableOf(it), tableOf(others)]).p)).toBeGreaterThan(0.01)
    }
  })

  test('some accounts are activated after their first credit, and nothing is withdrawn before', () => {
    const activated = new Map((planted.rows['account_opening'] ?? []).map((row) => [row['account_number'] ?? '', row['activated_date'] ?? '']))
    const accounts = new Map((planted.rows['disbursement'] ?? []).filter(({ credited_at: at }) => at !== '').map((row) => [row['end_to_end_id'], row]))
    let late = 0
    for (const row of planted.rows['withdrawal'] ?? []) {
      const day = activated.get(row['account_number'] ?? '') ?? ''
      if (day > (accounts.get(row['end_to_end_id'])?.['credited_at'] ?? '').slice(0, 10)) late += 1
      if (row['first_withdrawal_at']) expect(row['first_withdrawal_at'].slice(0, 10) >= day).toBe(true)
    }
    expect(late).toBeGreaterThan(50)
  })
})

describe('when nothing is planted', () => {
  test('nothing is called slower', () => {
    for (const by of [({ bank }: Clock): string => bank, ({ age }: Clock): string => age, ({ unit }: Clock): string => unit]) expect(slower(even.clocks, by)).toEqual([])
  })

  test('the same people live in the same places and are paid the same', () => {
    for (const kind of ['beneficiary_list', 'village', 'mandate']) expect(even.rows[kind]).toEqual(planted.rows[kind])
    expect(even.truth.finding_totals).toEqual(planted.truth.finding_totals)
  })
})

test('every village of the list is in the file of villages, once; who is listed by another commune still lives where he lived', () => {
  const villages = (planted.rows['village'] ?? []).map((row) => `${row['unit_code'] ?? ''} ${row['village'] ?? ''}`)
  const known = new Set(villages)
  expect(known.size).toBe(villages.length)
  const listed = planted.rows['beneficiary_list'] ?? []
  const unknown = listed.filter((row) => !known.has(`${row['unit_code'] ?? ''} ${row['village'] ?? ''}`))
  expect(unknown.length / listed.length).toBeLessThan(0.005)
})
