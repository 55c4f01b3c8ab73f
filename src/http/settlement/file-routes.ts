/** The addresses of tables to take away: each as CSV and as a workbook, and that it was taken is kept. */
import type { Context } from 'hono'
import type { Session } from '../../db/index.ts'
import type { Table } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { settlementReaders } from '../audiences.ts'
import { takenAway } from '../downloads.ts'
import type { Environment } from '../environment.ts'
import { tableDownload } from '../measures/tables.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import type { View } from '../view.ts'

/** One table as CSV and as a workbook. */
export function addFiles(routes: Routes, path: string, table: (session: Session, view: View, context: Context<Environment>) => Promise<Table | null>): void {
  for (const format of ['csv', 'xlsx'] as const) {
    routes.get(`${path}.${format}`, settlementReaders, async (context) => {
      const view = context.get('view')
      const made = await reports.consistently(context.get('desk').database, async (session) => ((await reports.publishedRun(session)) === null ? null : table(session, view, context)))
      return made === null ? reply(context, notFoundPage(view), 404) : takenAway(context, tableDownload(made, format), { subject: made.name, rowCount: null })
    })
  }
}
