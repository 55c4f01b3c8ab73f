/** What the pages about visits promise, on a province that the product took in and worked out itself. */
import Papa from 'papaparse'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { outreachCodes, outreachPack, peopleInPack, personAddresses, publishedRun, uncoveredPeople, type OutreachPack, type PublishedRun } from '../../src/reports/index.ts'
import { languages, money } from '../../src/core/index.ts'
import { packDocument } from '../../src/http/outreach/pack-document.ts'
import { packCsv, packRows } from '../../src/http/outreach/pack-table.ts'
import { ingestText, useFolder } from '../ingest/helpers.ts'
import { useProvince } from './province.ts'

const province = useProvince(500)
const folder = useFolder()
const today = '2026-11-02'
let unit = ''

const query = <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> => province().database.query<R>(sql, values)

const csvOf = async (pack: OutreachPack, language: 'vi' | 'en' | 'ar'): Promise<string> => (await buffer(Readable.from(packCsv(pack, language)))).toString()

async function published(): Promise<PublishedRun> {
  const run = await publishedRun(province().database)
  if (run === null) throw new Error('nothing is published')
  return run
}

async function packOf(unitCode: string, more: { by?: 'village' | 'unit'; village?: string } = {}): Promise<OutreachPack> {
  return outreachPack(province().database, await published(), { unitCode, by: 'village', today, ...more })
}

beforeAll(async () => {
  unit = (await query<{ unit_code: string }>("select unit_code from finding where code = 'returned' group by 1 order by count(*) desc, 1 limit 1"))[0]?.unit_code ?? ''
})

describe('a pack', () => {
  test('names everybody of whom the run found something to be done at the door, once, with every reason and its money', async () => {
    const pack = await packOf(unit)
    const expected = await query<{ person_key: string; code: string; months: string; amount: string }>(
      'select person_key::text as person_key, code, count(*) as months, sum(amount_at_stake)::text as amount from finding where unit_code = $1 and code = any ($2) group by 1, 2', [unit, [...outreachCodes]])
    const people = pack.sections.flatMap((section) => section.people)
    expect(new Set(people.map(({ personKey }) => personKey)).size).toBe(people.length)
    const without = ['no_account', 'account_lost', 'account_inactive']
    expect(people.flatMap(({ personKey, reasons }) => reasons.filter(({ code }) => !without.includes(code)).map(({ code, months, amount }) => `${personKey} ${code} ${months} ${amount}`)).sort())
      .toEqual(expected.map((row) => `${row.person_key} ${row.code} ${row.months} ${money.amountFromDatabase(row.amount)}`).sort())
    expect(people.length).toBeGreaterThan(5)
  })

  test('names everybody whom coverage counts as still without a usable account, and nobody twice over for it', async () => {
    const pack = await packOf(unit)
    const { rows, hasMore } = await uncoveredPeople(province().database, await published(), { benefitPeriod: '2026-10', unit }, null, 1000)
    expect(hasMore).toBe(false)
    expect(rows.length).toBeGreaterThan(0)
    const account = ['unpaid_no_account', 'account_not_usable', 'no_account', 'account_lost', 'account_inactive']
    const reasonsOf = new Map(pack.sections.flatMap(({ people }) => people).map(({ personKey, reasons }) => [personKey, reasons.map(({ code }) => code).filter((code) => account.includes(code))]))
    expect(rows.filter(({ person_key: key }) => (reasonsOf.get(key) ?? []).length === 0)).toEqual([])
    for (const reasons of reasonsOf.values()) expect(reasons.filter((code) => !['unpaid_no_account', 'account_not_usable'].includes(code)).length * reasons.length).toBeLessThanOrEqual(1)
    const excused = rows[0]?.person_key ?? ''
    await ingestText(province().database, folder, `beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to\n${BigInt(excused).toString().padStart(12, '0')},force_majeure,QĐ 1,Chủ tịch,2026-01-01,2026-12-31\n`)
    const after = (await packOf(unit)).sections.flatMap(({ people }) => people).find(({ personKey }) => personKey === excused)
    expect(after?.reasons.some(({ code }) => code === 'no_account') ?? false).toBe(false)
    if (after !== undefined) expect(after.exemptUntil).toBe('2026-12-31')
  })

  test('goes the way: the nearest village first, then by number in its name; in a village by name; unknown distances last', async () => {
    const before = (await packOf(unit)).sections
    const villages = before.map(({ village }) => village)
    expect(villages.length).toBeGreaterThan(3)
    await ingestText(province().database, folder, `unit_code,village,distance_km,electricity,signal,cash_point_km\n${unit},${(villages[2] ?? '').toUpperCase()},0.01,không,yếu,31\n${unit},${villages[1] ?? ''},0.02,,,\n${unit},${villages[0] ?? ''},,,,\n`)
    const pack = await packOf(unit)
    expect(pack.sections.slice(0, 2).map(({ village, access }) => [village?.toUpperCase(), access?.distanceKm])).toEqual([[villages[2]?.toUpperCase(), '0.01'], [villages[1]?.toUpperCase(), '0.02']])
    expect(pack.sections.at(-1)).toMatchObject({ village: villages[0], access: { distanceKm: null } })
    const distances = pack.sections.slice(0, -1).map(({ access }) => Number(access?.distanceKm))
    expect(distances).toEqual([...distances].sort((one, other) => one - other))
    for (const { people } of pack.sections) {
      const names = people.map(({ name }) => (name ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd'))
      expect(names).toEqual([...names].sort())
    }
    const one = await packOf(unit, { village: villages[2] ?? '' })
    expect(one.sections).toHaveLength(1)
    const byUnit = await packOf(unit, { by: 'unit' })
    expect(byUnit.sections).toHaveLength(1)
    expect(peopleInPack(byUnit)).toBe(peopleInPack(pack))
  })

  test('shows the last four of an id and no category, in every language and format', async () => {
    const pack = await packOf(unit)
    const ids = pack.sections.flatMap(({ people }) => people.map(({ beneficiaryId }) => beneficiaryId))
    for (const language of languages) {
      const document = await packDocument(pack, language)
      const csv = await csvOf(pack, language)
      for (const id of ids) for (const text of [document, csv]) {
        expect(text).not.toContain(id)
        expect(text).toContain(id.slice(-4))
      }
      expect(document).not.toMatch(/<script|(?:src|href)=|@import|url\(/)
      expect(Papa.parse<string[]>(csv.slice(1), { skipEmptyLines: true }).data).toEqual(packRows(pack, language))
    }
  })

  test('tells no need that names an illness, and no formula to a spreadsheet', async () => {
    const [person] = await query<{ id: string; key: string; period: number }>("select identifier_text(person_key) as id, person_key::text as key, 202612 as period from finding where unit_code = $1 and code = 'returned' order by person_key limit 1", [unit])
    await ingestText(province().database, folder, `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,village,due_amount,needs\nBTXH,2026-12,${person?.id ?? ''},"=HYPERLINK(""http://x"")",${unit},Bản Mới,540000,no_phone;nhiễm HIV;Cần xe lăn\n`)
    await query('insert into published_file select max(file_id) from source_file')
    const found = (await packOf(unit)).sections.flatMap(({ people }) => people).find(({ personKey }) => personKey === person?.key)
    expect(found?.needs).toEqual(['no_phone', 'Cần xe lăn'])
    const line = (await csvOf(await packOf(unit), 'vi')).split('\r\n').find((row) => row.includes('HYPERLINK')) ?? ''
    expect(line).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(line).not.toMatch(/HIV/i)
    await query('delete from published_file where file_id = (select max(file_id) from source_file)')
  })
})

describe('the form', () => {
  const origin = 'http://localhost'
  let person = ''
  let key = ''
  beforeAll(async () => {
    const [found] = await query<{ key: string }>("select person_key::text as key from finding where unit_code = $1 and code = 'returned' order by person_key desc limit 1", [unit])
    key = found?.key ?? ''
    person = (await personAddresses(province().database)).of(key) ?? ''
  })
  const answers = { day: '1', month: '11', year: '2026', result: 'refused', evidence: '', note: 'Không muốn "thẻ", sợ mất\nphí', team: 'Tổ 2' }
  const post = (body: Record<string, string>, headers: Record<string, string> = { Origin: origin }): Response | Promise<Response> =>
    province().app.request('/outreach/results', { method: 'POST', body: new URLSearchParams({ person, ...body }), headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } })
  const visitCount = async (): Promise<string> => (await query<{ count: string }>('select count(*) as count from outreach_result_row where person_key = $1', [key]))[0]?.count ?? ''

  test('stores nothing before it was checked, and one line of a file after', async () => {
    const before = await visitCount()
    const checked = await post({ ...answers, step: 'check' })
    expect(checked.status).toBe(200)
    expect(await checked.text()).toContain('Kiểm tra trước khi lưu')
    expect(await visitCount()).toBe(before)
    const saved = await post({ ...answers, step: 'save' })
    expect(saved.status).toBe(303)
    const place = saved.headers.get('Location') ?? ''
    expect(place).toMatch(new RegExp(`^/outreach/results/${person}/\\d+$`))
    const fileId = place.split('/').at(-1) ?? ''
    expect(await query('select s.kind, s.source, s.status, r.result::text as result, r.note, r.team, r.visited_date from outreach_result_row r join source_file s using (file_id) where s.file_id = $1', [fileId]))
      .toEqual([{ kind: 'outreach_result', source: 'form', status: 'sealed', result: 'refused', note: 'Không muốn "thẻ", sợ mất phí', team: 'Tổ 2', visited_date: '2026-11-01' }])
    const again = await post({ ...answers, step: 'save' })
    expect(again.headers.get('Location')).toBe(`${place}?again=1`)
    expect(await visitCount()).toBe(String(Number(before) + 1))
    expect(await (await province().app.request(`${place}?again=1`)).text()).toContain('không ghi thêm lần nữa')
  })

  test.each([
    ['no result', { result: '' }, 'Chọn một kết quả', '#result-opened'],
    ['a result that is none', { result: 'asleep' }, 'Chọn một kết quả', '#result-opened'],
    ['a day that never was', { day: '31' }, 'Nhập ngày đến nhà bằng số', '#day'],
    ['a day to come', { day: '3' }, 'không thể sau hôm nay', '#day'],
    ['an exemption without evidence', { result: 'exempt' }, 'phải ghi căn cứ', '#evidence'],
    ['a note that is too long', { note: 'x'.repeat(501) }, 'Rút ngắn', '#note'],
    ['letters that were lost', { team: '\ufffd' }, 'Gõ lại', '#team'],
  ])('asks again for %s, keeps what was typed and stores nothing, whichever step is asked', async (_, change, sentence, target) => {
    const before = await visitCount()
    for (const step of ['check', 'save']) {
      const response = await post({ ...answers, ...change, step })
      const text = await response.text()
      expect(response.status).toBe(400)
      expect(text).toMatch(new RegExp(`govuk-error-summary.*href="${target}">[^<]*${sentence}`, 's'))
      expect(text).toContain('value="2026"')
    }
    expect(await visitCount()).toBe(before)
  })

  test('takes nothing that another site sends in the reader’s name', async () => {
    const before = await visitCount()
    for (const headers of [{}, { Origin: 'https://elsewhere.example' }, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }]) {
      const response = await post({ ...answers, day: '2', step: 'save' }, headers)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('không đến từ trang của hệ thống')
    }
    expect(await visitCount()).toBe(before)
    expect((await post({ ...answers, day: '2', step: 'save' }, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(303)
  })

  test('knows nobody under a made-up address', async () => {
    for (const address of ['A'.repeat(22), 'x', '']) {
      expect((await post({ ...answers, person: address, step: 'save' })).status).toBe(404)
    }
    expect((await province().app.request(`/outreach/results?person=${'A'.repeat(22)}`)).status).toBe(404)
    expect((await province().app.request('/outreach/results')).status).toBe(404)
  })

  test('puts no id into any address', async () => {
    const id = (await query<{ id: string }>('select identifier_text($1::bigint) as id', [key]))[0]?.id ?? ''
    for (const path of [`/outreach?unit=${unit}`, `/outreach/results?person=${person}`, '/outreach/conflicts']) expect(await (await province().app.request(path)).text()).not.toContain(id)
    expect(province().failures).toEqual([])
  })
})
