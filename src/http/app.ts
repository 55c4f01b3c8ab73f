/** Every address of the server: which question each asks, and which page it answers with. */
import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { loadAssets, type Assets } from './assets/index.ts'
import { downloadResponse, templateDownload, type Download } from './downloads.ts'
import { layout, type Page } from './layout.ts'
import { addMeasurePages } from './measures/routes.ts'
import { addOutreachPages, type OutreachDependencies } from './outreach/routes.ts'
import { filePage } from './files/file.ts'
import { filesPage } from './files/files.ts'
import { findingPage, type SourceLine } from './desk/finding.ts'
import { findingsPage } from './desk/findings.ts'
import { badRequestPage, failurePage, foreignPage, notFoundPage } from './page-parts/errors.ts'
import { noRunPage } from './page-parts/no-run.ts'
import { overviewPage } from './desk/overview.ts'
import { personPage } from './people/person.ts'
import { personsPage } from './people/persons.ts'
import { templatesPage } from './files/templates.ts'
import { readFilesPlace, readFindingsQuery, readOverviewFilter, readProblemsPlace, UnreadableAddress } from './place.ts'
import { compressed, protectiveHeaders } from './responses.ts'
import { addSheetPages, type SheetDependencies } from './sheet/routes.ts'
import { dictionaries, readLanguage } from './text/index.ts'
import { Refusal, type Language } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import * as reports from '../reports/index.ts'
import type { View } from './view.ts'

/** What the pages need from outside. */
export interface AppDependencies extends OutreachDependencies, SheetDependencies {
  /** The raw text of one physical line of a stored file; null when the file or the line cannot be read. */
  readonly rawLine: (fileId: string, line: string) => Promise<string | null>
  /** A stored file with what is wrong with each row. @throws Refusal when there is none, or it was refused whole */
  readonly annotated: (fileId: string) => Promise<Download>
  /** Told each failure with the id that its reader was shown; never the message of an error, which may quote a person's data. */
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void }
}

export interface Environment {
  Variables: { view: View; requestId: string }
}

const findingsPerPage = 25
const filesPerPage = 50
/** Of more units than these one is written, not chosen: a nation's would be ten times the rest of the page. */
const unitsToChooseFrom = 200
const problemsPerPage = 200
/** A shared account may rest on hundreds of lines; a page shows this many of them. */
const linesPerFinding = 30
const ignoredRangesPerFile = 200
const languageCookie = 'tantay_language'

/** The server's application, ready for `fetch`. */
export function createApp(dependencies: AppDependencies): Hono<Environment> {
  const assets = loadAssets()
  const app = new Hono<Environment>()
  app.use(requestId({ limitLength: 64 }))
  app.use(protectiveHeaders)
  app.use(compressed)
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.get('/assets/*', (context) => assetResponse(context, assets))
  app.use(async (context, next) => {
    context.set('view', viewOf(context, assets))
    await next()
  })
  addPages(app, dependencies)
  addOutreachPages(app, dependencies, reply)
  addSheetPages(app, dependencies, reply)
  app.notFound((context) => reply(context, notFoundPage(viewOf(context, assets)), 404))
  app.onError((error, context) => {
    const view = viewOf(context, assets)
    if (error instanceof HTTPException && error.status === 403) return reply(context, foreignPage(view), 403)
    if (error instanceof UnreadableAddress) return reply(context, badRequestPage(view), 400)
    dependencies.log?.error(failureFields(error, context), 'a page failed')
    return reply(context, failurePage(context.get('requestId'), view), 500)
  })
  return app
}

function addPages(app: Hono<Environment>, { database, rawLine, annotated }: AppDependencies): void {
  app.get('/', async (context) => {
    const view = context.get('view')
    const filter = readOverviewFilter(view.query)
    const page = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'overview', view)
      return overviewPage({
        run, filter,
        bridge: await reports.bridge(session),
        outcomes: await reports.outcomes(session),
        findings: await reports.findingCounts(session),
        schemes: await reports.schemes(session),
      }, view)
    })
    return reply(context, page)
  })

  app.get('/findings', async (context) => {
    const view = context.get('view')
    const { filter, place } = readFindingsQuery(view.query)
    const page = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'findings', view)
      return findingsPage({
        filter,
        page: await reports.findingPage(session, run.run_id, filter, place, findingsPerPage),
        counts: await reports.findingCounts(session),
        outcomes: await reports.outcomes(session),
        schemes: await reports.schemes(session),
        units: await reports.findingUnits(session, unitsToChooseFrom),
      }, view)
    })
    return reply(context, page)
  })

  app.get('/findings/:id', async (context) => {
    const view = context.get('view')
    const found = await reports.consistently(database, (session) => lookAtFinding(session, context.req.param('id')))
    if (found === null) return reply(context, notFoundPage(view), 404)
    const lines = await readLines(database, found.finding, rawLine)
    return reply(context, findingPage({ ...found, lines, moreLines: Math.max(0, found.finding.source_rows.length - lines.length) }, view))
  })

  addPersonPages(app, database)
  addMeasurePages(app, database, reply)

  app.get('/templates', (context) => reply(context, templatesPage(context.get('view'))))
  app.get('/templates/:name', (context) => {
    const download = templateDownload(context.req.param('name'), context.req.query('columns'))
    return download === null ? reply(context, notFoundPage(context.get('view')), 404) : downloadResponse(context, download)
  })

  app.get('/files', async (context) => {
    const view = context.get('view')
    const before = readFilesPlace(view.query)
    const list = await reports.consistently(database, (session) => reports.filesPage(session, before, filesPerPage))
    return reply(context, filesPage(list, before, view))
  })

  app.get('/files/:id{[0-9]{1,18}}/annotated', async (context) => {
    try {
      return downloadResponse(context, await annotated(context.req.param('id')))
    } catch (error) {
      if (error instanceof Refusal && (error.kind === 'notFound' || error.kind === 'conflict')) return reply(context, notFoundPage(context.get('view')), 404)
      throw error
    }
  })

  app.get('/files/:id{[0-9]{1,18}}', async (context) => {
    const view = context.get('view')
    const afterLine = readProblemsPlace(view.query)
    const id = context.req.param('id')
    const page = await reports.consistently(database, async (session) => {
      const file = await reports.fileById(session, id)
      if (file === null) return null
      const { rows: problems, nextAfterLine } = await reports.fileProblems(session, id, afterLine, problemsPerPage)
      const problemCounts = await reports.fileProblemCounts(session, id)
      const ignored = await reports.fileIgnoredLines(session, id, ignoredRangesPerFile)
      return filePage({ file, problems, afterLine, nextAfterLine, problemCounts, ignored }, view)
    })
    return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page)
  })
}

/** The id is typed into a form and sent in its body; what the answer leads to has another name (see reports/person-address). */
function addPersonPages(app: Hono<Environment>, database: AppDependencies['database']): void {
  app.get('/persons', (context) => reply(context, personsPage(null, context.get('view'))))

  app.post('/persons', async (context) => {
    const view = context.get('view')
    const { id } = await context.req.parseBody()
    const key = typeof id === 'string' ? reports.personKeyOf(id) : null
    if (key === null) return reply(context, personsPage('unreadable', view), 400)
    const place = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      const person = run === null ? null : await reports.personByKey(session, key)
      return person === null ? null : (await reports.personAddresses(session)).of(key)
    })
    return place === null ? reply(context, personsPage('unknown', view), 404) : context.redirect(`/persons/${place}`, 303)
  })

  app.get('/persons/:address', async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      const key = (await reports.personAddresses(session)).keyOf(context.req.param('address'))
      const person = run === null || key === null ? null : await reports.personByKey(session, key)
      if (run === null || person === null) return null
      const agents = person.months.flatMap(({ payments }) => payments.map(({ creditor_agent: agent }) => agent)).filter((agent) => agent !== null)
      return personPage({ person, asOf: run.as_of, schemes: await reports.schemes(session), banks: await reports.bankNames(session, [...new Set(agents)]) }, view)
    })
    return page === null ? reply(context, personsPage('unknown', view), 404) : reply(context, page)
  })
}

/** One finding with the names that its evidence mentions by code. */
async function lookAtFinding(session: Session, findingId: string) {
  const run = await reports.publishedRun(session)
  const finding = run === null ? null : await reports.findingById(session, findingId)
  if (run === null || finding === null) return null
  const mentioned = JSON.stringify(finding.evidence)
  const valuesOf = (key: string): string[] => [...new Set([...mentioned.matchAll(new RegExp(`"${key}":"([^"]+)"`, 'g'))].map((match) => match[1] ?? ''))]
  const naming = {
    currency: finding.currency,
    banks: await reports.bankNames(session, valuesOf('creditor_agent')),
    reasons: await reports.reasonNames(session, valuesOf('return_reason_code')),
  }
  const personAddress = (await reports.personAddresses(session)).of(finding.person_key)
  return { finding, naming, personAddress, asOf: run.as_of, schemes: await reports.schemes(session) }
}

async function readLines(database: AppDependencies['database'], finding: reports.FindingDetail, rawLine: AppDependencies['rawLine']): Promise<SourceLine[]> {
  const lines: SourceLine[] = []
  const parts = new Map<string, readonly reports.FilePart[] | null>()
  for (const place of finding.source_rows.slice(0, linesPerFinding)) {
    const text = await rawLine(place.file_id, place.line)
    if (!parts.has(place.file_id)) parts.set(place.file_id, (await reports.fileById(database, place.file_id))?.parts ?? null)
    lines.push({ parts: parts.get(place.file_id) ?? null, fileId: place.file_id, fileName: place.file_name ?? place.file_id, kind: place.kind, line: place.line, text })
  }
  return lines
}

function reply(context: Context<Environment>, page: Page, status: 200 | 400 | 403 | 404 | 500 = 200): Response | Promise<Response> {
  const view = context.get('view')
  // Pages name people's cases: on a shared computer nothing of them stays behind.
  context.header('Cache-Control', 'no-store')
  context.header('Content-Language', view.language)
  return context.html(layout(page, view), status)
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
  const view = { language, words: dictionaries[language], path: url.pathname, query: url.searchParams, assets }
  context.set('view', view)
  return view
}

function failureFields(error: Error, context: Context<Environment>): Record<string, unknown> {
  const where = error.stack?.split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.trim())
  return { request_id: context.get('requestId'), path: context.req.path, name: error.name, code: (error as { code?: unknown }).code, where }
}

function assetResponse(context: Context, assets: Assets): Response | Promise<Response> {
  const asset = assets.byPath.get(context.req.path)
  if (asset === undefined) return context.notFound()
  const headers = { 'Content-Type': asset.type, ETag: asset.etag, 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' }
  if (context.req.header('If-None-Match') === asset.etag) return context.body(null, 304, headers)
  const accepted = context.req.header('Accept-Encoding') ?? ''
  if (asset.brotli !== null && /\bbr\b/.test(accepted)) return context.body(asset.brotli, 200, { ...headers, 'Content-Encoding': 'br' })
  if (asset.gzip !== null && /\bgzip\b/.test(accepted)) return context.body(asset.gzip, 200, { ...headers, 'Content-Encoding': 'gzip' })
  return context.body(asset.bytes, 200, headers)
}
