/** What a reader of a commune or of a province sees on every page is what the country sees when it asks for that place; and nothing of any other. */
import { beforeAll, describe, expect, test } from 'vitest'
import { money } from '../../src/core/index.ts'
import * as reports from '../../src/reports/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'
import type { Session } from '../../src/db/index.ts'

const province = useProvince(600)
const units: { code: string; app: ReaderApp }[] = []
let top: { code: string; app: ReaderApp } | undefined
let run: reports.PublishedRun
let tree: reports.Units
const period = '2026-10'

beforeAll(async () => {
  const { database, as } = province()
  const found = await reports.publishedRun(database)
  if (found === null) throw new Error('nothing is published')
  run = found
  tree = await reports.unitsOf(database, run.as_of)
  // One by each tenth of the digest of the code: any will do, and the same ones each time.
  const codes = await database.query<{ unit_code: string }>('select unit_code from outcome_count group by 1 having sum(entitlement_count) > 4 order by md5(unit_code) limit 3')
  for (const { unit_code: code } of codes) units.push({ code: tree.today(code), app: await as({ roles: ['officer', 'approver'], unit: tree.today(code) }) })
  const [one] = units
  const code = tree.province(one?.code ?? '')
  top = { code, app: await as({ roles: ['payer'], unit: code }) }
})

/** As the reader of a session sees it. */
function seen<T>(app: ReaderApp, look: (session: Session) => Promise<T>): Promise<T> {
  return reports.consistently(province().desk.as(app.sessionHash), look)
}

/** Every question that pages ask of a place; the reader may leave the place out. */
const questions: Readonly<Record<string, (session: Session, unit: string) => Promise<unknown>>> = {
  results: (session, unit) => reports.resultsWithin(session, tree.within(unit)),
  'months of outcomes': (session, unit) => reports.outcomePeriods(session, tree.within(unit)),
  'time to cash': async (session, unit) => (await reports.timeToCash(session, run, ['unit', 'scheme'], { unit })).groups.map(({ values, statistics }) => ({ values, statistics })),
  'time to cash by bank and age': async (session, unit) => (await reports.timeToCash(session, run, ['bank', 'age'], { unit })).groups.map(({ values, statistics }) => ({ values, statistics })),
  'time to cash by month': (session, unit) => reports.timeToCashByMonth(session, run, { unit }),
  coverage: (session, unit) => reports.coverage(session, run, 'village', { benefitPeriod: period, unit }),
  'coverage by day': (session, unit) => reports.coverageByDay(session, run, { fromDate: '2026-01-01', unit }),
  'coverage, by name': async (session, unit) => (await reports.uncoveredPeople(session, run, { benefitPeriod: period, unit }, null, 1000)).rows,
  'what stands in the way': (session, unit) => reports.access(session, run, { benefitPeriod: period, unit }),
  'data quality': (session, unit) => reports.dataQuality(session, run, { benefitPeriod: period, by: 'unit', unit }),
  'data quality, by name': (session, unit) => reports.qualityPeople(session, run, { benefitPeriod: period, unit }),
  banks: (session, unit) => reports.banks(session, run, { unit }),
  pack: (session, unit) => reports.outreachPack(session, run, { unitCode: unit, by: 'village', today: '2026-11-02' }),
  exemptions: (session, unit) => reports.exemptions(session, '2026-11-02', { unitCodes: tree.within(unit) }),
  conflicts: (session, unit) => reports.conflictsOfVisits(session, '2026-11-02', { unitCodes: tree.within(unit) }),
  sheet: (session, unit) => reports.publicSheet(session, run, { unitCode: unit, benefitPeriod: period }, '2026-11-02T00:00:00Z'),
}

describe.each(Object.keys(questions))('%s', (name) => {
  test('are for a reader of a place what they are for the country that asks for the place', async () => {
    const ask = questions[name]
    if (ask === undefined) throw new Error('no question')
    for (const { code, app } of [...units, ...(top === undefined ? [] : [top])]) {
      const asOwner = JSON.stringify(await ask(province().database, code))
      expect(JSON.stringify(await seen(app, (session) => ask(session, code))), `${name} of ${code}`).toBe(asOwner)
      expect(asOwner.length, `${name} of ${code} has something in it`).toBeGreaterThan(1)
    }
  })
})

describe('sums', () => {
  test('of the communes are those of the province, and with what nobody matched those of the country', async () => {
    const { database } = province()
    const total = (results: reports.Results, field: 'due' | 'to_due' | 'credited'): string => money.add(...results.bridge.map((cell) => cell[field]))
    const communes = (await database.query<{ unit_code: string }>('select distinct unit_code from outcome_count order by 1')).map((row) => row.unit_code)
    const parts = await Promise.all(communes.map((code) => reports.resultsWithin(database, [code])))
    const provinces = [...new Set(communes.map((code) => tree.province(code)))]
    const tops = await Promise.all(provinces.map((code) => reports.resultsWithin(database, tree.within(code))))
    const country = await reports.resultsWithin(database, null)
    for (const field of ['due', 'to_due', 'credited'] as const) {
      const ofCommunes = money.add(...parts.map((part) => total(part, field)))
      expect(ofCommunes).toBe(money.add(...tops.map((part) => total(part, field))))
      const unmatched = field === 'credited' ? money.add(...country.bridge.map((cell) => cell.unmatched)) : '0'
      expect(money.add(ofCommunes, unmatched)).toBe(total(country, field))
    }
    expect(country.bridge.some((cell) => cell.unmatched !== '0')).toBe(true)
  })

  test('close in the bridge of every commune', async () => {
    for (const { code } of units) {
      const { bridge } = await reports.resultsWithin(province().database, [code])
      expect(bridge.length).toBeGreaterThan(0)
      for (const cell of bridge) {
        expect(money.add(cell.to_due, cell.carried_out, ...Object.values(cell.shortfall))).toBe(cell.due)
        expect(money.add(cell.to_due, cell.excess_over, cell.excess_twice)).toBe(cell.credited)
      }
    }
  })
})

describe('the pages of a commune', () => {
  const paths = ['/time-to-cash', '/ranking', '/banks', '/coverage', '/coverage/people', '/data-quality', '/data-quality/people', '/outreach', '/outreach/conflicts', '/outreach/exemptions', '/sheet']

  test.each(paths)('%s shows the own place without being asked', async (path) => {
    for (const { code, app } of units) {
      const own = await app.request(path)
      expect(own.status).toBe(200)
      const asked = await app.request(`${path}?unit=${code}`)
      expect(asked.status).toBe(200)
      const bare = (text: string): string => text.replaceAll(/[?&](?:amp;)?unit=\w+|href="[^"]*"/g, '')
      expect(bare(await own.text()), path).toBe(bare(await asked.text()))
    }
  })

  test.each([...paths, '/time-to-cash.csv', '/ranking.csv', '/banks.csv', '/coverage.csv', '/coverage/people.csv', '/data-quality.csv', '/data-quality/people.csv', '/outreach/pack.csv', '/sheet/sheet.csv'])('%s answers for another commune as for one that is not there', async (path) => {
    const [one, other] = units
    const foreign = await one?.app.request(`${path}?unit=${other?.code}`)
    const missing = await one?.app.request(`${path}?unit=99999`)
    expect([foreign?.status, missing?.status]).toEqual([404, 404])
    const blank = (text = ''): string => text.replaceAll(other?.code ?? '', 'X').replaceAll('99999', 'X')
    expect(blank(await foreign?.text())).toBe(blank(await missing?.text()))
    expect(foreign?.headers.get('content-type')).toBe(missing?.headers.get('content-type'))
  })

  test('name no other commune', async () => {
    const others = (await province().database.query<{ unit_code: string; name: string }>('select distinct unit_code, name from finding_unit where name is not null order by 1'))
    for (const { code, app } of units) {
      const foreign = others.filter((other) => tree.today(other.unit_code) !== code)
      for (const path of paths) {
        const text = await (await app.request(path)).text()
        expect(foreign.filter(({ unit_code: one, name }) => text.includes(`(${one})`) || text.includes(`unit=${one}"`) || text.includes(`>${name}<`)).map((one) => one.unit_code), `${path} of ${code}`).toEqual([])
      }
    }
  })
})
