/** The server's application: who is there, whose pages are whose, and what happens when something fails. */
import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { Refusal, traceOf, type Clock, type Language } from '../core/index.ts'
import type { Database, DeskConnections } from '../db/index.ts'
import { openApiLimits, openAttempts, sessionOf, type IdentityProvider } from '../staff/index.ts'
import { Routes, type DeclaredRoute } from './access.ts'
import { createApi } from './api/app.ts'
import { addAdministrationPages } from './administration/routes.ts'
import { loadAssets, type Assets } from './assets/index.ts'
import { addBankPages, type BankDependencies } from './bank/routes.ts'
import { addComplaintPages, type ComplaintDependencies } from './complaints/routes.ts'
import { addCorrectionPages, type CorrectionDependencies } from './corrections/routes.ts'
import { addDashboardPages } from './dashboard/routes.ts'
import { addDocsPages } from './docs/routes.ts'
import { addDeskPages, type DeskDependencies } from './desk/routes.ts'
import type { Environment } from './environment.ts'
import { addListExports } from './exports/lists.ts'
import { addFilePages, type FileDependencies } from './files/routes.ts'
import { addManyPages, type ManyDependencies } from './many/routes.ts'
import { addMeasurePages } from './measures/routes.ts'
import { addOperationRoutes, timed, type Operations } from './operations/routes.ts'
import { addOutreachPages, type OutreachDependencies } from './outreach/routes.ts'
import { badRequestPage, failurePage, foreignPage, notFoundPage, unreadableFormPage } from './page-parts/errors.ts'
import { createOAuth } from './oauth/routes.ts'
import { addNightPages } from './nights/routes.ts'
import { addPersonPages } from './people/routes.ts'
import { addPeriodPages, type PeriodDependencies } from './periods/routes.ts'
import { pacedRequest, TooSlow } from './paced.ts'
import { UnreadableAddress } from './place.ts'
import { addQuestionPages } from './questions/routes.ts'
import { reply } from './reply.ts'
import { compressed, protectiveHeaders } from './responses.ts'
import { cookiesFor, type Cookies } from './session-cookie.ts'
import { hostCheck, isOwnOrigin } from './sign-in/origin.ts'
import { addAccountPages } from './sign-in/account-routes.ts'
import { addSignInPages } from './sign-in/routes.ts'
import { addTrailPages } from './trail/routes.ts'
import { addSettlementPages } from './settlement/routes.ts'
import { addSheetPages, type SheetDependencies } from './sheet/routes.ts'
import { dictionaries, readLanguage } from './text/index.ts'
import type { View } from './view.ts'

/** What the pages need from outside. */
export interface AppDependencies extends BankDependencies, ComplaintDependencies, CorrectionDependencies, DeskDependencies, FileDependencies, ManyDependencies, OutreachDependencies, PeriodDependencies, SheetDependencies {
  /** The owner's: for sessions, never for what a page shows. */
  readonly database: Database
  /** The pages': as each reader may see it. */
  readonly desk: DeskConnections
  readonly clock: Clock
  /** Networks of our own that webhooks of banks may lead into, besides the internet. */
  readonly webhookNetworks?: readonly string[]
  /** Networks of our own whose proxies say whom they pass on, besides this machine's. */
  readonly trustedProxies?: readonly string[]
  /** Where people reach this server, `https://doi-soat.example`; absent: on this machine alone. */
  readonly publicUrl?: string | null
  /** Where people may sign in besides; absent: here alone. */
  readonly provider?: IdentityProvider | null
  /** Invented people: the door lists their accounts. */
  readonly isDemo?: boolean
  /** What a running server knows of itself; absent where only pages are tried. */
  readonly operations?: Operations
  /** Told each failure with the id that its reader was shown; never the message of an error, which may quote a person's data. */
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void }
}

/** The application, and every route that it has. */
export interface App extends Hono<Environment> {
  readonly declared: readonly DeclaredRoute[]
}

const languageCookie = 'tantay_language'

/** The server's application, ready for `fetch`. */
export function createApp(dependencies: AppDependencies): App {
  const assets = loadAssets()
  const { publicUrl = null, provider = null, isDemo = false } = dependencies
  const cookies = cookiesFor(publicUrl)
  // One for every way in: a bank's files are counted once, and who has had enough is remembered once.
  const limits = openApiLimits(dependencies.database)
  const app = new Hono<Environment>()
  // Before anything is asked about the host: whoever looks after the machine knows the server by its number.
  addOperationRoutes(app, { operations: dependencies.operations, publicUrl })
  app.use(hostCheck(publicUrl))
  app.use(numberRequest)
  app.use(timed(app))
  app.use(async (context, next) => {
    context.req.raw = pacedRequest(context.req.raw)
    context.set('trustedProxies', dependencies.trustedProxies ?? [])
    await next()
  })
  // Before what protects pages: on a weak line its headers, on each of seven small files, would weigh as much as a page.
  app.get('/assets/*', async (context, next) => {
    const found = assetResponse(context, assets)
    // What is no file of ours is a page like any other that is not there.
    return found === null ? next() : found
  })
  app.use(protectiveHeaders)
  app.use(compressed)
  app.route('/api/v1', createApi({ ...dependencies, limits }))
  app.route('/', createOAuth({ ...dependencies, limits }))
  app.use(async (context, next) => {
    await recogniseReader(context, assets, cookies, dependencies)
    await next()
  })
  app.use(csrf({ origin: (origin, context) => isOwnOrigin(origin, context, publicUrl) }))
  const routes = new Routes(app)
  const door = { ...dependencies, attempts: openAttempts(dependencies.database), cookies, provider, isDemo }
  addSignInPages(routes, door)
  addAccountPages(routes, door)
  addAdministrationPages(routes, dependencies)
  addDashboardPages(routes, dependencies)
  addDeskPages(routes, dependencies)
  addPersonPages(routes, dependencies)
  addMeasurePages(routes)
  addNightPages(routes, dependencies)
  addPeriodPages(routes, dependencies)
  addOutreachPages(routes, dependencies)
  addManyPages(routes, dependencies)
  addCorrectionPages(routes, dependencies)
  addComplaintPages(routes, dependencies)
  addListExports(routes, dependencies)
  addTrailPages(routes, dependencies)
  addFilePages(routes, dependencies)
  addDocsPages(routes)
  addBankPages(routes, { ...dependencies, limits })
  addQuestionPages(routes, dependencies)
  addSheetPages(routes, dependencies)
  addSettlementPages(routes)
  app.notFound((context) => reply(context, notFoundPage(viewOf(context, assets)), 404))
  app.onError((error, context) => {
    const view = viewOf(context, assets)
    if (error instanceof HTTPException && error.status === 403) return reply(context, foreignPage(view), 403)
    if (error instanceof HTTPException && error.status < 500) return reply(context, badRequestPage(view), error.status)
    if (error instanceof TooSlow || error.cause instanceof TooSlow) return reply(context, unreadableFormPage(view), 408)
    if (error instanceof UnreadableAddress) return reply(context, badRequestPage(view), 400)
    if (isUnstorable(error) || isNoForm(error) || (error instanceof Refusal && error.kind === 'usage')) return reply(context, unreadableFormPage(view), 400)
    if (error instanceof Refusal && error.kind === 'notFound') return reply(context, notFoundPage(view), 404)
    dependencies.log?.error(failureFields(error, context), 'a page failed')
    return reply(context, failurePage(context.get('requestId'), view), 500)
  })
  return Object.assign(app, { declared: routes.declared })
}

/** Each request gets a number of ours; one that came with it is kept where it is a UUID, for anything else may name somebody in the log. */
async function numberRequest(context: Context<Environment>, next: () => Promise<void>): Promise<void> {
  const given = context.req.header('X-Request-Id')
  const id = given !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given) ? given : randomUUID()
  context.set('requestId', id)
  context.header('X-Request-Id', id)
  await next()
}

/** Who is there, in which language, and the database as they see it. */
async function recogniseReader(context: Context<Environment>, assets: Assets, cookies: Cookies, { database, desk, clock }: AppDependencies): Promise<void> {
  const token = cookies.read(context, 'session')
  const at = clock.now()
  context.set('at', at)
  const open = token === null ? null : await sessionOf(database, token, at)
  const isIn = open?.isComplete === true
  context.set('view', { ...viewOf(context, assets), reader: isIn ? open.reader : null })
  if (isIn) context.set('desk', { reader: open.reader, database: desk.as(open.sessionHash) })
}

/** The reader's language: what the address says, else what it said last time, else Vietnamese. */
function viewOf(context: Context<Environment>, assets: Assets): View {
  const known = context.get('view') as View | undefined
  if (known !== undefined) return known
  const url = new URL(context.req.url)
  const asked = readLanguage(url.searchParams.get('lang') ?? undefined)
  if (asked !== null) setCookie(context, languageCookie, asked, { path: '/', maxAge: 31_536_000, httpOnly: true, sameSite: 'Lax' })
  const language: Language = asked ?? readLanguage(getCookie(context, languageCookie)) ?? 'vi'
  url.searchParams.delete('lang')
  const view = { language, words: dictionaries[language], path: url.pathname, query: url.searchParams, assets, reader: null }
  context.set('view', view)
  return view
}

/** Text with a sign that no database keeps (NUL, half a character), as itself or inside of a list: nobody types it. */
function isUnstorable(error: Error): boolean {
  return ['22021', '22P05'].includes(String((error as { code?: unknown }).code))
}

/** A body that says it is a form and is none. */
function isNoForm(error: Error): boolean {
  return error instanceof TypeError && error.message.includes('parse body as FormData')
}

function failureFields(error: Error, context: Context<Environment>): Record<string, unknown> {
  return { request_id: context.get('requestId'), path: context.req.path, ...traceOf(error) }
}

function assetResponse(context: Context, assets: Assets): Response | null {
  const asset = assets.byPath.get(context.req.path)
  if (asset === undefined) return null
  const headers = { 'Content-Type': asset.type, ETag: asset.etag, 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding', 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' }
  if (context.req.header('If-None-Match') === asset.etag) return context.body(null, 304, headers)
  const accepted = context.req.header('Accept-Encoding') ?? ''
  if (asset.brotli !== null && /\bbr\b/.test(accepted)) return context.body(asset.brotli, 200, { ...headers, 'Content-Encoding': 'br' })
  if (asset.gzip !== null && /\bgzip\b/.test(accepted)) return context.body(asset.gzip, 200, { ...headers, 'Content-Encoding': 'gzip' })
  return context.body(asset.bytes, 200, headers)
}
