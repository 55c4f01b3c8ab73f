/** Many cases at once: chosen in the list, or decided in a workbook; tried out before anything is done, and nothing lost. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { act } from '../../src/cases/index.ts'
import type { Reader } from '../../src/core/index.ts'
import { readFilledTable } from '../../src/formats/index.ts'
import { columnNamed, workbookHeader, type WorkbookColumn } from '../../src/http/many/workbook.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'
import { expectTallied } from '../helpers/tally.ts'
import { workbook as makeWorkbook } from '../helpers/workbook.ts'

const province = useProvince(6000)

afterEach(() => expectTallied(province().database))
const origin = 'http://localhost'
const at = '2026-11-01T20:00:00Z'

interface Case {
  readonly finding_id: string
  readonly case_number: string
  readonly version: number
  readonly unit_code: string
  readonly amount_at_stake: string
}

/** Open cases that nobody has touched, of the whole province or of a unit. */
function untouched(most: number, where = 'true'): Promise<Case[]> {
  return province().database.query<Case>(`select finding_id, case_number::text as case_number, version, unit_code, amount_at_stake::text as amount_at_stake from case_record where step = 'new' and version = 0 and amount_at_stake > 0 and unit_code is not null and ${where} order by case_number limit ${most}`)
}

const standing = async (ids: readonly string[]) => province().database.query<{ finding_id: string; step: string; version: number; resolution: string | null }>('select finding_id, step, version, resolution from case_record where finding_id = any ($1) order by case_number', [ids])
const form = (fields: readonly (readonly [string, string])[]): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])), headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' } })
const chosen = (cases: readonly Case[]): [string, string][] => cases.map(({ finding_id: id, version }) => ['case', `${id}~${version}`])
const textOf = async (app: ReaderApp, path: string): Promise<string> => {
  const response = await app.request(path)
  expect(response.status).toBe(200)
  return response.text()
}

let officer: ReaderApp
let approver: ReaderApp
beforeAll(async () => {
  officer = await province().as({ roles: ['officer'], name: 'officer-of-many' })
  approver = await province().as({ roles: ['approver'], name: 'approver-of-many' })
})

/** Somebody is faster: takes the case from under the officer. */
async function takeByAnother(findingId: string): Promise<void> {
  const other = await province().as({ roles: ['officer'], name: `faster-${findingId.slice(0, 6)}` })
  const reader: Reader = { staffId: other.staffId, userName: 'x', displayName: 'x', roles: ['officer'], unitCode: null, scopeLevel: 'country', creditorAgent: null }
  await province().desk.as(other.sessionHash).transaction((transaction) => act(transaction, { findingId, expectedVersion: 0, actor: reader, at, action: { kind: 'receive' } }))
}

describe('cases chosen in the list', () => {
  test('are previewed with their money before anything is saved, and done one by one', async () => {
    const cases = await untouched(5)
    const sent = await officer.request('/queue/act', form([...chosen(cases), ['query', 'code=returned'], ['action', 'appraise:repaid'], ['comment', 'Đã chi lại'], ['to', '']]))
    expect(sent.status).toBe(303)
    const place = sent.headers.get('Location') ?? ''
    const preview = await textOf(officer, place)
    expect(preview).toContain('5 hồ sơ sẽ thay đổi')
    const sum = cases.reduce((total, { amount_at_stake: amount }) => total + BigInt(amount.split('.')[0] ?? ''), 0n)
    expect(preview).toContain(sum.toString().replace(/\B(?=(?:\d{3})+$)/g, '.'))
    expect((await standing(cases.map(({ finding_id: id }) => id))).every(({ version }) => version === 0)).toBe(true)
    const confirmed = await officer.request(`${place}/confirm`, form([]))
    expect(confirmed.headers.get('Location')).toBe(place)
    expect(await textOf(officer, place)).toContain('Đã làm: 5 hồ sơ. Không làm được: 0.')
    expect(new Set((await standing(cases.map(({ finding_id: id }) => id))).map(({ step, version, resolution }) => `${step} ${version} ${resolution ?? ''}`))).toEqual(new Set(['appraised 2 repaid']))
    // The press of an impatient finger does nothing twice.
    await officer.request(`${place}/confirm`, form([]))
    expect((await standing(cases.map(({ finding_id: id }) => id))).every(({ version }) => version === 2)).toBe(true)
    const approved = await approver.request('/queue/act', form([...cases.map(({ finding_id: id }): [string, string] => ['case', `${id}~2`]), ['action', 'approve'], ['comment', '']]))
    await approver.request(`${approved.headers.get('Location') ?? ''}/confirm`, form([]))
    expect((await standing(cases.map(({ finding_id: id }) => id))).every(({ step }) => step === 'approved')).toBe(true)
  })

  test('that somebody changed meanwhile are refused and say what changed; the others are done', async () => {
    const cases = await untouched(3)
    const place = (await officer.request('/queue/act', form([...chosen(cases), ['action', 'receive'], ['comment', '']]))).headers.get('Location') ?? ''
    await takeByAnother(cases[1]?.finding_id ?? '')
    await officer.request(`${place}/confirm`, form([]))
    const result = await textOf(officer, place)
    expect(result).toContain('Đã làm: 2 hồ sơ. Không làm được: 1.')
    expect(result).toMatch(/faster-\w+ đã làm trước bạn: tiếp nhận/)
    expect((await standing(cases.map(({ finding_id: id }) => id))).map(({ version }) => version)).toEqual([1, 1, 1])
  })

  test('nobody approves many of their own appraisals', async () => {
    const both = await province().as({ roles: ['officer', 'approver'] })
    const cases = await untouched(2)
    const first = (await both.request('/queue/act', form([...chosen(cases), ['action', 'appraise:false_alarm'], ['comment', 'đúng rồi']]))).headers.get('Location') ?? ''
    await both.request(`${first}/confirm`, form([]))
    const second = (await both.request('/queue/act', form([...cases.map(({ finding_id: id }): [string, string] => ['case', `${id}~2`]), ['action', 'approve'], ['comment', '']]))).headers.get('Location') ?? ''
    const preview = await textOf(both, second)
    expect(preview).toContain('Không hồ sơ nào làm được việc này')
    expect(preview).toContain('người khác phải phê duyệt')
  })

  test('all of a filter are taken at once, and what to do is asked when it was not said', async () => {
    const [unit] = await province().database.query<{ code: string; count: string }>("select code, count(*) as count from case_record where is_open and code <> 'complaint' group by code having count(*) between 5 and 60 order by count(*) desc limit 1")
    const asked = await officer.request('/queue/act', form([['all', '1'], ['query', `code=${unit?.code ?? ''}`]]))
    expect(asked.status).toBe(200)
    const page = await asked.text()
    expect(page).toContain(`Làm gì với ${unit?.count ?? ''} hồ sơ đã chọn?`)
    expect(page.match(/name="case"/g)).toHaveLength(parseInt(unit?.count ?? '', 10))
  })

  test.each([
    ['nothing chosen', [['action', 'receive'], ['comment', '']], 'Chưa chọn hồ sơ nào'],
    ['no reason', [['case', `${'a'.repeat(32)}~0`], ['action', 'appraise:false_alarm'], ['comment', ' ']], 'Viết một câu vì sao'],
    ['what is no action', [['case', `${'a'.repeat(32)}~0`], ['action', 'drop'], ['comment', '']], 'Chọn việc cần làm'],
    ['what is another role’s', [['case', `${'a'.repeat(32)}~0`], ['action', 'approve'], ['comment', '']], 'Chọn việc cần làm'],
  ] as const)('%s is asked again', async (_, fields, sentence) => {
    const answer = await officer.request('/queue/act', form(fields))
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(sentence)
  })

  test('a batch is its maker’s alone, and a case of another unit is as one that does not exist', async () => {
    const cases = await untouched(2)
    const units = await province().database.query<{ unit_code: string }>("select unit_code from case_record where unit_code is not null and unit_code <> $1 and is_open group by unit_code order by count(*) desc limit 1", [cases[0]?.unit_code])
    const stranger = await province().as({ roles: ['officer'], unit: units[0]?.unit_code ?? '' })
    const own = (await officer.request('/queue/act', form([...chosen(cases), ['action', 'receive'], ['comment', '']]))).headers.get('Location') ?? ''
    for (const init of [undefined, form([])]) {
      const path = init === undefined ? own : `${own}/confirm`
      const [foreign, missing] = [await stranger.request(path, init), await stranger.request(path.replace(/\d+/, '999999999'), init)]
      expect([foreign.status, await foreign.text()]).toEqual([404, (await missing.text()).replaceAll('/999999999', own.slice(own.lastIndexOf('/')))])
    }
    const asked = await Promise.all([cases[0]?.finding_id ?? '', '0'.repeat(32)].map(async (id) => {
      const place = (await stranger.request('/queue/act', form([['case', `${id}~0`], ['action', 'receive'], ['comment', '']]))).headers.get('Location') ?? ''
      return (await textOf(stranger, place)).replaceAll(/batches\/\d+/g, 'batches/N')
    }))
    expect(asked[0]?.replaceAll(place(own), '')).toBe(asked[1]?.replaceAll(place(own), ''))
    expect(asked[0]).toContain('Không có hồ sơ nào mang số này')
    expect((await standing(cases.map(({ finding_id: id }) => id))).every(({ version }) => version === 0)).toBe(true)
  })
})

const place = (path: string): string => path.slice(path.lastIndexOf('/'))

describe('the workbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-many-'))
  test('goes out masked, comes back decided, and everything of it returns with what came of it', async () => {
    const [unit] = await province().database.query<{ unit_code: string }>("select unit_code from case_record where step = 'new' and version = 0 and unit_code is not null group by unit_code order by count(*) desc limit 1")
    const clerk = await province().as({ roles: ['officer'], name: 'clerk-of-excel' })
    const taken = await clerk.request('/queue/workbook/take', form([['format', 'xlsx'], ['numbers', 'masked'], ['reason', '']]))
    expect(taken.status).toBe(200)
    const path = join(folder, 'queue.xlsx')
    writeFileSync(path, Buffer.from(await taken.arrayBuffer()))
    const table = await readFilledTable(path, workbookHeader, 5000)
    const at = (column: WorkbookColumn): number => table.header.findIndex((cell) => columnNamed(cell) === column)
    const fresh = table.rows.filter(({ cells }) => cells[at('version')] === '0')
    expect(fresh.length).toBeGreaterThan(210)
    expect(JSON.stringify(table.rows)).not.toMatch(/\b0\d{11}\b/)
    // 200 false alarms in one sitting; three of them were changed by others meanwhile, and five rows are wrong in other ways.
    const rows = fresh.slice(0, 206).map(({ cells }, index) => {
      const filled = [...cells]
      filled[at('decision')] = ['Không có sai sót', 'false_alarm', 'False alarm'][index % 3] ?? ''
      filled[at('comment')] = '=HYPERLINK("http://x")'
      if (index === 200) filled[at('decision')] = 'Chắc là đúng'
      if (index === 201) filled[at('comment')] = ''
      if (index === 202) filled[at('amount')] = '1.350.000'
      if (index === 203) filled[at('case_number')] = '99999999'
      if (index === 204) filled[at('version')] = ''
      if (index === 205) filled[at('case_number')] = fresh[0]?.cells[at('case_number')] ?? ''
      return filled
    })
    // The first row is named twice: neither of the two stands.
    const numbers = rows.slice(1, 200).map((cells) => cells[at('case_number')] ?? '')
    const ids = (await province().database.query<{ finding_id: string }>('select finding_id from case_record where case_number = any ($1::bigint[]) order by case_number', [numbers])).map(({ finding_id: id }) => id)
    for (const number of [5, 50, 150]) await takeByAnother(ids[number] ?? '')
    const bytes = makeWorkbook({ sheets: [{ name: 'Hồ sơ', rows: [table.header, ...rows, ...table.rows.slice(206, 209).map(({ cells }) => cells)] }] })
    const upload = new FormData()
    upload.set('file', new File([new Uint8Array(bytes)], 'trả lại.xlsx'))
    const sent = await clerk.request('/queue/workbook', { method: 'POST', body: upload, headers: { Origin: origin } })
    expect(sent.status).toBe(303)
    const batch = sent.headers.get('Location') ?? ''
    const preview = await textOf(clerk, batch)
    expect(preview).toContain('196 hồ sơ sẽ thay đổi')
    expect(preview).toContain('10 hồ sơ không làm được')
    expect(preview).toContain('3 dòng không ghi quyết định')
    await clerk.request(`${batch}/confirm`, form([]))
    const result = await textOf(clerk, batch)
    expect(result).toContain('Đã làm: 196 hồ sơ. Không làm được: 10.')
    const after = await standing(ids)
    expect(after.filter(({ step, resolution }) => step === 'appraised' && resolution === 'false_alarm')).toHaveLength(196)
    expect(after.filter(({ step }) => step === 'received')).toHaveLength(3)

    const back = await clerk.request(`${batch}/result.xlsx`)
    writeFileSync(path, Buffer.from(await back.arrayBuffer()))
    const told = await readFilledTable(path, workbookHeader, 5000)
    expect(told.rows).toHaveLength(209)
    const outcome = (index: number): string => told.rows[index]?.cells[told.header.findIndex((cell) => columnNamed(cell) === 'result')] ?? ''
    expect([outcome(1), outcome(208)]).toEqual(['Đã làm', ''])
    expect([0, 200, 201, 202, 203, 204, 205].map(outcome)).toEqual([
      expect.stringContaining('ở hai dòng'), expect.stringContaining('không có trong danh sách'), expect.stringContaining('Viết một câu'), expect.stringContaining('chỉ bằng chữ số'), expect.stringContaining('Không có hồ sơ nào'), expect.stringContaining('phiên bản'), expect.stringContaining('ở hai dòng'),
    ])
    expect(told.rows.map(({ cells }) => cells.slice(0, table.header.length))).toEqual([...rows, ...table.rows.slice(206, 209).map(({ cells }) => cells)])
    // What was written cannot become a formula, in either file.
    const csv = await (await clerk.request(`${batch}/result.csv`)).text()
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(unit?.unit_code).not.toBe('')
    rmSync(folder, { recursive: true, force: true })
  }, 180_000)
})
