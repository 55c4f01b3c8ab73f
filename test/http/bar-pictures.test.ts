/** Pictures made of bars in the rows of a table: where the days go, the ranking, the way from the list to the hand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/index.ts'
import { coverageFunnel } from '../../src/http/pictures/coverage.ts'
import { rankingPicture, roundedDomain, verdictSign, type RankedPlace } from '../../src/http/pictures/ranking.ts'
import { longestStage, stageBars, type StageRow } from '../../src/http/pictures/stages.ts'
import { drawnWell, shareText, viewIn, wordsIn } from './plots.ts'

/** Every drawn length as [start, width] in percent. */
function bars(markup: string, className: string): [number, number][] {
  return [...markup.matchAll(new RegExp(`<rect x="([-\\d.]+)%" y="\\d+" width="([-\\d.]+)%" height="\\d+" class="${className}`, 'g'))].map((match) => [Number(match[1]), Number(match[2])])
}

const stages = (payer: string | null, bank: string | null, account: string | null, access: string | null): StageRow['stages'] => ({
  payer: { meanDays: payer, count: 40 }, bank: { meanDays: bank, count: 39 }, account: { meanDays: account, count: 38 }, access: { meanDays: access, count: 30 },
})

describe('where the days go', () => {
  const slow: StageRow = { name: 'Ngân hàng chậm', href: '/time-to-cash?by=bank', stages: stages('1', '6', '1', '2') }
  const early: StageRow = { name: 'Gửi sớm', href: null, stages: stages('-3', '1', '0', '4.25') }

  test.each(languages)('names in %s who held it up longest, and in the bars nothing else', async (language) => {
    const markup = await drawnWell(stageBars([slow, early], viewIn(language), 's'))
    expect(wordsIn(markup)).toContain({ vi: 'Lâu nhất: ngân hàng, 6,0 ngày', en: 'Longest: the bank, 6.0 days', ar: 'الأطول: البنك، 6.0 يوم' }[language])
    expect(wordsIn(markup)).toContain({ vi: 'đường đến chỗ rút, 4,3 ngày', en: 'getting to a cash point, 4.3 days', ar: 'الوصول إلى نقطة السحب، 4.3 يوم' }[language])
    expect(markup).toContain('href="/time-to-cash?by=bank"')
  })

  test('lets the stages follow one another without a gap, as long as they took', async () => {
    const markup = await drawnWell(stageBars([slow], viewIn('vi'), 's'))
    const drawn = bars(markup, 'tt-stage tt-stage--').slice(0, 4)
    expect(drawn.map(([, width]) => width)).toEqual([10, 60, 10, 20])
    for (const [index, [start]] of drawn.entries()) if (index > 0) expect(start).toBeCloseTo((drawn[index - 1]?.[0] ?? 0) + (drawn[index - 1]?.[1] ?? 0), 1)
  })

  test('begins before the due day where money was sent early, and puts how early under the bar', async () => {
    const markup = await drawnWell(stageBars([early], viewIn('vi'), 's'))
    const rows = [...markup.matchAll(/<rect x="([\d.]+)%" y="(\d+)" width="([\d.]+)%" height="(\d+)" class="tt-stage tt-stage--(\w+)"/g)]
    const [payer, bank] = rows
    expect([payer?.[5], bank?.[5]]).toEqual(['payer', 'bank'])
    expect(payer?.[1]).toBe(bank?.[1])
    expect(Number(payer?.[2])).toBeGreaterThan(Number(bank?.[2]))
    expect(Number(payer?.[4])).toBeLessThan(Number(bank?.[4]))
    expect(wordsIn(markup)).toContain('−3,0')
  })

  test('stops where nothing is known, and says so instead of drawing none', async () => {
    const markup = await drawnWell(stageBars([{ name: 'x', href: null, stages: stages('1', null, '2', '3') }], viewIn('en'), 's'))
    expect(bars(markup, 'tt-stage tt-stage--')).toHaveLength(1)
    expect(wordsIn(markup)).toContain('not known')
    expect(longestStage({ name: 'x', href: null, stages: stages(null, null, null, null) })).toBeNull()
    // What is not known may be the longest.
    expect(longestStage({ name: 'x', href: null, stages: stages('4', '0', '1', null) })).toBeNull()
    expect(longestStage({ name: 'x', href: null, stages: stages('-4', '0', '0.04', '0') })).toBeNull()
  })

  test('mirrors its bars for Arabic: what begins at the left there ends at the right', async () => {
    const [left, right] = await Promise.all((['vi', 'ar'] as const).map(async (language) => bars(await drawnWell(stageBars([slow, early], viewIn(language), 's')), 'tt-stage tt-stage--')))
    expect(right?.length).toBe(left?.length)
    for (const [index, [start, width]] of (right ?? []).entries()) expect(100 - start - width).toBeCloseTo(left?.[index]?.[0] ?? -1, 1)
  })

  test('stays inside its column whatever the days', async () => {
    const days = fc.option(fc.double({ min: -40, max: 90, noNaN: true }).map((value) => value.toFixed(6)))
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(days, days, days, days), { minLength: 1, maxLength: 8 }), fc.constantFrom(...languages), async (rows, language) => {
      const markup = await drawnWell(stageBars(rows.map((row, index) => ({ name: `${index}`, href: null, stages: stages(...row) })), viewIn(language), 's'))
      for (const [start, width] of bars(markup, 'tt-stage tt-stage--')) expect(start >= -0.01 && width > 0 && start + width <= 100.01).toBe(true)
    }), { numRuns: 60 })
  })

  test('is not drawn of nothing', async () => expect(await drawnWell(stageBars([], viewIn('vi'), 's'))).toBe(''))
})

describe('the ranking', () => {
  const place = (name: string, share: string | null, verdict: RankedPlace['verdict'] = 'noise'): RankedPlace => ({ name, href: `/x?place=${name}`, people: 50, share, lower: share === null ? null : shareText(Number(share) - 0.1), upper: share === null ? null : shareText(Number(share) + 0.1), verdict })
  const ranking = { places: [place('Cao', '0.95', 'above'), place('Giữa', '0.8'), place('Thấp', '0.4', 'below'), place('Nhỏ', null)], overall: '0.8', shareName: 'Trong 7 ngày', placeName: 'Xã, phường' }

  test.each(languages)('marks in %s only what is beyond chance, by shape and by word', async (language) => {
    const markup = await drawnWell(rankingPicture(ranking, viewIn(language)))
    const { verdicts } = viewIn(language).words.ranking
    for (const word of Object.values(verdicts)) expect(markup).toContain(word)
    const shapes = [...markup.matchAll(/<path d="([^"]+)" class="tt-verdict tt-verdict--(\w+)"/g)]
    expect(shapes.map((one) => one[2])).toEqual(['above', 'noise', 'below'])
    expect(new Set(shapes.map((one) => one[1])).size).toBe(3)
  })

  test('says nothing of the share of a place with fewer than five, but names it', async () => {
    const markup = await drawnWell(rankingPicture(ranking, viewIn('vi')))
    expect(wordsIn(markup)).toContain('Có dưới 5 khoản nên không nêu tỷ lệ: Nhỏ.')
    expect([...markup.matchAll(/<tr class="govuk-table__row"><th/g)]).toHaveLength(3 + 1)
  })

  test('puts a higher share nearer to the end of the line in both directions', async () => {
    for (const language of ['vi', 'ar'] as const) {
      const at = [...(await drawnWell(rankingPicture(ranking, viewIn(language)))).matchAll(/<svg x="([\d.]+)%" y="13"/g)].map((match) => Number(match[1]))
      expect(at).toEqual([...at].sort((a, b) => (language === 'vi' ? b - a : a - b)))
    }
  })

  test('turns the triangle on its point for what is lower', () => {
    expect(verdictSign('below').drawn).not.toBe(verdictSign('above').drawn)
    const heights = (drawn: string): number[] => [...drawn.matchAll(/-?[\d.]+,(-?[\d.]+)/g)].map((match) => Number(match[1]))
    expect(heights(verdictSign('below').drawn).map((one) => -one)).toEqual(heights(verdictSign('above').drawn))
  })

  test('stays inside its column for any shares, one place included', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true }).map(shareText)
    await fc.assert(fc.asyncProperty(fc.array(share, { minLength: 1, maxLength: 8 }), share, fc.constantFrom(...languages), async (shares, overall, language) => {
      const markup = await drawnWell(rankingPicture({ ...ranking, overall, places: shares.map((one, index) => place(`${index}`, one)) }, viewIn(language)))
      for (const [, at] of markup.matchAll(/x1?="([-\d.]+)%"/g)) expect(Number(at) >= 0 && Number(at) <= 100).toBe(true)
    }), { numRuns: 60 })
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (shares) => {
      const [least, most] = roundedDomain(shares)
      expect(least >= 0 && most <= 1 && most - least >= 0.199 && least <= Math.min(...shares) && most >= Math.max(...shares)).toBe(true)
    }))
  })

  test('is not drawn of nothing', async () => expect(await drawnWell(rankingPicture({ ...ranking, places: [] }, viewIn('vi')))).toBe(''))
})

describe('the way from the list to the hand', () => {
  const steps = [['Đang hưởng', 12345], ['Có tài khoản', '11890'], ['Đã kích hoạt', 9020], ['Đã rút', 0]].map(([name, people]) => ({ name: String(name), people: people ?? 0, missingHref: null }))

  test.each(languages)('says in %s every share with what it is of', async (language) => {
    const markup = wordsIn(await drawnWell(coverageFunnel(steps, viewIn(language))))
    for (const expected of language === 'vi' ? ['96,3%', '11.890 / 12.345', '75,8%', '9.020 / 11.890', '455 người dừng ở đây'] : ['96.3%', '75.8%', '455']) expect(markup).toContain(expected)
  })

  test('draws each step as long as it is, with what was lost since the step before', async () => {
    const markup = await drawnWell(coverageFunnel(steps, viewIn('vi')))
    expect(bars(markup, 'tt-tone-credited').map(([, width]) => width)).toEqual([100, 96.31, 73.07])
    expect(bars(markup, 'tt-lost').map(([, width]) => width)).toEqual([3.69, 23.25, 73.07])
  })

  test('is not drawn where nobody is entitled', async () => {
    expect(await drawnWell(coverageFunnel([], viewIn('vi')))).toBe('')
    expect(await drawnWell(coverageFunnel([{ name: 'x', people: 0, missingHref: null }], viewIn('vi')))).toBe('')
  })
})
