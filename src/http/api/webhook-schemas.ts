/** Webhooks and their deliveries, as they are answered and as the document describes them. */
import { z } from '@hono/zod-openapi'
import { eventKinds, type DeliveryRow, type Endpoint } from '../../notices/index.ts'
import { instant } from './schemas.ts'

const kindsSchema = z.array(z.enum(eventKinds)).min(1).max(eventKinds.length).openapi({ description: 'What it is told of.', example: ['file.sealed', 'file.refused'] })

/** A new webhook. */
export const newWebhookSchema = z
  .strictObject({ url: z.string().min(1).max(2000).openapi({ description: 'https, on the open internet.', example: 'https://bank.example/tantay' }), kinds: kindsSchema })
  .openapi('NewWebhook')

/** A webhook as its bank may read it: without its secret. */
export const webhookSchema = z
  .object({
    webhook_id: z.string().openapi({ example: 'whe_6b1f0c8e6f0e4f0e9a550d6f' }),
    url: z.string().openapi({ example: 'https://bank.example/tantay' }),
    kinds: kindsSchema,
    created_at: instant('When it was made; UTC.'),
    disabled_at: instant('Since when it is told nothing; UTC. Null: it is told.').nullable(),
    disabled_reason: z.enum(['failing', 'gone']).nullable().openapi({ description: 'failing: nothing arrived for five days; gone: it answered 410. A ping wakes it.', example: null }),
  })
  .openapi('Webhook')

const secretField = z.string().openapi({ description: 'By which you check the signature (Standard Webhooks); shown now and never again.', example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })
export const webhookWithSecretSchema = webhookSchema.extend({ secret: secretField }).openapi('WebhookWithSecret')
export const secretSchema = z.object({ secret: secretField }).openapi('WebhookSecret')

/** One telling of one event. */
export const deliverySchema = z
  .object({
    delivery_id: z.string().openapi({ example: 'dlv_0c8e6f0e4f0e9a550d6f6a2d9c116b1f' }),
    event_id: z.string().openapi({ description: 'The webhook-id header of every attempt.', example: 'evt_6f0e4f0e9a550d6f6a2d9c116b1f0c8e' }),
    kind: z.enum([...eventKinds, 'ping']),
    subject: z.string().openapi({ description: 'Of what: a file, a question, a deadline.' }),
    happened_at: instant('When it happened; UTC.'),
    state: z.enum(['waiting', 'delivered', 'given_up']),
    attempt_count: z.int().openapi({ example: 1 }),
    last_attempt_at: instant('UTC; null: none yet.').nullable(),
    last_status: z.int().nullable().openapi({ description: 'HTTP status of the last attempt; null: no answer came.', example: 204 }),
    last_error: z.string().nullable().openapi({ description: 'What kept it from arriving, in a word; null: nothing.', example: null }),
    next_attempt_at: instant('UTC; null: none will be made.').nullable(),
    delivered_at: instant('UTC; null: not yet.').nullable(),
  })
  .openapi('Delivery')

/** What became of a wish to be told. */
export const toldSchema = z.object({ event_id: z.string().nullable(), delivery_id: z.string().nullable() }).openapi('Told')

export type WebhookAnswer = z.infer<typeof webhookSchema>

/** A webhook as it is answered. */
export function webhookAnswer({ endpoint_id: id, url, kinds, created_at: created, disabled_at: disabled, disabled_reason: reason }: Endpoint): WebhookAnswer {
  return { webhook_id: id, url, kinds: [...kinds], created_at: created, disabled_at: disabled, disabled_reason: reason as WebhookAnswer['disabled_reason'] }
}

/** A delivery as it is answered. */
export function deliveryAnswer(row: DeliveryRow): z.infer<typeof deliverySchema> {
  const { delivery_id, event_id, kind, subject, happened_at, state, attempt_count, last_attempt_at, last_status, last_error, next_attempt_at, delivered_at } = row
  return { delivery_id, event_id, kind, subject, happened_at, state, attempt_count, last_attempt_at, last_status, last_error, next_attempt_at, delivered_at }
}
