/**
 * How soon money is in hand: the share of people who had withdrawn after so many days, one rising line for each group
 * with its interval, up to six on one picture, more of them each on a small one beside the line of all.
 *
 * Days are drawn by their square root: most of what matters happens in the first week, which on an even axis to day 30
 * would be a quarter of the picture and on a phone a centimetre. The labels and the words under the axis say so.
 */
import { html } from 'hono/html'
import { scaleSqrt } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import { percentage } from '../format.ts'
import { listed, type Html, type View } from '../view.ts'
import { coordinate, gridColumn, gridLine, label, legend, path, plot, seriesClass, seriesLimit, sign, span, spread, stretched, whisker, type Frame } from './plot.ts'

/** A day on which the share rises, or its interval changes; decimals between 0 and 1, null where no interval is defined. */
export interface CurveStep {
  readonly day: number
  readonly share: string
  readonly lower: string | null
  readonly upper: string | null
}

/** One group's line. */
export interface Curve {
  readonly name: string
  /** In the order of days; before the first of them nobody had withdrawn. */
  readonly steps: readonly CurveStep[]
  /** The last day on which anybody was still followed: beyond it nothing is known and nothing drawn. */
  readonly lastDay: number
}

/** The days that are named everywhere: in the picture, its table and the headline. */
export const markedDays = [1, 3, 7, 30] as const
const horizon = 30
const axisDays = [0, 1, 3, 7, 14, 30] as const
const axisShares = [0, 0.25, 0.5, 0.75, 0.9, 1] as const
const frame: Frame = { top: 30, height: 270 }
const smallFrame: Frame = { top: 8, height: 96 }
/** With more bands than these on one another none can be seen. */
const bandLimit = 3
const labelHeight = 17

/** The picture of up to six groups, with its key. Nothing when there is no group. */
export function curvePicture(curves: readonly Curve[], view: View, identity: string): Html | string {
  if (curves.length === 0) return ''
  if (curves.length > seriesLimit) throw new RangeError('more lines than signs: draw curvePanels')
  const { words } = view
  const hasBands = curves.length <= bandLimit
  const { y } = scales(frame)
  const paths = curves.flatMap((curve, index) => [hasBands ? band(curve, frame, `tt-band ${seriesClass(index)}`) : html``, path(stepLine(curve, frame), `tt-stroke ${seriesClass(index)}`)])
  const about = { identity, height: frame.top + frame.height + 66, title: words.curve.title, description: description(curves, view), className: 'tt-plot--curve' }
  return html`${legend(curves.map((curve) => curve.name), [hasBands ? words.curve.bands : words.curve.whiskers, words.curve.cut])}${plot(about, [
    label(0, 14, words.curve.share, view, { anchor: 'start', nudge: -46, className: 'tt-picture__aside' }),
    ...axisShares.map((share) => gridLine(frame.top + y(share), percentageOf(share, view), view, share === 0 ? 'tt-plot__base' : 'tt-plot__grid')),
    ...axisDays.map((day) => gridColumn(across(day), frame, String(day), view, day === 0 ? 'tt-plot__base' : 'tt-plot__grid')),
    ...[words.curve.days, words.curve.widened].map((text, line) => label(0, frame.top + frame.height + 41 + 17 * line, text, view, { anchor: 'start', nudge: -46, className: 'tt-picture__aside' })),
    stretched(frame, paths),
    ...curves.flatMap((curve, index) => marks(curve, index, curves.length, hasBands)),
    ...ends(curves, view),
  ])}`
}

/** More groups than one picture can hold: each on its own, dark, before the pale line of all of them together. */
export function curvePanels(curves: readonly Curve[], overall: Curve | null, view: View, identity: string): Html | string {
  if (curves.length === 0) return ''
  const { words } = view
  const { y } = scales(smallFrame)
  const panel = (curve: Curve, index: number): Html => html`<li><h3 class="tt-panel__name"><bdi>${curve.name}</bdi></h3>${plot(
    { identity: `${identity}-${index}`, height: smallFrame.top + smallFrame.height + 26, title: words.curve.titleOf(curve.name), description: description([curve], view), className: 'tt-plot--panel' }, [
      ...[0, 0.5, 1].map((share) => gridLine(smallFrame.top + y(share), percentageOf(share, view), view, share === 0 ? 'tt-plot__base' : 'tt-plot__grid')),
      ...[1, 7, 30].map((day) => gridColumn(across(day), smallFrame, String(day), view)),
      stretched(smallFrame, [overall === null ? html`` : path(stepLine(overall, smallFrame), 'tt-stroke tt-stroke--overall'), band(curve, smallFrame, 'tt-band tt-series-1'), path(stepLine(curve, smallFrame), 'tt-stroke tt-series-1')]),
    ])}</li>`
  return html`<p class="govuk-body-s tt-quiet">${words.curve.share}. ${words.curve.days}; ${words.curve.widened}. ${overall === null ? '' : words.curve.panels}</p><ul class="tt-panels">${curves.map(panel)}</ul>`
}

/** What is known for a day: the last step on or before it; null after the last day that anybody was followed. */
export function shareOn(curve: Curve, day: number): CurveStep | null {
  if (day > curve.lastDay) return null
  return curve.steps.findLast((step) => step.day <= day) ?? { day: 0, share: '0', lower: null, upper: null }
}

function scales({ height }: Frame) {
  return { x: scaleSqrt().domain([0, horizon]).range([0, span]), y: (share: number): number => height * (1 - share) }
}

function across(day: number): number {
  return scales(frame).x(day) / span
}

/** The steps within the picture, from nobody on day 0 to the last day that is known. */
function drawn(curve: Curve): CurveStep[] {
  const last = Math.min(curve.lastDay, horizon)
  const end = shareOn(curve, last)
  return [{ day: 0, share: '0', lower: null, upper: null }, ...curve.steps.filter((step) => step.day <= last), ...(end === null ? [] : [{ ...end, day: last }])]
}

function stepLine(curve: Curve, within: Frame): string | null {
  const { x, y } = scales(within)
  return line<CurveStep>().x((step) => x(step.day)).y((step) => y(coordinate(step.share))).curve(curveStepAfter).digits(1)(drawn(curve))
}

function band(curve: Curve, within: Frame, className: string): Html {
  const { x, y } = scales(within)
  return path(area<CurveStep>()
    .defined((step) => step.lower !== null && step.upper !== null)
    .x((step) => x(step.day)).y0((step) => y(coordinate(step.lower ?? '0'))).y1((step) => y(coordinate(step.upper ?? '0')))
    .curve(curveStepAfter).digits(1)(drawn(curve)), className)
}

/** The signs of a group on the days that are named; each a little aside where many would stand on each other. */
function marks(curve: Curve, index: number, count: number, hasBands: boolean): Html[] {
  const { y } = scales(frame)
  const nudge = hasBands ? 0 : (index - (count - 1) / 2) * 2
  return markedDays.flatMap((day) => {
    const known = shareOn(curve, day)
    if (known === null) return []
    const interval = hasBands || known.lower === null || known.upper === null ? html`` : whisker(across(day), nudge, frame.top + y(coordinate(known.upper)), frame.top + y(coordinate(known.lower)), `tt-whisker ${seriesClass(index)}`)
    return [interval, day === horizon ? html`` : sign(index, across(day), frame.top + y(coordinate(known.share)), nudge)]
  })
}

/** What each line has reached on the last day, written beside it; a line that ends before says nothing there. */
function ends(curves: readonly Curve[], view: View): Html[] {
  const { y } = scales(frame)
  const reached = curves.flatMap((curve, series) => {
    const known = shareOn(curve, horizon)
    return known === null ? [] : [{ series, text: percentage(known.share, view.language), place: frame.top + y(coordinate(known.share)) }]
  })
  const places = spread(reached.map((one) => one.place), labelHeight, frame.top, frame.top + frame.height)
  return reached.flatMap((one, index) => {
    const place = places[index] ?? one.place
    return [sign(one.series, 1, place, 10), label(1, place + 5, one.text, view, { anchor: 'start', nudge: 20, className: 'tt-plot__end' })]
  })
}

function description(curves: readonly Curve[], view: View): string {
  const { words } = view
  const said = curves.map((curve) => {
    const days = markedDays.flatMap((day) => {
      const known = shareOn(curve, day)
      return known === null ? [] : [words.curve.byDay(percentage(known.share, view.language), String(day))]
    })
    return words.curve.ofGroup(curve.name, listed(days.length === 0 ? [words.curve.unknown] : days, view))
  })
  return said.join(' ')
}

function percentageOf(share: number, view: View): string {
  return percentage(String(share), view.language).replace(/[.,]0(?=%)/, '')
}
