/** A clerk of a bank with a file, in a real browser and with the server's own worker: dropped, understood, handed in, watched, corrected, handed in again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { startWorker, type Worker } from '../../src/jobs/index.ts'
import { useProvince } from '../http/province.ts'
import { useFolder } from '../ingest/helpers.ts'
import { useServed, violationsOn } from './served.ts'

const province = useProvince(300)
const folder = useFolder()
const { origin, open } = useServed(province)
const pictures = process.env['TANTAY_PICTURES']
const agent = 970436
const clock = stoppedClock('2026-11-01T20:00:00Z')
let worker: Worker
let cookie = ''

const header = 'Mã lệnh,Chế độ,Tháng hưởng,Số định danh,Mã ngân hàng,Số tài khoản,Số tiền,Trạng thái,Ngày lệnh,Ngày ghi có,Ghi chú'
const line = (number: number, amount = '540000', bank = `${agent}`): string => `E2E-${number},BTXH,2026-10,00108700${`${number}`.padStart(4, '0')},${bank},0071${`${number}`.padStart(9, '0')},${amount},đã ghi có,2026-10-05,2026-10-05,x`
const troubled = [header, ...Array.from({ length: 40 }, (_, index) => line(index + 1, index % 11 === 5 ? '1.350.000' : '540000', index === 20 ? '970405' : `${agent}`)), ''].join('\r\n')

beforeAll(async () => {
  const { database, dataDirectory, as } = province()
  worker = await startWorker({ database, clock, dataDirectory })
  cookie = (await as({ roles: ['bank'], agent, name: 'giao-dich' })).cookie
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'expected.csv')
  writeFileSync(path, `source,kind,scheme,deadline_day\n${agent},disbursement,,20\n${agent},withdrawal,,5\n${agent},account_opening,BTXH,10\n`)
  const { file_id: id } = await ingestFile(database, { path }, { clock, dataDirectory })
  await database.query('insert into published_file (file_id) values ($1)', [id])
})
afterAll(() => worker.stop())

async function sitsDown(width: number): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly complaints: string[] }> {
  const opened = await open(width)
  const [name = '', value = ''] = cookie.split('=')
  await opened.context.addCookies([{ name, value, url: origin() }])
  return opened
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/bank-${name}.png`, fullPage: true })
  expect((await violationsOn(page)).map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} scrolls sideways`).toBe(true)
}

const fileIds: string[] = []

describe('a clerk of a bank', () => {
  test('drops a file with errors, sees it understood, hands it in, watches, corrects what is wrong and sees it taken', async () => {
    const { page, context, complaints } = await sitsDown(1280)
    await page.goto(`${origin()}/`)
    await page.waitForURL('**/bank')
    await look(page, 'home-vi-1280')
    // Dropped on the form as from a folder.
    const dropped = await page.evaluateHandle(`(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(troubled)}], 'chi trả tháng 10.csv', { type: 'text/csv' })); return data })()`)
    await page.locator('form[data-drop]').dispatchEvent('drop', { dataTransfer: dropped })
    expect(await page.evaluate("document.querySelector('#file').files[0]?.name")).toBe('chi trả tháng 10.csv')
    await page.getByRole('button', { name: 'Tải lên và xem lại' }).click()
    await page.waitForURL(/\/bank\/files\/[0-9a-f-]{36}\/check$/)
    expect(await page.locator('.tt-lead').innerText()).toBe('Tệp này được hiểu là: Báo cáo chi trả. 35 dòng đọc được, 5 dòng có lỗi.')
    await look(page, 'check-vi-1280')
    await page.getByRole('button', { name: 'Nộp tệp' }).click()
    await page.waitForURL(/\/bank\/files\/[0-9a-f-]{36}$/)
    await page.getByText('Đã nhận 35 dòng. Còn 5 dòng phải sửa.').waitFor()
    fileIds.push(page.url().split('/').at(-1) ?? '')
    await look(page, 'result-vi-1280')
    const taking = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Tải các dòng lỗi để sửa' }).click()
    const corrections = join(folder, 'sửa.csv')
    await (await taking).saveAs(corrections)
    const wrong = readFileSync(corrections, 'utf8')
    expect(wrong.trimEnd().split('\r\n')).toHaveLength(6)
    writeFileSync(corrections, wrong.replaceAll('1.350.000', '1350000').replace('970405', `${agent}`))
    await page.getByRole('link', { name: 'Gửi tệp đã sửa' }).click()
    await page.waitForURL('**/bank?corrected=1&kind=disbursement')
    await page.getByLabel('Chọn tệp').setInputFiles(corrections)
    await page.getByRole('button', { name: 'Tải lên và xem lại' }).click()
    await page.waitForURL('**/check')
    await page.getByRole('button', { name: 'Nộp tệp' }).click()
    await page.getByText('Đã nhận 5 dòng. Không phải làm gì thêm.').waitFor()
    expect(complaints.filter((text) => !text.includes('net::ERR_ABORTED'))).toEqual([])
    await context.close()
  })

  test('does the same without a script, on a phone, and is told what was wrong with a form', async () => {
    const { page, context } = await sitsDown(360)
    const plain = await page.context().browser()?.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false })
    if (plain === undefined) throw new Error('no browser')
    await plain.addCookies(await context.cookies())
    const still = await plain.newPage()
    await still.goto(`${origin()}/bank`)
    await still.getByRole('button', { name: 'Tải lên và xem lại' }).click()
    expect(await still.locator('h1').innerText()).toBe('Chưa gửi được tệp')
    expect(await still.locator('.govuk-error-summary a').innerText()).toContain('Chưa chọn tệp nào')
    const path = join(folder, 'rút tiền.csv')
    writeFileSync(path, `Mã ngân hàng,Số tài khoản,Ngày rút đầu tiên,Báo cáo đến ngày\n${agent},0071000000001,2026-10-08,2026-10-31\n${agent},0071000000002,,2026-10-31\n`)
    await still.getByLabel('Chọn tệp').setInputFiles(path)
    await still.getByRole('button', { name: 'Tải lên và xem lại' }).click()
    await still.getByRole('button', { name: 'Nộp tệp' }).click()
    await still.locator('h1').waitFor()
    for (let turn = 0; turn < 40 && !(await still.locator('.tt-lead').innerText()).startsWith('Đã nhận 2 dòng'); turn += 1) {
      await still.waitForTimeout(100)
      await still.reload()
    }
    expect(await still.locator('.tt-lead').innerText()).toContain('Đã nhận 2 dòng')
    await still.goto(`${origin()}/bank`)
    expect(await still.locator('#withdrawals + p').innerText()).toContain('Ngân hàng đã báo cáo rút tiền đến hết ngày 31/10/2026.')
    await plain.close()
    await context.close()
  })

  test('finds nothing in the way on any page, wide and narrow, in either direction of writing', async () => {
    const { database, as } = province()
    await database.query("insert into api_key (token_hash, token_end, staff_id, creditor_agent, slot, scopes, created_at, expires_at) select 'hash', 'aB3x', staff_id, creditor_agent, 1, '{files:write,files:read,questions:read}', '2026-10-01T00:00:00Z', '2027-10-01T00:00:00Z' from staff where creditor_agent = $1 limit 1", [agent])
    await database.query("insert into webhook_endpoint (endpoint_id, source, url, secret, kinds, created_at, created_by) select 'ep', $1, 'https://doi-tac.example/nhan-tin/tan-tay/ket-qua', 's', '{file.sealed,file.refused,question.asked}', '2026-10-01T00:00:00Z', min(staff_id) from staff", [`${agent}`])
    const [event] = await database.query<{ event_id: string }>("select event_id from bank_event where source = $1 limit 1", [`${agent}`])
    await database.query("insert into bank_delivery (delivery_id, event_id, source, endpoint_id, created_at, attempt_count, last_status, last_error, given_up_at) values ('d1', $1, $2, 'ep', '2026-10-31T00:00:00Z', 8, 503, 'refused', '2026-11-01T00:00:00Z'), ('d2', $1, $2, 'ep', '2026-10-31T00:00:00Z', 1, 200, null, null)", [event?.event_id, `${agent}`])
    const form = new FormData()
    form.set('file', new File([troubled], `chưa-nộp${'rấtdài'.repeat(30)}.csv`))
    const draft = (await province().app.fetch(new Request(`${origin()}/bank/files`, { method: 'POST', body: form, headers: { cookie, origin: origin() } }))).headers.get('location') ?? ''
    const refused = new FormData()
    refused.set('file', new File(['a,b\n1,2\n'], 'không phải báo cáo.csv'))
    const unread = (await province().app.fetch(new Request(`${origin()}/bank/files`, { method: 'POST', body: refused, headers: { cookie, origin: origin() } }))).headers.get('location') ?? ''
    const [id = ''] = fileIds
    const paths = { home: '/bank', history: '/bank/files', check: draft, unread, result: `/bank/files/${id}`, paper: `/bank/files/${id}/acknowledgement`, templates: '/bank/templates', keys: '/bank/keys', printed: `/bank/files/${id}/problems/print` }
    // Every page once, and the other direction of writing where a page is more than a table.
    const looks = pictures === undefined ? [['vi', 360, Object.keys(paths)], ['ar', 1280, ['home', 'check', 'result']]] as const : (['vi', 'en', 'ar'] as const).flatMap((language) => [360, 1280].map((width) => [language, width, Object.keys(paths)] as const))
    for (const [language, width, names] of looks) {
      const { page, context, complaints } = await sitsDown(width)
      for (const [name, path] of Object.entries(paths).filter(([one]) => (names as readonly string[]).includes(one))) {
        await page.goto(`${origin()}${path}?lang=${language}`)
        await look(page, `${name}-${language}-${width}`)
      }
      expect(complaints).toEqual([])
      await context.close()
    }
    const administrator = await as({ roles: ['administrator'], name: 'quan-tri' })
    const { page, context } = await open(1280)
    const [name = '', value = ''] = administrator.cookie.split('=')
    await context.addCookies([{ name, value, url: origin() }])
    await page.goto(`${origin()}/administration/keys`)
    await look(page, 'all-keys-vi-1280')
    await context.close()
    expect(province().failures).toEqual([])
  })
})
