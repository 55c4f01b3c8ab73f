/** One's own account: password, codes, where one is signed in, and who stands in while one is away. */
import { html } from 'hono/html'
import { addDays, hasRole, type Reader } from '../../core/index.ts'
import { type Absence, type Colleague, type OwnAccount } from '../../staff/index.ts'
import { day, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { faultSummary, hidden, selectField, textField, type FormFault } from '../page-parts/form-fields.ts'
import { isolated, leftToRight, listed, type Html, type View } from '../view.ts'

/** What was just done, to be said above. */
export const accountNotices = ['passwordChanged', 'codesDone', 'othersEnded', 'deputyNamed', 'absenceEnded'] as const
export type AccountNotice = (typeof accountNotices)[number]

/** What the page shows. */
export interface AccountData {
  readonly reader: Reader
  readonly account: OwnAccount
  readonly unitName: string | null
  readonly absences: readonly Absence[]
  /** Who could stand in; empty for whoever does not approve. */
  readonly deputies: readonly Colleague[]
  readonly today: string
  readonly notice: AccountNotice | null
  /** What was typed into the form of an absence that came back. */
  readonly typed: Readonly<Record<'deputy' | 'from' | 'to' | 'reason', string>>
}

/** The page. */
export function accountPage(data: AccountData, faults: readonly FormFault[], view: View): Page {
  const { account: words } = view.words.staff
  const { reader, account, absences, notice } = data
  const standingIn = absences.filter((one) => one.deputy_id === reader.staffId && one.is_now)
  const main = html`${faultSummary(faults, view)}
${notice === null ? '' : html`<div class="tt-notice" role="status"><p class="govuk-body">${words[notice]}</p></div>`}
<h1 class="govuk-heading-l">${words.title}</h1>
${standingIn.map((one) => html`<div class="govuk-inset-text">${words.standInUntil(isolated(one.absent_name), day(one.to_date, view.language))}</div>`)}
${whoIs(data, view)}
${account.has_password ? passwordPart(account, faults, view) : ''}
${account.has_password ? codesPart(account, faults, view) : ''}
${hasRole(reader, 'approver') ? absencePart(data, faults, view) : ''}
${sessionsPart(account, view)}`
  return { title: faults.length > 0 ? `${view.words.staff.errorTitle}: ${words.title}` : words.title, main, section: null }
}

function whoIs({ reader, unitName }: AccountData, view: View): Html {
  const { account: words, roleWords } = view.words.staff
  const rows: readonly [string, Html | string][] = [
    [words.name, html`<bdi>${reader.displayName}</bdi>`],
    [words.userName, leftToRight(reader.userName)],
    [words.roles, listed(reader.roles.map((role) => roleWords[role]), view)],
    reader.creditorAgent === null ? [words.unit, reader.unitCode === null ? words.whole : html`<bdi>${unitName === null ? reader.unitCode : `${unitName} (${reader.unitCode})`}</bdi>`] : [words.bank, leftToRight(reader.creditorAgent)],
  ]
  return html`<dl class="govuk-summary-list">${rows.map(([label, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`)}</dl>`
}

function passwordPart(account: OwnAccount, faults: readonly FormFault[], view: View): Html {
  const { account: words, signIn } = view.words.staff
  return html`<h2 class="govuk-heading-m">${words.passwordTitle}</h2>
${account.password_changed_at === null ? '' : html`<p class="govuk-body">${words.passwordSince(localMoment(account.password_changed_at, view.language))}</p>`}
<details class="govuk-details" ${faults.some(({ field }) => field === 'current' || field === 'chosen') ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.changePassword}</span></summary><div class="govuk-details__text">
<form method="post" action="/account/password" novalidate>
${textField({ id: 'current', label: words.current, type: 'password', autocomplete: 'current-password', maxlength: 800, isLeftToRight: true }, faults)}
${textField({ id: 'chosen', label: signIn.chosen, hint: signIn.chosenHint, type: 'password', autocomplete: 'new-password', maxlength: 800, isLeftToRight: true }, faults)}
<button class="govuk-button" type="submit">${words.changePassword}</button>
</form></div></details>`
}

function codesPart(account: OwnAccount, faults: readonly FormFault[], view: View): Html {
  const { account: words } = view.words.staff
  const label = account.has_second_factor ? words.codesChange : words.codesSet
  return html`<h2 class="govuk-heading-m">${words.codesTitle}</h2>
<p class="govuk-body">${account.has_second_factor ? words.codesOn : words.codesOff}</p>
${account.is_enrolling ? html`<p class="govuk-body">${words.codesOpen}: <a class="govuk-link" href="/account/codes">${words.codesFinish}</a></p>` : ''}
<details class="govuk-details" ${faults.some(({ field }) => field === 'password') ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${label}</span></summary><div class="govuk-details__text">
<form method="post" action="/account/codes" novalidate>
${textField({ id: 'password', label: words.current, type: 'password', autocomplete: 'current-password', maxlength: 800, isLeftToRight: true }, faults)}
<button class="govuk-button" type="submit">${label}</button>
</form></div></details>`
}

function absencePart({ reader, absences, deputies, today, typed }: AccountData, faults: readonly FormFault[], view: View): Html {
  const { account: words } = view.words.staff
  const own = absences.filter((one) => one.absent_id === reader.staffId)
  const isOpen = faults.some(({ field }) => ['deputy', 'from', 'to', 'reason'].includes(field))
  return html`<h2 class="govuk-heading-m">${words.absenceTitle}</h2>
<p class="govuk-body">${words.absenceSentence}</p>
${own.map((one) => html`<form method="post" action="/account/deputy/end" class="tt-inline-form">${hidden('absence', one.absence_id)}<p class="govuk-body">${words.standsIn(isolated(one.deputy_name), day(one.from_date, view.language), day(one.to_date, view.language))} ${one.is_now ? html`<strong class="govuk-tag tt-tag tt-tag--l">${words.now}</strong>` : ''}</p><button class="govuk-button govuk-button--secondary" type="submit">${words.endAbsence}<span class="govuk-visually-hidden">: ${one.deputy_name}</span></button></form>`)}
${deputies.length === 0 ? html`<p class="govuk-body">${words.noDeputy}</p>` : html`<details class="govuk-details" ${isOpen ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.nameDeputy}</span></summary><div class="govuk-details__text">
<form method="post" action="/account/deputy" novalidate>
${selectField({ id: 'deputy', label: words.deputy, options: deputies.map((one) => ({ value: one.staff_id, label: one.display_name })), chosen: typed.deputy }, faults)}
${textField({ id: 'from', label: words.from, type: 'date', value: typed.from || today, size: 'date' }, faults)}
${textField({ id: 'to', label: words.to, type: 'date', value: typed.to || addDays(today, 6), size: 'date' }, faults)}
${textField({ id: 'reason', label: words.reason, value: typed.reason, maxlength: 300 }, faults)}
<button class="govuk-button" type="submit">${words.nameDeputy}</button>
</form></div></details>`}`
}

function sessionsPart({ sessions }: OwnAccount, view: View): Html {
  const { account: words } = view.words.staff
  return html`<h2 class="govuk-heading-m">${words.sessionsTitle}</h2>
<p class="govuk-body">${words.sessionsSentence}</p>
<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${words.sessionsTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.device}</th><th scope="col" class="govuk-table__header">${words.since}</th><th scope="col" class="govuk-table__header">${words.lastSeen}</th></tr></thead>
<tbody class="govuk-table__body">${sessions.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><bdi>${one.device ?? words.deviceUnknown}</bdi>${one.is_current ? html` <strong class="govuk-tag tt-tag tt-tag--l">${words.thisOne}</strong>` : ''}</th>
<td class="govuk-table__cell" data-label="${words.since}"><span>${localMoment(one.created_at, view.language)}</span></td><td class="govuk-table__cell" data-label="${words.lastSeen}"><span>${localMoment(one.last_seen_at, view.language)}</span></td></tr>`)}</tbody></table>
${sessions.length < 2 ? '' : html`<form method="post" action="/account/sessions"><button class="govuk-button govuk-button--secondary" type="submit">${words.endOthers}</button></form>`}`
}

