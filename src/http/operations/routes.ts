/** What machines ask that look after this one: does it live, can it work, how does it stand. No page, no reader, no cookie. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { withLogFields } from '../../log/index.ts'
import type { Environment } from '../environment.ts'
import { directAddress, isLoopbackAddress } from '../sign-in/place.ts'
import { openMetrics, type Figure } from './metrics.ts'

/** One thing that must work before anybody is let in. */
export interface ReadinessCheck {
  /** `database`, `schema`, `queue`, `disk`, `not_stopping`, … */
  readonly check: string
  readonly isFit: boolean
}

/** What a running server knows of itself; absent where only pages are tried. */
export interface Operations {
  readiness(): Promise<readonly ReadinessCheck[]>
  figures(): Promise<readonly Figure[]>
  /** What whoever reads the metrics has to show; null: this machine alone may. */
  readonly metricsToken: string | null
  /** Told each request when it has been answered. */
  readonly log?: Record<'info' | 'error', (fields: Readonly<Record<string, unknown>>, message: string) => void>
}

/** Where the answer does not depend on who asks: it is not worked out more often than this, in milliseconds. */
const askedAgainAfter = 1000
/** For programs alone: no browser shows it, keeps it or runs anything of it. */
const bare = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" }
const quiet = new Set(['/assets/*'])

/** Times and logs every request by the pattern of its address, and answers what machines ask. */
export function addOperationRoutes(app: Hono<Environment>, { operations, publicUrl }: { readonly operations?: Operations | undefined; readonly publicUrl: string | null }): void {
  app.get('/healthz', (context) => context.json({ status: 'ok' }, 200, bare))
  if (operations === undefined) return
  const metrics = openMetrics()
  const readiness = notMoreOften(() => operations.readiness())
  app.get('/readyz', async (context) => {
    const checks = await readiness()
    const isReady = checks.every(({ isFit }) => isFit)
    return context.json({ status: isReady ? 'ready' : 'not_ready', checks: Object.fromEntries(checks.map(({ check, isFit }) => [check, isFit ? 'ok' : 'failing'])) }, isReady ? 200 : 503, bare)
  })
  app.get('/metrics', async (context) => {
    // Whoever may not ask learns no more than of any other address that is not there.
    if (!mayRead(context, operations.metricsToken, publicUrl)) return context.text('There is nothing here.\n', 404, bare)
    const checks = await readiness()
    // What cannot be told just now is left out: a database that is away must not hide that it is.
    const told = await operations.figures().catch((error: unknown) => {
      operations.log?.error({ name: (error as Error).name, code: (error as { code?: unknown }).code }, 'the figures could not be told')
      return []
    })
    return context.body(await metrics.text([...checks.map(({ check, isFit }): Figure => ({ name: 'ready', labels: [check], value: isFit ? 1 : 0 })), ...told]), 200, { ...bare, 'Content-Type': metrics.contentType })
  })
  // Read by `timed`, which stands before all routes.
  timers.set(app, (request) => {
    metrics.answered(request)
    if (!quiet.has(request.route)) operations.log?.info({ method: request.method, route: request.route, status: request.status, milliseconds: Math.ceil(request.seconds * 1000) }, 'answered')
  })
}

type Answered = (request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }) => void
const timers = new WeakMap<object, Answered>()

/** The first of all handlers: what is logged within says which request it was, and how long it took is counted. */
export function timed(app: Hono<Environment>): MiddlewareHandler<Environment> {
  return (context, next) => withLogFields({ request_id: context.get('requestId') }, async () => {
    const began = performance.now()
    await next()
    timers.get(app)?.({ method: knownMethod(context.req.method), route: patternOf(context), status: context.res.status, seconds: (performance.now() - began) / 1000 })
  })
}

/** The pattern of the address that was answered; of one that is not there nothing, for it could hold anything. */
function patternOf(context: Context): string {
  const patterns = matchedRoutes(context).map(({ path }) => path)
  return patterns.findLast((path) => !path.includes('*')) ?? (patterns.includes('/assets/*') ? '/assets/*' : 'none')
}

function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other'
}

/** With a token whoever shows it; without one this machine, and only where no proxy stands before the server, to whom everybody looks like this machine. */
function mayRead(context: Context, token: string | null, publicUrl: string | null): boolean {
  if (token === null) return publicUrl === null && isLoopbackAddress(directAddress(context)) && isLoopbackHost(context) && context.req.header('X-Forwarded-For') === undefined
  const shown = /^Bearer (\S+)$/.exec(context.req.header('Authorization') ?? '')?.[1]
  return shown !== undefined && timingSafeEqual(digest(shown), digest(token))
}

/** A page elsewhere whose name is made to lead to this machine is not this machine. */
function isLoopbackHost(context: Context): boolean {
  const { hostname } = new URL(context.req.url)
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function notMoreOften<T>(work: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly result: Promise<T> } | null = null
  return () => {
    if (last === null || performance.now() - last.at > askedAgainAfter) last = { at: performance.now(), result: work() }
    return last.result
  }
}
