/** Everybody who may use the pages: what waits for a second administrator first, then the list. */
import { html } from 'hono/html'
import type { Account, RecordedChange, WaitingBand } from '../../staff/index.ts'
import { listLinks, trailLinks } from '../exports/form.ts'
import { count, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { faultSummary, textField, type FormFault } from '../page-parts/form-fields.ts'
import { address, isolated, leftToRight, listed, type Html, type View } from '../view.ts'
import { bandWords, changeWords } from './changes.ts'

/** What the page shows. */
export interface PeopleData {
  readonly people: readonly Account[]
  /** The user name after which the next page begins; null on the last one. */
  readonly next: string | null
  /** Null: everybody. */
  readonly search: string | null
  readonly waiting: readonly RecordedChange[]
  readonly waitingBands: readonly WaitingBand[]
  /** Whose page it is: what they asked for they do not confirm. */
  readonly ownId: string
  readonly notice: string | null
  /** Null where no file names it. */
  readonly unitName: (code: string) => string | null
}

/** The page. */
export function peoplePage(data: PeopleData, faults: readonly FormFault[], view: View): Page {
  const { administration: words } = view.words.staff
  const main = html`${faultSummary(faults, view)}
${noticeLine(data.notice)}
<h1 class="govuk-heading-l">${words.title}</h1>
${waitingPart(data, view)}
<form method="get" action="/administration" class="tt-filter" role="search">
${textField({ id: 'search', label: words.search, type: 'search', value: data.search ?? '', maxlength: 100 }, [])}
<div class="tt-filter__actions"><button class="govuk-button" type="submit">${words.find}</button></div></form>
<p class="govuk-body">${data.people.length === 0 ? html`${words.none} · ` : data.next === null ? html`${words.counted(count(data.people.length, view.language))} · ` : ''}<a class="govuk-link" href="/administration/people/new">${words.add}</a> · <a class="govuk-link" href="/administration/bands">${words.bandsTitle}</a> · <a class="govuk-link" href="/administration/keys">${view.words.counter.keys.titleAll}</a></p>
${data.people.length === 0 ? '' : html`${peopleTable(data, view)}${listLinks('/administration', { search: data.search ?? undefined }, false, view)}${trailLinks(view)}`}
${data.next === null ? '' : html`<nav class="tt-pages" aria-label="${view.words.findings.pages}"><ul><li><a class="govuk-link tt-next" rel="next" href="${address('/administration', { search: data.search, after: data.next })}">${view.words.findings.next}</a></li></ul></nav>`}`
  return { title: words.title, main, section: null }
}

/** What was just done, said above. */
export function noticeLine(notice: string | null): Html | string {
  return notice === null ? '' : html`<div class="tt-notice" role="status"><p class="govuk-body">${notice}</p></div>`
}

/** How an account stands, in a word with its colour. */
export function stateTag(account: Account, view: View): Html {
  const { administration: words } = view.words.staff
  if (account.is_active) return html`<strong class="govuk-tag tt-tag tt-tag--l">${words.active}</strong>`
  return account.waiting_count > 0 ? html`<strong class="govuk-tag tt-tag tt-tag--m">${words.isWaiting}</strong>` : html`<strong class="govuk-tag tt-tag tt-tag--h">${words.disabled}</strong>`
}

/** Where somebody works: the unit, the bank, or the whole country. */
export function placeOfWork(account: Account, unitName: PeopleData['unitName'], view: View): Html | string {
  if (account.creditor_agent !== null) return leftToRight(account.creditor_agent)
  if (account.unit_code === null) return view.words.staff.administration.whole
  const name = unitName(account.unit_code)
  return html`<bdi>${name === null ? account.unit_code : `${name} (${account.unit_code})`}</bdi>`
}

/** The two buttons under what waits; whoever asked for it can only take it back. */
export function decisionForm(action: string, isOwn: boolean, what: string, view: View): Html {
  const { administration: words } = view.words.staff
  const more = html`<span class="govuk-visually-hidden">: ${what}</span>`
  return html`${isOwn ? html`<p class="govuk-body-s">${words.ownRequest}</p>` : ''}<form method="post" action="${action}" class="tt-buttons">
${isOwn ? '' : html`<button class="govuk-button" type="submit" name="decision" value="confirm">${words.confirm}${more}</button>`}
<button class="govuk-button govuk-button--secondary" type="submit" name="decision" value="withdraw">${isOwn ? words.takeBack : words.withdraw}${more}</button></form>`
}

function waitingPart({ waiting, waitingBands, ownId }: PeopleData, view: View): Html | string {
  const { administration: words } = view.words.staff
  if (waiting.length + waitingBands.length === 0) return ''
  return html`<section class="tt-action" id="waiting"><h2 class="govuk-heading-m">${words.waitingTitle}</h2><p class="govuk-body">${words.waitingSentence}</p><ul class="tt-findings">
${waiting.map((one) => html`<li class="tt-finding"><p class="govuk-body"><a class="govuk-link" href="/administration/people/${one.staff_id}"><bdi>${one.display_name}</bdi></a> ${leftToRight(one.user_name)}<br>${changeWords(one.change, view)}</p>
<p class="govuk-body-s tt-quiet">${words.askedBy(isolated(one.changed_by_name ?? ''), localMoment(one.changed_at, view.language))} · <bdi>${one.reason}</bdi></p>${decisionForm(`/administration/changes/${one.change_id}`, one.changed_by === ownId, one.display_name, view)}</li>`)}
${waitingBands.map((one) => html`<li class="tt-finding"><p class="govuk-body">${words.bandsTitle}<br>${bandWords(one, view)}</p>
<p class="govuk-body-s tt-quiet">${words.askedBy(isolated(one.changed_by_name), localMoment(one.changed_at, view.language))} · <bdi>${one.reason}</bdi></p>${decisionForm(`/administration/bands/${one.change_id}`, one.changed_by === ownId, bandWords(one, view), view)}</li>`)}</ul></section>`
}

function peopleTable({ people, unitName }: PeopleData, view: View): Html {
  const { administration: words, account, roleWords } = view.words.staff
  const heads = [account.name, account.roles, account.unit, words.state, words.lastIn]
  return html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${words.title}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${heads.map((head) => html`<th scope="col" class="govuk-table__header">${head}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${people.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="/administration/people/${one.staff_id}"><bdi>${one.display_name}</bdi></a><span class="tt-under">${leftToRight(one.user_name)}</span></th>
<td class="govuk-table__cell" data-label="${account.roles}"><span>${listed(one.roles.map((role) => roleWords[role]), view)}</span></td>
<td class="govuk-table__cell" data-label="${one.creditor_agent === null ? account.unit : account.bank}"><span>${placeOfWork(one, unitName, view)}</span></td>
<td class="govuk-table__cell" data-label="${words.state}"><span>${stateTag(one, view)}</span></td>
<td class="govuk-table__cell" data-label="${words.lastIn}"><span>${one.last_signed_in_at === null ? words.neverIn : localMoment(one.last_signed_in_at, view.language)}</span></td></tr>`)}</tbody></table>`
}

