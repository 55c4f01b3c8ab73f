/** Today and the dashboards: each number is true, and leads to exactly its rows; each reader gets the page that is theirs. */
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { layOutTally } from '../../src/cases/index.ts'
import { languages, money } from '../../src/core/index.ts'
import * as reports from '../../src/reports/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(500)
let commune = ''
let top = ''
const readers: Record<'commune' | 'province' | 'country', ReaderApp | undefined> = { commune: undefined, province: undefined, country: undefined }

beforeAll(async () => {
  const { database, as, app } = province()
  const run = await reports.publishedRun(database)
  const units = await reports.unitsOf(database, run?.as_of ?? '')
  const [most] = await database.query<{ unit_code: string }>('select unit_code from case_record where unit_code is not null group by 1 order by count(*) desc, 1 limit 1')
  commune = units.today(most?.unit_code ?? '')
  top = units.province(commune)
  readers.commune = await as({ roles: ['officer', 'approver'], unit: commune })
  readers.province = await as({ roles: ['payer'], unit: top })
  readers.country = app
  // Some late, some long waiting, some prepared by a colleague.
  await database.query("update case_record set deadline_date = '2026-10-15' where case_number % 5 = 0")
  await database.query("update case_record set waiting_since = waiting_since - 200 where case_number % 7 = 0")
  // One is done with since the run, though the run's findings still name it.
  await database.query("update case_record set step = 'gone', closed_date = opened_date where finding_id = (select finding_id from case_record where unit_code = $1 and is_found order by urgency limit 1)", [commune])
  await layOutTally(database)
})

const read = (text: string): string => text.replace(/<[^>]+>/g, ' ').replaceAll('&amp;', '&').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')

async function textOf(reader: ReaderApp | undefined, path: string): Promise<string> {
  const response = await reader?.request(path)
  expect(response?.status, path).toBe(200)
  return (await response?.text()) ?? ''
}

/** How many cases the queue says it shows. */
async function counted(reader: ReaderApp | undefined, path: string): Promise<string> {
  const text = read(await textOf(reader, path))
  return /([\d.]+) trường hợp, số tiền/.exec(text)?.[1] ?? '0'
}

describe.each(['commune', 'province', 'country'] as const)('for a reader of the %s', (who) => {
  test('each number of the first page leads to as many cases', async () => {
    const text = await textOf(readers[who], '/')
    const tiles = [...text.matchAll(/<a class="tt-number[^"]*" href="([^"]+)">.*?tt-number__count" data-live="\w+">([\d.]+)</gs)].map((match) => ({ href: (match[1] ?? '').replaceAll('&amp;', '&'), count: match[2] ?? '' }))
    expect(tiles.length).toBeGreaterThanOrEqual(3)
    for (const { href, count } of tiles) if (!href.includes('step=appraised')) expect(await counted(readers[who], href), href).toBe(count)
    expect(tiles.filter(({ count }) => count !== '0').length).toBeGreaterThanOrEqual(2)
  })

  test('each number of the dashboard leads to as many cases', async () => {
    const text = await textOf(readers[who], '/dashboard')
    const links = [...text.matchAll(/<a class="govuk-link" href="(\/queue\?[^"]+|\/queue)">([\d.]+)<\/a>/g)].map((match) => ({ href: (match[1] ?? '').replaceAll('&amp;', '&'), count: match[2] ?? '' }))
    expect(links.length).toBeGreaterThan(4)
    for (const { href, count } of links) expect(await counted(readers[who], href), href).toBe(count)
    expect(links.some(({ href }) => href.includes('when=overdue')) && links.some(({ href }) => href.includes('since='))).toBe(true)
  })

  test('what is to be done leads to as many cases, narrowed to a scheme and a month too', async () => {
    for (const path of ['/dashboard', '/dashboard?scheme=BTXH&period=2026-10']) {
      const [, link, told] = /tt-to-do"><a class="govuk-link" href="([^"]+)">([\d.]+) trường hợp/.exec(await textOf(readers[who], path)) ?? []
      expect(await counted(readers[who], (link ?? '').replaceAll('&amp;', '&'))).toBe(told)
    }
  })

  test('each kind of finding leads to as many cases as are found', async () => {
    const text = await textOf(readers[who], '/dashboard')
    const section = text.slice(text.indexOf('id="findings"'))
    const rows = [...section.matchAll(/<a class="govuk-link" href="(\/queue\?[^"]+)">[^<]*<\/a><\/th>.*?data-label="Số trường hợp">([\d.]+)</gs)].map((match) => ({ href: (match[1] ?? '').replaceAll('&amp;', '&'), count: match[2] ?? '' }))
    expect(rows.length).toBeGreaterThan(3)
    for (const { href, count } of rows) expect(await counted(readers[who], href), href).toBe(count)
  })
})

describe('the dashboard', () => {
  test('of a commune is the same for its own reader and for the country that asks for it', async () => {
    const bare = (text: string): string => read(text.replace(/<header.*?<\/header>/s, '').replace(/<form.*?<\/form>/s, ''))
    expect(bare(await textOf(readers.commune, '/dashboard'))).toBe(bare(await textOf(readers.country, `/dashboard?unit=${commune}`)))
    expect(bare(await textOf(readers.province, `/dashboard?unit=${commune}`))).toBe(bare(await textOf(readers.country, `/dashboard?unit=${commune}`)))
  })

  test('closes: both bars end at one number, with unmatched money in the country’s alone', async () => {
    const country = await textOf(readers.country, '/dashboard')
    expect(country).toContain('code=ambiguous_payment,not_on_list')
    expect(await textOf(readers.province, '/dashboard')).not.toContain('code=ambiguous_payment,not_on_list')
    const { database } = province()
    const run = await reports.publishedRun(database)
    const units = await reports.unitsOf(database, run?.as_of ?? '')
    const { bridge } = await reports.resultsWithin(database, units.within(top))
    const due = money.add(...bridge.map((cell) => cell.due))
    expect(read(await textOf(readers.province, '/dashboard'))).toContain(due.replace(/\B(?=(?:\d{3})+$)/g, '.'))
  })

  test('is narrowed to a scheme and a month, and its links keep them', async () => {
    const text = await textOf(readers.province, '/dashboard?scheme=BTXH&period=2026-10')
    expect(text).toMatch(/href="\/queue\?[^"]*scheme=BTXH&amp;period=2026-10/)
    expect(text).toContain(`href="/time-to-cash?unit=${top}&amp;scheme=BTXH&amp;period=2026-10"`)
  })

  test('refuses an address that it cannot read', async () => {
    expect((await readers.country?.request('/dashboard?period=2026-13'))?.status).toBe(400)
  })

  test('is taken away as a table of places that adds up', async () => {
    const response = await readers.province?.request('/dashboard.csv')
    expect(response?.headers.get('content-disposition')).toMatch(/^attachment/)
    const { data } = Papa.parse<Record<string, string>>((await response?.text() ?? '').replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true })
    expect(data.length).toBeGreaterThan(3)
    const { database } = province()
    const units = await reports.unitsOf(database, '2026-11-01')
    const [sums] = await database.query<{ due: string; open: string }>("select (select sum(due_amount) from outcome_count where unit_code = any ($1) and outcome_class <> 'not_due')::text as due, (select count(*) from case_record where is_open and unit_code = any ($1))::text as open", [units.within(top)])
    const amounts = data.map((row) => row['Phải chi'] ?? '').filter((text) => text !== '')
    expect(money.add(...amounts)).toBe(money.amountFromDatabase(sums?.due ?? ''))
    expect(data.reduce((sum, row) => sum + Number(row['Còn mở']), 0)).toBe(Number(sums?.open))
    const workbook = Buffer.from(await (await readers.province?.request('/dashboard.xlsx'))?.arrayBuffer() ?? new ArrayBuffer(0))
    expect(workbook.subarray(0, 2).toString()).toBe('PK')
  })

  test.each(languages)('says everything in %s', async (language) => {
    for (const path of ['/', '/dashboard']) {
      const text = await textOf(readers.province, `${path}?lang=${language}`)
      expect(text).not.toMatch(/undefined|\[object|NaN|\$\{/)
      expect(text).toContain(`<html lang="${language}"`)
    }
  })
})

describe('the first page', () => {
  test('shows an approver what a colleague prepared, and nothing of their own', async () => {
    const { database } = province()
    const [one] = await database.query<{ finding_id: string; person_key: string }>('select finding_id, person_key from case_record where unit_code = $1 and version = 0 and amount_at_stake between 1 and 20000000 order by finding_id limit 1', [commune])
    const colleague = await province().as({ roles: ['officer'], unit: commune })
    const act = (reader: ReaderApp | undefined, body: Record<string, string>): Promise<Response> | undefined => reader?.request(`/cases/${one?.finding_id ?? ''}/act`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }, body: new URLSearchParams(body).toString() })
    expect(read(await textOf(readers.commune, '/'))).toContain('Chờ tôi phê duyệt 0')
    expect((await act(colleague, { kind: 'appraise', resolution: 'account_corrected', amount: '0', comment: 'Đã sửa', version: '0' }))?.status).toBe(303)
    const text = await textOf(readers.commune, '/')
    expect(read(text)).toContain('Chờ tôi phê duyệt 1')
    expect(text).toContain(`href="/cases/${one?.finding_id ?? ''}"`)
    expect(read(text)).toContain('Đề nghị: Đã sửa tài khoản, 0')
    // Prepared anew by the approver, it is theirs no longer to approve.
    expect((await act(readers.commune, { kind: 'appraise', resolution: 'false_alarm', amount: '0', comment: 'x', version: '2' }))?.status).toBe(303)
    expect(read(await textOf(readers.commune, '/'))).toContain('Chờ tôi phê duyệt 0')
    expect(await (await readers.commune?.request('/live'))?.json()).toMatchObject({ approve: 0 })
  })

  test('gives auditors and administrators what they may open, and no case', async () => {
    const { as } = province()
    for (const [reader, open] of [[await as({ roles: ['auditor'] }), '/dashboard'], [await as({ roles: ['administrator'] }), '/files']] as const) {
      const text = await textOf(reader, '/')
      const links = [...text.slice(text.indexOf('<main')).matchAll(/<li><a class="govuk-link" href="([^"]+)">/g)].map((match) => match[1] ?? '')
      expect(links).toContain(open)
      expect(text).not.toContain('tt-number')
      for (const link of links) expect((await reader.request(link)).status, link).toBe(200)
    }
  })

  test('says that a night failed, and that the numbers are of an earlier day', async () => {
    const { database } = province()
    expect(await textOf(readers.commune, '/')).not.toContain('tt-banner')
    await database.query("insert into run (as_of, status, started_at, failure) values ('2026-11-01', 'failed', '2026-11-01T18:00:00Z', 'secret detail')")
    const text = await textOf(readers.commune, '/')
    expect(read(text)).toContain('không thành. Các trang vẫn hiện kết quả tính đến hết ngày 31/10/2026')
    expect(text).not.toContain('secret detail')
    await database.query("delete from run where status = 'failed'")
  })
})
