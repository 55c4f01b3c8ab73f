/** Does the money of each payment organisation close: organisations and their months, the newest first. */
import { html } from 'hono/html'
import { money as exact } from '../../core/index.ts'
import type { Organisation, SettlementMonth } from '../../settlement/index.ts'
import { count, day, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import { address, type Html, type View } from '../view.ts'
import { organisationAddress } from './asked.ts'
import { amountOf, isZero, monthName, organisationName, stateTag, takeAway } from './parts.ts'

/** What the page is drawn from. */
export interface SettlementList {
  readonly asOf: string
  readonly organisations: readonly Organisation[]
  readonly months: readonly SettlementMonth[]
  /** False for whoever works for one place: settlements are of the whole installation. */
  readonly isForReader: boolean
}

/** The page. */
export function settlementPage({ asOf, organisations, months, isForReader }: SettlementList, view: View): Page {
  const { words, language } = view
  const { settlement: texts } = words
  const stated = months.filter((row) => row.is_stated)
  const open = stated.filter((row) => !isZero(row.difference))
  const currencies = [...new Set(open.map((row) => row.currency))]
  const openSums = currencies.map((currency) => money(exact.add(...open.filter((row) => row.currency === currency).map(({ difference }) => exact.largest(difference, exact.negate(difference)))), currency, language)).join(' + ')
  const main = html`<span class="govuk-caption-l">${words.overview.asOf(day(asOf, language))}</span><h1 class="govuk-heading-l">${texts.title}</h1>
<p class="tt-lead">${!isForReader ? texts.notYours : months.length === 0 ? texts.empty : html`${texts.sumClosed(count(stated.length - open.length, language), count(stated.length, language))}${open.length === 0 ? '' : html` ${texts.sumOpen(openSums)}`}`}</p>
<p class="govuk-body">${months.length === 0 && isForReader ? texts.emptyNext : texts.lead}</p>
${statedFirst(organisations).map((one) => section(one, organisations, months.filter((row) => row.source === one.source && row.currency === one.currency), view))}
${months.length === 0 ? '' : takeAway(texts.exportMonths, '/settlement', {}, view)}`
  return { title: texts.title, main, section: 'period', periodPage: 'settlement' }
}

/** Whoever has a statement comes first; payments of nobody known come last. */
function statedFirst(organisations: readonly Organisation[]): Organisation[] {
  const rank = ({ source, statement_count: statements }: Organisation): number => (source === '' ? 2 : statements === null ? 1 : 0)
  return [...organisations].sort((first, second) => rank(first) - rank(second))
}

function section(one: Organisation, organisations: readonly Organisation[], months: readonly SettlementMonth[], view: View): Html {
  const { settlement: texts } = view.words
  const { language } = view
  const { columns } = texts
  const facts = [
    one.accounts === null ? null : texts.accounts(one.accounts),
    one.first_date === null || one.last_date === null ? texts.noStatement : texts.statements(day(one.first_date, language), day(one.last_date, language), count(one.statement_count ?? '0', language)),
    one.gap_count === null || one.gap_count === '0' ? null : texts.gaps(count(one.gap_count, language)),
  ].filter((fact) => fact !== null)
  const heads = [{ label: texts.month }, ...[columns.received, columns.credited, columns.on_the_way, columns.not_collected, columns.handed_back, columns.kept, columns.difference].map((label) => ({ label, isNumber: true })), { label: texts.state }]
  const rows = months.map((row) => {
    const amount = (label: string, value: string): Html => figure(label, row.is_stated || [columns.credited, columns.on_the_way, columns.not_collected].includes(label) ? amountOf(value, row.currency, view) : '–')
    return figuresRow(html`<a class="govuk-link" href="${address('/settlement/organisation', organisationAddress(one.source, row.benefit_period))}">${monthName(row.benefit_period, view)}</a>`, [
      amount(columns.received, row.received), amount(columns.credited, row.credited), amount(columns.on_the_way, row.on_the_way), amount(columns.not_collected, row.not_collected), amount(columns.handed_back, row.handed_back), amount(columns.kept, row.kept), amount(columns.difference, row.difference),
      wordsCell(texts.state, stateTag(row, view)),
    ])
  })
  const name = organisationName(one.source, organisations, view)
  return html`<section><h2 class="govuk-heading-m"><a class="govuk-link" href="${address('/settlement/organisation', organisationAddress(one.source, undefined))}"><bdi>${name}</bdi></a></h2>
<p class="govuk-body-s">${facts.join(' · ')}</p>${figuresTable(name, heads, rows)}</section>`
}
