/** Before a list is made: what it would hold, what it would leave out and why, and what has to be said besides. */
import { html } from 'hono/html'
import { kindsByDecision, kindsForAMonth, type ListKind, type ProposedTotal } from '../../corrections/index.ts'
import { hasRole } from '../../core/index.ts'
import { count, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable } from '../page-parts/cells.ts'
import { faultSummary, hidden, selectField, textField, type FormFault } from '../page-parts/form-fields.ts'
import type { FindingUnit, SchemeName } from '../../reports/index.ts'
import { wordFor } from '../text/index.ts'
import { schemeName, unitName, type Html, type View } from '../view.ts'
import { amountsOf, sumsOf } from './overview.ts'

/** What somebody asks for, as typed. */
export interface TypedList {
  readonly kind: ListKind
  readonly unit: string | undefined
  readonly period: string | undefined
  readonly scheme: string | undefined
  readonly currency: string
  readonly target: string
  readonly decisionNumber: string
  readonly decisionDate: string
}

/** What the page is drawn from. */
export interface CheckData {
  readonly typed: TypedList
  readonly totals: readonly ProposedTotal[]
  readonly currencies: readonly string[]
  readonly titles: ReadonlyMap<string, string>
  readonly units: readonly FindingUnit[] | null
  readonly periods: readonly string[]
  readonly schemes: readonly SchemeName[]
}

/** The page. */
export function checkPage({ typed, totals, currencies, titles, units, periods, schemes }: CheckData, faults: readonly FormFault[], view: View): Page {
  const { corrections } = view.words
  const { check } = corrections
  const { language } = view
  const kindName = corrections.kinds[typed.kind]
  const inList = sumsOf(totals.filter(({ left_out: reason }) => reason === null))
  const left = sumsOf(totals.filter(({ left_out: reason }) => reason !== null))
  const mayMake = view.reader !== null && hasRole(view.reader, 'payer')
  const main = html`<a class="govuk-back-link" href="/corrections">${check.back}</a>
${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${check.title(kindName)}</h1>
<p class="govuk-body">${corrections.means[typed.kind]}</p>
<form method="get" action="/corrections/new" class="tt-known"><h2 class="govuk-heading-s">${check.filter}</h2><input type="hidden" name="kind" value="${typed.kind}">
<div class="tt-row">${selectField({ id: 'period', label: corrections.month, options: periods.map((one) => ({ value: one, label: month(one, language) })), chosen: typed.period ?? '', none: corrections.allMonths }, [])}
${selectField({ id: 'scheme', label: check.scheme, options: schemes.map(({ scheme }) => ({ value: scheme, label: schemeName(schemes, scheme, language) })), chosen: typed.scheme ?? '', none: check.allSchemes }, [])}
${units === null || units.length < 2 ? hidden('unit', typed.unit ?? null) : selectField({ id: 'unit', label: corrections.place, options: units.map((one) => ({ value: one.unit_code, label: unitName(one.unit_code, one.name, view) })), chosen: typed.unit ?? '', none: view.reader?.unitCode === null ? corrections.country : '' }, [])}
${currencies.length < 2 ? '' : selectField({ id: 'currency', label: check.currency, options: currencies.map((one) => ({ value: one, label: one })), chosen: typed.currency }, [])}</div>
<button class="govuk-button govuk-button--secondary" type="submit">${check.apply}</button></form>
<section aria-labelledby="check"><h2 class="govuk-heading-m" id="check">${check.checkTitle}</h2>
<p class="tt-lead">${inList.count === 0 ? check.inListNone : check.inList(count(inList.count, language), amountsOf(inList, view))}</p>
${inList.count + left.count === 0 ? '' : html`<p class="govuk-body">${check.sums(count(inList.count + left.count, language), count(inList.count, language), count(left.count, language))}</p>`}
${byCode(totals.filter(({ left_out: reason }) => reason === null), titles, view)}
${leftOutTable(totals.flatMap((one) => (one.left_out === null ? [] : [{ ...one, left_out: one.left_out }])), titles, null, view)}</section>
${inList.count === 0 || !mayMake ? '' : html`<form method="post" action="/corrections" novalidate>${hidden('kind', typed.kind)}${hidden('period', typed.period ?? null)}${hidden('scheme', typed.scheme ?? null)}${hidden('unit', typed.unit ?? null)}${hidden('currency', typed.currency)}
${!kindsForAMonth.has(typed.kind) ? '' : textField({ id: 'target', label: typed.kind === 'offset' ? check.firstMonth : check.target, hint: check.monthHint, value: typed.target, maxlength: 7, size: 'date', isLeftToRight: true }, faults)}
${kindsByDecision.has(typed.kind) ? decisionFields(typed, faults, view) : ''}
<p class="govuk-body">${check.submitSentence}</p><button class="govuk-button" type="submit">${check.submit}</button></form>`}`
  return { title: faults.length > 0 ? `${view.words.staff.errorTitle}: ${check.title(kindName)}` : check.title(kindName), main, section: 'period', periodPage: 'corrections' }
}

/** Number and date of the decision that a list rests on. */
export function decisionFields({ decisionNumber, decisionDate }: Pick<TypedList, 'decisionNumber' | 'decisionDate'>, faults: readonly FormFault[], view: View): Html {
  const { check } = view.words.corrections
  return html`${textField({ id: 'decisionNumber', label: check.decision, hint: check.decisionHint, value: decisionNumber, maxlength: 100 }, faults)}
${textField({ id: 'decisionDate', label: check.decisionDate, hint: check.dateHint, value: decisionDate, maxlength: 10, size: 'date', isLeftToRight: true }, faults)}`
}

/** What is left out, by reason and code; with the address of a list each reason leads to its items. */
export function leftOutTable(totals: readonly (Pick<ProposedTotal, 'code' | 'count' | 'amount' | 'currency'> & { readonly left_out: string })[], titles: ReadonlyMap<string, string>, listAddress: string | null, view: View): Html | string {
  const { corrections } = view.words
  if (totals.length === 0) return ''
  const reasons = [...new Set(totals.map(({ left_out: reason }) => reason))]
  return html`<h2 class="govuk-heading-m">${corrections.whyTitle}</h2>${figuresTable(corrections.whyTitle, [{ label: corrections.why }, { label: corrections.code }, { label: corrections.count, isNumber: true }, { label: corrections.amount, isNumber: true }], reasons.map((reason) => {
    const own = totals.filter((one) => one.left_out === reason)
    const sums = sumsOf(own)
    const name = wordFor(corrections.reasons, reason)
    return figuresRow(listAddress === null ? name : html`<a class="govuk-link" href="${listAddress}?left=${reason}#items">${name}</a>`, [
      html`<td class="govuk-table__cell" data-label="${corrections.code}"><span>${own.map(({ code, count: many }) => html`<span class="tt-under">${titles.get(code) ?? code}: ${count(many, view.language)}</span>`)}</span></td>`,
      figure(corrections.count, count(sums.count, view.language)), figure(corrections.amount, amountsOf(sums, view)),
    ])
  }))}`
}

function byCode(totals: readonly ProposedTotal[], titles: ReadonlyMap<string, string>, view: View): Html | string {
  const { corrections } = view.words
  if (totals.length === 0) return ''
  return html`<h2 class="govuk-heading-m">${corrections.byCode}</h2>${figuresTable(corrections.byCode, [{ label: corrections.code }, { label: corrections.count, isNumber: true }, { label: corrections.amount, isNumber: true }], totals.map((one) =>
    figuresRow(titles.get(one.code) ?? one.code, [figure(corrections.count, count(one.count, view.language)), figure(corrections.amount, amountsOf(sumsOf([one]), view))])), 'tt-narrow')}`
}
