/** Many cases, a workbook and a complaint in a real browser without scripts: as an officer does them, with a mouse, a phone, or a keyboard alone. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFilledTable } from '../../src/formats/index.ts'
import { columnNamed, workbookHeader, type WorkbookColumn } from '../../src/http/many/workbook.ts'
import { workbook } from '../helpers/workbook.ts'
import { appOver, useProvince, type Province } from '../http/province.ts'
import type { NewReader, ReaderApp } from '../http/readers.ts'
import { useFolder } from '../ingest/helpers.ts'
import { launchBrowser } from './browser.ts'
import { violationsOn } from './served.ts'

const province = useProvince(6000)
const folder = useFolder()
const pictures = process.env['TANTAY_PICTURES']
const heard: { readonly to: string; readonly text: string }[] = []
let over: Pick<Province, 'as' | 'outside' | 'failures'>
let browser: Browser
let gateway: Server
let server: ReturnType<typeof serve>
let origin = ''

beforeAll(async () => {
  gateway = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => { body += piece.toString() })
    request.on('end', () => {
      heard.push(JSON.parse(body) as (typeof heard)[number])
      response.end()
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  over = await appOver(province().database, folder, province().desk, { url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`, token: null, timeoutMilliseconds: 2000 })
  server = serve({ fetch: over.outside.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([server, gateway].map((one) => new Promise((resolve) => one.close(resolve))))
})

interface Desk {
  readonly app: ReaderApp
  readonly context: BrowserContext
  readonly page: Page
}

/** Somebody sits down before a browser that runs no scripts of pages. */
async function sitsDown(reader: NewReader, width = 1280): Promise<Desk> {
  const app = await over.as(reader)
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: false, acceptDownloads: true })
  const [name = '', value = ''] = app.cookie.split('=')
  await context.addCookies([{ name, value, url: origin }])
  return { app, context, page: await context.newPage() }
}

/** The same page in a browser with scripts, for what axe-core finds. */
async function look({ context, page }: Desk, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  const scripted = await browser.newContext({ viewport: page.viewportSize() ?? { width: 1280, height: 900 } })
  await scripted.addCookies(await context.cookies())
  const twin = await scripted.newPage()
  await twin.goto(page.url())
  expect((await violationsOn(twin)).map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`), name).toEqual([])
  expect(await twin.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), `${name} is no wider than the screen`).toBe(true)
  await scripted.close()
}

const query = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => province().database.query<R>(text, values)
const busiest = async (): Promise<string> => (await query<{ unit_code: string }>("select unit_code from case_record where step = 'new' and unit_code is not null group by unit_code order by count(*) desc limit 1"))[0]?.unit_code ?? ''

test('two hundred false alarms by Excel, three of them changed by somebody else meanwhile', async () => {
  const desk = await sitsDown({ roles: ['officer'], name: 'excel-officer' })
  const { page } = desk
  await page.goto(`${origin}/queue`)
  await page.getByRole('link', { name: 'Xử lý bằng Excel' }).click()
  await page.getByRole('heading', { name: 'Xử lý bằng Excel' }).waitFor()
  await look(desk, 'workbook')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Tải bảng Excel' }).click()
  const taken = join(folder, 'queue.xlsx')
  await (await downloading).saveAs(taken)

  const table = await readFilledTable(taken, workbookHeader, 5000)
  const at = (column: WorkbookColumn): number => table.header.findIndex((cell) => columnNamed(cell) === column)
  const rows = table.rows.filter(({ cells }) => cells[at('version')] === '0').slice(0, 200).map(({ cells }) => cells.map((cell, place) => (place === at('decision') ? 'Không có sai sót' : place === at('comment') ? 'Đối chiếu lại với sao kê: đã nhận đủ' : cell)))
  expect(rows).toHaveLength(200)
  const numbers = rows.map((cells) => cells[at('case_number')] ?? '')
  const filled = join(folder, 'đã ghi.xlsx')
  writeFileSync(filled, workbook({ sheets: [{ name: 'Hồ sơ', rows: [table.header, ...rows] }] }))
  const faster = await over.as({ roles: ['officer'], name: 'faster-officer' })
  for (const number of [numbers[0], numbers[99], numbers[199]]) {
    const [one] = await query<{ finding_id: string }>('select finding_id from case_record where case_number = $1', [number])
    await faster.request(`/cases/${one?.finding_id ?? ''}/act`, { method: 'POST', body: new URLSearchParams({ kind: 'receive', version: '0' }), headers: { Origin: 'http://localhost' } })
  }

  await page.getByLabel('Bảng đã ghi (Excel hoặc CSV)').setInputFiles(filled)
  await page.getByRole('button', { name: 'Xem trước' }).click()
  await page.getByText('197 hồ sơ sẽ thay đổi. Chưa có gì được ghi.').waitFor()
  expect(await page.getByText('faster-officer đã làm trước bạn: tiếp nhận').count()).toBe(3)
  await look(desk, 'workbook-preview')
  await page.getByRole('button', { name: 'Làm với 197 hồ sơ' }).click()
  await page.getByText('Đã làm: 197 hồ sơ. Không làm được: 3.').waitFor()
  await look(desk, 'workbook-result')
  expect(await query("select count(*)::text as count from case_record where case_number = any ($1::bigint[]) and step = 'appraised' and resolution = 'false_alarm'", [numbers])).toEqual([{ count: '197' }])
  const returning = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tải lại bảng Excel kèm kết quả' }).click()
  const told = await readFilledTable(await (await returning).path(), workbookHeader, 5000)
  const results = told.rows.map(({ cells }) => cells.at(-1) ?? '')
  expect([results.length, results.filter((result) => result === 'Đã làm').length, results[99]]).toEqual([200, 197, expect.stringContaining('faster-officer')])
  await desk.context.close()
}, 120_000)

test('many are chosen, previewed and confirmed by keyboard alone on a phone', async () => {
  const unit = await busiest()
  const desk = await sitsDown({ roles: ['officer'], unit, name: 'phone-officer' }, 360)
  const { page } = desk
  const press = async (key: string, times = 1): Promise<void> => { for (let time = 0; time < times; time += 1) await page.keyboard.press(key) }
  /** Goes on with the Tab key until the thing in focus is one that is looked for. */
  const tabTo = async (selector: string): Promise<void> => {
    for (let steps = 0; steps < 200; steps += 1) {
      await press('Tab')
      if (await page.locator(`${selector}:focus`).count() > 0) return
    }
    throw new Error(`the Tab key does not lead to ${selector}`)
  }
  await page.goto(`${origin}/queue?step=new&lang=vi`)
  const chosen: string[] = []
  for (let one = 0; one < 3; one += 1) {
    await tabTo('input[name=case]')
    await press('Space')
    chosen.push(((await page.locator('input[name=case]:focus').getAttribute('value')) ?? '').split('~')[0] ?? '')
  }
  await tabTo('.tt-queue__act button')
  await press('Enter')
  await page.getByRole('heading', { name: 'Làm gì với 3 hồ sơ đã chọn?' }).waitFor()
  await tabTo('select[name=action]')
  await press('ArrowDown')
  expect(await page.locator('select[name=action]').inputValue()).toBe('receive')
  await tabTo('form[action="/queue/act"] button')
  await press('Enter')
  await page.getByRole('heading', { name: 'Xem trước khi làm' }).waitFor()
  await look(desk, 'preview-phone')
  await tabTo('form[action$="/confirm"] button')
  await press('Enter')
  await page.getByText('Đã làm: 3 hồ sơ. Không làm được: 0.').waitFor()
  await look(desk, 'result-phone')
  expect(await query('select distinct step, version from case_record where finding_id = any ($1)', [chosen])).toEqual([{ step: 'received', version: 1 }])
  await desk.context.close()
}, 60_000)

test('“I got nothing”: from the desk, past a second person, to a letter and a text message', async () => {
  const unit = await busiest()
  const [person] = await query<{ name: string }>('select beneficiary_name as name from entitlement_line where unit_code = $1 and person_key < 1000000000000 group by beneficiary_name having count(distinct person_key) = 1 order by 1 limit 1', [unit])
  const name = person?.name ?? ''
  const desk = await sitsDown({ roles: ['officer'], unit, name: 'desk-officer' }, 360)
  const { page } = desk
  await page.goto(`${origin}/queue`)
  await page.getByRole('link', { name: 'Tiếp nhận phản ánh' }).click()
  await page.getByLabel('Họ tên').fill(name.toLowerCase())
  await look(desk, 'complaint-find')
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await look(desk, 'complaint-form')
  await page.getByLabel('Người dân nói gì').fill('Tháng này chưa thấy gì cả')
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click()
  await page.getByRole('alert').getByText('Chọn cách trả lời').waitFor()
  await page.getByLabel('Tin nhắn').check()
  await page.getByLabel('Số điện thoại').fill('0912 345 678')
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click()
  await page.getByRole('heading', { name: 'Kiểm tra trước khi ghi' }).waitFor()
  await page.getByRole('button', { name: 'Tiếp nhận' }).click()
  await page.getByText('Đã tiếp nhận phản ánh.').waitFor()
  await page.getByText('Tháng này chưa thấy gì cả').waitFor()
  await look(desk, 'complaint-case')
  const address = page.url().replace(/\?.*/, '')
  const id = address.slice(address.lastIndexOf('/') + 1)
  await page.goto(`${address}/message`)
  await page.getByRole('heading', { name: 'Chưa trả lời được' }).waitFor()

  await page.goto(address)
  await page.getByLabel('Ngân hàng đã khắc phục', { exact: true }).check()
  await page.getByLabel('Vì sao', { exact: true }).fill('Ngân hàng ghi nhầm tài khoản, đã chuyển lại')
  await page.getByRole('button', { name: 'Gửi phê duyệt' }).click()
  const approver = await sitsDown({ roles: ['approver'], unit, name: 'vice-chair' })
  await approver.page.goto(address)
  await approver.page.getByRole('button', { name: 'Phê duyệt' }).click()
  await approver.page.waitForURL(address)

  await page.goto(address)
  await page.getByRole('link', { name: 'Thư trả lời' }).click()
  await page.getByRole('link', { name: 'English' }).last().click()
  await page.getByLabel('Đã tìm thấy và đã làm gì').fill('The bank sent your money to another account. It has put this right.')
  await page.getByRole('button', { name: 'Xem thư để in' }).click()
  const letter = page.getByRole('article')
  await letter.getByText('The bank sent your money to another account.').waitFor()
  expect(await letter.getAttribute('lang')).toBe('en')
  expect(await letter.innerText()).not.toMatch(/\d{9}|₫|VND/)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.tt-header').isVisible()).toBe(false)
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'letter-print.png'), fullPage: true })
  await page.emulateMedia({ media: 'screen' })

  await page.goto(`${address}/message`)
  await look(desk, 'message')
  await page.getByRole('button', { name: 'Gửi tin nhắn' }).click()
  await page.getByText('Đã gửi', { exact: true }).waitFor()
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatchObject({ to: '+84912345678', text: expect.stringContaining(name) as unknown })
  expect(await query("select kind from trail_entry where subject = $1 and kind in ('letter_printed', 'message_sent') order by entry_id", [`case ${id}`])).toEqual([{ kind: 'letter_printed' }, { kind: 'message_sent' }])
  expect(over.failures).toEqual([])
  expect(readFileSync(join(folder, 'queue.xlsx')).length).toBeGreaterThan(0)
  await approver.context.close()
  await desk.context.close()
}, 60_000)
