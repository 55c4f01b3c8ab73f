/** The picture of the bridge with a whole country's amounts: every word stands inside its frame, alone, on a phone too. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { languages, money, type Amount, type Language } from '../../src/core/index.ts'
import { loadAssets } from '../../src/http/assets/index.ts'
import { bridgePicture, type BridgeTotals } from '../../src/http/pictures/bridge.ts'
import { dictionaries, directionOf } from '../../src/http/text/index.ts'
import { launchBrowser } from './browser.ts'

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

interface Box {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function boxes(language: Language, width: number): Promise<{ frame: Box; end: Box; texts: Box[] }> {
  const picture = String(await bridgePicture(national, {}, { language, words: dictionaries[language], path: '/', query: new URLSearchParams(), assets }, 'p'))
  const page = await browser.newPage({ viewport: { width, height: 1200 } })
  const head = `<!doctype html><html lang="${language}" dir="${directionOf(language)}" class="govuk-template"><meta charset="utf-8"><link rel="stylesheet" href="${assets.stylesheetPath}">`
  await page.route('**/*', (route) => {
    const asset = assets.byPath.get(new URL(route.request().url()).pathname)
    return asset === undefined
      ? route.fulfill({ contentType: 'text/html', body: `${head}<body class="govuk-template__body"><div class="govuk-width-container"><div class="tt-picture-frame">${picture}</div></div>` })
      : route.fulfill({ contentType: asset.type, body: asset.bytes })
  })
  await page.goto('http://picture.invalid/')
  const measured = await page.evaluate<{ frame: Box; end: Box; texts: Box[] }>(`document.fonts.ready.then(() => {
    const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { text: one.textContent, left, right, top, bottom } }
    return { frame: box(document.querySelector('.tt-picture-frame')), end: box(document.querySelector('.tt-picture__end')), texts: [...document.querySelectorAll('svg text')].map(box) }
  })`)
  await page.close()
  return measured
}

const meet = (one: Box, other: Box): boolean => one.left < other.right - 0.5 && other.left < one.right - 0.5 && one.top < other.bottom - 3 && other.top < one.bottom - 3

describe.each(languages)('the picture of the bridge in %s', (language) => {
  test.each([360, 768, 1280])('keeps a country’s amounts inside its frame, off its line and off each other at %i', async (width) => {
    const { frame, end, texts } = await boxes(language, width)
    expect(texts.length).toBeGreaterThan(30)
    expect(texts.filter((one) => one.left < frame.left + 8 || one.right > frame.right - 8 || one.bottom > frame.bottom)).toEqual([])
    expect(texts.filter((one) => meet({ ...end, left: end.left - 2, right: end.right + 2 }, one)).map((one) => one.text)).toEqual([])
    expect(texts.flatMap((one, index) => texts.slice(index + 1).filter((other) => meet(one, other)).map((other) => `${one.text} × ${other.text}`))).toEqual([])
  })
})
