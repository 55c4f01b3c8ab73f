/** What a bank is to send at the API: by when, what is missing, and until which day it has reported withdrawals. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Clock } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { answered } from './answers.ts'
import type { ApiEnvironment } from './environment.ts'
import { operation, stringHeader } from './operation.ts'

const day = z.iso.date()

const deadlinesSchema = z
  .object({
    reported_through_date: day.nullable().openapi({ description: 'The latest day that your withdrawal reports reach; null: none has come.', example: '2026-10-31' }),
    unreported_credits: z.int().nullable().openapi({ description: 'Credits of the newest result that none of your reports speaks of; null before the first result.', example: 42 }),
    files: z.array(z.object({
      kind: z.string().openapi({ example: 'withdrawal' }),
      scheme: z.string().nullable().openapi({ description: 'Null: of any scheme.', example: null }),
      next_date: day.openapi({ description: 'The day by which the next one is to come.', example: '2026-11-20' }),
      is_here: z.boolean().openapi({ description: 'Whether it has come already.' }),
      past_date: day.openapi({ description: 'The last day that has passed.', example: '2026-10-20' }),
      is_missing: z.boolean().openapi({ description: 'Whether that day passed without it, and it has not come since.' }),
      last_received_date: day.nullable().openapi({ description: 'When the last one came; null: never.', example: '2026-10-19' }),
    })).openapi({ description: 'Files that are expected of you every month, missing ones first.' }),
  })
  .openapi('Deadlines')

const deadlines = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/deadlines', operationId: 'getDeadlines', tags: ['Files'], summary: 'Which files are due, and how far your withdrawal reports reach',
  responses: { 200: { description: 'As of today, of the country.', headers: { ETag: stringHeader('Send it as If-None-Match.') }, content: { 'application/json': { schema: deadlinesSchema } } }, 304: { description: 'As it was.' } },
}))

/** Adds the operation. */
export function addDeadlineOperations(api: OpenAPIHono<ApiEnvironment>, { clock }: { readonly clock: Clock }): void {
  api.openapi(deadlines, async (context) => {
    const { database, source } = context.get('caller')
    const { files, told } = await reports.consistently(database, async (session) => ({ files: await reports.bankDeadlines(session, source, clock.today()), told: await reports.withdrawalReports(session) }))
    return answered(context, { reported_through_date: told?.reported_through_date ?? null, unreported_credits: told === null ? null : Number.parseInt(told.unreported_count, 10), files: files.map(({ kind, scheme, next_date, is_here, past_date, is_missing, last_received_date }) => ({ kind, scheme, next_date, is_here, past_date, is_missing, last_received_date })) })
  })
}
