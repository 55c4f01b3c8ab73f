/** The payment periods of a place, the newest first: what was due, what arrived, and how far each is closed. */
import { html } from 'hono/html'
import { money as amounts, type Amount } from '../../core/index.ts'
import { month, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable } from '../page-parts/cells.ts'
import type { View } from '../view.ts'

/** One month and currency. */
export interface PeriodSums {
  readonly benefit_period: string
  readonly currency: string
  readonly due: Amount
  readonly arrived: Amount
}

/** The page. */
export function periodsPage(rows: readonly PeriodSums[], view: View): Page {
  const { periods: words } = view.words
  const { language } = view
  const columns = [{ label: words.month }, ...[words.due, words.arrived, words.missing].map((label) => ({ label, isNumber: true }))]
  const main = html`<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${words.lead}</p>
${rows.length === 0 ? html`<p class="govuk-body">${words.empty}</p>` : figuresTable(words.title, columns, rows.map((row) => figuresRow(month(row.benefit_period, language), [
    figure(words.due, money(row.due, row.currency, language)), figure(words.arrived, money(row.arrived, row.currency, language)), figure(words.missing, money(amounts.subtract(row.due, row.arrived), row.currency, language)),
  ])))}`
  return { title: words.title, main, section: 'period', periodPage: 'periods' }
}
