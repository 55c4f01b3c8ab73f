/** The door to a person's page: one field for the whole id, which goes in the body of a request and never into an address. */
import { html } from 'hono/html'
import type { View } from '../view.ts'
import type { Page } from '../layout.ts'

/** The form; `fault`: what was wrong with what was asked before. */
export function personsPage(fault: 'unreadable' | 'unknown' | null, view: View): Page {
  const { words } = view
  const message = fault === null ? null : fault === 'unreadable' ? words.persons.unreadable : words.persons.unknown
  const main = html`<h1 class="govuk-heading-l">${words.persons.title}</h1>
<form method="post" action="/persons" novalidate>
<div class="govuk-form-group ${message === null ? '' : 'govuk-form-group--error'}"><label class="govuk-label" for="id">${words.persons.label}</label>
<div id="id-hint" class="govuk-hint">${words.persons.hint}</div>
${message === null ? '' : html`<p id="id-error" class="govuk-error-message" role="alert">${message}</p>`}
<input class="govuk-input tt-id ${message === null ? '' : 'govuk-input--error'}" id="id" name="id" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength="20" dir="ltr" aria-describedby="id-hint${message === null ? '' : ' id-error'}"></div>
<button class="govuk-button" type="submit">${words.persons.find}</button>
</form>
<p class="govuk-body">${words.persons.privacy}</p>`
  return { title: words.persons.title, main, section: 'persons' }
}
