/** The addresses of the first page, of its live numbers, and of the dashboards. */
import type { Context } from 'hono'
import { absentApprovers, answeredByBanks } from '../../cases/index.ts'
import { addMonths, hasRole, type Clock, type Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import type { Table } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, caseWorkers, type Routes } from '../access.ts'
import { takenAway } from '../downloads.ts'
import type { Environment } from '../environment.ts'
import { tableDownload } from '../measures/tables.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { readDashboardQuery } from '../place.ts'
import { reply } from '../reply.ts'
import { codesFor, unitFor } from '../scope.ts'
import { dashboardPage, type DashboardView } from './dashboard.ts'
import { placesFile, type PlaceRow } from './places.ts'
import { otherFirstPage, todayPage } from './today.ts'
import type { View } from '../view.ts'

/** What these pages need from outside. */
export interface DashboardDependencies {
  readonly clock: Clock
}

/** The first page shows no more of the queue than fits on two screens. */
const firstRows = 10
const firstApprovals = 5
/** The work of this month and the two before. */
const workMonths = 3
const trendMonths = 12
/** Of more places than these one is written, not chosen. */
const placesToChooseFrom = 250

/** Adds the addresses. */
export function addDashboardPages(routes: Routes, { clock }: DashboardDependencies): void {
  routes.get('/', 'signedIn', async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    if (hasRole(reader, 'bank')) return context.redirect('/bank', 303)
    const today = clock.today()
    const page = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      if (!hasRole(reader, ...caseWorkers)) return otherFirstPage(reader, run === null ? null : await reports.lastNight(session, run, null, clock.now()), linksFor(reader, routes, view.words.views.today), view)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'today', view)
      const asking = await askingOf(session, run, reader, clock)
      return todayPage({
        isApprover: asking.isApprover,
        counts: await reports.todayCounts(session, run, asking, today),
        first: await reports.firstCases(session, asking, false, firstRows),
        toApprove: asking.isApprover ? await reports.firstCases(session, asking, true, firstApprovals) : [],
        night: await reports.lastNight(session, run, asking.unitCodes, clock.now()),
        answeredByBanks: await answeredByBanks(session),
        schemes: await reports.schemes(session),
        today,
      }, reader, view)
    })
    return reply(context, page)
  })

  // Asked for by the script of the header once a minute: four numbers, no money, nobody's name.
  routes.get('/live', caseWorkers, async (context) => {
    const { reader, database } = context.get('desk')
    const counts = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      return run === null ? null : reports.todayCounts(session, run, await askingOf(session, run, reader, clock), clock.today())
    })
    context.header('Cache-Control', 'no-store')
    return context.json({ waiting: counts?.waiting.count ?? 0, overdue: counts?.overdue.count ?? 0, found: counts?.found.count ?? 0, approve: counts?.toApprove.count ?? 0 })
  })

  routes.get('/dashboard', caseReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const shown = await lookAtPlace(session, context, clock)
      return shown === null ? noRunPage(await reports.waitingFileCount(session), 'dashboard', view) : dashboardPage(shown, view)
    })
    return reply(context, page)
  })

  for (const format of ['csv', 'xlsx'] as const) {
    routes.get(`/dashboard.${format}`, caseReaders, async (context) => {
      const view = context.get('view')
      const table = await reports.consistently(context.get('desk').database, async (session): Promise<Table | null> => {
        const shown = await lookAtPlace(session, context, clock)
        return shown === null ? null : placesFile(shown, view)
      })
      return table === null ? reply(context, notFoundPage(view), 404) : takenAway(context, tableDownload(table, format), { subject: table.name, rowCount: null })
    })
  }
}

async function askingOf(session: Session, run: reports.PublishedRun, reader: Reader, clock: Clock): Promise<reports.TodayReader> {
  const isApprover = hasRole(reader, 'approver') || (await absentApprovers(session, reader.staffId, clock.today())).length > 0
  return { staffId: reader.staffId, isApprover, scopeLevel: reader.scopeLevel, unitCodes: codesFor(reader.unitCode ?? undefined, await reports.unitsOf(session, run.as_of)) }
}

/** The pages that a role may open, of those that are anybody's first thought: a page that no room has declared is not offered. */
function linksFor(reader: Reader, routes: Routes, texts: View['words']['views']['today']): { readonly path: string; readonly text: string }[] {
  const wished = [
    ['/dashboard', texts.linkResults], ['/queue', texts.linkCases], ['/persons', texts.linkPersons], ['/trail', texts.linkTrail], ['/administration', texts.linkStaff], ['/files', texts.linkFiles], ['/templates', texts.linkTemplates], ['/sheet', texts.linkSheet],
  ] as const
  return wished.filter(([path]) => routes.declared.some((route) => route.path === path && route.method === 'GET' && (route.audience === 'signedIn' || route.audience === 'anybody' || hasRole(reader, ...route.audience)))).map(([path, text]) => ({ path, text }))
}

/** Everything of one place, as of the published run; null before the first one. */
async function lookAtPlace(session: Session, context: Context<Environment>, clock: Clock): Promise<DashboardView | null> {
  const run = await reports.publishedRun(session)
  if (run === null) return null
  const { reader } = context.get('desk')
  const asked = readDashboardQuery(context.get('view').query)
  const units = await reports.unitsOf(session, run.as_of)
  const unit = unitFor(asked.unit, reader, units)
  const unitCodes = codesFor(unit, units)
  const today = clock.today()
  const placeOf = unit === undefined ? (code: string) => units.province(code) : childOf(units, unit)
  const days = { from: `${addMonths(today.slice(0, 7), 1 - workMonths)}-01`, to: today }
  const limits = { ...(asked.scheme === undefined ? {} : { scheme: asked.scheme }), ...(asked.period === undefined ? {} : { fromPeriod: asked.period, toPeriod: asked.period }), ...(unit === undefined ? {} : { unit }) }
  const benefitPeriod = asked.period ?? (await reports.currentPeriod(session)) ?? run.as_of.slice(0, 7)
  const coverage = await reports.coverage(session, run, unit === undefined ? 'province' : 'unit', { benefitPeriod, ...(asked.scheme === undefined ? {} : { scheme: asked.scheme }), ...(unit === undefined ? {} : { unit }) })
  const below = unit === undefined ? null : units.below(unit)
  const time = await reports.timeToCash(session, run, below === null ? ['province'] : below.length === 0 ? [] : ['unit'], limits)
  const workload = await reports.workload(session, units, placeOf, { fromDate: days.from, toDate: days.to, today, unitCodes })
  const outcomes = await reports.outcomesByPlace(session, units, placeOf, { unitCodes, scheme: asked.scheme, benefitPeriod: asked.period })
  return {
    run,
    night: await reports.lastNight(session, run, unitCodes ?? null, clock.now()),
    results: { ...(await reports.resultsWithin(session, unitCodes)), open: await reports.openCaseCounts(session, { unitCodes, scheme: asked.scheme, benefitPeriod: asked.period }), filter: { scheme: asked.scheme, benefitPeriod: asked.period, unit } },
    schemes: await reports.schemes(session),
    place: unit === undefined ? null : { code: unit, name: units.name(unit) },
    places: placesToChoose(units, reader, unit, outcomes),
    isHome: unit === reader.unitCode,
    ageing: await reports.ageing(session, units, placeOf, { today, unitCodes }),
    coverage,
    time: time.everybody,
    workload,
    days,
    months: await reports.workloadByMonth(session, { fromDate: `${addMonths(today.slice(0, 7), 1 - trendMonths)}-01`, today, unitCodes }),
    rows: rowsOf(workload.rows, outcomes, coverage, time),
  }
}

/** The place right below a unit that a code lies in; the unit itself for its own code. */
function childOf(units: reports.Units, unit: string): (code: string) => string {
  const top = units.today(unit)
  const known = new Map<string, string>()
  return (code) => {
    const found = known.get(code)
    if (found !== undefined) return found
    let at = units.today(code)
    for (let parent = units.parent(at); parent !== null && parent !== top && at !== top; parent = units.parent(at)) at = parent
    known.set(code, at)
    return at
  }
}

/** The figures of each place, in the order of the work: the one with most overdue first. */
function rowsOf(work: readonly reports.WorkloadRow[], outcomes: readonly reports.PlaceOutcomes[], coverage: reports.Coverage, time: reports.TimeToCash): PlaceRow[] {
  const codes = [...new Set([...work.map((row) => row.unit_code), ...outcomes.map((row) => row.unit_code)])]
  return codes.map((code) => ({
    code,
    name: work.find((row) => row.unit_code === code)?.unit_name ?? outcomes.find((row) => row.unit_code === code)?.unit_name ?? null,
    outcomes: outcomes.filter((row) => row.unit_code === code),
    work: work.find((row) => row.unit_code === code) ?? null,
    coverage: coverage.rows.find((row) => row.unit_code === code) ?? null,
    time: time.groups.find((group) => group.values[0] === code)?.statistics ?? null,
  }))
}

/** The reader's top, and what lies right below the one that is looked at. */
function placesToChoose(units: reports.Units, reader: Reader, unit: string | undefined, outcomes: readonly reports.PlaceOutcomes[]): DashboardView['places'] {
  const top = reader.unitCode === null ? { code: '', name: null, isInside: false } : { code: reader.unitCode, name: units.name(reader.unitCode), isInside: false }
  const open = unit === undefined ? null : units.province(unit)
  const provinces = reader.unitCode === null ? (unit === undefined ? [...new Set(outcomes.map((row) => row.unit_code))] : units.provinces()) : [reader.unitCode]
  const listed = provinces.flatMap((code) => [code, ...(code === open || code === reader.unitCode ? units.below(code) : [])])
  const codes = [...new Set([...listed, ...(unit === undefined ? [] : [unit])])].filter((code) => code !== top.code)
  return codes.length > placesToChooseFrom ? null : [top, ...codes.map((code) => ({ code, name: units.name(code), isInside: !provinces.includes(code) }))]
}
