/** The stages of one attempt at a night: each a bar from when it began to when it ended, in the table that says the same in words. */
import { html } from 'hono/html'
import type { NightStep } from '../../reports/index.ts'
import { addMilliseconds, countryOffsetMinutes } from '../../core/index.ts'
import { count } from '../format.ts'
import { duration } from '../nights/words.ts'
import { reasonOf } from '../page-parts/night-banner.ts'
import { wordFor } from '../text/index.ts'
import { leftToRight, type Html, type View } from '../view.ts'
import { barPen, between, rowDrawing } from './bars.ts'

const rowHeight = 26
const barHeight = 14
/** What took no time is still seen. */
const leastShare = 0.004

/** The table; nothing where there is no stage. */
export function nightStages(steps: readonly NightStep[], view: View): Html | string {
  if (steps.length === 0) return ''
  const { nights: texts } = view.words
  const whole = Math.max(1, ...steps.map(endOf))
  const numeric = 'govuk-table__header--numeric'
  return html`<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${texts.stagesTitle}. ${texts.when}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${texts.stage}</th><th scope="col" class="govuk-table__header tt-drawn">${texts.when}</th><th scope="col" class="govuk-table__header">${texts.began}</th><th scope="col" class="govuk-table__header ${numeric}">${texts.took}</th><th scope="col" class="govuk-table__header ${numeric}">${texts.rows}</th><th scope="col" class="govuk-table__header">${texts.outcome}</th></tr></thead>
<tbody class="govuk-table__body">${steps.map((step) => stageRow(step, whole, view))}</tbody></table>`
}

/** Milliseconds from the beginning of the attempt to the end of the stage. */
function endOf({ offset_milliseconds: offset, milliseconds }: NightStep): number {
  return parseInt(offset, 10) + parseInt(milliseconds ?? '0', 10)
}

/** `01:30:05` by the country's clocks: the day is on top of the page. */
function timeOfDay(instant: string): string {
  return addMilliseconds(instant, countryOffsetMinutes * 60_000).slice(11, 19)
}

function stageRow(step: NightStep, whole: number, view: View): Html {
  const { words, language } = view
  const { nights: texts } = words
  const pen = barPen(view)
  const from = Math.min(between(0, whole, parseInt(step.offset_milliseconds, 10)), 1 - leastShare)
  // What is under way has no end yet.
  const to = step.milliseconds === null ? 1 : Math.max(from + leastShare, between(0, whole, endOf(step)))
  const outcome = step.outcome ?? 'running'
  const drawing = rowDrawing(view, rowHeight, [pen.level(0, 1, rowHeight / 2, 'tt-plot__grid'), pen.bar(from, to, (rowHeight - barHeight) / 2, barHeight, `tt-night-bar tt-night-bar--${outcome}`)])
  const rows = step.row_count === null ? '' : (texts.values[step.stage] ?? ((n: string) => n))(count(step.row_count, language))
  const said = step.failure_code === null ? step.progress : step.outcome === 'done' ? null : reasonOf(step.failure_code, view)[0]
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${wordFor(texts.steps, step.stage)}</th><td class="govuk-table__cell tt-drawn">${drawing}</td>
<td class="govuk-table__cell" data-label="${texts.began}"><span>${leftToRight(timeOfDay(step.started_at))}</span></td><td class="govuk-table__cell govuk-table__cell--numeric" data-label="${texts.took}"><span>${step.milliseconds === null ? '' : duration(parseInt(step.milliseconds, 10), view)}</span></td><td class="govuk-table__cell govuk-table__cell--numeric ${rows === '' ? 'tt-nothing' : ''}" data-label="${texts.rows}"><span>${rows}</span></td><td class="govuk-table__cell" data-label="${texts.outcome}"><span>${texts.outcomes[outcome]}${said === null ? '' : html`<span class="tt-under"><bdi>${said}</bdi></span>`}</span></td></tr>`
}
