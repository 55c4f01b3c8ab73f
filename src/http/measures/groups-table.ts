/** The figures of each group beside the picture of their curves: shares with their intervals, half and nine of ten, and what is not reported. */
import { smallestPublished } from '../../core/index.ts'
import { html } from 'hono/html'
import { count, decimal, percentage } from '../format.ts'
import { figure, figuresRow, figuresTable, named } from '../page-parts/cells.ts'
import type { Html, View } from '../view.ts'
import type { StratumStatistics } from '../../reports/index.ts'

/** One row. */
export interface NamedGroup {
  readonly name: string
  readonly href: string | null
  readonly statistics: StratumStatistics
}

/** The table. */
export function groupsTable(groups: readonly NamedGroup[], view: View): Html {
  const { timeToCash } = view.words.measures
  const days = groups[0]?.statistics.shares.map(({ within_days: day }) => day) ?? []
  const figures = [timeToCash.followed, ...days.map((day) => timeToCash.within(String(day))), timeToCash.median, timeToCash.p90]
  return figuresTable(timeToCash.tableTitle, [{ label: timeToCash.group }, ...figures.map((label) => ({ label, isNumber: true }))], groups.map((group) => groupRow(group, view)))
}

/** A number of days as it is said: whole ones without a point, half ones with it; the words for "not reached". */
export function daysText(days: number | null, view: View): string {
  return days === null ? view.words.measures.notReached : decimal(String(days), view.language).replace(/[.,]0(?!\d)/, '')
}

/** The same with the word for days, and the words for the day of the credit itself. */
export function daysSaid(days: number | null, view: View): string {
  const { measures } = view.words
  return days === null ? measures.notReached : days === 0 ? measures.sameDay : measures.days(daysText(days, view))
}

function groupRow({ name, href, statistics }: NamedGroup, view: View): Html {
  const { measures } = view.words
  const { timeToCash } = measures
  const { language } = view
  const notReported = statistics.not_reported_count === 0 ? '' : html`<span class="tt-under">${timeToCash.notReportedCount(count(statistics.not_reported_count, language))}</span>`
  const title = html`${named(name, href)}${notReported}`
  const followed = figure(timeToCash.followed, count(statistics.count, language))
  if (statistics.count < smallestPublished) {
    const labels = [...statistics.shares.map(({ within_days: day }) => timeToCash.within(String(day))), timeToCash.median, timeToCash.p90]
    return figuresRow(title, [followed, ...labels.map((label) => figure(label, measures.fewer))])
  }
  const shares = statistics.shares.map(({ within_days: day, share }) => share === null
    ? figure(timeToCash.within(String(day)), timeToCash.notKnownYet)
    : figure(timeToCash.within(String(day)), percentage(share.share, language), measures.range(percentage(share.lower, language), percentage(share.upper, language, 'up')), measures.atRisk(count(share.atRisk, language))))
  const quantile = (label: string, one: StratumStatistics['median']): Html => (one.days === null ? figure(label, measures.notReached) : figure(label, daysSaid(one.days, view), measures.range(daysText(one.lower, view), daysText(one.upper, view))))
  return figuresRow(title, [followed, ...shares, quantile(timeToCash.median, statistics.median), quantile(timeToCash.p90, statistics.p90)])
}
