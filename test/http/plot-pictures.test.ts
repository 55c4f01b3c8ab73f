/** The funnel plot and the trend: points where their numbers are, names where chance does not explain them, gaps where nothing is known. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/index.ts'
import { funnelPlot, type Funnel } from '../../src/http/pictures/funnel-plot.ts'
import { spread } from '../../src/http/pictures/plot.ts'
import { trendPicture, type TrendPoint } from '../../src/http/pictures/trend.ts'
import type { RankedPlace } from '../../src/http/pictures/ranking.ts'
import { drawnWell, shareText, viewIn, wordsIn } from './plots.ts'

const place = (name: string, people: number, share: string | null, verdict: RankedPlace['verdict'] = 'noise'): RankedPlace => ({ name, href: `/x?place=${name}`, people, share, lower: null, upper: null, verdict })
const limits = [5, 50, 500, 5_000].map((people) => ({ people, lower95: shareText(0.8 - 0.8 / Math.sqrt(people)), upper95: shareText(0.8 + 0.8 / Math.sqrt(people)), lower998: shareText(0.8 - 1.2 / Math.sqrt(people)), upper998: shareText(0.8 + 1.2 / Math.sqrt(people)) }))
const funnel: Funnel = { places: [place('Xã A', 900, '0.81'), place('Xã B', 400, '0.5', 'below'), place('Xã C', 12, '0.6'), place('Xã D', 3, null), place('Xã E', 410, '0.51', 'below'), place('Xã G', 700, '0.95', 'above')], overall: '0.8', limits, shareName: 'Trong 7 ngày' }

describe('the funnel plot', () => {
  test.each(languages)('names in %s the places outside, numbered as in the picture, and no other', async (language) => {
    const markup = await drawnWell(funnelPlot(funnel, viewIn(language), 'f'))
    const list = /<ol class="govuk-list tt-numbered">.*<\/ol>/s.exec(markup)?.[0] ?? ''
    expect([...list.matchAll(/<bdi>([^<]+)</g)].map((match) => match[1])).toEqual(['Xã B', 'Xã E', 'Xã G'])
    const numbers = [...markup.matchAll(/class="tt-plot__end">\u2067?(\d)\u2069?</g)].map((match) => match[1])
    expect(numbers).toEqual(['1', '2', '3'])
    // Two that lie side by side: their numbers do not stand on each other.
    const down = [...markup.matchAll(/y="([\d.]+)" text-anchor="\w+" class="tt-plot__end"/g)].map((match) => Number(match[1]))
    expect(Math.abs((down[0] ?? 0) - (down[1] ?? 0))).toBeGreaterThanOrEqual(14.9)
    expect([...(/<path d="([^"]+)" class="tt-dots"/.exec(markup)?.[1] ?? '').matchAll(/M/g)]).toHaveLength(2)
  })

  test('marks all that differ, and numbers those farthest outside for their size', async () => {
    const many = Array.from({ length: 50 }, (_, index) => place(`Xã ${index}`, 100 + index, shareText(0.3 + index / 1000), 'below'))
    const markup = await drawnWell(funnelPlot({ ...funnel, places: [...many, place('Xã lớn', 900_000, '0.79', 'below')] }, viewIn('vi'), 'f'))
    expect([...markup.matchAll(/tt-verdict--below/g)]).toHaveLength(51)
    expect([...markup.matchAll(/<li>/g)].length - 3).toBe(20)
    expect(markup).toContain('Xã lớn')
    expect(wordsIn(markup)).toContain('Còn 31 nơi nữa')
  })

  test('says that there is no difference beyond chance', async () => {
    const quiet = { ...funnel, places: [place('Xã A', 900, '0.81')] }
    expect(wordsIn(await drawnWell(funnelPlot(quiet, viewIn('en'), 'f')))).toContain('No place differs from the whole by more than chance.')
    expect(await drawnWell(funnelPlot({ ...funnel, places: [] }, viewIn('vi'), 'f'))).toBe('')
    expect(await drawnWell(funnelPlot({ ...funnel, places: [place('Xã D', 3, null)] }, viewIn('vi'), 'f'))).toBe('')
  })

  test('keeps every point inside its frame, and a country’s communes small', async () => {
    const any = fc.tuple(fc.integer({ min: 1, max: 3_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom<RankedPlace['verdict']>('noise', 'above', 'below'))
    await fc.assert(fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 20 }), fc.constantFrom(...languages), async (rows, language) => {
      const markup = await drawnWell(funnelPlot({ ...funnel, places: rows.map(([people, share, verdict], index) => place(`${index}`, people, shareText(share), verdict)) }, viewIn(language), 'f'))
      for (const [, across, down] of (/<path d="([^"]+)" class="tt-dots"/.exec(markup)?.[1] ?? '').matchAll(/M([-\d.]+) ([-\d.]+)h0/g)) expect(Number(across) >= 0 && Number(across) <= 1000 && Number(down) >= -0.01 && Number(down) <= 300.01).toBe(true)
    }), { numRuns: 60 })
    const communes = Array.from({ length: 3_321 }, (_, index) => place(`${index}`, 10 + index, '0.8123'))
    expect((await drawnWell(funnelPlot({ ...funnel, places: communes }, viewIn('vi'), 'f'))).length).toBeLessThan(60_000)
  })

  test('moves labels apart without turning their order or leaving the frame', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 12 }), (places) => {
      const moved = spread(places, 15, 0, 200)
      const order = moved.map((place, index) => ({ place, from: places[index] ?? 0 })).sort((a, b) => a.place - b.place)
      for (const [index, one] of order.entries()) {
        const before = order[index - 1]
        if (before !== undefined) expect(one.place - before.place >= 14.99 && one.from >= before.from).toBe(true)
        expect(one.place >= -0.01 && one.place <= 200.01).toBe(true)
      }
    }))
  })
})

describe('the trend', () => {
  const known = (time: string, share: string): TrendPoint & { share: string } => ({ time, label: `${time.slice(5)}/${time.slice(0, 4)}`, name: `tháng ${time.slice(5)}`, share, lower: shareText(Number(share) - 0.05), upper: shareText(Number(share) + 0.05) })
  const unknown: TrendPoint = { time: '2026-08', label: '08/2026', name: 'tháng 08', share: null, lower: null, upper: null }
  const trend = { points: [known('2026-06', '0.7'), known('2026-07', '0.75'), unknown, known('2026-09', '0.8499')], shareName: 'Đã rút trong 7 ngày', target: { share: '0.95', name: 'Mục tiêu 95%' } }

  test.each(languages)('tells every month in %s to those who do not see it, and leaves a gap where nothing is known', async (language) => {
    const markup = await drawnWell(trendPicture(trend, viewIn(language), 't'))
    const said = wordsIn(/<desc[^>]*>(.*?)<\/desc>/s.exec(markup)?.[1] ?? '')
    expect(said).toContain(language === 'vi' ? 'tháng 09: 84,9%' : 'tháng 09: 84.9%')
    expect(said).not.toContain('tháng 08')
    expect([...(/<path d="([^"]+)" class="tt-stroke/.exec(markup)?.[1] ?? '').matchAll(/M/g)]).toHaveLength(2)
    expect(markup).toContain('Mục tiêu 95%')
  })

  test('runs from 0 to 100 % however little changes', async () => {
    const markup = wordsIn(await drawnWell(trendPicture(trend, viewIn('en'), 't')))
    for (const share of ['0%', '25%', '50%', '75%', '100%']) expect(markup).toContain(` ${share} `)
  })

  test('draws one month as a point, and nothing of none', async () => {
    const markup = await drawnWell(trendPicture({ ...trend, points: [known('2026-09', '1')], target: null }, viewIn('vi'), 't'))
    expect([...markup.matchAll(/class="tt-sign/g)]).toHaveLength(1)
    expect(markup).not.toContain('tt-target')
    expect(await drawnWell(trendPicture({ ...trend, points: [] }, viewIn('vi'), 't'))).toBe('')
    expect(await drawnWell(trendPicture({ ...trend, points: [unknown] }, viewIn('vi'), 't'))).toBe('')
  })

  test('names only as many months as a phone has room for, the last one always', async () => {
    const months = Array.from({ length: 36 }, (_, index) => known(`${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`, '0.8'))
    const markup = await drawnWell(trendPicture({ ...trend, points: months }, viewIn('vi'), 't'))
    const named = [...markup.matchAll(/class="tt-plot__tick">(\d\d\/\d{4})</g)].map((match) => match[1])
    expect(named.length).toBeLessThanOrEqual(4)
    expect(named.at(-1)).toBe('12/2026')
    // So many signs would hide the line.
    expect([...markup.matchAll(/class="tt-sign/g)]).toHaveLength(1)
  })
})
