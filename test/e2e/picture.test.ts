/** The picture of the bridge with a whole country's amounts: every word stands inside its frame, alone, on a phone too. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { languages, money, type Amount, type Language } from '../../src/core/index.ts'
import { loadAssets } from '../../src/http/assets/index.ts'
import { bridgePicture, type BridgeTotals } from '../../src/http/pictures/bridge.ts'
import { dictionaries } from '../../src/http/text/index.ts'
import { launchBrowser } from './browser.ts'
import { measureFramed, meet, type Box } from './framed.ts'

const assets = loadAssets()

/** Pensions and assistance of a country for a month, each reason large, in the order of the page. */
const shortfall = ['unpaid', 'unpaid_no_account', 'not_collected', 'returned', 'paid_short', 'stuck', 'in_transit', 'not_due'].map((outcome, index) => [outcome, `${index + 1}318884860000`] as const)
const toDue: Amount = '41318884860000'
const [carriedOut, excessTwice, excessOver, unmatched] = ['2318884860000', '3318884860000', '4318884860000', '5318884860000'] as const
const national: BridgeTotals = {
  currency: 'VND', toDue, carriedOut, excessTwice, excessOver, unmatched, shortfall,
  due: money.add(toDue, carriedOut, ...shortfall.map(([, amount]) => amount)),
  credited: money.add(toDue, excessTwice, excessOver, unmatched),
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function boxes(language: Language, width: number): Promise<{ frame: Box; end: Box; texts: Box[] }> {
  const picture = String(await bridgePicture(national, {}, { language, words: dictionaries[language], path: '/', query: new URLSearchParams(), assets, reader: null }, 'p'))
  return measureFramed(browser, picture, { assets, language, width }, `{ frame: box(document.querySelector('.tt-picture-frame')), end: box(document.querySelector('.tt-picture__end')), texts: all('svg text') }`)
}

describe.each(languages)('the picture of the bridge in %s', (language) => {
  test.each([360, 768, 1280])('keeps a country’s amounts inside its frame, off its line and off each other at %i', async (width) => {
    const { frame, end, texts } = await boxes(language, width)
    expect(texts.length).toBeGreaterThan(30)
    expect(texts.filter((one) => one.left < frame.left + 8 || one.right > frame.right - 8 || one.bottom > frame.bottom)).toEqual([])
    expect(texts.filter((one) => meet({ ...end, left: end.left - 2, right: end.right + 2 }, one)).map((one) => one.text)).toEqual([])
    expect(texts.flatMap((one, index) => texts.slice(index + 1).filter((other) => meet(one, other)).map((other) => `${one.text} × ${other.text}`))).toEqual([])
  })
})
