/** Webhooks at the API: where a bank is told, what it was told, and being told once more. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { parseInstant, type Clock } from '../../core/index.ts'
import type { Database, Session, Transaction } from '../../db/index.ts'
import * as notices from '../../notices/index.ts'
import * as reports from '../../reports/index.ts'
import { answered } from './answers.ts'
import type { ApiEnvironment } from './environment.ts'
import { readJson } from './json-body.ts'
import { fingerprintOf, type OnceKeeper } from './once.ts'
import { cursorOf, cursorSchema, describeOperation, limitSchema, needs, operation, placeOfCursor, stringHeader, usualLimit } from './operation.ts'
import { ApiFault } from './problem.ts'
import { pageOf } from './schemas.ts'
import { deliveryAnswer, deliverySchema, newWebhookSchema, secretSchema, toldSchema, webhookAnswer, webhookSchema, webhookWithSecretSchema } from './webhook-schemas.ts'

/** What these operations need from outside. */
export interface ApiWebhookDependencies {
  readonly database: Database
  readonly clock: Clock
  /** Networks of our own that webhooks may lead into, besides the internet. */
  readonly webhookNetworks?: readonly string[]
}

type Api = OpenAPIHono<ApiEnvironment>

const largestBody = 8192
const scope = 'webhooks:manage'
const tags = ['Webhooks']
const idSchema = z.object({ id: z.string().max(100).openapi({ param: { name: 'id', in: 'path' }, example: 'whe_6b1f0c8e6f0e4f0e9a550d6f' }) })
const deliveryIdSchema = idSchema.extend({ delivery: z.string().max(100).openapi({ param: { name: 'delivery', in: 'path' }, example: 'dlv_0c8e6f0e4f0e9a550d6f6a2d9c116b1f' }) })
const onceHeader = z.object({ 'idempotency-key': z.string().openapi({ description: 'Your own name for this request, 1 to 255 characters; the same one when you ask again.', example: 'webhook-1' }) })
const replayed = { 'Idempotency-Replayed': stringHeader('`true`: answered before, and answered again.') }
const tag = { ETag: stringHeader('Send it as If-None-Match.') }
const onceProblems = ['idempotency_key_missing', 'idempotency_key_invalid', 'request_running', 'idempotency_key_reused'] as const

const list = createRoute(operation({
  scope, method: 'get', path: '/webhooks', operationId: 'listWebhooks', tags, summary: 'Where your bank is told',
  responses: { 200: { description: 'All of them, ten at most.', headers: tag, content: { 'application/json': { schema: pageOf(webhookSchema, 'WebhookPage') } } }, 304: { description: 'As it was.' } },
}))
const one = createRoute(operation({
  scope, method: 'get', path: '/webhooks/{id}', operationId: 'getWebhook', tags, summary: 'A webhook',
  request: { params: idSchema }, problems: ['not_found'],
  responses: { 200: { description: 'The webhook.', headers: tag, content: { 'application/json': { schema: webhookSchema } } }, 304: { description: 'As it was.' } },
}))
const remove = createRoute(operation({
  scope, method: 'delete', path: '/webhooks/{id}', operationId: 'removeWebhook', tags, summary: 'Be told there no more',
  request: { params: idSchema }, problems: ['not_found'], responses: { 204: { description: 'It is told nothing any more.' } },
}))
const deliveries = createRoute(operation({
  scope, method: 'get', path: '/webhooks/{id}/deliveries', operationId: 'listDeliveries', tags, summary: 'What it was told, the newest first',
  request: { params: idSchema, query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }) }, problems: ['not_found', 'request_invalid'],
  responses: { 200: { description: 'A page of them.', headers: tag, content: { 'application/json': { schema: pageOf(deliverySchema, 'DeliveryPage') } } }, 304: { description: 'As it was.' } },
}))
const add = operation({
  scope, method: 'post', path: '/webhooks', operationId: 'addWebhook', tags, summary: 'Be told of events by HTTP',
  description: 'Each event is one POST, signed as Standard Webhooks says, with ids, counts and days alone; answer 2xx within ten seconds. docs/webhooks.md tells more.',
  request: { headers: onceHeader, body: { required: true, content: { 'application/json': { schema: newWebhookSchema } } } },
  responses: { 201: { description: 'It is told from now on.', headers: { Location: stringHeader('Where it is.'), ...replayed }, content: { 'application/json': { schema: webhookWithSecretSchema } } } },
  problems: ['request_invalid', 'webhook_url_invalid', 'webhook_url_closed', 'too_many_places', 'body_too_large', ...onceProblems],
})
const secret = operation({
  scope, method: 'post', path: '/webhooks/{id}/secret', operationId: 'changeWebhookSecret', tags, summary: 'Change its secret', description: 'For a day the former one signs too, so that nothing is missed.',
  request: { params: idSchema, headers: onceHeader }, problems: ['not_found', ...onceProblems],
  responses: { 200: { description: 'The new one.', headers: replayed, content: { 'application/json': { schema: secretSchema } } } },
})
const ping = operation({
  scope, method: 'post', path: '/webhooks/{id}/ping', operationId: 'pingWebhook', tags, summary: 'Be told a ping', description: 'Wakes a webhook that was left alone.',
  request: { params: idSchema, headers: onceHeader }, problems: ['not_found', ...onceProblems],
  responses: { 202: { description: 'It will be told.', headers: replayed, content: { 'application/json': { schema: toldSchema } } } },
})
const again = operation({
  scope, method: 'post', path: '/webhooks/{id}/deliveries/{delivery}/redeliver', operationId: 'redeliver', tags, summary: 'Be told once more',
  request: { params: deliveryIdSchema, headers: onceHeader }, problems: ['not_found', 'place_removed', ...onceProblems],
  responses: { 202: { description: 'It will be told.', headers: replayed, content: { 'application/json': { schema: toldSchema } } } },
})

/** Adds the operations. */
export function addWebhookOperations(api: Api, keeper: OnceKeeper, dependencies: ApiWebhookDependencies): void {
  const { database: owner, webhookNetworks: allowedNetworks = [] } = dependencies
  api.openapi(list, async (context) => {
    const { database, source } = context.get('caller')
    return answered(context, { data: (await reports.consistently(database, (session) => notices.listEndpoints(session, source))).map(webhookAnswer), next_cursor: null })
  })
  api.openapi(one, async (context) => answered(context, webhookAnswer(await reports.consistently(context.get('caller').database, (session) => requireWebhook(session, context, context.req.valid('param').id)))))
  api.openapi(remove, async (context) => {
    await owner.transaction((transaction) => notices.removeEndpoint(transaction, context.req.valid('param').id, authorOf(context)))
    return context.body(null, 204)
  })
  api.openapi(deliveries, async (context) => {
    const { cursor, limit = usualLimit } = context.req.valid('query')
    const { database, source } = context.get('caller')
    const place = placeOfCursor(cursor, /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z_dlv_[0-9a-f]{32}$/, (text) => parseInstant(text.split('_')[0] ?? '') !== null)
    const page = await reports.consistently(database, async (session) => {
      const { endpoint_id: id } = await requireWebhook(session, context, context.req.valid('param').id)
      return notices.listDeliveries(session, source, place, limit, id)
    })
    return answered(context, { data: page.rows.map(deliveryAnswer), next_cursor: page.next === null ? null : cursorOf(page.next) })
  })

  for (const route of [add, secret, ping, again]) describeOperation(api, route)
  api.post('/webhooks', needs(scope), bodyLimit({ maxSize: largestBody, onError: () => { throw new ApiFault('body_too_large') } }), async (context) => {
    const wish = await readJson(context, newWebhookSchema)
    return once(context, keeper, owner, ['POST /webhooks', wish.url, ...wish.kinds], async (transaction) => {
      const added = await notices.addEndpoint(transaction, wish, authorOf(context), { allowedNetworks })
      return { status: 201, headers: { Location: `/api/v1/webhooks/${added.endpoint.endpoint_id}` }, body: { ...webhookAnswer(added.endpoint), secret: added.secret } }
    })
  })
  api.post('/webhooks/:id/secret', needs(scope), (context) => once(context, keeper, owner, ['POST /webhooks/secret', context.req.param('id')], async (transaction) => (
    { status: 200, headers: {}, body: { secret: await notices.changeSecret(transaction, context.req.param('id'), authorOf(context)) } })))
  api.post('/webhooks/:id/ping', needs(scope), (context) => once(context, keeper, owner, ['POST /webhooks/ping', context.req.param('id')], async (transaction) => (
    { status: 202, headers: {}, body: { event_id: await notices.pingEndpoint(transaction, context.req.param('id'), authorOf(context)), delivery_id: null } })))
  api.post('/webhooks/:id/deliveries/:delivery/redeliver', needs(scope), (context) => once(context, keeper, owner, ['POST /webhooks/redeliver', context.req.param('id'), context.req.param('delivery')], async (transaction) => (
    { status: 202, headers: {}, body: { event_id: null, delivery_id: await notices.redeliver(transaction, context.req.param('delivery'), authorOf(context), context.req.param('id')) } })))
}

/** Does it once; what was done and what is answered are kept together. */
function once(context: Context<ApiEnvironment>, keeper: OnceKeeper, owner: Database, parts: readonly string[], work: (transaction: Transaction) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: object }>): Promise<Response> {
  const print = fingerprintOf(...parts)
  return keeper.run(context, {
    fingerprint: () => Promise.resolve(print),
    work: (end) => owner.transaction(async (transaction) => {
      const answer = await work(transaction)
      await end(transaction, print, answer)
      return answer
    }),
  })
}

function authorOf(context: Context<ApiEnvironment>): notices.PlaceAuthor {
  const { reader, source } = context.get('caller')
  return { staffId: reader.staffId, source, at: context.get('at') }
}

/** @throws ApiFault `not_found` */
async function requireWebhook(session: Session, context: Context<ApiEnvironment>, id: string): Promise<notices.Endpoint> {
  const endpoint = await notices.findEndpoint(session, context.get('caller').source, id)
  if (endpoint === null) throw new ApiFault('not_found')
  return endpoint
}
