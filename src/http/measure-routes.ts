/** The addresses of the pages of measures, and of the files that hold what they show. */
import type { Context, Hono } from 'hono'
import { Refusal, type Stratum } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import * as reports from '../reports/index.ts'
import { downloadResponse } from './downloads.ts'
import { groupsFile, tableDownload } from './measure-tables.ts'
import { notFoundPage } from './pages/errors.ts'
import type { Choices } from './pages/measure-parts.ts'
import { noRunPage } from './pages/no-run.ts'
import { rankingPage } from './pages/ranking.ts'
import { timeToCashPage } from './pages/time-to-cash.ts'
import { readMeasureQuery, type MeasureChoice } from './place.ts'
import type { Environment } from './app.ts'
import type { Page } from './layout.ts'

/** Of more places than these one is written, not chosen. */
const placesToChooseFrom = 250

type Reply = (context: Context<Environment>, page: Page, status?: 200 | 404) => Response | Promise<Response>

/** Adds the pages. */
export function addMeasurePages(app: Hono<Environment>, database: Database, reply: Reply): void {
  /** Asks within one look at the published run; without a run the page says what comes first. */
  const page = (path: string, ask: (session: Session, run: reports.PublishedRun, context: Context<Environment>) => Promise<Page>): void => {
    app.get(path, async (context) => {
      const view = context.get('view')
      return reply(context, await reports.consistently(database, async (session) => {
        const run = await reports.publishedRun(session)
        return run === null ? noRunPage(await reports.waitingFileCount(session), 'measures', view) : ask(session, run, context)
      }))
    })
  }

  page('/time-to-cash', async (session, run, context) => {
    const view = context.get('view')
    const { choice } = readMeasureQuery(view.query)
    const places = await reports.unitsOf(session, run.as_of)
    const { answer, isNested } = await askTimeToCash(session, run, choice, places)
    const months = await reports.timeToCashByMonth(session, run, filterOf({ ...choice, period: undefined }))
    return timeToCashPage({ answer, months, choice, isNested, choices: await choicesOf(session, choice, places) }, view)
  })

  page('/ranking', async (session, run, context) => {
    const view = context.get('view')
    const { choice, isWhole } = readMeasureQuery(view.query)
    const places = await reports.unitsOf(session, run.as_of)
    const answer = await reports.timeToCash(session, run, [rankedBy(choice, places)], filterOf(choice))
    return rankingPage({ answer, choice, isWhole, choices: await choicesOf(session, choice, places) }, view)
  })

  app.get('/:name{(?:time-to-cash|ranking)}.:format{(?:csv|xlsx)}', async (context) => {
    const view = context.get('view')
    const { choice, isShared } = readMeasureQuery(view.query)
    const format = context.req.param('format') === 'csv' ? 'csv' : 'xlsx'
    const isRanking = context.req.param('name') === 'ranking'
    const table = await reports.consistently(database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return null
      const places = await reports.unitsOf(session, run.as_of)
      const answer = isRanking ? await reports.timeToCash(session, run, [rankedBy(choice, places)], filterOf(choice)) : (await askTimeToCash(session, run, choice, places)).answer
      return groupsFile(answer, isRanking ? 'ranking' : 'time-to-cash', await reports.schemes(session), isShared, view)
    })
    return table === null ? reply(context, notFoundPage(view), 404) : downloadResponse(context, tableDownload(table, format))
  })
}

/** Asks for the strata chosen; where one of two lies inside the other, for the first alone. */
async function askTimeToCash(session: Session, run: reports.PublishedRun, choice: MeasureChoice, places: reports.Units): Promise<{ readonly answer: reports.TimeToCash; readonly isNested: boolean }> {
  const chosen = [choice.by, choice.and].filter((stratum) => stratum !== undefined)
  // Inside less than a province there is one province.
  const by = isBelowProvince(choice, places) ? chosen.filter((stratum) => stratum !== 'province') : chosen
  try {
    return { answer: await reports.timeToCash(session, run, by, filterOf(choice)), isNested: by.length < chosen.length }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'strata_nested') throw error
    return { answer: await reports.timeToCash(session, run, by.slice(0, 1), filterOf(choice)), isNested: true }
  }
}

function rankedBy(choice: MeasureChoice, places: reports.Units): Stratum {
  return choice.by === 'province' && !isBelowProvince(choice, places) ? 'province' : 'unit'
}

function isBelowProvince({ unit }: MeasureChoice, places: reports.Units): boolean {
  return unit !== undefined && places.province(unit) !== places.today(unit)
}

function filterOf({ period, scheme, unit }: MeasureChoice): reports.TimeToCashFilter {
  return { ...(period === undefined ? {} : { fromPeriod: period, toPeriod: period }), ...(scheme === undefined ? {} : { scheme }), ...(unit === undefined ? {} : { unit }) }
}

async function choicesOf(session: Session, choice: MeasureChoice, places: reports.Units): Promise<Choices> {
  return { periods: await reports.clockPeriods(session), schemes: await reports.schemes(session), places: placesToChoose(choice, places) }
}

/**
 * The provinces, and the communes of the one that is looked at, or of the only one. Null where no file names any, or where
 * they are too many to choose from: then the reader writes the code.
 */
function placesToChoose({ unit }: MeasureChoice, places: reports.Units): Choices['places'] {
  const provinces = places.provinces()
  const [only] = provinces
  const open = unit !== undefined ? places.province(unit) : provinces.length === 1 ? only : undefined
  const codes = provinces.flatMap((code) => [code, ...(code === open ? places.below(code) : [])])
  if (codes.length === 0 || codes.length > placesToChooseFrom) return null
  return codes.map((code) => ({ code, name: places.name(code), isInside: !provinces.includes(code) }))
}
