/** The pages of settlements and of the monthly report: each says what the others say, to the last đồng, and whose it is not sees nothing of it. */
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { money } from '../../src/core/index.ts'
import { bridge, outcomes, unitsOf } from '../../src/reports/index.ts'
import { addedUp, byMonth, monthlyPeople, monthlyReport, monthlyTotals, settlementCells } from '../../src/settlement/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(400)
const period = '2026-10'
let payer: ReaderApp
let unit = ''

beforeAll(async () => {
  payer = await province().as({ roles: ['payer'], name: 'settler' })
  const [row] = await province().database.query<{ unit_code: string }>('select unit_code from outcome_count where benefit_period = 202610 group by 1 order by sum(entitlement_count) desc limit 1')
  unit = row?.unit_code ?? ''
})

const read = async (app: ReaderApp, path: string): Promise<string> => {
  const response = await app.request(path)
  expect(response.status, path).toBe(200)
  return response.text()
}
const rowsOf = async (path: string): Promise<Record<string, string>[]> => Papa.parse<Record<string, string>>((await read(payer, path)).replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data

describe('the numbers', () => {
  test('of all settlements, the bridge and the payments are the same money', async () => {
    const { database } = province()
    const credited = money.add(...(await bridge(database)).map((cell) => cell.credited))
    expect(addedUp(await settlementCells(database)).credited).toBe(credited)
  })

  test('of the monthly report are those of the bridge in every scheme, of its places together, and of its people by name', async () => {
    const { database, asOf } = province()
    const { rows, deadline } = await monthlyReport(database, { period, unitCodes: null })
    expect(deadline).toEqual({ before_date: '2026-10-20', legal_basis: 'Nghị định 20/2021/NĐ-CP, Điều 34' })
    const cells = (await bridge(database)).filter((cell) => cell.benefit_period === period)
    for (const scheme of new Set(rows.map((row) => row.scheme))) {
      const sum = monthlyTotals(rows.filter((row) => row.scheme === scheme))
      const cell = cells.find((one) => one.scheme === scheme)
      expect([sum.due, sum.received, sum.carried_out, sum.beyond]).toEqual([cell?.due, cell?.to_due, cell?.carried_out, money.add(cell?.excess_over ?? '0', cell?.excess_twice ?? '0')])
      expect(money.add(sum.received, sum.not_received, sum.carried_out, sum.not_due)).toBe(sum.due)
    }
    const counted = (await outcomes(database)).filter((cell) => cell.benefit_period === period).reduce((all, cell) => all + parseInt(cell.count, 10), 0)
    expect(monthlyTotals(rows).entitlement_count).toBe(counted)
    const units = await unitsOf(database, asOf)
    const people = await monthlyPeople(database, { period, unitCodes: units.within(unit) }, 10_000)
    const own = monthlyTotals((await monthlyReport(database, { period, unitCodes: units.within(unit) })).rows)
    expect([people.length, money.add(...people.map((one) => one.due)), money.add(...people.map((one) => one.received))]).toEqual([own.entitlement_count, own.due, own.received])
    expect(people.filter((one) => one.state === 'received')).toHaveLength(own.received_count)
  })
})

describe('the pages', () => {
  test('lead from all organisations to one, to the entries of a class and to their file', async () => {
    const list = await read(payer, '/settlement')
    expect(list).toContain('Ngân hàng chi trả thứ nhất')
    const months = byMonth(await settlementCells(province().database)).filter((row) => row.is_stated)
    expect(list).toContain(`${months.filter((row) => row.difference === '0').length} trên ${months.length} tháng khớp`)
    const one = await read(payer, `/settlement/organisation?source=970437&class=charge`)
    expect(one).toContain('Phí hoặc lãi')
    expect(one).toMatch(/href="\/files\/\d+"><bdi>81_account_statement_970437\.sta<\/bdi>:\d+/)
    expect((await payer.request('/settlement/organisation?source=nobody')).status).toBe(404)
    expect((await payer.request('/settlement/organisation?source=970437&period=2026-13')).status).toBe(400)
  })

  test('as files hold both sides, and add up', async () => {
    const months = await rowsOf('/settlement.csv?lang=en')
    for (const row of months.filter((one) => one['Closes?'] !== 'No statement yet')) {
      const of = (column: string): string => row[column] ?? ''
      expect(money.subtract(money.add(of('Credited'), of('On the way'), of('Not collected'), of('Handed back'), of('Still on the account'), of('Difference')), of('Outside the statements'))).toBe(of('Received'))
    }
    expect((await rowsOf('/settlement/differences.csv?lang=en&source=970437')).map((row) => [row['Cause'], row['Difference']])).toContainEqual(['Charge or interest', '33000'])
    const people = await rowsOf(`/monthly-report/people.csv?lang=en&unit=${unit}&period=${period}&state=not_received`)
    expect(people.length).toBeGreaterThan(0)
    expect(people.every((row) => /^\S*•/.test(row['Personal number'] ?? '') && row['Left'] !== '0')).toBe(true)
  })

  test('show a payer of one commune its own people and no settlement, and an officer neither', async () => {
    const { database } = province()
    const own = await province().as({ roles: ['payer'], unit })
    expect(await read(own, '/settlement')).toContain('toàn hệ thống')
    expect((await own.request('/settlement/organisation?source=970437')).status).toBe(404)
    expect(await read(own, `/monthly-report/people?period=${period}&state=received`)).toContain('/persons/')
    const [other] = await database.query<{ unit_code: string }>('select unit_code from outcome_count where unit_code <> $1 limit 1', [unit])
    expect((await own.request(`/monthly-report/people?unit=${other?.unit_code ?? ''}&period=${period}`)).status).toBe(404)
    const officer = await province().as({ roles: ['officer'], unit })
    expect([(await officer.request('/settlement')).status, (await officer.request('/monthly-report')).status]).toEqual([403, 403])
    expect(province().failures).toEqual([])
  })
})
