/**
 * What pictures made of bars have in common. Each bar is a cell of the table that holds its numbers, so words wrap and
 * are read out as in any table, and the drawing needs no words of its own: assistive technology passes over it.
 *
 * A bar grows from the side where its row begins to be read, in Arabic from the right, as in the picture of the bridge.
 */
import { html } from 'hono/html'
import type { Html, View } from '../view.ts'
import { directionOf } from '../text/index.ts'
import { percent, written } from './plot.ts'

/** Draws from the side where reading begins; positions are shares of the width. */
export interface BarPen {
  /** Nothing for a bar without length. */
  bar(from: number, to: number, y: number, height: number, className: string, fill?: string): Html
  /** A line across the bar. */
  upright(at: number, from: number, to: number, className: string): Html
  /** A line along the bar. */
  level(from: number, to: number, y: number, className: string): Html
  /** Words at a point, those near an end of the row kept inside it. */
  text(at: number, y: number, content: string, className: string): Html
  /** A shape around a point. */
  shape(at: number, y: number, drawn: string, className: string): Html
}

/** What is shorter is not drawn: it would be written as no length at all. */
const leastLength = 0.0001

/** The pen of the reader's direction. */
export function barPen(view: View): BarPen {
  const isMirrored = directionOf(view.language) === 'rtl'
  const place = (share: number): string => percent(isMirrored ? 1 - share : share)
  return {
    bar: (from, to, y, height, className, fill) => {
      const [least, most] = from < to ? [from, to] : [to, from]
      if (most - least < leastLength) return html``
      const filled = fill === undefined ? '' : html`fill="url(#${fill})"`
      return html`<rect x="${percent(isMirrored ? 1 - most : least)}" y="${y}" width="${percent(most - least)}" height="${height}" class="${className}" ${filled}/>`
    },
    upright: (at, from, to, className) => html`<line x1="${place(at)}" x2="${place(at)}" y1="${from}" y2="${to}" class="${className}"/>`,
    level: (from, to, y, className) => html`<line x1="${place(from)}" x2="${place(to)}" y1="${y}" y2="${y}" class="${className}"/>`,
    text: (at, y, content, className) => html`<text x="${place(at)}" y="${y}" text-anchor="${at > 0.8 ? 'end' : at < 0.2 ? 'start' : 'middle'}" class="${className}">${content}</text>`,
    shape: (at, y, drawn, className) => html`<svg x="${place(at)}" y="${written(y)}" class="tt-plot__at"><path d="${drawn}" class="${className}"/></svg>`,
  }
}

/** The drawing of one row. */
export function rowDrawing(view: View, height: number, parts: readonly (Html | string)[]): Html {
  return html`<svg class="tt-row-picture" width="100%" height="${height}" aria-hidden="true" direction="${directionOf(view.language)}" xmlns="http://www.w3.org/2000/svg">${parts}</svg>`
}

/** The scale of a column of drawings, in a row of its own above them. */
export function scaleRow(before: number, after: number, drawing: Html): Html {
  const empty = (count: number): Html => (count === 0 ? html`` : html`<td class="govuk-table__cell tt-nothing" colspan="${count}"></td>`)
  return html`<tr class="govuk-table__row tt-scale" aria-hidden="true">${empty(before)}<td class="govuk-table__cell tt-drawn">${drawing}</td>${empty(after)}</tr>`
}

/** Where `value` lies between two ends, never outside. */
export function between(least: number, most: number, value: number): number {
  if (most <= least) return 0
  return Math.min(1, Math.max(0, (value - least) / (most - least)))
}
