/** A question to a bank, from the case to the bank's page and back: who sees what of it, that it is answered once, and that nobody answers for a bank. */
import { beforeAll, expect, test } from 'vitest'
import { remindOfQuestions, remindOfReports } from '../../src/cases/index.ts'
import { bankDeadlines, bankScore } from '../../src/reports/index.ts'
import { expectTallied } from '../helpers/tally.ts'
import { describedBy } from './described.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'
import { systemOf, type TestSystem } from './systems.ts'

const province = useProvince(500)

interface Asked {
  readonly finding_id: string
  readonly person_key: string
  readonly unit_code: string
  readonly creditor_agent: string
  readonly beneficiary_name: string
  readonly version: number
}

let one: Asked
let officer: ReaderApp
let bank: ReaderApp
let otherBank: ReaderApp
let wholeAccount = ''

const post = (app: ReaderApp, path: string, fields: Record<string, string>): Promise<Response> => app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: 'http://localhost' } })
const query = <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> => province().database.query<T>(sql, values)
const caseNow = async (): Promise<{ version: number; step: string }> => (await query<{ version: number; step: string }>('select version, step from case_record where finding_id = $1', [one.finding_id]))[0] ?? { version: -1, step: '' }
const questionOf = async (findingId = one.finding_id): Promise<string> => (await query<{ question_id: string }>('select question_id::text as question_id from bank_question where finding_id = $1 order by answered_at is null desc, question_id desc limit 1', [findingId]))[0]?.question_id ?? ''
const bare = (text: string, ...said: readonly string[]): string => said.reduce((rest, part) => rest.replaceAll(part, '«»'), text)

beforeAll(async () => {
  const { database, as } = province()
  const [found] = await query<Asked>("select finding_id, person_key, unit_code, creditor_agent::text as creditor_agent, beneficiary_name, version from case_record where code = 'returned' and unit_code is not null order by case_number limit 1")
  if (found === undefined) throw new Error('a returned payment is needed')
  one = found
  // The payments came in a file of the bank itself.
  await database.query("update source_file set source = $1 where kind = 'disbursement' and file_name like '30%'", [one.creditor_agent])
  wholeAccount = (await query<{ account: string }>("select evidence -> 'payments' -> -1 ->> 'creditor_account' as account from finding where finding_id = $1", [one.finding_id]))[0]?.account ?? ''
  officer = await as({ roles: ['officer'], unit: one.unit_code, name: 'canbo.xa' })
  bank = await as({ roles: ['bank'], agent: Number.parseInt(one.creditor_agent, 10), name: 'giaodich.vien' })
  otherBank = await as({ roles: ['bank'], agent: one.creditor_agent === '970405' ? 970436 : 970405 })
})

test('an officer asks from the case with a ready question, sees what the bank will see, and the bank is told an id and a day', async () => {
  const page = await (await officer.request(`/cases/${one.finding_id}`)).text()
  expect(page).toContain(`action="/cases/${one.finding_id}/ask"`)
  expect(page).toContain('Xin cho biết lý do cụ thể')
  // Three working days after Monday morning, 2 November.
  expect(page).toContain('value="05/11/2026"')
  expect(page).not.toContain(wholeAccount)
  for (const [fields, said] of [[{ question: ' \u200b ', due: '' }, 'Viết câu hỏi.'], [{ question: 'x', due: '02/11/2026' }, 'sau hôm nay'], [{ question: 'x', due: 'mai' }, 'Viết ngày như'], [{ question: 'x'.repeat(2001), due: '' }, '2.000']] as const) {
    const refused = await post(officer, `/cases/${one.finding_id}/ask`, fields)
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(said)
  }
  expect(await query('select from bank_question')).toEqual([])
  const { version, step } = await caseNow()
  // Three presses at once ask once.
  const presses = await Promise.all([1, 2, 3].map(() => post(officer, `/cases/${one.finding_id}/ask`, { question: 'Xin cho biết vì sao trả lại?', due: '' })))
  expect(presses.map(({ status }) => status).sort()).toEqual([303, 409, 409])
  expect(await caseNow()).toEqual({ version: version + 1, step })
  expect(await query("select kind, step, comment, actor_id from case_event where finding_id = $1", [one.finding_id])).toEqual([{ kind: 'bank_asked', step, comment: 'Xin cho biết vì sao trả lại?', actor_id: officer.staffId }])
  const id = await questionOf()
  expect(await query("select source, kind, subject, payload from bank_event")).toEqual([{ source: one.creditor_agent, kind: 'question.asked', subject: id, payload: { question_id: id, due_date: '2026-11-05' } }])
  expect(await query('select from bank_question')).toHaveLength(1)
  const after = await (await officer.request(`/cases/${one.finding_id}?asked=1`)).text()
  expect(after).toContain('Chờ trả lời đến hết 05/11/2026')
  expect(after).not.toContain(`action="/cases/${one.finding_id}/ask"`)
  expect(await (await officer.request('/queue?question=asked')).text()).toContain('Chờ ngân hàng trả lời')
})

test('nobody asks about a case of another unit, nor where nothing is of a bank', async () => {
  const { as } = province()
  const [elsewhere] = await query<{ finding_id: string }>("select finding_id from case_record where code = 'returned' and unit_code <> $1 limit 1", [one.unit_code])
  const asked = (id: string) => post(officer, `/cases/${id}/ask`, { question: 'x', due: 'mai' })
  const [foreign, missing] = [await asked(elsewhere?.finding_id ?? ''), await asked('f'.repeat(32))]
  expect([foreign.status, missing.status]).toEqual([404, 404])
  expect(bare(await foreign.text(), elsewhere?.finding_id ?? '-')).toBe(bare(await missing.text(), 'f'.repeat(32)))
  const everywhere = await as({ roles: ['officer'] })
  const [noBank] = await query<{ finding_id: string }>("select finding_id from case_record where code = 'unpaid_no_account' limit 1")
  expect(await (await everywhere.request(`/cases/${noBank?.finding_id ?? ''}`)).text()).not.toContain('/ask"')
  const refused = await post(everywhere, `/cases/${noBank?.finding_id ?? ''}/ask`, { question: 'x', due: '' })
  expect([refused.status, (await refused.text()).includes('không có gì để hỏi ngân hàng')]).toEqual([400, true])
})

test('the bank sees its account, its payment and its own line, and nothing else of the case', async () => {
  const id = await questionOf()
  const list = await (await bank.request('/bank/questions')).text()
  expect(list).toContain(`/bank/questions/${id}`)
  expect(list).toContain('1 câu hỏi chờ trả lời')
  const page = await (await bank.request(`/bank/questions/${id}`)).text()
  expect(page).toContain(wholeAccount)
  expect(page).toContain('Xin cho biết vì sao trả lại?')
  // The line of its own file, as it sent it.
  expect(page).toMatch(/<pre class="tt-raw"[^>]*>[^<]*(?:RTRN|RJCT)/)
  const [row] = await query<{ about: Record<string, unknown> }>('select about from bank_question')
  expect(Object.keys(row?.about ?? {}).sort()).toEqual(['account_status', 'creditor_account', 'lines', 'payments'])
  const [payment] = row?.about['payments'] as Record<string, unknown>[]
  expect(Object.keys(payment ?? {}).sort()).toEqual(['amount', 'credited_date', 'creditor_account', 'currency', 'end_to_end_id', 'instructed_date', 'return_reason_code', 'returned_date'])
  const outsideTheLine = page.replace(/<pre[\s\S]*?<\/pre>/g, '')
  for (const [what, text] of Object.entries({ finding: one.finding_id, name: one.beneficiary_name, unit: one.unit_code, asker: 'canbo.xa', scheme: 'BTXH' })) expect(outsideTheLine, what).not.toContain(text)
})

test('another bank finds nothing of it: not in its list, its counts, its export, by number, or by answering', async () => {
  const id = await questionOf()
  expect(await (await otherBank.request('/bank/questions?state=all')).text()).not.toContain(id)
  expect(await (await otherBank.request('/bank/questions.csv?state=all')).text()).not.toContain(wholeAccount)
  for (const step of ['check', 'send']) {
    const answers = await Promise.all([id, '79999999'].map((number) => post(otherBank, `/bank/questions/${number}/answer`, { code: 'credited', answer: 'x', step })))
    const [foreign, missing] = await Promise.all(answers.map(async (answer) => [answer.status, bare(await answer.text(), id, '79999999')]))
    expect(foreign).toEqual(missing)
    expect(foreign?.[0]).toBe(404)
  }
  const [foreign, missing] = await Promise.all([id, '79999999'].map(async (number) => bare(await (await otherBank.request(`/bank/questions/${number}`)).text(), id, '79999999')))
  expect(foreign).toBe(missing)
  expect(await query('select from bank_question where answered_at is null')).toHaveLength(1)
})

test('nobody answers for a bank: not by the desk, not by SQL, and a bank not around its one way', async () => {
  const { desk } = province()
  const id = await questionOf()
  const { version, step } = await caseNow()
  const as = (app: ReaderApp, sql: string, values: readonly unknown[]): Promise<object[]> => desk.as(app.sessionHash).transaction((transaction) => transaction.query(sql, values as never))
  const forged = "insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step) values ($1, $2, $3, $4, '2026-11-02', $5, 'bank_answered', $6)"
  await expect(as(officer, forged, [one.person_key, one.finding_id, version + 1, one.unit_code, officer.staffId, step])).rejects.toMatchObject({ code: '42501' })
  for (const reader of [officer, bank]) await expect(as(reader, "update bank_question set answered_at = now(), answered_by = asked_by, answer_code = 'credited'", [])).rejects.toMatchObject({ code: '42501' })
  for (const reader of [officer, otherBank]) expect(await as(reader, "select answer_bank_question($1, 'credited', null, now()) as done", [id])).toEqual([{ done: null }])
  // Told once; and nobody tells a bank of what somebody else asks.
  for (const reader of [officer, bank, otherBank]) await expect(as(reader, 'select raise_question_event($1)', [id])).rejects.toMatchObject({ code: '42501' })
  await expect(as(bank, "select raise_bank_event('970405', 'ping', 'x', '{}', now())", [])).rejects.toMatchObject({ code: '42501' })
  expect(await as(bank, 'select from case_record union all select from case_event union all select from finding', [])).toEqual([])
  expect(await caseNow()).toEqual({ version, step })
})

test('the bank looks its answer through, sends it once, and the officer finds it in the case, the queue and on the first page', async () => {
  const id = await questionOf()
  const { version, step } = await caseNow()
  const answered = (fields: Record<string, string>) => post(bank, `/bank/questions/${id}/answer`, fields)
  expect((await answered({ step: 'check' })).status).toBe(400)
  expect((await answered({ code: 'other', answer: '', step: 'send' })).status).toBe(400)
  const preview = await answered({ code: 'account_closed', answer: 'Đóng ngày 02/09 <b>', step: 'check' })
  expect([preview.status, (await preview.text()).includes('Đóng ngày 02/09 &lt;b&gt;')]).toEqual([200, true])
  expect(await caseNow()).toEqual({ version, step })
  const sent = await Promise.all([1, 2, 3].map(() => answered({ code: 'account_closed', answer: 'Đóng ngày 02/09 <b>', step: 'send' })))
  expect(sent.map(({ status }) => status).sort()).toEqual([303, 409, 409])
  expect(sent.find(({ status }) => status === 303)?.headers.get('location')).toBe(`/bank/questions/${id}?sent=1`)
  expect(await caseNow()).toEqual({ version: version + 1, step })
  expect(await query("select event_number, actor_id, comment, details from case_event where finding_id = $1 and kind = 'bank_answered'", [one.finding_id])).toEqual([{ event_number: version + 1, actor_id: bank.staffId, comment: 'Đóng ngày 02/09 <b>', details: { question_id: id, answer_code: 'account_closed' } }])
  await expectTallied(province().database)
  const again = await answered({ code: 'account_open', answer: 'Khác', step: 'send' })
  const told = await again.text()
  expect([again.status, told.includes('Tài khoản đã đóng'), told.includes('Khác')]).toEqual([409, true, false])
  const page = await (await officer.request(`/cases/${one.finding_id}`)).text()
  for (const said of ['Tài khoản đã đóng', 'Đóng ngày 02/09 &lt;b&gt;', 'giaodich.vien', 'Ngân hàng trả lời']) expect(page).toContain(said)
  expect(await (await officer.request('/queue?question=answered')).text()).toContain(one.finding_id)
  expect(await (await officer.request('/')).text()).toContain('Ngân hàng đã trả lời 1 hồ sơ')
  const csv = await (await bank.request('/bank/questions.csv?state=answered')).text()
  expect(csv).toContain(wholeAccount)
  expect(await query("select details ->> 'numbers' as numbers, details ->> 'count' as count from trail_entry where kind = 'exported' and subject = 'bank questions' order by entry_id desc limit 1")).toEqual([{ numbers: 'whole', count: '1' }])
  // Once somebody goes on, the answer has been seen.
  expect((await post(officer, `/cases/${one.finding_id}/act`, { kind: 'receive', version: `${version + 1}` })).status).toBe(303)
  expect(await (await officer.request('/')).text()).not.toContain('Ngân hàng đã trả lời 1')
  // And there may be another question.
  expect((await post(officer, `/cases/${one.finding_id}/ask`, { question: 'Còn tiền ở đâu?', due: '06/11/2026' })).status).toBe(303)
  expect(await (await bank.request('/bank/questions')).text()).toContain('Còn tiền ở đâu?')
})

test('several cases are asked about at once, each with its own ready question, and one that cannot be asked stops no other', async () => {
  const everywhere = await province().as({ roles: ['approver'] })
  const chosen = [...await query<{ finding_id: string; version: number }>("select finding_id, version from case_record where code = 'not_withdrawable' order by case_number limit 2"), ...await query<{ finding_id: string; version: number }>("select finding_id, version from case_record where code = 'unpaid_no_account' limit 1")]
  const body = new URLSearchParams([['action', 'askBank'], ['comment', ''], ['query', ''], ...chosen.map((row): [string, string] => ['case', `${row.finding_id}~${row.version}`])])
  const kept = await everywhere.request('/queue/act', { method: 'POST', body, headers: { Origin: 'http://localhost' } })
  const place = kept.headers.get('location') ?? ''
  const before = (await query('select from bank_event')).length
  expect(await (await everywhere.request(place)).text()).toContain('Trong hồ sơ này không có gì để hỏi ngân hàng.')
  expect((await query('select from bank_event')).length).toBe(before)
  await post(everywhere, `${place}/confirm`, {})
  expect(await query("select question like '%không rút được%' as is_ready from bank_question where code = 'not_withdrawable'")).toEqual([{ is_ready: true }, { is_ready: true }])
  expect((await query('select from bank_event')).length).toBe(before + 2)
})

test('a bank is reminded once of a question past its day, and once of a file that was found missing', async () => {
  const { database } = province()
  expect(await remindOfQuestions(database, '2026-11-05T10:00:00Z')).toBe(0)
  expect(await Promise.all([remindOfQuestions(database, '2026-11-05T17:00:00Z'), remindOfQuestions(database, '2026-11-05T17:00:00Z')]).then((told) => told.sort())).toEqual([0, 2])
  expect(await remindOfQuestions(database, '2026-11-06T17:00:00Z')).toBe(1)
  expect(await (await bank.request('/bank/questions')).text()).not.toContain('Quá hạn')
  expect(await remindOfReports(database, '2026-11-06T17:00:00Z')).toBe(0)
  await database.query("update finding set evidence = evidence || jsonb_build_object('source', $1::text) where code = 'file_missing' and evidence ->> 'kind' = 'withdrawal'", [one.creditor_agent])
  expect([await remindOfReports(database, '2026-11-06T17:00:00Z'), await remindOfReports(database, '2026-11-06T17:01:00Z')]).toEqual([1, 0])
  expect(await query("select source, payload from bank_event where kind = 'report.due'")).toEqual([{ source: one.creditor_agent, payload: { kind: 'withdrawal', scheme: 'NCC', due_date: '2026-10-20' } }])
})

test('a bank’s page calls missing what its reminder calls missing, until the file has come', async () => {
  const { database, desk } = province()
  await database.query("update source_expectation_row set source = $1 where kind = 'withdrawal'", [one.creditor_agent])
  const owed = (app: ReaderApp) => desk.as(app.sessionHash).transaction((transaction) => bankDeadlines(transaction, one.creditor_agent, '2026-11-02'))
  expect(await owed(bank)).toMatchObject([{ kind: 'withdrawal', scheme: 'NCC', next_date: '2026-11-20', past_date: '2026-10-20', is_missing: true, last_received_date: null }])
  // A file of the kind came in time, but the result looked inside and did not find the scheme.
  await database.query("update source_file set source = $1, recorded_at = '2026-10-10T05:00:00Z' where kind = 'withdrawal'", [one.creditor_agent])
  expect(await owed(bank)).toMatchObject([{ is_missing: true, last_received_date: '2026-10-10' }])
  await database.query("update source_file set recorded_at = '2026-11-01T20:00:00Z' where kind = 'withdrawal'")
  expect(await owed(bank)).toMatchObject([{ is_missing: false, is_here: true, last_received_date: '2026-11-02' }])
})

test('a bank’s score-card stands beside all others as one, is laid out once, and is no other bank’s to see', async () => {
  const { database, desk } = province()
  const page = await (await bank.request('/bank/score')).text()
  for (const said of ['Các ngân hàng khác gộp lại', 'Báo cáo đúng hạn', 'Vì sao bị từ chối hoặc trả lại', '<svg']) expect(page).toContain(said)
  const laidOut = await database.query<{ creditor_agent: string; run_id: string }>('select creditor_agent, run_id from bank_score')
  expect(laidOut.length).toBeGreaterThan(5)
  for (const { app, agent } of [{ app: bank, agent: one.creditor_agent }, { app: otherBank, agent: one.creditor_agent === '970405' ? '970436' : '970405' }]) {
    expect(await desk.as(app.sessionHash).transaction((transaction) => transaction.query('select creditor_agent from bank_score'))).toEqual([{ creditor_agent: Number.parseInt(agent, 10) }])
    const score = await bankScore(database, desk.as(app.sessionHash), agent)
    // The two together are everybody, who is counted once more here from what the files say.
    const [all] = await database.query<{ own: string; others: string }>("with seen as (select distinct creditor_agent, coalesce(end_to_end_id, file_id || '/' || line_number) as payment from payment_report join published_file using (file_id) where coalesce(instructed_at, credited_at, returned_at, '-infinity') < '2026-10-31T17:00:00Z') select count(*) filter (where creditor_agent = $1) as own, count(*) filter (where creditor_agent <> $1) as others from seen", [Number.parseInt(agent, 10)])
    expect([score?.own.payment_count, score?.others?.payment_count]).toEqual([all?.own, all?.others].map((count) => Number.parseInt(count ?? '', 10)))
    for (const share of Object.values(score?.others?.shares ?? {})) if (typeof share?.part === 'number') expect(share.part === 0 || (share.part >= 5 && share.whole - share.part >= 5)).toBe(true)
  }
  await database.query("update bank_score set own = jsonb_set(own, '{payment_count}', '123456789') where creditor_agent = $1", [Number.parseInt(one.creditor_agent, 10)])
  expect((await bankScore(database, desk.as(bank.sessionHash), one.creditor_agent))?.own.payment_count).toBe(123456789)
})

test('a bank’s system reads and answers questions at the API: once, whatever it repeats, and no other bank’s', async () => {
  const { database, outside } = province()
  const key = await systemOf(outside, database, one.creditor_agent, { scopes: ['questions:read', 'questions:answer'] })
  const reading = await systemOf(outside, database, one.creditor_agent, { scopes: ['files:read'] })
  const foreign = await systemOf(outside, database, one.creditor_agent === '970405' ? '970436' : '970405')
  // Tests stop their clock; PostgreSQL's goes on.
  await database.query("update api_key set expires_at = '2999-01-01'")
  const ask = (path: string, system: TestSystem, headers: Record<string, string> = {}): Promise<Response> => system.ask(path, { headers })
  const answer = (id: string, system: TestSystem, body: unknown, headers: Record<string, string>): Promise<Response> => system.ask(`/questions/${id}/answer`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
  const id = await questionOf()
  const { fitting, failing } = await describedBy(outside)
  const page = await fitting('listQuestions', await ask('/questions?limit=1', key)) as { data: { question_id: string }[]; next_cursor: string | null }
  expect([page.data.length, typeof page.next_cursor]).toEqual([1, 'string'])
  const next = await fitting('listQuestions', await ask(`/questions?limit=1&cursor=${page.next_cursor ?? ''}`, key)) as typeof page
  expect(next.data[0]?.question_id).not.toBe(page.data[0]?.question_id)
  await failing('listQuestions', await ask('/questions?status=open&cursor=eA', key), 400, 'request_invalid')
  expect(JSON.stringify(await fitting('listQuestions', await ask('/questions', foreign)))).not.toContain(`"${id}"`)
  const read = await ask(`/questions/${id}`, key)
  const tag = read.headers.get('etag') ?? ''
  expect(await fitting('getQuestion', read)).toMatchObject({ question_id: id, status: 'open', answer: null, about: { creditor_account: wholeAccount } })
  expect((await ask(`/questions/${id}`, key, { 'if-none-match': tag })).status).toBe(304)
  await failing('getScore', await ask('/score', key), 403, 'scope_missing')
  expect(await fitting('getScore', await ask('/score', reading))).toMatchObject({ as_of: '2026-10-31', own: { shares: { prompt: {} } } })
  for (const [whose, number] of [[foreign, id], [key, '79999999'], [key, 'x']] as const) {
    await failing('getQuestion', await ask(`/questions/${number}`, whose), 404, 'not_found')
    await failing('answerQuestion', await answer(number, whose, { code: 'credited' }, { 'idempotency-key': `x-${number}` }), 404, 'not_found')
  }
  await failing('answerQuestion', await answer(id, key, { code: 'credited' }, {}), 400, 'idempotency_key_missing')
  await failing('answerQuestion', await answer(id, key, { code: 'no', more: 1 }, { 'idempotency-key': 'a' }), 400, 'request_invalid')
  await failing('answerQuestion', await answer(id, key, { code: 'other', text: ' ' }, { 'idempotency-key': 'b' }), 400, 'answer_missing')
  await failing('answerQuestion', await answer(id, key, { code: 'credited' }, { 'idempotency-key': 'c', 'if-match': '"other"' }), 412, 'precondition_failed')
  await failing('answerQuestion', await answer(id, key, { code: 'credited', text: 'x'.repeat(40_000) }, { 'idempotency-key': 'c' }), 413, 'body_too_large')
  const given = await answer(id, key, { code: 'will_be_credited', text: 'Ngày 10/11' }, { 'idempotency-key': 'd', 'if-match': tag })
  const told = await given.clone().text()
  expect(await fitting('answerQuestion', given)).toMatchObject({ status: 'answered', answer: { code: 'will_be_credited', text: 'Ngày 10/11' } })
  const again = await answer(id, key, { code: 'will_be_credited', text: 'Ngày 10/11' }, { 'idempotency-key': 'd', 'if-match': tag })
  expect([again.status, again.headers.get('idempotency-replayed'), await again.text()]).toEqual([200, 'true', told])
  await failing('answerQuestion', await answer(id, key, { code: 'credited' }, { 'idempotency-key': 'd' }), 422, 'idempotency_key_reused')
  // The same under another name, as after a server that died before it could say so; and something else.
  expect((await answer(id, key, { code: 'will_be_credited', text: 'Ngày 10/11' }, { 'idempotency-key': 'e' })).status).toBe(200)
  await failing('answerQuestion', await answer(id, key, { code: 'credited' }, { 'idempotency-key': 'f' }), 409, 'question_answered')
  expect(await query("select count(*)::integer as n from case_event where kind = 'bank_answered' and finding_id = $1", [one.finding_id])).toEqual([{ n: 2 }])
  expect(province().failures).toEqual([])
})
