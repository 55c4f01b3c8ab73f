/**
 * Share against number of people, with the limits between which chance alone would keep nearly all places. A small place
 * far from the line may be chance, a large one not: what stands outside the limits is numbered and named beside it.
 *
 * The quiet places are one path of points without length, drawn as dots by its round ends: a country's communes stay a
 * few kilobytes.
 */
import { html } from 'hono/html'
import { scaleSqrt } from 'd3-scale'
import { line } from 'd3-shape'
import { count, percentage } from '../format.ts'
import { isolated, type Html, type View } from '../view.ts'
import { coordinate, gridColumn, gridLine, label, lineSample, path, plot, percent, span, spread, stretched, written, type Frame } from './plot.ts'
import { roundedDomain, verdictSign, type RankedPlace } from './ranking.ts'

/** What chance alone would leave inside, for places with so many people; decimals between 0 and 1. */
export interface FunnelLimits {
  readonly people: number
  readonly lower95: string
  readonly upper95: string
  readonly lower998: string
  readonly upper998: string
}

/** The places, the share of everybody and the limits, by rising number of people. */
export interface Funnel {
  readonly places: readonly RankedPlace[]
  readonly overall: string
  readonly limits: readonly FunnelLimits[]
  readonly shareName: string
}

const frame: Frame = { top: 30, height: 300 }
const labelHeight = 15
/** More numbers than these cover the picture. */
const numberLimit = 20

/** The picture with the names of the places outside; nothing where there is no place to show. */
export function funnelPlot(funnel: Funnel, view: View, identity: string): Html | string {
  const shown = funnel.places.filter((place) => place.share !== null)
  if (shown.length === 0) return ''
  const { words, language } = view
  const flagged = shown.filter((place) => place.verdict !== 'noise')
  const numberedPlaces = farthest(flagged, coordinate(funnel.overall))
  const most = Math.max(...shown.map(peopleOf))
  const x = scaleSqrt().domain([0, most]).range([0, span]).nice()
  const [least, top] = roundedDomain([...shown.map((place) => coordinate(place.share ?? '0')), coordinate(funnel.overall)])
  const y = (share: number): number => (frame.height * (top - share)) / (top - least)
  const inside = (share: number): number => Math.min(frame.height, Math.max(0, y(share)))
  const limit = (key: 'lower95' | 'upper95' | 'lower998' | 'upper998'): string | null =>
    line<FunnelLimits>().x((one) => x(one.people)).y((one) => inside(coordinate(one[key]))).digits(1)(funnel.limits.filter((one) => one.people <= most))
  const dots = shown.filter((place) => place.verdict === 'noise').map((place) => `M${written(x(peopleOf(place)))} ${written(y(coordinate(place.share ?? '0')))}h0`).join('')
  const overall = y(coordinate(funnel.overall))
  const levels = Array.from({ length: Math.round((top - least) * 10) + 1 }, (_, index) => least + index / 10)
  const pointOf = (place: RankedPlace): [number, number] => [x(peopleOf(place)) / span, frame.top + y(coordinate(place.share ?? '0'))]
  const about = { identity, height: frame.top + frame.height + 48, title: words.funnel.title, description: words.funnel.description(count(shown.length, language), percentage(funnel.overall, language), count(flagged.length, language)), className: 'tt-plot--funnel' }
  return html`<ul class="tt-legend"><li>${lineSample('tt-limit')}${words.funnel.limits95}</li><li>${lineSample('tt-limit tt-limit--far')}${words.funnel.limits998}</li><li>${lineSample('tt-plot__overall')}${words.funnel.overall(percentage(funnel.overall, language))}</li></ul>
${plot(about, [
    label(0, 14, funnel.shareName, view, { anchor: 'start', nudge: -46, className: 'tt-picture__aside' }),
    ...levels.map((share) => gridLine(frame.top + y(share), percentage(share.toFixed(4), language).replace(/[.,]0(?=%)/, ''), view)),
    ...columns(x, most).map((people) => gridColumn(x(people) / span, frame, count(people, language), view)),
    label(0, frame.top + frame.height + 40, words.funnel.people, view, { anchor: 'start', nudge: -46, className: 'tt-picture__aside' }),
    stretched(frame, [path(`M0 ${written(overall)}H${span}`, 'tt-plot__overall'), path(limit('lower95'), 'tt-limit'), path(limit('upper95'), 'tt-limit'), path(limit('lower998'), 'tt-limit tt-limit--far'), path(limit('upper998'), 'tt-limit tt-limit--far'), path(dots, 'tt-dots')]),
    ...flagged.filter((place) => !numberedPlaces.includes(place)).map((place) => mark(place, pointOf(place))),
    ...numbered(numberedPlaces, pointOf, view),
  ])}
${flagged.length === 0 ? html`<p class="govuk-body">${words.funnel.noneOutside}</p>` : html`<ol class="govuk-list tt-numbered">${numberedPlaces.map((place) => namedPlace(place, view))}</ol>${flagged.length === numberedPlaces.length ? '' : html`<p class="govuk-body-s">${words.funnel.more(count(flagged.length - numberedPlaces.length, language))}</p>`}`}`
}

/** The places outside, each with the number that stands in the list below; numbers that would meet are moved apart. */
function numbered(flagged: readonly RankedPlace[], at: (place: RankedPlace) => [number, number], view: View): Html[] {
  const points = flagged.map((place) => ({ place, point: at(place) }))
  return points.flatMap(({ place, point: [across, down] }, index) => {
    const near = points.map((other, place) => ({ place, point: other.point })).filter(({ point }) => Math.abs(point[0] - across) < 0.06)
    const places = spread(near.map(({ point }) => point[1] + 5), labelHeight, frame.top + 10, frame.top + frame.height + 4)
    const isAtEnd = across > 0.9
    return [
      mark(place, [across, down]),
      label(across, places[near.findIndex((one) => one.place === index)] ?? down, String(index + 1), view, { anchor: isAtEnd ? 'end' : 'start', nudge: isAtEnd ? -9 : 9, className: 'tt-plot__end' }),
    ]
  })
}

function mark(place: RankedPlace, [across, down]: readonly [number, number]): Html {
  const { drawn, className } = verdictSign(place.verdict)
  return html`<svg x="${percent(across)}" y="${written(down)}" class="tt-plot__at"><path d="${drawn}" class="${className}"/></svg>`
}

/** Those farthest outside for their size, as many as can be numbered, in the order given. */
function farthest(flagged: readonly RankedPlace[], overall: number): RankedPlace[] {
  const distance = (place: RankedPlace): number => Math.abs(coordinate(place.share ?? '0') - overall) * Math.sqrt(peopleOf(place))
  const kept = new Set([...flagged].sort((a, b) => distance(b) - distance(a)).slice(0, numberLimit))
  return flagged.filter((place) => kept.has(place))
}

function namedPlace(place: RankedPlace, view: View): Html {
  const { words, language } = view
  const name = place.href === null ? html`<bdi>${place.name}</bdi>` : html`<a class="govuk-link" href="${place.href}"><bdi>${place.name}</bdi></a>`
  return html`<li>${name} · ${isolated(words.funnel.shareOf(percentage(place.share ?? '0', language), count(place.people, language)))} · ${words.ranking.verdicts[place.verdict]}</li>`
}

/** A few round numbers of people for the axis, far enough apart to be read on a phone. */
function columns(x: (people: number) => number, most: number): number[] {
  const candidates = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000, 10_000_000]
  const chosen: number[] = []
  for (const people of candidates.filter((one) => one <= most).reverse()) {
    const last = chosen.at(-1)
    if (last === undefined || x(last) - x(people) >= 200) chosen.push(people)
  }
  return chosen
}

function peopleOf(place: RankedPlace): number {
  return coordinate(String(place.people))
}
