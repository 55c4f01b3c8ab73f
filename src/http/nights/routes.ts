/** The addresses of nights. */
import { parseDay, type Clock } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { nightReaders } from '../audiences.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { nightsPage } from './list.ts'
import { nightPage } from './night.ts'

/** What these pages need from outside. */
export interface NightDependencies {
  readonly clock: Clock
}

const nightsPerPage = 31

/** Adds the addresses. */
export function addNightPages(routes: Routes, { clock }: NightDependencies): void {
  routes.get('/runs', nightReaders, async (context) => {
    const view = context.get('view')
    const before = parseDay(view.query.get('before') ?? '')
    const page = await reports.consistently(context.get('desk').database, async (session) => nightsPage(await reports.listNights(session, before, nightsPerPage), before, await reports.nightState(session, clock.now()), view))
    return reply(context, page)
  })

  routes.get('/runs/:day{[0-9]{4}-[0-9]{2}-[0-9]{2}}', nightReaders, async (context) => {
    const view = context.get('view')
    const asOf = parseDay(context.req.param('day'))
    const page = asOf === null ? null : await reports.consistently(context.get('desk').database, async (session) => {
      const detail = await reports.nightDetail(session, asOf)
      return detail === null ? null : nightPage({ detail, names: await reports.nightNames(session), publishedAsOf: (await reports.publishedRun(session))?.as_of ?? null }, view)
    })
    return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page)
  })
}
