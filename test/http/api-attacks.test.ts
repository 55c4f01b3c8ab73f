/**
 * The API under attack: lying and broken requests over a real socket, forms and names made to mislead, floods of one bank,
 * and ten banks that ask through three connections at once. Whoever attacks gets a clear answer and leaves nothing behind;
 * the others do not notice.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/core/index.ts'
import type { DeskConnections } from '../../src/db/index.ts'
import type { App } from '../../src/http/index.ts'
import { saveProfile } from '../../src/ingest/index.ts'
import { layOutQueue, workOff } from '../../src/jobs/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver } from './province.ts'
import { systemOf, withdrawals, type TestSystem } from './systems.ts'

const clone = useDatabase()
const dataDirectory = mkdtempSync(join(tmpdir(), 'tantay-attacks-'))
const agents = Array.from({ length: 10 }, (_, number) => String(979_400 + number))
const prototypeNames = Object.getOwnPropertyNames(Object.prototype).join()
let app: App
let desk: DeskConnections
let failures: readonly object[]
let attacker: TestSystem
let other: TestSystem
let server: ReturnType<typeof serve>
let port = 0

beforeAll(async () => {
  const { database } = clone()
  ;({ outside: app, desk, failures } = await appOver(database, dataDirectory))
  await layOutQueue(database)
  attacker = await systemOf(app, database, '979501')
  other = await systemOf(app, database, '979502')
  // The product's own limits are minutes; what they do is the same in half a second.
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, serverOptions: { headersTimeout: 500, requestTimeout: 1500, connectionsCheckingInterval: 100 } })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  if ('closeAllConnections' in server) server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => { resolve() }))
  await desk.close()
  rmSync(dataDirectory, { recursive: true, force: true })
})

/** Sends these pieces over a socket of its own, and gives all that came back until the server closed it. */
function overSocket(pieces: readonly (string | Buffer)[], { endsHalf = false, pause = 0 }: { readonly endsHalf?: boolean; readonly pause?: number } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const done = (): void => { socket.destroy(); resolve(answer) }
    socket.on('data', (piece) => {
      answer += piece.toString('latin1')
    })
    for (const event of ['end', 'error', 'close'] as const) socket.on(event, done)
    setTimeout(done, 4000).unref()
    void (async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return
        socket.write(piece)
        if (pause > 0) await wait(pause)
      }
      if (endsHalf) socket.destroy()
    })()
    if (endsHalf) socket.on('close', done)
  })
}

const statusOf = (answer: string): number => parseInt(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? '0', 10)

/** The head of a request that hands a file in; the line of its length is the caller's. */
function head(lengthLines: string, { key = attacker.key, once = randomUUID(), more = '' }: { readonly key?: string; readonly once?: string; readonly more?: string } = {}): string {
  return `POST /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nIdempotency-Key: ${once}\r\nContent-Type: text/csv\r\nConnection: close\r\n${more}${lengthLines}\r\n`
}

const stored = async (): Promise<string> => {
  const [rows] = await clone().database.query<{ count: string }>('select count(*) as count from upload')
  const folder = join(dataDirectory, 'uploads')
  return `${rows?.count ?? ''} rows, ${existsSync(folder) ? readdirSync(folder).length : 0} files`
}

/** Waits until nothing is half received any more. */
async function settled(before: string): Promise<string> {
  for (let tries = 0; tries < 100 && (await stored()) !== before; tries += 1) await wait(20)
  return stored()
}

const body = withdrawals('979501', ['80000001', '80000002', '80000003'])

describe('over a socket', () => {
  test('lengths that lie, are doubled or are none at all are refused, and leave nothing', async () => {
    const before = await stored()
    const attacks: Readonly<Record<string, readonly string[]>> = {
      'a length that is no number': [head('Content-Length: abc\r\n'), body],
      'a negative length': [head('Content-Length: -1\r\n'), body],
      'two lengths': [head(`Content-Length: ${body.length}\r\nContent-Length: 5\r\n`), body],
      'a length and chunks': [head(`Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n`), `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
      'chunks of no size': [head('Transfer-Encoding: chunked\r\n'), `zz\r\n${body}\r\n0\r\n\r\n`],
      'a chunk larger than any': [head('Transfer-Encoding: chunked\r\n'), `ffffffffffffffffff\r\n${body}`],
      'neither length nor chunks': [head('')],
      'nothing': [head('Content-Length: 0\r\n')],
      'a body that was squeezed': [head(`Content-Length: ${body.length}\r\n`, { more: 'Content-Encoding: gzip\r\n' }), body],
      'a boundary of a megabyte': [head(`Content-Length: ${body.length}\r\n`, { more: `Content-Type: multipart/form-data; boundary=${'x'.repeat(1_000_000)}\r\n` }), body],
      'a line break in a header': [head(`Content-Length: ${body.length}\r\n`, { more: 'X-Request-Id: a\r\n\nb\r\n' }), body],
      'no host': [head(`Content-Length: ${body.length}\r\n`).replace(/Host: .*\r\n/, ''), body],
    }
    const answers = await Promise.all(Object.entries(attacks).map(async ([what, pieces]) => [what, statusOf(await overSocket(pieces))] as const))
    expect(answers.filter(([, status]) => status < 400 || status >= 500)).toEqual([])
    expect(await settled(before)).toBe(before)
  })

  test('a body longer than its length ends where the length says; what follows is no request', async () => {
    const longer = withdrawals('979501', ['80000009'])
    const answer = await overSocket([head(`Content-Length: ${longer.length}\r\n`).replace('Connection: close', 'Connection: keep-alive'), `${longer}GARBAGE / HTTP\r\n\r\n`])
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)?.at(-1)).toBe('HTTP/1.1 400')
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)?.length).toBeLessThanOrEqual(2)
    let kept: object[] = []
    for (let tries = 0; tries < 100 && kept.length === 0; tries += 1) {
      await wait(20)
      kept = await clone().database.query("select size_bytes from upload where sha256 = encode(sha256($1::text::bytea), 'hex')", [longer])
    }
    expect(kept).toEqual([{ size_bytes: String(longer.length) }])
  })

  test('a file cut off at any tenth is not stored, and the same key succeeds afterwards, once', async () => {
    const before = await stored()
    const text = withdrawals('979501', Array.from({ length: 200 }, (_, number) => `${81_000_000 + number}`))
    const once = randomUUID()
    for (let tenth = 0; tenth < 10; tenth += 1) {
      await overSocket([head(`Content-Length: ${text.length}\r\n`, { once }), text.slice(0, Math.floor((text.length * tenth) / 10))], { endsHalf: true, pause: 15 })
    }
    // Chunks without the last one are cut off too.
    await overSocket([head('Transfer-Encoding: chunked\r\n', { once }), `${text.length.toString(16)}\r\n${text}\r\n`], { endsHalf: true, pause: 15 })
    expect(await settled(before)).toBe(before)
    // Whole, but the sender is gone before it is answered: stored or not, it cannot know.
    await overSocket([head(`Content-Length: ${text.length}\r\n`, { once }), text], { endsHalf: true })
    let answer = ''
    for (let tries = 0; tries < 50 && statusOf(answer) !== 202; tries += 1) {
      answer = await overSocket([head(`Content-Length: ${text.length}\r\n`, { once }), text])
      if (statusOf(answer) !== 202) await wait(50)
    }
    expect(statusOf(answer)).toBe(202)
    const again = await overSocket([head(`Content-Length: ${text.length}\r\n`, { once }), text])
    expect(again.toLowerCase()).toContain('idempotency-replayed: true')
    const location = (of: string): string | undefined => /^location: (.*)$/im.exec(of)?.[1]
    expect(location(again)).toBe(location(answer))
    expect(await clone().database.query("select from upload where sha256 = encode(sha256($1::text::bytea), 'hex')", [text])).toHaveLength(1)
  })

  test('slow heads and slow bodies are hung up on, while others are answered at once', async () => {
    const before = await stored()
    const began = performance.now()
    const slow = Promise.all([
      ...Array.from({ length: 50 }, () => overSocket(Array.from('GET /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: 1'), { pause: 90 })),
      ...Array.from({ length: 10 }, () => overSocket([head('Content-Length: 100000\r\n'), ...Array.from(body)], { pause: 90 })),
      ...Array.from({ length: 50 }, () => overSocket([''])),
    ])
    const times: number[] = []
    for (let asked = 0; asked < 10; asked += 1) {
      const since = performance.now()
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/files`, { headers: { authorization: `Bearer ${other.key}` } })).status).toBe(200)
      times.push(performance.now() - since)
      await wait(50)
    }
    const answers = await slow
    expect(performance.now() - began).toBeLessThan(4000)
    expect(answers.map(statusOf).filter((status) => status !== 408 && status !== 0)).toEqual([])
    expect(Math.max(...times)).toBeLessThan(1000)
    expect(await settled(before)).toBe(before)
  })
})

describe('forms', () => {
  const part = (name: string, value: string, more = ''): string => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const file = (name = 'a.csv'): string => part('file', body, `; filename="${name}"`)
  const send = (form: string, boundary = 'b'): Promise<Response> => attacker.handIn(Buffer.from(form), {}, { 'Content-Type': `multipart/form-data; boundary=${boundary}` })

  test('that are broken, doubled or without end are refused at once, and leave nothing', async () => {
    const before = await stored()
    const forms: Readonly<Record<string, readonly [form: string, boundary?: string]>> = {
      'no end': [file()],
      'an end in the middle of a part': [file().slice(0, -20)],
      'a field twice': [`${part('kind', 'withdrawal')}${part('kind', 'disbursement')}${file()}--b--\r\n`],
      'two files': [`${file()}${file('b.csv')}--b--\r\n`],
      'a field after the file': [`${file()}${part('kind', 'withdrawal')}--b--\r\n`],
      'no file': [`${part('kind', 'withdrawal')}--b--\r\n`],
      'a field that is none of ours': [`${part('status', 'sealed')}${part('source', '979502')}${file()}--b--\r\n`],
      'names that nest': [`${part('a.a.a.a.a.a.a.a[b][c]', '1')}${part('__proto__.isAdmin', '1')}${file()}--b--\r\n`],
      'a value of a megabyte': [`${part('kind', 'x'.repeat(1_000_000))}${file()}--b--\r\n`],
      'no boundary': [`${file()}--b--\r\n`, ''],
      'only an end': ['--b--\r\n'],
    }
    for (const [what, [form, boundary]] of Object.entries(forms)) {
      const began = performance.now()
      const answer = await send(form, boundary)
      expect([what, answer.status]).toEqual([what, 400])
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(performance.now() - began, what).toBeLessThan(2000)
    }
    expect(await settled(before)).toBe(before)
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototypeNames)
  })

  test('of a hundred thousand parts are not read to their end', async () => {
    const form = Buffer.from(`${part('kind', 'withdrawal').repeat(100_000)}--b--\r\n`)
    const began = performance.now()
    const answer = await overSocket([head(`Content-Length: ${form.length}\r\n`).replace('text/csv', 'multipart/form-data; boundary=b'), form])
    expect(statusOf(answer)).toBe(400)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('that name another bank\'s mapping profile are told that there is none', async () => {
    const { database } = clone()
    await saveProfile(database, 'cua-979502', { kind: 'withdrawal', columns: { BIN: 'creditor_agent', TK: 'account_number', 'Chốt': 'reported_through_date' } }, systemClock, '979502')
    const answers = await Promise.all([attacker.handIn(withdrawals('979501', ['81000001']), { profile: 'cua-979502' }), attacker.handIn(withdrawals('979501', ['81000001']), { profile: 'cua-ai-do' }), other.handIn(withdrawals('979502', ['81000002']), { profile: 'cua-979502' })])
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 202])
    const [theirs, nobodys] = await Promise.all(answers.slice(0, 2).map(async (answer) => (await answer.json() as { code: string }).code))
    expect([theirs, nobodys]).toEqual(['profile_unknown', 'profile_unknown'])
  })

  test('names are shown and never used: no path, no line break, no turned reading', async () => {
    const names = ['../../../../etc/cron.d/x', '..\\..\\x', '/etc/passwd', 'CON.csv', 'a'.repeat(300), 'a.csv;rm -rf', 'a\r\nSet-Cookie: x=1', '\u202egpj.xslx', 'Nguye\u0302\u0303n.csv', '👵.csv', '.htaccess', 'a.csv.', '"quoted".csv', 'a\u0000.csv', '<img src=x onerror=alert(1)>', '   ']
    const folder = join(dataDirectory, 'uploads')
    for (const [number, name] of names.entries()) {
      const handed = await attacker.handIn(withdrawals('979501', [`${82_000_000 + number}`], { wrong: 1 }), { file_name: name })
      expect([name, handed.status]).toEqual([name, 202])
      const { file_id: id, file_name: shown } = await handed.json() as { file_id: string; file_name: string }
      expect(readdirSync(folder)).toContain(id)
      expect(shown).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/u)
      expect(shown).toBe(shown.normalize('NFC'))
      expect(shown.length).toBeLessThanOrEqual(255)
    }
    expect(readdirSync(folder).filter((name) => !/^[0-9a-f-]{36}$/.test(name))).toEqual([])
    await workOff({ database: clone().database, clock: systemClock, dataDirectory })
    const { data } = await (await attacker.ask('/files?limit=200')).json() as { data: { file_id: string; file_name: string }[] }
    for (const { file_id: id } of data.slice(0, names.length)) {
      const taken = await attacker.ask(`/files/${id}/problems?format=csv`)
      expect(taken.status).toBe(200)
      expect(taken.headers.get('content-disposition') ?? '').toMatch(/^attachment; filename="[^"\\\r\n/]*"(?:; filename\*=UTF-8''[\w.%!~*'()-]*)?$/)
      expect(taken.headers.get('set-cookie')).toBeNull()
    }
  })
})

test('what is no file of ours is refused with its reason, and kept apart', async () => {
  const contents: Readonly<Record<string, string | Buffer>> = {
    // In two pieces, or scanners would take this test away.
    eicar: `X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`,
    'only a mark of order': Buffer.from([0xef, 0xbb, 0xbf]),
    'only a header': 'creditor_agent,account_number,first_withdrawal_at,reported_through_date\n',
    'a document': '%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n',
    'a workbook that is a document': Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from('%PDF-1.7 '.repeat(50))]),
    'a message with a document type': '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>',
    'signs without meaning': Buffer.from(Array.from({ length: 4000 }, (_, number) => (number * 197) % 256)),
  }
  const places: (readonly [string, string])[] = []
  for (const [what, content] of Object.entries(contents)) {
    const answer = await attacker.handIn(content, { file_name: 'a.csv' })
    if (answer.status === 202) places.push([what, (answer.headers.get('location') ?? '').replace('/api/v1', '')])
    else expect([what, answer.status]).toEqual([what, 422])
  }
  expect([400, 422]).toContain((await attacker.handIn('')).status)
  await workOff({ database: clone().database, clock: systemClock, dataDirectory })
  for (const [what, place] of places) {
    const state = await (await attacker.ask(place)).json() as { status: string; refusal: { code: string; detail: string } | null }
    expect([what, state.status]).toEqual([what, 'refused'])
    expect(state.refusal?.code).toMatch(/^\w+$/)
    expect(JSON.stringify(state)).not.toMatch(/(?:root:)|at .*\.ts|select |ENOENT/)
  }
})

describe('what is asked', () => {
  const hostile = ["' or 1=1--", '1; drop table upload', '%', '_', '*', '__proto__', 'constructor', 'prototype', '../..', '%00', '\u0000', '\uFFFD', '9'.repeat(400), '-1', '0', '1000000000', '1e3', '0x10', '{}', '[]', '{"$gt":""}', 'a'.repeat(50_000), ' '.repeat(2000), '\ud800', '١']

  test('with hostile parameters is refused or not there; never a failure, never somebody else’s, never slow', async () => {
    const began = performance.now()
    for (const value of hostile) {
      const text = encodeURIComponent(value.toWellFormed())
      for (const path of [...['cursor', 'limit', 'status', 'kind', '__proto__', 'source', 'sort'].map((name) => `/files?${name}=${text}`), `/files?limit=5&limit=${text}`, `/files/${text}`, `/files/${text}/problems`, `/files/${text}/report`]) {
        const answer = await other.ask(path)
        expect([400, 404, 414, 431], `${path.slice(0, 80)} → ${answer.status}`).toContain(answer.status)
        expect(await answer.text()).not.toMatch(/syntax error|select |postgres|at .*\.ts:/i)
      }
      if (performance.now() - began > 30_000) throw new Error('slow')
    }
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototypeNames)
  })

  test('at any other spelling of an address, or as another method than it is, is not there', async () => {
    for (const path of ['//files', '/Files', '/files/', '/files;a=b', '/files/%2e%2e/%2e%2e/healthz', '/files/../../admin', '/files/.%00']) expect([path, (await other.ask(path)).status]).toEqual([path, 404])
    for (const [name, value] of [['X-HTTP-Method-Override', 'DELETE'], ['X-Forwarded-For', '127.0.0.1'], ['X-User-Id', '1'], ['X-Original-URL', '/admin'], ['Forwarded', 'for=127.0.0.1']] as const) expect((await other.ask('/files', { headers: { [name]: value } })).status).toBe(200)
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect([404, 405]).toContain((await other.ask('/files', { method })).status)
  })

  test('without a key that holds, or with one anywhere but in its header, is nobody’s', async () => {
    const { key } = other
    for (const authorization of ['', key, `Basic ${Buffer.from(`${key}:`).toString('base64')}`, `Bearer ${key} x`, `Bearer ${key.slice(0, -1)}`, `Bearer ${key}a`, `Bearer ${key.toUpperCase()}`, `Token ${key}`, 'Bearer null', 'Bearer ttk_', `Bearer ${'a'.repeat(5000)}`, "Bearer ' or 1=1--"]) {
      const answer = await app.request('http://localhost/api/v1/files', { headers: { authorization } })
      expect([401, 429], authorization.slice(0, 20)).toContain(answer.status)
      expect(await answer.text()).not.toContain(key.slice(4))
    }
    for (const query of [`access_token=${key}`, `authorization=Bearer%20${key}`, `api_key=${key}`]) expect([401, 429]).toContain((await app.request(`http://localhost/api/v1/files?${query}`)).status)
  })

  test('with hostile JSON, at every operation that takes any, is refused', async () => {
    const document = await (await app.request('http://localhost/api/v1/openapi.json')).json() as { paths: Record<string, Record<string, { requestBody?: { content: Record<string, object> } }>> }
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).filter(([, { requestBody }]) => requestBody?.content['application/json'] !== undefined).map(([method]) => [method, path.replaceAll(/\{\w+\}/g, '1')] as const))
    const bodies = ['', '{', '['.repeat(100_000), '{"a":'.repeat(100_000), '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}', '{"answer_code":"other","answer_code":"credited"}', '{"staff_id":"1","source":"979502","status":"sealed"}', 'NaN', '// comment\n{}', '"\ud800"', '{"answer":"\u0000"}', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), '1e400', 'null', '[]']
    for (const [method, path] of operations) {
      for (const [number, hostileBody] of bodies.entries()) {
        const answer = await other.ask(path, { method: method.toUpperCase(), body: hostileBody, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() } })
        expect([400, 404, 413, 415, 422], `${method} ${path} ${number} → ${answer.status}`).toContain(answer.status)
      }
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})

test('ten banks that ask through three connections at once learn nothing of each other', async () => {
  const { database } = clone()
  // More in a longer trial: TANTAY_REQUESTS=10000.
  const count = parseInt(process.env['TANTAY_REQUESTS'] ?? '400', 10)
  // Two systems each, so that ten thousand are within their minute.
  const banks = await Promise.all(agents.flatMap((agent) => [0, 1].map(() => systemOf(app, database, agent))))
  const own = new Map<string, string[]>()
  for (const [number, agent] of agents.entries()) {
    const bank = banks[2 * number] as TestSystem
    for (const place of [0, 1]) {
      const answer = await bank.handIn(withdrawals(agent, [`${agent}000${place}`], { wrong: 2 }).replaceAll('99000', `99${agent}`), { file_name: `of-${agent}-${place}.csv` })
      own.set(agent, [...own.get(agent) ?? [], (answer.headers.get('location') ?? '').replace('/api/v1/files/', '')])
    }
  }
  await workOff({ database, clock: systemClock, dataDirectory })
  let state = 7
  const roll = (sides: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
  const leaks: string[] = []
  let answered = 0
  const ask = async (): Promise<void> => {
    const bank = banks[roll(banks.length)] as TestSystem
    const stranger = agents[roll(agents.length)] ?? ''
    const id = own.get(roll(2) === 0 ? bank.agent : stranger)?.[roll(2)] ?? ''
    const isOwn = own.get(bank.agent)?.includes(id) === true
    const path = [`/files/${id}`, `/files/${id}/problems`, `/files/${id}/problems?format=csv`, `/files/${id}/report`, '/files?limit=3', `/files?status=sealed&limit=${1 + roll(4)}`, '/files?limit=no'][roll(7)] ?? ''
    const answer = await bank.ask(path)
    const text = await answer.text()
    answered += 1
    const wanted = path.startsWith('/files/') ? (isOwn ? 200 : 404) : path.endsWith('no') ? 400 : 200
    const foreign = agents.filter((agent) => agent !== bank.agent && (text.includes(`of-${agent}`) || text.includes(`${agent}000`) || text.includes(`99${agent}`) || own.get(agent)?.some((one) => one !== id && text.includes(one)) === true))
    if (answer.status !== wanted || foreign.length > 0) leaks.push(`${bank.agent} ${path}: ${answer.status} instead of ${wanted}, ${foreign.join()}`)
  }
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (answered < count) await ask()
  }))
  expect(leaks).toEqual([])
  expect(answered).toBeGreaterThanOrEqual(count)
}, 300_000)

test('a thousand uploads at once of one bank: it waits its turn, and another does not notice', async () => {
  const flooder = await systemOf(app, clone().database, '979503')
  const flood = Array.from({ length: 1000 }, (_, number) => flooder.handIn(withdrawals('979503', [`${83_000_000 + number}`])))
  const began = performance.now()
  const calm = await other.handIn(withdrawals('979502', ['84000001']))
  const waited = performance.now() - began
  const answers = await Promise.all(flood)
  expect(calm.status).toBe(202)
  const byStatus = Map.groupBy(answers, ({ status }) => status)
  expect([...byStatus.keys()].filter((status) => status !== 202 && status !== 429)).toEqual([])
  expect(byStatus.get(202)?.length ?? 0).toBeGreaterThan(0)
  expect(byStatus.get(429)?.length ?? 0).toBeGreaterThan(0)
  for (const refused of byStatus.get(429) ?? []) expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(await clone().database.query("select from upload where source = '979503'")).toHaveLength(byStatus.get(202)?.length ?? -1)
  expect(waited).toBeLessThan(10_000)
}, 60_000)

test('nothing failed by our own fault in all of this', () => {
  expect(failures).toEqual([])
})
