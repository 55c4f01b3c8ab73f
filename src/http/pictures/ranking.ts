/**
 * Places in the order of a share, each with its interval as a whisker beside the line of all of them, in the table that
 * holds the numbers. Only those beyond chance stand out, by shape and word; the others share one quiet colour, because
 * their order says nothing.
 */
import { html } from 'hono/html'
import { scaleLinear } from 'd3-scale'
import { symbol, symbolCircle, symbolTriangle } from 'd3-shape'
import { count, percentage } from '../format.ts'
import { barPen, between, rowDrawing, scaleRow, type BarPen } from './bars.ts'
import { coordinate } from './plot.ts'
import { isolated, listed, type Html, type View } from '../view.ts'

/** How a place compares with all: beyond chance, or not told apart from it. */
export type Verdict = 'above' | 'below' | 'noise'

/** One place; share null where it has fewer than five people or nobody was followed, so that nothing is said of it. */
export interface RankedPlace {
  readonly name: string
  readonly href: string | null
  readonly people: number | string
  readonly share: string | null
  readonly lower: string | null
  readonly upper: string | null
  readonly verdict: Verdict
}

/** What the picture compares, and the share of everybody. */
export interface Ranking {
  readonly places: readonly RankedPlace[]
  readonly overall: string
  /** What the share is of, as a column's name: "within 7 days". */
  readonly shareName: string
  readonly placeName: string
}

const rowHeight = 26
const middle = rowHeight / 2

/** The table with its picture; nothing where there is no place. */
export function rankingPicture(ranking: Ranking, view: View): Html | string {
  if (ranking.places.length === 0) return ''
  const { words, language } = view
  const shown = ranking.places.filter((place) => place.share !== null)
  const silent = ranking.places.filter((place) => place.share === null)
  const [least, most] = domainOf(shown, ranking.overall)
  const pen = barPen(view)
  const ticks = scaleLinear().domain([least, most]).ticks(4)
  const overall = between(least, most, coordinate(ranking.overall))
  const scale = rowDrawing(view, 38, [
    ...ticks.map((tick) => pen.text(between(least, most, tick), 33, percentage(String(tick), language).replace(/[.,]0(?=%)/, ''), 'tt-plot__tick')),
    pen.text(overall, 13, words.ranking.overall(percentage(ranking.overall, language)), 'tt-plot__end'),
  ])
  const numeric = 'govuk-table__header--numeric'
  return html`<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${words.ranking.title}. ${words.ranking.description(percentage(ranking.overall, language))}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${ranking.placeName}</th><th scope="col" class="govuk-table__header ${numeric}">${words.ranking.people}</th><th scope="col" class="govuk-table__header ${numeric}">${ranking.shareName}</th><th scope="col" class="govuk-table__header tt-drawn">${words.ranking.axis}</th><th scope="col" class="govuk-table__header">${words.ranking.verdict}</th></tr></thead>
<tbody class="govuk-table__body">${scaleRow(3, 1, scale)}${shown.map((place) => placeRow(place, { least, most, ticks, overall, pen }, ranking, view))}</tbody></table>
${silent.length === 0 ? '' : html`<p class="govuk-body-s">${words.ranking.tooFew(listed(silent.map((place) => isolated(place.name)), view))}</p>`}`
}

/** The shape and class of a verdict, the same in the ranking and in the funnel plot. */
export function verdictSign(verdict: Verdict): { readonly drawn: string; readonly className: string } {
  const drawn = symbol(verdict === 'noise' ? symbolCircle : symbolTriangle, verdict === 'noise' ? 34 : 76)() ?? ''
  // d3 has no triangle that stands on its point.
  return { drawn: verdict === 'below' ? drawn.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, across: string, down: string) => `${across},${down.startsWith('-') ? down.slice(1) : `-${down}`}`) : drawn, className: `tt-verdict tt-verdict--${verdict}` }
}

interface Drawing {
  readonly least: number
  readonly most: number
  readonly ticks: readonly number[]
  readonly overall: number
  readonly pen: BarPen
}

function placeRow(place: RankedPlace, drawing: Drawing, ranking: Ranking, view: View): Html {
  const { words, language } = view
  const name = place.href === null ? html`<bdi>${place.name}</bdi>` : html`<a class="govuk-link" href="${place.href}"><bdi>${place.name}</bdi></a>`
  const interval = place.lower === null || place.upper === null ? '' : html`<span class="tt-under">${words.ranking.interval(percentage(place.lower, language), percentage(place.upper, language, 'up'))}</span>`
  const share = html`<span>${percentage(place.share ?? '0', language)}${interval}</span>`
  const verdict = place.verdict === 'noise' ? html`<span class="tt-quiet">${words.ranking.verdicts.noise}</span>` : html`<strong class="tt-verdict-word tt-verdict-word--${place.verdict}">${words.ranking.verdicts[place.verdict]}</strong>`
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name}</th>
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.ranking.people}">${count(place.people, language)}</td><td class="govuk-table__cell govuk-table__cell--numeric" data-label="${ranking.shareName}">${share}</td>
<td class="govuk-table__cell tt-drawn">${rowDrawing(view, rowHeight, whiskers(place, drawing))}</td><td class="govuk-table__cell" data-label="${words.ranking.verdict}">${verdict}</td></tr>`
}

function whiskers(place: RankedPlace, { least, most, ticks, overall, pen }: Drawing): Html[] {
  const at = (share: string): number => between(least, most, coordinate(share))
  const parts = [...ticks.map((tick) => pen.upright(between(least, most, tick), 0, rowHeight, 'tt-plot__grid')), pen.upright(overall, 0, rowHeight, 'tt-plot__overall')]
  if (place.lower !== null && place.upper !== null) parts.push(pen.level(at(place.lower), at(place.upper), middle, `tt-reach tt-reach--${place.verdict}`))
  const { drawn, className } = verdictSign(place.verdict)
  return [...parts, pen.shape(at(place.share ?? '0'), middle, drawn, className)]
}

/** From a round number below the lowest interval to one above the highest: dots, unlike bars, need no zero. */
function domainOf(places: readonly RankedPlace[], overall: string): [number, number] {
  const shares = places.flatMap((place) => [place.share, place.lower, place.upper]).filter((share) => share !== null).map(coordinate)
  return roundedDomain([...shares, coordinate(overall)])
}

/** The tenths around some shares, at least two of them. */
export function roundedDomain(shares: readonly number[]): [number, number] {
  const tenths = (share: number): number => Math.round(share * 10) / 10
  const most = Math.min(1, Math.max(0.2, Math.ceil(Math.max(...shares) * 10) / 10))
  const least = Math.max(0, Math.floor(Math.min(...shares) * 10) / 10)
  return [tenths(Math.min(least, most - 0.2)), tenths(most)]
}
