/** Lists taken away: everything that is shown and nothing more, no cell a formula, each written into the trail. */
import { beforeAll, describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { readFilledTable } from '../../src/formats/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(800)
const origin = 'http://localhost'
const canaries = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1+1', '＝1+1', '  =1+1']
let officer: ReaderApp
let unit = ''

beforeAll(async () => {
  const { database } = province()
  const [most] = await database.query<{ unit_code: string }>('select unit_code from case_record where is_open and unit_code is not null group by unit_code order by count(*) desc limit 1')
  unit = most?.unit_code ?? ''
  officer = await province().as({ roles: ['officer'], unit, name: 'exporter' })
  const cases = await database.query<{ finding_id: string }>('select finding_id from case_record where is_open and unit_code = $1 order by case_number limit $2', [unit, canaries.length])
  for (const [index, canary] of canaries.entries()) await database.query('update case_record set beneficiary_name = $2 where finding_id = $1', [cases[index]?.finding_id, canary])
})

const take = async (app: ReaderApp, path: string): Promise<{ readonly rows: readonly string[][]; readonly text: string }> => {
  const response = await app.request(path)
  expect(response.status, path).toBe(200)
  const text = await response.text()
  return { rows: Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data, text }
}
const trail = () => province().database.query<{ subject: string; reason: string | null; details: { readonly format: string; readonly count: number; readonly filter: string; readonly numbers: string } }>("select subject, reason, details from trail_entry where kind = 'exported' order by entry_id desc limit 1").then((rows) => rows[0])
const counted = async (where: string): Promise<number> => parseInt((await province().database.query<{ count: string }>(`select count(*)::text as count from case_record where is_open and ${where}`))[0]?.count ?? '', 10)

describe('the queue', () => {
  test('comes as CSV with every case of the reader’s and of nobody else, numbers masked, and no cell that a spreadsheet would work out', async () => {
    const { rows, text } = await take(officer, '/queue.csv')
    expect(rows).toHaveLength((await counted(`unit_code = '${unit}'`)) + 1)
    expect(rows.flat().filter((cell) => /^[\s\u0000]*[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([])
    for (const canary of canaries) expect(rows.flat(), canary).toContain(`'${canary}`)
    expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/)
    expect(await trail()).toMatchObject({ subject: 'queue', reason: null, details: { format: 'csv', count: rows.length - 1, numbers: 'masked' } })
  })

  test('is narrowed as its address says, and what names a person there is not in the trail', async () => {
    const [name] = await province().database.query<{ name: string }>("select beneficiary_name as name from case_record where is_open and unit_code = $1 and beneficiary_name ~ '^[A-ZĐ]' limit 1", [unit])
    const { rows } = await take(officer, `/queue.csv?q=${encodeURIComponent(name?.name ?? '')}&code=returned,unpaid`)
    expect(rows.length - 1).toBeLessThan(await counted(`unit_code = '${unit}'`))
    const entry = await trail()
    expect(entry?.details.filter).toBe('q=%E2%80%A6&code=returned%2Cunpaid')
    expect(JSON.stringify(entry)).not.toContain(name?.name)
    expect((await officer.request('/queue.csv?code=%27;drop')).status).toBe(400)
  })

  test('as a workbook holds texts as texts and amounts as numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tantay-exports-'))
    const response = await officer.request('/queue.xlsx')
    expect(response.headers.get('Content-Disposition')).toContain('queue.xlsx')
    const path = join(folder, 'queue.xlsx')
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    const table = await readFilledTable(path, { isHeader: (cells) => cells.includes('Số hồ sơ'), typeOf: (cell) => (cell === 'Số tiền liên quan' ? 'amount' : 'text') }, 5000)
    expect(table.rows.flatMap(({ faults }) => [...faults.values()])).toEqual([])
    expect(table.rows.some(({ cells }) => cells.includes('=1+1'))).toBe(true)
    rmSync(folder, { recursive: true, force: true })
  })

  test('shows whole numbers only for a reason, which is written down', async () => {
    const send = (fields: Record<string, string>): Promise<Response> => officer.request('/queue/export?code=returned', { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: origin } })
    const refused = await send({ format: 'csv' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('Chọn một lý do')
    const given = await send({ format: 'csv', reason: 'visit' })
    expect(given.status).toBe(200)
    expect(await given.text()).toMatch(/(?<!\d)\d{12}(?!\d)/)
    expect(await trail()).toMatchObject({ reason: 'visit', details: { numbers: 'whole', filter: 'code=returned' } })
  })

  test('on paper names the same cases, and takes no name for a tag', async () => {
    await province().database.query("update case_record set beneficiary_name = '<script>alert(1)</script>' where beneficiary_name = '＝1+1'")
    const page = await (await officer.request('/queue/print')).text()
    expect(page.match(/<tr class="govuk-table__row">/g)?.length).toBe((await counted(`unit_code = '${unit}'`)) + 1)
    expect(page).toContain('&lt;script&gt;')
    expect(await trail()).toMatchObject({ details: { format: 'print' } })
  })
})

describe('files and their problems', () => {
  test('come whole for those who read any file, and a bank’s own for a bank', async () => {
    const payer = await province().as({ roles: ['payer'] })
    const [all] = await province().database.query<{ count: string }>("select count(*)::text as count from source_file where kind <> 'pack'")
    const { rows } = await take(payer, '/files.csv')
    expect(rows.length).toBeGreaterThan(parseInt(all?.count ?? '', 10))
    const [own] = await province().database.query<{ file_id: string }>("select file_id from source_file where kind = 'disbursement' order by file_id limit 1")
    await province().database.query("update source_file set source = '970436' where file_id = $1", [own?.file_id])
    const bank = await province().as({ roles: ['bank'], agent: 970436 })
    expect((await take(bank, '/files.csv')).rows.slice(1).map(([id]) => id)).toEqual([own?.file_id])
    const [troubled] = await province().database.query<{ file_id: string; count: string }>('select file_id, count(*)::text as count from problem group by file_id order by count(*) desc limit 1')
    const problems = await take(payer, `/files/${troubled?.file_id ?? ''}/problems.csv`)
    expect(problems.rows).toHaveLength(parseInt(troubled?.count ?? '', 10) + 1)
    expect(await trail()).toMatchObject({ subject: `file ${troubled?.file_id ?? ''} problems` })
    const [foreign, missing] = [await bank.request(`/files/${troubled?.file_id ?? ''}/problems.csv`), await bank.request('/files/99999999/problems.csv')]
    expect([foreign.status, missing.status]).toEqual([404, 404])
  })
})

test('the page of the trail tells an auditor in a sentence who did what, narrowed by who, what and about what, and looks at the last day of the chain', async () => {
  const auditor = await province().as({ roles: ['auditor'], name: 'reads-the-trail' })
  const doer = await province().as({ roles: ['officer'], name: 'took-a-list' })
  await take(doer, '/queue.csv?code=returned')
  const page = async (query: string): Promise<string> => (await auditor.request(`/trail${query}`)).text()
  const own = await page('?who=TOOK-A&kind=exported')
  expect(own).toMatch(/took-a-list[^:]*<\/a>: Tải danh sách – danh sách cần xử lý/)
  expect(own).not.toContain('Hệ thống:')
  expect(await page('?about=file%201&lang=en')).toContain('>file 1</a>')
  expect(await page('?kind=file_refused&lang=ar')).toContain('الملف')
  expect(await page('?from=2020-01-01&to=2020-01-02')).toContain('Không có việc nào khớp')
  const older = /href="(\/trail\?before=\d+)"/.exec(await page(''))
  expect(older === null).toBe((await province().database.query('select 1 from trail_entry limit 51')).length < 51)
  const check = (): Promise<string> => auditor.request('/trail/check', { method: 'POST', headers: { origin: 'http://localhost' } }).then((response) => response.text())
  expect(await check()).toContain('Nguyên vẹn từ việc thứ 1 đến')
  const [first] = await province().database.query<{ subject: string }>("update trail_entry set subject = 'another' where entry_id = (select entry_id from trail_link where sequence_number = 2) returning (select subject from trail_entry o where o.entry_id = trail_entry.entry_id)")
  expect(await check()).toContain('việc thứ 2')
  await province().database.query('update trail_entry set subject = $1 where entry_id = (select entry_id from trail_link where sequence_number = 2)', [first?.subject])
  expect(await province().database.query("select details ->> 'found' as found from trail_entry where kind = 'trail_checked' order by entry_id")).toEqual([{ found: 'whole' }, { found: 'content_changed' }])
  expect((await doer.request('/trail')).status).toBe(403)
})

test('the trail comes whole for an auditor, by day and kind, and is written down itself', async () => {
  const auditor = await province().as({ roles: ['auditor'], name: 'auditor-of-trail' })
  const { rows } = await take(auditor, '/trail.csv?from=2026-11-02&to=2026-11-02&kind=exported')
  const [count] = await province().database.query<{ count: string }>("select count(*)::text as count from trail_entry where kind = 'exported'")
  // The one that was just written is not in it.
  expect(rows).toHaveLength(parseInt(count?.count ?? '', 10))
  expect(rows[1]).toContain('Tải danh sách')
  expect((await take(auditor, '/trail.csv?to=2026-11-01&kind=exported')).rows).toHaveLength(1)
  expect((await auditor.request('/trail.csv?from=2026-02-30')).status).toBe(400)
  expect((await officer.request('/trail.csv')).status).toBe(403)
})

test('every list on paper leads back to a page that is there', async () => {
  const auditor = await province().as({ roles: ['auditor'] })
  const [one] = await province().database.query<{ finding_id: string }>('select finding_id from case_record where person_key >= 0 limit 1')
  const [file] = await province().database.query<{ file_id: string }>('select file_id from problem limit 1')
  for (const path of ['/queue/print?code=returned', '/files/print', '/trail/print', '/runs/print', `/cases/${one?.finding_id ?? ''}/people/print`, `/cases/${one?.finding_id ?? ''}/people/export`, `/files/${file?.file_id ?? ''}/problems/print`, '/queue/export?code=returned']) {
    const back = /class="govuk-back-link" href="([^"]+)"/.exec(await (await auditor.request(path)).text())?.[1] ?? ''
    expect((await auditor.request(back.replaceAll('&amp;', '&'))).status, `${path} → ${back}`).toBe(200)
  }
})

test('accounts come for administrators alone, without a secret', async () => {
  const administrator = await province().as({ roles: ['administrator'], name: 'keeper' })
  const { rows, text } = await take(administrator, '/administration.csv')
  expect(rows.length).toBe(parseInt((await province().database.query<{ count: string }>('select count(*)::text as count from staff'))[0]?.count ?? '', 10) + 1)
  expect(text).not.toMatch(/argon2|otpauth|token/)
  expect((await take(administrator, '/administration.csv?search=keeper')).rows.slice(1).map(([name]) => name)).toEqual(['keeper'])
  expect((await officer.request('/administration.csv')).status).toBe(403)
})

test('nothing failed', () => {
  expect(province().failures).toEqual([])
})

describe('whatever is taken away', () => {
  test('leaves a trail: measures, dashboards, packs for visits and the sender’s own file', async () => {
    const { app, database } = province()
    const [file] = await database.query<{ file_id: string }>("select file_id from source_file where problem_count > 0 and status = 'sealed' and format = 'csv' order by file_id limit 1")
    const tables = ['/dashboard', '/time-to-cash', '/ranking', '/banks', '/coverage', '/coverage/people', '/data-quality', '/data-quality/people', '/settlement', '/settlement/differences', '/settlement/entries', '/monthly-report', '/monthly-report/people', '/runs'].flatMap((path) => [`${path}.csv`, `${path}.xlsx`])
    // A new one is added to the list, and to the trail: only templates and public sheets are nobody's.
    const declared = app.declared.filter(({ method, path }) => method === 'GET' && /\.(?:csv|xlsx)$/.test(path)).map(({ path }) => path)
    expect(declared.filter((path) => !tables.includes(path) && !/^\/(?:queue|files|cases|trail|administration|bank)/.test(path))).toEqual([])
    const paths = [...tables.map((path) => (path.includes('people') ? `${path}?unit=${unit}` : path)), ...['html', 'xlsx', 'csv'].map((format) => `/outreach/pack.${format}?unit=${unit}`), `/files/${file?.file_id ?? ''}/annotated`]
    for (const path of paths) {
      const [before] = await database.query<{ count: string }>("select count(*) as count from trail_entry where kind = 'exported'")
      const response = await app.request(path)
      expect([response.status, response.headers.get('Content-Disposition')?.slice(0, 10)], path).toEqual([200, 'attachment'])
      await response.arrayBuffer()
      const [after] = await database.query<{ count: string }>("select count(*) as count from trail_entry where kind = 'exported'")
      expect(BigInt(after?.count ?? 0), path).toBe(BigInt(before?.count ?? 0) + 1n)
    }
    expect(await trail()).toMatchObject({ subject: `file ${file?.file_id ?? ''} annotated`, details: { count: null, numbers: 'whole' } })
  })
})
