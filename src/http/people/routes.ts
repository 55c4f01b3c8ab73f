/** The addresses of people: found by their id, each with a page. */
import { personKeyOf, type Clock } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { leaveTrail } from '../../trail/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import { downloadResponse } from '../downloads.ts'
import { reply } from '../reply.ts'
import { personPage } from './person.ts'
import { personPrintPage } from './person-print.ts'
import { personsPage } from './persons.ts'

/** Adds the addresses. The id is typed into a form and sent in its body; what the answer leads to has another name (see reports/person-address). */
export function addPersonPages(routes: Routes, { clock }: { readonly clock: Clock }): void {
  routes.get('/persons', caseReaders, (context) => reply(context, personsPage(null, context.get('view'))))

  routes.post('/persons', caseReaders, async (context) => {
    const view = context.get('view')
    const { id } = await context.req.parseBody()
    const key = typeof id === 'string' ? personKeyOf(id) : null
    if (key === null) return reply(context, personsPage('unreadable', view), 400)
    const place = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      const person = run === null ? null : await reports.personByKey(session, key)
      return person === null ? null : (await reports.personAddresses(session)).of(key)
    })
    return place === null ? reply(context, personsPage('unknown', view), 404) : context.redirect(`/persons/${place}`, 303)
  })

  routes.get('/persons/:address', caseReaders, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const found = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      const key = (await reports.personAddresses(session)).keyOf(context.req.param('address'))
      const person = run === null || key === null ? null : await reports.personByKey(session, key)
      if (run === null || key === null || person === null) return null
      const agents = person.months.flatMap(({ payments }) => payments.map(({ creditor_agent: agent }) => agent)).filter((agent) => agent !== null)
      return { key, page: personPage({ person, asOf: run.as_of, schemes: await reports.schemes(session), banks: await reports.bankNames(session, [...new Set(agents)]) }, view) }
    })
    if (found === null) return reply(context, personsPage('unknown', view), 404)
    // A whole year of somebody's money: that it was looked at is kept, before it is shown.
    await database.transaction((transaction) => leaveTrail(transaction, { staffId: reader.staffId, at: clock.now(), kind: 'viewed_person', personKey: found.key }))
    return reply(context, found.page)
  })

  // The same as the file, on paper (D197).
  routes.get('/persons/:address/print', caseReaders, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const found = await reports.consistently(database, async (session) => {
      const key = (await reports.personAddresses(session)).keyOf(context.req.param('address'))
      const person = key === null ? null : await reports.personByKey(session, key)
      if (key === null || person === null) return null
      const rows = await reports.personRows(session, key)
      const agents = [...new Set(rows.map(({ columns }) => columns['creditor_agent']).filter((agent) => agent !== undefined))]
      return { key, rowCount: rows.length, page: personPrintPage({ person, rows, schemes: await reports.schemes(session), banks: await reports.bankNames(session, agents), madeAt: clock.now() }, view) }
    })
    if (found === null) return reply(context, personsPage('unknown', view), 404)
    await database.transaction((transaction) => leaveTrail(transaction, { staffId: reader.staffId, at: clock.now(), kind: 'viewed_person', personKey: found.key, reason: 'access_request', details: { format: 'print', count: found.rowCount, numbers: 'whole' } }))
    return reply(context, found.page)
  })

  // What the person may ask for (D195): all that this reader may see of them, whole numbers too, and who took it is kept first.
  routes.post('/persons/:address/export', caseReaders, async (context) => {
    const { reader, database } = context.get('desk')
    const found = await reports.consistently(database, async (session) => {
      const key = (await reports.personAddresses(session)).keyOf(context.req.param('address'))
      const held = key === null || (await reports.personByKey(session, key)) === null ? null : await reports.personExport(session, key, clock.now())
      return key === null || held === null ? null : { key, ...held }
    })
    if (found === null) return reply(context, personsPage('unknown', context.get('view')), 404)
    await database.transaction((transaction) => leaveTrail(transaction, { staffId: reader.staffId, at: clock.now(), kind: 'exported', personKey: found.key, subject: 'person', reason: 'access_request', details: { format: 'json', count: found.rowCount, numbers: 'whole' } }))
    return downloadResponse(context, { fileName: 'person.json', format: 'json', pieces: [Buffer.from(found.text)] })
  })
}
