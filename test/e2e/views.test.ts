/** The first page, the dashboards and what all pages promise: light on a weak line, whole without scripts, at 200 %, on a phone, by keyboard, on paper. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { layOutTally } from '../../src/cases/index.ts'
import { personAddresses } from '../../src/reports/index.ts'
import { useProvince } from '../http/province.ts'
import { useServed, violationsOn } from './served.ts'

const province = useProvince(500)
const { origin, open } = useServed(province)
const pictures = process.env['TANTAY_PICTURES']
let person = ''
let caseId = ''
let unit = ''

beforeAll(async () => {
  const { database } = province()
  const [row] = await database.query<{ person_key: string; finding_id: string; unit_code: string }>('select person_key, finding_id, unit_code from case_record where person_key between 0 and 999999999999 and unit_code is not null order by urgency desc limit 1')
  person = (await personAddresses(database)).of(row?.person_key ?? '0') ?? ''
  caseId = row?.finding_id ?? ''
  unit = row?.unit_code ?? ''
})

/** The pages that people open first, of those that the router has. */
function firstPages(): Record<string, string> {
  const known = new Set(province().outside.declared.map((route) => route.path))
  return { today: '/', dashboard: '/dashboard', ...(known.has('/queue') ? { queue: '/queue' } : {}), ...(known.has('/cases/:id') ? { case: `/cases/${caseId}` } : {}) }
}

/** All that are mine to keep right. */
function pages(): Record<string, string> {
  return { ...firstPages(), commune: `/dashboard?unit=${unit}`, month: '/dashboard?scheme=BTXH&period=2026-10', person: `/persons/${person}`, period: '/periods/2026-10', receive: '/periods/2026-10/acts/prepare' }
}

async function isNoWider(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
}

describe('every page', () => {
  test.each([['vi', 1280], ['vi', 360], ['en', 1280], ['ar', 1280], ['ar', 360]] as const)('reads in %s at %d pixels without a fault that a machine can find and without scrolling sideways', async (language, width) => {
    const { context, page, complaints } = await open(width)
    for (const [name, path] of Object.entries(pages())) {
      await page.goto(`${origin()}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}-${language}-${width}.png`, fullPage: true })
      expect(await isNoWider(page), `${name} is no wider than the window`).toBe(true)
      expect((await violationsOn(page)).map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
    }
    // The checks themselves are a script from elsewhere, which the pages refuse.
    expect(complaints.filter((text) => !text.includes('Content Security Policy'))).toEqual([])
    await context.close()
  })

  test('is read at 200 % on an ordinary screen without scrolling sideways', async () => {
    const { context, page } = await open(640)
    for (const [name, path] of Object.entries(pages())) {
      await page.goto(`${origin()}${path}`)
      expect(await isNoWider(page), name).toBe(true)
    }
    await context.close()
  })

  test('comes in less than 100 kB the first time it is opened, letters and all', async () => {
    for (const [name, path] of Object.entries(firstPages())) {
      const { context, page } = await open(1280)
      const devtools = await context.newCDPSession(page)
      let bytes = 0
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
      await devtools.send('Network.enable')
      await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
      await page.goto(`${origin()}${path}`, { waitUntil: 'networkidle' })
      expect(bytes, name).toBeGreaterThan(20_000)
      expect(bytes, name).toBeLessThan(100_000)
      await context.close()
    }
  })

  test('moves nothing for whoever asked for rest, and nothing at all without being asked', async () => {
    const { context, page } = await open(1280)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const path of Object.values(pages())) {
      await page.goto(`${origin()}${path}`)
      expect(await page.evaluate('document.getAnimations().length')).toBe(0)
    }
    await context.close()
  })
})

describe('by keyboard alone', () => {
  test('every link and field is reached in the order it is read, and shows where one is', async () => {
    const { context, page } = await open(1280)
    for (const [name, path] of Object.entries(firstPages())) {
      await page.goto(`${origin()}${path}`)
      const all = await page.evaluate<number>(`[...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea, summary, [tabindex="0"]')].filter((one) => one.checkVisibility()).length`)
      // Of a group of radio buttons one is reached, and arrows lead to the others.
      const grouped = await page.evaluate<number>(`(() => { const radios = [...document.querySelectorAll('input[type=radio]')].filter((one) => one.checkVisibility()); return radios.length - new Set(radios.map((one) => one.name)).size })()`)
      const steps = Math.min(all - grouped, 60)
      let last = -1
      for (let step = 0; step < steps; step += 1) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate<{ place: number; tag: string; isSeen: boolean }>(`(() => {
          const one = document.activeElement
          const order = [...document.querySelectorAll('*')]
          const style = getComputedStyle(one)
          const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 221, 0)' || [...one.querySelectorAll('*')].some((part) => getComputedStyle(part).outlineStyle !== 'none')
          return { place: order.indexOf(one), tag: one.outerHTML.slice(0, 90), isSeen: isMarked }
        })()`)
        expect(at.place, `${name}: after step ${step} comes ${at.tag}`).toBeGreaterThan(last)
        expect(at.isSeen, `${name}: ${at.tag} shows that it is chosen`).toBe(true)
        last = at.place
      }
    }
    await context.close()
  }, 120_000)

  test('one comes from the first page to a person’s rows and back without a mouse', async () => {
    const { context, page } = await open(1280)
    await page.goto(origin())
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.className')).toContain('govuk-skip-link')
    await page.keyboard.press('Enter')
    for (let step = 0; step < 10 && !(await page.evaluate<string>('document.activeElement.className')).includes('tt-number'); step += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.getAttribute("href")')).toMatch(/^\/queue/)
    await context.close()
  })
})

describe('on paper', () => {
  test('there is what is read, and neither navigation nor buttons nor addresses behind links; tables say on each sheet what their columns are', async () => {
    const { context, page } = await open(1280)
    await page.emulateMedia({ media: 'print' })
    for (const [name, path] of Object.entries(pages())) {
      await page.goto(`${origin()}${path}`)
      const shown = (selector: string): Promise<number> => page.evaluate(`[...document.querySelectorAll('${selector}')].filter((one) => one.checkVisibility()).length`)
      expect(await shown('.tt-navigation, .tt-languages, .govuk-button, .tt-filter, .tt-exports, .tt-footer'), name).toBe(0)
      expect(await shown('h1'), name).toBe(1)
      expect(await page.evaluate(`[...document.querySelectorAll('a')].some((one) => !['none', 'normal', '""'].includes(getComputedStyle(one, '::after').content))`), name).toBe(false)
      expect(await page.evaluate(`[...document.querySelectorAll('thead')].filter((one) => one.checkVisibility()).every((one) => getComputedStyle(one).display === 'table-header-group')`), name).toBe(true)
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5_000)
      if (pictures !== undefined) {
        await page.setViewportSize({ width: 718, height: 1000 })
        await page.screenshot({ path: `${pictures}/${name}-printed.png`, fullPage: true })
        await page.setViewportSize({ width: 1280, height: 900 })
      }
    }
    await context.close()
  })
})

describe('the script', () => {
  test('is not needed: the first page leads to its rows without it', async () => {
    const { context, page } = await open(1280)
    const plain = await context.browser()?.newContext({ javaScriptEnabled: false })
    const other = await plain?.newPage()
    await other?.goto(origin())
    expect(await other?.locator('.tt-number').count()).toBe(3)
    await other?.locator('.tt-navigation a[href="/dashboard"]').click()
    await other?.waitForURL('**/dashboard')
    expect(await other?.locator('h1').innerText()).toContain('Tình hình chi trả')
    await plain?.close()
    await page.close()
    await context.close()
  })

  test('keeps the counts true while somebody looks, and asks no more once nobody has touched the page for ten minutes', async () => {
    const { context, page, complaints } = await open(1280)
    await page.clock.install()
    let asked = 0
    page.on('request', (request) => { if (request.url().endsWith('/live')) asked += 1 })
    await page.goto(origin())
    const waiting = page.locator('.tt-number [data-live="waiting"]')
    await expect.poll(() => page.locator('.tt-count').innerText()).toMatch(/^\d/)
    expect(asked).toBe(1)
    const before = Number((await waiting.innerText()).replaceAll('.', ''))
    const { database } = province()
    await database.query("update case_record set is_found = true, step = 'gone', closed_date = opened_date where finding_id = (select finding_id from case_record where version = 0 and is_open order by urgency limit 1)")
    await layOutTally(database)
    await page.clock.runFor(61_000)
    await expect.poll(() => waiting.innerText()).toBe(String(before - 1).replace(/\B(?=(\d{3})+$)/g, '.'))
    expect(await page.locator('.tt-count').innerText()).toBe(await waiting.innerText())
    expect(asked).toBe(2)
    await page.clock.runFor(20 * 60_000)
    await expect.poll(() => asked).toBeLessThanOrEqual(12)
    const quiet = asked
    await page.mouse.move(10, 10)
    await page.mouse.down()
    await page.mouse.up()
    await page.clock.runFor(61_000)
    await expect.poll(() => asked).toBe(quiet + 1)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('ticks all boxes of a form at once, tells how many, and shows how far a file has gone up', async () => {
    const { context, page } = await open(1280)
    const script = readFileSync(new URL('../../src/http/assets/desk.js', import.meta.url), 'utf8')
    await page.route('http://desk.invalid/**', (route) => route.request().method() === 'POST' ? route.fulfill({ status: 400, contentType: 'text/html; charset=utf-8', body: '<html><head><title>Sai</title></head><body><main tabindex="-1"><h1>Chưa nhận được</h1></main></body></html>' }) : route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="vi"><body><main><form id="many"><label hidden data-select-all><input type="checkbox"> Tất cả</label><b data-selected>0</b>
<input type="checkbox" name="case" value="1"><input type="checkbox" name="case" value="2"><input type="checkbox" name="case" value="3" disabled></form>
<form id="up" method="post" enctype="multipart/form-data" action="http://desk.invalid/up"><input type="file" name="file"><progress hidden data-upload max="100"></progress><button>Gửi</button></form>
<form id="line" method="post" enctype="multipart/form-data" action="http://desk.invalid/line"><p hidden data-upload-box><progress data-upload max="100"></progress><span data-upload-said data-arrived="Đã đến" data-broken="Đường truyền bị ngắt">Đang gửi</span></p><button>Gửi tệp</button></form></main><script>${script}</script></body></html>` }))
    let sendings = 0
    await page.route('http://desk.invalid/line', (route) => {
      sendings += 1
      return route.abort('connectionreset')
    })
    await page.goto('http://desk.invalid/')
    // A line that breaks is told, and nothing is sent a second time unasked.
    await page.locator('#line button').click()
    await expect.poll(() => page.locator('[data-upload-said]').innerText()).toBe('Đường truyền bị ngắt')
    expect([sendings, await page.locator('#line button').isEnabled(), page.url()]).toEqual([1, true, 'http://desk.invalid/'])
    await page.getByText('Tất cả').click()
    expect(await page.locator('#many input[name=case]:checked').count()).toBe(2)
    expect(await page.locator('[data-selected]').innerText()).toBe('2')
    await page.locator('#many input[value="1"]').uncheck()
    expect(await page.locator('[data-select-all] input:indeterminate').count()).toBe(1)
    await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.alloc(300_000, 'x') })
    await page.locator('#up button').click()
    await expect.poll(() => page.locator('h1').innerText()).toBe('Chưa nhận được')
    expect(await page.title()).toBe('Sai')
    await context.close()
  })
})
