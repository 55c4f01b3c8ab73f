/** A province behind a real server, and a real browser before it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Province } from '../http/province.ts'
import { launchBrowser } from './browser.ts'

const require = createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds fault with. */
export interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What tests of pages need. */
export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly origin: () => string
  /** A page of this width, with everything that the browser complains of. */
  readonly open: (width: number) => Promise<{ readonly context: BrowserContext; readonly page: Page; readonly complaints: string[] }>
}

/** Serves the province to a browser for the whole of the calling test file. */
export function useServed(province: () => { readonly app: Pick<Province['app'], 'fetch'> }): Served {
  let browser: Browser
  let server: ReturnType<typeof serve>
  let origin = ''
  beforeAll(async () => {
    browser = await launchBrowser()
    server = serve({ fetch: province().app.fetch, hostname: '127.0.0.1', port: 0 })
    await new Promise<void>((resolve) => server.once('listening', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await browser.close()
    await new Promise<void>((resolve) => server.close(() => { resolve() }))
  })
  return {
    origin: () => origin,
    open: async (width) => {
      const context = await browser.newContext({ viewport: { width, height: 900 } })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('requestfailed', (request) => {
        // Whoever leaves a page leaves the question that its header was asking.
        const isLeft = request.url().endsWith('/live') && request.failure()?.errorText === 'net::ERR_ABORTED'
        if (!isLeft) complaints.push(`${request.url()} ${request.failure()?.errorText ?? ''}`)
      })
      return { context, page, complaints }
    },
  }
}

/**
 * What axe-core finds on a page.
 *
 * @param isOfWords leaves out the contrast of colours, which is half of its time and the same in every language, and what it
 *   would fetch for one rule about style sheets: enough for a page that was looked at in full in another language
 */
export async function violationsOn(page: Page, { isOfWords = false }: { readonly isOfWords?: boolean } = {}): Promise<Violation[]> {
  await page.evaluate(axeSource)
  const options = { resultTypes: ['violations'], ...(isOfWords && { preload: false, rules: { 'color-contrast': { enabled: false } } }) }
  return page.evaluate<Violation[]>(`axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`)
}
