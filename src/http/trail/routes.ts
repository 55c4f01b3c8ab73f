/** The addresses of the trail: the page, the list to take away, and a look at the last day. */
import { z } from 'zod'
import { localDayOf, parseDay, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { chainState, headBefore, leaveTrail, trailRows, verifyTrail, type TrailFilter } from '../../trail/index.ts'
import type { Routes } from '../access.ts'
import { trailReaders } from '../audiences.ts'
import { addTakenList, mostRows } from '../exports/routes.ts'
import { optional, read, UnreadableAddress } from '../place.ts'
import { reply } from '../reply.ts'
import { trailList } from './list.ts'
import { checkedPage, trailPage } from './page.ts'

/** What these pages need from outside. */
export interface TrailDependencies {
  /** The program's own: a look at the chain sees every row that an entry stands for. */
  readonly database: Database
  readonly clock: Clock
}

const dayAsked = optional(/^\d{4}-\d\d-\d\d$/)
const words = optional(/^[^\p{Cc}]{1,100}$/u)
const number = optional(/^\d{1,18}$/)
const trailQuery = z.object({ from: dayAsked, to: dayAsked, kind: optional(/^[a-z_]{1,40}$/), who: words, staff: number, unit: optional(/^[\p{L}\p{N}_.-]{1,40}$/u), about: words })
const entriesPerPage = 50

/** Adds the addresses. */
export function addTrailPages(routes: Routes, { database, clock }: TrailDependencies): void {
  routes.get('/trail', trailReaders, async (context) => {
    const view = context.get('view')
    const filter = readFilter(view.query)
    const { before } = read(z.object({ before: number }), view.query)
    const { rows, state } = await reports.consistently(context.get('desk').database, async (session) => ({ rows: await trailRows(session, filter, entriesPerPage + 1, before), state: await chainState(session) }))
    const shown = rows.slice(0, entriesPerPage)
    return reply(context, trailPage({ rows: shown, next: rows.length > shown.length ? (shown.at(-1)?.entry_id ?? null) : null, isBeginning: before === undefined, filter, state }, view))
  })

  routes.post('/trail/check', trailReaders, async (context) => {
    const { reader, database: own } = context.get('desk')
    const at = clock.now()
    const { report, from } = await reports.consistently(database, async (session) => {
      const after = await headBefore(session, localDayOf(at))
      return { report: await verifyTrail(session, { outside: null, withRows: false, ...(after === undefined ? {} : { after }) }), from: `${BigInt(after?.sequence_number ?? 0) + 1n}` }
    })
    await own.transaction((transaction) => leaveTrail(transaction, { staffId: reader.staffId, at, kind: 'trail_checked', details: { from, to: report.entries, found: report.fault?.kind ?? 'whole' } }))
    return reply(context, checkedPage(report, from, context.get('view')))
  })

  addTakenList(routes, clock, {
    path: '/trail', audience: trailReaders, hasNumbers: false,
    ask: async (session, context) => trailList(await trailRows(session, readFilter(context.get('view').query), mostRows + 1), context.get('view')),
  })
}

function readFilter(query: URLSearchParams): TrailFilter {
  const filter = read(trailQuery, query)
  if ([filter.from, filter.to].some((one) => one !== undefined && parseDay(one) === null)) throw new UnreadableAddress('day')
  return filter
}
