/** The addresses for many cases at once: choose, preview, confirm, result; and the workbook, out and back in. */
import type { Context } from 'hono'
import * as cases from '../../cases/index.ts'
import type { Clock, Reader } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { caseWorkers, type Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage, tooLargePage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { actionOf, readAction, readChosen } from './action.ts'
import { previewPage, resultPage } from './batch.ts'
import { addCandidatePages } from './candidate-routes.ts'
import { choosePage, nothingChosenPage } from './choose.ts'
import { queueRows } from './queue-rows.ts'
import { addWorkbookRoutes, type WorkbookDependencies } from './workbook-routes.ts'

/** What these pages need from outside. */
export type ManyDependencies = WorkbookDependencies

/** A selection is a form of some thousand short fields. */
const largestForm = 1_048_576

/** Adds the addresses. */
export function addManyPages(routes: Routes, dependencies: ManyDependencies): void {
  const { clock } = dependencies
  routes.post('/queue/act', caseWorkers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const body = await context.req.parseBody({ all: true })
    const query = typeof body['query'] === 'string' ? body['query'].slice(0, 2000) : ''
    const answers = readAction(body)
    const { chosen, colleagues } = await reports.consistently(database, async (session) => ({
      chosen: body['all'] === '1' ? await allOf(session, query, reader, clock) : readChosen([body['case']].flat()),
      colleagues: await cases.colleaguesFor(session, reader.unitCode),
    }))
    if (chosen.length === 0 || chosen.length > cases.mostAtOnce) return reply(context, nothingChosenPage(query, view), 400)
    const read = actionOf(answers, reader)
    // Coming from the list without having said what to do is no mistake.
    if ('fault' in read) return reply(context, choosePage({ chosen, query, answers, fault: answers.action === '' && body['comment'] === undefined ? null : read.fault, colleagues, reader }, view), answers.action === '' ? 200 : 400)
    const entries = chosen.map(({ findingId, version }): cases.BatchEntry => ({ findingId, caseNumber: null, version, action: read.action, fault: null }))
    const batchId = await database.transaction((transaction) => cases.keepBatch(transaction, { origin: 'selection', heading: { query }, entries }, { staffId: reader.staffId, at: clock.now() }))
    return context.redirect(`/queue/batches/${batchId}`, 303)
  }, { largest: largestForm, onTooLarge: (context) => reply(context, tooLargePage(context.get('view')), 413) })

  routes.get('/queue/batches/:batch{[0-9]{1,18}}', caseWorkers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const batch = await batchOf(context)
    if (batch === null) return reply(context, notFoundPage(view), 404)
    const isDone = batch.confirmedAt !== null
    const results = isDone ? batch.results : await cases.rehearseMany(database, batch.entries, { actor: reader, at: clock.now() })
    const known = await reports.consistently(database, (session) => cases.manyCases(session, { findingIds: batch.entries.flatMap(({ findingId }) => findingId ?? []) }))
    const shown = { batch, cases: new Map(known.map((one) => [one.finding_id, one])), results }
    return reply(context, isDone ? resultPage(shown, view) : previewPage(shown, view))
  })

  routes.post('/queue/batches/:batch{[0-9]{1,18}}/confirm', caseWorkers, async (context) => {
    const { reader, database } = context.get('desk')
    const batch = await batchOf(context)
    if (batch === null) return reply(context, notFoundPage(context.get('view')), 404)
    // The second press of an impatient finger finds the first at work, and shows how far it is.
    const isMine = await database.transaction((transaction) => cases.claimBatch(transaction, batch.batchId, clock.now()))
    if (isMine) {
      await cases.performMany(database, batch.entries, batch.results, { actor: reader, at: clock.now() }, (results, isLast) =>
        database.transaction((transaction) => cases.noteResults(transaction, batch.batchId, results, { at: clock.now(), isLast })))
    }
    return context.redirect(`/queue/batches/${batch.batchId}`, 303)
  })

  addWorkbookRoutes(routes, dependencies)
  addCandidatePages(routes, dependencies)
}

/** The batch that the address names, if it is the reader's own. */
async function batchOf(context: Context<Environment>): Promise<cases.Batch | null> {
  const { database } = context.get('desk')
  return reports.consistently(database, (session) => cases.readBatch(session, context.req.param('batch') ?? ''))
}

/** Every case of the list, as it stands; more than may be acted on at once are none. */
async function allOf(session: Parameters<typeof queueRows>[0], query: string, reader: Reader, clock: Clock): Promise<{ readonly findingId: string; readonly version: number }[]> {
  const { rows } = await queueRows(session, new URLSearchParams(query), reader, clock.today(), cases.mostAtOnce + 1)
  return rows.map(({ finding_id: findingId, version }) => ({ findingId, version }))
}
