/** The addresses of the pages of measures, and of the files that hold what they show. */
import { Refusal, type Stratum } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { addCoverageRoutes } from './coverage-routes.ts'
import { takenAway } from '../downloads.ts'
import { askedOf, choicesOf, type MeasureRoutes, type Places } from './choices.ts'
import { banksFile, groupsFile, tableDownload } from './tables.ts'
import { banksPage, type BanksView } from './banks.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { rankingPage } from './ranking.ts'
import { timeToCashPage } from './time-to-cash.ts'
import type { MeasureChoice } from '../place.ts'
import { caseReaders, type Routes } from '../access.ts'
import { reply } from '../reply.ts'

/** Adds the pages. */
export function addMeasurePages(doors: Routes): void {
  const routes: MeasureRoutes = {
    // Without a run the page says what comes first.
    page: (path, ask) => { doors.get(path, caseReaders, async (context) => reply(context, await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      return run === null ? noRunPage(await reports.waitingFileCount(session), 'measures', context.get('view')) : ask(session, run, await askedOf(session, run, context))
    }))) },
    files: (path, ask) => {
      for (const format of ['csv', 'xlsx'] as const) {
        doors.get(`${path}.${format}`, caseReaders, async (context) => {
          const table = await reports.consistently(context.get('desk').database, async (session) => {
            const run = await reports.publishedRun(session)
            return run === null ? null : ask(session, run, await askedOf(session, run, context))
          })
          return table === null ? reply(context, notFoundPage(context.get('view')), 404) : takenAway(context, tableDownload(table, format), { subject: table.name, rowCount: null })
        })
      }
    },
  }
  addTimeRoutes(routes)
  addCoverageRoutes(routes)
}

function addTimeRoutes({ page, files }: MeasureRoutes): void {
  page('/time-to-cash', async (session, run, { query: { choice }, places, view }) => {
    const { answer, isNested } = await askTimeToCash(session, run, choice, places)
    const months = await reports.timeToCashByMonth(session, run, filterOf({ ...choice, period: undefined }))
    return timeToCashPage({ answer, months, choice, isNested, choices: await choicesOf(session, choice, places) }, view)
  })
  files('/time-to-cash', async (session, run, { query: { choice, isShared }, places, view }) => {
    const { answer } = await askTimeToCash(session, run, choice, places)
    return groupsFile(answer, 'time-to-cash', await reports.schemes(session), isShared, view)
  })

  page('/ranking', async (session, run, { query: { choice, isWhole }, places, view }) => {
    const answer = await reports.timeToCash(session, run, [rankedBy(choice, places)], filterOf(choice))
    return rankingPage({ answer, choice, isWhole, choices: await choicesOf(session, choice, places) }, view)
  })
  files('/ranking', async (session, run, { query: { choice, isShared }, places, view }) => {
    const answer = await reports.timeToCash(session, run, [rankedBy(choice, places)], filterOf(choice))
    return groupsFile(answer, 'ranking', await reports.schemes(session), isShared, view)
  })

  page('/banks', async (session, run, { query: { choice }, places, view }) => {
    const { banks, reasons } = await askBanks(session, run, choice)
    return banksPage({ asOf: run.as_of, banks, reasons, choice, choices: await choicesOf(session, choice, places) }, view)
  })
  files('/banks', async (session, run, { query: { choice, isShared }, view }) => {
    const { banks, reasons } = await askBanks(session, run, choice)
    return banksFile(banks, reasons, isShared, view)
  })
}

async function askBanks(session: Session, run: reports.PublishedRun, { period, unit }: MeasureChoice): Promise<Pick<BanksView, 'banks' | 'reasons'>> {
  const banks = await reports.banks(session, run, { ...(period === undefined ? {} : { fromPeriod: period, toPeriod: period }), ...(unit === undefined ? {} : { unit }) })
  const codes = banks.flatMap((bank) => bank.reasons.map(({ code }) => code)).filter((code) => code !== null)
  return { banks, reasons: await reports.reasonNames(session, [...new Set(codes)]) }
}

/** Asks for the strata chosen; where one of two lies inside the other, for the first alone. */
async function askTimeToCash(session: Session, run: reports.PublishedRun, choice: MeasureChoice, { units }: Places): Promise<{ readonly answer: reports.TimeToCash; readonly isNested: boolean }> {
  const chosen = [choice.by, choice.and].filter((stratum) => stratum !== undefined)
  // Inside less than a province there is one province.
  const by = isBelowProvince(choice, units) ? chosen.filter((stratum) => stratum !== 'province') : chosen
  try {
    return { answer: await reports.timeToCash(session, run, by, filterOf(choice)), isNested: by.length < chosen.length }
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'strata_nested' && error.code !== 'place_missing')) throw error
    const rest = error.code === 'place_missing' ? by.filter((stratum) => stratum !== 'village') : by.slice(0, 1)
    return { answer: await reports.timeToCash(session, run, rest, filterOf(choice)), isNested: true }
  }
}

function rankedBy(choice: MeasureChoice, { units }: Places): Stratum {
  return choice.by === 'province' && !isBelowProvince(choice, units) ? 'province' : 'unit'
}

function isBelowProvince({ unit }: MeasureChoice, units: reports.Units): boolean {
  return unit !== undefined && units.province(unit) !== units.today(unit)
}

function filterOf({ period, scheme, unit }: MeasureChoice): reports.TimeToCashFilter {
  return { ...(period === undefined ? {} : { fromPeriod: period, toPeriod: period }), ...(scheme === undefined ? {} : { scheme }), ...(unit === undefined ? {} : { unit }) }
}
