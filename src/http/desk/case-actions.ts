/** The forms of a case: what this reader can do at this step, and how what they typed is read. */
import { html } from 'hono/html'
import { longestComment, possibleActions, type Action, type CaseEvent, type Colleague, type QueueRow } from '../../cases/index.ts'
import { hasRole, money as amounts, Refusal, resolutions, resolutionsOfMoney, type Reader, type Resolution } from '../../core/index.ts'
import { money } from '../format.ts'
import { wordFor } from '../text/index.ts'
import type { Html, View } from '../view.ts'

/** What somebody typed into a form of a case, and what was wrong with it. */
export interface Typed {
  readonly kind: string
  readonly resolution: string
  readonly amount: string
  readonly comment: string
  /** Keys of `words.desk.case.errors`. */
  readonly faults: readonly string[]
}

/** What the forms are drawn from. */
export interface CaseForms {
  readonly row: QueueRow
  readonly history: readonly CaseEvent[]
  readonly colleagues: readonly Colleague[]
  readonly absent: readonly { readonly staff_id: string; readonly display_name: string }[]
  readonly typed: Typed | null
  /** Whether the amount is within what the reader may approve; told before they try. */
  readonly isWithinBand: boolean
}

/** What was sent, as an action. @throws Refusal naming what is missing (a key of `words.desk.case.errors`) */
export function readAction(body: Readonly<Record<string, unknown>>): Action {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name].replace(/\r\n/g, '\n') : '')
  const comment = text('comment')
  const inPlaceOf = /^\d{1,18}$/.test(text('inPlaceOf')) ? text('inPlaceOf') : null
  switch (text('kind')) {
    case 'receive':
      return { kind: 'receive' }
    case 'assign':
      return { kind: 'assign', to: /^\d{1,18}$/.test(text('to')) ? text('to') : null }
    case 'appraise': {
      const resolution = resolutions.find((one) => one === text('resolution'))
      if (resolution === undefined) throw new Refusal('usage', 'resolution_missing', 'choose a decision')
      return { kind: 'appraise', resolution, amount: readAmount(text('amount'), resolution), comment }
    }
    case 'approve':
      return { kind: 'approve', inPlaceOf, comment }
    case 'sendBack':
      return { kind: 'sendBack', inPlaceOf, comment }
    case 'answer':
      return { kind: 'answer', comment }
    case 'reopen':
      return { kind: 'reopen', comment }
    default:
      throw new Refusal('usage', 'not_allowed', 'nobody can do that to a case')
  }
}

/** The digits as they stand, with dots or blanks between thousands as the page itself writes them; nothing is no money. */
function readAmount(typed: string, resolution: Resolution): string {
  // A decision that moves no money has no amount, whatever the field was filled in with.
  if (!resolutionsOfMoney.has(resolution)) return '0'
  const written = typed.trim().replace(/\s*₫$/, '')
  // Thousands are parted by one and the same sign; with two of them nobody knows which is which.
  const digits = /^\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$/.test(written) ? written.replace(/\D/g, '') : written
  if (digits === '' || digits === '0') return '0'
  const read = amounts.readAmount(digits)
  if (read.amount === undefined) throw new Refusal('usage', 'amount_unreadable', 'write the amount in digits')
  return read.amount
}

/** Everything that this reader can do now, the next step first. */
export function caseForms(forms: CaseForms, view: View, reader: Reader): Html {
  const { row } = forms
  const possible = new Set(possibleActions(reader, row.step, forms.absent.length > 0))
  return html`${possible.has('approve') ? approval(forms, view, reader) : row.step === 'appraised' ? html`<p class="govuk-body">${view.words.desk.case.waitsForApproval}</p>` : ''}
${possible.has('answer') ? answer(forms, view) : ''}
${possible.has('receive') ? take(row, view) : ''}
${possible.has('appraise') ? appraisal(forms, view) : ''}
${!possible.has('approve') && possible.has('sendBack') ? oneComment(forms, 'sendBack', view.words.desk.case.sendBack, view.words.desk.case.sendBackWhy, view) : ''}
${possible.has('reopen') ? oneComment(forms, 'reopen', view.words.desk.case.reopen, view.words.desk.case.reopenWhy, view) : ''}
${possible.has('assign') ? assignment(forms, view) : ''}`
}

function form(row: QueueRow, kind: string, content: Html): Html {
  return html`<form method="post" action="/cases/${row.finding_id}/act" class="tt-step tt-screen" novalidate><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="version" value="${row.version}">${content}</form>`
}

function take(row: QueueRow, view: View): Html {
  const { take: label, takeHint } = view.words.desk.case
  return form(row, 'receive', html`<button class="govuk-button" type="submit">${label}</button><p class="govuk-hint">${takeHint}</p>`)
}

function appraisal({ row, typed }: CaseForms, view: View): Html {
  const { desk } = view.words
  const words = desk.case
  const isAgain = row.step === 'appraised' || row.step === 'approved'
  const kept = typed?.kind === 'appraise' ? typed : null
  const fault = (key: string): Html | string => (kept?.faults.includes(key) === true ? html`<p class="govuk-error-message">${wordFor(words.errors, key)}</p>` : '')
  const hasAmountFault = kept?.faults.some((key) => key.startsWith('amount_')) === true
  const content = html`<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words.resolution}</legend>${fault('resolution_missing')}
<div class="govuk-radios govuk-radios--small">${resolutions.map((resolution) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="resolution-${resolution}" name="resolution" value="${resolution}" ${kept?.resolution === resolution ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="resolution-${resolution}">${wordFor(desk.resolutions, resolution)}</label></div>`)}</div></fieldset>
<div class="govuk-form-group ${hasAmountFault ? 'govuk-form-group--error' : ''}"><label class="govuk-label" for="amount">${words.amount}</label><div class="govuk-hint" id="amount-hint">${words.amountHint(money(row.amount_at_stake, row.currency, view.language))}</div>${['amount_missing', 'amount_above_stake', 'amount_unreadable'].map(fault)}<input class="govuk-input govuk-input--width-10" id="amount" name="amount" inputmode="numeric" autocomplete="off" value="${kept?.amount ?? row.amount_at_stake}" aria-describedby="amount-hint"></div>
<div class="govuk-form-group ${kept?.faults.includes('comment_missing') === true ? 'govuk-form-group--error' : ''}"><label class="govuk-label" for="comment">${words.comment}</label><div class="govuk-hint" id="comment-hint">${words.commentHint}</div>${fault('comment_missing')}${fault('comment_too_long')}<textarea class="govuk-textarea" id="comment" name="comment" rows="3" maxlength="${longestComment}" aria-describedby="comment-hint">${kept?.comment ?? ''}</textarea></div>
<button class="govuk-button" type="submit">${words.send}</button>`
  return form(row, 'appraise', html`<details class="govuk-details" ${kept !== null || row.step === 'received' || row.step === 'new' ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${isAgain ? words.appraiseAgain : words.appraise}</span></summary><div class="govuk-details__text"><p class="govuk-body-s">${isAgain ? words.appraiseAgainHint : words.appraiseHint}</p>${content}</div></details>`)
}

/** What is about to be signed, in full, and the two ways out; never one's own. */
function approval({ row, history, absent, typed, isWithinBand }: CaseForms, view: View, reader: Reader): Html {
  const { desk } = view.words
  const words = desk.case
  const appraised = [...history].reverse().find(({ kind }) => kind === 'appraised')
  if (appraised === undefined) return html``
  const pair = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  const summary = html`<h3 class="govuk-heading-s">${words.approveTitle}</h3><dl class="govuk-summary-list">
${pair(words.decided, html`<strong>${wordFor(desk.resolutions, appraised.resolution ?? '')}</strong>`)}
${pair(words.decidedAmount, html`<strong>${money(appraised.amount ?? '0', row.currency, view.language)}</strong>`)}
${pair(words.because, html`<bdi>${appraised.comment ?? ''}</bdi>`)}
${pair(words.preparedBy, html`<bdi>${appraised.actor_name ?? ''}</bdi>`)}
</dl>`
  if (appraised.actor_id === reader.staffId) return html`<div class="tt-step">${summary}<p class="govuk-inset-text">${words.ownAppraisal}</p></div>`
  const isOwnRight = hasRole(reader, 'approver')
  const inPlace = isOwnRight ? '' : html`<input type="hidden" name="inPlaceOf" value="${absent[0]?.staff_id ?? ''}">`
  const label = isOwnRight ? words.approve : words.approveInPlace(absent[0]?.display_name ?? '')
  return html`<div class="tt-step">${summary}
${isWithinBand ? form(row, 'approve', html`${inPlace}<button class="govuk-button" type="submit">${label}</button>`) : html`<p class="govuk-inset-text">${words.aboveBand}</p>`}
${oneComment({ row, typed }, 'sendBack', words.sendBack, words.sendBackWhy, view, inPlace, words.approveHint)}</div>`
}

function answer({ row }: CaseForms, view: View): Html {
  const words = view.words.desk.case
  return form(row, 'answer', html`<p class="govuk-body">${words.answerHint}</p><div class="govuk-form-group"><label class="govuk-label" for="answer-comment">${words.answerComment}</label><textarea class="govuk-textarea" id="answer-comment" name="comment" rows="2" maxlength="${longestComment}"></textarea></div><button class="govuk-button" type="submit">${words.answer}</button>`)
}

/** An action that needs a sentence and nothing else. */
function oneComment({ row, typed }: Pick<CaseForms, 'row' | 'typed'>, kind: string, label: string, why: string, view: View, extra: Html | string = '', hint = ''): Html {
  const { errors } = view.words.desk.case
  const kept = typed?.kind === kind ? typed : null
  const identity = `${kind}-comment`
  return form(row, kind, html`${extra}<details class="govuk-details" ${kept === null ? '' : html`open`}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${label}</span></summary><div class="govuk-details__text">
<div class="govuk-form-group ${kept === null || kept.faults.length === 0 ? '' : 'govuk-form-group--error'}"><label class="govuk-label" for="${identity}">${why}</label>${hint === '' ? '' : html`<div class="govuk-hint">${hint}</div>`}${kept?.faults.map((key) => html`<p class="govuk-error-message">${wordFor(errors, key)}</p>`) ?? ''}<textarea class="govuk-textarea" id="${identity}" name="comment" rows="2" maxlength="${longestComment}">${kept?.comment ?? ''}</textarea></div>
<button class="govuk-button govuk-button--secondary" type="submit">${label}</button></div></details>`)
}

function assignment({ row, colleagues }: CaseForms, view: View): Html | string {
  const words = view.words.desk.case
  if (colleagues.length < 2 && row.assigned_to === null) return ''
  return form(row, 'assign', html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.assign}</span></summary><div class="govuk-details__text"><div class="govuk-form-group"><label class="govuk-label" for="to">${words.assignTo}</label><select class="govuk-select" id="to" name="to"><option value="">${words.assignNobody}</option>${colleagues.map((one) => html`<option value="${one.staff_id}" ${one.staff_id === row.assigned_to ? html`selected` : ''}>${one.display_name}</option>`)}</select></div><button class="govuk-button govuk-button--secondary" type="submit">${words.assign}</button></div></details>`)
}
