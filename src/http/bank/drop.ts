/** The form that takes a file: without a script a plain one, with it a place to drop the file on and a bar while it leaves. */
import { html } from 'hono/html'
import { faultSummary, selectField, textField, type FormFault } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import type { Html, View } from '../view.ts'
import type { Page } from '../layout.ts'
import { kindOptions } from './parts.ts'

/** What the form begins with. */
export interface DropStart {
  readonly kind: string | null
  readonly profile: string | null
  /** As typed; empty: nothing yet. */
  readonly declaredCount: string
  readonly declaredSum: string
  /** True: a file with corrected lines is to come. */
  readonly isCorrection: boolean
  /** Names of saved mapping profiles. */
  readonly profiles: readonly string[]
}

/** The form. */
export function dropForm({ kind, profile, declaredCount, declaredSum, isCorrection, profiles }: DropStart, faults: readonly FormFault[], view: View): Html {
  const { drop } = view.words.counter
  const fault = faults.find(({ field }) => field === 'file')
  const isOpen = kind !== null || profile !== null || declaredCount !== '' || declaredSum !== '' || faults.some(({ field }) => field !== 'file')
  return html`<section aria-labelledby="drop-title"><h2 class="govuk-heading-m" id="drop-title">${isCorrection ? drop.corrected : drop.title}</h2>
${isCorrection ? html`<p class="govuk-body">${drop.correctedSentence}</p>` : ''}
<form method="post" action="/bank/files" enctype="multipart/form-data" class="tt-drop" data-drop>
<details class="govuk-details tt-drop__more" ${isOpen ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${drop.more}</span></summary><div class="govuk-details__text">
${selectField({ id: 'kind', label: drop.kind, options: kindOptions(view), chosen: kind ?? '', none: drop.kindAuto }, faults)}
${profiles.length === 0 ? '' : selectField({ id: 'profile', label: drop.profile, options: profiles.map((name) => ({ value: name, label: name })), chosen: profile ?? '', none: drop.profileNone }, faults)}
<p class="govuk-hint">${drop.declaredHint}</p>
${textField({ id: 'declared_count', label: drop.declaredCount, value: declaredCount, inputmode: 'numeric', maxlength: 12, size: 'code', isLeftToRight: true }, faults)}
${textField({ id: 'declared_sum', label: drop.declaredSum, value: declaredSum, inputmode: 'numeric', maxlength: 24, size: 'amount', isLeftToRight: true }, faults)}
</div></details>
<div class="govuk-form-group tt-drop__file ${fault === undefined ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="file">${drop.file}</label><div class="govuk-hint" id="file-hint">${drop.hint}</div>${fault === undefined ? '' : html`<p class="govuk-error-message" id="file-error">${fault.message}</p>`}
<input class="tt-file" type="file" id="file" name="file" aria-describedby="file-hint${fault === undefined ? '' : ' file-error'}" accept=".csv,.txt,.tsv,.xlsx,.xml,.sta,.mt940,.940"><p class="govuk-hint tt-drop__here" data-drop-here hidden>${drop.dropHere}</p></div>
<p class="govuk-body tt-drop__bar" hidden data-upload-box><progress data-upload max="100" value="0" aria-label="${drop.sending}"></progress> <span data-upload-said data-arrived="${drop.arrived}" role="status">${drop.sending}</span></p>
<div class="tt-buttons"><button class="govuk-button" type="submit">${drop.send}</button></div>
</form>
<p class="govuk-body-s"><a class="govuk-link" href="/bank/templates">${drop.templates}</a></p></section>`
}

/** The form once more, with what went wrong on top. */
export function dropFaultPage(start: DropStart, faults: readonly FormFault[], view: View): Page {
  const { drop } = view.words.counter
  const main = html`${faultSummary(faults, view)}<h1 class="govuk-heading-l">${drop.faultTitle}</h1>${dropForm(start, faults, view)}`
  return { title: drop.faultTitle, main, section: 'today' }
}

/** A fault of the form as the page says it. */
export function dropFault(code: string, view: View): FormFault {
  const { faults } = view.words.counter.drop
  return { field: ['declared_count', 'declared_sum', 'kind'].includes(code) ? code : 'file', message: wordFor(faults, code) }
}
