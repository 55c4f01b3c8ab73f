/** Times to cash as people ask for them: published statistics come out of files to every printed digit, and whatever is told apart, every table gives the same. */
import { beforeAll, describe, expect, test } from 'vitest'
import { strata, type Stratum } from '../../src/core/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { publishedRun, timeToCash, timeToCashByMonth, unitsOf, type PublishedRun, type TimeToCash } from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, ingestModelFiles } from '../helpers/model-files.ts'
import { useProvince } from '../http/province.ts'
import type { Row } from '../model/types.ts'
import { dayOf, dayText } from '../model/values.ts'

/** R's `survival` package, the AML maintenance study: days, and `true` for those whose end is not known. */
const maintained: [number, boolean][] = [[9, false], [13, false], [13, true], [18, false], [23, false], [28, true], [31, false], [34, false], [45, true], [48, false], [161, true]]
const notMaintained: [number, boolean][] = [[5, false], [5, false], [8, false], [8, false], [12, false], [16, true], [23, false], [27, false], [30, false], [33, false], [43, false], [45, false]]

describe('a published study, told as credits and withdrawals', () => {
  const clone = useDatabase()
  const credited = '2026-01-05'
  let answer: TimeToCash

  beforeAll(async () => {
    const { database } = clone()
    const people = [...maintained.map(([days, isCensored]) => ({ days, isCensored, sex: 'male' })), ...notMaintained.map(([days, isCensored]) => ({ days, isCensored, sex: 'female' }))]
    const id = (at: number): string => `001${people[at]?.sex === 'male' ? 0 : 1}85${String(at).padStart(6, '0')}`
    const account = (at: number): string => `10000000${String(at).padStart(2, '0')}`
    const each = (row: (at: number) => Row): Row[] => people.map((_, at) => row(at))
    await ingestModelFiles(database, [
      { kind: 'beneficiary_list', rows: each((at) => ({ scheme: 'BTXH', benefit_period: '2026-01', beneficiary_id: id(at), beneficiary_name: `Người ${at}`, unit_code: '26734', due_amount: '540000', sex: people[at]?.sex ?? '', creditor_agent: '970436', creditor_account: account(at) })) },
      { kind: 'account_opening', rows: each((at) => ({ creditor_agent: '970436', account_number: account(at), holder_id: id(at), holder_name: `Người ${at}`, opened_date: '2025-01-01', account_status: 'active' })) },
      { kind: 'disbursement', rows: each((at) => ({ end_to_end_id: `E${at}`, scheme: 'BTXH', benefit_period: '2026-01', beneficiary_id: id(at), creditor_agent: '970436', creditor_account: account(at), instructed_amount: '540000', instructed_at: '2026-01-02', transaction_status: 'ACSC', credited_at: credited })) },
      {
        kind: 'withdrawal',
        rows: each((at) => {
          const { days = 0, isCensored = false } = people[at] ?? {}
          const day = dayText(dayOf(credited) + days)
          return { creditor_agent: '970436', account_number: account(at), end_to_end_id: `E${at}`, reported_through_date: isCensored ? day : '2026-12-31', ...(isCensored ? {} : { first_withdrawal_at: day }) }
        }),
      },
    ])
    await run(database, { asOf: '2026-12-31', timeZone: 'Asia/Ho_Chi_Minh', clock })
    answer = await timeToCash(database, (await publishedRun(database)) as PublishedRun, ['sex'])
  })

  const group = (sex: string) => answer.groups.find(({ values }) => values[0] === sex)

  test('has the printed curve, medians, log-rank and restricted means', () => {
    const curve = group('male')?.steps().filter(({ withdrawn }) => withdrawn > 0).map(({ days, survival }) => [days, survival.slice(0, 10)])
    expect(curve).toEqual([[9, 10 / 11], [13, 9 / 11], [18, 63 / 88], [23, 27 / 44], [31, 27 / 55], [34, 81 / 220], [48, 81 / 440]].map(([days, share]) => [days, String(share).slice(0, 10)]))
    expect(group('male')?.statistics.median.days).toBe(31)
    expect(group('female')?.statistics.median.days).toBe(23)
    expect(Number(answer.test?.log_rank.chiSquare)).toBeCloseTo(3.396388699, 9)
    expect(answer.test?.log_rank.degreesOfFreedom).toBe(1)
    expect(Number(answer.test?.log_rank.p)).toBeCloseTo(0.06533932204, 11)
    expect(group('male')?.statistics.restricted_mean?.days.slice(0, 10)).toBe(String(2165 / 88).slice(0, 10))
    expect(group('female')?.statistics.restricted_mean?.days.slice(0, 10)).toBe(String(709 / 36).slice(0, 10))
  })

  test('counts each once, and says how long the payer and the bank took', () => {
    expect(answer.everybody.statistics).toMatchObject({ credited_count: 23, not_reported_count: 0, count: 23, withdrawn_count: 18, censored_count: 5, returned_count: 0, closed_count: 0, died_count: 0 })
    // Due on the last day of the month; instructed on the second, credited three days later; no bank says when the accounts were activated.
    expect(answer.everybody.statistics.stages).toMatchObject({ bank: { mean_days: '3', count: 23 }, account: { mean_days: null, count: 0 } })
  })
})

describe('a province', () => {
  const province = useProvince(3000)
  const people = (answer: TimeToCash): string[] => answer.groups.map(({ values, statistics }) => JSON.stringify([values, statistics.count, statistics.withdrawn_count, statistics.not_reported_count])).sort()

  test('gives for one stratum or two what counting its entitlements one by one gives', { timeout: 120_000 }, async () => {
    const { database } = province()
    const published = (await publishedRun(database)) as PublishedRun
    const units = await unitsOf(database, published.as_of)
    const rows = await database.query<Record<string, string | null> & { event: string; needs: string | null }>(`
      select unit_code as unit, unit_code || '|' || village as village, distance_band::text as distance, electricity, signal, age_band::text as age, sex::text as sex, needs, scheme, creditor_agent::text as bank, payment_channel::text as channel, payee_type::text as payee, cash_event::text as event
      from published_clock join scheme_code using (scheme_id) where cash_event is not null`)
    expect(rows.length).toBeGreaterThan(2000)
    const valuesOf = (row: (typeof rows)[number], stratum: Stratum): (string | null)[] => {
      if (stratum === 'province') return [units.province(row['unit'] ?? '')]
      if (stratum !== 'need') return [row[stratum] ?? null]
      const needs = [...new Set((row.needs ?? '').split(';').map((need) => need.trim().toLowerCase()).filter((need) => need !== ''))]
      return needs.length === 0 ? [null] : needs
    }
    const pairs = strata.flatMap((first, at) => [[first], ...strata.slice(at + 1).map((second) => [first, second])])
      .filter((by) => !(by.includes('village') && (by.includes('unit') || by.includes('province'))) && !(by.includes('unit') && by.includes('province')))
    for (const by of pairs) {
      const counts = new Map<string, { count: number; withdrawn: number; silent: number }>()
      for (const row of rows) {
        const [firsts = [], seconds = [undefined]] = by.map((stratum) => valuesOf(row, stratum))
        for (const first of firsts) {
          for (const second of by.length === 2 ? seconds : [undefined]) {
            const key = JSON.stringify(second === undefined ? [first] : [first, second])
            const sum = counts.get(key) ?? { count: 0, withdrawn: 0, silent: 0 }
            counts.set(key, { count: sum.count + (row.event === 'not_reported' ? 0 : 1), withdrawn: sum.withdrawn + (row.event === 'withdrawn' ? 1 : 0), silent: sum.silent + (row.event === 'not_reported' ? 1 : 0) })
          }
        }
      }
      const expected = [...counts].map(([key, sum]) => JSON.stringify([JSON.parse(key), sum.count, sum.withdrawn, sum.silent])).sort()
      expect(people(await timeToCash(database, published, by)), by.join(' and ')).toEqual(expected)
    }
  })

  test('is the sum of its communes and of its months, wherever it is counted', async () => {
    const { database } = province()
    const published = (await publishedRun(database)) as PublishedRun
    const units = await unitsOf(database, published.as_of)
    const all = await timeToCash(database, published, [])
    const [where] = (await timeToCash(database, published, ['province'])).groups
    const top = where?.values[0] ?? ''
    // By province the cells answer, by age within a commune the entitlements themselves.
    const there = await timeToCash(database, published, ['age'], { unit: top })
    expect(people(there)).toEqual(people(await timeToCash(database, published, ['age'])))
    const communes = await Promise.all(units.below(top).map((unit) => timeToCash(database, published, ['age'], { unit })))
    expect(communes.reduce((sum, { everybody }) => sum + everybody.statistics.count, 0)).toBe(all.everybody.statistics.count)
    const months = await timeToCashByMonth(database, published)
    expect(months.reduce((sum, { statistics }) => sum + statistics.withdrawn_count, 0)).toBe(all.everybody.statistics.withdrawn_count)
    expect(months.map((month) => month.benefit_period)).toEqual(months.map((month) => month.benefit_period).toSorted())
  })

  test('refuses to tell apart what lies inside one another', async () => {
    const { database } = province()
    const published = (await publishedRun(database)) as PublishedRun
    await expect(timeToCash(database, published, ['unit', 'village'])).rejects.toThrow('one lies inside the other')
    const commune = (await timeToCash(database, published, ['unit'])).groups[0]?.values[0] ?? ''
    await expect(timeToCash(database, published, ['province'], { unit: commune })).rejects.toThrow('inside less than a province')
  })
})
