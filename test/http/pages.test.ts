/** What the pages promise a reader, on a province that the product took in and worked out itself. */
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/core/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver, useProvince } from './province.ts'

const province = useProvince(500)

async function page(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await province().app.request(path, { headers })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

async function one<R extends object>(sql: string, values: unknown[] = []): Promise<R> {
  const [row] = await province().database.query<R>(sql, values)
  if (row === undefined) throw new Error(`no row: ${sql}`)
  return row
}

/** Text as read: tags and isolating marks gone, white space single. */
function read(text: string): string {
  return text.replace(/<[^>]+>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
}

function findingIds(text: string): string[] {
  return [...text.matchAll(/class="tt-finding__head">.*?href="\/cases\/([0-9a-f]+)"/gs)].map((match) => match[1] ?? '')
}

const vietnamese = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, '.')

describe('the first page', () => {
  test('says how many were paid in full out of how many were due, and leaves out what is not due yet', async () => {
    const { paid, all } = await one<{ paid: string; all: string }>(
      "select sum(entitlement_count) filter (where outcome_class in ('paid', 'paid_late')) as paid, sum(entitlement_count) filter (where outcome_class <> 'not_due') as all from outcome_count")
    const { text } = await page('/dashboard')
    expect(read(text)).toContain(`${vietnamese(paid)} / ${vietnamese(all)} khoản được hưởng (`)
    expect(text).toContain('31/10/2026')
  })

  test('closes its bridge: both sides end in the same number, and it is the one of the database', async () => {
    const { total } = await one<{ total: string }>('select sum(due_amount + excess_over_amount + excess_twice_amount + unmatched_amount) as total from bridge_cell')
    const { text } = await page('/dashboard')
    const totals = [...text.matchAll(/<tr class="govuk-table__row tt-total"><th[^>]*>[^<]*<\/th><td[^>]*>([^<]*)</g)].map((match) => match[1]?.replace(/\D/g, ''))
    expect(totals.slice(0, 2)).toEqual([total, total])
  })

  test('counts every entitlement in one class', async () => {
    const { all } = await one<{ all: string }>('select sum(entitlement_count) as all from outcome_count')
    const { text } = await page('/dashboard')
    const total = /aria-labelledby="outcomes".*tt-total.*?data-label="Số khoản">([\d.]+)</s.exec(text)?.[1]
    expect(total).toBe(vietnamese(all))
  })

  test('speaks of people, not entitlements, once a scheme and a month are chosen', async () => {
    const { text } = await page('/dashboard?scheme=BTXH&period=2026-10')
    expect(read(text)).toMatch(/\d \/ [\d.]+ người \(/)
    const { paid } = await one<{ paid: string }>(
      "select sum(entitlement_count) as paid from outcome_count join scheme_code using (scheme_id) where scheme = 'BTXH' and benefit_period = 202610 and outcome_class in ('paid', 'paid_late')")
    expect(read(text)).toContain(`${vietnamese(paid)} / `)
    expect(text).toContain('code=unpaid&amp;scheme=BTXH&amp;period=2026-10')
  })

  test('leads from every class that needs somebody to exactly its entitlements: as many as the class says, or it says how many still wait', async () => {
    const { text } = await page('/dashboard')
    const section = /aria-labelledby="outcomes".*?<\/section>/s.exec(text)?.[0] ?? ''
    const rows = [...section.matchAll(/<a class="govuk-link" href="(\/queue\?found=1&amp;code=([a-z_]+))">.*?data-label="Số khoản">([\d.]+)</gs)]
    const classes = await province().database.query<{ name: string }>("select distinct outcome_class::text as name from outcome_count where outcome_class not in ('paid', 'carried_over', 'not_due', 'in_transit')")
    expect(rows.map((row) => row[2]).sort()).toEqual(classes.map((row) => row.name).sort())
    expect(rows.length).toBeGreaterThanOrEqual(8)
    for (const [, link = '', code = '', promised = ''] of rows) {
      const entitlements = BigInt(promised.replaceAll('.', ''))
      expect(entitlements > 0n, code).toBe(true)
      const list = read((await page(link.replaceAll('&amp;', '&'))).text)
      const shown = BigInt(/([\d.]+) trường hợp, số tiền/.exec(list)?.[1]?.replaceAll('.', '') ?? '0')
      const waiting = BigInt(/Còn ([\d.]+) khoản trong hạn chờ/.exec(list)?.[1]?.replaceAll('.', '') ?? '0')
      expect(shown + waiting, code).toBe(entitlements)
      if (code !== 'not_collected') expect(waiting, code).toBe(0n)
    }
  })

  test('leads from every type of finding, and from the sum of them all, to as many as it says', async () => {
    const { text } = await page('/dashboard')
    const section = /aria-labelledby="findings".*?<\/section>/s.exec(text)?.[0] ?? ''
    const rows = [...section.matchAll(/<a class="govuk-link" href="(\/queue\?found=1&amp;code=([a-z_]+))">.*?data-label="Số trường hợp">([\d.]+)</gs)]
    const codes = await province().database.query<{ code: string; count: string }>('select code, count(*) as count from finding group by code')
    expect(codes.length).toBeGreaterThanOrEqual(21)
    expect(new Map(rows.map((row) => [row[2], row[3]]))).toEqual(new Map(codes.map((row) => [row.code, vietnamese(row.count)])))
    for (const [, link = '', code, promised] of rows) expect(read((await page(link.replaceAll('&amp;', '&'))).text), code).toContain(`${promised} trường hợp, số tiền`)
    const { count, stake } = await one<{ count: string; stake: string }>('select count(*) as count, sum(amount_at_stake) as stake from finding')
    const toDo = /tt-to-do"><a class="govuk-link" href="([^"]+)">(.*?)<\/a>/s.exec(text)
    expect(read(toDo?.[2] ?? '')).toBe(`${vietnamese(count)} trường hợp cần xử lý, ${vietnamese(stake)} ₫ → `)
    expect(read((await page((toDo?.[1] ?? '').replaceAll('&amp;', '&'))).text)).toContain(`${vietnamese(count)} trường hợp, số tiền liên quan ${vietnamese(stake)} ₫`)
  })
})

describe('the queue', () => {
  test('shows each open case once, the most urgent first, walked page by page to the end and back', async () => {
    const wanted = await province().database.query<{ finding_id: string }>('select finding_id from case_record where is_open order by urgency desc, case_number')
    const pages: string[][] = []
    const walk = async (start: string, rel: string): Promise<void> => {
      for (let path: string | undefined = start; path !== undefined; ) {
        const { text } = await page(path)
        pages.push(findingIds(text))
        path = new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&')
        if (path === undefined) last = text
      }
    }
    let last = ''
    await walk('/queue', 'next')
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.flat()).toEqual(wanted.map((row) => row.finding_id))
    const forwards = [...pages]
    const previous = /rel="prev" href="([^"]+)"/.exec(last)?.[1]?.replaceAll('&amp;', '&') ?? ''
    pages.length = 0
    await walk(previous, 'prev')
    expect(pages.reverse().flat()).toEqual(forwards.slice(0, -1).flat())
  })

  test('is urgent by the amount, the days waited and the severity, and says so', async () => {
    const rows = await province().database.query<{ finding_id: string; urgency: string; expected: string }>(`
      select finding_id, urgency, (greatest(amount_at_stake, 1) * greatest($1::date - waiting_since, 1) * (array[1, 2, 4, 8])[severity_rank])::bigint as expected from case_record`, [province().asOf])
    expect(rows.length).toBeGreaterThan(50)
    // Exact for the first two weeks; then days count in steps, an eighth apart at most.
    for (const { urgency, expected } of rows) expect(BigInt(urgency) <= BigInt(expected) && BigInt(urgency) * 8n >= BigInt(expected) * 7n, `${urgency} of ${expected}`).toBe(true)
    const fresh = await province().database.query<{ days: number; counted: string }>('select d as days, case_urgency(1, d, 1) as counted from generate_series(0, 700) d')
    expect(fresh.filter(({ days, counted }) => days >= 1 && days < 16 && counted !== `${days}`)).toEqual([])
    expect(fresh.every(({ counted }, at) => at === 0 || BigInt(counted) >= BigInt(fresh[at - 1]?.counted ?? '0'))).toBe(true)
    const top = await one<{ amount: string; days: string }>('select amount_at_stake::text as amount, ($1::date - waiting_since)::text as days from case_record where is_open order by urgency desc, case_number limit 1', [province().asOf])
    expect(read((await page('/queue')).text)).toContain(`${vietnamese(top.amount)} ₫ × ${top.days} ngày chờ × `)
  })

  test('finds a name without marks, a whole id, the last four of an account and a case number, and nobody by a sign of LIKE', async () => {
    const found = await one<{ finding_id: string; beneficiary_name: string; id: string; account_end: string; case_number: string }>("select finding_id, beneficiary_name, identifier_text(person_key) as id, account_end, case_number from case_record where is_open and beneficiary_name is not null and account_end is not null and person_key > 0 order by urgency desc limit 1")
    const plain = found.beneficiary_name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
    for (const typed of [found.beneficiary_name, plain, plain.toUpperCase(), found.id, found.account_end, found.case_number, `#${found.case_number}`]) {
      const { text } = await page(`/queue?q=${encodeURIComponent(typed)}`)
      expect(findingIds(text), typed).toContain(found.finding_id)
    }
    for (const typed of ['%', '_', '%%%%', "'; drop table case_record", '\\', '<script>']) expect(findingIds((await page(`/queue?q=${encodeURIComponent(typed)}`)).text), typed).toEqual([])
  })

  test('keeps a filter under a name, and forgets it', async () => {
    const send = (fields: Record<string, string>) => province().app.request('/queue/views', { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
    expect((await send({ name: 'Trả lại', query: 'code=returned' })).headers.get('location')).toBe('/queue?code=returned')
    expect((await page('/queue')).text).toContain('href="/queue?code=returned"><bdi>Trả lại</bdi>')
    expect((await send({ name: 'x', query: 'period=13' })).status).toBe(400)
    await send({ remove: 'Trả lại' })
    expect((await page('/queue')).text).not.toContain('<bdi>Trả lại</bdi>')
  })

  test.each([
    ['code', 'unpaid', 'code = $1'],
    ['actor', 'B', "code in (select t.code from finding_type t where t.actor in ($1, 'C/B'))"],
    ['unit', null, 'unit_code = $1'],
    ['scheme', 'HTXH', '(select scheme from scheme_code s where s.scheme_id = finding.scheme_id) = $1'],
    ['period', '2026-10', "to_char(benefit_period, 'FM0000\"-\"00') = $1"],
  ])('filtered by %s has true counts', async (parameter, given, condition) => {
    const value = given ?? (await one<{ unit_code: string }>('select unit_code from finding where unit_code is not null group by unit_code order by count(*) desc limit 1')).unit_code
    const { count, stake } = await one<{ count: string; stake: string }>(`select count(*) as count, sum(amount_at_stake) as stake from finding where ${condition}`, [value])
    const { text } = await page(`/queue?found=1&${parameter}=${value}`)
    expect(count).not.toBe('0')
    expect(read(text)).toContain(`${vietnamese(count)} trường hợp, số tiền liên quan ${vietnamese(stake)} ₫`)
    expect(text).toMatch(new RegExp(`<option value="${value}" selected`))
  })

  test('hides identity and account numbers but for their last four digits', async () => {
    const people = await province().database.query<{ id: string }>('select distinct identifier_text(person_key) as id from finding where identifier_text(person_key) is not null')
    for (const path of ['/', '/queue', '/files']) {
      const { text } = await page(path)
      expect(people.filter(({ id }) => text.includes(id))).toEqual([])
    }
  })

  test('says that a filter leaves nothing, and how to go on', async () => {
    const { status, text } = await page('/queue?code=no_such_code')
    expect(status).toBe(200)
    expect(read(text)).toContain('Bỏ bớt điều kiện lọc')
  })
})

/** The page of a case as its reader sees it who has said why numbers and lines are needed. */
async function revealed(id: string): Promise<{ status: number; text: string }> {
  const response = await province().app.request(`/cases/${id}/reveal`, { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: 'reason=check_file' })
  return { status: response.status, text: await response.text() }
}

describe('the page of a case', () => {
  test('leads every finding to file, line and raw text', async () => {
    const findings = await province().database.query<{ finding_id: string; code: string; lines: string }>('select distinct on (code) finding_id, code, (select count(distinct r) from jsonb_array_elements(source_rows) r) as lines from finding order by code, finding_id')
    expect(findings.length).toBeGreaterThanOrEqual(21)
    for (const finding of findings) {
      const { status, text } = await revealed(finding.finding_id)
      expect(status, finding.code).toBe(200)
      const raws = [...text.matchAll(/<pre class="tt-raw"[^>]*>([^<]+)</g)]
      expect(raws.length, finding.code).toBe(Math.min(Number(finding.lines), 30))
      expect(text, finding.code).not.toContain('Không đọc được dòng này')
    }
  })

  test('shows the very bytes of the line the finding rests on', async () => {
    const { finding_id: id, end_to_end_id: reference } = await one<{ finding_id: string; end_to_end_id: string }>("select finding_id, evidence->>'end_to_end_id' as end_to_end_id from finding where code = 'wrong_account' limit 1")
    const { text } = await revealed(id)
    const raw = /<pre class="tt-raw"[^>]*>([^<]+)</.exec(text)?.[1]
    expect(raw).toContain(reference)
    expect(raw?.split(',').length).toBeGreaterThan(10)
  })

  test('hides numbers everywhere until somebody says why they are needed, and writes that down', async () => {
    const rows = await province().database.query<{ finding_id: string; id: string | null; account: string | null }>("select finding_id, identifier_text(person_key) as id, evidence->>'creditor_account' as account from finding")
    for (const { finding_id: finding, id, account } of rows.slice(0, 60)) {
      const { text } = await page(`/cases/${finding}`)
      expect(text).not.toContain('<pre class="tt-raw"')
      if (id !== null) expect(text).not.toContain(id)
      if (account !== null) expect(text).not.toContain(account)
    }
    const [first] = rows.filter(({ id }) => id !== null)
    const entries = () => one<{ count: string }>("select count(*) as count from trail_entry where kind = 'viewed_numbers' and subject = $1 and reason = 'check_file' and person_key is not null", [first?.finding_id])
    const before = await entries()
    expect((await revealed(first?.finding_id ?? '')).text).toContain(first?.id)
    expect(Number((await entries()).count)).toBe(Number(before.count) + 1)
    const without = await province().app.request(`/cases/${first?.finding_id ?? ''}/reveal`, { method: 'POST', headers: { origin: 'http://localhost' } })
    expect(without.status).toBe(400)
    expect(await without.text()).not.toContain(first?.id)
  })

  test('tells the story in the order it happened', async () => {
    const rows = await province().database.query<{ finding_id: string }>('select finding_id from finding')
    for (const { finding_id: id } of rows.slice(0, 40)) {
      const { text } = await page(`/cases/${id}`)
      const days = [...text.matchAll(/tt-story__day">(\d\d)\/(\d\d)\/(\d{4})</g)].map((match) => `${match[3]}-${match[2]}-${match[1]}`)
      expect(days).toEqual([...days].sort())
    }
  })

  test('names the person, on the list and on top of the page', async () => {
    const people = await province().database.query<{ finding_id: string; name: string; village: string | null }>("select distinct on (code) finding_id, evidence ->> 'beneficiary_name' as name, evidence ->> 'village' as village from finding where evidence ? 'beneficiary_name' order by code, finding_id")
    expect(people.length).toBeGreaterThan(10)
    for (const { finding_id: id, name, village } of people) {
      const top = read(/<main.*?<div class="tt-action"/s.exec((await page(`/cases/${id}`)).text)?.[0] ?? '')
      expect(top).toContain(name)
      if (village !== null) expect(top).toContain(village)
    }
    const items = (await page('/queue')).text.split('<li class="tt-finding tt-finding--selectable">').slice(1)
    expect(items.length).toBe(25)
    for (const item of items) {
      const { name } = await one<{ name: string | null }>("select evidence ->> 'beneficiary_name' as name from finding where finding_id = $1", [/cases\/([0-9a-f]+)/.exec(item)?.[1]])
      if (name !== null) expect(read(/tt-finding__facts.*/s.exec(item)?.[0] ?? '')).toContain(name)
    }
  })

  test('sets side by side what contradicting reports and doubled lines say, each with its line', async () => {
    for (const [code, key, caption] of [['conflicting_line', 'reports', 'Từng báo cáo nói gì'], ['duplicate_entitlement_line', 'statements', 'Từng dòng danh sách ghi gì']] as const) {
      const { finding_id: id, said } = await one<{ finding_id: string; said: string }>(`select finding_id, jsonb_array_length(evidence -> '${key}') as said from finding where code = '${code}' order by finding_id limit 1`)
      const { text } = await page(`/cases/${id}`)
      const cards = new RegExp(`>${caption}</h3><div class="tt-compare">(.*?)</div>\n`, 's').exec(text)?.[1] ?? ''
      const links = [...cards.matchAll(/<dt>Dòng trong tệp<\/dt><dd><a[^>]*href="#(line-\d+-\d+)"/g)].map((match) => match[1] ?? '')
      expect(links.length, code).toBe(Number(said))
      expect(links.length, code).toBeGreaterThanOrEqual(2)
      for (const link of links) expect(text, code).toContain(`id="${link}"`)
    }
  })

  test('shows who may receive an ambiguous payment', async () => {
    const { finding_id: id } = await one<{ finding_id: string }>("select finding_id from finding where code = 'ambiguous_payment' limit 1")
    const { text } = await page(`/cases/${id}`)
    expect(read(text)).toContain('Những người có thể là chủ khoản tiền')
    expect([...text.matchAll(/data-label="Người thụ hưởng"/g)].length).toBeGreaterThanOrEqual(2)
  })
})

test('what no database can keep is answered as what cannot be read, never as our failure', async () => {
  const { finding_id: id } = await one<{ finding_id: string }>('select finding_id from case_record where is_open limit 1')
  const ask = (path: string, body: string) => province().app.request(path, { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body })
  for (const [path, body] of [[`/cases/${id}/act`, 'kind=appraise&version=0&resolution=false_alarm&comment=a%00b'], [`/cases/${id}/note`, 'comment=a%00b'], ['/queue/views', 'name=a%00b&query=code%3Dreturned'], [`/cases/${id}%00/reveal`, 'reason=audit']] as const) {
    expect((await ask(path, body)).status, path).toBe(400)
  }
  expect((await page('/cases/%00')).status).toBe(400)
})

describe('the pages of files', () => {
  test('account for every line of every file', async () => {
    const { text } = await page('/files')
    expect(text.replaceAll('<wbr>', '')).toContain('10_beneficiary_list.csv')
    // The rows that come with the product were handed in by nobody.
    expect(text).not.toContain('href="/files/0"')
    const files = await province().database.query<{ file_id: string; line_count: string }>("select file_id, line_count from source_file where status = 'sealed' and kind <> 'pack'")
    expect(files.length).toBeGreaterThanOrEqual(5)
    for (const file of files) expect(read((await page(`/files/${file.file_id}`)).text)).toContain(`= ${vietnamese(file.line_count)} dòng`)
  })

  test('say what is wrong with a value, where, and what to do; nothing a sender wrote becomes markup', async () => {
    const { file_id: id } = await one<{ file_id: string }>("select file_id from source_file where file_name like '90 l%'")
    const { text } = await page(`/files/${id}`)
    expect(text).not.toMatch(/<script(?! src="\/assets\/[0-9a-f]{16}\/desk\.js" defer><\/script>)|<img|<i>|<b>/)
    expect(read(text)).toContain('1.350.000')
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(read(text)).toContain('Có phải: 001087123456?')
    expect(read(text)).toContain('dòng tiêu đề trên bảng')
  })

  test('give the sender\'s own file back, with what is wrong with each row', async () => {
    const { file_id: id } = await one<{ file_id: string }>("select file_id from source_file where file_name like '90 l%'")
    expect((await page(`/files/${id}`)).text).toContain(`href="/files/${id}/annotated"`)
    const response = await province().app.request(`/files/${id}/annotated`)
    expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="90 l[^"\\]*\.problems\.csv"; filename\*=UTF-8''90%20l[^;]*$/)
    expect(await response.text()).toMatch(/,due_amount,row_no,error_code,error_vi,error_en\r\n[^]*"1\.350\.000",4,amount_invalid|1\.350\.000,4,amount_invalid/)
    const { file_id: refused } = await one<{ file_id: string }>("select file_id from source_file where status = 'refused'")
    for (const nothing of [refused, '0', '999999']) expect((await province().app.request(`/files/${nothing}/annotated`)).status).toBe(404)
  })

  test('lead to the templates, and each of those to a file that is taken away and not kept', async () => {
    expect((await page('/files')).text).toContain('href="/templates"')
    const { text } = await page('/templates')
    const links = [...text.matchAll(/href="(\/templates\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(links.length).toBe(2 * kinds.length)
    for (const link of links.slice(0, 4)) {
      const response = await province().app.request(link)
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="beneficiary_list|^attachment; filename="account_opening/)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50)
    }
    for (const path of ['/templates/nothing.csv', '/templates/bank.pdf', '/templates/bank', '/templates/__proto__.csv']) expect((await province().app.request(path)).status).toBe(404)
  })

  test('say why a file was refused', async () => {
    const { file_id: id } = await one<{ file_id: string }>("select file_id from source_file where status = 'refused'")
    expect(read((await page(`/files/${id}`)).text)).toContain('Cả tệp bị từ chối')
  })
})

describe('every page', () => {
  const paths = ['/', '/queue', '/files', '/nowhere', '/cases/0000', '/files/123456', '/queue?period=13', '/queue?after=x']

  test.each(['vi', 'en', 'ar'])('comes whole in %s, in its direction', async (language) => {
    for (const path of paths) {
      const { text } = await page(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      expect(text).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`)
      expect(text).not.toMatch(/undefined|\[object|NaN|\$\{/)
    }
  })

  test('remembers the language, and the switch keeps the page and its query', async () => {
    const first = await page('/queue?code=unpaid&lang=en')
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^tantay_language=en;.*HttpOnly.*SameSite=Lax/)
    expect(first.text).toContain('href="/queue?code=unpaid&amp;lang=ar"')
    expect((await page('/files', { cookie: 'tantay_language=en' })).text).toContain('<html lang="en"')
    expect((await page('/files', { cookie: 'tantay_language=<script>' })).text).toContain('<html lang="vi"')
  })

  test('loads nothing but its own files and runs no script', async () => {
    for (const path of paths) {
      const { text, headers } = await page(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(text).not.toMatch(/<script(?! src="\/assets\/[0-9a-f]{16}\/desk\.js" defer><\/script>)|<style|\sstyle=|\son[a-z]+=|https?:\/\/(?!www\.w3\.org)/)
    }
  })

  test('is not found, not readable or failed in plain words, without inner details', async () => {
    expect((await page('/nowhere')).status).toBe(404)
    expect((await page('/cases/0123456789abcdef')).status).toBe(404)
    expect((await page('/queue?period=2026-13')).status).toBe(400)
    expect((await page('/queue?after=1~x~y')).status).toBe(400)
    const broken = await appOver(province().database, '.', { ...province().desk, as: () => ({ transaction: () => Promise.reject(new Error('select secret_column from finding')) }) })
    const response = await broken.app.request('/queue')
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/secret_column|Error|at .*\.ts/)
    // The log knows where, under the id the reader can quote; neither repeats what the error said.
    expect(JSON.stringify(broken.failures)).not.toContain('secret_column')
    expect(broken.failures[0]).toMatchObject({ name: 'Error', where: expect.arrayContaining([expect.stringMatching(/pages\.test\.ts/)]) as unknown })
    expect(text).toContain(String(broken.failures[0]?.['request_id']))
  })

  test('needs less than 100 kB for the first view, letters included', async () => {
    const first = await province().app.request('/', { headers: { 'accept-encoding': 'br' } })
    const body = Buffer.from(await first.arrayBuffer())
    expect(brotliDecompressSync(body).toString()).toContain('</html>')
    const html = brotliDecompressSync(body).toString()
    let bytes = body.length
    for (const path of [...html.matchAll(/(?:href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '')) {
      const asset = await province().app.request(path, { headers: { 'accept-encoding': 'br' } })
      expect(asset.status).toBe(200)
      expect(asset.headers.get('cache-control')).toContain('immutable')
      bytes += (await asset.arrayBuffer()).byteLength
      const again = await province().app.request(path, { headers: { 'if-none-match': asset.headers.get('etag') ?? '' } })
      expect(again.status).toBe(304)
    }
    expect(bytes).toBeLessThan(100_000)
  })

  test('serves health without a page around it', async () => {
    const { status, text } = await page('/healthz')
    expect([status, text]).toEqual([200, '{"status":"ok"}'])
  })
})

describe('before the first run', () => {
  const empty = useDatabase()

  test('says what comes next, on the first page and on the list', async () => {
    const { app, desk } = await appOver(empty().database, '.')
    for (const path of ['/', '/queue']) {
      const response = await app.request(path)
      expect(response.status).toBe(200)
      expect(read(await response.text())).toContain('Chưa có tệp nào được nhận. Nạp danh sách')
    }
    expect((await app.request('/cases/0123')).status).toBe(404)
    expect((await app.request('/files')).status).toBe(200)
    await desk.close()
  })
})

test('an asset that is none is answered like any page that is not there, with all that protects pages; one that is says what it is', async () => {
  const missing = await page('/assets/0000000000000000/nothing.js')
  expect(missing.status).toBe(404)
  expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'")
  const [path = ''] = /\/assets\/[0-9a-f]+\/desk\.js/.exec((await page('/dashboard')).text) ?? []
  const script = await page(path)
  expect([script.status, script.headers.get('content-type'), script.headers.get('x-content-type-options'), script.headers.get('cache-control')]).toEqual([200, 'text/javascript; charset=utf-8', 'nosniff', 'public, max-age=31536000, immutable'])
})
