/** Banks are told: signed, again for days, once more when asked for, in their language, and nothing of anybody. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { addMilliseconds, systemClock, type Clock } from '../../src/core/index.ts'
import { tellBank, workOff } from '../../src/jobs/index.ts'
import { addEndpoint, changeSecret, deliver, eventKinds, layOutDeliveries, listDeliveries, listEndpoints, pingEndpoint, putMailAddress, redeliver, removeEndpoint, type EventKind, type PlaceAuthor, type TellingSurroundings } from '../../src/notices/index.ts'
import { postNotice } from '../../src/notices/post.ts'
import { makeSystem } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { openEar, openMailbox, type Ear, type Mailbox } from './bank-ears.ts'

const clone = useDatabase()
const allowedNetworks = ['127.0.0.1/32']
const [hour, day] = [3_600_000, 86_400_000]
const [own, other] = ['970436', '970415']
let [ear, mailbox]: [Ear, Mailbox] = [undefined, undefined] as unknown as [Ear, Mailbox]
let staffId = ''
let ahead = 0
const clock: Clock = { now: () => addMilliseconds(systemClock.now(), ahead), today: () => systemClock.today() }
const surroundings = (): TellingSurroundings => ({ database: clone().database, clock, notices: { mail: { url: mailbox.url, from: 'doi-soat@tan-tay.example', mayBePlain: true }, allowedNetworks, publicUrl: 'https://doi-soat.example' } })
const author = (source = own): PlaceAuthor => ({ staffId, source, at: clock.now() })
const add = (kinds: readonly EventKind[] = eventKinds, source = own, url = ear.url) => clone().database.transaction((transaction) => addEndpoint(transaction, { url, kinds }, author(source), { allowedNetworks }))
const raise = async (kind: string, payload: object = {}, source = own, subject = 'a'): Promise<string> => (await clone().database.query<{ id: string }>('select raise_bank_event($1, $2, $3, $4, $5) as id', [source, kind, subject, JSON.stringify(payload), clock.now()]))[0]?.id ?? ''
const tell = async (eventId: string): Promise<string[]> => {
  const ids = await layOutDeliveries(surroundings(), eventId)
  for (const id of ids) await deliver(surroundings(), id)
  return ids
}
const delivery = async (id: string) => (await clone().database.query<{ attempt_count: number; last_status: number | null; last_error: string | null; wait: string | null; delivered_at: string | null; given_up_at: string | null }>(
  'select attempt_count, last_status, last_error, extract(epoch from next_attempt_at - last_attempt_at)::bigint as wait, delivered_at, given_up_at from bank_delivery where delivery_id = $1', [id]))[0]

beforeAll(async () => {
  ear = await openEar()
  mailbox = await openMailbox()
  staffId = (await makeSystem(clone().database, { userName: 'core', displayName: 'Core', creditorAgent: own }, clock.now(), null)).staffId
})
afterAll(async () => {
  await ear.close()
  await mailbox.close()
})
beforeEach(async () => {
  await clone().database.query('delete from bank_delivery')
  await clone().database.query('delete from bank_event')
  await clone().database.query('delete from webhook_endpoint')
  await clone().database.query('delete from mail_address')
  ear.heard.length = 0
  ear.answer = { status: 204 }
  mailbox.letters.length = 0
  mailbox.refuses = null
})

describe('a webhook', () => {
  test('is signed so that whoever has the secret can tell, says what happened, and is told once', async () => {
    const { secret } = await add()
    await add(eventKinds, other)
    const eventId = await raise('file.sealed', { file_id: 'f-1', lines: 10, problems: 2 })
    const [id = '', ...more] = await tell(eventId)
    expect(more).toEqual([])
    const [heard] = ear.heard
    const said = new Webhook(secret).verify(heard?.body ?? '', heard?.headers as Record<string, string>) as { type: string; data: object }
    expect(said).toMatchObject({ type: 'file.sealed', data: { file_id: 'f-1', lines: 10, problems: 2, subject: 'a' } })
    expect(heard?.headers['webhook-id']).toBe(eventId)
    expect(() => new Webhook(secret).verify(`${heard?.body ?? ''} `, heard?.headers as Record<string, string>)).toThrow()
    expect(await delivery(id)).toMatchObject({ attempt_count: 1, last_status: 204, last_error: null, given_up_at: null })
    await deliver(surroundings(), id)
    expect(await layOutDeliveries(surroundings(), eventId)).toEqual([])
    expect(ear.heard).toHaveLength(1)
  })

  test('hears the kinds that it asked for, and a ping only its own', async () => {
    const first = await add(['file.refused'])
    await add(['question.asked'])
    expect(await tell(await raise('file.sealed'))).toHaveLength(0)
    expect(await tell(await raise('file.refused'))).toHaveLength(1)
    const ping = await clone().database.transaction((transaction) => pingEndpoint(transaction, first.endpoint.endpoint_id, author()))
    expect(await tell(ping)).toHaveLength(1)
    await expect(clone().database.transaction((transaction) => pingEndpoint(transaction, first.endpoint.endpoint_id, author(other)))).rejects.toMatchObject({ code: 'endpoint_unknown' })
  })

  test('is tried again later and later, ten times in three days, and then given up', async () => {
    await add()
    ear.answer = { status: 503 }
    const [id = ''] = await layOutDeliveries(surroundings(), await raise('file.sealed'))
    const waits: (string | null)[] = []
    for (let attempt = 0; attempt < 10; attempt++) {
      await deliver(surroundings(), id)
      waits.push((await delivery(id))?.wait ?? null)
    }
    expect(waits.slice(0, 9).map((wait) => parseInt(wait ?? '', 10))).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => expect.closeTo(seconds, -1) as number))
    expect(await delivery(id)).toMatchObject({ attempt_count: 10, last_status: 503, last_error: 'refused', wait: null })
    expect((await delivery(id))?.given_up_at).not.toBeNull()
    await deliver(surroundings(), id)
    expect(ear.heard).toHaveLength(10)
  })

  test('that sends us elsewhere is not followed, and one that says nothing does not hold us', async () => {
    await add()
    ear.answer = { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }
    const [id = ''] = await tell(await raise('file.sealed'))
    expect(await delivery(id)).toMatchObject({ last_status: 302, last_error: 'redirected' })
    ear.answer = 'silence'
    const notice = { eventId: 'evt_1', body: '{}', secrets: ['whsec_c2VjcmV0'] }
    expect(await postNotice(new URL(ear.url), { address: '127.0.0.1', family: 4 }, notice, clock.now(), 50)).toEqual({ status: null, error: 'timeout' })
    // The name is not asked again: the connection goes to the address that was looked at.
    expect(await postNotice(new URL('http://no-such-name.invalid:1/'), { address: '127.0.0.1', family: 4 }, notice, clock.now())).toEqual({ status: null, error: 'unreachable' })
    expect((await postNotice(new URL(ear.url.replace('127.0.0.1', 'no-such-name.invalid')), { address: '127.0.0.1', family: 4 }, notice, clock.now(), 50)).error).toBe('timeout')
    expect(ear.heard).toHaveLength(3)
  })

  test('that leads inwards is refused when it is added, and when its name changes its mind', async () => {
    await expect(clone().database.transaction((transaction) => addEndpoint(transaction, { url: 'https://10.0.0.1/', kinds: eventKinds }, author(), { allowedNetworks: [] }))).rejects.toMatchObject({ code: 'webhook_url_closed' })
    await clone().database.transaction((transaction) => addEndpoint(transaction, { url: 'https://bank.example/hook', kinds: eventKinds }, author(), { allowedNetworks: [] }))
    const turned = { ...surroundings(), notices: { ...surroundings().notices, allowedNetworks: [], resolve: () => Promise.resolve([{ address: '169.254.169.254', family: 4 }]) } }
    const [id = ''] = await layOutDeliveries(turned, await raise('file.sealed'))
    await deliver(turned, id)
    expect(await delivery(id)).toMatchObject({ last_status: null, last_error: 'not_outside' })
    const unknown = { ...turned, notices: { ...turned.notices, resolve: () => Promise.resolve([]) } }
    const [other = ''] = await layOutDeliveries(unknown, await raise('file.sealed'))
    await deliver(unknown, other)
    expect(await delivery(other)).toMatchObject({ last_status: null, last_error: 'not_outside' })
    expect(ear.heard).toEqual([])
  })

  test('signs with both secrets for a day while one is changed', async () => {
    const { endpoint, secret: former } = await add()
    const secret = await clone().database.transaction((transaction) => changeSecret(transaction, endpoint.endpoint_id, author()))
    await tell(await raise('file.sealed'))
    const [heard] = ear.heard
    for (const one of [former, secret]) expect(new Webhook(one).verify(heard?.body ?? '', heard?.headers as Record<string, string>)).toBeDefined()
    ahead = day + hour
    await tell(await raise('file.sealed'))
    expect((ear.heard[1]?.headers['webhook-signature'] as string).split(' ')).toHaveLength(1)
    ahead = 0
  })

  test('at which nothing arrives for five days is left alone; a ping wakes it', async () => {
    const { endpoint } = await add()
    ear.answer = { status: 500 }
    const [first = ''] = await tell(await raise('file.sealed'))
    ahead = 4 * day
    await tell(await raise('file.sealed'))
    const state = async () => (await listEndpoints(clone().database, own))[0]?.disabled_reason
    expect(await state()).toBeNull()
    ahead = 5 * day + hour
    const [third = ''] = await tell(await raise('file.sealed'))
    expect(await state()).toBe('failing')
    expect((await delivery(third))?.given_up_at).not.toBeNull()
    expect((await delivery(first))?.given_up_at).not.toBeNull()
    expect(await layOutDeliveries(surroundings(), await raise('file.sealed'))).toEqual([])
    ear.answer = { status: 200 }
    await tell(await clone().database.transaction((transaction) => pingEndpoint(transaction, endpoint.endpoint_id, author())))
    expect(await state()).toBeNull()
    expect(await tell(await raise('file.sealed'))).toHaveLength(1)
    ahead = 0
  })

  test('that answers 410 is left alone at once, and one that was removed hears nothing', async () => {
    const [gone, removed] = [await add(), await add(['file.sealed'])]
    ear.answer = { status: 410 }
    await clone().database.transaction((transaction) => removeEndpoint(transaction, removed.endpoint.endpoint_id, author()))
    expect(await tell(await raise('file.sealed'))).toHaveLength(1)
    expect(await listEndpoints(clone().database, own)).toMatchObject([{ endpoint_id: gone.endpoint.endpoint_id, disabled_reason: 'gone' }])
  })

  test('is told once more when its bank asks, and no other bank can ask', async () => {
    await add()
    const eventId = await raise('file.sealed')
    const [id = ''] = await tell(eventId)
    await expect(redeliver(clone().database, id, author(other))).rejects.toMatchObject({ code: 'delivery_unknown' })
    const again = await redeliver(clone().database, id, author())
    await deliver(surroundings(), again)
    expect(ear.heard.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId])
    const page = await listDeliveries(clone().database, own, null, 1)
    expect(page.rows).toMatchObject([{ delivery_id: again, state: 'delivered', kind: 'file.sealed' }])
    expect((await listDeliveries(clone().database, own, page.next, 1)).rows).toMatchObject([{ delivery_id: id }])
    expect((await listDeliveries(clone().database, other, null, 10)).rows).toEqual([])
  })

  test('are ten at most', async () => {
    const all = await Promise.allSettled(Array.from({ length: 12 }, () => add()))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })
})

describe('an e-mail', () => {
  const put = (address: string, language: 'vi' | 'en' | 'ar', kinds: readonly EventKind[] = eventKinds) => clone().database.transaction((transaction) => putMailAddress(transaction, { address, language, kinds }, author()))
  const plain = (letter: string): string => {
    const [head = '', ...body] = letter.split('\r\n\r\n')
    const text = body.join('\r\n\r\n')
    return /base64/i.test(head) ? Buffer.from(text, 'base64').toString('utf8') : Buffer.from(text.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
  }

  test('says it in the language of the address, with where to look', async () => {
    await put('a@ngan-hang.example', 'vi')
    await put('b@bank.example', 'en')
    await put('c@bank.example', 'ar')
    const ids = await tell(await raise('question.asked', { question_id: '17', due_date: '2026-12-01' }))
    expect(ids).toHaveLength(3)
    const texts = new Map(mailbox.letters.map(({ to, text }) => [to[0], plain(text)]))
    expect(texts.get('a@ngan-hang.example')).toContain('Một câu hỏi đang chờ quý ngân hàng trả lời, hạn 01/12/2026.')
    expect(texts.get('b@bank.example')).toContain('A question waits for your answer, by 2026-12-01.')
    expect(texts.get('c@bank.example')).toContain('سؤال ينتظر جوابكم قبل 01/12/2026')
    expect(texts.get('a@ngan-hang.example')).toContain('https://doi-soat.example/bank/questions/17')
    expect(mailbox.letters[0]?.text).toMatch(/Auto-Submitted: auto-generated/)
  })

  test.each([[450, null], [550, 'now']] as const)('that is answered %i is tried again, or given up: %s', async (code, end) => {
    await put('a@ngan-hang.example', 'vi')
    mailbox.refuses = code
    const [id = ''] = await tell(await raise('file.refused', { file_id: 'f', refusal_code: 'file_empty' }))
    const found = await delivery(id)
    expect(found).toMatchObject({ last_status: code, last_error: 'refused' })
    expect(found?.given_up_at !== null).toBe(end === 'now')
  })

  test.each(['a@b@c', 'a b@c.example', 'a@c.example\r\nBcc: x@y.example', '"a"@c.example', '<a@c.example>', 'a@'])('goes to no %j', async (address) => {
    await expect(put(address, 'vi')).rejects.toMatchObject({ code: 'mail_address_invalid' })
  })

  test('is not laid out where none can be sent', async () => {
    await put('a@ngan-hang.example', 'vi')
    expect(await layOutDeliveries({ ...surroundings(), notices: { ...surroundings().notices, mail: null } }, await raise('file.sealed'))).toEqual([])
  })
})

test('what was told of while no server ran is told by the next one; a failure leaves its next attempt in the queue', async () => {
  await add()
  await raise('file.sealed')
  await workOff({ ...surroundings(), dataDirectory: '' })
  expect(ear.heard).toHaveLength(1)
  ear.answer = { status: 500 }
  await tellBank({ event_id: await raise('file.refused') }, surroundings())
  await workOff({ ...surroundings(), dataDirectory: '' })
  expect(ear.heard).toHaveLength(2)
  const [waiting] = await clone().database.query<{ seconds: number }>('select extract(epoch from run_at - now())::integer as seconds from graphile_worker.jobs where task_identifier = \'deliver\'')
  expect(waiting?.seconds).toBeGreaterThan(0)
  expect(waiting?.seconds).toBeLessThanOrEqual(5)
})
