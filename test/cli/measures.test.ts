/** The reports of measures as programs and people get them: the contract's fields by name, and each as a page in one file. */
import { describe, expect, test } from 'vitest'
import { banksReport, coverageReport, dataQualityReport, timeToCashReport } from '../../src/cli/measures.ts'
import type { Context } from '../../src/cli/context.ts'
import type { Made, ReportOptions } from '../../src/cli/reports.ts'
import { ageingReport, workloadReport } from '../../src/cli/work.ts'
import { languages, stoppedClock } from '../../src/core/index.ts'
import { useProvince } from '../http/province.ts'

const province = useProvince(500)
const context = (): Context => ({ database: province().database }) as unknown as Context
const asked: ReportOptions = { by: [], period: null, scheme: null, unit: null, source: null, language: 'vi' }
const firstOf = ({ rows }: Made): Record<string, unknown> => rows[0] as Record<string, unknown>

describe('time to cash', () => {
  test('has every figure of contract 6 for everybody and each stratum, under the contract’s bands', async () => {
    const made = await timeToCashReport(context(), { ...asked, by: ['age'] })
    const all = firstOf(made)
    expect(all).toMatchObject({ of: 'all', n: expect.any(Number) as number, events: expect.any(Number) as number, censored: expect.any(Number) as number, not_reported: expect.any(Number) as number, competing: { returned: expect.any(Number) as number }, log_rank: { degrees_of_freedom: 4 } })
    expect(Object.keys(all['share_within'] as object)).toEqual(['1', '3', '7', '30'])
    const competing = Object.values(all['competing'] as Record<string, number>).reduce((sum, count) => sum + count, 0)
    expect(all['n']).toBe((all['events'] as number) + (all['censored'] as number) + competing)
    const bands = made.rows.slice(1).map((row) => (row as { of: string; age: string }).age).sort()
    expect(bands).toEqual(['15-59', '60-69', '70-79', '80+', '<15'])
    expect(made.rows.slice(1).reduce((sum, row) => sum + (row as { n: number }).n, 0)).toBe(all['n'])
  })

  test('says "not reached" where nobody was followed so long', async () => {
    const made = await timeToCashReport(context(), { ...asked, by: ['village'] })
    expect(JSON.stringify(made.rows)).toContain('"p90":{"days":"not reached"')
  })
})

test('coverage and quality give numerator and denominator, whole and by place', async () => {
  const coverage = await coverageReport(context(), { ...asked, by: ['unit'] })
  const { coverage: share, active_count: active } = firstOf(coverage) as { coverage: { numerator: number; denominator: number; share: string }; active_count: number }
  expect(share.denominator).toBeLessThanOrEqual(active)
  expect(Number(share.share)).toBeCloseTo(share.numerator / share.denominator, 9)
  expect(coverage.rows.slice(1).reduce((sum, row) => sum + (row as { active_count: number }).active_count, 0)).toBe(active)
  const quality = firstOf(await dataQualityReport(context(), asked)) as Record<string, { numerator: number; denominator: number | null; remainder: number | null }>
  for (const score of ['correct', 'sufficient', 'clean', 'live']) expect(quality[score]?.numerator, score).toBe((quality[score]?.denominator ?? 0) - (quality[score]?.remainder ?? 0))
})

test('each is a page in one file: drawn, in its language, with nothing to fetch or to click', async () => {
  for (const language of languages) {
    for (const report of [timeToCashReport, coverageReport, dataQualityReport, banksReport]) {
      const page = await (await report(context(), { ...asked, language })).asPage?.() ?? ''
      expect(page).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}"`))
      expect(page).toContain('<svg')
      expect(page).not.toMatch(/<link|<script|@font-face|href="\/|src=/)
    }
  }
})

test('a need that names an illness is told as one of health, never by its name', async () => {
  const { database } = province()
  await database.transaction(async (transaction) => {
    await transaction.query("update clock_cell set needs = 'HIV; no_phone' where needs = 'no_phone'")
    const made = await timeToCashReport({ database: transaction } as unknown as Context, { ...asked, by: ['need'] })
    const needs = made.rows.map((row) => (row as { need?: string | null }).need)
    expect(needs).toContain('health')
    expect(needs).toContain('no_phone')
    expect(JSON.stringify(made.rows).toLowerCase()).not.toContain('hiv')
    throw new Error('leave no trace')
  }).catch((error: unknown) => { if ((error as Error).message !== 'leave no trace') throw error })
})

test('ageing and workload tell who waits and who answers, whole and by place', async () => {
  const clock = stoppedClock('2026-11-16T03:00:00Z')
  const worked = (): Context => ({ database: province().database, clock }) as unknown as Context
  const waiting = (await ageingReport(worked(), asked)).rows as { unit_code: string | null; band: number; case_count: number; overdue_count: number; amount: string }[]
  const [open] = await province().database.query<{ count: string; overdue: string }>("select count(*) as count, count(*) filter (where deadline_date < '2026-11-16') as overdue from case_record where is_open")
  expect(waiting.reduce((sum, row) => sum + row.case_count, 0)).toBe(Number(open?.count))
  expect(waiting.reduce((sum, row) => sum + row.overdue_count, 0)).toBe(Number(open?.overdue))
  expect(waiting.every(({ band, amount }) => [0, 6, 11, 21, 61].includes(band) && /^\d+$/.test(amount))).toBe(true)
  const work = await workloadReport(worked(), { ...asked, by: ['province'] })
  expect(firstOf(work)).toMatchObject({ of: 'all', from_date: '2026-09-01', to_date: '2026-11-16', open_count: Number(open?.count), on_time: { numerator: 0, denominator: Number(open?.overdue) } })
  expect(work.rows.slice(1).reduce((sum, row) => sum + (row as { open_count: number }).open_count, 0)).toBe(Number(open?.count))
  const one = await workloadReport(worked(), { ...asked, unit: '38', period: '2026-10' })
  expect(firstOf(one)).toMatchObject({ from_date: '2026-10-01', to_date: '2026-10-31' })
  await expect(ageingReport(worked(), { ...asked, by: ['age'] })).rejects.toMatchObject({ code: 'stratum_unknown' })
})
