/** Pictures with axes, long names and all: every word inside its frame, none on another, on a phone and in Arabic too. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { languages, type Language } from '../../src/core/index.ts'
import { curvePanels, curvePicture, type Curve } from '../../src/http/pictures/curve.ts'
import { coverageFunnel } from '../../src/http/pictures/coverage.ts'
import { funnelPlot } from '../../src/http/pictures/funnel-plot.ts'
import { rankingPicture, type RankedPlace } from '../../src/http/pictures/ranking.ts'
import { stageBars } from '../../src/http/pictures/stages.ts'
import { trendPicture } from '../../src/http/pictures/trend.ts'
import { shareText, viewIn } from '../http/plots.ts'
import type { Html } from '../../src/http/view.ts'
import { launchBrowser } from './browser.ts'
import { measureFramed, meet, type Box } from './framed.ts'

const longName = 'Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam, chi nhánh Bằng Thành'
const curve = (name: string, share: number): Curve => ({ name, lastDay: 30, steps: [1, 3, 7, 14, 30].map((day, index) => ({ day, share: shareText((share * (index + 1)) / 5), lower: shareText((share * (index + 1)) / 5 - 0.06), upper: shareText((share * (index + 1)) / 5 + 0.06) })) })
/** Curves that end within a hundredth of one another: their labels have to make room. */
const curves = [1, 0.999, 0.995, 0.99, 0.985, 0.02].map((share, index) => curve(index === 2 ? longName : `nhóm ${index}`, share))
const verdicts = ['above', 'below', 'noise'] as const
const places = Array.from({ length: 9 }, (_, index): RankedPlace => ({ name: index === 4 ? longName : `Xã ${index}`, href: `/x?${index}`, people: 1_234_567 + index * 1_000, share: shareText(0.2 + index / 12), lower: shareText(0.15 + index / 12), upper: shareText(0.25 + index / 12), verdict: verdicts[index % 3] ?? 'noise' }))
const means = (...days: readonly string[]) => ({ meanDays: days[0] ?? null, count: 1_234_567 })
const shareNames: Readonly<Record<Language, string>> = { vi: 'Tỷ lệ rút trong 7 ngày', en: 'Share withdrawn within 7 days', ar: 'نسبة السحب خلال 7 أيام' }

function pictures(language: Language): Readonly<Record<string, Html | string>> {
  const view = viewIn(language)
  const shareName = shareNames[language]
  const limits = [100_000, 1_000_000, 1_300_000].map((people) => ({ people, lower95: '0.48', upper95: '0.52', lower998: '0.45', upper998: '0.55' }))
  return {
    curve: curvePicture(curves, view, 'c'),
    panels: curvePanels(curves, curve('', 0.5), view, 'p'),
    stages: stageBars([{ name: longName, href: '/x', stages: { payer: means('-12.5'), bank: means('30'), account: means('0.1'), access: means('120') } }], view, 's'),
    ranking: rankingPicture({ places, overall: '0.98', shareName, placeName: view.words.findings.unit }, view),
    funnel: funnelPlot({ places, overall: '0.5', limits, shareName }, view, 'f'),
    coverage: coverageFunnel([1_234_567, 1_200_000, 17].map((people) => ({ name: longName, people, missingHref: '/x' })), view),
    trend: trendPicture({ points: Array.from({ length: 24 }, (_, index) => ({ time: String(index), label: `${String((index % 12) + 1).padStart(2, '0')}/${2025 + Math.floor(index / 12)}`, name: String(index), share: '0.999', lower: '0.99', upper: '1' })), shareName, target: { share: '1', name: shareName } }, view, 't'),
  }
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function measured(picture: Html | string, language: Language, width: number): Promise<{ frame: Box; texts: Box[]; wide: number }> {
  const found = `{ frame: box(document.querySelector('.tt-picture-frame')), texts: all('svg text, .tt-legend li, .tt-pictured td:not(.tt-drawn), .tt-pictured tbody th'), wide: document.documentElement.scrollWidth }`
  return measureFramed(browser, String(await picture), { assets: viewIn(language).assets, language, width }, found)
}

describe.each(languages)('every picture in %s', (language) => {
  test.each([360, 768, 1280])('keeps its words inside its frame and off each other at %i', async (width) => {
    for (const [name, picture] of Object.entries(pictures(language))) {
      const { frame, texts, wide } = await measured(picture, language, width)
      expect(texts.length, name).toBeGreaterThan(6)
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(width)
      expect(texts.filter((one) => one.left < frame.left || one.right > frame.right || one.bottom > frame.bottom), name).toEqual([])
      expect(texts.flatMap((one, index) => texts.slice(index + 1).filter((other) => meet(one, other)).map((other) => `${one.text} × ${other.text}`)), name).toEqual([])
    }
  })
})
