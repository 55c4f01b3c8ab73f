/** A work list of people by name: who still has no usable account, or whose entry in the lists should be looked at; each leads to the person's page. */
import { html } from 'hono/html'
import { count, day, month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, unitName, type Html, type View } from '../view.ts'
import { figuresRow, figuresTable, named, words as wordsCell } from '../page-parts/cells.ts'
import { needsText } from '../outreach/pack.ts'
import { needsOf, type Quality, type QualityPerson, type UncoveredPerson } from '../../reports/index.ts'
import type { MeasurePage, Page } from '../layout.ts'

/** What a work list has besides its people. */
export interface RemainderView<P> {
  readonly asOf: string
  readonly benefitPeriod: string
  readonly unit: { readonly code: string; readonly name: string | null }
  readonly people: readonly P[]
  /** The name of the unit of today that each person lives in. */
  readonly placeName: (unitCode: string) => string | null
  /** The address of each person's page; null where there is none. */
  readonly personAddress: (personKey: string) => string | null
  /** Counted from 1. */
  readonly pageNumber: number
  readonly hasMore: boolean
}

/** The people of a place who have neither a usable account nor an exemption. */
export function uncoveredPage(shown: RemainderView<UncoveredPerson> & { readonly village: string | null | undefined }, view: View): Page {
  const { measures, values } = view.words
  const { people: texts } = measures
  const columns = [texts.name, texts.village, texts.born, texts.account, texts.channel, texts.payee, texts.needs].map((label) => ({ label }))
  const rows = shown.people.map((person) => figuresRow(nameOf(person, shown), [
    wordsCell(texts.village, place(person, shown, view)), wordsCell(texts.born, person.birth_year === null ? null : String(person.birth_year)), wordsCell(texts.account, wordFor(measures.accountStates, person.account_state)),
    wordsCell(texts.channel, wordFor(values, person.payment_channel)), wordsCell(texts.payee, person.payee_name === null ? null : html`<bdi>${person.payee_name}</bdi>`), wordsCell(texts.needs, needsText(needsOf(person.needs), view) || null),
  ]))
  return remainderPage(shown, { title: measures.coverage.peopleTitle, empty: measures.coverage.nobodyLeft, back: address('/coverage', { unit: shown.unit.code, period: shown.benefitPeriod }), backText: measures.pages.coverage, path: '/coverage/people', query: { village: shown.village === null ? '-' : shown.village }, inside: shown.village === null ? measures.coverage.noVillage : shown.village, measure: 'coverage' }, figuresTable(measures.coverage.peopleTitle, columns, rows), view)
}

/** The people of a place whose entry takes from a score. */
export function qualityPeoplePage(shown: RemainderView<QualityPerson> & { readonly quality: Quality | undefined }, view: View): Page {
  const { measures } = view.words
  const { people: texts, dataQuality } = measures
  const columns = [texts.name, texts.village, texts.faults].map((label) => ({ label }))
  const rows = shown.people.map((person) => {
    const faults = person.faults.map((fault) => html`<span class="tt-reason">${dataQuality.faults[fault]}${fault === 'name_differs' && person.register_name !== null ? html` (<bdi>${person.register_name}</bdi>)` : ''}</span>`)
    return figuresRow(nameOf(person, shown), [wordsCell(texts.village, place(person, shown, view)), wordsCell(texts.faults, html`${faults}`)])
  })
  const title = shown.quality === undefined ? dataQuality.peopleTitle : dataQuality.peopleOf(dataQuality.names[shown.quality])
  return remainderPage(shown, { title, empty: dataQuality.nobodyLeft, back: address('/data-quality', { unit: shown.unit.code, period: shown.benefitPeriod }), backText: measures.pages.dataQuality, path: '/data-quality/people', query: { quality: shown.quality }, measure: 'dataQuality' }, figuresTable(title, columns, rows), view)
}

interface About {
  readonly title: string
  readonly empty: string
  readonly back: string
  readonly backText: string
  readonly path: string
  readonly query: Readonly<Record<string, string | undefined>>
  /** The part of the place that the list is of; absent: all of it. */
  readonly inside?: string | undefined
  readonly measure: MeasurePage
}

function remainderPage<P>(shown: RemainderView<P>, about: About, table: Html, view: View): Page {
  const { words, language } = view
  const { people: texts } = words.measures
  const query = { ...about.query, unit: shown.unit.code, period: shown.benefitPeriod }
  const page = (number: number): string => address(about.path, { ...query, page: number === 1 ? undefined : String(number) })
  const first = (shown.pageNumber - 1) * peoplePerPage + 1
  const link = (path: string, text: string, relation: string): Html => html`<li><a class="govuk-link tt-next" rel="${relation}" href="${path}">${text}</a></li>`
  const main = html`<a class="govuk-back-link" href="${about.back}">${about.backText}</a>
<span class="govuk-caption-l">${words.overview.asOf(day(shown.asOf, language))} · ${month(shown.benefitPeriod, language)}</span>
<h1 class="govuk-heading-l">${about.title}</h1>
<p class="tt-lead">${about.inside === undefined ? '' : html`<bdi>${about.inside}</bdi> · `}<bdi>${unitName(shown.unit.code, shown.unit.name, view)}</bdi></p>
${shown.people.length === 0 ? html`<p class="govuk-body">${about.empty}</p>` : html`<p class="govuk-body">${texts.range(count(first, language), count(first + shown.people.length - 1, language))} ${texts.sentence}${about.measure === 'coverage' ? html` <a class="govuk-link" href="${address('/outreach', { unit: shown.unit.code })}">${texts.outreach}</a>` : ''}</p>${table}`}
${shown.pageNumber === 1 && !shown.hasMore ? '' : html`<nav class="tt-pages" aria-label="${texts.pages}"><ul>${shown.pageNumber > 1 ? link(page(shown.pageNumber - 1), words.findings.previous, 'prev') : ''}${shown.hasMore ? link(page(shown.pageNumber + 1), words.findings.next, 'next') : ''}</ul></nav>`}
${shown.people.length === 0 ? '' : html`<p class="govuk-body-s tt-exports"><strong>${words.measures.exports.title}:</strong> <a class="govuk-link" href="${address(`${about.path}.csv`, { ...query, lang: language })}">${words.measures.exports.csv}</a> · <a class="govuk-link" href="${address(`${about.path}.xlsx`, { ...query, lang: language })}">${words.measures.exports.xlsx}</a>. ${texts.exportNote}</p>`}`
  return { title: about.title, main, section: 'measures', measure: about.measure }
}

/** How many people one page of a work list holds. */
export const peoplePerPage = 50

function nameOf({ beneficiary_name: name, person_key: key }: { readonly beneficiary_name: string; readonly person_key: string }, { personAddress }: Pick<RemainderView<never>, 'personAddress'>): Html {
  const person = personAddress(key)
  return named(name, person === null ? null : `/persons/${person}`)
}

/** The village, and the unit it lies in where the list is of more than one. */
function place({ village, unit_code: unit }: { readonly village: string | null; readonly unit_code: string }, shown: RemainderView<unknown>, view: View): Html {
  const name = html`<bdi>${village ?? view.words.measures.coverage.noVillage}</bdi>`
  return unit === shown.unit.code ? name : html`${name}<span class="tt-under">${unitName(unit, shown.placeName(unit), view)}</span>`
}
