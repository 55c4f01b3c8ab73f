/** The addresses of files: what came in, what is wrong with which line, and empty files to fill in. */
import { hasRole, Refusal } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { fileReaders } from '../audiences.ts'
import { downloadResponse, takenAway, templateDownload, type Download } from '../downloads.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { readFilesPlace, readProblemsPlace } from '../place.ts'
import { reply } from '../reply.ts'
import { filePage } from './file.ts'
import { filesPage } from './files.ts'
import { templatesPage } from './templates.ts'

/** What these pages need from outside. */
export interface FileDependencies {
  /** A stored file with what is wrong with each row. @throws Refusal when there is none, or it was refused whole */
  readonly annotated: (fileId: string) => Promise<Download>
}

const filesPerPage = 50
const problemsPerPage = 200
const ignoredRangesPerFile = 200

/** Adds the addresses. */
export function addFilePages(routes: Routes, { annotated }: FileDependencies): void {
  routes.get('/templates', 'signedIn', (context) => reply(context, templatesPage(context.get('view'))))
  routes.get('/templates/:name', 'signedIn', (context) => {
    const download = templateDownload(context.req.param('name'), context.req.query('columns'))
    return download === null ? reply(context, notFoundPage(context.get('view')), 404) : downloadResponse(context, download)
  })

  routes.get('/files', fileReaders, async (context) => {
    const view = context.get('view')
    if (hasRole(context.get('desk').reader, 'bank')) return context.redirect('/bank/files', 303)
    const before = readFilesPlace(view.query)
    const list = await reports.consistently(context.get('desk').database, (session) => reports.filesPage(session, before, filesPerPage))
    return reply(context, filesPage(list, before, view))
  })

  routes.get('/files/:id{[0-9]{1,18}}/annotated', fileReaders, async (context) => {
    const id = context.req.param('id')
    const isVisible = await reports.consistently(context.get('desk').database, (session) => reports.seesLinesOf(session, id))
    if (!isVisible) return reply(context, notFoundPage(context.get('view')), 404)
    try {
      return await takenAway(context, await annotated(id), { subject: `file ${id} annotated`, rowCount: null, hasWholeNumbers: true })
    } catch (error) {
      if (error instanceof Refusal && (error.kind === 'notFound' || error.kind === 'conflict')) return reply(context, notFoundPage(context.get('view')), 404)
      throw error
    }
  })

  routes.get('/files/:id{[0-9]{1,18}}', fileReaders, async (context) => {
    const view = context.get('view')
    const afterLine = readProblemsPlace(view.query)
    const id = context.req.param('id')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
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
