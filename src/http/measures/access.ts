/** What stands between people and money that was credited: accounts, mandates and numbers that end, and paydays that no agent may pay out. */
import { html } from 'hono/html'
import { count, day, money } from '../format.ts'
import { isolated, unitName, type Html, type View } from '../view.ts'
import { figure, figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import type { Access, AccessRow, Payday } from '../../reports/index.ts'

/** More rows are for the files. */
const rowLimit = 20

/** The section of the page of coverage. */
export function accessSection({ all, rows, paydays }: Access, view: View): Html {
  const { access: texts } = view.words.measures
  const isNothing = rows.length === 0 && paydays.length === 0
  return html`<section aria-labelledby="access"><h2 class="govuk-heading-m" id="access">${texts.title}</h2><p class="govuk-body">${isNothing ? texts.none : texts.sentence}</p>
${rows.length === 0 ? '' : endings(all, rows, view)}${paydays.length === 0 ? '' : paydayTable(paydays, view)}</section>`
}

function endings(all: Access['all'], rows: readonly AccessRow[], view: View): Html {
  const { measures, total } = view.words
  const { access: texts } = measures
  const columns = [['closed_unused_count', texts.closedUnused], ['mandate_expired_count', texts.mandateExpired], ['mandate_expiring_count', texts.mandateExpiring], ['nine_digits_count', texts.nineDigits]] as const
  const cells = (counts: Access['all']): Html[] => columns.map(([key, label]) => figure(label, count(counts[key], view.language)))
  const own = rows.slice(0, rowLimit).map((row) => figuresRow(unitName(row.unit_code, row.unit_name, view), cells(row)))
  return figuresTable(texts.title, [{ label: measures.strata.unit }, ...columns.map(([, label]) => ({ label, isNumber: true }))], [figuresRow(html`<strong>${total}</strong>`, cells(all)), ...own])
}

function paydayTable(paydays: readonly Payday[], view: View): Html {
  const { measures } = view.words
  const { access: texts } = measures
  const { language } = view
  const limits = [...new Set(paydays.map((one) => money(one.limit_amount, one.currency, language)))].join(', ')
  const rows = paydays.slice(0, rowLimit).map((one) => figuresRow(html`<bdi>${one.village}</bdi><span class="tt-under">${unitName(one.unit_code, one.unit_name, view)}</span>`, [
    wordsCell(texts.day, day(one.credited_date, language)), figure(texts.people, count(one.people_count, language)), figure(texts.amount, html`<span class="tt-amount">${money(one.amount, one.currency, language)}</span>`),
    wordsCell(texts.cashPoint, one.cash_point_km === null ? null : texts.kilometres(isolated(one.cash_point_km.replace('.', language === 'vi' ? ',' : '.')))),
  ]))
  return html`<h3 class="govuk-heading-s">${texts.paydaysTitle}</h3><p class="govuk-body">${texts.paydaysSentence(limits)}</p>
${figuresTable(texts.paydaysTitle, [{ label: measures.strata.village }, { label: texts.day }, { label: texts.people, isNumber: true }, { label: texts.amount, isNumber: true }, { label: texts.cashPoint }], rows)}`
}
