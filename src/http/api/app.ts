/** The API of systems: who asks, how often they may, and what is answered when something fails. */
import { OpenAPIHono, type Hook } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Refusal, traceOf } from '../../core/index.ts'
import { isDatabaseAway, type DeskConnections } from '../../db/index.ts'
import { keyOf, type Allowance } from '../../staff/index.ts'
import { TooSlow } from '../paced.ts'
import { wholeAddressOf } from '../sign-in/place.ts'
import { addDeadlineOperations } from './deadlines.ts'
import { addDocument } from './document.ts'
import type { ApiEnvironment } from './environment.ts'
import { addFileOperations, type ApiFileDependencies } from './files.ts'
import { OnceKeeper } from './once.ts'
import { addResumableOperations } from './resumable.ts'
import { addQuestionOperations } from './questions.ts'
import { addWebhookOperations, type ApiWebhookDependencies } from './webhooks.ts'
import { ApiFault, faultResponse, refusalResponse, wrongPart } from './problem.ts'

/** What the API needs from outside. */
export interface ApiDependencies extends ApiFileDependencies, ApiWebhookDependencies {
  readonly desk: DeskConnections
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void }
}

/** The API, to be put under /api/v1. */
export function createApi(dependencies: ApiDependencies): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid })
  const { limits } = dependencies
  const keeper = new OnceKeeper(dependencies)
  const refusalOfStranger = async (context: Context, challenge: string): Promise<ApiFault> => {
    const allowance = await limits.countStranger(wholeAddressOf(context))
    return allowance.allowed ? new ApiFault('authentication_required', { headers: { 'WWW-Authenticate': challenge } }) : tooMany(allowance)
  }
  // The document is nobody's secret: it is answered before anybody is asked who they are.
  addDocument(api)
  api.use(async (context, next) => {
    context.set('at', dependencies.clock.now())
    const token = tokenOf(context)
    if (token === null) throw await refusalOfStranger(context, 'Bearer')
    const known = limits.known(token)
    if (known !== null) throw tooMany(known)
    const holder = await keyOf(dependencies.database, token, wholeAddressOf(context), context.get('at'))
    if (holder === null || holder.reader.creditorAgent === null) throw await refusalOfStranger(context, 'Bearer error="invalid_token"')
    const allowance = await limits.countRequest(token)
    if (!allowance.allowed) throw tooMany(allowance)
    context.set('caller', { reader: holder.reader, source: holder.reader.creditorAgent, scopes: holder.scopes, database: dependencies.desk.as(holder.keyHash) })
    await next()
    for (const [name, value] of Object.entries(limitHeaders(allowance))) context.header(name, value)
  })
  addFileOperations(api, keeper, dependencies)
  addDeadlineOperations(api, dependencies)
  addResumableOperations(api, dependencies)
  addQuestionOperations(api, keeper, dependencies)
  addWebhookOperations(api, keeper, dependencies)
  api.all('*', (context) => { throw new ApiFault(api.routes.some(({ path, method }) => method !== 'ALL' && !path.includes('*') && matches(path, context.req.path)) ? 'method_not_allowed' : 'not_found') })
  api.onError((error, context) => {
    if (error instanceof ApiFault) return faultResponse(context, error)
    if (error instanceof Refusal) return refusalResponse(context, error)
    if (error instanceof HTTPException && error.status < 500) return faultResponse(context, new ApiFault('request_invalid', { errors: [wrongPart('/body', 'json_invalid', 'The body is no JSON that can be read.')] }))
    if (['22021', '22P05'].includes(String((error as { code?: unknown }).code))) return faultResponse(context, new ApiFault('request_invalid', { errors: [wrongPart('/body', 'text_invalid', 'A text holds a sign that no database keeps (NUL, half a character).')] }))
    if (error instanceof TooSlow || error.cause instanceof TooSlow) return faultResponse(context, new ApiFault('body_too_slow'))
    if (isGone(error)) return faultResponse(context, new ApiFault('body_missing'))
    dependencies.log?.error({ request_id: context.get('requestId'), path: context.req.path, ...traceOf(error) }, 'a request to the API failed')
    return faultResponse(context, isDatabaseAway(error) ? new ApiFault('unavailable', { headers: { 'Retry-After': '5' } }) : new ApiFault('unexpected'))
  })
  return api
}

/** A key comes in the header alone: addresses are written down by everybody between. */
function tokenOf(context: Context): string | null {
  return /^Bearer ([\w.~+/-]{1,500}=*)$/i.exec(context.req.header('Authorization') ?? '')?.[1] ?? null
}

const limitHeaders = ({ limit, remaining, windowSeconds, resetSeconds }: Allowance): Record<string, string> => ({ 'RateLimit-Policy': `"key";q=${limit};w=${windowSeconds}`, RateLimit: `"key";r=${remaining};t=${resetSeconds}` })

function tooMany(allowance: Allowance): ApiFault {
  return new ApiFault('too_many_requests', { headers: { 'Retry-After': `${allowance.retryAfterSeconds}`, ...limitHeaders(allowance) } })
}

/** What could not be read of a request, part by part. */
const refuseInvalid: Hook<unknown, ApiEnvironment, string, Response | undefined> = (result, context) => {
  if (result.success) return undefined
  const root = { param: 'path', query: 'query', header: 'headers', json: 'body', form: 'body', cookie: 'cookies' }[result.target]
  const errors = result.error.issues.flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.map(String).join('/')]
    return names.map((name) => wrongPart(`/${root}${name === '' ? '' : `/${name.slice(0, 100)}`}`, issue.code === 'unrecognized_keys' ? 'field_unknown' : 'value_invalid', issue.message))
  })
  return faultResponse(context, new ApiFault('request_invalid', { errors }))
}

/** Whether a path fits the pattern of a route; for telling a wrong method from a wrong address. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((part, place) => part.startsWith(':') || part === given[place])
}

/** A sender that went away while it was sending: nobody reads the answer. */
function isGone(error: Error): boolean {
  const { code, name } = error as Error & { readonly code?: unknown }
  return name === 'AbortError' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR'
}
