/** For whom a payment is, when its account serves several: the candidates side by side, and one decision. */
import { html } from 'hono/html'
import type { AmbiguousCase, Candidate } from '../../cases/index.ts'
import type { Resolution } from '../../core/index.ts'
import type { SchemeName } from '../../reports/index.ts'
import { day, masked, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { wordFor } from '../text/index.ts'
import { isolated, schemeName, unitName, type Html, type View } from '../view.ts'

/** What was decided so far. */
export interface CandidateAnswers {
  /** The place of a candidate in the list, `none`, or empty. */
  readonly choice: string
  readonly resolution: string
  readonly comment: string
}

/** What the page shows; `message`: why a decision was not taken. */
export interface CandidatesView {
  readonly one: AmbiguousCase
  readonly schemes: readonly SchemeName[]
  readonly bankName: string | null
  readonly answers: CandidateAnswers
  readonly message: { readonly field: 'choice' | 'comment' | null; readonly text: string } | null
  readonly mayDecide: boolean
}

/** How "none of them" can end. */
export const endingsWithoutOne: readonly Resolution[] = ['escalated_to_inspection', 'bank_error_fixed', 'false_alarm']

/** The page. */
export function candidatesPage(shown: CandidatesView, view: View): Page {
  const { candidates: words, act, errorTitle } = view.words.many
  const { one, message, answers } = shown
  const main = html`<a class="govuk-back-link" href="/cases/${one.findingId}">${words.back}</a>
${message === null ? '' : html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#${message.field === 'comment' ? 'comment' : 'choice-0'}">${message.text}</a></li></ul></div></div>`}
<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${money(one.payment.amount, one.payment.currency, view.language)}</p>
<p class="govuk-body">${paymentSentence(shown, view)} <span class="tt-quiet">${act.caseNumber(one.caseNumber)}</span></p>
<form method="post" action="/cases/${one.findingId}/candidates" novalidate>
<input type="hidden" name="version" value="${one.version}">
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words.who}</legend>
<div class="tt-candidates govuk-radios govuk-radios--small">${one.candidates.map((candidate, place) => card(candidate, place, shown, view))}
<div class="tt-candidate govuk-radios__item"><input class="govuk-radios__input" type="radio" id="choice-none" name="choice" value="none" ${answers.choice === 'none' ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="choice-none"><strong>${words.none}</strong></label></div></div></fieldset>
${shown.mayDecide ? html`<div class="govuk-form-group"><label class="govuk-label tt-label" for="resolution">${words.ifNone}</label><select class="govuk-select tt-field" id="resolution" name="resolution">${endingsWithoutOne.map((resolution) => html`<option value="${resolution}" ${answers.resolution === resolution ? html`selected` : ''}>${wordFor(view.words.desk.resolutions, resolution)}</option>`)}</select></div>
<div class="govuk-form-group ${message?.field === 'comment' ? 'govuk-form-group--error' : ''}"><label class="govuk-label tt-label" for="comment">${words.why}</label><div id="comment-hint" class="govuk-hint">${words.whyHint}</div><textarea class="govuk-textarea tt-field" id="comment" name="comment" rows="3" maxlength="4000" aria-describedby="comment-hint">${answers.comment}</textarea></div>
<p class="govuk-body">${words.next}</p><button class="govuk-button" type="submit">${words.decide}</button>` : html`<p class="govuk-body">${words.closed(wordFor(view.words.desk.steps, one.step))}</p>`}
</form>`
  return { title: message === null ? words.title : `${errorTitle}: ${words.title}`, main, section: 'findings' }
}

function paymentSentence({ one: { payment }, bankName }: CandidatesView, view: View): string {
  const { candidates: words } = view.words.many
  const account = payment.account_end === null ? '–' : masked(payment.account_end)
  const bank = isolated(bankName ?? payment.creditor_agent ?? '–')
  return payment.credited_date === null ? words.payment(account, bank) : words.paymentOn(day(payment.credited_date, view.language), account, bank)
}

function card({ person, months }: Candidate, place: number, { answers, schemes, one: { payment: { currency } } }: CandidatesView, view: View): Html {
  const { candidates: words } = view.words.many
  if (person === null) return html`<div class="tt-candidate tt-candidate--other"><p class="govuk-body"><strong>${words.other}</strong><span class="tt-under">${words.otherSentence}</span></p></div>`
  const fact = (label: string, value: Html | string | null): Html | string => (value === null ? '' : html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>`)
  return html`<div class="tt-candidate govuk-radios__item"><input class="govuk-radios__input" type="radio" id="choice-${place}" name="choice" value="${place}" ${answers.choice === `${place}` ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="choice-${place}"><strong><bdi>${person.beneficiary_name}</bdi></strong></label>
<dl class="tt-candidate__facts">${fact(words.number, masked(person.beneficiary_id))}${fact(words.born, person.birth_year === null ? null : `${person.birth_year}`)}${fact(words.village, person.village)}${fact(words.unit, unitName(person.unit_code, null, view))}${fact(words.account, person.account_end === null ? words.noAccount : masked(person.account_end))}
${months.map((one) => fact(`${month(one.benefit_period, view.language)} · ${schemeName(schemes, one.scheme, view.language)}`, words.openOf(money(one.open_amount ?? one.due_amount, currency, view.language), money(one.due_amount, currency, view.language))))}</dl></div>`
}

