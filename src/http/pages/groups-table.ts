/** The figures of each group beside the picture of their curves: shares with their intervals, half and nine of ten, and what is not reported. */
import { html } from 'hono/html'
import { count, decimal, percentage } from '../format.ts'
import type { Html, View } from '../view.ts'
import type { StratumStatistics } from '../../reports/index.ts'

/** One row. */
export interface NamedGroup {
  readonly name: string
  readonly href: string | null
  readonly statistics: StratumStatistics
}

/** Of fewer people nothing is said: one of them could be told from the figure. */
export const fewest = 5

/** The table. */
export function groupsTable(groups: readonly NamedGroup[], view: View): Html {
  const { measures } = view.words
  const { timeToCash } = measures
  const numeric = 'govuk-table__header--numeric'
  const days = groups[0]?.statistics.shares.map(({ within_days: day }) => day) ?? []
  return html`<table class="govuk-table tt-cards tt-figures"><caption class="govuk-table__caption govuk-visually-hidden">${timeToCash.tableTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${timeToCash.group}</th><th scope="col" class="govuk-table__header ${numeric}">${timeToCash.followed}</th>${days.map((day) => html`<th scope="col" class="govuk-table__header ${numeric}">${timeToCash.within(String(day))}</th>`)}${[timeToCash.median, timeToCash.p90].map((label) => html`<th scope="col" class="govuk-table__header ${numeric}">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${groups.map((group) => groupRow(group, view))}</tbody></table>`
}

/** A number of days as it is said: whole ones without a point, half ones with it; the words for "not reached". */
export function daysText(days: number | null, view: View): string {
  return days === null ? view.words.measures.notReached : decimal(String(days), view.language).replace(/[.,]0(?!\d)/, '')
}

function groupRow({ name, href, statistics }: NamedGroup, view: View): Html {
  const { measures } = view.words
  const { timeToCash } = measures
  const { language } = view
  const cell = (label: string, main: string, ...under: readonly string[]): Html =>
    html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}"><span>${main}${under.map((line) => html`<span class="tt-under">${line}</span>`)}</span></td>`
  const title = href === null ? html`<bdi>${name}</bdi>` : html`<a class="govuk-link" href="${href}"><bdi>${name}</bdi></a>`
  const notReported = statistics.not_reported_count === 0 ? '' : html`<span class="tt-under">${timeToCash.notReportedCount(count(statistics.not_reported_count, language))}</span>`
  const head = html`<th scope="row" class="govuk-table__header">${title}${notReported}</th>`
  const labels = [...statistics.shares.map(({ within_days: day }) => timeToCash.within(String(day))), timeToCash.median, timeToCash.p90]
  if (statistics.count < fewest) return html`<tr class="govuk-table__row">${head}${cell(timeToCash.followed, count(statistics.count, language))}${labels.map((label) => cell(label, measures.fewer))}</tr>`
  const interval = (lower: string, upper: string): string => measures.interval(lower, upper)
  const shares = statistics.shares.map(({ within_days: day, share }) => share === null
    ? cell(timeToCash.within(String(day)), timeToCash.notKnownYet)
    : cell(timeToCash.within(String(day)), percentage(share.share, language), interval(percentage(share.lower, language), percentage(share.upper, language, 'up')), measures.atRisk(count(share.atRisk, language))))
  const quantile = (label: string, one: StratumStatistics['median']): Html => (one.days === null ? cell(label, measures.notReached) : cell(label, measures.days(daysText(one.days, view)), interval(daysText(one.lower, view), daysText(one.upper, view))))
  return html`<tr class="govuk-table__row">${head}${cell(timeToCash.followed, count(statistics.count, language))}${shares}${quantile(timeToCash.median, statistics.median)}${quantile(timeToCash.p90, statistics.p90)}</tr>`
}
