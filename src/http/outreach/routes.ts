/** The addresses about visits: whom to see, the pack as a file, the form for what was found, contradictions, exemptions. */
import { personKeyOf, type Clock, type Kind, type Reader, type Role } from '../../core/index.ts'
import type { Desk, Session } from '../../db/index.ts'
import type { Receipt } from '../../ingest/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import { reply } from '../reply.ts'
import { takenAway } from '../downloads.ts'
import { packDocument } from './pack-document.ts'
import { packCsv, packWorkbook } from './pack-table.ts'
import { exemptionsPage } from './exemptions.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { outreachPage } from './outreach.ts'
import { conflictsPage } from './visit-conflicts.ts'
import { visitCheckPage, visitFormPage, visitSavedPage, visitUnknownPage, type VisitedPerson } from './visit.ts'
import { readOutreachQuery, readPersonQuery } from '../place.ts'
import { unitFor, unitsToChoose } from '../scope.ts'
import { emptyAnswers, faultsOf, readAnswers, rowOf, visitKind } from './visit-form.ts'
import type { View } from '../view.ts'

/** What these pages need from outside. */
export interface OutreachDependencies {
  readonly clock: Clock
  /** Takes in a row of a kind as a file of one line, sent by a form. */
  readonly storeRow: (kind: Kind, row: Readonly<Record<string, string>>) => Promise<Receipt>
}

const unitsToChooseFrom = 200
/** Who goes to people's doors, and may say what was found there. */
const visitors: readonly Role[] = ['officer']

/** Adds the addresses to the application. */
export function addOutreachPages(routes: Routes, dependencies: OutreachDependencies): void {
  const { clock } = dependencies

  routes.get('/outreach', caseReaders, async (context) => {
    const view = context.get('view')
    const { unit, village } = readOutreachQuery(view.query)
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'outreach', view)
      const { reader } = context.get('desk')
      const known = await reports.unitsOf(session, run.as_of)
      const own = placeOf(unit, reader, known)
      const pack = own === undefined ? null : await reports.outreachPack(session, run, { unitCode: own, village, by: 'village', today: clock.today() })
      return outreachPage({ units: unitsToChoose(await reports.findingUnits(session, unitsToChooseFrom), reader, known), pack, village }, view)
    })
    return reply(context, page)
  })

  routes.get('/outreach/:name{pack\\.(?:html|xlsx|csv)}', caseReaders, async (context) => {
    const { language, query } = context.get('view')
    const { unit, village } = readOutreachQuery(query)
    const { reader, database } = context.get('desk')
    const pack = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      const own = run === null ? undefined : placeOf(unit, reader, await reports.unitsOf(session, run.as_of))
      return run === null || own === undefined ? null : reports.outreachPack(session, run, { unitCode: own, village, by: 'village', today: clock.today() })
    })
    if (pack === null) return context.redirect('/outreach', 303)
    const format = context.req.param('name').slice('pack.'.length) as 'html' | 'xlsx' | 'csv'
    const fileName = `outreach-${pack.unitCode}-${pack.madeOn}.${format}`
    const pieces = format === 'xlsx' ? packWorkbook(pack, language) : format === 'csv' ? packCsv(pack, language) : [Buffer.from(await packDocument(pack, language))]
    return takenAway(context, { fileName, format, pieces }, { subject: `outreach ${pack.unitCode}`, rowCount: pack.sections.reduce((sum, { people }) => sum + people.length, 0) })
  })

  routes.get('/outreach/conflicts', caseReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const { unit, unitCodes, units } = await placeAsked(session, clock, context.get('desk').reader, view)
      return conflictsPage({ conflicts: await reports.conflictsOfVisits(session, clock.today(), { unitCodes }), units, unit }, view)
    })
    return reply(context, page)
  })

  routes.get('/outreach/exemptions', caseReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const { unit, unitCodes, units } = await placeAsked(session, clock, context.get('desk').reader, view)
      return exemptionsPage({ exemptions: await reports.exemptions(session, clock.today(), { unitCodes }), asOf: clock.today(), units, unit }, view)
    })
    return reply(context, page)
  })

  addVisitForm(routes, dependencies)
}

/** The unit of a pack: a province's reader chooses a commune first, as the whole country's does; a commune's has one. */
function placeOf(asked: string | undefined, reader: Reader, units: reports.Units): string | undefined {
  const unit = unitFor(asked, reader, units)
  return asked === undefined && unit !== undefined && units.below(unit).length > 0 ? undefined : unit
}

/** The unit that the address asks for, else the reader's, with all below it. */
async function placeAsked(session: Session, clock: Clock, reader: Reader, view: View) {
  const { unit: asked } = readOutreachQuery(view.query)
  const known = await reports.unitsOf(session, clock.today())
  const units = unitsToChoose(await reports.findingUnits(session, unitsToChooseFrom), reader, known)
  const unitCode = unitFor(asked, reader, known)
  if (unitCode === undefined) return { unit: null, unitCodes: null, units }
  return { unit: { unitCode, unitName: known.name(unitCode) }, unitCodes: known.within(unitCode), units }
}

function addVisitForm(routes: Routes, { clock, storeRow }: OutreachDependencies): void {
  routes.get('/outreach/results', visitors, async (context) => {
    const view = context.get('view')
    const visited = await visitedPerson(context.get('desk').database, readPersonQuery(view.query))
    if (visited === null) return reply(context, visitUnknownPage(view), 404)
    return reply(context, visitFormPage(visited, emptyAnswers(clock.today()), [], view))
  })

  routes.post('/outreach/results', visitors, async (context) => {
    const view = context.get('view')
    const body = await context.req.parseBody()
    const { person, step } = body
    const visited = await visitedPerson(context.get('desk').database, typeof person === 'string' ? person : null)
    if (visited === null) return reply(context, visitUnknownPage(view), 404)
    const answers = readAnswers(body)
    if (step === 'change') return reply(context, visitFormPage(visited, answers, [], view))
    const faults = faultsOf(visited.person.beneficiary_id, answers, clock.today())
    if (faults.length > 0) return reply(context, visitFormPage(visited, answers, faults, view), 400)
    if (step !== 'save') return reply(context, visitCheckPage(visited, answers, view))
    const receipt = await storeRow(visitKind, rowOf(visited.person.beneficiary_id, answers))
    if (receipt.status !== 'sealed' || receipt.problem_count > 0) throw new Error(`a visit that was checked was not taken: ${receipt.refusal?.code ?? receipt.problems.map(({ code }) => code).join(', ')}`)
    return context.redirect(`/outreach/results/${visited.address}/${receipt.file_id ?? ''}${receipt.repeat_of === null ? '' : '?again=1'}`, 303)
  })

  routes.get('/outreach/results/:person/:file{[0-9]{1,18}}', caseReaders, async (context) => {
    const view = context.get('view')
    const visited = await visitedPerson(context.get('desk').database, context.req.param('person'))
    if (visited === null) return reply(context, visitUnknownPage(view), 404)
    const conflicts = await reports.consistently(context.get('desk').database, (session) => reports.conflictsOfVisits(session, clock.today(), { personKey: personKeyOf(visited.person.beneficiary_id) }))
    return reply(context, visitSavedPage(visited, context.req.param('file'), view.query.get('again') === '1', conflicts, view))
  })
}

/** Whom an address names; null when it names nobody whom the published result knows. */
async function visitedPerson(database: Desk, address: string | null): Promise<VisitedPerson | null> {
  if (address === null) return null
  return reports.consistently(database, async (session) => {
    const run = await reports.publishedRun(session)
    const key = (await reports.personAddresses(session)).keyOf(address)
    const person = run === null || key === null ? null : await reports.personByKey(session, key)
    return person === null ? null : { address, person }
  })
}
