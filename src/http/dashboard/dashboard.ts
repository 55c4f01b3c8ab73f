/** How payments stand in one place: a commune, a province or the country; each number leads to its rows. */
import { html } from 'hono/html'
import { survival } from '../../core/index.ts'
import { count, day, localMoment, money, month, percentage, share } from '../format.ts'
import { barPen, rowDrawing } from '../pictures/bars.ts'
import { coordinate } from '../pictures/plot.ts'
import { trendPicture, type TrendPoint } from '../pictures/trend.ts'
import { figure, figuresRow, figuresTable } from '../page-parts/cells.ts'
import { address, listed, schemeName, unitName, type Html, type View } from '../view.ts'
import { nightBanner } from '../page-parts/night-banner.ts'
import { addAll } from './totals.ts'
import { moneyTable, workTable, type PlaceRow } from './places.ts'
import { queueAddress } from '../desk/queue-address.ts'
import { bridgeSections, findingsSection, headline, hiddenNote, narrowed, outcomesSection, type ResultsView } from './results.ts'
import { ageBands, type AgeingRow, type Coverage, type Night, type OutcomeCell, type PublishedRun, type SchemeName, type TimeToCash, type Workload, type WorkloadMonth } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface DashboardView {
  readonly run: PublishedRun
  readonly night: Night
  /** The whole place; the page narrows it down itself. */
  readonly results: ResultsView
  readonly schemes: readonly SchemeName[]
  /** Null: the whole country. */
  readonly place: { readonly code: string; readonly name: string | null } | null
  /** What can be chosen; fewer than two: the field is left out. Null: the reader writes the code. */
  readonly places: readonly { readonly code: string; readonly name: string | null; readonly isInside: boolean }[] | null
  readonly isHome: boolean
  readonly ageing: readonly AgeingRow[]
  readonly coverage: Coverage
  readonly time: TimeToCash['everybody']
  readonly workload: Workload
  readonly days: { readonly from: string; readonly to: string }
  readonly months: readonly WorkloadMonth[]
  /** The places right below, the one with most overdue first. */
  readonly rows: readonly PlaceRow[]
}

/** The page. */
export function dashboardPage(shown: DashboardView, view: View): Page {
  const { words, language } = view
  const { dashboard } = words.views
  const results = narrowed(shown.results)
  const name = shown.place === null ? dashboard.country : unitName(shown.place.code, shown.place.name, view)
  const title = dashboard.title(name)
  const { run } = shown
  const main = html`<span class="govuk-caption-l">${words.overview.asOf(day(run.as_of, language))}</span>
<h1 class="govuk-heading-l">${title}</h1>
${nightBanner(shown.night, view)}
${headline(results, view)}
${filterForm(shown, view)}
${bridgeSections(results, view)}
${hiddenNote(shown.results, view)}
${ageingSection(shown, view)}
${speedSection(shown, view)}
${workTable(shown, view)}
${moneyTable(shown, view)}
${trendSection(shown, view)}
${outcomesSection(results, view)}
${findingsSection(results, view)}
${exportLine(shown, view)}
<p class="govuk-body-s tt-quiet">${words.overview.runDetails(run.run_id, count(run.file_count ?? 0, language), run.finished_at === null ? '' : localMoment(run.finished_at, language))}</p>`
  return { title, main, section: 'dashboard' }
}

/** The parameters that a link to a part of the page keeps. */
export function scopeOf({ results: { filter } }: Pick<DashboardView, 'results'>): { unit?: string | undefined; scheme?: string | undefined; period?: string | undefined } {
  return { unit: filter.unit, scheme: filter.scheme, period: filter.benefitPeriod }
}

function filterForm({ results, schemes, places, isHome }: DashboardView, view: View): Html {
  const { words, language } = view
  const { filter } = results
  const used = (key: 'scheme' | 'benefit_period'): string[] => [...new Set(results.outcomes.map((cell) => cell[key]))].sort()
  const option = (value: string, label: string, chosen: string | undefined): Html => html`<option value="${value}" ${value === (chosen ?? '') ? html`selected` : ''}>${label}</option>`
  const select = (name: string, label: string, options: readonly Html[]): Html => html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><select class="govuk-select" id="${name}" name="${name}">${options}</select></div>`
  const isFiltered = filter.scheme !== undefined || filter.benefitPeriod !== undefined || (filter.unit !== undefined && !isHome)
  const place = places === null
    ? html`<div class="govuk-form-group"><label class="govuk-label" for="unit">${words.outreach.unitCode}</label><input class="govuk-input" id="unit" name="unit" value="${filter.unit ?? ''}" maxlength="40" spellcheck="false" autocomplete="off"></div>`
    : places.length < 2 ? '' : select('unit', words.views.dashboard.unit, places.map((one) => option(one.code, one.code === '' ? words.views.dashboard.whole : `${one.isInside ? '\u2003' : ''}${unitName(one.code, one.name, view)}`, filter.unit)))
  return html`<form method="get" action="/dashboard" class="tt-filter" role="search" aria-label="${words.overview.filterTitle}">
${place}
${select('scheme', words.overview.scheme, [option('', words.overview.all, filter.scheme), ...used('scheme').map((scheme) => option(scheme, schemeName(schemes, scheme, language), filter.scheme))])}
${select('period', words.overview.period, [option('', words.overview.all, filter.benefitPeriod), ...used('benefit_period').reverse().map((period) => option(period, month(period, language), filter.benefitPeriod))])}
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${words.overview.apply}</button>${isFiltered ? html`<a class="govuk-link" href="/dashboard">${words.overview.reset}</a>` : ''}</div>
</form>`
}

function ageingSection({ ageing, results }: DashboardView, view: View): Html {
  const { words, language } = view
  const { dashboard: texts } = words.views
  const bands = ageBands.map((band) => ({ band, rows: ageing.filter((row) => row.band === band) }))
  const all = ageing.reduce((sum, row) => sum + row.case_count, 0)
  const title = html`<h2 class="govuk-heading-m" id="ageing">${texts.ageingTitle}</h2>`
  if (all === 0) return html`<section aria-labelledby="ageing">${title}<p class="govuk-body">${texts.ageingNone}</p></section>`
  const overdue = ageing.reduce((sum, row) => sum + row.overdue_count, 0)
  const amounts = (rows: readonly AgeingRow[]): string[] => addAll(rows, 'amount').map(({ currency, amount }) => money(amount, currency, language))
  const counted = (rows: readonly AgeingRow[]): number => rows.reduce((sum, row) => sum + row.case_count, 0)
  const largest = Math.max(...bands.map(({ rows }) => counted(rows)))
  const pen = barPen(view)
  const rows = bands.map(({ band, rows: own }) => {
    const cases = counted(own)
    const since = own.map((row) => row.first_date).sort()[0]
    const until = own.map((row) => row.last_date).sort().at(-1)
    const said = count(cases, language)
    const late = own.reduce((sum, row) => sum + row.overdue_count, 0)
    const link = (text: string, more: { readonly when?: 'overdue' } = {}): Html | string => since === undefined || until === undefined ? text : html`<a class="govuk-link" href="${queueAddress({ unit: results.filter.unit, since, until, ...more })}">${text}</a>`
    return figuresRow(texts.bands[band], [
      html`<td class="govuk-table__cell tt-drawn" data-label="${texts.drawn}">${rowDrawing(view, 22, [pen.bar(0, largest === 0 ? 0 : cases / largest, 3, 16, `tt-age tt-age--${band}`)])}</td>`,
      figure(texts.cases, link(said)), figure(texts.ofThemOverdue, late === 0 ? '0' : link(count(late, language), { when: 'overdue' })),
      figure(texts.amount, html`${amounts(own).map((amount) => html`<span class="tt-amount">${amount}</span>`)}${own.length === 0 ? '–' : ''}`),
    ])
  })
  return html`<section aria-labelledby="ageing">${title}
<p class="govuk-body">${texts.ageingSentence(count(all, language), listed(amounts(ageing), view), count(overdue, language))} ${texts.ageingNote}</p>
${figuresTable(texts.ageingTitle, [{ label: texts.band }, { label: texts.drawn, className: 'tt-drawn' }, { label: texts.cases, isNumber: true }, { label: texts.ofThemOverdue, isNumber: true }, { label: texts.amount, isNumber: true }], rows, 'tt-pictured')}</section>`
}

/** How soon money is in hand, and who has an account: the shares with what they are of. */
function speedSection(shown: DashboardView, view: View): Html {
  const { language } = view
  const { dashboard: texts } = view.words.views
  const { statistics } = shown.time
  const fact = (label: string, value: string, under: string): Html => html`<div><dt>${label}</dt><dd>${value}<span class="tt-under">${under}</span></dd></div>`
  const within = (days: number): Html => {
    const found = statistics.shares.find((one) => one.within_days === days)?.share ?? null
    return fact(texts.within(count(days, language)), found === null ? '–' : percentage(found.share, language), found === null ? texts.notKnown : texts.observed(count(statistics.count, language)))
  }
  const { all } = shown.coverage
  const { unit, scheme, period } = scopeOf(shown)
  const covered = share(BigInt(all.usable_count), BigInt(all.covered_count), language)
  return html`<section aria-labelledby="speed"><h2 class="govuk-heading-m" id="speed">${texts.speedTitle}</h2>
<dl class="tt-facts">${within(3)}${within(7)}
${fact(texts.median, statistics.median.days === null ? '–' : texts.days(count(statistics.median.days, language)), statistics.count === 0 ? texts.notKnown : statistics.median.days === null ? texts.notReached : texts.observed(count(statistics.count, language)))}
${fact(texts.coverage, covered ?? '–', covered === null ? texts.notKnown : texts.outOf(count(all.usable_count, language), count(all.covered_count, language)))}</dl>
<p class="govuk-body tt-screen"><a class="govuk-link" href="${address('/time-to-cash', { unit, scheme, period })}">${texts.moreTime}</a> · <a class="govuk-link" href="${address('/coverage', { unit, scheme, period: period ?? shown.coverage.benefit_period })}">${texts.moreCoverage}</a></p></section>`
}

const trendLimit = 12

/** Two lines of months: money that arrived in full, by the month it was for; answers in time, by the month of the deadline. */
function trendSection({ results, months }: DashboardView, view: View): Html | string {
  const { dashboard: texts } = view.words.views
  const own = results.outcomes.filter((cell) => results.filter.scheme === undefined || cell.scheme === results.filter.scheme)
  const countOf = (cells: readonly OutcomeCell[]): number => cells.reduce((sum, cell) => sum + coordinate(cell.count), 0)
  const paid = [...new Set(own.map((cell) => cell.benefit_period))].sort().flatMap((period) => {
    const cells = own.filter((cell) => cell.benefit_period === period && cell.class !== 'not_due')
    return cells.length === 0 ? [] : [{ period, part: countOf(cells.filter((cell) => cell.class === 'paid' || cell.class === 'paid_late')), whole: countOf(cells) }]
  }).slice(-trendLimit)
  const onTime = months.map((one) => ({ period: one.month, part: one.on_time_count, whole: one.due_count })).slice(-trendLimit)
  const drawn = [{ points: paid, shareName: texts.trendPaid, identity: 'trend-paid' }, { points: onTime, shareName: texts.trendOnTime, identity: 'trend-on-time' }].filter(({ points }) => points.length > 1)
  if (drawn.length === 0) return ''
  return html`<section aria-labelledby="trend"><h2 class="govuk-heading-m" id="trend">${texts.trendTitle}</h2><p class="govuk-body">${texts.trendSentence}</p>
<div class="tt-sides">${drawn.map(({ points, shareName, identity }) => html`<div class="tt-picture-frame">${trendPicture({ points: points.map((one) => pointOf(one, view)), shareName, target: null }, view, identity)}
<details class="govuk-details tt-in-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${view.words.table}</span></summary><div class="govuk-details__text">${trendTable(points, shareName, view)}</div></details></div>`)}</div></section>`
}

interface MonthShare {
  readonly period: string
  readonly part: number
  readonly whole: number
}

function pointOf({ period, part, whole }: MonthShare, view: View): TrendPoint {
  const share = whole === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) })
  return { time: period, label: `${period.slice(5)}/${period.slice(2, 4)}`, name: month(period, view.language), share, lower: null, upper: null }
}

function trendTable(points: readonly MonthShare[], shareName: string, view: View): Html {
  const { language, words } = view
  const rows = points.toReversed().map(({ period, part, whole }) => figuresRow(month(period, language), [figure(shareName, share(BigInt(part), BigInt(whole), language) ?? '–', words.views.dashboard.outOf(count(part, language), count(whole, language)))]))
  return figuresTable(shareName, [{ label: words.finding.period }, { label: shareName, isNumber: true }], rows)
}

function exportLine(shown: DashboardView, view: View): Html {
  const { measures, views } = view.words
  const link = (format: 'csv' | 'xlsx', text: string): Html => html`<a class="govuk-link" href="${address(`/dashboard.${format}`, { ...scopeOf(shown), lang: view.language })}">${text}</a>`
  return html`<p class="govuk-body-s tt-exports"><strong>${views.dashboard.exportTitle}:</strong> ${link('csv', measures.exports.csv)} · ${link('xlsx', measures.exports.xlsx)}</p>`
}

