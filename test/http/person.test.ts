/** What the page of one person promises, on a province that the product worked out itself: whoever it is, the months are what the run counted. */
import { describe, expect, test } from 'vitest'
import { personKeyOf } from '../../src/core/index.ts'
import { told } from '../../src/http/people/person-print.ts'
import { dictionaries } from '../../src/http/text/index.ts'
import { personAddresses, personByKey, publishedRun } from '../../src/reports/index.ts'
import { useProvince } from './province.ts'

const province = useProvince(400)

const rows = <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => province().database.query<R>(text, values)

async function page(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; location: string | null }> {
  const response = await province().app.request(path, init)
  return { status: response.status, text: await response.text(), location: response.headers.get('location') }
}

const asking = (id: string): Promise<{ status: number; text: string; location: string | null }> =>
  page('/persons', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }, body: new URLSearchParams({ id }).toString() })

async function placeOf(personKey: string): Promise<string> {
  return `/persons/${(await personAddresses(province().database)).of(personKey) ?? ''}`
}

function read(text: string): string {
  return text.replace(/<[^>]+>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
}

const inOrder = "select distinct person_key, identifier_text(person_key) as id from entitlement_line l where person_key >= 0 and not exists (select from subject s where s.person_key = l.person_key) order by person_key"

describe('the months of a person', () => {
  test('of everybody together are what the run counted: classes, amounts, and days until the money was fetched', { timeout: 120_000 }, async () => {
    const { database } = province()
    const run = await publishedRun(database)
    if (run === null) throw new Error('nothing is published')
    const outcomes = new Map<string, { count: bigint; due: bigint; credited: bigint }>()
    const waits = new Map<string, bigint>()
    const people = await rows<{ person_key: string }>('select distinct person_key from entitlement_line where person_key >= 0')
    expect(people.length).toBeGreaterThan(390)
    for (const { person_key: key } of people) {
      const person = await personByKey(database, key)
      expect(person, key).not.toBeNull()
      for (const month of person?.months ?? []) {
        const cell = [month.scheme, month.benefit_period, month.outcome_class, month.currency].join(' ')
        const sum = outcomes.get(cell) ?? { count: 0n, due: 0n, credited: 0n }
        outcomes.set(cell, { count: sum.count + 1n, due: sum.due + BigInt(month.due_amount), credited: sum.credited + BigInt(month.credited_amount) })
        if (month.cash_event === null) continue
        const wait = [month.scheme, month.benefit_period, month.cash_event, month.days ?? '-'].join(' ')
        waits.set(wait, (waits.get(wait) ?? 0n) + 1n)
      }
    }
    const counted = await rows<{ cell: string; count: string; due: string; credited: string }>(`
      select concat_ws(' ', scheme, to_char(benefit_period, 'FM0000"-"00'), outcome_class, currency) as cell, sum(entitlement_count) as count, sum(due_amount) as due, sum(credited_amount) as credited
      from outcome_count join scheme_code using (scheme_id) group by 1`)
    expect(new Set(counted.map(({ cell }) => cell.split(' ')[2])).size).toBeGreaterThan(8)
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(counted.map(({ cell, count, due, credited }) => [cell, { count: BigInt(count), due: BigInt(due), credited: BigInt(credited) }])))
    const timed = await rows<{ wait: string; count: string }>(`
      select concat_ws(' ', scheme, to_char(benefit_period, 'FM0000"-"00'), cash_event, coalesce(days::text, '-')) as wait, sum(entitlement_count) as count
      from clock_unit join scheme_code using (scheme_id) group by 1`)
    expect(timed.length).toBeGreaterThan(20)
    expect(Object.fromEntries(waits)).toEqual(Object.fromEntries(timed.map(({ wait, count }) => [wait, BigInt(count)])))
  })

  test('say where and when each credit went, of subjects and of people in order', async () => {
    const credits = await rows<{ person_key: string; is_subject: boolean; credited_on: string; account: string | null }>(`
      (select p.person_key, true as is_subject, to_char(p.credited_date, 'DD/MM/YYYY') as credited_on, right(account_text(p.account_key), 4) as account from payment_report p join matched_payment m using (person_key, scheme_id, benefit_period)
        where p.transaction_status = 'ACCC' and m.match_rule = 'id_period' and m.state = 'credited' and m.credited_date = p.credited_date order by p.person_key limit 10)
      union all (select p.person_key, false, to_char(p.credited_date, 'DD/MM/YYYY'), right(account_text(p.account_key), 4) from payment_report p
        where p.person_key >= 0 and p.credited_date is not null and not exists (select from subject s where s.person_key = p.person_key) order by p.person_key limit 10)`)
    expect(new Set(credits.map((one) => one.is_subject)).size).toBe(2)
    for (const { person_key: key, credited_on: creditedOn, account } of credits) {
      const text = read((await page(await placeOf(key))).text)
      expect(text).toContain(creditedOn)
      if (account !== null) expect(text).toMatch(new RegExp(`đã ghi có.*•••• ?${account}`.replace('•••• ?', '••••\\s*')))
    }
  })
})

describe('a person is found', () => {
  test('by the whole id, typed with blanks or without, which then stands in no address', async () => {
    const people = await rows<{ id: string }>(`${inOrder} limit 5`)
    expect(people.length).toBe(5)
    for (const { id } of people) {
      for (const typed of [id, ` ${id.slice(0, 3)} ${id.slice(3)}`]) {
        const { status, location } = await asking(typed)
        expect(status).toBe(303)
        expect(location).toMatch(/^\/persons\/[\w-]{22}$/)
        expect(location).not.toContain(id)
        expect((await page(location ?? '')).status).toBe(200)
      }
    }
  })

  test('or not: an id that nobody has and a number that is no id are told apart, in words', async () => {
    const unknown = await asking('001999999999')
    expect([unknown.status, unknown.text.includes('không danh sách') || unknown.text.includes('Không danh sách')]).toEqual([404, true])
    const unreadable = await asking('1087123456')
    expect([unreadable.status, unreadable.text.includes('12 hoặc 9 chữ số. Kiểm tra')]).toEqual([400, true])
    // What was typed is not said back: it may be somebody's.
    expect(unknown.text).not.toContain('001999999999')
    expect(unreadable.text).not.toContain('1087123456')
  })

  test('by no address that was made up or changed by a letter', async () => {
    const place = await placeOf((await rows<{ person_key: string }>(inOrder))[0]?.person_key ?? '')
    expect((await page(place)).status).toBe(200)
    for (let index = '/persons/'.length; index < place.length - 1; index += 4) {
      const changed = place.slice(0, index) + (place[index] === 'A' ? 'B' : 'A') + place.slice(index + 1)
      expect((await page(changed)).status, changed).toBe(404)
    }
    for (const made of ['001087000001', 'AAAAAAAAAAAAAAAAAAAAAA', '-1']) expect((await page(`/persons/${made}`)).status).toBe(404)
  })

  test('from each finding about somebody, and leads back to it', async () => {
    const findings = await rows<{ finding_id: string; code: string }>("select distinct on (code) finding_id, code from finding where identifier_text(person_key) is not null order by code, finding_id")
    expect(findings.length).toBeGreaterThan(15)
    for (const { finding_id: id, code } of findings) {
      const link = /href="(\/persons\/[\w-]{22})"/.exec((await page(`/cases/${id}`)).text)?.[1]
      expect(link, code).toBeDefined()
      expect((await page(link ?? '')).text, code).toContain(`href="/cases/${id}"`)
    }
  })

  test('under each id that the register joins: one page leads to the other and back', async () => {
    const joined = await rows<{ person_key: string; previous_key: string }>('select person_key, previous_key from register_row where previous_key is not null limit 5')
    expect(joined.length).toBeGreaterThan(0)
    for (const { person_key: key, previous_key: previous } of joined) {
      for (const [from, to] of [[key, previous], [previous, key]] as const) expect((await page(await placeOf(from))).text).toContain(`href="${await placeOf(to)}"`)
    }
  })
})

test('hides every identity and account number but for its last four digits, and names each file and line', async () => {
  const people = [...(await rows<{ person_key: string; id: string }>(`${inOrder} limit 5`)), ...(await rows<{ person_key: string; id: string }>('select person_key, identifier_text(person_key) as id from subject s where identifier_text(person_key) is not null and exists (select from entitlement_line l where l.person_key = s.person_key) order by person_key limit 25'))]
  for (const { person_key: key, id } of people) {
    const { status, text } = await page(await placeOf(key))
    expect(status).toBe(200)
    expect(text).not.toContain(id)
    const said = await rows<{ account: string | null; line: string; file_id: string; name: string }>('select account_text(account_key) as account, line_number as line, file_id, beneficiary_name as name from entitlement_line where person_key = $1', [key])
    for (const { account, line, file_id: file, name } of said) {
      if (account !== null) expect(text).not.toContain(account)
      expect(text).toContain(`href="/files/${file}"`)
      expect(read(text)).toContain(`dòng ${line.replace(/\B(?=(?:\d{3})+$)/g, '.')} · Danh sách người thụ hưởng`)
      expect(read(text)).toContain(name.replace(/\s+/g, ' '))
    }
  }
})

test('speaks three languages, with nothing left out', async () => {
  const people = await rows<{ person_key: string }>('select distinct on (outcome_class) person_key from outcome order by outcome_class, person_key')
  const paths = ['/persons', await placeOf((await rows<{ person_key: string }>(inOrder))[0]?.person_key ?? ''), ...(await Promise.all(people.map(({ person_key: key }) => placeOf(key))))]
  for (const language of ['vi', 'en', 'ar']) {
    for (const path of paths) expect((await page(`${path}?lang=${language}`)).text, path).not.toMatch(/undefined|\[object|NaN|\$\{|>null</)
  }
})

test('an id has a key as ingest gives it, and everything else none', async () => {
  const [known] = await rows<{ long: string; short: string }>("select identifier_key('001087000001') as long, identifier_key('012345678') as short")
  expect([personKeyOf('001087000001'), personKeyOf('012345678')]).toEqual([known?.long, known?.short])
  for (const typed of ['', '12345678', '1234567890', 'abc', '00108700000a', '0010870000010']) expect(personKeyOf(typed)).toBeNull()
})

test('that it was looked at is kept, with who looked and when', async () => {
  const [person] = await rows<{ person_key: string }>(`${inOrder} limit 1`)
  const entries = async (): Promise<number> => (await rows<{ staff_id: string }>(`select staff_id from trail_entry where kind = 'viewed_person' and person_key = ${person?.person_key ?? '0'} and staff_id = ${province().app.staffId}`)).length
  const before = await entries()
  expect((await page(await placeOf(person?.person_key ?? ''))).status).toBe(200)
  expect(await entries()).toBe(before + 1)
})

describe('the page to print', () => {
  test('tells what the file tells, with whole numbers, in words; that it was opened is kept', async () => {
    const [person] = await rows<{ person_key: string; id: string; account: string; name: string }>("select f.person_key, identifier_text(f.person_key) as id, account_text(l.account_key) as account, l.beneficiary_name as name from finding f join entitlement_line l using (person_key) where l.account_key is not null and f.person_key >= 0 group by 1, 2, 3, 4 order by count(*) desc, 1 limit 1")
    const path = `${await placeOf(person?.person_key ?? '')}/print`
    const entries = (): Promise<object[]> => rows("select details, reason from trail_entry where kind = 'viewed_person' and person_key = $1 and details ->> 'format' = 'print'", [person?.person_key])
    expect(await entries()).toEqual([])
    const vi = read((await page(path)).text)
    for (const part of [person?.id, person?.account, person?.name]) expect(vi).toContain(part ?? '?')
    expect(await entries()).toEqual([{ reason: 'access_request', details: { format: 'print', count: expect.any(Number) as number, numbers: 'whole' } }])
    const held = await rows<{ table_name: string; count: string }>('select table_name, count(*) as count from person_rows(array[$1::bigint]) where table_name in (select unnest($2::text[])) group by 1', [person?.person_key, Object.keys(told).filter((name) => name !== 'trail_entry')])
    expect(held.length).toBeGreaterThan(5)
    for (const { table_name: name } of held) expect(vi, name).toContain((dictionaries.vi.personData.tables as Readonly<Record<string, string>>)[name] ?? '?')
    for (const language of ['vi', 'en', 'ar']) {
      const { status, text } = await page(`${path}?lang=${language}`)
      expect(status).toBe(200)
      expect(text).not.toMatch(/undefined|\[object|NaN|\$\{|>null</)
    }
    expect((await page('/persons/AAAAAAAAAAAAAAAAAAAAAA/print')).status).toBe(404)
  })

  test('has a name for every table that can hold somebody, and for every column it tells', async () => {
    const { tables, columns } = dictionaries.vi.personData
    const known = await rows<{ name: string }>("select distinct c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'work\\_%' and a.atttypid = 'bigint'::regtype and a.attname in ('person_key', 'payee_key', 'previous_key', 'other_key', 'beneficiary_key')")
    expect(known.map(({ name }) => name).filter((name) => !Object.hasOwn(tables, name))).toEqual([])
    expect(Object.values(told).flat().filter((column) => !Object.hasOwn(columns, column) && !Object.hasOwn(dictionaries.vi.evidence, column))).toEqual([])
  })
})
