/** The picture of the bridge: its two bars end at the same place, whatever the amounts, in both reading directions. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money, type Amount, type Language } from '../../src/core/index.ts'
import { loadAssets } from '../../src/http/assets/index.ts'
import { bridgePicture, type BridgeTotals } from '../../src/http/pictures/bridge.ts'
import { dictionaries } from '../../src/http/text/index.ts'

const assets = loadAssets()

/** Totals that close, from what was credited where due, what is missing and what came beyond. */
function totalsOf(toDue: Amount, missing: readonly Amount[], beyond: readonly Amount[]): BridgeTotals {
  const [unpaid = '0', stuck = '0', notDue = '0', carriedOut = '0'] = missing
  const [excessTwice = '0', excessOver = '0', unmatched = '0'] = beyond
  return {
    currency: 'VND', toDue, carriedOut, excessTwice, excessOver, unmatched,
    due: money.add(toDue, ...missing), credited: money.add(toDue, ...beyond),
    shortfall: [['unpaid', unpaid], ['stuck', stuck], ['not_due', notDue]],
  }
}

/** The bars of the upper two rows as [start, width] in millionths of the width. */
function bars(picture: string): { start: bigint; width: bigint; y: string }[] {
  const millionths = (text: string): bigint => BigInt(text.replace('.', ''))
  return [...picture.matchAll(/<rect x="([\d.]+)%" y="(\d+)" width="([\d.]+)%" height="30"/g)].map((match) => ({ start: millionths(match[1] ?? ''), y: match[2] ?? '', width: millionths(match[3] ?? '') }))
}

async function draw(totals: BridgeTotals, language: Language): Promise<string> {
  return String(await bridgePicture(totals, {}, { language, words: dictionaries[language], path: '/', query: new URLSearchParams(), assets, reader: null }, 'p'))
}

const amount = fc.bigInt(0n, 10n ** 15n).map(String)

describe('the picture of the bridge', () => {
  test('draws both bars to the same end, within a thousandth of the width', async () => {
    await fc.assert(fc.asyncProperty(amount, fc.array(amount, { minLength: 4, maxLength: 4 }), fc.array(amount, { minLength: 3, maxLength: 3 }), fc.constantFrom<Language>('vi', 'ar'), async (toDue, missing, beyond, language) => {
      const drawn = bars(await draw(totalsOf(toDue, missing, beyond), language))
      const rows = [...new Set(drawn.map((bar) => bar.y))]
      for (const y of rows) {
        const own = drawn.filter((bar) => bar.y === y)
        const first = own.reduce((least, bar) => (bar.start < least ? bar.start : least), 1_000_000n)
        const last = own.reduce((most, bar) => (bar.start + bar.width > most ? bar.start + bar.width : most), 0n)
        expect(first <= 1_000n && last >= 999_000n && last <= 1_000_000n).toBe(true)
        const width = own.reduce((sum, bar) => sum + bar.width, 0n)
        expect(width <= 1_000_000n && width >= 999_990n).toBe(true)
      }
    }), { numRuns: 60 })
  })

  test('names every reason with its amount, and leads to the findings behind those that have any', async () => {
    const picture = await draw(totalsOf('900', ['50', '0', '30', '20'], ['0', '0', '7']), 'vi')
    expect(picture).toContain('href="/queue?found=1&amp;code=unpaid"')
    expect(picture).toContain('href="/queue?found=1&amp;code=ambiguous_payment,not_on_list,paid_while_suspended"')
    // Nothing that is zero is drawn, and money that only waits leads nowhere.
    expect(picture).not.toMatch(/code=(?:stuck|not_due|paid_twice|paid_over)/)
    expect(picture).toContain('Chưa đến hạn')
    expect(picture).toContain('1.007')
  })

  test('has a title and a description for those who do not see it', async () => {
    const picture = await draw(totalsOf('900', ['50'], ['7']), 'en')
    expect(picture).toMatch(/aria-labelledby="p-title p-description"/)
    expect(picture).toMatch(/<title id="p-title">[^<]+<\/title><desc id="p-description">[^<]*957[^<]*<\/desc>/)
  })

  test('survives an empty bridge', async () => {
    expect(await draw(totalsOf('0', [], []), 'vi')).toContain('<svg')
  })
})
