/** The addresses of complaints: whose it is, what they say, check, taken. */
import * as cases from '../../cases/index.ts'
import { identifierOf, personKeyOf, type Clock, type Role } from '../../core/index.ts'
import type { Desk, Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { reply } from '../reply.ts'
import { addAnswerPages, type AnswerDependencies } from './answer-routes.ts'
import { complaintFaults, complaintFrom, emptyComplaint, monthOf, readComplaint } from './fields.ts'
import { findPage, type FindView } from './find.ts'
import { complaintCheckPage, complaintFormPage, monthsOf, type Complainer } from './form.ts'

/** What these pages need from outside. */
export interface ComplaintDependencies extends AnswerDependencies {
  readonly clock: Clock
}

/** Who takes complaints: as row-level security says (0022). */
const takers: readonly Role[] = ['officer', 'payer']
const mostFound = 20
const nobody: FindView = { name: '', unit: '', asksUnit: false, fault: null, people: null, isCut: false }

/** Adds the addresses. */
export function addComplaintPages(routes: Routes, dependencies: ComplaintDependencies): void {
  const { clock } = dependencies
  routes.get('/complaints/new', takers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const person = view.query.get('person')
    if (person === null) return reply(context, findPage({ ...nobody, asksUnit: reader.scopeLevel !== 'commune' }, view))
    const complainer = await complainerOf(database, person)
    if (complainer === null) return reply(context, findPage({ ...nobody, asksUnit: reader.scopeLevel !== 'commune', fault: 'nothing' }, view), 404)
    return reply(context, complaintFormPage(complainer, emptyComplaint(monthsOf(complainer)), [], view))
  })

  routes.post('/complaints/find', takers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const body = await context.req.parseBody()
    const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
    const [id, name, unit] = [text(body['id']), text(body['name']), text(body['unit'])]
    const asksUnit = reader.scopeLevel !== 'commune'
    const again = (more: Partial<FindView>, status: 200 | 400): Response | Promise<Response> => reply(context, findPage({ ...nobody, name, unit, asksUnit, ...more }, view), status)
    if (id !== '') {
      const key = personKeyOf(id)
      const address = key === null ? null : await reports.consistently(database, async (session) => (await reports.personAddresses(session)).of(key))
      // Somebody on no list of the reader's may have most reason to complain: the form asks for the name then.
      return address === null ? again({ fault: 'unreadable' }, 400) : context.redirect(`/complaints/new?person=${address}`, 303)
    }
    if (name === '') return again({ fault: 'nothing' }, 400)
    const found = await reports.consistently(database, (session) => lookUp(session, name, asksUnit ? unit : null, clock.today()))
    if (found === null) return again({ fault: 'unit' }, 400)
    return again({ people: found.slice(0, mostFound), isCut: found.length > mostFound }, 200)
  })

  addForm(routes, clock)
  addAnswerPages(routes, dependencies)
}

function addForm(routes: Routes, clock: Clock): void {
  routes.post('/complaints/new', takers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const body = await context.req.parseBody()
    const complainer = await complainerOf(database, typeof body['person'] === 'string' ? body['person'] : '')
    if (complainer === null) return reply(context, findPage({ ...nobody, asksUnit: reader.scopeLevel !== 'commune', fault: 'nothing' }, view), 404)
    const answers = readComplaint(body)
    if (body['step'] === 'change') return reply(context, complaintFormPage(complainer, answers, [], view))
    const faults = complaintFaults(answers, clock.today(), complainer.person !== null)
    if (faults.length > 0) return reply(context, complaintFormPage(complainer, answers, faults, view), 400)
    if (body['step'] !== 'take') {
      const { open, workingDays } = await reports.consistently(database, async (session) => ({
        open: await cases.openCasesOf(session, { personKey: complainer.personKey, benefitPeriod: monthOf(answers) ?? '' }),
        workingDays: await cases.workingDaysOf(session, 'complaint'),
      }))
      return reply(context, complaintCheckPage(complainer, answers, open, workingDays, view))
    }
    const taken = await database.transaction(async (transaction) => {
      const run = await reports.publishedRun(transaction)
      if (run === null) return null
      const units = await cases.unitsSeen(transaction)
      const given = complaintFrom(answers, { personKey: complainer.personKey, isStranger: complainer.person === null }, clock.today(), complainer.schemes.map(({ scheme }) => scheme))
      return cases.takeComplaint(transaction, given, { actor: reader, at: clock.now(), asOf: run.as_of, units })
    })
    if (taken === 'elsewhere') return reply(context, complaintFormPage(complainer, answers, [{ field: 'month', error: 'elsewhere' }], view), 409)
    if (taken === null) return reply(context, noRunPage('0', 'findings', view))
    return context.redirect(`/cases/${taken.findingId}?${taken.isNew ? 'taken' : 'again'}=1`, 303)
  })
}

/** Whom an address names, with what the reader may know of them; null when it names nobody, or nothing was published yet. */
async function complainerOf(database: Desk, address: string): Promise<(Complainer & { readonly personKey: string }) | null> {
  return reports.consistently(database, async (session) => {
    const run = await reports.publishedRun(session)
    const personKey = (await reports.personAddresses(session)).keyOf(address)
    if (run === null || personKey === null) return null
    return { personKey, address, beneficiaryId: identifierOf(personKey), person: await reports.personByKey(session, personKey), schemes: await reports.schemes(session) }
  })
}

/** People by name; null when the reader works for many communes and has not said in which. */
async function lookUp(session: Session, name: string, unit: string | null, today: string): Promise<FindView['people'] | null> {
  const seen = await cases.unitsSeen(session)
  if (unit === '') return null
  const wanted = unit === null ? (seen ?? []) : (await reports.unitsOf(session, today)).within(unit)
  const units = seen === null ? wanted : wanted.filter((one) => seen.includes(one))
  const addresses = await reports.personAddresses(session)
  const people = await cases.peopleByName(session, name, units, mostFound + 1)
  return people.flatMap((person) => {
    const address = addresses.of(person.person_key)
    return address === null ? [] : [{ ...person, address }]
  })
}
