/**
 * One share month by month, or day by day, with its interval, beside the line it should reach: is it getting better?
 *
 * The axis always spans 0 to 100 %: a zoomed one makes a mountain of every wobble. Months of which nothing is known leave
 * a gap.
 */
import { html } from 'hono/html'
import { scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { percentage } from '../format.ts'
import { listed, type Html, type View } from '../view.ts'
import { coordinate, gridColumn, gridLine, label, lineSample, path, plot, sign, span, stretched, whisker, written, type Frame } from './plot.ts'

/** One month or day; share null where nothing is known of it. */
export interface TrendPoint {
  /** What tells it from the others: `YYYY-MM` or `YYYY-MM-DD`. */
  readonly time: string
  /** Short, for the axis: letters enough for a phone. */
  readonly label: string
  /** As a sentence names it. */
  readonly name: string
  readonly share: string | null
  readonly lower: string | null
  readonly upper: string | null
}

/** The points in their order, what is measured, and where it should be; null without a target. */
export interface Trend {
  readonly points: readonly TrendPoint[]
  readonly shareName: string
  readonly target: { readonly share: string; readonly name: string } | null
}

const frame: Frame = { top: 42, height: 190 }
/** So many labels fit under a phone's picture. */
const labelLimit = 4
/** With more points than these the signs would hide the line: only the last one has its own. */
const signLimit = 31

/** The picture; nothing while nothing is known. */
export function trendPicture({ points, shareName, target }: Trend, view: View, identity: string): Html | string {
  const known = points.filter((one) => one.share !== null)
  if (known.length === 0) return ''
  const { words, language } = view
  const x = scalePoint().domain(points.map((one) => one.time)).range([0, span]).padding(0.5)
  const across = (time: string): number => (x(time) ?? 0) / span
  const y = (share: number): number => frame.height * (1 - share)
  const drawn = line<TrendPoint>().defined((one) => one.share !== null).x((one) => across(one.time) * span).y((one) => y(coordinate(one.share ?? '0'))).digits(1)(points)
  const every = Math.ceil(points.length / labelLimit)
  const columns = points.filter((_, index) => (points.length - 1 - index) % every === 0)
  const last = known.at(-1)
  const said = known.map((one) => words.trend.ofMonth(one.name, percentage(one.share ?? '0', language)))
  const about = { identity, height: frame.top + frame.height + 28, title: words.trend.title(shareName), description: listed(said, view), className: 'tt-plot--trend' }
  return html`${target === null ? '' : html`<ul class="tt-legend"><li>${lineSample('tt-target')}${target.name}</li></ul>`}${plot(about, [
    label(0, 14, shareName, view, { anchor: 'start', nudge: -46, className: 'tt-picture__aside' }),
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(frame.top + y(share), percentage(String(share), language).replace(/[.,]0(?=%)/, ''), view, share === 0 ? 'tt-plot__base' : 'tt-plot__grid')),
    ...columns.map((one) => gridColumn(across(one.time), frame, one.label, view)),
    stretched(frame, [target === null ? html`` : path(`M0 ${written(y(coordinate(target.share)))}H${span}`, 'tt-target'), path(drawn, 'tt-stroke tt-series-1')]),
    ...(known.length > signLimit ? known.slice(-1) : known).flatMap((one) => [
      one.lower === null || one.upper === null ? html`` : whisker(across(one.time), 0, frame.top + y(coordinate(one.upper)), frame.top + y(coordinate(one.lower)), 'tt-whisker tt-series-1'),
      sign(0, across(one.time), frame.top + y(coordinate(one.share ?? '0'))),
    ]),
    last === undefined ? html`` : label(across(last.time), lastLabelAt(last, target, y), percentage(last.share ?? '0', language), view, { className: 'tt-plot__end' }),
  ])}`
}

/** Over the last point and its interval; under them where the line of the target would run through it. */
function lastLabelAt({ share, lower, upper }: TrendPoint, target: Trend['target'], y: (share: number) => number): number {
  const top = coordinate(upper ?? share ?? '0')
  const isCrossed = target !== null && coordinate(target.share) >= top && coordinate(target.share) < top + 0.14
  return isCrossed ? frame.top + y(coordinate(lower ?? share ?? '0')) + 22 : frame.top + y(top) - 9
}
