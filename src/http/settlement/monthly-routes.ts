/** The addresses of the monthly report: its figures, the people behind them by name, and both as files. */
import type { Context } from 'hono'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import * as settlements from '../../settlement/index.ts'
import type { Routes } from '../access.ts'
import { settlementReaders } from '../audiences.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { reply } from '../reply.ts'
import { codesFor, unitFor } from '../scope.ts'
import { readMonthlyQuery } from './asked.ts'
import { addFiles } from './file-routes.ts'
import { monthlyFile, peopleFile } from './files.ts'
import { monthlyPage, monthlyPeoplePage, peopleShown, type MonthlyView } from './monthly.ts'

/** Of more places than these one is written, not chosen. */
const placesToChooseFrom = 250
/** A commune has some thousands of beneficiaries. */
const mostPeople = 1_000_000

/** Adds the addresses. */
export function addMonthlyPages(routes: Routes): void {
  routes.get('/monthly-report', settlementReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const shown = await lookAtMonth(session, context)
      return shown === null ? noRunPage(await reports.waitingFileCount(session), 'period', view) : monthlyPage(shown, view)
    })
    return reply(context, page)
  })

  routes.get('/monthly-report/people', settlementReaders, async (context) => {
    const view = context.get('view')
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const listed = await listPeople(session, context, peopleShown)
      if (listed === null) return null
      const addresses = await reports.personAddresses(session)
      return monthlyPeoplePage({ ...listed, personAddress: (key) => addresses.of(key) }, view)
    })
    return page === null ? reply(context, notFoundPage(view), 404) : reply(context, page)
  })

  addFiles(routes, '/monthly-report', async (session, view, context) => {
    const shown = await lookAtMonth(session, context)
    return shown === null ? null : monthlyFile(shown.answer.rows, shown.answer.benefit_period, shown.units, view)
  })
  addFiles(routes, '/monthly-report/people', async (session, view, context) => {
    const listed = await listPeople(session, context, mostPeople)
    return listed === null ? null : peopleFile(listed.people, listed.choice.period, listed.units, view)
  })
}

/** The report as the address asks for it; null before the first run. */
async function lookAtMonth(session: Session, context: Context<Environment>): Promise<MonthlyView | null> {
  const run = await reports.publishedRun(session)
  if (run === null) return null
  const { reader } = context.get('desk')
  const asked = readMonthlyQuery(context.get('view').query)
  const units = await reports.unitsOf(session, run.as_of)
  const unit = unitFor(asked.unit, reader, units)
  const unitCodes = codesFor(unit, units)
  const period = await monthOf(session, run, asked.period)
  const answer = await settlements.monthlyReport(session, { period, unitCodes })
  const rows = answer.rows.filter((row) => asked.scheme === undefined || row.scheme === asked.scheme)
  const isWhole = reader.unitCode === null && unit === undefined && asked.scheme === undefined
  const provinces = reader.unitCode === null ? units.provinces() : [reader.unitCode]
  const places = provinces.flatMap((code) => [{ code, name: units.name(code), isInside: false }, ...units.below(code).map((below) => ({ code: below, name: units.name(below), isInside: true }))])
  return {
    asOf: run.as_of,
    answer: { ...answer, rows },
    choice: { unit, scheme: asked.scheme, period },
    choices: { periods: await reports.outcomePeriods(session, codesFor(reader.unitCode ?? undefined, units)), schemes: await reports.schemes(session), places: places.length > placesToChooseFrom ? null : places, home: reader.unitCode },
    units,
    schemes: await reports.schemes(session),
    country: isWhole ? { bridge: await reports.bridge(session), months: settlements.byMonth(await settlements.settlementCells(session, { period })), organisations: await settlements.organisations(session) } : null,
  }
}

/** The people of one commune; null without one: a whole province's names are nobody's list. */
async function listPeople(session: Session, context: Context<Environment>, most: number): Promise<Omit<Parameters<typeof monthlyPeoplePage>[0], 'personAddress'> | null> {
  const run = await reports.publishedRun(session)
  const { reader } = context.get('desk')
  const asked = readMonthlyQuery(context.get('view').query)
  if (run === null) return null
  const units = await reports.unitsOf(session, run.as_of)
  const unit = unitFor(asked.unit, reader, units)
  if (unit === undefined || units.below(unit).length > 0) return null
  const period = await monthOf(session, run, asked.period)
  const people = await settlements.monthlyPeople(session, { period, unitCodes: units.within(unit), ...(asked.scheme !== undefined && { scheme: asked.scheme }), ...(asked.state !== undefined && { state: asked.state }) }, most)
  return { asOf: run.as_of, choice: { unit, scheme: asked.scheme, period, state: asked.state }, people, units }
}

/** The month asked for, else the one that people mean by "now". */
async function monthOf(session: Session, run: reports.PublishedRun, asked: string | undefined): Promise<string> {
  return asked ?? (await reports.currentPeriod(session)) ?? run.as_of.slice(0, 7)
}
