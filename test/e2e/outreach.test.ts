/** A real browser on the pages about visits: from the commune to the village, the sheet on paper, the form to its contradiction. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ingestText, useFolder } from '../ingest/helpers.ts'
import { useProvince } from '../http/province.ts'
import { checkSheet } from '../../src/reports/index.ts'
import { useServed, violationsOn } from './served.ts'

const province = useProvince(500)
const folder = useFolder()
const pictures = process.env['TANTAY_PICTURES']

const { origin, open } = useServed(province)
let unit = ''
let villages: string[] = []
let provinceCode = ''
/** One where somebody has to be seen. */
let village = ''

beforeAll(async () => {
  const { database } = province()
  const [most] = await database.query<{ unit_code: string }>("select unit_code from finding where code = 'returned' group by 1 order by count(*) desc, 1 limit 1")
  unit = most?.unit_code ?? ''
  villages = (await database.query<{ village: string }>('select distinct village from entitlement_line where unit_code = $1 and village is not null order by 1', [unit])).map((row) => row.village)
  const lines = villages.map((village, index) => `${unit},${village},${30 - index * 4}.5,${index % 2 === 0 ? 'không' : 'có'},yếu,${40 - index}`)
  village = (await database.query<{ village: string }>("select evidence ->> 'village' as village from finding where code = 'returned' and unit_code = $1 order by 1 limit 1", [unit]))[0]?.village ?? ''
  await ingestText(database, folder, `unit_code,village,distance_km,electricity,signal,cash_point_km\n${lines.join('\n')}\n`)
  provinceCode = (await database.query<{ code: string }>('select parent_code as code from administrative_unit_row where unit_code = $1', [unit]))[0]?.code ?? unit
  const listed = (await database.query<{ id: string }>('select distinct identifier_text(person_key) as id from entitlement_line where unit_code = $1 and person_key < 1000000000000 order by 1 limit 4', [unit])).map((row) => row.id)
  const ends = ['2027-06-30', '2026-11-20', '2026-10-31', '2027-01-31']
  await ingestText(database, folder, `beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to\n${listed.map((id, index) => `${id},${['force_majeure', 'bedridden', 'remote', 'KHAC'][index] ?? ''},QĐ ${index + 12}/UBND,Chủ tịch Lò Văn Pấng,2026-01-01,${ends[index] ?? ''}`).join('\n')}\n`)
  await ingestText(database, folder, `beneficiary_id,visited_date,result,evidence_reference,team\n${listed[0] ?? ''},2026-10-20,exempt,QĐ 12,Tổ 1\n${listed[0] ?? ''},2026-10-20,absent,,Tổ 2\n${listed[1] ?? ''},2026-10-20,moved,,Tổ 1\n`)
})

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

async function faultsOn(page: Page): Promise<string[]> {
  return (await violationsOn(page)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

describe('a team before it leaves', () => {
  test('finds the nearest village first, and in it whom to see and why', async () => {
    const { context, page, complaints } = await open(1280)
    await page.goto(`${origin()}/outreach`)
    await page.getByLabel('Xã, phường').selectOption(unit)
    await page.getByRole('button', { name: 'Xem' }).click()
    await page.waitForURL(`**/outreach?unit=${unit}`)
    const distances = await page.locator('td[data-label="Cách trung tâm xã"]').allInnerTexts()
    expect(distances.length).toBeGreaterThan(2)
    const kilometres = distances.filter((text) => text !== '–').map((text) => Number(text.replace(' km', '').replace(',', '.')))
    expect(kilometres).toEqual([...kilometres].sort((one, other) => one - other))
    await picture(page, 'unit-vi-1280')
    await page.locator('.tt-cards th a').first().click()
    await page.waitForURL(/village=/)
    expect(await page.locator('.tt-pack__person').count()).toBeGreaterThan(0)
    expect(await page.locator('.tt-pack').innerText()).not.toMatch(/\d{9,12}/)
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([['vi', 1280], ['vi', 360], ['en', 1280], ['ar', 1280], ['ar', 360]] as const)('reads every page in %s at %d pixels, without a fault that a machine can find and without scrolling sideways', async (language, width) => {
    const { context, page, complaints } = await open(width)
    const addresses = { home: '/outreach?', unit: `/outreach?unit=${unit}`, village: `/outreach?unit=${unit}&village=${encodeURIComponent(village)}`, conflicts: '/outreach/conflicts?', exemptions: '/outreach/exemptions?', sheets: '/sheet?', sheet: `/sheet?unit=${provinceCode}&period=2026-10` }
    for (const [name, path] of Object.entries(addresses)) {
      await page.goto(`${origin()}${path}&lang=${language}`)
      await picture(page, `${name}-${language}-${width}`)
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), `${name} is no wider than the window`).toBe(true)
      expect(await faultsOn(page), name).toEqual([])
    }
    expect(complaints.filter((text) => !text.includes('Content Security Policy'))).toEqual([])
    await context.close()
  })

  test('prints large on A4, each village on a page of its own that says where it is', async () => {
    const { context, page } = await open(1280)
    const download = await (await fetch(`${origin()}/outreach/pack.html?unit=${unit}&lang=vi`)).text()
    expect(download).not.toMatch(/(?:src|href)=/)
    await page.setContent(download)
    await page.emulateMedia({ media: 'print' })
    const sizes = await page.evaluate<number[]>(`[...document.querySelectorAll('.tt-pack *')].filter((element) => element.textContent !== '' && element.checkVisibility()).map((element) => Number.parseFloat(getComputedStyle(element).fontSize))`)
    // 13 points are 17.33 pixels.
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(17.3)
    expect(new Set(await page.evaluate<string[]>(`[...document.querySelectorAll('.tt-pack')].slice(1).map((section) => getComputedStyle(section).breakBefore)`))).toEqual(new Set(['page']))
    expect(await page.locator('thead .tt-pack__place').first().isVisible()).toBe(true)
    await page.setViewportSize({ width: 696, height: 980 })
    await picture(page, 'pack-printed-vi')
    expect((await page.pdf({ format: 'A4', preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
    await context.close()
  })
})

test('a province takes its sheet along, signed, and reads the same in it', async () => {
  const { context, page, complaints } = await open(1280)
  await page.goto(`${origin()}/sheet`)
  await page.getByLabel('Xã, phường').selectOption(provinceCode)
  await page.getByRole('button', { name: 'Xem' }).click()
  await page.waitForURL(/unit=/)
  const keyId = await page.locator('.tt-sheet__key').first().innerText()
  const signed = await (await fetch(`${origin()}${(await page.getByRole('link', { name: 'Bản gốc có chữ ký' }).getAttribute('href')) ?? ''}`)).text()
  const checked = checkSheet(signed, keyId)
  expect(checked.fault).toBeNull()
  const total = await page.locator('section[aria-labelledby="outcomes"] tr').last().locator('td').last().innerText()
  expect(total.replaceAll('.', '')).toBe(String(checked.sheet?.outcomes.total ?? '*'))
  expect(complaints).toEqual([])
  await context.close()
})

describe('a team that came back', () => {
  test('enters a result with the keyboard alone, checks it, and sees at once what it contradicts', async () => {
    const { context, page, complaints } = await open(360)
    await page.goto(`${origin()}/outreach?unit=${unit}&village=${encodeURIComponent(village)}&lang=vi`)
    await page.locator('.tt-pack__enter').first().click()
    await page.waitForURL(/\/outreach\/results\?person=[\w-]{22}$/)
    await page.getByRole('button', { name: 'Kiểm tra lại' }).click()
    await page.locator('.govuk-error-summary').waitFor()
    await picture(page, 'form-fault-vi-360')
    expect(await faultsOn(page)).toEqual([])
    await page.locator('.govuk-error-summary a').first().click()
    expect(page.url()).toMatch(/#result-opened$/)
    await page.getByLabel('Đã chuyển đi').check()
    await page.getByLabel('Ghi chú').fill('Chuyển về xã bên')
    await page.getByLabel('Tổ đi gặp').fill('Tổ 1')
    await page.getByRole('button', { name: 'Kiểm tra lại' }).click()
    await page.getByRole('heading', { name: 'Kiểm tra trước khi lưu' }).waitFor()
    await picture(page, 'check-vi-360')
    expect(await faultsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Sửa' }).click()
    expect(await page.getByLabel('Ghi chú').inputValue()).toBe('Chuyển về xã bên')
    await page.getByRole('button', { name: 'Kiểm tra lại' }).click()
    await page.getByRole('button', { name: 'Lưu kết quả' }).click()
    await page.waitForURL(/\/outreach\/results\/[\w-]{22}\/\d+$/)
    expect(await page.locator('.tt-conflict').first().innerText()).toContain('vẫn đang cho hưởng')
    await picture(page, 'saved-vi-360')
    expect(await faultsOn(page)).toEqual([])
    await page.goto(`${origin()}/outreach/conflicts?lang=vi`)
    expect(await page.locator('.tt-conflict').count()).toBeGreaterThan(0)
    await picture(page, 'conflicts-found-vi-360')
    expect(complaints.filter((text) => !/Content Security Policy|400/.test(text))).toEqual([])
    await context.close()
  })
})
