/** How to decide in a workbook: take it, fill in three columns, hand it in. */
import { html } from 'hono/html'
import { refusalSentence } from '../../core/index.ts'
import { count } from '../format.ts'
import { exportReasons } from '../exports/form.ts'
import type { Page } from '../layout.ts'
import { wordFor } from '../text/index.ts'
import { address, type View } from '../view.ts'
import { queueAddress } from './choose.ts'

/** What the page says. */
export interface WorkbookView {
  /** How many cases the list has; null: it was not counted, since a file came back. */
  readonly count: string | null
  /** How many rows fit into one file. */
  readonly most: string
  /** Why a file was not taken; null: nothing went wrong. */
  readonly fault: string | null
}

/** The page. */
export function workbookPage(shown: WorkbookView, view: View): Page {
  const { workbook, exports, errorTitle } = view.words.many
  const query = Object.fromEntries(view.query)
  const fault = shown.fault === null ? null : faultText(shown.fault, view)
  const main = html`<a class="govuk-back-link" href="${queueAddress(view.query.toString())}">${view.words.many.act.back}</a>
${fault === null ? '' : html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#${shown.fault === 'reason' ? 'reason' : 'file'}">${fault}</a></li></ul></div></div>`}
<h1 class="govuk-heading-l">${workbook.title}</h1>
<p class="govuk-body">${workbook.sentence}</p>
<section aria-labelledby="take"><h2 class="govuk-heading-m" id="take">${workbook.takeTitle}</h2>
${shown.count === null ? '' : html`<p class="govuk-body">${workbook.cases(count(shown.count, view.language), count(shown.most, view.language))}</p>`}
<form method="post" action="${address('/queue/workbook/take', query)}">
<details class="govuk-details" ${shown.fault === 'reason' ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${exports.whole}</span></summary><div class="govuk-details__text">
<p class="govuk-body">${exports.wholeSentence}</p>
<div class="govuk-form-group"><label class="govuk-label" for="numbers">${workbook.numbers}</label><select class="govuk-select" id="numbers" name="numbers"><option value="masked">${workbook.masked}</option><option value="whole">${workbook.whole}</option></select></div>
<div class="govuk-form-group"><label class="govuk-label" for="reason">${exports.why}</label><select class="govuk-select" id="reason" name="reason"><option value=""></option>${exportReasons.map((reason) => html`<option value="${reason}">${exports.reasons[reason]}</option>`)}</select></div></div></details>
<div class="tt-buttons"><button class="govuk-button" type="submit" name="format" value="xlsx">${workbook.takeXlsx}</button><button class="govuk-button govuk-button--secondary" type="submit" name="format" value="csv">${workbook.takeCsv}</button></div></form></section>
<section aria-labelledby="fill"><h2 class="govuk-heading-m" id="fill">${workbook.fillTitle}</h2><ul class="govuk-list govuk-list--bullet">${workbook.fill.map((line) => html`<li>${line}</li>`)}</ul></section>
<section aria-labelledby="return"><h2 class="govuk-heading-m" id="return">${workbook.returnTitle}</h2><p class="govuk-body">${workbook.returnSentence}</p>
<form method="post" action="${address('/queue/workbook', query)}" enctype="multipart/form-data">
<div class="govuk-form-group ${fault !== null && shown.fault !== 'reason' ? 'govuk-form-group--error' : ''}"><label class="govuk-label tt-label" for="file">${workbook.file}</label>${fault !== null && shown.fault !== 'reason' ? html`<p class="govuk-error-message" id="file-error">${fault}</p>` : ''}<input class="tt-file" type="file" id="file" name="file" accept=".xlsx,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv"></div>
<button class="govuk-button" type="submit">${view.words.many.act.preview}</button></form></section>`
  return { title: fault === null ? workbook.title : `${errorTitle}: ${workbook.title}`, main, section: 'findings' }
}

function faultText(code: string, { words, language }: View): string {
  const { faults } = words.many.workbook
  if (Object.hasOwn(faults, code)) return wordFor(faults, code)
  return refusalSentence(code, language) ?? faults.unreadable
}
