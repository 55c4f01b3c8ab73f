/** Can the lists be trusted: four scores, what drags each down, the places with most to look at, and the named remainder. */
import { html } from 'hono/html'
import { count, day, month } from '../format.ts'
import { barPen, rowDrawing } from '../pictures/bars.ts'
import { address, unitName, type Html, type View } from '../view.ts'
import { figure, figuresRow, figuresTable, named, shareFigure } from '../page-parts/cells.ts'
import { exportLinks, measureForm, type Choices } from './parts.ts'
import { qualities, qualityFaults, type DataQuality, type DataQualityRow, type Quality, type QualityFault, type Score } from '../../reports/index.ts'
import type { MeasureChoice } from '../place.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface DataQualityView {
  readonly answer: DataQuality
  readonly by: 'unit' | 'province'
  readonly choice: MeasureChoice
  readonly choices: Choices
  readonly isWhole: boolean
  /** The place that all of it lies in; absent where it is several provinces, which have no common work list. */
  readonly place: string | undefined
}

const rowLimit = 100

/** The page. */
export function dataQualityPage(shown: DataQualityView, view: View): Page {
  const { words, language } = view
  const { dataQuality: texts } = words.measures
  const { answer, choice } = shown
  const form = measureForm('/data-quality', { ...choice, period: answer.benefit_period, by: shown.by }, shown.choices, { unit: true, scheme: false, strata: ['province', 'unit'], isTwofold: false, everyPeriod: false }, view)
  const caption = html`<span class="govuk-caption-l">${words.overview.asOf(day(answer.as_of, language))} · ${month(answer.benefit_period, language)}</span><h1 class="govuk-heading-l">${texts.title}</h1>`
  if (answer.all.people_count === 0) return { title: texts.title, main: html`${caption}<p class="tt-lead">${words.measures.coverage.empty}</p>${form}`, section: 'measures', measure: 'dataQuality' }
  const main = html`${caption}
<p class="tt-lead">${headline(answer, view)}</p>
<p class="govuk-body">${texts.sentence}</p>
${form}
<section aria-labelledby="scores"><h2 class="govuk-heading-m" id="scores">${texts.scoresTitle}</h2><div class="tt-picture-frame">${scoreTable(shown, view)}</div></section>
${faultSection(shown, view)}
${places(shown, view)}
${exportLinks('/data-quality', { ...choice, period: answer.benefit_period }, view)}`
  return { title: texts.title, main, section: 'measures', measure: 'dataQuality' }
}

/** The score with the smallest share first: it is where to begin. Each is of those of whom it can be told. */
function headline({ all }: DataQuality, view: View): string {
  const { dataQuality: texts } = view.words.measures
  const { language } = view
  const told = qualities.flatMap((quality) => {
    const { good_count: good, of_count: of } = all.scores[quality]
    return of === null || of === good ? [] : [{ quality, good, of }]
  })
  const [worst] = told.sort((first, second) => first.good * second.of - second.good * first.of)
  if (worst === undefined) return texts.headlineNone(count(all.people_count, language))
  return texts.headline(texts.names[worst.quality], count(worst.of - worst.good, language), count(worst.of, language))
}

/** The people behind what is missing of a score; null where nobody can tell. */
function remainderOf({ good_count: good, of_count: of }: Score): number | null {
  return of === null ? null : of - good
}

function scoreTable({ answer, place }: DataQualityView, view: View): Html {
  const { measures } = view.words
  const { dataQuality: texts } = measures
  const { language } = view
  const pen = barPen(view)
  const rows = qualities.map((quality) => {
    const score = answer.all.scores[quality]
    const left = remainderOf(score)
    const title = html`<strong>${texts.names[quality]}</strong><span class="tt-under">${texts.explained[quality]}</span>`
    if (score.of_count === null || left === null) return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${title}</th><td class="govuk-table__cell tt-drawn"></td>${figure(texts.score, texts.cannotTell)}<td class="govuk-table__cell tt-nothing"></td></tr>`
    const length = score.of_count === 0 ? 0 : score.good_count / score.of_count
    const people = peopleAddress(place, answer.benefit_period, quality)
    const remainder = left === 0 || people === null ? count(left, language) : html`<a class="govuk-link" href="${people}">${count(left, language)}<span class="govuk-visually-hidden"> ${texts.remainderOf(texts.names[quality])}</span></a>`
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${title}</th><td class="govuk-table__cell tt-drawn">${rowDrawing(view, 30, [pen.bar(0, 1, 5, 20, 'tt-tone-track'), pen.bar(length, 1, 5, 20, 'tt-lost'), pen.bar(0, length, 5, 20, 'tt-tone-credited')])}</td>${shareFigure(texts.score, score.good_count, score.of_count, view)}${figure(texts.remainder, remainder)}</tr>`
  })
  return html`<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${texts.scoresTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${texts.quality}</th><th scope="col" class="govuk-table__header tt-drawn">${texts.axis}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${texts.score}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${texts.remainder}</th></tr></thead>
<tbody class="govuk-table__body">${rows}</tbody></table>`
}

/** The named remainder, where one place is looked at. */
function peopleAddress(unit: string | undefined, period: string, quality?: Quality): string | null {
  return unit === undefined ? null : address('/data-quality/people', { unit, period, quality })
}

function faultSection({ answer }: DataQualityView, view: View): Html | string {
  const { dataQuality: texts } = view.words.measures
  const { language } = view
  const faults = (Object.entries(answer.all.faults) as [QualityFault, number][]).sort(([, first], [, second]) => second - first)
  if (faults.length === 0) return ''
  const rows = faults.map(([fault, people]) => figuresRow(texts.faults[fault], [
    html`<td class="govuk-table__cell" data-label="${texts.quality}">${texts.names[qualityFaults[fault]]}</td>`,
    figure(texts.people, count(people, language)),
  ]))
  return html`<section aria-labelledby="faults"><h2 class="govuk-heading-m" id="faults">${texts.faultsTitle}</h2><p class="govuk-body">${texts.faultsSentence}</p>${figuresTable(texts.faultsTitle, [{ label: texts.fault }, { label: texts.quality }, { label: texts.people, isNumber: true }], rows)}</section>`
}

function places({ answer, by, choice, isWhole }: DataQualityView, view: View): Html | string {
  const { measures } = view.words
  const { dataQuality: texts } = measures
  const { language } = view
  if (answer.rows.length === 0) return ''
  const rows = isWhole ? answer.rows : answer.rows.slice(0, rowLimit)
  const score = (quality: Quality, { scores }: DataQualityRow): Html => {
    const { good_count: good, of_count: of } = scores[quality]
    return of === null ? figure(texts.names[quality], texts.cannotTell) : shareFigure(texts.names[quality], good, of, view)
  }
  const row = (one: DataQualityRow): Html => {
    const name = unitName(one.unit_code, one.unit_name, view)
    const inside = by === 'province' ? address('/data-quality', { ...choice, by: 'unit', unit: one.unit_code }) : address('/data-quality/people', { unit: one.unit_code, period: answer.benefit_period })
    return figuresRow(named(name, inside), [...qualities.map((quality) => score(quality, one)), figure(texts.people, count(one.people_count, language))])
  }
  return html`<section aria-labelledby="places"><h2 class="govuk-heading-m" id="places">${texts.placesTitle}</h2><p class="govuk-body">${texts.placesSentence}</p>
${rows.length === answer.rows.length ? '' : html`<p class="govuk-body">${measures.coverage.shortened(count(rows.length, language), count(answer.rows.length, language))} <a class="govuk-link" href="${address('/data-quality', { ...choice, all: '1' })}">${measures.ranking.all}</a></p>`}
${figuresTable(texts.placesTitle, [{ label: measures.strata[by] }, ...qualities.map((quality) => ({ label: texts.names[quality], isNumber: true })), { label: texts.people, isNumber: true }], rows.map(row))}</section>`
}
