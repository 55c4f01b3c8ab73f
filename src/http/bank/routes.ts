/** The addresses of a bank's own pages: its first page, its files, templates, and the systems that come in for it. */
import type { Context } from 'hono'
import { z } from 'zod'
import { questionCounts } from '../../cases/index.ts'
import { bankKinds, parseInstant, profileName, type Clock } from '../../core/index.ts'
import type { Database, Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { countDrafts } from '../../uploads/index.ts'
import type { Routes } from '../access.ts'
import { bankReaders } from '../audiences.ts'
import type { Environment } from '../environment.ts'
import { addTakenList, mostRows } from '../exports/routes.ts'
import { optional, read, UnreadableAddress } from '../place.ts'
import { reply } from '../reply.ts'
import type { DropStart } from './drop.ts'
import { addBankFileRoutes } from './file-routes.ts'
import { historyFile, historyPage } from './history.ts'
import { homePage, type HomeView } from './home.ts'
import { keysPage } from './keys.ts'
import { addPlaceRoutes, type PlaceDependencies } from './place-routes.ts'
import { addReceivingRoutes, type ReceivingDependencies } from './receiving-routes.ts'
import { agentOf, bankProfiles } from './sender.ts'
import { systemsOf } from './systems.ts'
import { bankTemplatesPage } from './templates.ts'

/** What these pages need from outside. */
export interface BankDependencies extends PlaceDependencies {
  /** The owner's: files are received and read with it. */
  readonly database: Database
  readonly clock: Clock
  /** Where received files lie. */
  readonly dataDirectory: string
}

const latestFiles = 5
const filesPerPage = 50
/** Where questions are answered, when that room has declared its page. */
const questionsPath = '/bank/questions'

const kind = z.preprocess((value) => (value === '' ? undefined : value), z.enum(bankKinds).optional())
const startQuery = z.object({ kind, profile: optional(profileName), corrected: optional(/^1$/) })
const historyQuery = z.object({ kind, state: z.preprocess((value) => (value === '' ? undefined : value), z.enum(reports.bankFileStates).optional()), before: optional(/^[\d:.TZ+-]{10,40}_[0-9a-f-]{1,36}$/) })

/** Adds the addresses. */
export function addBankPages(routes: Routes, dependencies: BankDependencies & ReceivingDependencies): void {
  const { clock } = dependencies
  routes.get('/bank', bankReaders, async (context) => {
    const start = await startOf(dependencies.database, context)
    const page = await reports.consistently(context.get('desk').database, async (session) => homePage(await lookAround(session, start, context, routes, clock), context.get('view')))
    return reply(context, page)
  })

  routes.get('/bank/files', bankReaders, async (context) => {
    const view = context.get('view')
    const filter = readFilter(view.query)
    const list = await reports.consistently(context.get('desk').database, (session) => reports.bankFiles(session, agentOf(context), filesPerPage, filter))
    return reply(context, historyPage({ ...list, kind: filter.kind, state: filter.state, isFirst: filter.after === undefined }, view))
  })
  addTakenList(routes, clock, {
    path: '/bank/files', audience: bankReaders, hasNumbers: false,
    ask: async (session, context) => historyFile((await reports.bankFiles(session, agentOf(context), mostRows + 1, readFilter(context.get('view').query))).rows, context.get('view')),
  })

  addReceivingRoutes(routes, dependencies)
  addBankFileRoutes(routes, dependencies)
  addPlaceRoutes(routes, dependencies)

  routes.get('/bank/templates', bankReaders, (context) => reply(context, bankTemplatesPage(context.get('view'))))
  routes.get('/bank/keys', bankReaders, async (context) => reply(context, keysPage(await systemsOf(context, false), context.get('view'))))
  routes.get('/administration/keys', ['administrator'], async (context) => reply(context, keysPage(await systemsOf(context, true), context.get('view'))))
}

/** What the form for a file begins with. @throws UnreadableAddress */
async function startOf(database: Database, context: Context<Environment>): Promise<DropStart> {
  const asked = read(startQuery, context.get('view').query)
  return { kind: asked.kind ?? null, profile: asked.profile ?? null, declaredCount: '', declaredSum: '', isCorrection: asked.corrected !== undefined, profiles: await bankProfiles(database, agentOf(context)) }
}

async function lookAround(session: Session, start: DropStart, context: Context<Environment>, routes: Routes, clock: Clock): Promise<HomeView> {
  const agent = agentOf(context)
  const today = clock.today()
  return {
    agent, today, start,
    bankName: (await reports.bankNames(session, [agent])).get(agent) ?? null,
    questions: await questionCounts(session, agent, today),
    questionsPath: routes.declared.some(({ path, method }) => path === questionsPath && method === 'GET') ? questionsPath : null,
    draftCount: await countDrafts(session, agent),
    deadlines: await reports.bankDeadlines(session, agent, today),
    withdrawals: (await reports.withdrawalReports(session)) ?? { reported_through_date: null, unreported_count: '0' },
    files: (await reports.bankFiles(session, agent, latestFiles)).rows,
    schemes: await reports.schemes(session),
  }
}

function readFilter(query: URLSearchParams): reports.BankFileFilter {
  const { kind: wanted, state, before } = read(historyQuery, query)
  if (before === undefined) return { kind: wanted, state }
  const [at = '', key = ''] = before.split('_')
  if (parseInstant(at) === null) throw new UnreadableAddress('before')
  return { kind: wanted, state, after: { at, key } }
}
