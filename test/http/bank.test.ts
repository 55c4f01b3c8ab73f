/** A bank's own pages for files: dropped, looked over, handed in, read, corrected; and nobody else's. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFile, saveProfile } from '../../src/ingest/index.ts'
import { workOff } from '../../src/jobs/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(300)
const agent = 970436
const clock = stoppedClock('2026-11-01T20:00:00Z')
const origin = 'http://localhost'
let clerk: ReaderApp
let other: ReaderApp

const header = 'Mã lệnh,Chế độ,Tháng hưởng,Số định danh,Mã ngân hàng,Số tài khoản,Số tiền,Trạng thái,Ngày lệnh,Ngày ghi có,Ghi chú'
const line = (number: number, { amount = '540000', bank = `${agent}`, date = '2026-10-05' } = {}): string => `E2E-${number},BTXH,2026-10,00108700${`${number}`.padStart(4, '0')},${bank},0071${`${number}`.padStart(9, '0')},${amount},đã ghi có,${date},${date},x`
const csv = (...lines: readonly string[]): string => `\ufeff${[header, ...lines, ''].join('\r\n')}`
const troubled = csv(line(1), line(2, { amount: '1.350.000' }), line(3), line(4, { bank: '970405' }))

beforeAll(async () => {
  clerk = await province().as({ roles: ['bank'], agent, name: 'clerk' })
  other = await province().as({ roles: ['bank'], agent: 970405, name: 'other-clerk' })
})

function form(content: string | Uint8Array<ArrayBuffer>, fields: Readonly<Record<string, string>> = {}, name = 'chi trả 10.csv'): FormData {
  const body = new FormData()
  for (const [key, value] of Object.entries(fields)) body.set(key, value)
  body.set('file', new File([content], name))
  return body
}
const drop = (content: string | Uint8Array<ArrayBuffer>, fields: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> => clerk.request('/bank/files', { method: 'POST', body: form(content, fields), headers: { origin, ...headers } })
const press = (path: string, fields: Readonly<Record<string, string>> = {}, by = clerk): Promise<Response> => by.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin } })
const textOf = async (path: string, by = clerk): Promise<string> => {
  const response = await by.request(path)
  expect(response.status, path).toBe(200)
  return (await response.text()).replace(/<[^>]+>/g, ' ').replaceAll('&quot;', '"').replace(/\s+/g, ' ')
}
const idIn = (response: Response): string => /\/bank\/files\/([0-9a-f-]{36})/.exec(response.headers.get('location') ?? '')?.[1] ?? ''
const takeIn = (): Promise<void> => workOff({ database: province().database, clock, dataDirectory: province().dataDirectory })
const uploads = async (): Promise<number> => parseInt((await province().database.query<{ count: string }>('select count(*) as count from upload'))[0]?.count ?? '', 10)
const heldFiles = (): string[] => readdirSync(join(province().dataDirectory, 'uploads'))

describe('a clerk of a bank', () => {
  test('is led to a page of their own, which says what waits, what is owed and until when withdrawals are reported', async () => {
    for (const [path, place] of [['/', '/bank'], ['/files', '/bank/files']] as const) expect((await clerk.request(path)).headers.get('location')).toBe(place)
    const { database } = province()
    const [unreported] = await database.query<{ count: string }>('select coalesce(sum(entitlement_count), 0)::text as count from clock_cell where creditor_agent = $1 and days is null', [agent])
    const page = await textOf('/bank')
    expect(page).toContain('Ngân hàng chưa gửi báo cáo rút tiền nào.')
    expect(page).toContain(`${unreported?.count ?? ''} khoản đã ghi có còn chờ báo cáo`)
    const expectations = `source,kind,scheme,deadline_day\n${agent},disbursement,,20\n${agent},withdrawal,,5\n970405,account_opening,,1\n`
    const path = join(province().dataDirectory, 'expected.csv')
    writeFileSync(path, expectations)
    const receipt = await ingestFile(database, { path }, { clock, dataDirectory: province().dataDirectory })
    await database.query('insert into published_file (file_id) values ($1)', [receipt.file_id])
    const told = await textOf('/bank')
    expect(told).toContain('Báo cáo chi trả: hạn 20/10/2026 đã qua mà chưa nhận được tệp nào.')
    expect(told).toMatch(/Báo cáo rút tiền 05\/11\/2026 chưa lần nào Thiếu: hạn 05\/10\/2026 đã qua/)
    expect(told).not.toContain('01/11/2026 chưa lần nào')
  })

  test('sees a file as understood, hands it in, reads what is wrong, corrects those lines alone and hands them in', async () => {
    const sent = await drop(troubled)
    expect(sent.status).toBe(303)
    const id = idIn(sent)
    const checked = await textOf(`/bank/files/${id}/check`)
    expect(checked).toContain('Tệp này được hiểu là: Báo cáo chi trả. 2 dòng đọc được, 2 dòng có lỗi.')
    expect(checked).toContain('Tổng tiền các dòng đọc được 1.080.000')
    expect(checked).toMatch(/Số tài khoản Số tài khoản creditor_account/)
    expect(checked).toMatch(/Ghi chú không dùng đến/)
    expect(checked).toContain('Đây là tài khoản của ngân hàng khác.')
    expect(checked).toContain('Đây là tệp đầu tiên của loại này.')
    // A look changes nothing.
    expect(await province().database.query('select 1 from source_file where source = $1', [`${agent}`])).toEqual([])

    expect((await press(`/bank/files/${id}/hand-in`)).headers.get('location')).toBe(`/bank/files/${id}`)
    expect(await textOf(`/bank/files/${id}`)).toContain('đang chờ đến lượt đọc')
    expect(await (await clerk.request(`/bank/files/${id}/state`)).json()).toMatchObject({ state: 'received', is_over: false })
    await takeIn()
    expect(await (await clerk.request(`/bank/files/${id}/state`)).json()).toMatchObject({ state: 'sealed', is_over: true })
    const result = await textOf(`/bank/files/${id}`)
    expect(result).toContain('Đã nhận 2 dòng. Còn 2 dòng phải sửa.')
    expect(result).toContain('2 đã nhận + 0 trùng + 2 lỗi + 0 bỏ qua = 4 dòng')
    expect(heldFiles()).toEqual([])

    const corrections = await (await clerk.request(`/bank/files/${id}/corrections`)).text()
    expect(corrections.trimEnd().split('\r\n').map((row) => row.split(',')[0]?.replace('\ufeff', ''))).toEqual(['Mã lệnh', 'E2E-2', 'E2E-4'])
    const again = idIn(await drop(corrections.replace('1.350.000', '1350000').replace('970405', `${agent}`)))
    expect(await textOf(`/bank/files/${again}/check`)).toContain('Cả 2 dòng đều đọc được, không có lỗi.')
    await press(`/bank/files/${again}/hand-in`)
    await takeIn()
    expect(await textOf(`/bank/files/${again}`)).toContain('Đã nhận 2 dòng. Không phải làm gì thêm.')
    const paper = await textOf(`/bank/files/${again}/acknowledgement`)
    const [stored] = await province().database.query<{ sha256: string }>('select sha256 from upload where upload_id = $1', [again])
    expect(paper).toContain(stored?.sha256)
    expect(paper).toContain('2 đã nhận + 0 trùng + 0 lỗi + 0 bỏ qua = 2 dòng')
  })

  test('who sends the same file twice is told so, and nothing changes', async () => {
    const id = idIn(await drop(troubled))
    expect(await textOf(`/bank/files/${id}/check`)).toContain('2 dòng đã có trong tệp gửi trước')
    await press(`/bank/files/${id}/hand-in`)
    await press(`/bank/files/${id}/hand-in`)
    await takeIn()
    expect(await textOf(`/bank/files/${id}`)).toContain('Lần gửi này không thay đổi gì')
  })

  test('throws a draft away, and nothing of it stays', async () => {
    const id = idIn(await drop(csv(line(20))))
    expect(heldFiles()).toEqual([id])
    expect((await press(`/bank/files/${id}/discard`)).headers.get('location')).toBe('/bank')
    expect(heldFiles()).toEqual([])
    expect(await textOf(`/bank/files/${id}`)).toContain('Tệp này đã bị bỏ')
    expect((await clerk.request(`/bank/files/${id}/check`)).headers.get('location')).toBe(`/bank/files/${id}`)
    expect((await clerk.request(`/bank/files/${id}/acknowledgement`)).status).toBe(404)
    await press(`/bank/files/${id}/hand-in`)
    expect(await textOf(`/bank/files/${id}`)).toContain('Tệp này đã bị bỏ')
    expect(await province().database.query('select kind, staff_id from trail_entry where subject = $1', [`upload ${id}`])).toEqual([{ kind: 'file_discarded', staff_id: clerk.staffId }])
  })

  test('chooses the kind where the columns leave it open, and states count and sum, which are held against the file', async () => {
    const open = `Mã ngân hàng,Số tài khoản\n${agent},0071000000001\n`
    const id = idIn(await drop(open))
    expect(await textOf(`/bank/files/${id}/check`)).toMatch(/Chưa thể nộp tệp này.*Đọc tệp theo cách khác/)
    expect(await textOf(`/bank/files/${id}/check?kind=withdrawal`)).toContain('Chưa thể nộp tệp này')
    expect((await clerk.request(`/bank/files/${id}/check?kind=beneficiary_list`)).status).toBe(400)
    expect((await clerk.request(`/bank/files/${id}/check?profile=nobody`)).status).toBe(404)
    await press(`/bank/files/${id}/discard`)
    const stated = idIn(await drop(csv(line(30)), { kind: 'disbursement', declared_count: '1', declared_sum: '540000' }))
    expect(await textOf(`/bank/files/${stated}/check`)).toMatch(/Số dòng đã khai 1, khớp.*Tổng tiền tệp ghi 540\.000, khớp/)
    await press(`/bank/files/${stated}/discard`)
    const wrong = idIn(await drop(csv(line(30)), { declared_count: '2' }))
    expect(await textOf(`/bank/files/${wrong}/check`)).toMatch(/Chưa thể nộp tệp này.*Số dòng đã khai: 2 ; đếm được: 1/i)
    await press(`/bank/files/${wrong}/discard`)
    const list = idIn(await drop('scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-10,001087000001,A,38001,540000\n'))
    expect(await textOf(`/bank/files/${list}/check`)).toContain('Ngân hàng chỉ gửi ba loại tệp')
    await press(`/bank/files/${list}/discard`)
  })

  test('has a file of its own layout read by a saved profile, looked over and handed in as it was looked over', async () => {
    const { database } = province()
    await saveProfile(database, 'ngan-hang-a', { kind: 'withdrawal', columns: { BIN: 'creditor_agent', TK: 'account_number', 'Rút': 'first_withdrawal_at', 'Chốt': 'reported_through_date', 'Phòng': null } }, clock)
    const own = `BIN;TK;Rút;Chốt;Phòng\n${agent};0071000000001;2026-10-08;2026-10-31;x\n${agent};0071000000002;;2026-10-31;x\n`
    const id = idIn(await drop(own))
    expect(await textOf(`/bank/files/${id}/check`)).toMatch(/Chưa thể nộp tệp này.*Mẫu cột riêng Không dùng ngan-hang-a/)
    const read = await textOf(`/bank/files/${id}/check?profile=ngan-hang-a`)
    expect(read).toContain('Tệp này được hiểu là: Báo cáo rút tiền. Cả 2 dòng đều đọc được')
    expect(read).toContain('Phòng bỏ qua theo mẫu cột')
    await press(`/bank/files/${id}/hand-in`, { profile: 'ngan-hang-a' })
    await takeIn()
    expect(await textOf(`/bank/files/${id}`)).toContain('Đã nhận 2 dòng.')
    // One that was saved for another bank is none here: not in a list, not by name, not in the background.
    await saveProfile(database, 'cua-rieng', { kind: 'withdrawal', columns: { BIN: 'creditor_agent', TK: 'account_number', 'Chốt': 'reported_through_date' } }, clock, '970405')
    const foreign = idIn(await drop(own.replace('0071000000001', '0071000000003')))
    expect(await textOf(`/bank/files/${foreign}/check`)).not.toContain('cua-rieng')
    const [theirs, nobodys] = await Promise.all(['cua-rieng', 'khong-co'].map((name) => clerk.request(`/bank/files/${foreign}/check?profile=${name}`)))
    expect([theirs?.status, (await theirs?.text())?.replaceAll('cua-rieng', '')]).toEqual([404, (await nobodys?.text())?.replaceAll('khong-co', '')])
    expect((await press(`/bank/files/${foreign}/hand-in`, { profile: 'cua-rieng' })).status).toBe(404)
    expect((await drop(own, { profile: 'cua-rieng' })).status).toBe(400)
    expect(await textOf('/bank', other)).toContain('cua-rieng')
    await database.query("update upload set status = 'received', declared_profile = 'cua-rieng' where upload_id = $1", [foreign])
    await database.query("select enqueue_job('take_in_upload', jsonb_build_object('upload_id', $1::text), $2, $1)", [foreign, `bank-${agent}`])
    await takeIn()
    expect(await database.query("select status, refusal ->> 'code' as code from upload where upload_id = $1", [foreign])).toEqual([{ status: 'refused', code: 'profile_unknown' }])
    // What was refused before it was a file has no other place.
    rmSync(join(province().dataDirectory, 'uploads', foreign))
    expect(await textOf('/bank')).toContain('Ngân hàng đã báo cáo rút tiền đến hết ngày 31/10/2026.')
  })

  test('looks as often as wanted: a draft is read once for all who ask, and two others of the bank wait no longer than that', async () => {
    const { database } = province()
    const readings = async (): Promise<number> => parseInt((await database.query<{ last: string }>('select last_value as last from file_id_sequence'))[0]?.last ?? '', 10)
    const id = idIn(await drop(csv(line(61)), { kind: 'disbursement' }))
    const before = await readings()
    for (const page of await Promise.all(Array.from({ length: 12 }, () => textOf(`/bank/files/${id}/check`)))) expect(page).toContain('Cả 1 dòng đều đọc được')
    expect(await readings()).toBe(before + 1)
    // Six ways to read it at once: one is read, one waits, the others are asked to come back; and come back to find it read.
    const ways = ['kind=', 'kind=withdrawal', 'kind=account_opening', 'kind=disbursement&profile=', 'profile=ngan-hang-a', 'kind=&profile=ngan-hang-a']
    const pages = await Promise.all(ways.map((way) => textOf(`/bank/files/${id}/check?${way}`)))
    expect(pages.filter((page) => page.includes('Chưa đọc xong tệp')).length).toBeGreaterThan(0)
    expect(await readings()).toBeLessThanOrEqual(before + 3)
    // By its header again, after a kind was said.
    const [, choices = ''] = /<select[^>]*name="kind"([\s\S]*?)<\/select>/.exec(await (await clerk.request(`/bank/files/${id}/check?kind=`)).text()) ?? []
    expect(choices).not.toContain('selected')
    await press(`/bank/files/${id}/hand-in`, { kind: '', profile: '' })
    expect(await database.query('select declared_kind, status from upload where upload_id = $1', [id])).toEqual([{ declared_kind: null, status: 'received' }])
    await takeIn()
  })

  test('is kept from filling the disk with files that nobody hands in', async () => {
    const { database } = province()
    await database.query("insert into upload (upload_id, source, staff_id, channel, file_name, size_bytes, sha256, received_at, status) select 'draft-' || n, $1, $2, 'page', 'draft.csv', 1, 'x', '2026-10-01T00:00:00Z', 'draft' from generate_series(1, 67) n", [`${agent}`, clerk.staffId])
    const refused = await drop(csv(line(60)))
    expect([refused.status, (await refused.text()).includes('50 tệp đã tải lên mà chưa nộp')]).toEqual([429, true])
    expect(await textOf('/bank')).toMatch(/Tệp chưa nộp 67 /)
    // And as any other file counts among what a bank may hand in within an hour.
    const busy = await province().as({ roles: ['bank'], agent: 970415, name: 'busy-clerk' })
    await database.query("insert into api_attempt (key, points, expire) values ('hour:970415', 1000, 32503680000000)")
    const often = await busy.request('/bank/files', { method: 'POST', body: form(csv(line(60))), headers: { origin } })
    expect([often.status, often.headers.get('retry-after') !== null, (await often.text()).includes('quá nhiều tệp trong một giờ')]).toEqual([429, true, true])
    await database.query("delete from upload where upload_id like 'draft-%'")
  })

  test('hands in a large file without seeing it first', async () => {
    const id = idIn(await drop(Buffer.alloc(8_388_609, 'x')))
    expect(await textOf(`/bank/files/${id}/check`)).toContain('không xem trước ở đây')
    await press(`/bank/files/${id}/discard`)
  })

  test('is told what is wrong with a form, and nothing of it is kept', async () => {
    const before = await uploads()
    const boundary = 'b'
    const whole = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${troubled}\r\n--b--\r\n`
    const raw = (body: string): Promise<Response> => clerk.request('/bank/files', { method: 'POST', body, headers: { origin, 'content-type': `multipart/form-data; boundary=${boundary}` } })
    const faults = [
      [await drop(''), 400, 'Tệp này trống'], [await raw(whole.slice(0, -6)), 400, 'bị ngắt giữa chừng'], [await raw('nothing'), 400, 'bị ngắt giữa chừng'],
      [await clerk.request('/bank/files', { method: 'POST', body: form('', {}, ''), headers: { origin } }), 400, 'Chưa chọn tệp nào'],
      [await drop(troubled, { kind: 'beneficiary_list' }), 400, 'Loại tệp hoặc mẫu cột này không có'], [await drop(troubled, { declared_count: 'x' }), 400, 'Số dòng chỉ gồm chữ số'], [await drop(troubled, { declared_sum: '1e5' }), 400, 'Tổng tiền chỉ gồm chữ số'],
    ] as const
    for (const [response, status, sentence] of faults) {
      expect(response.status, sentence).toBe(status)
      expect(await response.text()).toContain(sentence)
    }
    // What was typed is still there: one field is wrong, the others need not be typed again.
    expect(await (await drop(troubled, { kind: 'withdrawal', declared_count: '12', declared_sum: '1.000' })).text()).toMatch(/<details[^>]* open>[\s\S]*value="withdrawal" selected[\s\S]*name="declared_count"[^>]*value="12"[\s\S]*name="declared_sum"[^>]*value="1.000"/)
    expect(await uploads()).toBe(before)
    expect(heldFiles()).toEqual([])
    // A script is given the address alone.
    const asked = await drop(csv(line(40)), {}, { accept: 'application/json, text/html' })
    expect(asked.status).toBe(201)
    const { location } = await asked.json() as { location: string }
    expect(location).toMatch(/^\/bank\/files\/[0-9a-f-]{36}\/check$/)
    await press(location.replace('check', 'discard'))
    const foreign = await clerk.request('/bank/files', { method: 'POST', body: form(troubled), headers: { origin: 'https://elsewhere.example' } })
    expect(foreign.status).toBe(403)
  })

  test('finds every file again, page by page and by state, and takes the list away', async () => {
    const { database } = province()
    for (let number = 0; number < 60; number += 1) await database.query("insert into upload (upload_id, source, staff_id, channel, file_name, size_bytes, sha256, received_at, status, finished_at) values ($1, $2, $3, 'api', $4, 1, 'x', '2026-10-01T00:00:00Z', 'failed', '2026-10-01T00:00:00Z')", [`00000000-0000-4000-8000-${`${number}`.padStart(12, '0')}`, `${agent}`, clerk.staffId, `old-${number}.csv`])
    const names: string[] = []
    for (let path: string | undefined = '/bank/files'; path !== undefined;) {
      const page: string = await (await clerk.request(path)).text()
      names.push(...[...page.matchAll(/href="\/bank\/files\/([0-9a-f-]{36}|\d+)(?:\/check)?"/g)].map((match) => match[1] ?? ''))
      path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    const [all] = await database.query<{ count: string }>("select count(*) as count from upload where source = $1 and status <> 'discarded'", [`${agent}`])
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBe(parseInt(all?.count ?? '', 10))
    expect((await textOf('/bank/files?state=sealed&kind=disbursement')).match(/Đã nhận \d\d\/\d\d/g)?.length).toBe(4)
    expect(await textOf('/bank/files?state=draft')).toContain('Không có tệp nào như vậy.')
    for (const query of ['state=x', 'kind=beneficiary_list', 'before=2026-99-99T00:00:00Z_1', "before=';"]) expect((await clerk.request(`/bank/files?${query}`)).status, query).toBe(400)
    expect((await (await clerk.request('/bank/files.csv?state=failed')).text()).trimEnd().split('\r\n')).toHaveLength(61)
    await database.query("delete from upload where file_name like 'old-%'")
  })

  test('sees the systems and addresses of the own bank, and no secret', async () => {
    const { database } = province()
    for (const [bank, end] of [[agent, 'OWN1'], [970405, 'ELSE']] as const) {
      await database.query("insert into api_key (token_hash, token_end, staff_id, creditor_agent, slot, scopes, created_at, expires_at) values ($1, $2, $3, $4, 1, '{files:write}', '2026-10-01T00:00:00Z', '2027-10-01T00:00:00Z')", [`hash-${end}`, end, bank === agent ? clerk.staffId : other.staffId, bank])
      await database.query("insert into webhook_endpoint (endpoint_id, source, url, secret, kinds, created_at, created_by) values ($1, $2, $3, 'whsec_canary', '{file.sealed}', '2026-10-01T00:00:00Z', $4)", [`ep-${end}`, `${bank}`, `https://${end.toLowerCase()}.example/told`, clerk.staffId])
      await database.query("insert into mail_address (source, address, kinds, created_at, created_by) values ($1, $2, '{report.due}', '2026-10-01T00:00:00Z', $3)", [`${bank}`, `${end.toLowerCase()}@bank.example`, clerk.staffId])
    }
    const own = await textOf('/bank/keys')
    expect(own).toContain('…OWN1')
    expect(own).toContain('own1@bank.example')
    expect(own).not.toMatch(/ELSE|else|whsec|hash-/)
    const administrator = await province().as({ roles: ['administrator'], name: 'keeper-of-keys' })
    const every = await textOf('/administration/keys', administrator)
    expect(every).toMatch(/…OWN1[\s\S]*…ELSE|…ELSE[\s\S]*…OWN1/)
    expect(every).not.toMatch(/whsec|hash-/)
  })

  test('says where the bank is told, sees a secret once, and reaches no place of another bank', async () => {
    const { database } = province()
    const refused = await press('/bank/keys/mail', { mail: 'no address', 'mail-kinds': 'file.sealed' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('Ghi đúng một địa chỉ thư')
    const empty = await press('/bank/keys/mail', { mail: 'a@bank.example' })
    expect([empty.status, (await empty.text()).includes('Chọn ít nhất một loại tin.')]).toEqual([400, true])
    expect((await press('/bank/keys/mail', { mail: 'Team@Bank.example', language: 'en', 'mail-kinds': 'file.sealed' })).status).toBe(303)
    expect(await database.query("select address, language, kinds from mail_address where source = $1 and address like 'team%'", [`${agent}`])).toEqual([{ address: 'team@bank.example', language: 'en', kinds: ['file.sealed'] }])
    expect((await press('/bank/keys/mail/remove', { address: 'team@bank.example' }, other)).status).toBe(303)
    expect(await textOf('/bank/keys')).toContain('team@bank.example')
    expect((await press('/bank/keys/mail/remove', { address: 'team@bank.example' })).status).toBe(303)
    expect(await textOf('/bank/keys')).not.toContain('team@bank.example')
    for (const url of ['http://bank.example/', 'https://127.0.0.1/', 'nothing']) expect((await press('/bank/keys/webhooks', { url, 'webhook-kinds': 'file.sealed' })).status, url).toBe(400)
    const added = await press('/bank/keys/webhooks', { url: 'https://93.184.216.34/told', 'webhook-kinds': 'file.sealed' })
    expect(added.headers.get('cache-control')).toBe('no-store')
    expect(await added.text()).toMatch(/whsec_[\w+/=]{40}/)
    const page = await (await clerk.request('/bank/keys')).text()
    expect(page).not.toContain('whsec_')
    const [id] = (await database.query<{ endpoint_id: string }>("select endpoint_id from webhook_endpoint where url = 'https://93.184.216.34/told'")).map((row) => row.endpoint_id)
    expect(page).toContain(`/bank/keys/webhooks/${id ?? ''}/ping`)
    for (const act of ['ping', 'remove']) expect([(await press(`/bank/keys/webhooks/${id ?? ''}/${act}`, {}, other)).status, (await press(`/bank/keys/webhooks/${id ?? ''}/${act}`)).status], act).toEqual([404, 303])
    expect(await textOf('/bank/keys')).not.toContain('93.184.216.34/told webhook')
  })

  test('is given the templates of the three kinds', async () => {
    const page = await (await clerk.request('/bank/templates')).text()
    expect([...page.matchAll(/href="(\/templates\/[^"]+)"/g)].length).toBe(12)
  })
})

describe('another bank', () => {
  test('is told of a file what it is told of none, and changes nothing', async () => {
    const id = idIn(await drop(csv(line(50))))
    const missing = '00000000-0000-4000-8000-000000000000'
    for (const rest of ['', '/check', '/state', '/acknowledgement', '/annotated', '/corrections', '/problems.csv', '/problems.xlsx', '/problems/print']) {
      const [theirs, nobodys] = await Promise.all([other.request(`/bank/files/${id}${rest}`), other.request(`/bank/files/${missing}${rest}`)])
      expect([theirs.status, nobodys.status], rest).toEqual([404, 404])
      expect((await theirs.text()).replaceAll(id, '')).toBe((await nobodys.text()).replaceAll(missing, ''))
    }
    for (const act of ['hand-in', 'discard']) expect((await press(`/bank/files/${id}/${act}`, {}, other)).status, act).toBe(404)
    expect(await textOf('/bank/files', other)).toContain('Chưa gửi tệp nào.')
    expect(await province().database.query('select status from upload where upload_id = $1', [id])).toEqual([{ status: 'draft' }])
    const [file] = await province().database.query<{ file_id: string }>('select file_id from source_file where source = $1 order by file_id limit 1', [`${agent}`])
    expect((await clerk.request(`/bank/files/${file?.file_id ?? ''}`)).status).toBe(200)
    expect((await other.request(`/bank/files/${file?.file_id ?? ''}`)).status).toBe(404)
    const officer = await province().as({ roles: ['officer', 'payer'], name: 'no-bank' })
    expect((await officer.request('/bank')).status).toBe(403)
    expect((await officer.request(`/bank/files/${id}`)).status).toBe(404)
  })
})

test('nothing failed', () => {
  expect(province().failures).toEqual([])
})
