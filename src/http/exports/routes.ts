/** The addresses under which a list is taken away: `.csv`, `.xlsx`, `/print`, and a form that asks why for whole numbers. */
import type { Context } from 'hono'
import { noteExport } from '../../trail/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import type { Audience, Routes } from '../access.ts'
import { downloadResponse } from '../downloads.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { exportFormPage, exportReasons, tooLongPage, type ExportReason } from './form.ts'
import { listDownload, listPrintPage, type ListFile } from './list.ts'

/** A list that may be taken away. */
export interface TakenList<Row> {
  /** The list's own address, to which `.csv`, `.xlsx` and `/print` are added. */
  readonly path: string
  readonly audience: Audience
  /** True: it names people by number, masked unless a reason is given at `/export`. */
  readonly hasNumbers: boolean
  /** True: whole numbers need no reason, for they are the reader's own; the trail says that they were whole. */
  readonly isOwn?: boolean
  /** The list as the reader may see it, narrowed by the address; null: there is no such list. */
  readonly ask: (session: Session, context: Context<Environment>, hasWholeNumbers: boolean) => Promise<ListFile<Row> | null>
}

/** More rows than these are not one file: they are narrowed down first, and nothing is left out unsaid. */
export const mostRows = 50_000

type Format = 'csv' | 'xlsx' | 'print'

/** Adds the addresses of a list. */
export function addTakenList<Row>(routes: Routes, clock: Clock, list: TakenList<Row>): void {
  for (const format of ['csv', 'xlsx'] as const) routes.get(`${list.path}.${format}`, list.audience, (context) => take(context, format, null))
  routes.get(`${list.path}/print`, list.audience, (context) => take(context, 'print', null))
  if (!list.hasNumbers) return
  routes.get(`${list.path}/export`, list.audience, (context) => reply(context, exportFormPage(null, context.get('view'))))
  routes.post(`${list.path}/export`, list.audience, async (context) => {
    const { format, reason } = await context.req.parseBody()
    const known = exportReasons.find((one) => one === reason)
    if (known === undefined || (format !== 'csv' && format !== 'xlsx')) return reply(context, exportFormPage(known === undefined ? 'reason' : 'format', context.get('view')), 400)
    return take(context, format, known)
  })

  async function take(context: Context<Environment>, format: Format, reason: ExportReason | null): Promise<Response> {
    const view = context.get('view')
    const { database, reader } = context.get('desk')
    const file = await reports.consistently(database, (session) => list.ask(session, context, reason !== null))
    if (file === null) return reply(context, notFoundPage(view), 404)
    if (file.rows.length > mostRows || file.isCut === true) return reply(context, tooLongPage(mostRows, view), 400)
    await database.transaction((transaction) => noteExport(transaction, { subject: file.subject, format, rowCount: file.rows.length, filter: view.query.toString(), reason, hasWholeNumbers: list.isOwn === true || reason !== null }, { staffId: reader.staffId, at: clock.now() }))
    return format === 'print' ? reply(context, listPrintPage(file, view)) : downloadResponse(context, listDownload(file, format))
  }
}
