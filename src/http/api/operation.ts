/** One operation of the API as it is declared: which scope it wants, what it answers, and since when it is to be left. */
import { z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { KeyScope } from '../../staff/index.ts'
import type { ApiEnvironment } from './environment.ts'
import { ApiFault, apiProblems, problemSchema, wrongPart, type ApiProblemCode } from './problem.ts'

/** When an operation is left behind. */
export interface Deprecation {
  /** Since when it is advised against, seconds since 1970 (RFC 9745). */
  readonly sinceSeconds: number
  /** From when it answers no longer, as HTTP writes dates (RFC 8594): `Sat, 01 Jan 2028 00:00:00 GMT`. */
  readonly sunset: string
  /** What to use instead. */
  readonly instead: string
}

const usualProblems: readonly ApiProblemCode[] = ['authentication_required', 'scope_missing', 'too_many_requests']

/** What every answer says of limits, in the headers of the IETF's draft, and by what it can be asked about. */
const usualHeaders = {
  'RateLimit-Policy': { description: 'How many requests a key has in a window of how many seconds: `"key";q=600;w=60`.', schema: { type: 'string' } },
  RateLimit: { description: 'How many are left of them, and in how many seconds the window begins anew: `"key";r=599;t=60`.', schema: { type: 'string' } },
  'X-Request-Id': { description: 'To quote when you ask for help.', schema: { type: 'string' } },
} as const

/** The answers of those problems, each status with its codes as examples. */
function failuresOf(codes: readonly ApiProblemCode[]): Record<string, object> {
  const byStatus = Object.groupBy(codes, (code) => `${apiProblems[code].status}`)
  return Object.fromEntries(Object.entries(byStatus).map(([status, group]) => {
    const examples = Object.fromEntries(group.map((code) => [code, { summary: apiProblems[code].title, value: { type: `/docs/problems#${code}`, ...apiProblems[code], code, request_id: '5b7e0c1a9c0e4d2f', errors: [] } }]))
    const headers = status === '429' || status === '409' || status === '503' ? { 'Retry-After': stringHeader('Seconds to wait.') } : {}
    return [status, { description: group.map((code) => apiProblems[code].title).join('; '), headers, content: { 'application/problem+json': { schema: problemSchema, examples } } }]
  }))
}

/** A header of an answer for the document. */
export const stringHeader = (description: string): { readonly description: string; readonly schema: { readonly type: 'string' } } => ({ description, schema: { type: 'string' } })

/** Completes an operation: who may ask, how it fails, and what its headers say of its end. */
export function operation<const R extends RouteConfig>(route: R & { readonly scope: KeyScope; readonly problems?: readonly ApiProblemCode[]; readonly deprecation?: Deprecation }): R {
  const { scope, problems = [], deprecation, responses, ...rest } = route
  const answers = Object.fromEntries(Object.entries(responses).map(([status, answer]) => [status, { ...answer, headers: { ...usualHeaders, ...(answer as { headers?: object }).headers } }]))
  const described = {
    ...rest,
    ...(deprecation !== undefined && { deprecated: true }),
    security: [{ key: [] }],
    'x-scope': scope,
    middleware: [needs(scope), ...(deprecation === undefined ? [] : [leaving(deprecation)])],
    responses: { ...answers, ...failuresOf([...usualProblems, ...problems]) },
  }
  Object.defineProperty(described, 'getRoutingPath', { enumerable: false, value: () => rest.path.replaceAll(/\{(\w+)\}/g, ':$1') })
  return described as unknown as R
}

/** Puts an operation into the document whose request is read by ourselves: a stream, or a protocol's. */
export function describeOperation(api: OpenAPIHono<ApiEnvironment>, route: RouteConfig): void {
  const { middleware: _, ...described } = route
  api.openAPIRegistry.registerPath(described)
}

/** Lets through keys that are good for this. */
export function needs(scope: KeyScope): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    const caller = context.get('caller') as ApiEnvironment['Variables']['caller'] | undefined
    if (caller === undefined) throw new ApiFault('authentication_required', { headers: { 'WWW-Authenticate': 'Bearer' } })
    if (!caller.scopes.includes(scope)) throw new ApiFault('scope_missing', { headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"` } })
    await next()
  }
}

function leaving({ sinceSeconds, sunset, instead }: Deprecation): MiddlewareHandler {
  return async (context, next) => {
    await next()
    context.header('Deprecation', `@${sinceSeconds}`)
    context.header('Sunset', sunset)
    context.header('Link', `<${instead}>; rel="successor-version"`, { append: true })
  }
}

/** Where a list goes on; opaque to whoever asks. */
export const cursorSchema = z.string().regex(/^[A-Za-z0-9_-]{1,300}$/, 'Send next_cursor of the page before as it is.').optional().openapi({ description: 'next_cursor of the page before; absent: the first page.', example: undefined })

/** How much of a list is answered. */
export const limitSchema = z.string().regex(/^(?:[1-9]\d?|1\d\d|200)$/, 'A whole number from 1 to 200.').transform((text) => Number.parseInt(text, 10)).optional().openapi({ type: 'integer', minimum: 1, maximum: 200, default: 50, description: 'Entries of a page.' })

export const usualLimit = 50

/** A place of ours as a cursor, and back; null for a cursor that is none of ours. */
export const cursorOf = (place: string): string => Buffer.from(place).toString('base64url')
export function placeOfCursor(cursor: string | undefined, shape: RegExp, isPlace: (place: string) => boolean = () => true): string | null {
  if (cursor === undefined) return null
  const place = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!shape.test(place) || !isPlace(place)) throw new ApiFault('request_invalid', { errors: [wrongPart('/query/cursor', 'cursor_invalid', 'The cursor is none of ours: send next_cursor of the page before as it is.')] })
  return place
}
