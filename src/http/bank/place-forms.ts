/** The forms by which a bank says where it wants to be told: an address to write to, a webhook for its system. */
import { html } from 'hono/html'
import { languages } from '../../core/index.ts'
import { eventKinds } from '../../notices/index.ts'
import type { BankAddress } from '../../reports/index.ts'
import { checkboxes, hidden, selectField, textField, type FormFault } from '../page-parts/form-fields.ts'
import { dictionaries, wordFor } from '../text/index.ts'
import type { Html, View } from '../view.ts'

/** What somebody filled in, and what is wrong with it. */
export interface PlaceWish {
  readonly what: 'mail' | 'webhook'
  readonly address: string
  readonly language: string
  readonly kinds: readonly string[]
  readonly faults: readonly FormFault[]
}

/** Both forms, folded; the one that came back is open. */
export function placeForms(wish: PlaceWish | undefined, view: View): Html {
  const { keys } = view.words.counter
  const folded = (what: PlaceWish['what'], title: string, fields: (own: PlaceWish | undefined) => Html): Html => {
    const own = wish?.what === what ? wish : undefined
    return html`<details class="govuk-details tt-screen" ${own === undefined ? '' : html`open`}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${title}</span></summary><div class="govuk-details__text"><form method="post" action="/bank/keys/${what === 'mail' ? 'mail' : 'webhooks'}" novalidate>
${fields(own)}
${checkboxes({ name: `${what}-kinds`, legend: keys.tellOf, options: eventKinds.map((kind) => ({ value: kind, label: wordFor(keys.kinds, kind) })), chosen: own?.kinds ?? eventKinds }, own?.faults ?? [])}
<button class="govuk-button" type="submit">${keys.add}</button></form></div></details>`
  }
  return html`${folded('mail', keys.addMail, (own) => html`${textField({ id: 'mail', label: keys.mailAddress, value: own?.address ?? '', maxlength: 254, isLeftToRight: true, autocomplete: 'email' }, own?.faults ?? [])}
${selectField({ id: 'language', label: keys.mailLanguage, options: languages.map((language) => ({ value: language, label: dictionaries[language].languageName })), chosen: own?.language ?? view.language }, own?.faults ?? [])}`)}
${folded('webhook', keys.addWebhook, (own) => textField({ id: 'url', label: keys.url, hint: keys.urlHint, value: own?.address ?? '', maxlength: 2000, isLeftToRight: true, size: 'whole' }, own?.faults ?? []))}`
}

/** What can be done with a place: removed, and a webhook tried. */
export function placeButtons({ endpoint_id: id, address }: BankAddress, view: View): Html {
  const { keys } = view.words.counter
  const button = (action: string, label: string, spoken: string): Html => html`<form method="post" action="${action}" class="tt-inline">${hidden('address', id === null ? address : null)}<button class="tt-link-button" type="submit" aria-label="${spoken}">${label}</button></form>`
  if (id === null) return button('/bank/keys/mail/remove', keys.remove, keys.removeThis(address))
  return html`${button(`/bank/keys/webhooks/${id}/ping`, keys.ping, keys.pingThis(address))} ${button(`/bank/keys/webhooks/${id}/remove`, keys.remove, keys.removeThis(address))}`
}
