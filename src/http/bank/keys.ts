/** Which systems come in for a bank, where it wants to be told of things, and what it was told; no secret stands here. */
import { html } from 'hono/html'
import type { BankAddress, BankDelivery, BankKey } from '../../reports/index.ts'
import { count, localMoment } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { leftToRight, listed, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import { faultSummary } from '../page-parts/form-fields.ts'
import { cardTable, cell, type Head } from './parts.ts'
import { placeButtons, placeForms, type PlaceWish } from './place-forms.ts'

/** What the page is drawn from. */
export interface KeysView {
  readonly keys: readonly BankKey[]
  readonly addresses: readonly BankAddress[]
  readonly deliveries: readonly BankDelivery[]
  /** True: of every bank, for administrators. */
  readonly isAll: boolean
  /** The instant against which keys have expired. */
  readonly at: string
  /** What a form for a place came back with; absent: none did. */
  readonly wish?: PlaceWish
  /** The secret of a webhook that was just added. */
  readonly secret?: string
}

/** The page. */
export function keysPage(shown: KeysView, view: View): Page {
  const { keys } = view.words.counter
  const title = shown.isAll ? keys.titleAll : keys.title
  const part = (id: string, heading: string, empty: string, rows: readonly Html[], heads: readonly Head[], sentence?: string): Html => html`<section aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${heading}</h2>${sentence === undefined ? '' : html`<p class="govuk-body">${sentence}</p>`}${rows.length === 0 ? html`<p class="govuk-body">${empty}</p>` : cardTable(heading, shown.isAll ? [heads[0] ?? { label: '' }, { label: keys.bank }, ...heads.slice(1)] : heads, rows)}</section>`
  const main = html`${faultSummary(shown.wish?.faults ?? [], view)}<h1 class="govuk-heading-l">${title}</h1>
${shown.secret === undefined ? '' : html`<section class="tt-notice" aria-labelledby="secret"><h2 class="govuk-heading-m" id="secret">${keys.secretTitle}</h2><p>${keys.secretSentence}</p><p><code class="tt-secret tt-secret--key" dir="ltr">${shown.secret}</code></p></section>`}
<p class="govuk-body">${keys.sentence}</p>
${part('keys', keys.keysTitle, keys.keysEmpty, shown.keys.map((one) => keyRow(one, shown, view)), [{ label: keys.system }, { label: keys.end }, { label: keys.scopes }, { label: keys.networks }, { label: keys.until }, { label: keys.lastUsed }])}
${part('places', keys.placesTitle, keys.placesEmpty, shown.addresses.map((one) => addressRow(one, shown, view)), [{ label: keys.place }, { label: keys.way }, { label: keys.about }, { label: keys.since }, ...(shown.isAll ? [] : [{ label: keys.change }])], keys.placesSentence)}
${shown.isAll ? '' : placeForms(shown.wish, view)}
${part('deliveries', keys.deliveriesTitle, keys.deliveriesEmpty, shown.deliveries.map((one) => deliveryRow(one, shown, view)), [{ label: keys.at }, { label: keys.what }, { label: keys.place }, { label: keys.outcome }, { label: keys.attempts, isNumber: true }])}`
  return { title, main, section: null }
}

function bankCell(agent: string, { isAll }: KeysView, { words }: View): Html | string {
  return isAll ? cell(words.counter.keys.bank, leftToRight(agent)) : ''
}

function keyRow(key: BankKey, shown: KeysView, view: View): Html {
  const { keys } = view.words.counter
  const moment = (instant: string): string => localMoment(instant, view.language)
  const until = key.revoked_at !== null ? stopped(keys.revoked(moment(key.revoked_at))) : key.expires_at === null ? keys.untilRevoked : key.expires_at <= shown.at ? stopped(keys.expired(moment(key.expires_at))) : moment(key.expires_at)
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><bdi>${key.system_name ?? keys.nameless}</bdi></th>${bankCell(key.creditor_agent, shown, view)}
${cell(keys.end, key.is_client ? keys.client(key.label) : html`<code dir="ltr">…${key.label}</code>`)}${cell(keys.scopes, listed(key.scopes.map((scope) => wordFor(keys.names, scope)), view))}${cell(keys.networks, key.allowed_from === null ? keys.anywhere : html`<code dir="ltr">${key.allowed_from.join(', ')}</code>`)}
${cell(keys.until, until)}${cell(keys.lastUsed, key.last_used_at === null ? keys.never : moment(key.last_used_at))}</tr>`
}

function addressRow(one: BankAddress, shown: KeysView, view: View): Html {
  const { keys } = view.words.counter
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header tt-break">${leftToRight(one.address)}</th>${bankCell(one.source, shown, view)}${cell(keys.way, one.endpoint_id === null ? keys.mail : keys.webhook)}
${cell(keys.about, listed(one.kinds.map((kind) => wordFor(keys.kinds, kind)), view))}${cell(keys.since, one.disabled_at === null ? localMoment(one.created_at, view.language) : stopped(keys.disabled(wordFor(keys.failures, one.disabled_reason ?? ''))))}${shown.isAll ? '' : cell(keys.change, placeButtons(one, view))}</tr>`
}

function deliveryRow(one: BankDelivery, shown: KeysView, view: View): Html {
  const { keys } = view.words.counter
  const moment = (instant: string): string => localMoment(instant, view.language)
  const why = listed([one.last_error === null ? keys.unknownError : wordFor(keys.failures, one.last_error), ...(one.last_status === null ? [] : [`${one.last_status}`])], view)
  const outcome = one.delivered_at !== null ? keys.delivered(moment(one.delivered_at)) : one.given_up_at !== null ? stopped(keys.givenUp(why)) : one.next_attempt_at === null ? keys.waiting : keys.next(moment(one.next_attempt_at))
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${moment(one.created_at)}</th>${bankCell(one.source, shown, view)}${cell(keys.what, wordFor(keys.kinds, one.kind))}${cell(keys.place, html`<span class="tt-break">${leftToRight(one.address)}</span>`)}${cell(keys.outcome, outcome)}${cell(keys.attempts, count(one.attempt_count, view.language), true)}</tr>`
}

function stopped(text: string): Html {
  return html`<strong class="govuk-tag tt-tag tt-tag--m tt-tag--long">${text}</strong>`
}
