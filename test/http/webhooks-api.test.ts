/** Webhooks at the API: made once, told, told again, taken away; every answer as the document has it; nothing of another bank's. */
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/core/index.ts'
import { openDesk, type DeskConnections } from '../../src/db/index.ts'
import { createApp, type App, type AppDependencies } from '../../src/http/index.ts'
import { layOutQueue, workOff } from '../../src/jobs/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { useFolder } from '../ingest/helpers.ts'
import { openEar, type Ear } from '../notices/bank-ears.ts'
import { describedBy, type Described } from './described.ts'
import { systemOf, type TestSystem } from './systems.ts'

const clone = useDatabase()
const folder = useFolder()
const webhookNetworks = ['127.0.0.1/32']
let [app, desk, ear]: [App, DeskConnections, Ear] = [] as unknown as [App, DeskConnections, Ear]
let [own, other]: [TestSystem, TestSystem] = [] as unknown as [TestSystem, TestSystem]
let described: Described

beforeAll(async () => {
  const { database } = clone()
  desk = await openDesk(database, { connections: 2 })
  app = createApp({ database, desk, clock: systemClock, dataDirectory: folder, webhookNetworks } as unknown as AppDependencies)
  ear = await openEar()
  await layOutQueue(database)
  own = await systemOf(app, database, '970436')
  other = await systemOf(app, database, '970415')
  described = await describedBy(app)
})
afterAll(async () => {
  await ear.close()
  await desk.close()
})

/** The body of an answer that is as the document has it. */
async function fitting(operationId: string, answer: Response, status: number): Promise<Record<string, unknown>> {
  expect([operationId, answer.status]).toEqual([operationId, status])
  return await described.fitting(operationId, answer) as Record<string, unknown>
}
let nextKey = 1
const post = (system: TestSystem, path: string, body?: object, key = `key-${nextKey++}`): Promise<Response> =>
  system.ask(path, { method: 'POST', headers: { 'Idempotency-Key': key, 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const work = (): Promise<void> => workOff({ database: clone().database, clock: systemClock, dataDirectory: '', notices: { mail: null, allowedNetworks: webhookNetworks, publicUrl: null } })

test('a webhook is made once, told, told once more, and taken away', async () => {
  const wish = { url: ear.url, kinds: ['file.sealed'] }
  const made = await fitting('addWebhook', await post(own, '/webhooks', wish, 'made'), 201)
  const second = await post(own, '/webhooks', wish, 'made')
  expect([second.headers.get('Idempotency-Replayed'), await second.json()]).toEqual(['true', made])
  await fitting('addWebhook', await post(own, '/webhooks', { ...wish, kinds: ['question.asked'] }, 'made'), 422)
  const path = `/webhooks/${made['webhook_id'] as string}`
  const { secret, ...shown } = made
  expect(await fitting('getWebhook', await own.ask(path), 200)).toEqual(shown)
  expect((await fitting('listWebhooks', await own.ask('/webhooks'), 200))['data']).toEqual([shown])

  const { event_id: eventId } = await fitting('pingWebhook', await post(own, `${path}/ping`), 202)
  await work()
  expect(new Webhook(secret as string).verify(ear.heard[0]?.body ?? '', ear.heard[0]?.headers as Record<string, string>)).toMatchObject({ type: 'ping' })
  const [delivery] = (await fitting('listDeliveries', await own.ask(`${path}/deliveries`), 200))['data'] as { delivery_id: string; event_id: string; state: string }[]
  expect(delivery).toMatchObject({ event_id: eventId, state: 'delivered', last_status: 200 })
  const again = `${path}/deliveries/${delivery?.delivery_id ?? ''}/redeliver`
  await fitting('redeliver', await post(own, again), 202)
  const { secret: changed } = await fitting('changeWebhookSecret', await post(own, `${path}/secret`), 200)
  await work()
  expect(ear.heard.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId])
  for (const one of [secret, changed]) expect(new Webhook(one as string).verify(ear.heard[1]?.body ?? '', ear.heard[1]?.headers as Record<string, string>)).toBeDefined()
  const page = await fitting('listDeliveries', await own.ask(`${path}/deliveries?limit=1`), 200)
  expect((await fitting('listDeliveries', await own.ask(`${path}/deliveries?limit=1&cursor=${page['next_cursor'] as string}`), 200))['data']).toEqual([delivery])
  const never = Buffer.from(`2026-02-30T00:00:00.000Z_dlv_${'0'.repeat(32)}`).toString('base64url')
  expect(await fitting('listDeliveries', await own.ask(`${path}/deliveries?cursor=${never}`), 400)).toMatchObject({ code: 'request_invalid', errors: [{ pointer: '/query/cursor', code: 'cursor_invalid' }] })

  // Another bank's and nobody's are answered alike, and nothing changes.
  for (const [method, tail] of [['GET', ''], ['DELETE', ''], ['GET', '/deliveries'], ['POST', '/ping'], ['POST', '/secret'], ['POST', `/deliveries/${delivery?.delivery_id ?? ''}/redeliver`]] as const) {
    const [foreign, missing] = await Promise.all([path, `/webhooks/whe_${'0'.repeat(24)}`].map(async (one, index) => {
      const answer = await other.ask(`${one}${tail}`, { method, ...(method === 'POST' ? { headers: { 'Idempotency-Key': `${method}${tail}${index}` } } : {}) })
      return [answer.status, { ...(await answer.json() as object), request_id: '' }]
    }))
    expect([foreign, foreign?.[0]]).toEqual([missing, 404])
  }
  expect((await fitting('listWebhooks', await other.ask('/webhooks'), 200))['data']).toEqual([])

  await fitting('removeWebhook', await own.ask(path, { method: 'DELETE' }), 204)
  await fitting('getWebhook', await own.ask(path), 404)
  await fitting('redeliver', await post(own, again), 409)
})

test.each([
  [{ url: 'http://10.0.0.1/', kinds: ['file.sealed'] }, 400, 'webhook_url_closed'],
  [{ url: 'https://169.254.169.254/', kinds: ['file.sealed'] }, 400, 'webhook_url_closed'],
  [{ url: 'ftp://bank.example/', kinds: ['file.sealed'] }, 400, 'webhook_url_invalid'],
  [{ url: 'https://bank.example/', kinds: ['everything'] }, 400, 'request_invalid'],
  [{ url: 'https://bank.example/', kinds: [], source: '970415' }, 400, 'request_invalid'],
] as const)('%j is answered %i %s', async (wish, status, code) => {
  expect(await fitting('addWebhook', await post(own, '/webhooks', wish), status)).toMatchObject({ code })
})

test('a key of other scopes manages no webhooks', async () => {
  const system = await systemOf(app, clone().database, '970436', { scopes: ['files:write', 'files:read'] })
  await fitting('listWebhooks', await system.ask('/webhooks'), 403)
  await fitting('addWebhook', await post(system, '/webhooks', { url: ear.url, kinds: ['file.sealed'] }), 403)
})
