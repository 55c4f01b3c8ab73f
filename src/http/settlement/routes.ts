/** The addresses of settlements with payment organisations: all of them, one, what keeps it from closing, its entries; and the same as files. */
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import * as settlements from '../../settlement/index.ts'
import type { Routes } from '../access.ts'
import { settlementReaders } from '../audiences.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { reply } from '../reply.ts'
import type { View } from '../view.ts'
import { readOrganisationQuery } from './asked.ts'
import { addFiles } from './file-routes.ts'
import { differencesFile, entriesFile, monthsFile } from './files.ts'
import { settlementPage } from './list.ts'
import { addMonthlyPages } from './monthly-routes.ts'
import { organisationPage } from './organisation.ts'

/** More differences than these are for a file. */
const differencesShown = 100
const entriesShown = 200
const mostInFile = 1_000_000

/** Adds the addresses. */
export function addSettlementPages(routes: Routes): void {
  routes.get('/settlement', settlementReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'period', view)
      return settlementPage({ isForReader: context.get('desk').reader.unitCode === null, asOf: run.as_of, organisations: await settlements.organisations(session), months: settlements.byMonth(await settlements.settlementCells(session)) }, view)
    })
    return reply(context, page)
  })

  routes.get('/settlement/organisation', settlementReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, (session) => lookAt(session, view))
    return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page)
  })

  const files = {
    '/settlement': async (session: Session, view: View) => monthsFile(settlements.byMonth(await settlements.settlementCells(session)), await settlements.organisations(session), view),
    '/settlement/differences': async (session: Session, view: View) => {
      const { source, period } = readOrganisationQuery(view.query)
      return differencesFile(await settlements.settlementDifferences(session, { ...(source !== undefined && { source }), ...(period !== undefined && { period }) }, mostInFile), view)
    },
    '/settlement/entries': async (session: Session, view: View) => {
      const { source, period, entryClass } = readOrganisationQuery(view.query)
      return entriesFile(await settlements.settlementEntries(session, { source: source ?? '', ...(period !== undefined && { period }), ...(entryClass !== undefined && { entryClass }) }, mostInFile), view)
    },
  }
  for (const [path, table] of Object.entries(files)) addFiles(routes, path, table)
  addMonthlyPages(routes)
}

/** Everything of one organisation; null where there is none of that name. */
async function lookAt(session: Session, view: View): Promise<ReturnType<typeof organisationPage> | null> {
  const asked = readOrganisationQuery(view.query)
  const run = await reports.publishedRun(session)
  const { source, period, entryClass } = asked
  if (run === null || source === undefined) return null
  const cells = await settlements.settlementCells(session, { source })
  const months = settlements.byMonth(cells)
  const narrowed = period === undefined ? {} : { period }
  const sums = period === undefined ? settlements.byMonth(cells.map((cell) => ({ ...cell, benefit_period: null }))) : months.filter((row) => row.benefit_period === period)
  if (sums.length === 0) return null
  return organisationPage({
    asOf: run.as_of,
    asked: { ...asked, source },
    organisations: await settlements.organisations(session),
    periods: [...new Set(months.map((row) => row.benefit_period))],
    sums,
    differences: await settlements.settlementDifferences(session, { source, ...narrowed }, differencesShown),
    classes: await settlements.settlementClasses(session, source, period),
    entries: entryClass === undefined ? null : await settlements.settlementEntries(session, { source, ...narrowed, entryClass }, entriesShown),
    statements: await settlements.settlementStatements(session, source),
  }, view)
}
