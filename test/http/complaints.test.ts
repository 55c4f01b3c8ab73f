/** A complaint from the desk to the letter and the text message; by file; and what others learn of it: nothing. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { followResult } from '../../src/cases/index.ts'
import { stoppedClock } from '../../src/core/index.ts'
import { voidFile } from '../../src/ingest/index.ts'
import { ingestText } from '../ingest/helpers.ts'
import { appOver, useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'
import { expectTallied } from '../helpers/tally.ts'

const province = useProvince(1500)

afterEach(() => expectTallied(province().database))
const origin = 'http://localhost'
const at = '2026-11-01T20:00:00Z'
const folder = mkdtempSync(join(tmpdir(), 'tantay-complaints-'))

/** A gateway that answers as it is told to, and remembers what it was handed. */
const gateway = { answers: [] as (number | 'hang')[], heard: [] as { readonly authorization: string | undefined; readonly body: { readonly to: string; readonly text: string; readonly reference: string } }[] }
let server: Server
let desk: ReaderApp
let officer: ReaderApp
let approver: ReaderApp
let person: { readonly person_key: string; readonly id: string; readonly name: string; readonly unit_code: string; readonly period: string }

const form = (fields: Readonly<Record<string, string>>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields), headers: { Origin: origin } })
const query = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => province().database.query<R>(text, values)
const page = async (app: ReaderApp, path: string): Promise<string> => {
  const response = await app.request(path)
  expect(response.status, path).toBe(200)
  return response.text()
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => { body += piece.toString() })
    request.on('end', () => {
      gateway.heard.push({ authorization: request.headers.authorization, body: JSON.parse(body) as (typeof gateway.heard)[number]['body'] })
      const answer = gateway.answers.shift() ?? 200
      if (answer === 'hang') return
      response.writeHead(answer).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const [found] = await query<typeof person>(`
    select l.person_key::text as person_key, identifier_text(l.person_key) as id, l.beneficiary_name as name, l.unit_code, to_char(l.benefit_period, 'FM0000"-"00') as period
    from entitlement_line l join published_clock c using (person_key, scheme_id, benefit_period) where c.is_paid and l.list_status = 'active' and l.person_key < 1000000000000
      and (select count(*) from entitlement_line o where o.person_key = l.person_key) = 1 order by l.person_key limit 1`)
  if (found === undefined) throw new Error('nobody is paid in this province')
  person = found
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
  const own = await appOver(province().database, folder, province().desk, { url, token: 'a-secret-token', timeoutMilliseconds: 400 })
  desk = await own.as({ roles: ['officer'], unit: person.unit_code, name: 'desk-officer' })
  officer = desk
  approver = await own.as({ roles: ['approver'], unit: person.unit_code, name: 'vice-chair' })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const answers = { otherMonth: '', scheme: '', words: '<b>Chưa</b> thấy tiền', cameBy: 'desk', wantedAnswer: 'text_message', phone: '0912 345 678', name: '' }

describe('a complaint taken at the desk', () => {
  let findingId = ''
  let address = ''

  test('begins with the person, by number or by a name without marks, of the unit alone', async () => {
    const byNumber = await desk.request('/complaints/find', form({ id: person.id, name: '' }))
    expect(byNumber.status).toBe(303)
    address = new URL(byNumber.headers.get('Location') ?? '', origin).searchParams.get('person') ?? ''
    expect(address).toMatch(/^[\w-]{22}$/)
    const plain = person.name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()
    const byName = await (await desk.request('/complaints/find', form({ id: '', name: plain }))).text()
    expect(byName).toContain(`person=${address}`)
    expect(byName).not.toContain(person.id)
    const [elsewhere] = await query<{ name: string; unit_code: string; id: string }>('select beneficiary_name as name, unit_code, identifier_text(person_key) as id from entitlement_line where unit_code <> $1 and beneficiary_name not in (select beneficiary_name from entitlement_line where unit_code = $1) limit 1', [person.unit_code])
    expect(await (await desk.request('/complaints/find', form({ id: '', name: elsewhere?.name ?? '' }))).text()).toContain('Không tìm thấy')
    // Somebody of another commune and somebody who does not exist look the same.
    const [foreign, nobody] = await Promise.all([elsewhere?.id ?? '', '001087999999'].map(async (id) => {
      const there = (await desk.request('/complaints/find', form({ id, name: '' }))).headers.get('Location') ?? ''
      return (await page(desk, there)).replaceAll(new URL(there, origin).searchParams.get('person') ?? '', 'ADDRESS').replaceAll(id.slice(-4), 'LAST')
    }))
    expect(foreign).toBe(nobody)
  })

  test('asks again for what is missing, shows what is known of the month, and stores nothing before it is confirmed', async () => {
    const missing = await desk.request('/complaints/new', form({ ...answers, person: address, month: person.period, phone: '', step: 'check' }))
    expect(missing.status).toBe(400)
    expect(await missing.text()).toContain('Nhập số điện thoại để trả lời')
    const checked = await (await desk.request('/complaints/new', form({ ...answers, person: address, month: person.period, step: 'check' }))).text()
    expect(checked).toContain('Hệ thống biết gì về tháng')
    expect(checked).toContain('10 ngày làm việc')
    expect(checked).toContain('&lt;b&gt;Chưa&lt;/b&gt;')
    expect(await query('select 1 from complaint')).toEqual([])
  })

  test('is a case with the month’s money, ten working days and its own steps; the same press is the same case', async () => {
    const taken = await desk.request('/complaints/new', form({ ...answers, person: address, month: person.period, step: 'take' }))
    expect(taken.status).toBe(303)
    const [, id = ''] = /^\/cases\/([0-9a-f]{32})\?taken=1$/.exec(taken.headers.get('Location') ?? '') ?? []
    findingId = id
    const again = await desk.request('/complaints/new', form({ ...answers, person: address, month: person.period, step: 'take' }))
    expect(again.headers.get('Location')).toBe(`/cases/${findingId}?again=1`)
    expect(await query('select code, step, unit_code, beneficiary_name, opened_date, deadline_date, amount_at_stake > 0 as has_stake, version from case_record where finding_id = $1', [findingId]))
      .toEqual([{ code: 'complaint', step: 'new', unit_code: person.unit_code, beneficiary_name: person.name, opened_date: '2026-11-02', deadline_date: '2026-11-16', has_stake: true, version: 0 }])
    expect(await query('select came_by::text as came_by, wanted_answer::text as wanted_answer, phone, words, file_id from complaint')).toEqual([{ came_by: 'desk', wanted_answer: 'text_message', phone: '+84912345678', words: '<b>Chưa</b> thấy tiền', file_id: null }])
    expect(await page(desk, `/cases/${findingId}`)).toContain(person.name)
  })

  test('is not closed by the next result', async () => {
    await province().database.transaction((transaction) => followResult(transaction, { runId: '999', asOf: province().asOf, at }))
    expect(await query('select step, is_found from case_record where finding_id = $1', [findingId])).toEqual([{ step: 'new', is_found: true }])
  })

  test('is answered only after two persons; then by a letter in the language of the reader, without numbers or amounts', async () => {
    expect((await desk.request(`/cases/${findingId}/letter`)).status).toBe(409)
    expect((await desk.request(`/cases/${findingId}/message`, form({ press: 'a'.repeat(32), phone: '0912345678', language: 'vi' }))).status).toBe(409)
    await officer.request(`/cases/${findingId}/act`, form({ version: '0', kind: 'appraise', resolution: 'false_alarm', amount: '0', comment: 'Tiền đã vào tài khoản' }))
    await approver.request(`/cases/${findingId}/act`, form({ version: '2', kind: 'approve' }))
    expect(await query('select step from case_record where finding_id = $1', [findingId])).toEqual([{ step: 'approved' }])
    for (const [language, said] of [['vi', 'đã kiểm tra'], ['en', 'we checked'], ['ar', 'تحققنا']] as const) {
      const letter = await (await desk.request(`/cases/${findingId}/letter`, form({ language, place: '', found: '', next: '', ask: '' }))).text()
      const sheet = /<article[\s\S]*<\/article>/.exec(letter)?.[0] ?? ''
      expect(sheet.toLowerCase(), language).toContain(said)
      expect(sheet).toContain(`lang="${language}"`)
      expect(sheet).toContain(person.name)
      expect(sheet).not.toMatch(/\d{9}|[\d.,]+\s*(?:₫|VND)|0912/)
    }
    expect(await query("select count(*)::text as count from trail_entry where kind = 'letter_printed' and subject = $1", [`case ${findingId}`])).toEqual([{ count: '3' }])
  })

  const pressOn = async (): Promise<string> => /name="press" value="([0-9a-f]{32})"/.exec(/action="\/cases\/[0-9a-f]+\/message" novalidate>[\s\S]*/.exec(await page(desk, `/cases/${findingId}/message`))?.[0] ?? '')?.[1] ?? ''

  test('is answered by a text message that is sent once, however often the button is pressed', async () => {
    const press = await pressOn()
    const send = (): Promise<Response> => desk.request(`/cases/${findingId}/message`, form({ press, phone: '0912 345 678', language: 'vi' }))
    await Promise.all([send(), send(), send()])
    expect(gateway.heard).toHaveLength(1)
    const { authorization, body } = gateway.heard[0] ?? { authorization: '', body: { to: '', text: '', reference: '' } }
    expect({ authorization, to: body.to, reference: body.reference }).toEqual({ authorization: 'Bearer a-secret-token', to: '+84912345678', reference: press })
    expect(body.text).toContain(person.name)
    expect(body.text).not.toMatch(/\d{9}|₫/)
    expect(await page(desk, `/cases/${findingId}/message`)).toContain('Đã gửi')
    const trail = await query<{ details: object }>("select details from trail_entry where kind = 'message_sent'")
    expect(trail).toEqual([{ details: { to: '…678', language: 'vi', reference: press, attempts: 1 } }])
    expect(JSON.stringify(await query('select subject, reason, details from trail_entry'))).not.toMatch(/912345/)
  })

  test('a gateway that is busy is asked once more under the same reference; one that refuses is not', async () => {
    gateway.heard.length = 0
    gateway.answers.push(503, 200)
    const press = await pressOn()
    await desk.request(`/cases/${findingId}/message`, form({ press, phone: '0912 345 678', language: 'en' }))
    expect(gateway.heard.map(({ body }) => body.reference)).toEqual([press, press])
    gateway.answers.push(422)
    await desk.request(`/cases/${findingId}/message`, form({ press: await pressOn(), phone: '0912 345 678', language: 'en' }))
    expect(gateway.heard).toHaveLength(3)
    expect(await page(desk, `/cases/${findingId}/message`)).toContain('từ chối (mã 422)')
  })

  test('what failed is shown and can be tried again, as the same message', async () => {
    gateway.heard.length = 0
    gateway.answers.push('hang', 'hang')
    const press = await pressOn()
    await desk.request(`/cases/${findingId}/message`, form({ press, phone: '0987654321', language: 'vi' }))
    expect(await page(desk, `/cases/${findingId}/message`)).toContain('không trả lời kịp')
    await desk.request(`/cases/${findingId}/message/again`, form({ press }))
    await desk.request(`/cases/${findingId}/message/again`, form({ press }))
    expect(gateway.heard.map(({ body }) => body.reference)).toEqual([press, press, press])
    expect(await query('select state, attempts, failure from case_message where press = $1', [press])).toEqual([{ state: 'sent', attempts: 3, failure: null }])
  })

  test('is not there for another commune: not its letter, not its messages', async () => {
    const [elsewhere] = await query<{ unit_code: string }>('select unit_code from entitlement_line where unit_code <> $1 limit 1', [person.unit_code])
    const stranger = await province().as({ roles: ['officer'], unit: elsewhere?.unit_code ?? '' })
    for (const [path, init] of [['letter', undefined], ['message', undefined], ['message', form({ press: 'a'.repeat(32), phone: '0912345678', language: 'vi' })], ['message/again', form({ press: 'a'.repeat(32) })], ['letter', form({ language: 'vi' })]] as const) {
      const [foreign, missing] = [await stranger.request(`/cases/${findingId}/${path}`, init), await stranger.request(`/cases/${'0'.repeat(32)}/${path}`, init)]
      expect([foreign.status, (await foreign.text()).replaceAll(findingId, 'ID')]).toEqual([404, (await missing.text()).replaceAll('0'.repeat(32), 'ID')])
    }
    expect(await stranger.request(`/cases/${findingId}`).then(({ status }) => status)).toBe(404)
  })

  test('of somebody on no list is taken too, for the unit of whoever takes it', async () => {
    const there = (await desk.request('/complaints/find', form({ id: '001099000001', name: '' }))).headers.get('Location') ?? ''
    const unknown = new URL(there, origin).searchParams.get('person') ?? ''
    expect(await page(desk, there)).toContain('Không ai trong danh sách của đơn vị bạn có số này')
    const given = { ...answers, person: unknown, month: 'other', otherMonth: '10/2026', wantedAnswer: 'letter', phone: '' }
    expect((await desk.request('/complaints/new', form({ ...given, step: 'take' }))).status).toBe(400)
    const taken = await desk.request('/complaints/new', form({ ...given, name: 'Lò Thị Không', step: 'take' }))
    const [, id = ''] = /^\/cases\/([0-9a-f]{32})\?taken=1$/.exec(taken.headers.get('Location') ?? '') ?? []
    expect(await query('select unit_code, beneficiary_name, amount_at_stake::text as amount from case_record where finding_id = $1', [id])).toEqual([{ unit_code: person.unit_code, beneficiary_name: 'Lò Thị Không', amount: '0' }])
  })
})

describe('complaints in a file', () => {
  const clock = stoppedClock(at)
  const take = (text: string) => ingestText(province().database, folder, text)
  const follow = (): Promise<void> => province().database.transaction((transaction) => followResult(transaction, { runId: '999', asOf: province().asOf, at }))
  const casesOf = (key: string) => query<{ finding_id: string; step: string; version: number }>("select finding_id, step, version from case_record where person_key = $1 and code = 'complaint' order by case_number", [key])

  test('open a case each when a result is followed, once; a withdrawn file takes back what nobody began', async () => {
    const [one, other] = await query<{ key: string; id: string; unit_code: string }>('select distinct on (person_key) person_key::text as key, identifier_text(person_key) as id, unit_code from entitlement_line where person_key < 1000000000000 and person_key <> $1 and unit_code = $2 order by person_key limit 2', [person.person_key, person.unit_code])
    if (one === undefined || other === undefined) throw new Error('too few people')
    const receipt = await take(`beneficiary_id,benefit_period,complained_date,came_by,wanted_answer,phone,words\n${one.id},2026-10,2026-10-30,điện thoại,tin nhắn,0912345678,chưa có tiền\n${other.id},10/2026,30/10/2026,đơn,văn bản,,\n`)
    expect(receipt).toMatchObject({ kind: 'complaint', accepted: 2, problem_count: 0 })
    await follow()
    await follow()
    const opened = await casesOf(one.key)
    expect(opened).toEqual([{ finding_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown, step: 'new', version: 0 }])
    expect(await query('select deadline_date, opened_date, unit_code from case_record where finding_id = $1', [opened[0]?.finding_id])).toEqual([{ deadline_date: '2026-11-13', opened_date: '2026-10-30', unit_code: one.unit_code }])
    const worked = (await casesOf(other.key))[0]?.finding_id ?? ''
    await officer.request(`/cases/${worked}/act`, form({ version: '0', kind: 'receive' }))
    expect(await casesOf(other.key)).toMatchObject([{ step: 'received', version: 1 }])
    await voidFile(province().database, receipt.file_id ?? '', 'gửi nhầm', clock)
    await follow()
    expect(await casesOf(one.key)).toMatchObject([{ step: 'gone', version: 1 }])
    expect(await casesOf(other.key)).toMatchObject([{ step: 'received', version: 1 }])
    // The same complaint in another file is the same case again.
    await take(`beneficiary_id,benefit_period,complained_date\n${one.id},2026-10,2026-10-30\n`)
    await follow()
    expect(await casesOf(one.key)).toMatchObject([{ step: 'new', version: 2 }])
  })
})
