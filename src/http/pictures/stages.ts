/**
 * Where the days go: for each group a bar from the due day to the first withdrawal, in the four stages that somebody
 * answers for, in a table of their mean days, with who held it up longest in words.
 *
 * Money sent before it is due makes the first stage negative. Then the bar begins before the line of the due day, and
 * what it was early stands as a thin bar under it, because the stages after it really began then.
 */
import { html } from 'hono/html'
import { scaleLinear } from 'd3-scale'
import { count, decimal } from '../format.ts'
import { between, barPen, rowDrawing, scaleRow, type BarPen } from './bars.ts'
import { coordinate } from './plot.ts'
import type { Html, View } from '../view.ts'

/** The stages in their order: who sends, who credits, what makes it usable, who fetches it. */
export const stageNames = ['payer', 'bank', 'account', 'access'] as const
export type StageName = (typeof stageNames)[number]

/** The mean of whole days over those for whom both ends are known; null where there is nobody. */
export interface StageMean {
  readonly meanDays: string | null
  readonly count: number | string
}

/** One group. */
export interface StageRow {
  readonly name: string
  readonly href: string | null
  readonly stages: Readonly<Record<StageName, StageMean>>
}

const rowHeight = 34
const barHeight = 18

/** The table with its bars; nothing where there is no group. */
export function stageBars(rows: readonly StageRow[], view: View, identity: string): Html | string {
  if (rows.length === 0) return ''
  const { words } = view
  const [least, most] = domainOf(rows)
  const pen = barPen(view)
  const ticks = scaleLinear().domain([least, most]).ticks(5)
  const scale = rowDrawing(view, 20, ticks.map((tick) => pen.text(between(least, most, tick), 14, decimal(String(tick), view.language).replace(/[.,]0(?!\d)/, ''), 'tt-plot__tick')))
  const numeric = 'govuk-table__header--numeric'
  return html`${patterns(identity)}${stageLegend(view, identity)}
<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${words.stages.title}. ${words.stages.description}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.stages.group}</th><th scope="col" class="govuk-table__header tt-drawn">${words.stages.axis}</th>${stageNames.map((stage) => html`<th scope="col" class="govuk-table__header ${numeric}">${words.stages.names[stage]}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${scaleRow(1, 4, scale)}${rows.map((row) => stageRow(row, { least, most, ticks, pen, identity }, view))}</tbody></table>`
}

/** The stage that takes longest and how long; null where not all are known, or none takes a twentieth of a day. */
export function longestStage(row: StageRow): { readonly stage: StageName; readonly meanDays: string } | null {
  const known = stageNames.flatMap((stage) => {
    const { meanDays } = row.stages[stage]
    return meanDays === null ? [] : [{ stage, meanDays }]
  })
  // The one that is not known may be the longest.
  if (known.length < stageNames.length) return null
  return known.filter(({ meanDays }) => coordinate(meanDays) >= 0.05).reduce<(typeof known)[number] | null>((longest, one) => (longest === null || coordinate(one.meanDays) > coordinate(longest.meanDays) ? one : longest), null)
}

interface Drawing {
  readonly least: number
  readonly most: number
  readonly ticks: readonly number[]
  readonly pen: BarPen
  readonly identity: string
}

function stageRow(row: StageRow, drawing: Drawing, view: View): Html {
  const { words, language } = view
  const longest = longestStage(row)
  const name = row.href === null ? html`<bdi>${row.name}</bdi>` : html`<a class="govuk-link" href="${row.href}"><bdi>${row.name}</bdi></a>`
  const value = (stage: StageName): Html => {
    const { meanDays, count: people } = row.stages[stage]
    const text = meanDays === null ? words.stages.unknown : html`${decimal(meanDays, language)}<span class="tt-under">${words.stages.over(count(people, language))}</span>`
    return html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.stages.names[stage]}"><span class="${longest?.stage === stage ? 'tt-most' : ''}">${text}</span></td>`
  }
  const said = longest === null ? words.stages.nothingKnown : words.stages.longest(words.stages.holders[longest.stage], decimal(longest.meanDays, language))
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name}<span class="tt-under">${said}</span></th><td class="govuk-table__cell tt-drawn">${rowDrawing(view, rowHeight, bars(row, drawing))}</td>${stageNames.map(value)}</tr>`
}

function bars(row: StageRow, { least, most, ticks, pen, identity }: Drawing): Html[] {
  const at = (value: number): number => between(least, most, value)
  const parts = ticks.map((tick) => pen.upright(at(tick), 0, rowHeight, tick === 0 ? 'tt-plot__base' : 'tt-plot__grid'))
  let day = 0
  for (const stage of stageNames) {
    const { meanDays } = row.stages[stage]
    // After a stage of which nothing is known nobody can say on which day the next one begins.
    if (meanDays === null) break
    const until = day + coordinate(meanDays)
    const isEarly = until < day
    parts.push(pen.bar(at(day), at(until), isEarly ? 6 + barHeight + 1 : 6, isEarly ? 5 : barHeight, `tt-stage tt-stage--${stage}`, patternOf(stage, identity)))
    day = until
  }
  return parts
}

/** From the earliest to the latest day that any bar reaches, the due day always among them. */
function domainOf(rows: readonly StageRow[]): [number, number] {
  const days = rows.flatMap((row) => {
    let day = 0
    return stageNames.map((stage) => (day += coordinate(row.stages[stage].meanDays ?? '0')))
  })
  const [least = 0, most = 1] = scaleLinear().domain([Math.min(0, ...days), Math.max(1, ...days)]).nice(5).domain()
  return [least, most]
}

/** What tells the stages apart in black and white; the payer's is plain. */
function patternOf(stage: StageName, identity: string): string | undefined {
  return stage === 'payer' ? undefined : `${identity}-${stage}`
}

function patterns(identity: string): Html {
  const tile = (stage: StageName, drawn: Html): Html => html`<pattern id="${identity}-${stage}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="tt-tile tt-tile--${stage}"/>${drawn}</pattern>`
  return html`<svg class="tt-patterns" width="0" height="0" aria-hidden="true"><defs>
${tile('bank', html`<path d="M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3" class="tt-tile__mark"/>`)}
${tile('account', html`<circle cx="3" cy="3" r="1.3" class="tt-tile__dot"/>`)}
${tile('access', html`<path d="M0 3h6" class="tt-tile__mark"/>`)}</defs></svg>`
}

function stageLegend(view: View, identity: string): Html {
  const { stages } = view.words
  return html`<ul class="tt-legend">${stageNames.map((stage) => {
    const fill = patternOf(stage, identity)
    return html`<li><svg class="tt-legend__sign" width="28" height="14" aria-hidden="true"><rect width="28" height="14" class="tt-stage tt-stage--${stage}" ${fill === undefined ? '' : html`fill="url(#${fill})"`}/></svg>${stages.explained[stage]}</li>`
  })}</ul>`
}
