/**
 * Shares of one bank as bars, each beside the upright line of all other banks as one, in the table that holds the
 * numbers. Every row has the same scale, from none to all, so that a short bar is a small share wherever it stands.
 */
import { html } from 'hono/html'
import { percentage } from '../format.ts'
import { barPen, rowDrawing, scaleRow } from './bars.ts'
import { coordinate } from './plot.ts'
import type { Html, View } from '../view.ts'

/** One share; null: nothing to measure, or (of others) too little to say. Texts are what stands in the cells. */
export interface ScoreRow {
  readonly name: string
  /** Decimals between 0 and 1. */
  readonly own: string | null
  readonly others: string | null
  readonly ownText: Html | string
  readonly othersText: Html | string
}

const rowHeight = 28
const barHeight = 14

/** The table with its bars; the column of the others is left out where they are too few. */
export function scorePicture(rows: readonly ScoreRow[], hasOthers: boolean, view: View): Html {
  const { score } = view.words.questions
  const pen = barPen(view)
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  const scale = rowDrawing(view, 20, ticks.map((tick) => pen.text(tick, 14, percentage(String(tick), view.language).replace(/[.,]0(?=%)/, ''), 'tt-plot__tick')))
  const numeric = 'govuk-table__header--numeric'
  const cell = (label: string, content: Html | string): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}"><span>${content}</span></td>`
  const drawn = ({ own, others }: ScoreRow): Html => rowDrawing(view, rowHeight, [
    ...ticks.map((tick) => pen.upright(tick, 0, rowHeight, 'tt-plot__grid')),
    own === null ? '' : pen.bar(0, coordinate(own), (rowHeight - barHeight) / 2, barHeight, 'tt-score__own'),
    others === null || !hasOthers ? '' : pen.upright(coordinate(others), 3, rowHeight - 3, 'tt-score__others'),
  ])
  return html`<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${score.tableTitle}. ${score.pictureSentence}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${score.measure}</th><th scope="col" class="govuk-table__header ${numeric}">${score.own}</th>${hasOthers ? html`<th scope="col" class="govuk-table__header ${numeric}">${score.others}</th>` : ''}<th scope="col" class="govuk-table__header tt-drawn">${score.pictureTitle}</th></tr></thead>
<tbody class="govuk-table__body">${scaleRow(hasOthers ? 3 : 2, 0, scale)}${rows.map((row) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${row.name}</th>${cell(score.own, row.ownText)}${hasOthers ? cell(score.others, row.othersText) : ''}<td class="govuk-table__cell tt-drawn">${drawn(row)}</td></tr>`)}</tbody></table>`
}
