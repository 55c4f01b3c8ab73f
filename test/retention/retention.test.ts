/** What was kept long enough goes and nothing else: by dated terms, counted before, written down after, no sum changed. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFiles, rawLine } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { applyRetention, planRetention, retentionPolicy, setRetention } from '../../src/retention/index.ts'
import { leaveTrail, verifyTrail } from '../../src/trail/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-retention-'))
const now = stoppedClock('2026-11-01T20:00:00Z')
const later = stoppedClock('2037-01-01T20:00:00Z')
const surroundings = { clock: now, dataDirectory: folder }
const secret = '001087717273'

afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

beforeAll(async () => {
  const { database } = clone()
  const files = {
    'schemes.csv': 'scheme,name_vi,currency,due_day,grace_days\nBTXH,Trợ giúp xã hội,VND,5,5\n',
    'units.csv': 'unit_code,name,unit_type,level,parent_code,valid_from\n01,Hà Nội,thành phố,province,,2020-01-01\n00001,Xã Một,xã,commune,01,2020-01-01\n',
    'list.csv': `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-09,001087000001,An,00001,540000\nBTXH,2026-09,001087000002,Bình,00001,540000\nBTXH,2026-13,${secret},Cúc,00001,x${secret}\n`,
    'refused.csv': `mã,${secret}\n1,2\n`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  await ingestFiles(database, Object.keys(files).map((name) => ({ path: join(folder, name) })), surroundings)
  await run(database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock: now, alongside: publishAlongside })
  const [staff] = await database.query<{ staff_id: string }>("insert into staff (user_name, display_name, roles, created_at) values ('lan', 'Lan', '{officer}', '2026-01-01') returning staff_id")
  await database.query("insert into staff_session (token_hash, staff_id, created_at, last_seen_at, expires_at, is_complete) values ('old', $1, '2026-01-01', '2026-01-01', '2026-01-02', true), ('young', $1, '2026-10-01', '2026-10-01', '2026-10-02', true)", [staff?.staff_id])
  const [one] = await database.query<{ person_key: string; finding_id: string }>('select person_key, finding_id from case_record where person_key >= 0 order by finding_id limit 1')
  const id = [one?.person_key, one?.finding_id]
  await database.query("insert into complaint (person_key, finding_id, complained_date, came_by, wanted_answer, phone, words, taken_at, taken_by) values ($1, $2, '2026-10-01', 'desk', 'phone', '0971727374', 'chưa thấy tiền', '2026-10-01', $3)", [...id, staff?.staff_id])
  await database.query("insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step) values ($1, $2, 99, '2026-10-02', $3, 'evidence_added', 'new')", [...id, staff?.staff_id])
  await leaveTrail(database, { staffId: staff?.staff_id ?? '', at: now.now(), kind: 'case_acted', personKey: one?.person_key ?? null, row: { table: 'case_event', key: [one?.person_key ?? '', one?.finding_id ?? '', 99] } })
  await database.query(`insert into case_attachment (person_key, finding_id, event_number, sha256, file_name, media_type, size_bytes) values ($1, $2, 99, '${'a'.repeat(64)}', 'giấy của bà Hoa.pdf', 'application/pdf', 3)`, id)
  mkdirSync(join(folder, 'evidence'), { recursive: true })
  writeFileSync(join(folder, 'evidence', 'a'.repeat(64)), 'pdf')
})

// People have a test of their own; here nobody's term ends.
beforeAll(() => clone().database.query("update retention_policy set keep_months = 1200 where what = 'people'"))

const counts = (of: readonly { readonly what: string; readonly count: string }[]): Record<string, string> => Object.fromEntries(of.filter(({ count }) => count !== '0').map(({ what, count }) => [what, count]))
const figures = async (): Promise<unknown> => [
  await clone().database.query('select * from outcome_total order by 1, 2, 3, 4'),
  await clone().database.query('select person_key, scheme_id, benefit_period, outcome_class, due_amount, credited_amount from outcome order by 1, 2, 3'),
  await clone().database.query('select file_id, line_count, accepted_count, problem_count from source_file order by 1'),
]

test('each term is data with a day and a basis; a new one follows, and none is changed', async () => {
  const { database } = clone()
  const terms = await retentionPolicy(database, '2026-11-01')
  expect(terms.every(({ keep_months: months, legal_basis: basis }) => months > 0 && basis !== '')).toBe(true)
  expect(terms.find(({ what }) => what === 'received_files')).toMatchObject({ keep_months: 120 })
  await setRetention(database, { what: 'sessions', months: '24', from: '2030-01-01', basis: 'Thông tư' }, now)
  expect((await retentionPolicy(database, '2029-12-31')).find(({ what }) => what === 'sessions')?.keep_months).toBe(3)
  expect((await retentionPolicy(database, '2030-01-01')).find(({ what }) => what === 'sessions')?.keep_months).toBe(24)
  await expect(setRetention(database, { what: 'sessions', months: '1', from: '2030-01-01', basis: 'x' }, now)).rejects.toMatchObject({ code: 'term_exists' })
  await expect(setRetention(database, { what: 'payments', months: '1', from: '2030-01-01', basis: 'x' }, now)).rejects.toMatchObject({ code: 'retention_unknown' })
})

test('what is younger than its term stays, to the byte', async () => {
  const { database } = clone()
  const bytes = readdirSync(folder, { recursive: true }).length
  expect(counts(await planRetention(database, surroundings))).toEqual({ sessions: '1' })
  expect(counts(await applyRetention(database, surroundings))).toEqual({ sessions: '1' })
  expect(await database.query('select token_hash from staff_session')).toEqual([{ token_hash: 'young' }])
  expect(readdirSync(folder, { recursive: true })).toHaveLength(bytes)
  expect(await database.query('select from problem where raw is not null')).not.toEqual([])
  // A day before the term of ten years ends nothing else of these has gone either.
  expect((await planRetention(database, { ...surroundings, clock: stoppedClock('2036-10-31T10:00:00Z') })).find(({ what }) => what === 'received_files')?.count).toBe('0')
})

test('ten years later bytes, quotes, contacts and names of evidence are gone; the plan said so, no sum has changed, the trail is whole and says why', async () => {
  const { database } = clone()
  await database.query("update case_record set step = 'gone', closed_date = '2026-10-30' where (person_key, finding_id) in (select person_key, finding_id from complaint)")
  const before = await figures()
  const place = { dataDirectory: folder, clock: later }
  const planned = await planRetention(database, place)
  expect(counts(planned)).toEqual({ sessions: '1', contacts: '1', refused_files: '1', received_files: '3', evidence: '1' })
  expect(existsSync(join(folder, 'evidence', 'a'.repeat(64)))).toBe(true)
  expect(await applyRetention(database, place)).toEqual(planned)
  for (const part of ['files', 'quarantine', 'evidence']) expect(readdirSync(join(folder, part)), part).toEqual([])
  expect(await figures()).toEqual(before)
  expect(await database.query('select phone, words from complaint')).toEqual([{ phone: null, words: null }])
  expect(await database.query('select file_name from case_attachment')).toEqual([{ file_name: 'aaaaaaaaaaaa' }])
  expect(await database.query('select from problem where raw is not null')).toEqual([])
  const [file] = await database.query<{ file_id: string }>("select file_id from source_file where kind = 'beneficiary_list'")
  expect(await rawLine(database, folder, file?.file_id ?? '', 2)).toBeNull()
  expect(await database.query("select subject, reason from trail_entry where kind = 'retention_applied' and subject = 'received_files'")).toEqual([{ subject: 'received_files', reason: 'accounting vouchers: ten years' }])
  expect((await database.transaction((transaction) => verifyTrail(transaction, { outside: null, keys: [] }))).fault).toBeNull()
  // Done again it finds nothing.
  expect(counts(await applyRetention(database, place))).toEqual({})
})
