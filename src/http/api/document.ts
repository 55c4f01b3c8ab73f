/** The API described: OpenAPI 3.1 made from the code, and what each problem means. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnvironment } from './environment.ts'

const description = `Files of banks in, their errors back, questions answered. 
Show your key with every request: \`Authorization: Bearer ttk_…\`. Amounts are strings; instants are UTC; ids are opaque.
Lists go on with \`next_cursor\`. What fails is a problem (RFC 9457) with a \`code\` that stays; all of them are at [/docs/problems](/docs/problems).`

/** Adds `/openapi.json`. */
export function addDocument(api: OpenAPIHono<ApiEnvironment>): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer', description: 'A key of your bank’s system; `x-scope` of an operation says what it must be good for.' })
  api.get('/openapi.json', (context) => {
    context.header('Cache-Control', 'no-cache')
    return context.json(documentOf(api))
  })
}

/** The whole document. */
export function documentOf(api: OpenAPIHono<ApiEnvironment>): object {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Tận Tay', version: '1.0.0', description },
    servers: [{ url: '/api/v1' }],
    tags: [{ name: 'Files', description: 'What your bank hands in.' }, { name: 'Questions', description: 'What officers ask your bank about payments and accounts, and what it answers.' }, { name: 'Webhooks', description: 'Where your bank is told of results, questions and deadlines.' }, { name: 'Score', description: 'How your bank is doing.' }],
  })
}
