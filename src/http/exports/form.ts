/** The form that asks why whole personal numbers are needed, and the links under a list. */
import { html } from 'hono/html'
import { count } from '../format.ts'
import type { Page } from '../layout.ts'
import { address, type Html, type View } from '../view.ts'

/** Why somebody may need whole numbers; short, so that it is answered and not typed around. */
export const exportReasons = ['bank', 'register', 'inspection', 'visit'] as const
export type ExportReason = (typeof exportReasons)[number]

/** The page that a list is taken away from: some lists stand on the page of the thing they are about. */
export function homeOf({ path, query }: View): string {
  const list = path.replace(/\/(?:print|export)$/, '')
  return address(list.replace(/\/(?:people|problems)$/, ''), Object.fromEntries(query))
}

/** `fault`: what is still to be chosen. */
export function exportFormPage(fault: 'reason' | 'format' | null, view: View): Page {
  const { exports, errorTitle } = view.words.many
  const radio = (name: string, value: string, label: string, isChosen: boolean): Html => html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${name}-${value}" name="${name}" value="${value}" ${isChosen ? html`checked` : ''} required><label class="govuk-label govuk-radios__label" for="${name}-${value}">${label}</label></div>`
  const group = (name: 'reason' | 'format', legend: string, options: Html[]): Html => html`<div class="govuk-form-group ${fault === name ? 'govuk-form-group--error' : ''}"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>${fault === name ? html`<p class="govuk-error-message">${exports.chooseReason}</p>` : ''}
<div class="govuk-radios govuk-radios--small">${options}</div></fieldset></div>`
  const main = html`<a class="govuk-back-link" href="${homeOf(view)}">${exports.back}</a>
${fault === null ? '' : html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#${fault === 'reason' ? `reason-${exportReasons[0]}` : 'format-xlsx'}">${exports.chooseReason}</a></li></ul></div></div>`}
<h1 class="govuk-heading-l">${exports.wholeTitle}</h1>
<p class="govuk-body">${exports.wholeSentence}</p>
<form method="post" action="${address(view.path, Object.fromEntries(view.query))}" novalidate>
${group('reason', exports.why, exportReasons.map((reason) => radio('reason', reason, exports.reasons[reason], false)))}
${group('format', exports.format, [radio('format', 'xlsx', exports.xlsx, true), radio('format', 'csv', exports.csv, false)])}
<button class="govuk-button" type="submit">${exports.take}</button>
</form>`
  return { title: fault === null ? exports.wholeTitle : `${errorTitle}: ${exports.wholeTitle}`, main, section: null }
}

/** When a list is too long to be one file. */
export function tooLongPage(most: number, view: View): Page {
  const { exports } = view.words.many
  return { title: exports.tooLongTitle, main: html`<h1 class="govuk-heading-l">${exports.tooLongTitle}</h1><p class="govuk-body">${exports.tooLong(count(most, view.language))}</p>`, section: null }
}

/** The ways to take a list away, to stand under it. */
export function listLinks(path: string, query: Readonly<Record<string, string | undefined>>, hasNumbers: boolean, view: View): Html {
  const { exports } = view.words.many
  const link = (text: string, to: string): Html => html`<a class="govuk-link" href="${address(to, query)}">${text}</a>`
  return html`<p class="govuk-body-s tt-exports"><strong>${exports.title}:</strong> ${link(exports.xlsx, `${path}.xlsx`)} · ${link(exports.csv, `${path}.csv`)} · ${link(exports.print, `${path}/print`)}${hasNumbers ? html` · ${link(exports.whole, `${path}/export`)}` : ''}</p>`
}

/** The way to the trail, for those who may read it. */
export function trailLinks(view: View): Html {
  return html`<p class="govuk-body-s tt-exports">${view.words.many.exports.trail.sentence} <a class="govuk-link" href="/trail">${view.words.trail.link}</a></p>`
}
