/** A real browser walks the pages of a real run: it reads, filters, opens a finding down to its raw line, in three languages. */
import { describe, expect, test } from 'vitest'
import { personAddresses } from '../../src/reports/index.ts'
import { useProvince } from '../http/province.ts'
import { useServed, violationsOn } from './served.ts'

const province = useProvince(500)
const { origin, open } = useServed(province)

/** The addresses of every kind of page, with the cases of every third type. */
async function everyPage(): Promise<string[]> {
  const { database } = province()
  const findings = await database.query<{ finding_id: string }>('select distinct on (code) finding_id from finding where length(code) % 3 = 0 order by code, finding_id')
  // Persons with the most to tell, and one who stands under another id too.
  const persons = await database.query<{ person_key: string }>("(select person_key from finding where person_key >= 0 group by 1 order by count(*) desc, 1 limit 2) union (select person_key from register_row where previous_key is not null order by 1 limit 1)")
  const addresses = await personAddresses(database)
  const files = await database.query<{ file_id: string }>("select file_id from source_file where status = 'refused' or problem_count > 0 or file_id = 0")
  const measures = ['/time-to-cash', '/time-to-cash?by=bank', '/time-to-cash?by=distance&and=age', '/ranking', '/banks', '/coverage', '/coverage/people?unit=38', '/data-quality', '/data-quality/people?unit=38']
  return ['/', '/dashboard', '/dashboard?scheme=BTXH&period=2026-10', '/queue', '/queue?code=no_such_code', '/files', '/templates', '/persons', ...measures, ...persons.flatMap((row) => ['', '/print'].map((part) => `/persons/${addresses.of(row.person_key) ?? ''}${part}`)), ...findings.map((row) => `/cases/${row.finding_id}`), ...files.map((row) => `/files/${row.file_id}`)]
}

function inLanguage(path: string, language: string): string {
  return `${origin()}${path}${path.includes('?') ? '&' : '?'}lang=${language}`
}

describe('a reader', () => {
  test('comes from the sentence on top of the dashboard to the raw line of one finding, for a reason that is recorded', async () => {
    const { context, page, complaints } = await open(1280)
    await page.goto(`${origin()}/dashboard`)
    expect(await page.title()).toContain('Tình hình chi trả')
    expect(await page.locator('.tt-lead').innerText()).toMatch(/\d \/ [\d.]+ khoản được hưởng \(\d+,\d%\)/)
    await page.locator('svg a[href*="code=returned"]').click()
    await page.waitForURL(/\/queue\?.*code=returned/)
    const counted = await page.locator('.tt-lead').innerText()
    const { count } = (await province().database.query<{ count: string }>("select count(*) as count from finding where code = 'returned'"))[0] ?? { count: '' }
    expect(counted).toContain(`${count} trường hợp`)
    await page.locator('#main a[href^="/cases/"]').first().click()
    await page.waitForURL(/\/cases\/[0-9a-f]+$/)
    expect(await page.locator('h1').innerText()).toBe('Bị từ chối hoặc bị trả lại')
    expect(await page.locator('.tt-lines pre').count()).toBe(0)
    await page.getByRole('button', { name: 'Hiện số đầy đủ và dòng gốc' }).click()
    const raw = page.locator('.tt-lines li').filter({ hasText: 'disbursement' }).first()
    expect(await raw.locator('pre').textContent()).toMatch(/^[^\n]*,[^\n]*(?:RJCT|RTRN|từ chối|trả lại|rejected|returned)/i)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('filters with a plain form, shares the address, and changes language on the same view', async () => {
    const { context, page, complaints } = await open(1280)
    await page.goto(`${origin()}/queue`)
    await page.getByLabel('Loại', { exact: true }).selectOption('unpaid')
    await page.getByText('Thêm điều kiện lọc').click()
    await page.getByLabel('Chế độ').selectOption('BTXH')
    await page.getByRole('button', { name: 'Lọc', exact: true }).click()
    await page.waitForURL(/code=unpaid.*scheme=BTXH/)
    const titles = await page.locator('#main a[href^="/cases/"]').allInnerTexts()
    expect(titles.length).toBeGreaterThan(0)
    expect(await page.locator('.tt-lead').innerText()).toContain('trường hợp')
    await page.getByRole('link', { name: 'العربية' }).click()
    await page.waitForURL(/code=unpaid.*scheme=BTXH.*lang=ar/)
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await page.locator('#main a[href^="/cases/"]').count()).toBe(titles.length)
    await page.locator('.tt-navigation a').first().click()
    await page.waitForURL(`${origin()}/`)
    expect(await page.locator('html').getAttribute('lang')).toBe('ar')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('looks a person up by id, which no address shows, and reads the months down to the finding', async () => {
    const { context, page, complaints } = await open(1280)
    const [found] = await province().database.query<{ id: string }>("select identifier_text(person_key) as id from finding where person_key between 0 and 999999999999 and code = 'returned' order by 1 limit 1")
    const id = found?.id ?? ''
    await page.goto(`${origin()}/persons`)
    await page.locator('#main input[name=id]').fill(`${id.slice(0, 3)} ${id.slice(3, 6)} ${id.slice(6)}`)
    await page.locator('#main button').click()
    await page.waitForURL(/\/persons\/[\w-]{22}$/)
    expect(page.url()).not.toContain(id.slice(6))
    await page.locator('#main a[href^="/cases/"]').first().click()
    await page.waitForURL(/\/cases\/[0-9a-f]+$/)
    expect(complaints).toEqual([])
    await page.goto(`${origin()}/persons`)
    await page.locator('#main input[name=id]').fill('12')
    await page.locator('#main button').click()
    expect(await page.locator('.govuk-error-message, .govuk-error-summary').count()).toBeGreaterThan(0)
    await context.close()
  })

  test('finds the slow places, narrows the page down to one and reads on to a person who is left', async () => {
    const { context, page, complaints } = await open(1280)
    await page.goto(`${origin()}/`)
    await page.locator('.tt-navigation a[href="/time-to-cash"]').click()
    await page.waitForURL('**/time-to-cash')
    expect(await page.locator('.tt-lead').innerText()).toMatch(/^Một nửa có tiền trong tay trong \d/)
    await page.getByLabel('Chia theo', { exact: true }).selectOption('age')
    await page.getByRole('button', { name: 'Xem' }).click()
    await page.waitForURL(/by=age/)
    expect(await page.locator('.tt-legend bdi').allInnerTexts()).toEqual(['Dưới 15 tuổi', '15–59 tuổi', '60–69 tuổi', '70–79 tuổi', 'Từ 80 tuổi'])
    expect(await page.locator('svg[role=img] title').first().textContent()).toBe('Bao lâu thì tiền đến tay')
    await page.locator('.tt-measures a[href="/ranking"]').click()
    await page.locator('.tt-pictured tbody th a').first().click()
    await page.waitForURL(/\/time-to-cash\?unit=\d+/)
    await page.locator('.tt-measures a[href="/coverage"]').click()
    await page.locator('a[href^="/coverage/people"]').first().click()
    await page.waitForURL(/\/coverage\/people/)
    const person = page.locator('#main tbody th a').first()
    const name = await person.innerText()
    await person.click()
    await page.waitForURL(/\/persons\/[\w-]{22}$/)
    expect(await page.locator('h1').innerText()).toBe(name)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('gets along with the keyboard: the skip link comes first, every stop is to be seen', async () => {
    const { context, page } = await open(1280)
    await page.goto(`${origin()}/findings`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toContain('govuk-skip-link')
    expect(await page.locator('.govuk-skip-link').isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.goto(origin())
    const unseen: string[] = []
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab')
      const seen = await page.evaluate(`(() => {
        const at = document.activeElement, look = (e) => { const s = getComputedStyle(e); return [s.outlineStyle + s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor].join() }
        if (at === document.body) return 'left'
        const focused = look(at); at.blur(); const resting = look(at); at.focus()
        return focused === resting ? at.outerHTML.slice(0, 120) : 'seen'
      })()`)
      if (seen === 'left') break
      if (seen !== 'seen') unseen.push(String(seen))
    }
    expect(unseen).toEqual([])
    await context.close()
  })
})

/**
 * How each language is looked at: its words once, at one width; both widths, both directions of writing and all colours in
 * full between them. Only sideways scrolling depends on all of it at once, and is looked for everywhere.
 */
const looks = [
  { language: 'vi', inFull: 360, ofWords: null },
  { language: 'en', inFull: null, ofWords: 360 },
  { language: 'ar', inFull: 1280, ofWords: null },
] as const

describe.each(looks)('every page in $language', ({ language, inFull, ofWords }) => {
  test('has nothing serious for axe, nothing refused by its own policy, and no letter cut off at either width', async () => {
    const paths = await everyPage()
    expect(paths.length).toBeGreaterThan(25)
    let looked = 0
    for (const width of [1280, 360]) {
      const { context, page, complaints } = await open(width)
      for (const path of paths) {
        await page.goto(inLanguage(path, language))
        const widths = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
        expect(widths[0], `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(widths[1])
        if (width !== inFull && width !== ofWords) continue
        // axe takes its time: every type of finding in the source language on a phone, three of them elsewhere.
        if (language !== 'vi' && path.startsWith('/cases/') && paths.indexOf(path) > 22) continue
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        // Through the debugger's door: the page's policy rightly refuses a script tag.
        const violations = await violationsOn(page, { isOfWords: width === ofWords })
        const serious = violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${path} ${one.id}: ${one.nodes[0]?.html ?? ''}`)
        expect(serious).toEqual([])
        looked += 1
      }
      expect(complaints).toEqual([])
      await context.close()
    }
    expect(looked).toBeGreaterThan(20)
  }, 180_000)
})
