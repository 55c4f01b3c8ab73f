/** Twelve months of one person: what was due, what came, what was fetched, what was found; drawn, said, and in a table. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/index.ts'
import { monthsPicture, monthsShown, type MonthShown } from '../../src/http/pictures/months.ts'
import { drawnWell, viewIn, wordsIn } from './plots.ts'

const month = (benefitPeriod: string, due: string, credited: string, more: Partial<MonthShown> = {}): MonthShown => ({ benefitPeriod, currency: 'VND', due, credited, isWithdrawn: null, isWaiting: false, findingCount: 0, ...more })

/** The height of every filled bar, in the order of the months. */
const filled = (markup: string): string[] => [...markup.matchAll(/height="([\d.]+)" class="tt-tone-credited"/g)].map((match) => match[1] ?? '')

describe('the months of a person', () => {
  test.each(languages)('are counted and named in %s', async (language) => {
    const markup = await drawnWell(monthsPicture([month('2026-08', '500000', '500000'), month('2026-09', '500000', '250000', { findingCount: 1 }), month('2026-10', '500000', '600000')], viewIn(language)))
    expect(wordsIn(markup)).toContain({ vi: '1 / 3 tháng đã đến hạn được ghi có đủ. Còn thiếu: 09/2026. Ghi có thừa: 10/2026.', en: 'Credited in full: 1 of 3 months that are due. Still missing: September 2026. Credited too much: October 2026.', ar: 'أُودِع كاملًا: 1 من 3 شهرًا مستحقًا. ما زال ناقصًا: سبتمبر 2026. أُودِع زائدًا: أكتوبر 2026.' }[language])
  })

  test('fill a bar as far as the money came, and stripe what did not', async () => {
    const markup = await drawnWell(monthsPicture([month('2026-09', '400000', '400000'), month('2026-10', '400000', '100000')], viewIn('vi')))
    // The legend comes first.
    expect(filled(markup)).toEqual(['12', '96', '24'])
    expect(markup.match(/fill="url\(#months-hatch\)"/g)).toHaveLength(1)
    expect(markup).toMatch(/height="72" fill="url/)
  })

  test('leave what is not due yet unstriped and out of the sentence', async () => {
    const markup = await drawnWell(monthsPicture([month('2026-10', '400000', '400000'), month('2026-11', '400000', '0', { isWaiting: true })], viewIn('vi')))
    expect(markup).not.toContain('fill="url(#months-hatch)"')
    expect(wordsIn(markup)).toContain('1 / 1 tháng đã đến hạn được ghi có đủ.')
  })

  test('show the last twelve, however many there are', async () => {
    const all = Array.from({ length: 30 }, (_, index) => month(`${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`, '1000', '1000'))
    const markup = await drawnWell(monthsPicture(all, viewIn('en')))
    expect(filled(markup)).toHaveLength(13)
    expect(wordsIn(markup)).toContain('12 of 12 months')
  })

  test('are nothing where there is none', async () => {
    expect(await monthsPicture([], viewIn('vi'))).toBe('')
  })

  test('add the schemes of a month, never two currencies, and call money fetched only where all of it is', () => {
    const known = (scheme: string, credited: string, event: string | null, currency = 'VND') => ({ scheme, benefit_period: '2026-10', currency, due_amount: '500000', credited_amount: credited, outcome_class: 'paid', cash_event: event })
    expect(monthsShown([known('A', '500000', 'withdrawn'), known('B', '250000', 'censored'), known('C', '9', 'withdrawn', 'USD')], [{ benefit_period: '2026-10' }, { benefit_period: null }])).toEqual([month('2026-10', '1000000', '750000', { isWithdrawn: false, findingCount: 1 })])
    expect(monthsShown([known('A', '500000', 'withdrawn'), known('B', '500000', 'not_reported')], [])[0]?.isWithdrawn).toBeNull()
    expect(monthsShown([known('A', '500000', 'withdrawn')], [])[0]?.isWithdrawn).toBe(true)
  })

  test('are drawn without a fault whatever came', async () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 17n }).map(String)
    const months = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 }).chain((offsets) => fc.tuple(...offsets.map((offset) => fc.record({ due: amount, credited: amount, isWaiting: fc.boolean(), isWithdrawn: fc.constantFrom(true, false, null), findingCount: fc.integer({ min: 0, max: 5 }) }).map((one) => month(`${2023 + Math.floor(offset / 12)}-${String((offset % 12) + 1).padStart(2, '0')}`, one.due, one.credited, one)))))
    await fc.assert(fc.asyncProperty(months, fc.constantFrom(...languages), async (some, language) => {
      const markup = await drawnWell(monthsPicture(some, viewIn(language)))
      for (const [, height] of markup.matchAll(/ height="([\d.]+)" class="tt-tone/g)) expect(Number(height)).toBeLessThanOrEqual(96)
      expect(markup).not.toMatch(/height="-/)
    }), { numRuns: 60 })
  })
})
