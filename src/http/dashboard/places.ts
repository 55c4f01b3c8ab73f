/** The places below the one that is looked at, beside one another: their money and their work; the same as a file. */
import { html } from 'hono/html'
import { money as exact } from '../../core/index.ts'
import type { Table } from '../../formats/index.ts'
import { count, day, money, percentage } from '../format.ts'
import { figure, figuresRow, figuresTable, shareFigure } from '../page-parts/cells.ts'
import { address, unitName, type Html, type View } from '../view.ts'
import { queueAddress } from '../desk/queue-address.ts'
import type { DashboardView } from './dashboard.ts'
import type { CoverageRow, PlaceOutcomes, StratumStatistics, WorkloadRow } from '../../reports/index.ts'

/** One place; null or empty where nothing of it is known. */
export interface PlaceRow {
  /** Null: cases that belong to no unit. */
  readonly code: string | null
  readonly name: string | null
  /** One for each currency. */
  readonly outcomes: readonly PlaceOutcomes[]
  readonly work: WorkloadRow | null
  readonly coverage: CoverageRow | null
  readonly time: StratumStatistics | null
}

/** More places are for the file: each is a row of ten figures on a weak line. */
const rowLimit = 40

/** The work in each place: what is open and overdue leads to its cases. */
export function workTable({ workload, rows, days, results }: DashboardView, view: View): Html {
  const { language, words } = view
  const { dashboard: texts } = words.views
  const columns = [{ label: texts.workOf }, ...[texts.open, texts.overdue, texts.received, texts.answered, texts.onTime, texts.medianDays].map((label) => ({ label, isNumber: true }))]
  const cells = (work: WorkloadRow | null, unit: string | undefined, isLed = true): Html[] => {
    if (work === null) return columns.slice(1).map(({ label }) => figure(label, '–'))
    const stake = (sums: WorkloadRow['open']): string[] => sums.map(({ currency, amount }) => money(amount, currency, language))
    const led = (number: number, isOverdue: boolean): Html | string => number === 0 ? '0' : !isLed ? count(number, language) : html`<a class="govuk-link" href="${queueAddress({ unit, ...(isOverdue ? { when: 'overdue' } : {}) })}">${count(number, language)}</a>`
    return [
      figure(texts.open, led(work.open_count, false), ...stake(work.open)), figure(texts.overdue, led(work.overdue_count, true), ...stake(work.overdue)),
      figure(texts.received, count(work.received_count, language)), figure(texts.answered, count(work.answered_count, language)),
      shareFigure(texts.onTime, work.on_time_count, work.due_count, view),
      work.median_days === null ? figure(texts.medianDays, '–') : figure(texts.medianDays, texts.days(count(work.median_days, language)), texts.allowed(texts.days(count(work.median_allowed_days ?? 0, language)))),
    ]
  }
  const shown = rows.filter((row) => row.work !== null).slice(0, rowLimit)
  return html`<section aria-labelledby="work"><h2 class="govuk-heading-m" id="work">${texts.workTitle}</h2>
<p class="govuk-body">${texts.workSentence(day(days.from, language), day(days.to, language))} ${moreNote(shown.length, rows.filter((row) => row.work !== null).length, view)}</p>
${figuresTable(texts.workTitle, columns, [
    figuresRow(html`<strong>${words.total}</strong>`, cells(workload.all, results.filter.unit)),
    ...(rows.length < 2 ? [] : shown.map((row) => figuresRow(placeName(row, view), cells(row.work, row.code ?? undefined, row.code !== null)))),
  ])}</section>`
}

/** The money of each place, with what people can do with it. */
export function moneyTable(shown: DashboardView, view: View): Html | string {
  const { language, words } = view
  const { dashboard: texts } = words.views
  const rows = shown.rows.filter((row) => row.outcomes.length > 0)
  if (rows.length < 2) return ''
  const columns = [{ label: texts.workOf }, ...[texts.paid, texts.due, texts.missing, texts.coverage, texts.within7].map((label) => ({ label, isNumber: true }))]
  const order = [...rows].sort((first, second) => exact.compare(missing(second), missing(first)) || ((first.code ?? '') < (second.code ?? '') ? -1 : 1))
  const cells = (row: PlaceRow): Html[] => {
    const within = row.time?.shares.find((one) => one.within_days === 7)?.share ?? null
    return [
      shareFigure(texts.paid, total(row, 'paid_count'), total(row, 'due_count'), view),
      figure(texts.due, html`${row.outcomes.map((one) => html`<span class="tt-amount">${money(one.due, one.currency, language)}</span>`)}`),
      figure(texts.missing, html`${row.outcomes.map((one) => html`<span class="tt-amount">${money(exact.subtract(one.due, one.arrived), one.currency, language)}</span>`)}`),
      row.coverage === null ? figure(texts.coverage, '–') : shareFigure(texts.coverage, row.coverage.usable_count, row.coverage.covered_count, view),
      within === null ? figure(texts.within7, '–') : figure(texts.within7, percentage(within.share, language), texts.observed(count(row.time?.count ?? 0, language))),
    ]
  }
  return html`<section aria-labelledby="money"><h2 class="govuk-heading-m" id="money">${texts.moneyTitle}</h2>
<p class="govuk-body">${moreNote(Math.min(order.length, rowLimit), order.length, view)}</p>
${figuresTable(texts.moneyTitle, columns, order.slice(0, rowLimit).map((row) => figuresRow(placeName(row, view), cells(row))))}</section>`
}

function missing(row: PlaceRow): string {
  const [first] = row.outcomes
  return first === undefined ? exact.zero : exact.subtract(first.due, first.arrived)
}

function total(row: PlaceRow, field: 'paid_count' | 'due_count'): number {
  return row.outcomes.reduce((sum, one) => sum + one[field], 0)
}

function moreNote(shown: number, all: number, view: View): string {
  return shown < all ? view.words.views.dashboard.moreRows(count(shown, view.language), count(all, view.language)) : ''
}

function placeName({ code, name }: PlaceRow, view: View): Html | string {
  if (code === null) return view.words.views.dashboard.noUnit
  return html`<a class="govuk-link" href="${address('/dashboard', { unit: code })}"><bdi>${unitName(code, name, view)}</bdi></a>`
}

/** Every place with every figure: for whoever works on with it. One row per place and currency. */
export function placesFile({ rows }: Pick<DashboardView, 'rows'>, view: View): Table {
  const { columns, file } = view.words.views.dashboard
  const text = (number: number | null | undefined): string => (number === null || number === undefined ? '' : String(number))
  const keys = ['unit_code', 'unit_name', 'currency', 'due_count', 'paid_count', 'due', 'arrived', 'open', 'overdue', 'open_amount', 'overdue_amount', 'found', 'received', 'answered', 'gone', 'deadline', 'on_time', 'median', 'allowed', 'usable', 'covered', 'within_7', 'observed'] as const
  return {
    name: file,
    columns: keys.map((key) => ({ title: columns[key], isNumber: !['unit_code', 'unit_name', 'currency'].includes(key) })),
    rows: rows.flatMap((row) => {
      const currencies = [...new Set([...row.outcomes.map((one) => one.currency), ...(row.work?.open.map((one) => one.currency) ?? [])])].sort()
      return (currencies.length === 0 ? ['VND'] : currencies).map((currency, index) => {
        const outcome = row.outcomes.find((one) => one.currency === currency)
        const amount = (sums: WorkloadRow['open'] | undefined): string => sums?.find((one) => one.currency === currency)?.amount ?? '0'
        // Counts of people and cases know no currency: they stand once.
        const once = (number: number | null | undefined): string => (index === 0 ? text(number) : '')
        return [
          row.code ?? '', row.name ?? '', currency, text(outcome?.due_count), text(outcome?.paid_count), outcome?.due ?? '', outcome?.arrived ?? '',
          once(row.work?.open_count), once(row.work?.overdue_count), amount(row.work?.open), amount(row.work?.overdue), once(row.work?.found_count), once(row.work?.received_count), once(row.work?.answered_count), once(row.work?.gone_count), once(row.work?.due_count), once(row.work?.on_time_count), once(row.work?.median_days), once(row.work?.median_allowed_days),
          once(row.coverage?.usable_count), once(row.coverage?.covered_count), index === 0 ? (row.time?.shares.find((one) => one.within_days === 7)?.share?.share ?? '') : '', once(row.time?.count),
        ]
      })
    }),
  }
}

