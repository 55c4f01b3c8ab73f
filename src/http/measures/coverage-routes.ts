/** The addresses of coverage and of the quality of the lists: the figures, the people behind them by name, and both as files. */
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { coverageFile, qualityFile, qualityPeopleFile, uncoveredFile } from './coverage-tables.ts'
import { choicesOf, type MeasureRoutes, type Places } from './choices.ts'
import { coveragePage, type CoverageView } from './coverage.ts'
import { dataQualityPage } from './data-quality.ts'
import { peoplePerPage, qualityPeoplePage, uncoveredPage, type RemainderView } from './remainder.ts'
import { UnreadableAddress, type MeasureChoice, type MeasureQuery } from '../place.ts'

/** Adds the pages and files. */
export function addCoverageRoutes({ page, files }: MeasureRoutes): void {
  page('/coverage', async (session, run, { query: { choice, isWhole }, places, view }) => {
    const { answer, level } = await askCoverage(session, run, choice, places)
    const place = placeOf(choice, places)
    const target = await reports.campaignOf(session, run, places.units, { unit: place, scheme: choice.scheme })
    const progress = target === null ? [] : await reports.coverageByDay(session, run, { fromDate: target.start_date, ...(place === undefined ? {} : { unit: place }), ...(choice.scheme === undefined ? {} : { scheme: choice.scheme }) })
    const access = await reports.access(session, run, { benefitPeriod: answer.benefit_period, ...(choice.unit === undefined ? {} : { unit: choice.unit }) })
    return coveragePage({ answer, level, target, progress, access, choice, isWhole, place, choices: await choicesOf(session, choice, places) }, view)
  })
  files('/coverage', async (session, run, { query: { choice, isShared }, places, view }) => {
    return coverageFile(await askCoverage(session, run, choice, places), isShared, view)
  })
  page('/coverage/people', async (session, run, { query, places, view }) => {
    const asked = await placeAsked(session, run, query, places)
    const { rows, hasMore } = await uncovered(session, run, asked, query.village, asked.pageNumber * peoplePerPage)
    return uncoveredPage({ ...(await remainder(session, run, asked, rows.slice((asked.pageNumber - 1) * peoplePerPage), hasMore)), village: query.village }, view)
  })
  files('/coverage/people', async (session, run, { query, places, view }) => {
    const asked = await placeAsked(session, run, query, places)
    return uncoveredFile((await uncovered(session, run, asked, query.village, mostPeople)).rows, asked.units, view)
  })

  page('/data-quality', async (session, run, { query: { choice, isWhole }, places, view }) => {
    const { answer, by } = await askQuality(session, run, choice, places)
    return dataQualityPage({ answer, by, choice, isWhole, place: placeOf(choice, places), choices: await choicesOf(session, choice, places) }, view)
  })
  files('/data-quality', async (session, run, { query: { choice, isShared }, places, view }) => {
    return qualityFile(await askQuality(session, run, choice, places), isShared, view)
  })
  page('/data-quality/people', async (session, run, { query, places, view }) => {
    const { period, unit, units, pageNumber } = await placeAsked(session, run, query, places)
    const all = await reports.qualityPeople(session, run, { benefitPeriod: period, unit, ...(query.quality === undefined ? {} : { quality: query.quality }) })
    const shown = all.slice((pageNumber - 1) * peoplePerPage, pageNumber * peoplePerPage)
    return qualityPeoplePage({ ...(await remainder(session, run, { period, unit, units, pageNumber }, shown, all.length > pageNumber * peoplePerPage)), quality: query.quality }, view)
  })
  files('/data-quality/people', async (session, run, { query: { quality, ...query }, places, view }) => {
    const { period, unit, units } = await placeAsked(session, run, query, places)
    return qualityPeopleFile(await reports.qualityPeople(session, run, { benefitPeriod: period, unit, ...(quality === undefined ? {} : { quality }) }), units, view)
  })
}

/** A list of more people than these is no work list; a commune has some thousands. */
const mostPeople = 100_000

/**
 * The first so many people of a place who are left, or of one of its villages. The pages before are read again: a place in
 * the list would have to name a person, and no address does.
 */
async function uncovered(session: Session, run: reports.PublishedRun, { period, unit }: PlaceAsked, village: string | null | undefined, size: number): Promise<{ readonly rows: readonly reports.UncoveredPerson[]; readonly hasMore: boolean }> {
  const all = await reports.uncoveredPeople(session, run, { benefitPeriod: period, unit }, null, village === undefined ? size : mostPeople)
  if (village === undefined) return all
  const rows = all.rows.filter((person) => person.village === village)
  return { rows: rows.slice(0, size), hasMore: rows.length > size }
}

/** The month asked for, else the one that people mean by "now"; before the first credit that of the run. */
async function monthOf(session: Session, run: reports.PublishedRun, { period }: MeasureChoice): Promise<string> {
  return period ?? (await reports.currentPeriod(session)) ?? run.as_of.slice(0, 7)
}

async function askCoverage(session: Session, run: reports.PublishedRun, choice: MeasureChoice, { units, provinces }: Places): Promise<Pick<CoverageView, 'answer' | 'level'>> {
  const { scheme, unit } = choice
  const level = choice.by === 'province' || choice.by === 'village' || choice.by === 'unit' ? choice.by : levelBelow(unit, { units, provinces })
  const answer = await reports.coverage(session, run, level, { benefitPeriod: await monthOf(session, run, choice), ...(scheme === undefined ? {} : { scheme }), ...(unit === undefined ? {} : { unit }) })
  return { answer, level }
}

/** The place asked for, else the only province. */
function placeOf({ unit }: MeasureChoice, { provinces }: Places): string | undefined {
  return unit ?? (provinces.length === 1 ? provinces[0] : undefined)
}

/** The places right below the one that is looked at. */
function levelBelow(unit: string | undefined, { units, provinces }: Pick<Places, 'units' | 'provinces'>): CoverageView['level'] {
  if (unit === undefined) return provinces.length > 1 ? 'province' : 'unit'
  return units.below(unit).length === 0 ? 'village' : 'unit'
}

async function askQuality(session: Session, run: reports.PublishedRun, choice: MeasureChoice, { provinces }: Places): Promise<{ readonly answer: reports.DataQuality; readonly by: 'unit' | 'province' }> {
  const by = choice.by === 'province' || (choice.by === undefined && choice.unit === undefined && provinces.length > 1) ? 'province' : 'unit'
  return { answer: await reports.dataQuality(session, run, { benefitPeriod: await monthOf(session, run, choice), by, ...(choice.unit === undefined ? {} : { unit: choice.unit }) }), by }
}

interface PlaceAsked {
  readonly period: string
  readonly unit: string
  readonly units: reports.Units
  readonly pageNumber: number
}

/** @throws UnreadableAddress without a place: a whole country's people are nobody's work list */
async function placeAsked(session: Session, run: reports.PublishedRun, { choice, pageNumber }: Pick<MeasureQuery, 'choice' | 'pageNumber'>, { units }: Places): Promise<PlaceAsked> {
  if (choice.unit === undefined) throw new UnreadableAddress('unit')
  return { period: await monthOf(session, run, choice), unit: choice.unit, units, pageNumber }
}

async function remainder<P extends { readonly person_key: string }>(session: Session, run: reports.PublishedRun, { period, unit, units, pageNumber }: PlaceAsked, people: readonly P[], hasMore: boolean): Promise<RemainderView<P>> {
  const addresses = await reports.personAddresses(session)
  const code = units.today(unit)
  return { asOf: run.as_of, benefitPeriod: period, unit: { code, name: units.name(code) }, people, placeName: (one) => units.name(one), personAddress: (key) => addresses.of(key), pageNumber, hasMore }
}
