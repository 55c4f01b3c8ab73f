/** The workbook's addresses: how it is done, the file, the file back, and what came of it as the same file. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as cases from '../../cases/index.ts'
import { Refusal, type Clock } from '../../core/index.ts'
import { FileFault, readFilledTable, type FilledTable } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import { noteExport } from '../../trail/index.ts'
import { caseWorkers, type Routes } from '../access.ts'
import { downloadResponse, takenAway, type Download } from '../downloads.ts'
import { exportReasons } from '../exports/form.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { queueRows } from './queue-rows.ts'
import { readDecisions } from './workbook-read.ts'
import { decisionFile, resultFile, workbookHeader } from './workbook.ts'
import { workbookPage } from './workbook-page.ts'

/** What these pages need from outside. */
export interface WorkbookDependencies {
  readonly clock: Clock
  /** Where a file that is handed in lies while it is read. */
  readonly dataDirectory: string
}

const largestWorkbook = 10_485_760
const mostRows = 5000

/** Adds the addresses. */
export function addWorkbookRoutes(routes: Routes, dependencies: WorkbookDependencies): void {
  const { clock } = dependencies
  routes.get('/queue/workbook', caseWorkers, async (context) => {
    const view = context.get('view')
    const { count } = await reports.consistently(context.get('desk').database, (session) => queueRows(session, view.query, context.get('desk').reader, clock.today(), 1))
    return reply(context, workbookPage({ count, most: `${mostRows}`, fault: null }, view))
  })

  routes.post('/queue/workbook/take', caseWorkers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const { format, numbers, reason } = await context.req.parseBody()
    const why = exportReasons.find((one) => one === reason) ?? null
    const hasWholeNumbers = numbers === 'whole'
    const { file, rowCount } = await reports.consistently(database, async (session) => {
      const { rows, count } = await queueRows(session, view.query, context.get('desk').reader, clock.today(), mostRows)
      const wanted = { format: format === 'csv' ? 'csv' : 'xlsx', hasWholeNumbers, schemes: await reports.schemes(session) } as const
      return { file: hasWholeNumbers && why === null ? null : decisionFile(rows, wanted, view), rowCount: rows.length, count }
    })
    if (file === null) return reply(context, workbookPage({ count: `${rowCount}`, most: `${mostRows}`, fault: 'reason' }, view), 400)
    await database.transaction((transaction) => noteExport(transaction, { subject: 'queue workbook', format: file.format, rowCount, filter: view.query.toString(), reason: hasWholeNumbers ? why : null }, { staffId: reader.staffId, at: clock.now() }))
    return downloadResponse(context, file)
  })

  addWayBack(routes, dependencies)

  for (const format of ['xlsx', 'csv'] as const) {
    routes.get(`/queue/batches/:batch{[0-9]{1,18}}/result.${format}`, caseWorkers, async (context) => {
      const view = context.get('view')
      const batch = await reports.consistently(context.get('desk').database, (session) => cases.readBatch(session, context.req.param('batch')))
      if (batch?.heading.workbook === undefined) return reply(context, notFoundPage(view), 404)
      return takenAway(context, resultFile(batch, format, view) satisfies Download, { subject: 'queue batch result', rowCount: batch.entries.length })
    })
  }
}

function addWayBack(routes: Routes, { clock, dataDirectory }: WorkbookDependencies): void {
  routes.post('/queue/workbook', caseWorkers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const { file } = await context.req.parseBody()
    const refuse = (fault: string): Response | Promise<Response> => reply(context, workbookPage({ count: null, most: `${mostRows}`, fault }, view), 400)
    if (!(file instanceof File) || file.size === 0) return refuse('file_missing')
    try {
      const table = await readUpload(dataDirectory, file)
      const { heading, entries } = await reports.consistently(database, (session) => readDecisions(session, table, file.name.slice(0, 200), view.query.toString(), reader))
      if (entries.length === 0) return await refuse('nothing_decided')
      const batchId = await database.transaction((transaction) => cases.keepBatch(transaction, { origin: 'workbook', heading, entries }, { staffId: reader.staffId, at: clock.now() }))
      return context.redirect(`/queue/batches/${batchId}`, 303)
    } catch (error) {
      if (error instanceof FileFault) return refuse(error.refusal.code)
      if (error instanceof Refusal) return refuse(error.code)
      throw error
    }
  }, { largest: largestWorkbook, onTooLarge: (context) => reply(context, workbookPage({ count: null, most: `${mostRows}`, fault: 'file_too_large' }, context.get('view')), 413) })
}

/** Nothing of what was handed in stays behind in a file. */
async function readUpload(dataDirectory: string, file: File): Promise<FilledTable> {
  await mkdir(dataDirectory, { recursive: true })
  const folder = await mkdtemp(join(dataDirectory, 'workbook-'))
  try {
    const path = join(folder, 'handed-in')
    await writeFile(path, Buffer.from(await file.arrayBuffer()), { mode: 0o600 })
    return await readFilledTable(path, workbookHeader, mostRows)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
