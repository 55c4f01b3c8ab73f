/** Whose complaint it is: by the number on the card, or by name within a commune. */
import { html } from 'hono/html'
import type { FoundPerson } from '../../cases/index.ts'
import type { Page } from '../layout.ts'
import { address, type Html, type View } from '../view.ts'

/** What was looked for, and what came of it. */
export interface FindView {
  /** What was typed; numbers are not said back. */
  readonly name: string
  readonly unit: string
  /** True: the reader works for more than a commune and has to say which one. */
  readonly asksUnit: boolean
  readonly fault: 'unreadable' | 'nothing' | 'unit' | null
  /** Null: nobody was looked for by name. */
  readonly people: readonly (FoundPerson & { readonly address: string })[] | null
  readonly isCut: boolean
}

/** The page. */
export function findPage(found: FindView, view: View): Page {
  const { complaint, errorTitle } = view.words.many
  const message = found.fault === null ? null : complaint.findFaults[found.fault]
  const main = html`${message === null ? '' : html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#${found.fault === 'unit' ? 'unit' : 'id'}">${message}</a></li></ul></div></div>`}
<h1 class="govuk-heading-l">${complaint.findTitle}</h1>
<p class="govuk-body">${complaint.findSentence}</p>
<form method="post" action="/complaints/find" class="tt-find" novalidate>
<div class="govuk-form-group"><label class="govuk-label tt-label" for="id">${complaint.number}</label><div id="id-hint" class="govuk-hint">${complaint.numberHint}</div>
<input class="govuk-input tt-field" id="id" name="id" inputmode="numeric" maxlength="20" autocomplete="off" spellcheck="false" dir="ltr" aria-describedby="id-hint"></div>
<p class="govuk-body tt-or">${complaint.or}</p>
<div class="govuk-form-group"><label class="govuk-label tt-label" for="name">${complaint.name}</label><div id="name-hint" class="govuk-hint">${complaint.nameHint}</div>
<input class="govuk-input tt-field" id="name" name="name" value="${found.name}" maxlength="100" autocomplete="off" spellcheck="false" aria-describedby="name-hint"></div>
${found.asksUnit ? html`<div class="govuk-form-group"><label class="govuk-label tt-label" for="unit">${complaint.unit}</label><input class="govuk-input tt-field" id="unit" name="unit" value="${found.unit}" maxlength="20" autocomplete="off" spellcheck="false" dir="ltr"></div>` : ''}
<button class="govuk-button" type="submit">${complaint.find}</button>
</form>
${found.people === null ? '' : people(found, found.people, view)}`
  return { title: message === null ? complaint.findTitle : `${errorTitle}: ${complaint.findTitle}`, main, section: 'findings' }
}

function people({ isCut, name }: FindView, found: readonly (FoundPerson & { readonly address: string })[], view: View): Html {
  const { complaint } = view.words.many
  if (found.length === 0) return html`<h2 class="govuk-heading-m" id="found">${complaint.nobody(name)}</h2><p class="govuk-body">${complaint.nobodyNext}</p>`
  return html`<h2 class="govuk-heading-m" id="found">${complaint.foundTitle}</h2>
${isCut ? html`<p class="govuk-body">${complaint.tooMany}</p>` : ''}
<ul class="govuk-list tt-people">${found.map((person) => html`<li><a class="govuk-link tt-person" href="${address('/complaints/new', { person: person.address })}"><bdi>${person.beneficiary_name}</bdi></a>
<span class="tt-under">${[person.birth_year === null ? null : complaint.born(`${person.birth_year}`), person.village].filter((part) => part !== null).map((part, index) => html`${index === 0 ? '' : ' · '}<bdi>${part}</bdi>`)}</span></li>`)}</ul>`
}
