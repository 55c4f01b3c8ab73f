/** A picture drawn by a real browser in the frame of its page, with the place of every word in it. */
import type { Browser } from 'playwright-core'
import type { Language } from '../../src/core/index.ts'
import type { Assets } from '../../src/http/assets/index.ts'
import { directionOf } from '../../src/http/text/index.ts'

/** Where something stands, in pixels of the page. */
export interface Box {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** What `found` (an expression of the browser's, with `box(element)` and `all(selector)`) gives, once the picture stands in its frame at this width. */
export async function measureFramed<T>(browser: Browser, picture: string, { assets, language, width }: { readonly assets: Assets; readonly language: Language; readonly width: number }, found: string): Promise<T> {
  const page = await browser.newPage({ viewport: { width, height: 1200 } })
  await page.route('**/*', (route) => {
    const asset = assets.byPath.get(new URL(route.request().url()).pathname)
    return asset === undefined
      ? route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="${language}" dir="${directionOf(language)}" class="govuk-template"><meta charset="utf-8"><link rel="stylesheet" href="${assets.stylesheetPath}"><body class="govuk-template__body"><div class="govuk-width-container"><div class="tt-picture-frame">${picture}</div></div>` })
      : route.fulfill({ contentType: asset.type, body: asset.bytes })
  })
  await page.goto('http://picture.invalid/')
  const measured = await page.evaluate<T>(`document.fonts.ready.then(() => {
    const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { text: one.textContent, left, right, top, bottom } }
    const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0).map(box)
    return ${found}
  })`)
  await page.close()
  return measured
}

/** Whether two words lie on one another, a hair of letters aside. */
export const meet = (one: Box, other: Box): boolean => one.left < other.right - 0.5 && other.left < one.right - 0.5 && one.top < other.bottom - 3 && other.top < one.bottom - 3
