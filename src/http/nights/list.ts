/** The nights, the newest first: did each work, how long did it take, how much was new. */
import { html } from 'hono/html'
import type { NightRow, NightState } from '../../reports/index.ts'
import { count, day, localMoment } from '../format.ts'
import { listLinks } from '../exports/form.ts'
import type { Page } from '../layout.ts'
import { address, type Html, type View } from '../view.ts'
import { duration, stateTag } from './words.ts'

/** The page; `before` null is its beginning. */
export function nightsPage(list: { readonly rows: readonly NightRow[]; readonly hasMore: boolean }, before: string | null, state: NightState, view: View): Page {
  const { words, language } = view
  const { nights: texts } = words
  const last = list.rows.at(-1)
  const lead = state.published_as_of === null ? texts.none : texts.lead(day(state.published_as_of, language), state.published_at === null ? '' : localMoment(state.published_at, language))
  const heads: readonly (readonly [text: string, isNumeric: boolean])[] = [[texts.night, false], [texts.state, false], [texts.published, false], [texts.took, true], [texts.files, true], [texts.touched, true], [texts.attempts, true]]
  const main = html`<h1 class="govuk-heading-l">${texts.title}</h1>
<p class="tt-lead">${lead}</p>
${list.rows.length === 0 ? html`<p class="govuk-body">${texts.empty}</p>` : html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${texts.caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${heads.map(([text, isNumeric]) => html`<th scope="col" class="govuk-table__header ${isNumeric ? 'govuk-table__header--numeric' : ''}">${text}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${list.rows.map((row) => nightLine(row, view))}</tbody></table>${listLinks('/runs', {}, false, view)}`}
${before === null && !list.hasMore ? '' : html`<nav class="tt-pages" aria-label="${texts.pagesLabel}"><ul>${before === null ? '' : html`<li><a class="govuk-link" href="/runs">${texts.newest}</a></li>`}${list.hasMore && last !== undefined ? html`<li><a class="govuk-link tt-next" rel="next" href="${address('/runs', { before: last.as_of })}">${texts.older}</a></li>` : ''}</ul></nav>`}`
  return { title: texts.title, main, section: 'nights', nightPage: 'runs' }
}

function nightLine(row: NightRow, view: View): Html {
  const { words, language } = view
  const { nights: texts } = words
  const cell = (label: string, content: Html | string, isNumeric = true): Html => html`<td class="govuk-table__cell ${isNumeric ? 'govuk-table__cell--numeric' : ''} ${content === '' ? 'tt-nothing' : ''}" data-label="${label}"><span>${content}</span></td>`
  const touched = row.run_id === null ? '' : row.mode === 'full' ? texts.everybody : row.touched_count === null ? '' : count(row.touched_count, language)
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="/runs/${row.as_of}">${day(row.as_of, language)}</a></th>
${cell(texts.state, stateTag(row, view), false)}${cell(texts.published, row.published_at === null ? '' : localMoment(row.published_at, language), false)}${cell(texts.took, row.worked_milliseconds === null ? '' : duration(parseInt(row.worked_milliseconds, 10), view))}${cell(texts.files, row.file_count === null ? '' : count(row.file_count, language))}${cell(texts.touched, touched)}${cell(texts.attempts, count(row.attempt_count, language))}</tr>`
}
