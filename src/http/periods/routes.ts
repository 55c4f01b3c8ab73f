/** The addresses of payment periods. */
import { money } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { periodReaders } from '../audiences.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { reply } from '../reply.ts'
import { codesFor } from '../scope.ts'
import { periodsPage, type PeriodSums } from './list.ts'

/** Adds the addresses. */
export function addPeriodPages(routes: Routes): void {
  routes.get('/periods', periodReaders, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const page = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'period', view)
      const { bridge } = await reports.resultsWithin(session, codesFor(reader.unitCode ?? undefined, await reports.unitsOf(session, run.as_of)))
      return periodsPage(sumsOf(bridge), view)
    })
    return reply(context, page)
  })
}

function sumsOf(bridge: readonly reports.BridgeCell[]): PeriodSums[] {
  const keys = [...new Set(bridge.flatMap((cell) => (cell.benefit_period === null ? [] : [`${cell.benefit_period} ${cell.currency}`])))].sort().reverse()
  return keys.map((key) => {
    const own = bridge.filter((cell) => `${cell.benefit_period ?? ''} ${cell.currency}` === key)
    return { benefit_period: key.slice(0, 7), currency: key.slice(8), due: money.add(...own.map((cell) => cell.due)), arrived: money.add(...own.map((cell) => cell.to_due)) }
  })
}
