/** What the page of a case says of lists of corrections: on which it stands, and what came of it. */
import { html } from 'hono/html'
import { listKindNamed, listName, type ListOfCase } from '../../corrections/index.ts'
import { hasRole } from '../../core/index.ts'
import { moneyReaders } from '../audiences.ts'
import { day, money } from '../format.ts'
import { isolated, type Html, type View } from '../view.ts'
import { progressText } from './list.ts'

/** The lists, the newest first; nothing where it stands on none. */
export function listsPart(lists: readonly ListOfCase[], view: View): Html | string {
  const { corrections } = view.words
  if (lists.length === 0) return ''
  const mayOpen = view.reader !== null && hasRole(view.reader, ...moneyReaders)
  return html`<section class="tt-known" aria-labelledby="case-lists"><h2 class="govuk-heading-s" id="case-lists">${corrections.onCase.title}</h2><ul class="govuk-list">${lists.map((one) => html`<li>${mayOpen ? html`<a class="govuk-link" href="/corrections/${one.list_id}"><bdi>${listName(one)}</bdi></a>` : html`<strong><bdi>${listName(one)}</bdi></strong>`} · ${corrections.kinds[one.kind]} · <span class="tt-amount">${money(one.amount, one.currency, view.language)}</span><span class="tt-under">${corrections.states[one.state]}${one.state === 'draft' ? '' : `: ${progressText(one, view)}`}${one.settled_by === null || one.progress === 'waiting' ? '' : html` · <bdi dir="ltr">${one.settled_by}</bdi>`}</span></li>`)}</ul></section>`
}

/** Of the event by which a list settled the case: which list, and when the money moved. */
export function settledBy({ kind, details }: { readonly kind: string; readonly details: Readonly<Record<string, unknown>> | null }, view: View): Html | string {
  const listKind = listKindNamed(textIn(details, 'kind'))
  const listId = textIn(details, 'list_id')
  const date = textIn(details, 'date')
  if (kind !== 'settled' || listKind === null || listId === undefined) return ''
  const name = isolated(listName({ kind: listKind, list_id: listId }))
  const payment = textIn(details, 'payment')
  return html`: ${date === undefined ? name : view.words.corrections.onCase.event(name, day(date, view.language))}${payment === undefined ? '' : html`<span class="tt-story__details">${view.words.corrections.onCase.payment(isolated(payment))}</span>`}`
}

function textIn(details: Readonly<Record<string, unknown>> | null, field: string): string | undefined {
  const value = details?.[field]
  return typeof value === 'string' ? value : undefined
}
