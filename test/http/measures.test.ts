/** What the pages of measures promise, on a province that the product took in and worked out itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { stoppedClock, strata, type Stratum } from '../../src/core/index.ts'
import { ingestFiles } from '../../src/ingest/index.ts'
import * as reports from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver, useProvince } from './province.ts'
import { groupsFile } from '../../src/http/measures/tables.ts'
import { groupName } from '../../src/http/measures/parts.ts'
import { viewIn, wordsIn } from './plots.ts'
import type { TimeToCashGroup } from '../../src/reports/index.ts'

const province = useProvince(1_500)
const everyPath = ['/time-to-cash', '/time-to-cash?by=age&and=sex', '/ranking', '/banks', '/coverage', '/data-quality']

async function page(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await province().app.request(path, { headers })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** Text as read, entities and marks of direction gone. */
function read(text: string): string {
  return wordsIn(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('\u00a0', ' ')
}

/** What a report says of the published run. */
async function asked<T>(ask: (run: reports.PublishedRun) => Promise<T>): Promise<T> {
  const run = await reports.publishedRun(province().database)
  if (run === null) throw new Error('nothing is published')
  return ask(run)
}

const vietnamese = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, '.')

function table(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  expect(errors).toEqual([])
  return data
}

describe('time to cash', () => {
  test('says half and nine of ten, how many were followed, and how many no bank has reported', async () => {
    const { everybody } = await asked((run) => reports.timeToCash(province().database, run, []))
    const { statistics } = everybody
    const text = read((await page('/time-to-cash')).text)
    expect(statistics.count).toBeGreaterThan(500)
    expect(statistics.not_reported_count).toBeGreaterThan(0)
    expect(text).toContain(`Một nửa có tiền trong tay trong ${String(statistics.median.days).replace('.', ',')} ngày`)
    expect(text).toContain(`${vietnamese(statistics.count)} khoản được theo dõi: ${vietnamese(statistics.withdrawn_count)} đã rút, ${vietnamese(statistics.censored_count)} chưa rút (tính đến ngày báo cáo)`)
    expect(text).toContain(`Thêm ${vietnamese(statistics.not_reported_count)} trong ${vietnamese(statistics.credited_count)} khoản`)
    const [clocks] = await province().database.query<{ reported: string }>("select count(*) as reported from published_clock where cash_event is not null and cash_event <> 'not_reported'")
    expect(clocks?.reported).toBe(String(statistics.count))
  })

  test.each([...strata])('tells people apart by %s, each group with its figures, the small ones without', async (stratum) => {
    const { groups } = await asked((run) => reports.timeToCash(province().database, run, [stratum]))
    const { status, text } = await page(`/time-to-cash?by=${stratum}`)
    expect(status).toBe(200)
    expect(text).not.toMatch(/NaN|undefined|\[object|Infinity/)
    const rows = [...(/<table class="govuk-table tt-cards tt-figures.*?<\/table>/s.exec(text)?.[0] ?? '').matchAll(/<tr class="govuk-table__row"><th scope="row".*?<\/tr>/gs)].map((match) => read(match[0]))
    expect(rows.length).toBe(Math.min(groups.length, 60))
    const small = groups.filter((group) => group.statistics.count < 5).length
    if (groups.length <= 60) expect(rows.filter((row) => row.includes('dưới 5')).length).toBe(small)
  })

  test('says whether groups differ by more than chance, as the test of the report has it', async () => {
    for (const stratum of ['age', 'sex', 'bank', 'distance'] as Stratum[]) {
      const { test: found } = await asked((run) => reports.timeToCash(province().database, run, [stratum]))
      const text = read((await page(`/time-to-cash?by=${stratum}`)).text)
      const isDifferent = Number(found?.log_rank.p) < 0.05
      expect(text.includes('Các nhóm khác nhau rõ hơn mức may rủi'), stratum).toBe(isDifferent)
      expect(text.includes('có thể chỉ do may rủi. Kiểm định') || text.includes('có thể chỉ do may rủi. “'), stratum).toBe(!isDifferent)
    }
  })

  test('looks at one of two strata of which one lies in the other, and says so', async () => {
    for (const path of ['/time-to-cash?by=unit&and=village', '/time-to-cash?by=province&unit=10003']) {
      const { status, text } = await page(path)
      expect(status, path).toBe(200)
      expect(read(text), path).toContain('Không chia cùng lúc được như vậy')
    }
    // One stratum is one, whichever field it was chosen in.
    expect((await page('/time-to-cash?and=age')).text).toContain('<option value="age" selected')
  })

  test('keeps the choice in the address, and refuses what it cannot read', async () => {
    const { text } = await page('/time-to-cash?by=sex&scheme=BTXH&period=2026-10')
    for (const chosen of ['sex', 'BTXH', '2026-10']) expect(text).toContain(`<option value="${chosen}" selected`)
    for (const query of ['by=shoe_size', 'period=2026-13', 'page=0', 'quality=nice']) expect((await page(`/time-to-cash?${query}`)).status, query).toBe(400)
  })
})

describe('the ranking', () => {
  test('calls different exactly those that are different after all were compared', async () => {
    const { groups } = await asked((run) => reports.timeToCash(province().database, run, ['unit']))
    const { text } = await page('/ranking')
    const rows = [...text.matchAll(/<tr class="govuk-table__row"><th scope="row".*?<\/tr>/gs)].map((match) => read(match[0]))
    expect(rows.length).toBe(groups.length)
    for (const group of groups) {
      const row = rows.find((one) => one.includes(` ${group.names[0] ?? group.values[0] ?? ''} `))
      const word = group.within_7_days?.isDifferent !== true ? 'Chưa thấy khác' : group.within_7_days.direction === 'below' ? 'Thấp hơn rõ rệt' : 'Cao hơn rõ rệt'
      expect(row, group.names[0] ?? '').toContain(word)
    }
    const below = groups.filter((group) => group.within_7_days?.isDifferent === true && group.within_7_days.direction === 'below').length
    expect(below).toBeGreaterThan(0)
    expect(read(text)).toContain(`${below} trong ${groups.length} nơi thấp hơn mức chung`)
    const shares = rows.map((row) => Number((/ (\d+,\d)% từ /.exec(row)?.[1] ?? '').replace(',', '.')))
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })
})

describe('the banks', () => {
  test('are shown with what they sent back out of what they were given', async () => {
    const banks = await asked((run) => reports.banks(province().database, run))
    const text = read((await page('/banks')).text)
    expect(banks.length).toBeGreaterThan(3)
    for (const bank of banks) {
      expect(text).toContain(bank.bank_name ?? bank.creditor_agent)
      expect(text).toContain(`${vietnamese(bank.rejected_count ?? 0)} / ${vietnamese(bank.payment_count ?? 0)}`)
    }
    const late = banks.filter((bank) => bank.transfer.comparison?.isDifferent === true && bank.transfer.comparison.direction === 'below')
    expect(late.length).toBeGreaterThan(0)
    expect(text).toContain('Ghi có chậm rõ rệt: ')
    for (const bank of late) expect(/Ghi có chậm rõ rệt: [^.]*\./.exec(text)?.[0]).toContain(bank.bank_name ?? bank.creditor_agent)
  })
})

describe('coverage', () => {
  test('is a share with its numerator and denominator, and leads to everybody who is left, by name', async () => {
    const period = await reports.currentPeriod(province().database)
    const { all, rows } = await asked((run) => reports.coverage(province().database, run, 'unit', { benefitPeriod: period ?? '' }))
    const { text } = await page('/coverage')
    expect(read(text)).toContain(`(${vietnamese(all.usable_count)} / ${vietnamese(all.covered_count)} người đang hưởng`)
    expect(read(text)).toContain(`Còn ${vietnamese(all.without_count)} người`)
    expect(all.without_count).toBeGreaterThan(50)
    const links = [...text.matchAll(/href="(\/coverage\/people\?[^"]+)"[^>]*>([\d.]+)</g)]
    expect(links.map((match) => Number((match[2] ?? '').replaceAll('.', '')))).toEqual(rows.filter((row) => row.without_count > 0).map((row) => row.without_count))
    const people = new Set<string>()
    for (let path: string | undefined = (/href="(\/coverage\/people\?unit=38[^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&'); path !== undefined; ) {
      const { status, text: list } = await page(path)
      expect(status).toBe(200)
      for (const [, address = ''] of list.matchAll(/href="(\/persons\/[\w-]{22})"/g)) people.add(address)
      path = /rel="next" href="([^"]+)"/.exec(list)?.[1]?.replaceAll('&amp;', '&')
      // Nobody's number stands in an address.
      expect(path ?? '').not.toMatch(/\d{9}/)
    }
    expect(people.size).toBe(all.without_count)
    expect((await page([...people][0] ?? '')).status).toBe(200)
  })

  test('counts the people of a village where their list is of that village', async () => {
    const { text } = await page('/coverage?unit=10003&by=village')
    const links = [...text.matchAll(/href="(\/coverage\/people\?[^"]+village=[^"]+)"[^>]*>([\d.]+)</g)]
    expect(links.length).toBeGreaterThan(1)
    for (const [, link = '', promised] of links) {
      const list = await page(link.replaceAll('&amp;', '&'))
      expect([...list.text.matchAll(/href="\/persons\/[\w-]{22}"/g)].length, link).toBe(Number(promised))
    }
  })

  test('is held against the campaign that the place is in', async () => {
    const { database } = province()
    const folder = mkdtempSync(join(tmpdir(), 'tantay-campaign-'))
    writeFileSync(join(folder, 'campaign.csv'), 'name,unit_code,target_percent,target_date,start_date\n30 ngày đêm,38,99.5,2026-12-31,2026-10-01\nTháng 9,,90,2026-09-30,2026-09-01\nSang năm,38,100,2027-02-01,2027-01-01\n')
    await ingestFiles(database, [{ path: join(folder, 'campaign.csv'), kind: 'campaign' }], { clock: stoppedClock('2026-11-01T20:00:00Z'), dataDirectory: folder })
    rmSync(folder, { recursive: true, force: true })
    const period = await reports.currentPeriod(database)
    const { all } = await asked((run) => reports.coverage(database, run, 'unit', { benefitPeriod: period ?? '' }))
    const lacking = Math.ceil((995 * all.covered_count) / 1000) - all.usable_count
    expect(lacking).toBeGreaterThan(0)
    // The province's own, under way: not the country's that is over, nor the one that has not begun.
    expect(read((await page('/coverage?unit=38')).text)).toContain(`30 ngày đêm: mục tiêu 99,5% đến ngày 31/12/2026. Còn thiếu ${vietnamese(lacking)} người.`)
  })

  test('has no list of people without a place: nobody works through a country', async () => {
    for (const path of ['/coverage/people', '/data-quality/people']) expect((await page(path)).status).toBe(400)
  })
})

describe('the quality of the lists', () => {
  test('is four scores, each with a remainder that is people with names', async () => {
    const period = (await reports.currentPeriod(province().database)) ?? ''
    const { all } = await asked((run) => reports.dataQuality(province().database, run, { benefitPeriod: period }))
    const { text } = await page('/data-quality')
    for (const quality of reports.qualities) {
      const { good_count: good, of_count: of } = all.scores[quality]
      expect(read(text)).toContain(`${vietnamese(good)} / ${vietnamese(of ?? 0)}`)
      const list = await page(`/data-quality/people?unit=38&period=${period}&quality=${quality}`)
      const people = new Set([...list.text.matchAll(/href="(\/persons\/[\w-]{22})"/g)].map((match) => match[1]))
      expect(people.size, quality).toBe(Math.min(50, (of ?? 0) - good))
    }
    for (const fault of Object.keys(all.faults)) expect(Object.hasOwn(reports.qualityFaults, fault)).toBe(true)
  })
})

describe('the files to take away', () => {
  test('hold every group with all its figures', async () => {
    const { groups, everybody } = await asked((run) => reports.timeToCash(province().database, run, ['unit']))
    const rows = table((await page('/time-to-cash.csv?by=unit')).text)
    expect(rows.length).toBe(groups.length + 1)
    expect(rows[0]?.['Được theo dõi']).toBe(String(everybody.statistics.count))
    for (const [index, group] of groups.entries()) {
      const row = rows[index + 1]
      expect([row?.['Xã, phường'], row?.['Được theo dõi'], row?.['Đã rút'], row?.['Trong 7 ngày']]).toEqual([group.names[0] ?? group.values[0], String(group.statistics.count), String(group.statistics.withdrawn_count), group.statistics.shares[2]?.share?.share ?? ''])
    }
  })

  test('say no number under five where they are to be sent on, nor the whole that would tell it', async () => {
    const query = '/time-to-cash.csv?by=village&and=age'
    const small = (await asked((run) => reports.timeToCash(province().database, run, ['village', 'age']))).groups.filter((group) => group.statistics.count < 5)
    expect(small.length).toBeGreaterThan(0)
    const own = table((await page(query)).text)
    const shared = table((await page(`${query}&share=1`)).text)
    expect(shared.length).toBe(own.length - 1)
    const hidden = shared.filter((row) => row['Được theo dõi'] === 'dưới 5')
    expect(hidden.length).toBe(small.length)
    for (const row of hidden) expect(Object.entries(row).filter(([column, value]) => value !== '' && !/Thôn|Tuổi|Được theo dõi/.test(column))).toEqual([])
    expect(Object.keys(shared[0] ?? {})).not.toContain('Đã rút')
    for (const path of ['/coverage.csv?by=village&share=1', '/data-quality.csv?share=1', '/banks.csv?share=1']) {
      for (const row of table((await page(path)).text)) for (const [column, value] of Object.entries(row)) if (!/mã|Một nửa|Chín phần mười|ngày/.test(column)) expect(value, `${path} ${column}`).not.toMatch(/^[1-4]$/)
    }
    // Nor by taking one count from another.
    for (const row of table((await page('/coverage.csv?by=village&share=1')).text)) {
      const [covered, usable] = [row['Phải có tài khoản'], row['Nay dùng được']]
      if (covered !== '' && usable !== '') expect([1, 2, 3, 4]).not.toContain(Number(covered) - Number(usable))
    }
  })

  test.each(['/time-to-cash', '/ranking', '/banks', '/coverage', '/data-quality'])('are linked from %s in both forms, and neither is kept', async (path) => {
    const { text } = await page(path)
    const links = [...text.matchAll(/href="([^"]+\.(?:csv|xlsx)\?[^"]*)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
    expect(links.length).toBe(4)
    for (const link of links) {
      const response = await province().app.request(link)
      expect(response.status, link).toBe(200)
      expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w-]+\.(?:csv|xlsx)"/)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
    }
  })
})

describe('a need', () => {
  test('is said as people say it, and an illness by no name, neither on a page nor in a file', () => {
    const groups = (value: string): TimeToCashGroup => ({ values: [value], names: [null], statistics: { count: 9, shares: [], stages: { payer: {}, bank: {}, account: {}, access: {} }, median: {}, p90: {} }, steps: [], within_7_days: null }) as unknown as TimeToCashGroup
    expect(groupName(['need'], groups('no_phone'), [], viewIn('vi'))).toBe('Không có điện thoại')
    expect(groupName(['need'], groups('hiv'), [], viewIn('vi'))).toBe('Nhu cầu về sức khỏe')
    const answer = { as_of: '', by: ['need'], everybody: groups('no_phone'), groups: [groups('hiv'), groups('no_phone')], test: null, common_within_7_days: { part: 0, whole: 0 } } as unknown as reports.TimeToCash
    const rows = [...(groupsFile({ ...answer, everybody: { ...answer.everybody, values: [] } }, 'time-to-cash', [], false, viewIn('vi')).rows as readonly (readonly string[])[])]
    expect(rows.map((row) => row.slice(0, 2))).toEqual([['', 'Tất cả'], ['', 'Nhu cầu về sức khỏe'], ['no_phone', 'Không có điện thoại']])
  })
})

describe('every page of measures', () => {
  test.each(['vi', 'en', 'ar'])('comes whole in %s, weighs little and names nobody by number', async (language) => {
    const ids = await province().database.query<{ id: string }>('select distinct identifier_text(person_key) as id from published_clock where person_key >= 0 limit 2000')
    for (const path of [...everyPath, '/coverage/people?unit=38', '/data-quality/people?unit=38', '/banks?period=2026-10&unit=10003']) {
      const response = await province().app.request(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { headers: { 'accept-encoding': 'br' } })
      expect(response.status, path).toBe(200)
      const packed = Buffer.from(await response.arrayBuffer())
      const text = brotliDecompressSync(packed).toString()
      expect(packed.length, path).toBeLessThan(40_000)
      expect(text, path).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`)
      expect(text, path).not.toMatch(/undefined|\[object|NaN|\$\{|<script(?! src="\/assets\/[0-9a-f]{16}\/desk\.js" defer><\/script>)|\sstyle=/)
      expect(ids.filter(({ id }) => text.includes(id)), path).toEqual([])
      const own = [...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
      expect(new Set(own).size, path).toBe(own.length)
      expect(text.match(/aria-current="page"/g)?.length, path).toBe(2)
    }
  })

  test('of a place or month without anything says so', async () => {
    for (const path of ['/time-to-cash?unit=99999', '/ranking?unit=99999', '/coverage?period=1999-01', '/data-quality?period=1999-01', '/banks?period=1999-01', '/coverage/people?unit=99999', '/data-quality/people?unit=99999']) {
      const { status, text } = await page(path)
      expect(status, path).toBe(200)
      expect(text, path).not.toMatch(/undefined|NaN|<svg class="tt-picture/)
    }
  })
})

describe('before the first run', () => {
  const empty = useDatabase()

  test('they say what comes next, and there is no file yet', async () => {
    const { app, desk } = await appOver(empty().database, '.')
    for (const path of everyPath) expect(read(await (await app.request(path)).text()), path).toContain('Chưa có tệp nào được nhận. Nạp danh sách')
    expect((await app.request('/ranking.csv')).status).toBe(404)
    await desk.close()
  })
})
