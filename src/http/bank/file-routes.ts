/** The addresses of one file of a bank: how far it is, what came of it, and what can be taken away. */
import type { Context } from 'hono'
import { Refusal, type Clock } from '../../core/index.ts'
import type { Database, Session } from '../../db/index.ts'
import { annotatedFile } from '../../ingest/index.ts'
import * as reports from '../../reports/index.ts'
import { findUpload } from '../../uploads/index.ts'
import type { Routes } from '../access.ts'
import { bankReaders } from '../audiences.ts'
import { takenAway } from '../downloads.ts'
import type { Environment } from '../environment.ts'
import { problemsList } from '../exports/lists.ts'
import { addTakenList } from '../exports/routes.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { readProblemsPlace } from '../place.ts'
import { reply } from '../reply.ts'
import { acknowledgementPage } from './acknowledgement.ts'
import { bankFilePage, isAcknowledged, progressText, type FileView } from './file.ts'
import { agentOf } from './sender.ts'

const problemsShown = 50

/** Adds the addresses. */
export function addBankFileRoutes(routes: Routes, { database, clock, dataDirectory }: { readonly database: Database; readonly clock: Clock; readonly dataDirectory: string }): void {
  routes.get('/bank/files/:id{[0-9a-f-]{1,36}}', bankReaders, async (context) => {
    const shown = await reports.consistently(context.get('desk').database, (session) => lookUp(session, context.req.param('id'), context))
    return shown === null ? reply(context, notFoundPage(context.get('view')), 404) : reply(context, bankFilePage(shown, context.get('view')))
  })

  // Asked for by the page's script every two seconds while a file is read: numbers and a sentence, nobody's data.
  routes.get('/bank/files/:id{[0-9a-f-]{1,36}}/state', bankReaders, async (context) => {
    const view = context.get('view')
    const upload = await reports.consistently(context.get('desk').database, (session) => findUpload(session, context.req.param('id')))
    if (upload === null) return reply(context, notFoundPage(view), 404)
    context.header('Cache-Control', 'no-store')
    return context.json({ state: upload.status, value: upload.bytes_read, said: progressText(upload, view), is_over: !['received', 'processing'].includes(upload.status) })
  })

  routes.get('/bank/files/:id{[0-9a-f-]{1,36}}/acknowledgement', bankReaders, async (context) => {
    const view = context.get('view')
    const agent = agentOf(context)
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const shown = await lookUp(session, context.req.param('id'), context)
      if (shown === null || !isAcknowledged(shown)) return null
      const name = (await reports.bankNames(session, [agent])).get(agent)
      return acknowledgementPage(shown, name === undefined ? agent : view.words.counter.home.bank(name, agent), context.get('at'), view)
    })
    return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page)
  })

  for (const [address, lines] of [['annotated', 'all'], ['corrections', 'wrong']] as const) {
    routes.get(`/bank/files/:id{[0-9a-f-]{1,36}}/${address}`, bankReaders, async (context) => {
      const shown = await reports.consistently(context.get('desk').database, (session) => lookUp(session, context.req.param('id'), context))
      const fileId = shown?.file?.file_id
      if (fileId === undefined) return reply(context, notFoundPage(context.get('view')), 404)
      try {
        return await takenAway(context, await annotatedFile(database, dataDirectory, fileId, undefined, lines), { subject: `file ${fileId} ${address}`, rowCount: null, hasWholeNumbers: true })
      } catch (error) {
        if (error instanceof Refusal && (error.kind === 'notFound' || error.kind === 'conflict')) return reply(context, notFoundPage(context.get('view')), 404)
        throw error
      }
    })
  }

  addTakenList(routes, clock, {
    path: '/bank/files/:id{[0-9a-f-]{1,36}}/problems', audience: bankReaders, hasNumbers: false,
    ask: async (session, context) => {
      const shown = await lookUp(session, context.req.param('id') ?? '', context)
      return shown?.file === null || shown === null ? null : problemsList(session, shown.file.file_id, context.get('view'))
    },
  })
}

/** A file by the id of its upload, or by its own number where it came without one; null when there is none, or it is another's. */
async function lookUp(session: Session, id: string, context: Context<Environment>): Promise<FileView | null> {
  const upload = await findUpload(session, id)
  const fileId = upload === null ? (/^\d{1,18}$/.test(id) ? id : null) : upload.file_id
  const file = fileId === null ? null : await reports.fileById(session, fileId)
  // Row-level security has said so already; a file that is nobody's is not a bank's either.
  if ((upload ?? file)?.source !== agentOf(context)) return null
  const afterLine = readProblemsPlace(context.get('view').query)
  if (file === null) return { upload, file, problems: [], afterLine, nextAfterLine: null, causes: [] }
  const { rows, nextAfterLine } = await reports.fileProblems(session, file.file_id, afterLine, problemsShown)
  return { upload, file, problems: rows, afterLine, nextAfterLine, causes: await reports.fileProblemCounts(session, file.file_id) }
}
