/** Whole stories at the desk, in a real browser, as officers live them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import type { Role } from '../../src/core/index.ts'
import { useProvince } from '../http/province.ts'
import type { NewReader, ReaderApp } from '../http/readers.ts'
import { useFolder } from '../ingest/helpers.ts'
import { useServed, violationsOn } from './served.ts'

const province = useProvince(500)
const folder = useFolder()
const { origin, open } = useServed(province)
const pictures = process.env['TANTAY_PICTURES']

interface Desk {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
  readonly app: ReaderApp
}

/** Somebody with a role sits down before a browser. */
async function sitsDown(roles: readonly Role[], more: Omit<NewReader, 'roles'> = {}, width = 1280): Promise<Desk> {
  const app = await province().as({ roles, ...more })
  const { context, page, complaints } = await open(width)
  const [name = '', value = ''] = app.cookie.split('=')
  await context.addCookies([{ name, value, url: origin() }])
  return { page, context, complaints, app }
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  expect((await violationsOn(page)).map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
}

async function caseOf(code: string, where = 'true'): Promise<{ readonly finding_id: string; readonly unit_code: string; readonly beneficiary_name: string; readonly amount_at_stake: string; readonly person_key: string }> {
  const [row] = await province().database.query<{ finding_id: string; unit_code: string; beneficiary_name: string; amount_at_stake: string; person_key: string }>(`select finding_id, unit_code, beneficiary_name, amount_at_stake, person_key from case_record where code = $1 and step = 'new' and unit_code is not null and ${where} order by urgency desc, case_number limit 1`, [code])
  if (row === undefined) throw new Error(`no ${code} is left`)
  return row
}

const standing = async (findingId: string) => (await province().database.query<{ step: string; resolution: string | null; amount: string | null }>("select c.step, c.resolution, e.amount::text as amount from case_record c left join case_event e on e.finding_id = c.finding_id and e.event_number = c.appraisal_number where c.finding_id = $1", [findingId]))[0]

/** Writes down a decision in the form of the case. */
async function appraise(page: Page, { resolution, amount, comment }: { readonly resolution: string; readonly amount?: string; readonly comment: string }): Promise<void> {
  await page.getByLabel(resolution, { exact: true }).check()
  if (amount !== undefined) await page.getByLabel('Số tiền chi bổ sung, thu hồi, trừ hoặc xóa').fill(amount)
  await page.getByLabel('Vì sao', { exact: true }).fill(comment)
  await page.getByRole('button', { name: 'Gửi phê duyệt' }).click()
}

describe('a returned payment', () => {
  test('goes from the queue to its answer, a second person approving, with the file that shows it', async () => {
    const { finding_id: id, unit_code: unit, beneficiary_name: name, amount_at_stake: stake } = await caseOf('returned')
    const officer = await sitsDown(['officer'], { unit })
    const { page } = officer
    await page.goto(`${origin()}/queue`)
    // Typed as one types in a hurry.
    await page.getByLabel('Tìm', { exact: true }).fill(name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase())
    await page.getByRole('button', { name: 'Lọc', exact: true }).click()
    await page.waitForURL(/\/queue\?q=/)
    await look(page, 'queue-search-vi-1280')
    await page.locator(`a[href="/cases/${id}"]`).click()
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor()
    await look(page, 'case-new-vi-1280')

    // Without a decision it is not taken, and says so beside the field; what was typed stays.
    await page.getByLabel('Vì sao', { exact: true }).fill('Tài khoản đã đóng, người dân mở lại ngày 20/10')
    await page.getByRole('button', { name: 'Gửi phê duyệt' }).click()
    await page.getByRole('alert').getByText('Chọn một kết luận.').waitFor()
    expect(await page.getByLabel('Vì sao', { exact: true }).inputValue()).toContain('mở lại')
    await appraise(page, { resolution: 'Chi bổ sung cho đủ', comment: 'Tài khoản đã đóng, người dân mở lại ngày 20/10' })
    await page.getByText('Đang chờ người khác phê duyệt.').waitFor()

    const evidence = join(folder, 'giấy báo.pdf')
    writeFileSync(evidence, '%PDF-1.4 giấy báo của ngân hàng')
    await page.getByText('Ghi chú và căn cứ').click()
    await page.getByLabel('Tệp căn cứ').setInputFiles(evidence)
    await page.getByRole('button', { name: 'Lưu' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'giấy báo.pdf' }).click()
    expect(readFileSync(await (await downloading).path(), 'utf8')).toBe('%PDF-1.4 giấy báo của ngân hàng')

    const approver = await sitsDown(['approver'], { unit })
    await approver.page.goto(`${origin()}/queue?step=appraised`)
    await approver.page.locator(`a[href="/cases/${id}"]`).click()
    const panel = approver.page.locator('.tt-action')
    await panel.getByText('Bạn sắp phê duyệt').waitFor()
    expect(await panel.innerText()).toContain('Chi bổ sung cho đủ')
    expect((await panel.innerText()).replace(/\D/g, '')).toContain(stake)
    await look(approver.page, 'case-approve-vi-1280')
    await approver.page.getByRole('button', { name: 'Phê duyệt' }).click()
    await approver.page.waitForURL(`**/cases/${id}`)

    await page.reload()
    await page.getByLabel('Đã báo cho ai, bằng cách nào').fill('Đã báo cho bà tại nhà')
    await page.getByRole('button', { name: 'Trả kết quả' }).click()
    await page.getByRole('list', { name: 'Hồ sơ đang ở bước nào' }).getByText('Trả kết quả (bước hiện tại)').waitFor()
    expect(await standing(id)).toEqual({ step: 'answered', resolution: 'repaid', amount: stake })
    await page.goto(`${origin()}/queue`)
    expect(await page.locator(`a[href="/cases/${id}"]`).count()).toBe(0)
    for (const desk of [officer, approver]) {
      // The refusal was meant, and a download is no page.
      expect(desk.complaints.filter((text) => !text.includes('status of 400') && !text.includes('ERR_ABORTED'))).toEqual([])
      await desk.context.close()
    }
  })
})

describe('a double payment', () => {
  test('is recovered: not more than came too much, and never by one person alone', async () => {
    const { finding_id: id, unit_code: unit, amount_at_stake: stake } = await caseOf('paid_twice')
    const both = await sitsDown(['officer', 'approver'], { unit })
    const { page } = both
    await page.goto(`${origin()}/cases/${id}`)
    await appraise(page, { resolution: 'Thu hồi', amount: `${stake}0`, comment: 'Chi hai lần cùng tháng' })
    await page.getByRole('alert').getByText('Số tiền lớn hơn số tiền liên quan.').waitFor()
    await appraise(page, { resolution: 'Thu hồi', amount: stake.replace(/\B(?=(?:\d{3})+$)/g, '.'), comment: 'Chi hai lần cùng tháng' })
    // The one who prepared it sees why there is no button.
    await page.getByText('Bạn đã thẩm định hồ sơ này, nên người khác phải phê duyệt.').waitFor()
    expect(await page.getByRole('button', { name: 'Phê duyệt', exact: true }).count()).toBe(0)
    // And a request made by hand is refused, kindly.
    const [version] = await province().database.query<{ version: number }>('select version from case_record where finding_id = $1', [id])
    const forced = await both.app.request(`/cases/${id}/act`, { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: `kind=approve&version=${version?.version ?? 0}` })
    expect(forced.status).toBe(403)
    expect(await forced.text()).toContain('nên người khác phải phê duyệt')
    expect(await standing(id)).toEqual({ step: 'appraised', resolution: 'recovered', amount: stake })

    const approver = await sitsDown(['approver'], { unit })
    await approver.page.goto(`${origin()}/cases/${id}`)
    await approver.page.getByText('Trả lại', { exact: true }).first().click()
    await approver.page.getByLabel('Cần làm thêm gì').fill('Cần biên bản làm việc với gia đình')
    await approver.page.getByRole('button', { name: 'Trả lại' }).click()
    await approver.page.getByText('Cần biên bản làm việc với gia đình').waitFor()
    expect(await standing(id)).toMatchObject({ step: 'received' })
    await page.goto(`${origin()}/cases/${id}`)
    await appraise(page, { resolution: 'Thu hồi', amount: stake, comment: 'Kèm biên bản' })
    await approver.page.goto(`${origin()}/cases/${id}`)
    await approver.page.getByRole('button', { name: 'Phê duyệt' }).click()
    await approver.page.getByRole('list', { name: 'Hồ sơ đang ở bước nào' }).getByText('Phê duyệt (bước hiện tại)').waitFor()
    await page.goto(`${origin()}/cases/${id}`)
    await page.getByRole('button', { name: 'Trả kết quả' }).click()
    await page.waitForURL(`**/cases/${id}`)
    expect(await standing(id)).toEqual({ step: 'answered', resolution: 'recovered', amount: stake })
    for (const desk of [both, approver]) await desk.context.close()
  })
})

describe('a guardian’s mandate that has ended', () => {
  test('is seen with who receives and until when, and settled by a corrected list', async () => {
    const { finding_id: id, unit_code: unit } = await caseOf('mandate_expired')
    const officer = await sitsDown(['officer'], { unit }, 360)
    const { page } = officer
    await page.goto(`${origin()}/cases/${id}`)
    const mandates = page.getByRole('table', { name: 'Người nhận thay' })
    await mandates.getByText('đã hết hạn').first().waitFor()
    await look(page, 'case-mandate-vi-360')
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    await page.getByRole('button', { name: 'Nhận việc này' }).click()
    await page.getByText('Đã tiếp nhận').or(page.getByText('Tiếp nhận (bước hiện tại)')).first().waitFor()
    await appraise(page, { resolution: 'Đã sửa danh sách', comment: 'Ủy quyền mới đến 31/12/2027' })
    const approver = await sitsDown(['approver'], { unit })
    await approver.page.goto(`${origin()}/cases/${id}`)
    await approver.page.getByRole('button', { name: 'Phê duyệt' }).click()
    await approver.page.waitForURL(`**/cases/${id}`)
    expect(await standing(id)).toEqual({ step: 'approved', resolution: 'list_corrected', amount: '0' })
    for (const desk of [officer, approver]) await desk.context.close()
  })
})

describe('two officers on one case', () => {
  test('one wins; the other is told who, what and when, and has lost no word', async () => {
    const { finding_id: id, unit_code: unit } = await caseOf('unpaid')
    const [first, second] = [await sitsDown(['officer'], { unit, name: 'lan' }), await sitsDown(['officer'], { unit, name: 'minh' })]
    for (const desk of [first, second]) await desk.page.goto(`${origin()}/cases/${id}`)
    await appraise(first.page, { resolution: 'Chi bổ sung cho đủ', comment: 'Ngân hàng xác nhận chưa chuyển' })
    await appraise(second.page, { resolution: 'Không có sai sót', comment: 'Bà nói đã nhận đủ' })
    const told = second.page.getByRole('alert')
    await told.getByText('lan đã làm trước bạn: thẩm định').waitFor()
    expect(await second.page.getByLabel('Vì sao', { exact: true }).inputValue()).toBe('Bà nói đã nhận đủ')
    expect(await second.page.getByLabel('Không có sai sót', { exact: true }).isChecked()).toBe(true)
    await look(second.page, 'case-changed-vi-1280')
    expect(await standing(id)).toMatchObject({ step: 'appraised', resolution: 'repaid' })
    // By header as well, for programs.
    const stale = await second.app.request(`/cases/${id}/act`, { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded', 'if-match': '"0"' }, body: 'kind=receive' })
    expect(stale.status).toBe(412)
    expect((await second.app.request(`/cases/${id}`)).headers.get('etag')).toBe('"2"')
    for (const desk of [first, second]) await desk.context.close()
  })
})

describe('somebody else’s cases', () => {
  test('answer a bank and another commune exactly as what is not there', async () => {
    const { finding_id: id, unit_code: unit } = await caseOf('returned')
    const [elsewhere] = await province().database.query<{ unit_code: string }>('select unit_code from case_record where unit_code <> $1 limit 1', [unit])
    const strangers = [await province().as({ roles: ['officer'], unit: elsewhere?.unit_code ?? '' }), await province().as({ roles: ['bank'], agent: 970405 }), await province().as({ roles: ['administrator'] })]
    const missing = '0'.repeat(32)
    const same = (text: string, own: string): string => text.replaceAll(own, 'ID').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'REQUEST')
    for (const app of strangers) {
      for (const [path, method] of [['', 'GET'], ['/act', 'POST'], ['/note', 'POST'], ['/reveal', 'POST'], ['/evidence/1', 'GET']] as const) {
        const ask = async (one: string) => {
          const response = await app.request(`/cases/${one}${path}`, method === 'GET' ? {} : { method, headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: 'kind=receive&version=0&reason=audit&comment=x' })
          return { status: response.status, body: same(await response.text(), one), etag: response.headers.get('etag') }
        }
        const foreign = await ask(id)
        expect(foreign.status).toBe(404)
        expect(foreign).toEqual(await ask(missing))
      }
    }
    expect(await province().database.query("select 1 from trail_entry where subject = $1", [id])).toEqual([])
  })
})

describe('the desk', () => {
  test('is whole in three languages, wide and narrow, without a fault that a machine can find', async () => {
    const { finding_id: id } = await caseOf('wrong_account')
    for (const width of [1280, 360]) {
      const { page, context, complaints } = await sitsDown(['officer', 'payer'], {}, width)
      for (const language of ['vi', 'en', 'ar']) {
        for (const [path, name] of [['/queue', 'queue'], [`/cases/${id}`, 'case']] as const) {
          await page.goto(`${origin()}${path}?lang=${language}`)
          await look(page, `${name}-${language}-${width}`)
          expect(await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'), `${name} ${language} ${width}`).toBe(0)
        }
      }
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  test('can be worked by keyboard alone', async () => {
    const { finding_id: id, unit_code: unit } = await caseOf('paid_short')
    const { page, context } = await sitsDown(['officer'], { unit })
    await page.goto(`${origin()}/cases/${id}`)
    // Every control is reached by Tab, in an order in which the decision comes before its button.
    const reached: string[] = []
    for (let press = 0; press < 60 && !reached.includes('Gửi phê duyệt'); press += 1) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim()"))
      if (reached.at(-1)?.startsWith('resolution-')) {
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('ArrowUp')
      }
      if (reached.at(-1) === 'comment') await page.keyboard.type('Đã hỏi ngân hàng')
    }
    expect(reached.indexOf('comment')).toBeGreaterThan(reached.findIndex((one) => one.startsWith('resolution-')))
    await page.keyboard.press('Enter')
    await page.getByText('Đang chờ người khác phê duyệt.').waitFor()
    expect(await standing(id)).toMatchObject({ step: 'appraised', resolution: 'repaid' })
    await context.close()
  })
})

describe('a question to the bank', () => {
  test('goes out from the case, is answered on a phone, and the officer goes on from the answer', async () => {
    const { finding_id: id, unit_code: unit } = await caseOf('returned', 'creditor_agent is not null')
    const [agent] = await province().database.query<{ creditor_agent: number }>('select creditor_agent from case_record where finding_id = $1', [id])
    const officer = await sitsDown(['officer'], { unit })
    await officer.page.goto(`${origin()}/cases/${id}`)
    await officer.page.getByText(/^Hỏi /).first().click()
    await look(officer.page, 'question-ask')
    await officer.page.getByLabel('Câu hỏi').fill('Vì sao khoản này bị trả lại?')
    await officer.page.getByRole('button', { name: 'Gửi câu hỏi' }).click()
    await officer.page.getByText('Đã gửi câu hỏi cho ngân hàng.').waitFor()

    const bank = await sitsDown(['bank'], { agent: agent?.creditor_agent ?? null }, 360)
    await bank.page.goto(`${origin()}/bank/questions`)
    await look(bank.page, 'question-list-phone')
    await bank.page.getByRole('link', { name: 'Bị từ chối hoặc bị trả lại' }).click()
    await look(bank.page, 'question-one-phone')
    await bank.page.getByLabel('Tài khoản đã đóng').check()
    await bank.page.getByLabel('Nói thêm').fill('Đóng ngày 02/09.')
    await bank.page.getByRole('button', { name: 'Xem lại trước khi gửi' }).click()
    await look(bank.page, 'question-check-phone')
    await bank.page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await bank.page.getByText('Đã gửi câu trả lời.').waitFor()
    await bank.page.goto(`${origin()}/bank/score?lang=ar`)
    await look(bank.page, 'score-phone-ar')

    await officer.page.goto(`${origin()}/`)
    await officer.page.getByRole('link', { name: /Ngân hàng đã trả lời/ }).click()
    await officer.page.locator(`a[href="/cases/${id}"]`).click()
    await officer.page.getByText('Đóng ngày 02/09.').first().waitFor()
    await look(officer.page, 'question-answered')
    for (const { complaints, context } of [officer, bank]) {
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})
