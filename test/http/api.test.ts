/**
 * The API as its document says it: the document by one third party's validator, every answer by another's; what comes
 * twice is done once; and nobody learns of another's files.
 */
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { kindNamed, systemClock, type Kind } from '../../src/core/index.ts'
import type { DeskConnections } from '../../src/db/index.ts'
import type { ApiEnvironment } from '../../src/http/api/environment.ts'
import { operation } from '../../src/http/api/operation.ts'
import type { App } from '../../src/http/index.ts'
import { ingestRow } from '../../src/ingest/index.ts'
import { layOutQueue, workOff } from '../../src/jobs/index.ts'
import { revokeKey } from '../../src/staff/index.ts'
import { receiveUpload } from '../../src/uploads/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { writeOrder } from '../helpers/payment-messages.ts'
import { nightOf } from '../helpers/payment-night.ts'
import { describedBy, type Described } from './described.ts'
import { appOver } from './province.ts'
import { systemOf, withdrawals, type TestSystem } from './systems.ts'

const clone = useDatabase()
const dataDirectory = mkdtempSync(join(tmpdir(), 'tantay-api-'))
let app: App
let desk: DeskConnections
let failures: readonly object[]
let first: TestSystem
let second: TestSystem
let described: Described

beforeAll(async () => {
  const { database } = clone()
  ;({ outside: app, desk, failures } = await appOver(database, dataDirectory))
  await layOutQueue(database)
  first = await systemOf(app, database, '970436')
  second = await systemOf(app, database, '970415')
  described = await describedBy(app)
})
afterAll(async () => {
  await desk.close()
  rmSync(dataDirectory, { recursive: true, force: true })
})

const read = async (answer: Response): Promise<Record<string, unknown>> => await answer.json() as Record<string, unknown>
const workOffAll = (): Promise<void> => workOff({ database: clone().database, clock: systemClock, dataDirectory })
const locationOf = (answer: Response): string => (answer.headers.get('location') ?? '').replace('/api/v1', '')

test('the document is OpenAPI 3.1, by a validator of somebody else', async () => {
  const { document } = described
  const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>)
  expect(result.errors ?? []).toEqual([])
  expect(document.openapi).toBe('3.1.0')
})

test('every answer is one that the document describes, and every example of a problem is what is really answered', async () => {
  const { document, fitting } = described
  const file = await first.handIn(withdrawals('970436', ['11110001', '11110002'], { wrong: 2 }), { file_name: 'a.csv', kind: 'withdrawal', control_count: '4' })
  const place = locationOf(file)
  await fitting('handInFile', file.clone())
  const seen = new Set<string>()
  const failing = async (operationId: string, answer: Response, status: number, code: string): Promise<void> => {
    await described.failing(operationId, answer, status, code)
    seen.add(code)
  }
  await failing('getFileProblems', await first.ask(`${place}/problems`), 409, 'file_not_ready')
  await failing('getFileReport', await first.ask(`${place}/report`), 409, 'file_not_ready')
  await workOffAll()
  for (const [operationId, path] of [['getFile', place], ['listFiles', '/files'], ['getFileProblems', `${place}/problems`], ['getFileReport', `${place}/report`], ['getFileProblems', `${place}/problems?format=csv`]] as const) await fitting(operationId, await first.ask(path))
  const expectation = await ingestRow(clone().database, kindNamed('source_expectation') as Kind, { source: '970436', kind: 'withdrawal', deadline_day: '20' }, 'form', { clock: systemClock, dataDirectory })
  await clone().database.query('insert into published_file (file_id) values ($1)', [expectation.file_id])
  expect(await fitting('getDeadlines', await first.ask('/deadlines'))).toMatchObject({ reported_through_date: '2026-10-05', files: [{ kind: 'withdrawal', next_date: '2026-11-20', is_missing: false }] })
  expect(await fitting('getDeadlines', await second.ask('/deadlines'))).toMatchObject({ reported_through_date: null, files: [] })
  const refused = locationOf(await first.handIn('a,b\n1,2\n'))
  await workOffAll()
  expect(await fitting('getFile', await first.ask(refused))).toMatchObject({ status: 'refused', refusal: { code: 'kind_unknown' } })
  await failing('getFileProblems', await first.ask(`${refused}/problems?format=file`), 409, 'file_not_sealed')
  await failing('getFile', await first.ask('/files/6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11'), 404, 'not_found')
  await failing('listFiles', await first.ask('/files?limit=201'), 400, 'request_invalid')
  await failing('listFiles', await app.request('http://localhost/api/v1/files'), 401, 'authentication_required')
  const reader = await systemOf(app, clone().database, '970436', { scopes: ['files:read'] })
  await failing('handInFile', await reader.handIn('x'), 403, 'scope_missing')
  const body = withdrawals('970436', ['11110003'])
  await failing('handInFile', await first.handIn(body, {}, { 'Idempotency-Key': '' }), 400, 'idempotency_key_missing')
  await failing('handInFile', await first.handIn(body, {}, { 'Idempotency-Key': 'k'.repeat(256) }), 400, 'idempotency_key_invalid')
  await failing('handInFile', await first.handIn(body, {}, { 'Content-Encoding': 'gzip' }), 415, 'encoding_not_taken')
  await failing('handInFile', await first.handIn(body, {}, { 'Repr-Digest': `sha-256=:${createHash('sha256').update('other').digest('base64')}:` }), 422, 'digest_mismatch')
  await failing('handInFile', await first.handIn(body, { profile: 'nobody-has-this' }), 422, 'profile_unknown')
  await failing('handInFile', await first.handIn('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc', {}, { 'Content-Type': 'multipart/form-data; boundary=x' }), 400, 'form_invalid')
  await failing('handInFile', await first.ask('/files', { method: 'POST', headers: { 'Idempotency-Key': 'empty' } }), 400, 'body_missing')
  await first.handIn(body, {}, { 'Idempotency-Key': 'once' })
  await failing('handInFile', await first.handIn(`${body} `, {}, { 'Idempotency-Key': 'once' }), 422, 'idempotency_key_reused')
  const shown = Object.values(document.paths as Record<string, Record<string, { tags: string[]; responses: Record<string, { content?: Record<string, { examples?: object }> }> }>>)
    .flatMap((methods) => Object.values(methods)).filter(({ tags }) => tags.includes('Files')).flatMap(({ responses }) => Object.values(responses)).flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {}))
  // The others are shown where they can happen: 408, 413 and 429 over a socket, 409 while one runs, 503 where no room is left.
  const elsewhere = ['body_too_slow', 'file_failed', 'file_too_large', 'request_running', 'storage_full', 'too_many_requests', 'too_many_uploads']
  expect([...new Set(shown)].filter((code) => !seen.has(code)).filter((code) => !elsewhere.includes(code)).sort()).toEqual([])
})

test('what is wrong with which line: as JSON, as CSV, as the sender’s own file, as a report', async () => {
  const csv = `creditor_agent,account_number,first_withdrawal_at,reported_through_date\n970436,22220001,,2026-10-05\n970415,22220002,,2026-10-05\n=1+1,22220003,,2026-10-05\n970436,1,,2026-13-05\n`
  const place = locationOf(await first.handIn(csv, { file_name: 'rút tiền.csv' }))
  await workOffAll()
  expect(await read(await first.ask(place))).toMatchObject({ file_name: 'rút tiền.csv', kind: 'withdrawal', status: 'sealed', lines: 4, accepted: 1, repeats: 0, problem_count: 3, ignored: 0, repeat_of: null })
  const { data, next_cursor: next } = await read(await first.ask(`${place}/problems?limit=2`)) as { data: { row: number; column: string; code: string; pointer: string }[]; next_cursor: string }
  expect(data.map(({ row, column, code }) => [row, column, code])).toEqual([[3, 'creditor_agent', 'agent_foreign'], [4, 'creditor_agent', 'agent_invalid']])
  expect(data[0]?.pointer).toBe('/rows/3/creditor_agent')
  const rest = await read(await first.ask(`${place}/problems?limit=2&cursor=${next}`)) as { data: { row: number; code: string }[]; next_cursor: null }
  expect(rest.data.map(({ row, code }) => [row, code])).toEqual([[5, 'account_invalid'], [5, 'date_invalid']])
  const asCsv = await first.ask(`${place}/problems`, { headers: { Accept: 'text/csv' } })
  expect(asCsv.headers.get('content-disposition')).toContain("filename*=UTF-8''r%C3%BAt%20ti%E1%BB%81n.problems.csv")
  expect((await asCsv.text()).split('\r\n').slice(0, 3)).toEqual(['row,sheet,column,code,detail,raw,suggestion', expect.stringMatching(/^3,,creditor_agent,agent_foreign,/) as string, expect.stringContaining("'=1+1") as string])
  expect(await (await first.ask(`${place}/problems?format=file`)).text()).toContain('970436,22220001,,2026-10-05,2,,,')
  const xml = await (await first.ask(`${place}/report`, { headers: { Accept: 'application/xml' } })).text()
  expect(xml).toMatch(/<GrpSts>PART<\/GrpSts>.*<StsId>3<\/StsId><OrgnlEndToEndId>NOTPROVIDED<\/OrgnlEndToEndId><TxSts>RJCT<\/TxSts><StsRsnInf><Rsn><Prtry>agent_foreign<\/Prtry>/s)
  expect(xml.match(/<TxInfAndSts>/g)).toHaveLength(3)
})

test('a report names a message and its payments as their sender does', async () => {
  const night = nightOf(7, 30).map((payment) => ({ ...payment, agent: '970436' }))
  const place = locationOf(await first.handIn(writeOrder(night.map((payment, index) => (index % 10 === 3 ? { ...payment, agent: '970415' } : payment))), { file_name: 'order.xml' }, { 'Content-Type': 'application/xml' }))
  await workOffAll()
  const wanted = night.filter((_, index) => index % 10 === 3).map(({ reference }) => reference).sort()
  const report = await read(await first.ask(`${place}/report`)) as { original: { message_id: string }; transactions: { end_to_end_id: string }[]; group_status: string }
  expect(report.group_status).toBe('PART')
  expect(report.transactions.map(({ end_to_end_id: id }) => id).sort()).toEqual(wanted)
  const xml = await (await first.ask(`${place}/report`, { headers: { Accept: 'application/xml' } })).text()
  expect(xml).toContain(`<OrgnlMsgId>${report.original.message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>`)
  expect([...xml.matchAll(/<OrgnlEndToEndId>([^<]+)</g)].map(([, id]) => id).sort()).toEqual(wanted)
  expect([...xml.matchAll(/<AddtlInf>([^<]+)</g)].every(([, text]) => (text ?? '').length <= 105)).toBe(true)
})

test('totals that lie refuse the file, also one whose bytes came before', async () => {
  const body = withdrawals('970436', ['88880001', '88880002'])
  const own = locationOf(await first.handIn(body))
  await workOffAll()
  const lying = locationOf(await first.handIn(body, { control_count: '5' }))
  const right = locationOf(await first.handIn(body, { control_count: '2' }))
  await workOffAll()
  expect(await read(await first.ask(lying))).toMatchObject({ status: 'refused', repeat_of: null, refusal: { code: 'control_count_mismatch' } })
  expect(await read(await first.ask(right))).toMatchObject({ status: 'sealed', repeat_of: own.split('/').at(-1), accepted: 2 })
})

describe('piece by piece', () => {
  const tus = { 'Tus-Resumable': '1.0.0' }
  const body = withdrawals('970436', Array.from({ length: 50 }, (_, index) => `7777${10_000 + index}`))
  const begin = (system: TestSystem, said: Record<string, string>, size = Buffer.byteLength(body)): Promise<Response> => system.ask('/resumable', { method: 'POST', headers: { ...tus, 'Upload-Length': `${size}`, ...(Object.keys(said).length > 0 && { 'Upload-Metadata': Object.entries(said).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join(',') }) } })
  const send = (system: TestSystem, place: string, from: number, to?: number): Promise<Response> => system.ask(place, { method: 'PATCH', body: body.slice(from, to), headers: { ...tus, 'Upload-Offset': `${from}`, 'Content-Type': 'application/offset+octet-stream' } })
  const arrived = async (system: TestSystem, place: string): Promise<readonly (string | number | null)[]> => {
    const answer = await system.ask(place, { method: 'HEAD', headers: tus })
    return [answer.status, answer.headers.get('upload-offset'), answer.headers.get('location')]
  }

  test('goes on where the line broke, is handed in with its last piece, and says so as often as it is asked', async () => {
    const place = locationOf(await begin(first, { filename: 'mảnh.csv', kind: 'withdrawal' }))
    expect((await send(first, place, 0, 300)).status).toBe(204)
    expect(await arrived(first, place)).toEqual([200, '300', null])
    expect((await send(first, place, 100, 400)).status).toBe(409)
    const last = await send(first, place, 300)
    const file = place.replace('resumable', 'files')
    expect([last.status, last.headers.get('location')]).toEqual([204, `/api/v1${file}`])
    expect(await arrived(first, place)).toEqual([200, `${Buffer.byteLength(body)}`, `/api/v1${file}`])
    await workOffAll()
    expect(await read(await first.ask(file))).toMatchObject({ file_name: 'mảnh.csv', status: 'sealed', accepted: 50 })
    expect((await first.ask(place, { headers: tus })).status).toBe(405)
  })

  test('one that was whole when the server died is handed in when somebody asks for it, once', async () => {
    const place = locationOf(await begin(first, {}))
    await send(first, place, 0, 500)
    const id = place.split('/').at(-1) ?? ''
    appendFileSync(join(dataDirectory, 'resumable', id), body.slice(500))
    const file = `/api/v1${place.replace('resumable', 'files')}`
    for (const answer of await Promise.all(Array.from({ length: 5 }, () => arrived(first, place)))) expect(answer).toEqual([200, `${Buffer.byteLength(body)}`, file])
    expect(await clone().database.query('select from upload where upload_id = $1', [id])).toHaveLength(1)
  })

  test('another bank’s is one that is not there; what is said of it is checked when it begins', async () => {
    const place = locationOf(await begin(first, {}))
    for (const path of [place, '/resumable/6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11', '/resumable/..%2F..%2Fetc']) {
      expect(await arrived(second, path)).toEqual([404, null, null])
      expect((await send(second, path, 0)).status).toBe(404)
      expect((await second.ask(path, { method: 'DELETE', headers: tus })).status).toBe(404)
    }
    expect(await arrived(first, place)).toEqual([200, '0', null])
    const wrong = await begin(first, { kind: 'beneficiary_list', control_count: 'many' })
    expect(wrong.status).toBe(400)
    expect((await read(wrong))['errors']).toMatchObject([{ pointer: '/headers/upload-metadata/kind' }, { pointer: '/headers/upload-metadata/control_count' }])
    expect((await begin(first, {}, 3_000_000_000)).status).toBe(413)
    expect([(await begin(first, { profile: 'nobody-has-this' })).status, (await begin(first, {}, 0)).status]).toEqual([422, 422])
    const other = locationOf(await begin(first, { sha256: 'a'.repeat(64) }))
    expect(await read(await send(first, other, 0))).toMatchObject({ status: 422, code: 'digest_mismatch' })
  })

  test('a profile that is taken away before the file is read refuses the file: trying again would change nothing', async () => {
    const sent = { source: '970436', staffId: first.staffId, channel: 'api' as const, fileName: 'own.csv', declaredProfile: 'taken-away' }
    const { upload_id: id } = await receiveUpload(clone().database, { clock: systemClock, dataDirectory }, Readable.from([Buffer.from(body)]), sent)
    await workOffAll()
    expect(await read(await first.ask(`/files/${id}`))).toMatchObject({ status: 'refused', refusal: { code: 'profile_unknown' } })
    expect((await first.ask(`/files/${id}/problems`)).status).toBe(409)
  })
})

describe('done once', () => {
  test('the same key gives the same answer, letter for letter, also when it is asked ten times at once', async () => {
    const body = withdrawals('970436', ['33330001'])
    const key = { 'Idempotency-Key': 'ten-at-once' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => first.handIn(body, { file_name: 'once.csv' }, key)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThan(0)
    expect(statuses.filter((status) => status !== 202 && status !== 409)).toEqual([])
    for (const answer of answers) if (answer.status === 409) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    const told = await first.handIn(body, { file_name: 'once.csv' }, key)
    expect(told.headers.get('idempotency-replayed')).toBe('true')
    const texts = new Set([await told.text(), ...await Promise.all(answers.filter(({ status }) => status === 202).map((answer) => answer.text()))])
    expect(texts.size).toBe(1)
    expect(await clone().database.query("select from upload where file_name = 'once.csv'")).toHaveLength(1)
    // Another declaration is another request.
    expect((await first.handIn(body, { file_name: 'twice.csv' }, key)).status).toBe(422)
    // The same key of another system is another key.
    expect((await second.handIn(withdrawals('970415', ['1234']), {}, key)).status).toBe(202)
  })

  test('a sender that goes away leaves nothing behind, and its key is free', async () => {
    const gone = new ReadableStream<Uint8Array>({ pull: (controller) => { controller.enqueue(Buffer.from('creditor_agent,')); controller.error(Object.assign(new Error('gone'), { code: 'ECONNRESET' })) } })
    const before = readdirSync(join(dataDirectory, 'uploads')).length
    await first.ask('/files', { method: 'POST', body: gone, headers: { 'Idempotency-Key': 'gone' }, duplex: 'half' })
    expect(readdirSync(join(dataDirectory, 'uploads'))).toHaveLength(before)
    expect((await first.handIn(withdrawals('970436', ['33330009']), {}, { 'Idempotency-Key': 'gone' })).status).toBe(202)
  })

  test('the same bytes again, by another name and key, are the file that was there', async () => {
    const body = withdrawals('970436', ['33330002', '33330003'])
    const one = await read(await first.handIn(body, { file_name: 'first.csv' }))
    const waiting = await read(await first.handIn(body, { file_name: 'second.csv' }))
    expect(waiting['repeat_of']).toBe(one['file_id'])
    await workOffAll()
    const again = await read(await first.ask(`/files/${String(waiting['file_id'])}`))
    expect(again).toMatchObject({ status: 'sealed', repeat_of: one['file_id'], accepted: 2 })
    expect(await clone().database.query('select from source_file where sha256 = $1', [one['sha256']])).toHaveLength(1)
  })
})

describe('nobody learns of another', () => {
  test('the same bytes from two banks are two files, and what is another bank’s is a problem of the line', async () => {
    const body = withdrawals('970436', ['44440001', '44440002'])
    const own = locationOf(await first.handIn(body))
    const foreign = await read(await second.handIn(body))
    expect(foreign['repeat_of']).toBeNull()
    await workOffAll()
    expect(await read(await first.ask(own))).toMatchObject({ accepted: 2, problem_count: 0, repeats: 0 })
    expect(await read(await second.ask(`/files/${String(foreign['file_id'])}`))).toMatchObject({ accepted: 0, problem_count: 2, repeats: 0, repeat_of: null })
  })

  test('a bank that pays for others names their accounts in disbursements, and in nothing else', async () => {
    const payer = await systemOf(app, clone().database, '970418', { scopes: ['files:write', 'files:read', 'payments:all-banks'] })
    const payments = 'creditor_agent,creditor_account,instructed_amount,transaction_status,credited_at\n970436,55550001,500000,ACCC,2026-10-02T08:00:00\n'
    const paid = locationOf(await payer.handIn(payments))
    const told = locationOf(await payer.handIn(withdrawals('970436', ['55550001'])))
    const refused = locationOf(await first.handIn(payments.replace('970436', '970418')))
    await workOffAll()
    expect(await read(await payer.ask(paid))).toMatchObject({ accepted: 1, problem_count: 0 })
    expect(await read(await payer.ask(told))).toMatchObject({ accepted: 0, problem_count: 1 })
    expect(await read(await first.ask(refused))).toMatchObject({ accepted: 0, problem_count: 1 })
  })

  test('lists, registers and rates are not a bank’s to say', async () => {
    const list = locationOf(await first.handIn('scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-09,001087000001,An,00001,540000\n'))
    await workOffAll()
    expect(await read(await first.ask(list))).toMatchObject({ status: 'refused', refusal: { code: 'kind_not_allowed' } })
    const declared = await first.handIn('x', { kind: 'beneficiary_list' })
    expect(declared.status).toBe(400)
  })

  test('foreign and missing answer alike at every operation with an id, in every way of asking', async () => {
    const { database } = clone()
    const file = locationOf(await first.handIn(withdrawals('970436', ['66660001'], { wrong: 1 }))).split('/').at(-1) ?? ''
    await workOffAll()
    const partial = locationOf(await first.ask('/resumable', { method: 'POST', headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': '10' } })).split('/').at(-1) ?? ''
    const [question] = await database.query<{ id: string }>(`insert into bank_question (question_id, person_key, finding_id, creditor_agent, code, asked_at, asked_by, question, about, due_date) values (77, 1, $1, 970436, 'returned', '2026-11-01T20:00:00Z', $2, 'Vì sao?', '{"creditor_account":"0011223344","account_status":null,"payments":[],"lines":[]}', '2026-11-05') returning question_id::text as id`, ['a'.repeat(32), first.staffId])
    const [endpoint] = await database.query<{ id: string }>("insert into webhook_endpoint (endpoint_id, source, url, secret, kinds, created_at, created_by) values ('whe_own', '970436', 'https://bank.example/hook', 'whsec_x', '{file.sealed}', '2026-11-01T20:00:00Z', $1) returning endpoint_id as id", [first.staffId])
    const [event] = await database.query<{ id: string }>("select raise_bank_event('970436', 'ping', 'whe_own', '{}', '2026-11-01T20:00:00Z') as id")
    const [delivery] = await database.query<{ id: string }>("insert into bank_delivery (delivery_id, event_id, source, endpoint_id, created_at) values ('dlv_own', $1, '970436', 'whe_own', '2026-11-01T20:00:00Z') returning delivery_id as id", [event?.id])
    // A new operation with an id needs one of its things here.
    const things: Readonly<Record<string, readonly [string, string]>> = {
      '/files/': [file, '6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11'], '/resumable/': [partial, '6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11'], '/questions/': [question?.id ?? '', '78'],
      '/webhooks/deliveries/': [delivery?.id ?? '', 'dlv_none'], '/webhooks/': [endpoint?.id ?? '', 'whe_none'],
    }
    const before = JSON.stringify(await database.query('select * from webhook_endpoint'))
    const told = async (system: TestSystem, path: string, init: RequestInit): Promise<unknown> => {
      const answer = await system.ask(path, init)
      const { ratelimit: _, 'x-request-id': __, ...headers } = Object.fromEntries(answer.headers)
      return { status: answer.status, headers, text: (await answer.text()).replace(/"request_id":"[^"]+"/, '') }
    }
    let asked = 0
    for (const [path, methods] of Object.entries(described.document.paths as Record<string, Record<string, unknown>>)) {
      if (!path.includes('{')) continue
      const [, [own, missing] = ['', '']] = Object.entries(things).find(([prefix]) => path.startsWith(prefix)) ?? []
      expect(own, path).not.toBe('')
      for (const method of [...Object.keys(methods), 'head', 'delete', 'put']) {
        for (const query of method === 'get' && path.startsWith('/files') ? ['', '?format=csv', '?format=file', '?limit=1'] : ['']) {
          const init = { method: method.toUpperCase(), headers: { 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0', 'Content-Type': method === 'patch' ? 'application/offset+octet-stream' : 'application/json', 'Idempotency-Key': 'stranger', 'If-None-Match': '*', Accept: 'application/xml' }, ...(['post', 'patch', 'put'].includes(method) && { body: '{"answer_code":"other","answer":"x"}' }) }
          const of = (id: string): string => path.replace(/\{\w+\}/, id) + query
          expect(await told(second, of(own), init), `${method} ${path}`).toEqual(await told(second, of(missing), init))
          asked += 1
        }
      }
    }
    expect(asked).toBeGreaterThan(40)
    expect(JSON.stringify(await database.query('select * from webhook_endpoint'))).toBe(before)
    expect(await database.query('select from bank_question where answered_at is not null')).toEqual([])
    const listed = await read(await second.ask('/files?limit=200')) as { data: { file_id: string }[] }
    expect(listed.data.some(({ file_id: id }) => id === file)).toBe(false)
  })

  test('a key that was revoked, is of elsewhere, or stands in the address lets nobody in', async () => {
    const short = await systemOf(app, clone().database, '970436', { allowedFrom: ['10.9.0.0/16'] })
    expect((await short.ask('/files')).status).toBe(401)
    const lost = await systemOf(app, clone().database, '970436')
    expect((await lost.ask('/files')).status).toBe(200)
    await revokeKey(clone().database, lost.keyId, 'lost', '2026-11-01T20:00:00Z', null)
    expect((await lost.ask('/files')).status).toBe(401)
    expect((await app.request(`http://localhost/api/v1/files?key=${first.key}`)).status).toBe(401)
    expect((await app.request('http://localhost/api/v1/files', { headers: { Cookie: `tantay_session=${first.key}` } })).status).toBe(401)
  })
})

test('an operation that is left behind says since when, until when, and what to use instead', async () => {
  const api = new OpenAPIHono<ApiEnvironment>()
  const old = createRoute(operation({ scope: 'files:read', method: 'get', path: '/old', responses: { 200: { description: 'Still here.' } }, deprecation: { sinceSeconds: 1_796_083_200, sunset: 'Sat, 01 Jan 2028 00:00:00 GMT', instead: '/api/v1/files' } }))
  api.use(async (context, next) => {
    context.set('caller', { scopes: ['files:read'] } as unknown as ApiEnvironment['Variables']['caller'])
    await next()
  })
  api.openapi(old, (context) => context.body(null, 200))
  const { headers } = await api.request('/old')
  expect([headers.get('deprecation'), headers.get('sunset'), headers.get('link')]).toEqual(['@1796083200', 'Sat, 01 Jan 2028 00:00:00 GMT', '</api/v1/files>; rel="successor-version"'])
  expect(api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'old', version: '1' } }).paths?.['/old']?.get?.deprecated).toBe(true)
})

test('nothing failed by our own fault in all of this', () => {
  expect(failures).toEqual([])
})
