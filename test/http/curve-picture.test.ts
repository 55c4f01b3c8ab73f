/** The picture of time to cash: lines that only rise, stay in their frame, and end where nothing more is known. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/index.ts'
import { curvePanels, curvePicture, shareOn, type Curve } from '../../src/http/pictures/curve.ts'
import { drawnWell, shareText, viewIn, wordsIn } from './plots.ts'

/** Any curve that statistics can give: rising shares with an interval around each, or none where it is undefined. */
const anyCurve = fc.record({
  name: fc.string({ minLength: 1, maxLength: 20 }),
  lastDay: fc.integer({ min: 0, max: 60 }),
  raw: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.option(fc.double({ min: 0, max: 0.3, noNaN: true }))), { maxLength: 40 }),
}).map(({ name, lastDay, raw }): Curve => {
  const days = [...new Set(raw.map(([day]) => day))].filter((day) => day <= lastDay).sort((a, b) => a - b)
  const shares = raw.map(([, share]) => share).sort((a, b) => a - b)
  return { name, lastDay, steps: days.map((day, index) => {
    const [, , width] = raw[index] ?? [0, 0, null]
    const share = shares[index] ?? 0
    return { day, share: shareText(share), lower: width === null ? null : shareText(share - width), upper: width === null ? null : shareText(share + width) }
  }) }
})

const simple: Curve = { name: 'Xã <Bằng>', lastDay: 40, steps: [{ day: 1, share: '0.5', lower: '0.42', upper: '0.58' }, { day: 6, share: '0.91234', lower: '0.89999', upper: '0.93001' }, { day: 20, share: '1', lower: null, upper: null }] }

/** The points of the first line, as [across, down]. */
function points(markup: string): [number, number][] {
  const path = /<path d="([^"]+)" class="tt-stroke tt-series-1"/.exec(markup)?.[1] ?? ''
  return path.split(/[ML]/).filter((part) => part !== '').map((part) => part.split(',').map(Number) as [number, number])
}

describe('the picture of time to cash', () => {
  test('never falls, never leaves its frame, whatever the numbers', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyCurve, { minLength: 1, maxLength: 6 }), fc.constantFrom(...languages), async (curves, language) => {
      const markup = await drawnWell(curvePicture(curves, viewIn(language), 'c'))
      const drawn = points(markup)
      expect(drawn.length).toBeGreaterThan(0)
      for (const [index, [across, down]] of drawn.entries()) {
        expect(across >= 0 && across <= 1000 && down >= 0 && down <= 270).toBe(true)
        const before = drawn[index - 1]
        if (before !== undefined) expect(across >= before[0] && down <= before[1]).toBe(true)
      }
    }), { numRuns: 60 })
  })

  test.each(languages)('says in %s how many hold their money on the days that are named, to those who do not see it', async (language) => {
    const markup = await drawnWell(curvePicture([simple], viewIn(language), 'c'))
    const said = wordsIn(/<desc[^>]*>(.*?)<\/desc>/s.exec(markup)?.[1] ?? '')
    // 91.234 % reads 91.2 %: a share is never rounded up.
    for (const expected of language === 'vi' ? ['50,0%', '91,2%', '100,0%'] : ['50.0%', '91.2%', '100.0%']) expect(said).toContain(expected)
    expect(markup).toContain('&lt;Bằng&gt;')
    // Days run from the left in every language, as figures do.
    expect(markup).toMatch(/<svg class="tt-picture tt-plot[^>]*direction="ltr"/)
  })

  test('draws the first days wider, and says so', async () => {
    const markup = await drawnWell(curvePicture([simple], viewIn('en'), 'c'))
    expect(wordsIn(markup)).toContain('the first days are drawn wider')
    const across = (day: string): string | undefined => new RegExp(`<text x="([\\d.]+)%"[^>]*class="tt-plot__tick">${day}<`).exec(markup)?.[1]
    expect([across('0'), across('1'), across('30')].map(Number)).toEqual([0, 18.26, 100])
  })

  test('ends with the last day that anybody was followed, and says nothing of later ones', async () => {
    const short: Curve = { ...simple, lastDay: 9, steps: simple.steps.slice(0, 2) }
    const markup = await drawnWell(curvePicture([short], viewIn('en'), 'c'))
    expect(points(markup).at(-1)?.[0]).toBeCloseTo(1000 * Math.sqrt(9 / 30), 0)
    expect(markup).not.toContain('within 30 days')
    expect([shareOn(short, 0)?.share, shareOn(short, 5)?.share, shareOn(short, 9)?.share, shareOn(short, 10)]).toEqual(['0', '0.5', '0.91234', null])
    expect(wordsIn(await drawnWell(curvePicture([{ ...short, lastDay: 0, steps: [] }], viewIn('en'), 'c')))).toContain('not followed long enough yet')
  })

  test('tells its lines apart without colour: each its own dashes and its own sign', async () => {
    const six = Array.from({ length: 6 }, (_, index): Curve => ({ ...simple, name: `group ${index}` }))
    const markup = await drawnWell(curvePicture(six, viewIn('en'), 'c'))
    const signs = [...markup.matchAll(/<path d="([^"]+)" transform="translate\(18 7\)" class="tt-sign (tt-series-\d)"/g)]
    expect(new Set(signs.map((one) => one[1])).size).toBe(6)
    expect(new Set(signs.map((one) => one[2])).size).toBe(6)
    const { assets } = viewIn('en')
    const css = assets.byPath.get(assets.stylesheetPath)?.bytes.toString() ?? ''
    const dashes = [...css.matchAll(/--dashes:([^;}]+)/g)].map((match) => match[1])
    expect(new Set(dashes).size).toBe(6)
    // Six bands on one another would hide one another: upright lines instead.
    expect(markup).not.toContain('tt-band')
    expect([...markup.matchAll(/class="tt-whisker/g)].length).toBeGreaterThan(6)
    expect(await drawnWell(curvePicture(six.slice(0, 3), viewIn('en'), 'c'))).toContain('tt-band')
  })

  test('gives more than six groups a small picture each, beside the line of all', async () => {
    const nine = Array.from({ length: 9 }, (_, index): Curve => ({ ...simple, name: `group ${index}` }))
    const view = viewIn('ar')
    expect(() => curvePicture(nine, view, 'c')).toThrow(/more lines than signs/)
    const markup = await drawnWell(curvePanels(nine, simple, view, 'c'))
    expect([...markup.matchAll(/role="img"/g)].length).toBe(9)
    expect([...markup.matchAll(/tt-stroke--overall/g)].length).toBe(9)
  })

  test('is not drawn of nothing', async () => {
    expect(await drawnWell(curvePicture([], viewIn('vi'), 'c'))).toBe('')
    expect(await drawnWell(curvePanels([], null, viewIn('vi'), 'c'))).toBe('')
  })

  test('refuses to draw what is no number', () => {
    expect(() => curvePicture([{ ...simple, steps: [{ day: 1, share: 'x', lower: null, upper: null }] }], viewIn('vi'), 'c')).toThrow(/no number|decimal/)
  })
})
