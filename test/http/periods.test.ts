/** A month is closed by four persons, put on paper, changed by files, reopened and signed again; and nothing goes around that. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareFigures, recomputeIn } from '../../src/cli/evidence.ts'
import { localDayOf, Refusal, sha256Of, stoppedClock, systemClock, type Reader, type Role } from '../../src/core/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { ingestFiles, voidFile } from '../../src/ingest/index.ts'
import { actOnPeriod, checkMinutes, differsSinceSigned, findFiles, missingName, periodActs, periodFacts, sealMinutes, standingOf, type SignedMinutes } from '../../src/periods/index.ts'
import { signableMinutes } from '../../src/periods/minutes.ts'
import { run } from '../../src/reconcile/index.ts'
import { loadSigningKey } from '../../src/signing/index.ts'
import { absencesOf, endAbsence, nameDeputy, type Absence } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(200)
const scratch = useDatabase()
const month = '/periods/2026-10'
const clock = stoppedClock('2026-11-02T20:00:00Z')
const roleOf = { receiver: 'officer', appraiser: 'officer', approver: 'approver', issuer: 'payer', deputy: 'approver', auditor: 'auditor' } as const satisfies Record<string, Role>
type Person = keyof typeof roleOf
const people = new Map<Person, ReaderApp>()
const folder = mkdtempSync(join(tmpdir(), 'tantay-periods-'))
let lateFile = ''

beforeAll(async () => {
  for (const person of Object.keys(roleOf) as Person[]) people.set(person, await province().as({ roles: [roleOf[person]], name: person }))
})
// What was found is put right by two lists before the month is closed; a third that nobody approved is nobody's decision.
beforeAll(async () => {
  const post = (person: Person, path: string, fields: Readonly<Record<string, string>>): Promise<Response> => reader(person).request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: 'http://localhost' } })
  for (const [kind, isApproved] of [['supplementary', true], ['recovery', true], ['recovery', false]] as const) {
    const made = await post('issuer', '/corrections', { kind, currency: 'VND', ...(kind === 'recovery' && { decisionNumber: '12/QĐ-SNV', decisionDate: '01/11/2026' }) })
    const id = /\/corrections\/(\d+)/.exec(made.headers.get('Location') ?? '')?.[1] ?? ''
    if (isApproved) expect((await post('approver', `/corrections/${id}/approve`, { version: '1' })).status, kind).toBe(303)
  }
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const reader = (person: Person): ReaderApp => people.get(person) as ReaderApp
const page = async (path: string): Promise<string> => {
  const response = await reader('auditor').request(path)
  expect(response.status, path).toBe(200)
  return response.text()
}
const bytes = async (path: string): Promise<Buffer> => Buffer.from(await (await reader('auditor').request(path)).arrayBuffer())
const events = async (): Promise<string> => (await province().database.query<{ count: string }>('select count(*)::text as count from period_event where benefit_period = 202610'))[0]?.count ?? ''
const send = async (person: Person, name: string, fields: Readonly<Record<string, string>> = {}): Promise<number> =>
  (await reader(person).request(`${month}/acts/${name}`, { method: 'POST', body: new URLSearchParams({ events: await events(), ...fields }), headers: { Origin: 'http://localhost' } })).status
const reasons = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`missing-${index}`, 'Bank has said why.']))
const publish = () => run(province().database, { asOf: province().asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })

describe('a month', () => {
  test('is closed step by step; each wrong person, order or missing reason is refused, and a step is void once a late file changes a figure', async () => {
    expect(await send('approver', 'prepare', reasons)).toBe(403)
    expect(await send('receiver', 'approve')).toBe(409)
    expect(await send('receiver', 'prepare')).toBe(400)
    expect(await send('receiver', 'prepare', reasons)).toBe(303)
    expect(await send('receiver', 'appraise')).toBe(403)
    expect(await send('auditor', 'appraise')).toBe(403)
    expect(await send('appraiser', 'appraise', { events: '0' })).toBe(409)
    expect(await send('appraiser', 'appraise')).toBe(303)
    expect(await page(`${month}/minutes`)).toContain('DỰ THẢO')

    writeFileSync(join(folder, 'late.csv'), 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-10,001087000009,Hoàng Văn Muộn,00001,540000\n')
    lateFile = (await ingestFiles(province().database, [{ path: join(folder, 'late.csv') }], { clock, dataDirectory: province().dataDirectory }))[0]?.file_id ?? ''
    await publish()
    const changed = await page(month)
    expect(changed).toContain('Số liệu đã đổi từ khi tiếp nhận')
    expect(changed).toContain('+540.000')
    expect(await send('approver', 'approve')).toBe(409)

    expect(await send('appraiser', 'prepare', reasons)).toBe(303)
    for (const [person, name] of [['receiver', 'appraise'], ['approver', 'approve']] as const) expect(await send(person, name), name).toBe(303)
    expect(await send('issuer', 'sendBack', { reason: ' ' })).toBe(400)
    expect(await send('issuer', 'issue')).toBe(303)
    expect(await page('/periods')).toContain('Đã chốt')
  })

  test('is on paper as it was signed: by whom, with which files, the same bytes each time', async () => {
    const text = await page(`${month}/minutes.json`)
    const { fault, signed } = checkMinutes(text)
    expect(fault).toBe(null)
    expect(signed?.minutes.steps.map(({ step, name }) => `${step} ${name}`)).toEqual(['prepared appraiser', 'appraised receiver', 'approved approver', 'issued issuer'])
    expect(signed?.minutes.content.missing_files.every(({ reason }) => reason === 'Bank has said why.')).toBe(true)
    const pdfs = { vi: await bytes(`${month}/minutes-vi.pdf`), en: await bytes(`${month}/minutes-en.pdf`) }
    expect({ vi: sha256Of(pdfs.vi), en: sha256Of(pdfs.en) }).toEqual(signed?.pdf)
    const { printMinutes } = await import('../../src/http/periods/minutes-paper.ts')
    const again = await sealMinutes((signed as SignedMinutes).minutes, await loadSigningKey(join(province().dataDirectory, 'sheet-key.pem')), printMinutes)
    expect(again.text).toBe(text)
    expect((await page(`${month}/files.csv`)).split('\n').length - 2).toBe(signed?.minutes.content.files.length)
    expect((await bytes(`${month}/evidence.zip`)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
    for (const language of ['vi', 'en', 'ar']) expect(await page(`${month}/minutes?version=1&lang=${language}`)).toContain(signed?.sha256)
  })

  test('says which lists were approved for it, by which decision and how much of them is of this month', async () => {
    const { content } = (JSON.parse(await page(`${month}/minutes.json`)) as SignedMinutes).minutes
    const lists = await province().database.query(`select l.kind, l.reference as number, l.state, s.scheme, count(*) filter (where i.left_out is null)::int as count, coalesce(sum(i.amount) filter (where i.left_out is null), 0)::text as amount, count(*) filter (where i.left_out is not null)::int as left_count, l.decision_number
      from correction_list l join correction_item i using (list_id) left join scheme_code s on s.scheme_id = i.scheme_id where l.state = 'approved' and i.benefit_period = 202610 group by l.list_id, s.scheme order by l.kind desc, s.scheme`)
    expect(lists.length).toBeGreaterThan(1)
    expect(content.corrections).toEqual(lists.map((list) => expect.objectContaining({ ...list, settled_amount: '0' }) as object))
    const [list] = content.corrections ?? []
    for (const language of ['vi', 'en', 'ar']) for (const said of [list?.number ?? '', '12/QĐ-SNV']) expect(await page(`${month}/minutes?version=1&lang=${language}`)).toContain(said)
  })

  test('minutes of the form before, which says nothing of lists, still stand, and are read and printed', async () => {
    const { minutes } = JSON.parse(await page(`${month}/minutes.json`)) as SignedMinutes
    const { corrections: _, ...before } = minutes.content
    const { printMinutes } = await import('../../src/http/periods/minutes-paper.ts')
    const kept = await sealMinutes(signableMinutes({ ...before, format: 'tantay-minutes-1' }, minutes.steps), await loadSigningKey(join(province().dataDirectory, 'sheet-key.pem')), printMinutes)
    const { fault, signed } = checkMinutes(kept.text)
    expect([fault, signed?.minutes.content.format, signed?.minutes.content.corrections]).toEqual([null, 'tantay-minutes-1', undefined])
    expect(minutes.content.format).toBe('tantay-minutes-2')
    expect(checkMinutes(kept.text.replace('tantay-minutes-1', 'tantay-minutes-3')).fault).toBe('unreadable')
  })

  test('any byte of its minutes that is another is found', async () => {
    const text = await page(`${month}/minutes.json`)
    fc.assert(fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), (at, by) => {
      const other = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ by)}${text.slice(at + 1)}`
      expect(checkMinutes(other).fault).not.toBe(null)
    }), { numRuns: 60 })
    expect(checkMinutes(text, 'f'.repeat(16)).fault).toBe('other_key')
  })

  test('its files give the same figures again, and a file with one byte more is missed', async () => {
    const { content } = (JSON.parse(await page(`${month}/minutes.json`)) as SignedMinutes).minutes
    const found = await findFiles(content, join(province().dataDirectory, 'files'))
    expect(found.missing).toBe(null)
    await recomputeIn(scratch().database, join(folder, 'again'), content, found)
    const wrong = { ...content, figures: { ...content.figures, bridge: content.figures.bridge.map((cell, index) => (index === 0 ? { ...cell, due: '1' } : cell)) } }
    await expect(compareFigures(scratch().database, wrong)).rejects.toMatchObject({ code: 'figures_differ' })
    mkdirSync(join(folder, 'sent'))
    writeFileSync(join(folder, 'sent', 'late.csv'), `${readFileSync(join(folder, 'late.csv'), 'utf8')}\n`)
    expect((await findFiles({ files: content.files.filter(({ file_name: name }) => name === 'late.csv') }, join(folder, 'sent'))).missing?.file_name).toBe('late.csv')
  })

  test('says that it differs once a file is withdrawn; somebody else reopens it, and version 2 says what changed and why', async () => {
    await voidFile(province().database, lateFile, 'sent by mistake', clock)
    await publish()
    for (const path of [month, '/periods', `${month}/minutes`]) expect(await page(path), path).toContain('Khác bản đã chốt')
    const key = { unitCode: null, benefitPeriod: '2026-10' }
    expect(await province().desk.as(reader('auditor').sessionHash).transaction((session) => differsSinceSigned(session, key))).toBe(true)
    expect(await send('approver', 'askReopen', { reason: 'Tệp gửi nhầm.' })).toBe(303)
    expect(await send('approver', 'reopen')).toBe(403)
    expect(await send('deputy', 'reopen')).toBe(303)
    for (const [person, name] of [['receiver', 'prepare'], ['appraiser', 'appraise'], ['deputy', 'approve'], ['issuer', 'issue']] as const) expect(await send(person, name, name === 'prepare' ? reasons : {}), name).toBe(303)
    const { fault, signed } = checkMinutes(await page(`${month}/minutes.json`))
    expect(fault).toBe(null)
    const { changes, version_number: version } = (signed as SignedMinutes).minutes.content
    expect([version, changes?.reason, changes?.asked_by, changes?.approved_by, changes?.files_removed.length]).toEqual([2, 'Tệp gửi nhầm.', 'approver', 'deputy', 1])
    expect(changes?.differences.find(({ part, name }) => part === 'bridge' && name === 'due')).toMatchObject({ scheme: 'BTXH' })
    expect(await page(`${month}/minutes?version=2`)).toContain('Tệp gửi nhầm.')
    expect(await page(month)).not.toContain('Khác bản đã chốt')
    expect(await province().database.query("select distinct kind from trail_entry where kind like 'period_%' order by 1")).toHaveLength(6)
  })
})

describe('while the approver is away', () => {
  const other = '/periods/2026-09'
  const today = localDayOf(systemClock.now())
  const standIn = new Map<string, ReaderApp>()
  const does = async (app: ReaderApp, name: string, fields: Readonly<Record<string, string>> = {}): Promise<[status: number, text: string]> => {
    const [done] = await province().database.query<{ count: string }>('select count(*)::text as count from period_event where benefit_period = 202609')
    const answer = await app.request(`${other}/acts/${name}`, { method: 'POST', body: new URLSearchParams({ events: done?.count ?? '', ...fields }), headers: { Origin: 'http://localhost' } })
    return [answer.status, await answer.text()]
  }
  const app = (name: string): ReaderApp => standIn.get(name) as ReaderApp
  beforeAll(async () => {
    for (const name of ['officer-who-stands-in', 'officer-of-nobody']) standIn.set(name, await province().as({ roles: ['officer'], name }))
    await province().database.transaction((transaction) => nameDeputy(transaction, { absentId: reader('approver').staffId, deputyId: app('officer-who-stands-in').staffId, from: today, to: today, reason: 'nghỉ phép' }, today, systemClock.now()))
  })

  test('whoever stands in approves in their place, and the page, the minutes and the paper say for whom', async () => {
    const deputy = app('officer-who-stands-in')
    expect((await does(reader('receiver'), 'prepare', reasons))[0]).toBe(303)
    expect((await does(reader('appraiser'), 'appraise'))[0]).toBe(303)
    expect((await does(app('officer-of-nobody'), 'approve'))[0]).toBe(403)
    expect(await (await deputy.request(other)).text()).toContain(`${other}/acts/approve`)
    expect(await (await deputy.request(`${other}/acts/approve`)).text()).toMatch(/Bạn làm bước này thay [^<]*approver/)
    expect((await does(deputy, 'approve'))[0]).toBe(303)
    // A fourth person is still a fourth person: who stood in does not hand out the minutes.
    expect((await does(deputy, 'issue'))[0]).toBe(403)
    expect((await does(reader('issuer'), 'issue'))[0]).toBe(303)
    const text = await page(`${other}/minutes.json`)
    const { fault, signed } = checkMinutes(text)
    expect(fault).toBe(null)
    expect(signed?.minutes.steps[2]).toMatchObject({ step: 'approved', name: 'officer-who-stands-in', roles: ['officer'], on_behalf_of: { name: 'approver', staff_id: reader('approver').staffId } })
    expect(await page(other)).toMatch(/officer-who-stands-in<\/bdi> <bdi>\(thay [^<]*approver/)
    for (const [language, said] of [['vi', 'ký thay approver'], ['en', 'on behalf of approver'], ['ar', 'نيابةً عن approver']] as const) expect(await page(`${other}/minutes?lang=${language}`)).toContain(said)
    // In whose place is part of what the trail holds of the event.
    const chained = await province().database.query<{ is_same: boolean; text: string }>("select encode(sha256(convert_to(a.row_text, 'UTF8')), 'hex') = t.row_hash as is_same, a.row_text as text from audited_period_event a join trail_entry t on t.row_table = 'period_event' and t.row_key = a.row_key where a.benefit_period = 202609 order by a.event_number")
    expect(chained.map(({ is_same: isSame }) => isSame)).toEqual([true, true, true, true])
    expect(chained.map(({ text: one }) => one.endsWith(`["${reader('approver').staffId}"]`))).toEqual([false, false, true, false])
  })

  test('nobody is stood in for who has a part in it already, or asked for it; and nobody stands in after the end', async () => {
    const deputy = app('officer-who-stands-in')
    expect((await does(reader('approver'), 'askReopen', { reason: 'Xem lại.' }))[0]).toBe(303)
    expect((await does(deputy, 'reopen'))[0]).toBe(403)
    expect((await does(reader('deputy'), 'refuseReopen', { reason: 'Không cần.' }))[0]).toBe(303)
    expect((await does(reader('issuer'), 'askReopen', { reason: 'Có tệp mới.' }))[0]).toBe(303)
    const [{ absence_id: absence }] = await absencesOf(province().database, deputy.staffId, today) as [Absence]
    const insert = "insert into period_event (place_code, benefit_period, event_number, previous_kind, kind, version_number, round_number, actor_id, happened_at, asked_by, acting_for) select '', 202609, max(event_number) + 1, 'reopen_asked', 'reopened', 1, 1, $1, $2, $3, $4 from period_event where benefit_period = 202609"
    const tried = (principal: string): Promise<unknown> => province().desk.as(deputy.sessionHash).transaction((transaction) => transaction.query(insert, [deputy.staffId, clock.now(), reader('issuer').staffId, principal]))
    await expect(tried(reader('deputy').staffId)).rejects.toMatchObject({ code: '42501' })
    await province().database.transaction((transaction) => endAbsence(transaction, absence, reader('approver').staffId, systemClock.now()))
    await expect(tried(reader('approver').staffId)).rejects.toMatchObject({ code: '42501' })
    expect((await does(deputy, 'reopen'))[0]).toBe(403)
    expect((await does(reader('deputy'), 'reopen'))[0]).toBe(303)
    // Not even as the owner: who stands in, and in whose place, are none of the others of the four.
    for (const [what, kind, constraint] of [
      ['acting_for = (select actor_id from period_event where benefit_period = 202609 and event_number = 2)', 'approved', 'period_event_four_principals'],
      ['actor_id = (select actor_id from period_event where benefit_period = 202609 and event_number = 1)', 'approved', 'period_event_four_persons'],
      ['acting_for = asked_by', 'reopened', 'period_event_not_for_who_asked'],
    ] as const) await expect(province().database.query(`update period_event set ${what} where benefit_period = 202609 and kind = $1`, [kind])).rejects.toMatchObject({ constraint })
  })
})

describe('whatever anybody does', () => {
  const wholeReader = (person: Person): Reader => ({ staffId: reader(person).staffId, displayName: person, roles: [roleOf[person]], unitCode: null, scopeLevel: 'country', agent: null }) as unknown as Reader

  test('no order of acts lets one person do two steps of a round, or takes a step out of turn', async () => {
    const key = { unitCode: null, benefitPeriod: '2026-09' }
    const signingKey = await loadSigningKey(join(province().dataDirectory, 'sheet-key.pem'))
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ person: fc.constantFrom(...(Object.keys(roleOf) as Person[])), act: fc.constantFrom(...periodActs) }), { minLength: 40, maxLength: 40 }), async (acts) => {
      for (const { person, act } of acts) {
        await province().desk.as(reader(person).sessionHash).transaction(async (transaction) => {
          const { events: done } = await standingOf(transaction, key)
          const { missing_files: missing } = await periodFacts(transaction, key)
          await actOnPeriod(transaction, { key, act, expectedEvents: done.length, actor: wholeReader(person), at: clock.now(), reason: 'x', placeName: null, missingReasons: new Map(missing.map((file) => [missingName(file), 'x'])), seal: (minutes) => sealMinutes(minutes, signingKey, () => Promise.resolve({ vi: Buffer.from('vi'), en: Buffer.from('en') })) })
        }).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error })
      }
      const rounds = await province().database.query<{ kinds: string[]; persons: string[] }>(`select array_agg(kind order by event_number) as kinds, array_agg(actor_id::text) as persons from period_event where kind in ('prepared', 'appraised', 'approved', 'issued') group by place_code, benefit_period, round_number`)
      for (const { kinds, persons } of rounds) {
        expect(kinds).toEqual(['prepared', 'appraised', 'approved', 'issued'].slice(0, kinds.length))
        expect(new Set(persons).size).toBe(persons.length)
      }
    }), { numRuns: 2, seed: 8 })
  })

  test('the database refuses it too, whatever a page sends', async () => {
    const as = (person: Person, query: string, values: readonly unknown[] = []) => province().desk.as(reader(person).sessionHash).transaction(async (transaction) => {
      await transaction.query(query, [...values])
      await transaction.query('set constraints all immediate')
    })
    const insert = (kind: string, previous: string | null, number: number, round: number, actor: Person, more: Readonly<Record<string, unknown>> = {}): [string, unknown[]] => {
      const row = { place_code: '', benefit_period: 202608, event_number: number, previous_kind: previous, kind, version_number: 1, round_number: round, actor_id: reader(actor).staffId, happened_at: clock.now(), ...more }
      return [`insert into period_event (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row)]
    }
    // Without a snapshot, in another's name, without the role, out of order.
    await expect(as('receiver', ...insert('prepared', null, 1, 1, 'receiver'))).rejects.toMatchObject({ code: '23503' })
    await expect(as('receiver', ...insert('prepared', null, 1, 1, 'appraiser'))).rejects.toMatchObject({ code: '42501' })
    await expect(as('auditor', ...insert('prepared', null, 1, 1, 'auditor'))).rejects.toMatchObject({ code: '42501' })
    await expect(as('issuer', ...insert('issued', null, 1, 1, 'issuer'))).rejects.toThrow()
    // A snapshot that says another amount of a list than was approved. The true one is refused only for being there already.
    const codes: unknown[] = []
    await expect(province().desk.as(reader('receiver').sessionHash).transaction(async (transaction) => {
      const body = (await transaction.query<{ body: string }>('select body from period_snapshot where benefit_period = 202610 order by round_number desc limit 1'))[0]?.body ?? ''
      const round = (await transaction.query<{ round_number: number }>('select max(round_number) as round_number from period_snapshot where benefit_period = 202610'))[0]?.round_number
      expect(body).toContain('"kind":"supplementary","left_amount":"')
      for (const said of [body, body.replace('"left_amount":"', '"left_amount":"1')]) {
        await transaction.query('savepoint tried')
        await transaction.query("insert into period_snapshot (place_code, benefit_period, round_number, body, sha256) values ('', 202610, $1, $2, $3)", [round, said, sha256Of(said)]).catch((error: unknown) => codes.push((error as { code: unknown }).code))
        await transaction.query('rollback to savepoint tried')
      }
      throw new Error('nothing of this is kept')
    })).rejects.toThrow('nothing of this is kept')
    expect(codes).toEqual(['23505', '42501'])
    // What is signed stays as it is, also for who signed it.
    for (const change of ['update period_snapshot set body = body', 'delete from period_minutes', 'update period_event set actor_id = 1', 'delete from period_event']) await expect(as('receiver', change)).rejects.toMatchObject({ code: '42501' })
    // One person twice in a round, and whoever asked answers: not even as the owner.
    await expect(province().database.query("update period_event set actor_id = (select actor_id from period_event where benefit_period = 202610 and event_number = 1) where benefit_period = 202610 and event_number = 2")).rejects.toThrow()
    // Somebody of a commune is told nothing of the country's months.
    const commune = await province().as({ roles: ['payer'], unit: '00001' })
    const told = await province().desk.as(commune.sessionHash).transaction((session) => session.query<{ facts: unknown }>("select desk_period_facts('', 202610) as facts"))
    expect(told).toEqual([{ facts: null }])
    expect((await commune.request(month)).status).toBe(404)
  })
})
