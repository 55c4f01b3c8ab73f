/**
 * What pictures with two axes have in common: a frame, grid lines with their labels, lines and bands, signs that tell
 * series apart without colour.
 *
 * Widths are percent and heights pixels, so that letters and lines keep their size on a phone. Lines cannot be given in
 * percent: they lie in an inner drawing that is stretched to the frame while its strokes are not. Room for labels at both
 * sides is padding in the stylesheet. Both axes run from the left in Arabic too: they are rows of figures, and those are
 * read from the left there (the same axis in the table beside it is); only bars are mirrored, see bars.ts.
 */
import { html, raw } from 'hono/html'
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle } from 'd3-shape'
import type { Html, View } from '../view.ts'

/** Of more series than these nobody can tell the signs apart. */
export const seriesLimit = 6

/** Width of the stretched drawing; its height is that of the frame. */
export const span = 1000

const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar]

/** Where the rectangle of the axes lies. */
export interface Frame {
  readonly top: number
  readonly height: number
}

/** A picture as a whole: what it is called, what it shows in a sentence, and its parts. */
export function plot(about: { readonly identity: string; readonly title: string; readonly description: string; readonly height: number; readonly className?: string }, parts: readonly Html[]): Html {
  const { identity } = about
  return html`<svg class="tt-picture tt-plot ${about.className ?? ''}" width="100%" height="${about.height}" role="img" aria-labelledby="${identity}-title ${identity}-description" direction="ltr" xmlns="http://www.w3.org/2000/svg">
<title id="${identity}-title">${about.title}</title><desc id="${identity}-description">${about.description}</desc>
${parts}</svg>`
}

/** The part of the picture whose paths are given in `span` × height and stretched to the frame's width. */
export function stretched(frame: Frame, paths: readonly Html[]): Html {
  return html`<svg x="0" y="${frame.top}" width="100%" height="${frame.height}" viewBox="0 0 ${span} ${frame.height}" preserveAspectRatio="none" class="tt-plot__area">${paths}</svg>`
}

/** A path; nothing where there is nothing to draw. */
export function path(drawn: string | null, className: string): Html {
  return drawn === null || drawn === '' ? html`` : html`<path d="${drawn}" class="${className}"/>`
}

/** Text in a plot. `across` is a share of the frame's width, moved by `nudge` pixels. */
export function label(across: number, y: number, text: string, view: View, { anchor = 'middle', nudge = 0, className = 'tt-picture__label' }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly nudge?: number; readonly className?: string } = {}): Html {
  // Signs around a figure would be turned about in a sentence that stands in a drawing from the left.
  const kept = view.language === 'ar' ? `\u2067${text}\u2069` : text
  return html`<text x="${percent(across)}" dx="${written(nudge)}" y="${written(y)}" text-anchor="${anchor}" class="${className}">${kept}</text>`
}

/** A line across the frame with its label before it. */
export function gridLine(y: number, text: string, view: View, className = 'tt-plot__grid'): Html {
  return html`<line x1="0" x2="100%" y1="${written(y)}" y2="${written(y)}" class="${className}"/>${label(0, y + 5, text, view, { anchor: 'end', nudge: -8, className: 'tt-plot__tick' })}`
}

/** A line from top to bottom with its label under the frame. */
export function gridColumn(across: number, frame: Frame, text: string, view: View, className = 'tt-plot__grid'): Html {
  const bottom = frame.top + frame.height
  return html`<line x1="${percent(across)}" x2="${percent(across)}" y1="${frame.top}" y2="${bottom + 5}" class="${className}"/>${label(across, bottom + 20, text, view, { className: 'tt-plot__tick' })}`
}

/** An upright line for an interval. */
export function whisker(across: number, nudge: number, from: number, to: number, className: string): Html {
  return html`<line x1="${percent(across)}" x2="${percent(across)}" y1="${written(from)}" y2="${written(to)}" transform="translate(${written(nudge)} 0)" class="${className}"/>`
}

/** The sign of a series at a point: its own shape, so that it can be told without its colour. */
export function sign(index: number, across: number, y: number, nudge = 0): Html {
  return html`<svg x="${percent(across)}" y="${written(y)}" class="tt-plot__at"><path d="${shapeOf(index)}" transform="translate(${written(nudge)} 0)" class="tt-sign ${seriesClass(index)}"/></svg>`
}

/** The key above a plot: the line and the sign of each series with its name. */
export function legend(names: readonly string[], notes: readonly string[]): Html {
  return html`<ul class="tt-legend">${names.map((name, index) => html`<li><svg class="tt-legend__sign" width="36" height="14" aria-hidden="true"><line x1="0" x2="36" y1="7" y2="7" class="tt-stroke ${seriesClass(index)}"/><path d="${shapeOf(index)}" transform="translate(18 7)" class="tt-sign ${seriesClass(index)}"/></svg><bdi>${name}</bdi></li>`)}${notes.map((note) => html`<li class="tt-quiet">${note}</li>`)}</ul>`
}

/** A piece of a line for the key. */
export function lineSample(className: string): Html {
  return html`<svg class="tt-legend__sign" width="36" height="14" aria-hidden="true"><line x1="0" x2="36" y1="7" y2="7" class="${className}"/></svg>`
}

/** The class that carries the colour and the dashes of a series. */
export function seriesClass(index: number): string {
  return `tt-series-${(index % seriesLimit) + 1}`
}

/** Moves labels apart that would stand on each other; gives a place for each in the order given, none above `top` or below `bottom`. */
export function spread(places: readonly number[], apart: number, top: number, bottom: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place)
  let least = top
  for (const one of order) {
    one.place = Math.max(one.place, least)
    least = one.place + apart
  }
  let most = bottom
  for (const one of order.toReversed()) {
    one.place = Math.min(one.place, most)
    most = one.place - apart
  }
  return order.sort((a, b) => a.index - b.index).map(({ place }) => place)
}

/** A decimal for a coordinate. @throws RangeError for what is no number: a picture must never be drawn from one. */
export function coordinate(decimal: string): number {
  const value = Number(decimal)
  if (decimal.trim() === '' || !Number.isFinite(value)) throw new RangeError(`no number to draw: ${decimal}`)
  return value
}

/** A share of the whole as it stands in an attribute. */
export function percent(share: number): string {
  return `${written(share * 100)}%`
}

/** A coordinate as it stands in an attribute, to the hundredth. */
export function written(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`no coordinate: ${value}`)
  return String(Math.round(value * 100) / 100)
}

function shapeOf(index: number): Html {
  return html`${raw(symbol(shapes[index % shapes.length] ?? symbolCircle, 58)() ?? '')}`
}
