/** One account: what it may, the forms that change that, each with its reason, and what was changed before. */
import { html } from 'hono/html'
import { roles, type Role } from '../../core/index.ts'
import type { Account, Changed, RecordedChange } from '../../staff/index.ts'
import { localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { checkbox, checkboxes, faultSummary, hidden, textField, type FormFault } from '../page-parts/form-fields.ts'
import { isolated, leftToRight, listed, type Html, type View } from '../view.ts'
import { changeWords } from './changes.ts'
import { decisionForm, noticeLine, placeOfWork, stateTag, type PeopleData } from './people.ts'

/** What a form of rights says, as typed. */
export interface TypedRights {
  readonly userName: string
  readonly displayName: string
  readonly roles: readonly string[]
  readonly unit: string
  readonly agent: string
  readonly noFactor: boolean
  readonly reason: string
}

/** What the page of one account shows. */
export interface PersonData {
  readonly account: Account
  readonly changes: readonly RecordedChange[]
  readonly ownId: string
  readonly unitName: PeopleData['unitName']
  readonly typed: TypedRights
  readonly notice: string | null
}

export const emptyRights: TypedRights = { userName: '', displayName: '', roles: [], unit: '', agent: '', noFactor: false, reason: '' }

/** The form for somebody new. */
export function addPage(typed: TypedRights, faults: readonly FormFault[], view: View): Page {
  const { administration: words, account } = view.words.staff
  const main = html`<a class="govuk-back-link" href="/administration">${words.backToPeople}</a>
${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${words.addTitle}</h1>
<form method="post" action="/administration/people" novalidate>
${textField({ id: 'name', label: account.userName, hint: words.userNameHint, value: typed.userName, maxlength: 64, isLeftToRight: true }, faults)}
${rightsFields(typed, faults, view)}
${checkbox('no-factor', words.noFactor, typed.noFactor)}
${reasonField('reason', typed.reason, faults, view)}
<button class="govuk-button" type="submit">${words.add}</button>
</form>`
  return titled(words.addTitle, main, faults, view)
}

/** The account. */
export function personAccountPage(data: PersonData, faults: readonly FormFault[], view: View): Page {
  const { administration: words } = view.words.staff
  const { account, ownId, notice } = data
  const main = html`<a class="govuk-back-link" href="/administration">${words.backToPeople}</a>
${faultSummary(faults, view)}
${noticeLine(notice)}
<h1 class="govuk-heading-l"><bdi>${account.display_name}</bdi></h1>
${facts(data, view)}
${account.staff_id === ownId ? html`<div class="govuk-inset-text">${words.ownNotice}</div>` : isUndecided(account) ? '' : actions(data, faults, view)}
${history(data, view)}`
  return titled(account.display_name, main, faults, view)
}

/** After a change: that it waits, or the password to be handed over. */
export function changedPage(account: Account, changed: Changed, view: View): Page {
  const { administration: words } = view.words.staff
  const title = changed.isEffective ? words.handOver : words.asked
  const main = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body"><bdi class="tt-person">${account.display_name}</bdi> · ${leftToRight(account.user_name)}</p>
${changed.oneTimePassword === null ? html`<p class="govuk-body">${changed.isEffective ? words.changed : words.askedSentence}</p>` : html`<p class="tt-one-time"><code class="tt-secret" dir="ltr">${changed.oneTimePassword}</code></p><p class="govuk-body">${words.handOverSentence}</p>`}
<p class="govuk-body"><a class="govuk-link" href="/administration/people/${account.staff_id}">${words.backToPerson}</a></p>
<p class="govuk-body"><a class="govuk-link" href="/administration">${words.backToPeople}</a></p>`
  return { title, main, section: null }
}

/** Of somebody who waits to be let in nothing else is asked before that is decided. */
function isUndecided(account: Account): boolean {
  return !account.is_active && account.waiting_count > 0
}

function titled(title: string, main: Html, faults: readonly FormFault[], view: View): Page {
  return { title: faults.length > 0 ? `${view.words.staff.errorTitle}: ${title}` : title, main, section: null }
}

function rightsFields(typed: TypedRights, faults: readonly FormFault[], view: View): Html {
  const { administration: words, account, roleWords } = view.words.staff
  return html`${textField({ id: 'display-name', label: account.name, value: typed.displayName, maxlength: 120 }, faults)}
${checkboxes({ name: 'role', legend: account.roles, hint: words.rolesHint, options: roles.map((role: Role) => ({ value: role, label: roleWords[role] })), chosen: typed.roles }, faults)}
${textField({ id: 'unit', label: account.unit, hint: words.unitHint, value: typed.unit, maxlength: 40, size: 'code', isLeftToRight: true }, faults)}
${textField({ id: 'agent', label: account.bank, hint: words.bankHint, value: typed.agent, maxlength: 6, size: 'code', inputmode: 'numeric', isLeftToRight: true }, faults)}`
}

function reasonField(id: string, value: string, faults: readonly FormFault[], view: View): Html {
  const { administration: words } = view.words.staff
  return textField({ id, label: words.why, hint: words.whyHint, value, maxlength: 300 }, faults)
}

function facts({ account, unitName }: PersonData, view: View): Html {
  const { administration: words, account: own, roleWords } = view.words.staff
  const rows: readonly [string, Html | string][] = [
    [own.userName, leftToRight(account.user_name)],
    [own.roles, listed(account.roles.map((role) => roleWords[role]), view)],
    [account.creditor_agent === null ? own.unit : own.bank, placeOfWork(account, unitName, view)],
    [words.state, stateTag(account, view)],
    [own.codesTitle, account.has_second_factor ? words.yes : account.is_totp_required ? words.no : words.noFactor],
    [words.lastIn, account.last_signed_in_at === null ? words.neverIn : localMoment(account.last_signed_in_at, view.language)],
  ]
  return html`<dl class="govuk-summary-list">${rows.map(([label, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`)}</dl>`
}

/** Each form is folded away, and open when it came back with a fault. */
function actions({ account, typed }: PersonData, faults: readonly FormFault[], view: View): Html {
  const { administration: words } = view.words.staff
  const isOpen = (...fields: readonly string[]): Html | string => (faults.some(({ field }) => fields.includes(field)) ? html`open` : '')
  const folded = (title: string, open: Html | string, form: Html): Html => html`<details class="govuk-details" ${open}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${title}</span></summary><div class="govuk-details__text">${form}</div></details>`
  const short = (act: 'disable' | 'enable' | 'reset', title: string, sentence: string | null, button: string): Html => folded(title, isOpen(`reason-${act}`), html`${sentence === null ? '' : html`<p class="govuk-body">${sentence}</p>`}
<form method="post" action="/administration/people/${account.staff_id}" novalidate>${hidden('act', act)}${reasonField(`reason-${act}`, '', faults, view)}<button class="govuk-button govuk-button--secondary" type="submit">${button}</button></form>`)
  return html`${folded(words.change, isOpen('display-name', 'role-officer', 'unit', 'agent', 'reason'), html`<form method="post" action="/administration/people/${account.staff_id}" novalidate>${hidden('act', 'change')}
${rightsFields(typed, faults, view)}${reasonField('reason', typed.reason, faults, view)}<button class="govuk-button" type="submit">${words.saveChange}</button></form>`)}
${account.is_active ? short('disable', words.disableTitle, words.disableSentence, words.disable) : short('enable', words.enableTitle, null, words.enable)}
${short('reset', words.resetTitle, words.resetSentence, words.reset)}`
}

function history({ changes, ownId }: PersonData, view: View): Html | string {
  const { administration: words } = view.words.staff
  if (changes.length === 0) return ''
  return html`<h2 class="govuk-heading-m">${words.history}</h2><ol class="tt-findings">${changes.map((one) => {
    const waits = one.needs_second && one.confirmed_at === null && one.withdrawn_at === null
    const second = one.confirmed_by_name !== null ? words.secondBy(isolated(one.confirmed_by_name)) : one.withdrawn_by_name !== null ? words.withdrawnBy(isolated(one.withdrawn_by_name)) : null
    return html`<li class="tt-finding"><p class="govuk-body">${changeWords(one.change, view)}</p>
<p class="govuk-body-s tt-quiet">${words.by(isolated(one.changed_by_name ?? words.operator), localMoment(one.changed_at, view.language))}${second === null ? '' : html` · ${second}`} · <bdi>${one.reason}</bdi></p>${waits ? decisionForm(`/administration/changes/${one.change_id}`, one.changed_by === ownId, one.display_name, view) : ''}</li>`
  })}</ol>`
}
