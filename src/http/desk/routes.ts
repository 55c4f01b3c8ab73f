/** The addresses of the desk: the queue, and its cases. */
import * as cases from '../../cases/index.ts'
import type { Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { reply } from '../reply.ts'
import { address } from '../view.ts'
import { addCasePages, type CaseDependencies } from './case-routes.ts'
import { filterOf, queueAddress, readQueueAddress, searchOf, type QueueChoice } from './queue-address.ts'
import { queuePageOf } from './queue.ts'

/** What these pages need from outside. */
export type DeskDependencies = CaseDependencies

const casesPerPage = 25
/** Of more units than these one is written, not chosen: a nation's would be ten times the rest of the page. */
const unitsToChooseFrom = 200
const longestQuery = 1000

/** Adds the addresses. */
export function addDeskPages(routes: Routes, dependencies: DeskDependencies): void {
  const { clock } = dependencies
  routes.get('/queue', caseReaders, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const { choice: written, place } = readQueueAddress(view.query)
    const page = await reports.consistently(database, async (session) => {
      const asOf = await cases.followedDay(session)
      if (asOf === null) return noRunPage(await reports.waitingFileCount(session), 'findings', view)
      const search = await searchOf(session, written)
      const choice = { ...written, q: search.sealed }
      const units = choice.unit === undefined ? null : await reports.unitsOf(session, asOf)
      const filter = filterOf({ ...choice, q: search.typed }, reader, (unit) => units?.within(unit) ?? [unit])
      const days = { today: clock.today(), asOf }
      const page = await cases.queuePage(session, filter, place, casesPerPage, days)
      return queuePageOf({
        choice, page, search: search.typed,
        bankStates: await cases.bankStatesOf(session, page.rows),
        stillWaiting: await stillWaiting(session, choice, page.count, reader),
        schemes: await reports.schemes(session),
        periods: await reports.findingPeriods(session, await cases.unitsSeen(session)),
        units: await reports.findingUnits(session, unitsToChooseFrom),
        savedViews: await cases.savedViews(session),
      }, view)
    })
    return reply(context, page)
  })

  // What is searched for comes in the body, for it may be a name or an id, and goes on sealed (D193).
  routes.post('/queue/find', caseReaders, async (context) => {
    const fields = Object.entries(await context.req.parseBody()).filter((field): field is [string, string] => typeof field[1] === 'string')
    const { choice } = readQueueAddress(new URLSearchParams(fields))
    const { sealed } = await context.get('desk').database.transaction((transaction) => searchOf(transaction, choice))
    return context.redirect(queueAddress({ ...choice, q: sealed }), 303)
  })

  routes.post('/queue/views', caseReaders, async (context) => {
    const { reader, database } = context.get('desk')
    const { name, query, remove } = await context.req.parseBody()
    // What cannot be read as an address of the queue is none, and is not kept.
    const { choice } = readQueueAddress(new URLSearchParams(typeof query === 'string' && query.length <= longestQuery ? query : ''))
    const there = await database.transaction(async (transaction) => {
      const found = queueAddress({ ...choice, q: (await searchOf(transaction, choice)).sealed })
      const kept = found.slice('/queue?'.length)
      if (typeof remove === 'string') await cases.removeView(transaction, reader.staffId, remove)
      else if (typeof name === 'string' && name.trim() !== '' && kept !== '') {
        await cases.saveView(transaction, reader.staffId, { name: name.trim().slice(0, 60), query: kept }, clock.now())
      }
      return found
    })
    return context.redirect(there, 303)
  })

  // Addresses of an earlier version, as they stand in letters and bookmarks.
  routes.get('/findings', caseReaders, (context) => {
    const { code, actor, unit, scheme, period } = context.req.query()
    return context.redirect(address('/queue', { code, actor, unit, scheme, period, found: '1' }), 301)
  })
  routes.get('/findings/:id', caseReaders, (context) => context.redirect(`/cases/${encodeURIComponent(context.req.param('id'))}`, 301))

  addCasePages(routes, dependencies)
}

/** The class less what is found in it; counted where only scheme and month narrow the list down. */
async function stillWaiting(session: Session, { code, scheme, period, found, ...others }: QueueChoice, foundCount: string, reader: Reader): Promise<bigint | null> {
  if (code !== 'not_collected' || found === undefined || reader.unitCode !== null || Object.values(others).some((value) => value !== undefined)) return null
  const inClass = (await reports.outcomes(session))
    .filter((cell) => cell.class === code && (scheme === undefined || cell.scheme === scheme) && (period === undefined || cell.benefit_period === period))
    .reduce((sum, cell) => sum + BigInt(cell.count), 0n)
  return inClass - BigInt(foundCount)
}
