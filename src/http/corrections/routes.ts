/** The addresses about corrections: what is proposed, making a list, one list, its files, and what a bank is asked about accounts. */
import type { Context } from 'hono'
import { z } from 'zod'
import * as corrections from '../../corrections/index.ts'
import { parseBenefitPeriod, parseDay, visibleText, type Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { leaveTrail } from '../../trail/index.ts'
import { bankReaders, moneyReaders } from '../audiences.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { takenAway } from '../downloads.ts'
import { csvFile } from '../../formats/index.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf, type FormFault } from '../page-parts/form-fields.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { optional, read } from '../place.ts'
import { answersAt, reply } from '../reply.ts'
import { codesFor, unitFor, unitsToChoose } from '../scope.ts'
import { inLanguage, type View } from '../view.ts'
import { addListActs, readDecision, type CorrectionDependencies } from './act-routes.ts'
import { fixesPage } from './bank-fixes.ts'
import { checkPage, type TypedList } from './check.ts'
import { listFile } from './files.ts'
import { listPage, type ListData } from './list.ts'
import { overviewPage } from './overview.ts'

export type { CorrectionDependencies } from './act-routes.ts'

const wholeNumber = optional(/^\d{1,18}$/)
const overviewQuery = z.object({ before: wholeNumber })
const code = optional(/^[\p{L}\p{N}_.-]{1,40}$/u)
const wantedQuery = z.object({ kind: z.enum(corrections.listKinds), period: optional(/^\d{4}-(?:0[1-9]|1[0-2])$/), scheme: code, unit: code, currency: optional(/^[A-Z]{3}$/) })
const listQuery = z.object({ after: optional(/^\d{1,9}$/), left: optional(/^[a-z_]{1,40}$/), done: optional(/^[a-z]{1,20}$/) })
const listsShown = 25
const itemsShown = 50
const unitsToChooseFrom = 200

/** Adds the addresses to the application. */
export function addCorrectionPages(routes: Routes, dependencies: CorrectionDependencies): void {
  const { clock } = dependencies

  routes.get('/corrections', moneyReaders, async (context) => {
    const view = context.get('view')
    const { before = null } = read(overviewQuery, view.query)
    return reply(context, await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'findings', view)
      const proposed = new Map<corrections.ListKind, corrections.ProposedTotal[]>()
      for (const kind of corrections.listKinds) proposed.set(kind, await corrections.proposedTotals(session, { kind, unitCodes: null, scheme: null, benefitPeriod: null }))
      const lists = await corrections.correctionLists(session, { before, most: listsShown + 1 })
      return overviewPage({ asOf: run.as_of, proposed, lists: lists.slice(0, listsShown), hasMore: lists.length > listsShown, before }, view)
    }))
  })

  routes.get('/corrections/new', moneyReaders, (context) => showCheck(context, typedOf(read(wantedQuery, context.get('view').query), {}), []))

  routes.post('/corrections', ['payer'], async (context) => {
    const body = await context.req.parseBody()
    const typed = typedOf(read(wantedQuery, new URLSearchParams(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))), body)
    const { corrections: words } = context.get('view').words
    const targetPeriod = corrections.kindsForAMonth.has(typed.kind) ? parseBenefitPeriod(typed.target) : null
    const decision = corrections.kindsByDecision.has(typed.kind) ? readDecision(body) : null
    const faults: FormFault[] = [
      ...(corrections.kindsForAMonth.has(typed.kind) && targetPeriod === null ? [{ field: 'target', message: words.faults.month_wrong }] : []),
      ...(decision === undefined ? [parseDay(typed.decisionDate) === null ? { field: 'decisionDate', message: words.faults.date_wrong } : { field: 'decisionNumber', message: words.faults.decision_missing }] : []),
    ]
    if (faults.length > 0) return showCheck(context, typed, faults)
    const { reader, database } = context.get('desk')
    const listId = await database.transaction(async (transaction) => {
      const made = await corrections.draftList(transaction, { place: await placeOf(transaction, typed.unit, reader), scheme: typed.scheme ?? null, kind: typed.kind, benefitPeriod: typed.period ?? null, targetPeriod, currency: typed.currency, decision: decision ?? null }, clock.now())
      await leaveTrail(transaction, { staffId: reader.staffId, at: clock.now(), kind: 'list_made', subject: `list ${made}` })
      return made
    })
    return context.redirect(`/corrections/${listId}?done=made`, 303)
  })

  routes.get('/corrections/:id{[0-9]{1,18}}', moneyReaders, (context) => showList(context, context.req.param('id'), null, clock.today()))
  routes.get('/corrections/:id{[0-9]{1,18}}/:name{(?:(?:list|left-out)\\.csv|list\\.xlsx|order\\.xml)}', moneyReaders, (context) => listFile(context, context.req.param('id'), context.req.param('name'), clock))
  addListActs(routes, dependencies, (context, listId, fault) => showList(context, listId, fault, clock.today()))
  addBankFixes(routes)
}

/** What a bank is asked about accounts of its own. */
function addBankFixes(routes: Routes): void {
  routes.get('/bank/account-fixes', bankReaders, async (context) => reply(context, fixesPage(await reports.consistently(context.get('desk').database, corrections.accountFixesOfBank), context.get('view'))))

  routes.get('/bank/account-fixes.csv', bankReaders, async (context) => {
    const fixes = await reports.consistently(context.get('desk').database, corrections.accountFixesOfBank)
    const columns = ['list', 'number', 'account_number', 'asked', 'return_reason_code', 'sent_at']
    const rows = fixes.map((fix) => [fix.list_id, String(fix.item_number), fix.creditor_account, fix.asked, fix.return_reason_code ?? '', fix.sent_at])
    return takenAway(context, { fileName: 'account-fixes.csv', format: 'csv', pieces: csvFile({ name: 'account-fixes', columns: columns.map((title) => ({ title })), rows }) }, { subject: 'account fixes', rowCount: fixes.length, hasWholeNumbers: true })
  })
}

async function showCheck(context: Context<Environment>, typed: TypedList, faults: readonly FormFault[]): Promise<Response> {
  if (faults.length > 0) answersAt(context, '/corrections/new', { kind: typed.kind, period: typed.period ?? null, scheme: typed.scheme ?? null, unit: typed.unit ?? null })
  const view = context.get('view')
  const { reader, database } = context.get('desk')
  const page = await reports.consistently(database, async (session) => {
    const run = await reports.publishedRun(session)
    if (run === null) return null
    const units = await reports.unitsOf(session, run.as_of)
    const unit = unitFor(typed.unit, reader, units)
    const unitCodes = codesFor(unit, units)
    const all = await corrections.proposedTotals(session, { kind: typed.kind, unitCodes, scheme: typed.scheme ?? null, benefitPeriod: typed.period ?? null })
    const currencies = [...new Set(all.map(({ currency }) => currency))]
    const schemes = await reports.schemes(session)
    const schemeCurrency = currencies.includes(typed.currency) ? typed.currency : (currencies[0] ?? typed.currency)
    return checkPage({
      typed: { ...typed, unit, currency: schemeCurrency }, totals: all.filter(({ currency }) => currency === schemeCurrency), currencies, titles: await titlesOf(session, view), schemes,
      units: unitsToChoose(await reports.findingUnits(session, unitsToChooseFrom), reader, units), periods: await reports.findingPeriods(session, unitCodes),
    }, faults, view)
  })
  return page === null ? context.redirect('/corrections', 303) : reply(context, page, faults.length > 0 ? 400 : 200)
}

async function showList(context: Context<Environment>, listId: string, fault: ListData['fault'], today: string): Promise<Response> {
  const view = context.get('view')
  const { after, left, done } = read(listQuery, view.query)
  const page = await reports.consistently(context.get('desk').database, async (session) => {
    const list = await corrections.correctionList(session, listId)
    if (list === null) return null
    const items = await corrections.correctionItems(session, { listId, isLeftOut: left !== undefined, reason: left ?? null, after: after === undefined ? 0 : parseInt(after, 10), most: itemsShown + 1 })
    return listPage({
      list, leftOut: await corrections.leftOutTotals(session, listId), items: items.slice(0, itemsShown), hasMore: items.length > itemsShown, reason: left ?? null, isFirstPage: after === undefined, titles: await titlesOf(session, view),
      hasPayerAccount: (await corrections.payerAccountOf(session, list.unit_code, today)) !== null, done: fault === null ? (done ?? null) : null, fault,
    }, view)
  })
  return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page, fault === null ? 200 : fault === 'reason_missing' || fault === 'date_wrong' ? 400 : 409)
}

/** The place as codes; null: the whole country. */
async function placeOf(session: Session, unit: string | undefined, reader: Reader): Promise<corrections.ListWanted['place']> {
  const units = await reports.unitsOf(session, (await reports.publishedRun(session))?.as_of ?? '')
  const own = unitFor(unit, reader, units)
  return own === undefined ? null : { unitCode: own, unitCodes: units.within(own) }
}

async function titlesOf(session: Session, view: View): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await reports.findingTitles(session))].map(([name, title]) => [name, inLanguage(title, view.language)]))
}

function typedOf({ kind, period, scheme, unit, currency = 'VND' }: z.output<typeof wantedQuery>, body: Readonly<Record<string, unknown>>): TypedList {
  return { kind, period, scheme, unit, currency, target: textOf(body, 'target').trim(), decisionNumber: visibleText(textOf(body, 'decisionNumber')).slice(0, 100), decisionDate: textOf(body, 'decisionDate').trim().slice(0, 10) }
}
