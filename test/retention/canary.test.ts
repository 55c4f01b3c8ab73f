/** Somebody who was forgotten is in no row of any table and in no file of the data folder: values that are nobody's are planted wherever they can stand, and looked for. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Of, stoppedClock } from '../../src/core/index.ts'
import { sealSearch } from '../../src/db/index.ts'
import { ingestFiles, voidFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { run, verifyIncremental } from '../../src/reconcile/index.ts'
import { applyRetention, planRetention, type Retained } from '../../src/retention/index.ts'
import { leaveTrail, verifyTrail } from '../../src/trail/index.ts'
import { canary } from '../canary/watch.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-forgotten-'))
const incoming = mkdtempSync(join(tmpdir(), 'tantay-incoming-'))
const now = stoppedClock('2026-11-01T20:00:00Z')
const later = stoppedClock('2040-01-01T20:00:00Z')
const timeZone = 'Asia/Ho_Chi_Minh'
const agent = '970436'
const former = '171772737'
const folded = canary.name.normalize('NFD').replace(/\p{M}/gu, '')
const evidence = sha256Of('evidence')
let oldFindings: string[] = []
/** What payments without a reference are called by: made of the person's key, which could be tried out. */
let hashes: string[] = []
const lostHash = '0123456789abcdef0123456789abcdef'
afterAll(() => { for (const one of [folder, incoming]) rmSync(one, { recursive: true, force: true }) })

const head = 'scheme,benefit_period,beneficiary_id,beneficiary_name,birth_date,sex,unit_code,village,due_amount,creditor_agent,creditor_account,payee_id,payee_name'
const files: Readonly<Record<string, string>> = {
  '01 schemes.csv': 'scheme,name_vi,currency,due_day,grace_days\nBTXH,Trợ giúp xã hội,VND,5,5\n',
  '02 units.csv': 'unit_code,name,unit_type,level,parent_code,valid_from\n01,Hà Nội,thành phố,province,,2020-01-01\n00001,Xã Một,xã,commune,01,2020-01-01\n',
  // the planted one, a double of theirs, one who receives for them, and two who stay
  [`10 ${canary.id}.csv`]: `${head}\nBTXH,2026-08,${canary.id},${canary.name},1987-03-14,female,00001,Bản A,540000,${agent},${canary.account},,\nBTXH,2026-08,001087000002,${canary.name},1987-03-14,female,00001,Bản A,540000,${agent},${canary.account},${canary.id},${canary.name}\nBTXH,2026-08,001087000003,Bình,1950-01-02,male,00001,Bản A,540000,${agent},${canary.account},,\nBTXH,13-2026,${canary.id},${canary.name},,,00001,,x${canary.id},,,,\n`,
  '11 list.csv': `${head}\nBTXH,2026-09,${canary.id},${canary.name.toUpperCase()},1987-03-14,female,00001,Bản A,540000,${agent},${canary.account},,\nBTXH,2026-09,${canary.id},${canary.name},1987-03-14,female,00001,Bản A,540001,${agent},${canary.account},,\n`,
  '12 list.csv': `${head}\nBTXH,2036-09,001087000009,Dũng,1960-05-05,male,00001,Bản A,540000,${agent},9900112233,,\nBTXH,2036-09,001087000008,Mai,1961-05-05,female,00001,Bản A,540000,,,,\n`,
  '13 problems.csv': `${head}\nBTXH,2036-09,001087000009,Dũng,1960-05-05,male,00001,Bản A,540000,${agent},9900112233,,\nBTXH,2036-13,${canary.id},${canary.name},,,00001,,540000,,,,\n`,
  '20 paid.csv': `end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,creditor_name,instructed_amount,instructed_at,transaction_status,credited_at,returned_at,returned_amount,return_reason_code,reason_text,bank_reference\nTC-${canary.id}-08,BTXH,2026-08,${canary.id},${agent},${canary.account},${canary.name},540000,2026-08-05,RTRN,2026-08-06,2026-08-07,540000,AC01,${canary.name} ${canary.phone},FT${canary.account}\n,BTXH,2026-09,${canary.id},${agent},${canary.account},,540000,2026-09-05,ACSC,2026-09-06,,,,,${folded.replaceAll(' ', '').toUpperCase()}\n${folded.replaceAll(' ', '')}9,,,,${agent},${canary.account},,70000,2026-09-05,ACSC,2026-09-07,,,,,\n,BTXH,,${former},${agent},${canary.account},,120000,2026-09-05,ACSC,2026-09-08,,,,,\n`,
  '30 opened.csv': `creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n${agent},${canary.account},${canary.id},${canary.name},2026-01-05,active\n${agent},9900112233,001087000009,Dũng,2026-01-05,active\n`,
  '40 withdrawn.csv': `creditor_agent,account_number,end_to_end_id,first_withdrawal_at,reported_through_date\n${agent},${canary.account},TC-${canary.id}-08,2026-09-08T08:00:00,2026-10-05\n${agent},${canary.account},,2026-09-08T08:00:00,2026-10-05\n`,
  '50 mandates.csv': `beneficiary_id,payee_id,payee_name,relation,valid_from\n001087000002,${canary.id},${canary.name},guardian,2026-01-01\n${canary.id},001087000003,Bình,authorised,2026-01-01\n`,
  '60 register.csv': `person_id,previous_id,name,birth_date,sex,vital_status,verified_date,unit_code\n${canary.id},${former},${canary.name},1987-03-14,female,alive,2026-02-01,00001\n`,
  '70 exempt.csv': `beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to\n${canary.id},ILL,${canary.name} ${canary.id},Chủ tịch,2026-01-01,2026-12-31\n`,
  '71 visits.csv': `beneficiary_id,visited_date,result,evidence_reference,note,team\n${canary.id},2026-03-01,exempt,${canary.token},${canary.name} ${canary.phone},Đội 1\n`,
  '72 complaints.csv': `beneficiary_id,benefit_period,complained_date,scheme,phone,words,person_name\n${canary.id},2026-08,2026-10-01,BTXH,${canary.phone},${canary.name} chưa có tiền,${canary.name}\n`,
  '80 statement.csv': `account_number,statement_number,entry_date,entry_kind,amount,currency,end_to_end_id,entry_reference,counterparty_account,counterparty_name,entry_text\n5500112233,1,2026-08-01,opening,1000000,VND,,,,,\n5500112233,1,2026-08-06,debit,540000,VND,TC-${canary.id}-08,,${canary.account},${canary.name},${canary.name} BTXH\n5500112233,1,2026-08-31,closing,460000,VND,,,,,\n`,
  '90 refused.csv': `mã,${canary.id}\n${canary.id},2\n`,
}

const personal = "person_key in (select identifier_key(id) from unnest($1::text[]) id)"
const ids = [[canary.id, former, '001087000002', '001087000003']]

beforeAll(async () => {
  const { database } = clone()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(incoming, name), text)
  const receipts = await ingestFiles(database, Object.keys(files).map((name) => ({ path: join(incoming, name) })), { clock: now, dataDirectory: folder })
  expect(receipts.filter(({ status }) => status !== 'sealed').map(({ refusal }) => refusal?.code)).toHaveLength(1)
  await linkPersons(database)
  await run(database, { asOf: '2026-10-31', timeZone, clock: now, alongside: publishAlongside })
  const [staff] = await database.query<{ staff_id: string }>("insert into staff (user_name, display_name, roles, created_at) values ('lan', 'Lan', '{officer}', '2026-01-01') returning staff_id")
  const staffId = staff?.staff_id ?? ''
  const cases = await database.query<{ person_key: string; finding_id: string; code: string; version: number }>('select person_key, finding_id, code, version from case_record order by person_key, finding_id')
  const theirs = (await database.query<{ finding_id: string }>(`select finding_id from case_record where ${personal} or person_key < 0 and code not in ('file_missing', 'control_total_mismatch')`, ids)).map(({ finding_id: id }) => id)
  oldFindings = theirs
  expect(new Set(cases.map(({ code }) => code)).size).toBeGreaterThan(6)
  // What people did about them, with words and numbers in it.
  for (const { person_key: key, finding_id: finding, version } of cases.filter(({ finding_id: id }) => theirs.includes(id))) {
    const number = version + 1
    await database.query("insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, comment, details) values ($1, $2, $3, '2026-10-02', $4, 'commented', 'new', $5, $6)", [key, finding, number, staffId, `gọi ${canary.name} ${canary.phone}`, JSON.stringify({ payment: `${agent}|TC-${canary.id}-08`, list_id: '4' })])
    await leaveTrail(database, { staffId, at: now.now(), kind: 'case_acted', personKey: key, subject: `case ${finding}`, details: { act: 'commented' }, row: { table: 'case_event', key: [key, finding, number] } })
    await database.query("insert into case_event (person_key, finding_id, event_number, happened_at, kind, step) values ($1, $2, $3, '2026-10-03', 'gone', 'gone')", [key, finding, number + 1])
    await database.query("insert into case_attachment (person_key, finding_id, event_number, sha256, file_name, media_type, size_bytes) values ($1, $2, $3, $4, $5, 'application/pdf', 3)", [key, finding, number, evidence, `giấy của ${canary.name}.pdf`])
    await database.query("insert into case_message (person_key, finding_id, press, language, phone, body, state, sent_by, tried_at) values ($1, $2, $3, 'vi', $4, $5, 'sent', $6, '2026-10-02')", [key, finding, '0'.repeat(32), canary.phone, canary.name, staffId])
    await database.query("insert into correction_item (person_key, list_id, item_number, finding_id, code, currency, amount, before_amount, money_key, creditor_agent, creditor_account, creditor_name, beneficiary_name, lines, progress, settled_amount, settled_by) values ($1, 1, (select count(*) + 1 from correction_item), $2, 'unpaid', 'VND', 1, 1, 'payment|' || $3, $4, $5, $6, $6, $7, 'settled', 1, $3)", [key, finding, `${agent}|TC-${canary.id}-08`, agent, canary.account, canary.name, JSON.stringify([{ id: canary.id }])])
    await database.query("insert into bank_question (question_id, person_key, finding_id, creditor_agent, code, asked_at, asked_by, question, about, due_date, answered_at, answered_by, answer_code, answer, answer_number) values ($1, $2, $3, $4, 'returned', '2026-10-02', $5, $6, $7, '2026-10-09', '2026-10-03', $5, 'other', $6, $8)", [cases.findIndex(({ finding_id: one }) => one === finding), key, finding, agent, staffId, canary.name, JSON.stringify({ account: canary.account }), number])
    await database.query("insert into case_batch (staff_id, made_at, origin, heading, entries) values ($1, '2026-10-02', 'selection', '{}', $2)", [staffId, JSON.stringify([{ finding, comment: canary.name }])])
  }
  await database.query("update case_record c set version = c.version + 2, step = 'gone', closed_date = '2026-10-04' where finding_id = any ($1::text[])", [theirs])
  await leaveTrail(database, { staffId: null, at: now.now(), kind: 'cases_followed', subject: 'run 0', row: { table: 'case_event_of_run', key: ['2026-10-03'] } })
  await leaveTrail(database, { staffId, at: now.now(), kind: 'viewed_person', personKey: BigInt(canary.id).toString(), reason: `gọi ${canary.name}` })
  await leaveTrail(database, { staffId, at: now.now(), kind: 'file_discarded', subject: 'file', reason: `nhầm ${canary.id}`, details: { account: canary.account } })
  await database.query("insert into upload (upload_id, source, staff_id, channel, file_name, size_bytes, sha256, received_at, status, finished_at, refusal) select 'u' || file_id, '970436', $1, 'page', file_name, 1, sha256, '2026-10-01', 'refused', '2026-10-01', refusal || '{\"raw\": \"001087717273\"}' from source_file where status = 'refused'", [staffId])
  await database.query("insert into idempotent_request (staff_id, idempotency_key, held_by, held_until, created_at, answer) values ($1, 'k', 'p', '2026-10-01', '2026-10-01', $2)", [staffId, JSON.stringify({ raw: canary.id })])
  await database.query('analyze')
  // Words beside any case: why something was taken back or skipped, and searches that are kept, open and sealed.
  const money = await database.query<{ finding_id: string; person_key: string; payment: string }>(`select finding_id, person_key, 'payment|' || subject as payment from case_record where ${personal} and code in ('not_on_list', 'wrong_account', 'paid_while_suspended') and subject like '%|-|%'`, ids)
  expect(money).not.toEqual([])
  hashes = money.map(({ payment }) => payment.split('|')[3] ?? '')
  for (const [at, { finding_id: finding, person_key: key, payment }] of money.entries()) await database.query("insert into correction_item (person_key, list_id, item_number, finding_id, code, currency, amount, before_amount, money_key, progress) values ($1, 2, $2, $3, 'not_on_list', 'VND', 1, 1, $4, 'gone')", [key, at + 1, finding, payment])
  // one of a payment whose report is gone, and one of an account
  await database.query("insert into correction_item (person_key, list_id, item_number, finding_id, code, currency, amount, before_amount, money_key, progress) values ($1, 3, 1, $2, 'not_on_list', 'VND', 1, 1, $3, 'gone'), ($1, 3, 2, $2, 'returned', 'VND', 1, 1, $4, 'gone')", [cases.find(({ finding_id: one }) => one === theirs[0])?.person_key, theirs[0], `payment|${agent}|-|${lostHash}|1`, `account|${agent}|${canary.account}`])
  hashes.push(lostHash)
  await database.query("insert into correction_list (list_id, kind, reference, currency, run_id, as_of, made_at, made_by, state, withdrawn_at, withdrawn_by, withdrawn_reason) values (9, 'recovery', 'TT9', 'VND', 1, '2026-10-31', '2026-10-31', $1, 'withdrawn', '2026-10-31', $1, $2)", [staffId, `sai cho ${folded.toLowerCase()}`])
  await database.query("insert into night (as_of, state, planned_at, finished_at, skip_reason) values ('2026-10-01', 'skipped', '2026-10-01', '2026-10-01', $1)", [`chờ ${canary.id.replace(/^(...)/, '$1 ')} ${canary.name}`])
  const saved: readonly (readonly [string, string, string])[] = [['bản A', 'village=x', ''], [`gọi ${canary.name}`, 'step=new', ''], ['một', 'step=new', canary.id], ['hai', 'step=new', folded], ['ba', 'step=new', canary.account.slice(-6)], ['bốn', 'step=new', 'Dũng']]
  for (const [name, query, search] of saved) await database.query("insert into saved_view (staff_id, name, query, saved_at) values ($1, $2, $3, '2026-10-01')", [staffId, name, search === '' ? query : `${query}&q=${await sealSearch(database, search)}`])
  const wrong = join(incoming, '99 wrong.csv')
  writeFileSync(wrong, 'scheme,name_vi,currency,due_day,grace_days\nKHAC,Khác,VND,5,5\n')
  const [taken] = await ingestFiles(database, [{ path: wrong }], { clock: now, dataDirectory: folder })
  await voidFile(database, taken?.file_id ?? '', `nhầm của ${canary.name}`, now)
  await database.query('analyze')
  mkdirSync(join(folder, 'evidence'), { recursive: true })
  writeFileSync(join(folder, 'evidence', evidence), `scan of ${canary.name}`)
})

const shapes = (): string[] => [
  canary.id, former, canary.account, canary.name, folded, folded.replaceAll(' ', ''), canary.phone, canary.token, '1987-03-14',
  BigInt(canary.id).toString(), (BigInt(former) + 1_000_000_000_000n).toString(), (BigInt(canary.account) + (10n ** BigInt(canary.account.length) - 10n) / 9n).toString(), ...oldFindings, ...hashes,
].map((one) => one.toLowerCase())

/** Each table with what was found in it; read as text, whatever its columns are. */
async function foundInDatabase(): Promise<string[]> {
  const { database } = clone()
  const tables = await database.query<{ name: string }>("select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1")
  expect(tables.length).toBeGreaterThan(150)
  const found: string[] = []
  for (const { name } of tables) {
    const text = (await database.query<{ row: string }>(`select t::text as row from ${name} t`)).map(({ row }) => row).join('\n').toLowerCase()
    found.push(...shapes().filter((shape) => text.includes(shape)).map((shape) => `${name}: ${shape}`))
  }
  // What the planner remembers of values is a table too.
  const remembered = await database.query<{ row: string }>("select concat_ws(' ', tablename, attname, most_common_vals::text, histogram_bounds::text) as row from pg_stats where schemaname in ('public', 'gathered')")
  for (const { row } of remembered) found.push(...shapes().filter((shape) => row.toLowerCase().includes(shape)).map((shape) => `pg_stats of ${row.split(' ').slice(0, 2).join('.')}: ${shape}`))
  return found
}

function foundInFiles(): string[] {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => statSync(path).isFile())
    .flatMap((path) => { const text = readFileSync(path).toString('utf8').toLowerCase(); return shapes().filter((shape) => path.includes(shape) || text.includes(shape)).map((shape) => `${path}: ${shape}`) })
}

const people = (found: readonly Retained[]): Retained | undefined => found.find(({ what }) => what === 'people')
const sums = async (): Promise<unknown> => {
  const { database } = clone()
  return [await database.query('select scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, credited_amount, to_due_amount from outcome_count order by 1, 2, 3, 4, 5'), await database.query("select to_jsonb(b) - 'run_id' as cell from bridge_cell b order by 1"), await database.query('select * from finding_total order by 1, 2, 3, 4'), await database.query('select code, count(*) from case_record group by 1 order by 1')]
}
const trailFault = async (): Promise<unknown> => (await clone().database.transaction((transaction) => verifyTrail(transaction, { outside: null, keys: [] }))).fault

test('what is planted stands in many tables and files, and the plan counts those it is about', async () => {
  expect(await trailFault()).toBeNull()
  const planted = await foundInDatabase()
  expect(new Set(planted.map((one) => one.split(':')[0])).size).toBeGreaterThan(30)
  expect(planted.some((one) => one.startsWith('pg_stats'))).toBe(true)
  expect(new Set(foundInFiles().map((one) => one.split(': ')[0])).size).toBeGreaterThan(10)
  // A term of people alone: what other terms would take away stays, so that nothing is gone by another hand.
  await clone().database.query("update retention_policy set keep_months = 1200 where what <> 'people'")
  const planned = people(await planRetention(clone().database, { clock: later, dataDirectory: folder }))
  expect(planned).toMatchObject({ count: '4', held: {} })
  expect(await foundInDatabase()).toEqual(planted)
})

test('an open case, an unanswered question, a list that waits and a month that is being closed keep people, and the plan says so', async () => {
  const { database } = clone()
  const plan = async (): Promise<Retained | undefined> => people(await planRetention(database, { clock: later, dataDirectory: folder }))
  const [staff] = await database.query<{ staff_id: string }>('select min(staff_id) as staff_id from staff')
  const key = BigInt(canary.id).toString()
  const waits: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['open_case', [`insert into case_record (person_key, finding_id, code, severity_rank, subject, currency, amount_at_stake, waiting_since, urgency, opened_date, deadline_date, is_found, step) values (${key}, 'open', 'unpaid', 4, '', 'VND', 0, '2026-01-01', 0, '2026-01-01', '2026-01-01', false, 'new')`], ["delete from case_record where finding_id = 'open'"]],
    ['open_case', ["update bank_question set answered_at = null, answer_code = null, answered_by = null where question_id = (select min(question_id) from bank_question)"], ["update bank_question set answered_at = '2026-10-03', answer_code = 'other', answered_by = asked_by where answered_at is null"]],
    ['open_correction', [`insert into correction_list (list_id, kind, reference, currency, run_id, as_of, made_at, made_by) values (1, 'recovery', 'TT1', 'VND', 1, '2026-10-31', '2026-10-31', ${staff?.staff_id ?? ''})`], ['delete from correction_list where list_id = 1']],
    ['open_period', [
      `insert into period_event (place_code, benefit_period, event_number, kind, version_number, round_number, actor_id, happened_at) values ('', 202608, 1, 'prepared', 1, 1, ${staff?.staff_id ?? ''}, '2026-10-31')`,
      "insert into period_snapshot (place_code, benefit_period, round_number, body, sha256) values ('', 202608, 1, '{}', encode(sha256('{}'), 'hex'))",
    ], ['delete from period_snapshot', 'delete from period_event']],
  ]
  for (const [reason, begin, end] of waits) {
    await database.transaction(async (transaction) => { for (const statement of begin) await transaction.query(statement) })
    const held = await plan()
    expect(Object.keys(held?.held ?? {}), reason).toContain(reason)
    expect(BigInt(held?.count ?? '4'), reason).toBeLessThan(4n)
    await database.transaction(async (transaction) => { for (const statement of end) await transaction.query(statement) })
  }
  expect(await plan()).toMatchObject({ count: '4', held: {} })
})

test('applied, nobody can find them anywhere; sums, cases and the trail stand; a second time does nothing', { timeout: 120_000 }, async () => {
  const { database } = clone()
  const before = await sums()
  const others = await database.query(`select * from entitlement_line where not ${personal} order by person_key, benefit_period, line_number`, ids)
  const applied = await applyRetention(database, { clock: later, dataDirectory: folder })
  expect(people(applied)?.count).toBe('4')
  expect(await foundInDatabase()).toEqual([])
  expect(foundInFiles()).toEqual([])
  expect((await database.query<{ name: string }>('select name from saved_view order by name collate "C"')).map(({ name }) => name)).toEqual(['bản A', 'bốn'])
  expect(await database.query("select withdrawn_reason as words from correction_list where list_id = 9 union all select skip_reason from night union all select void_reason from source_file where void_reason is not null")).toEqual([{ words: '–' }, { words: '–' }, { words: '–' }])
  expect(existsSync(join(folder, 'evidence', evidence))).toBe(false)
  expect(await database.query('select * from entitlement_line where person_key < 1000000000000 order by person_key, benefit_period, line_number')).toEqual(others)
  expect(await trailFault()).toBeNull()
  expect(await database.query("select details - 'digest' as details from trail_entry where kind = 'person_forgotten'")).toHaveLength(1)
  await run(database, { asOf: '2026-10-31', timeZone, clock: now, alongside: publishAlongside })
  await verifyIncremental(database, { timeZone })
  expect(await sums()).toEqual(before)
  expect(await foundInDatabase()).toEqual([])
  await run(database, { asOf: '2026-10-31', timeZone, clock: now, isFull: true, alongside: publishAlongside })
  expect(await sums()).toEqual(before)
  expect(await trailFault()).toBeNull()
  expect(people(await applyRetention(database, { clock: later, dataDirectory: folder }))).toMatchObject({ count: '0' })
})

test('bytes that an application left when it was cut off go with the next; what emptied entries say is watched over', async () => {
  const { database } = clone()
  const [file] = await database.query<{ sha256: string }>('select sha256 from source_file join forgotten_file using (file_id) order by file_id limit 1')
  for (const path of [join(folder, 'files', file?.sha256 ?? ''), join(folder, 'evidence', evidence)]) writeFileSync(path, canary.id)
  await applyRetention(database, { clock: later, dataDirectory: folder })
  expect(foundInFiles()).toEqual([])
  for (const change of ["happened_at = happened_at + interval '1 second'", "kind = 'exported'", "reason = 'x'"]) {
    await database.query(`create table before_change as select * from trail_entry where forgotten_by is not null order by entry_id limit 1`)
    await database.query(`update trail_entry set ${change} where entry_id = (select entry_id from before_change)`)
    expect(await trailFault(), change).toMatchObject({ kind: 'content_changed' })
    await database.query('update trail_entry t set happened_at = b.happened_at, kind = b.kind, reason = b.reason from before_change b where b.entry_id = t.entry_id')
    await database.query('drop table before_change')
  }
  expect(await trailFault()).toBeNull()
  await database.query("update trail_entry set forgotten_by = (select max(entry_id) from trail_entry where kind = 'person_forgotten'), reason = 'x' where entry_id = (select max(entry_id) from trail_entry where forgotten_by is null and kind <> 'person_forgotten' and row_table is null)")
  expect(await trailFault()).toMatchObject({ kind: 'content_changed' })
})
