/** The text message that answers a person: read before it is sent, and what became of those that were. */
import { html } from 'hono/html'
import type { CaseMessage } from '../../cases/index.ts'
import { languages, type Language } from '../../core/index.ts'
import { count, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { dictionaries, directionOf, wordFor } from '../text/index.ts'
import { leftToRight, type Html, type View } from '../view.ts'
import { messageText, subjectOf, type AnsweredCase } from './answer.ts'

/** What the page shows. */
export interface MessageView {
  readonly answered: AnsweredCase
  readonly language: Language
  /** As it was typed. */
  readonly phone: string
  readonly fault: 'phone' | null
  /** Drawn with the form: one press sends once. */
  readonly press: string
  readonly sent: readonly CaseMessage[]
  /** False: no gateway is set up here. */
  readonly hasGateway: boolean
}

/** The page. */
export function messagePage(shown: MessageView, view: View): Page {
  const { answer, act, errorTitle } = view.words.many
  const { answered, language } = shown
  const path = `/cases/${answered.one.finding_id}/message`
  const text = messageText(answered, answered.one.unit_name ?? '', language)
  const main = html`<a class="govuk-back-link" href="/cases/${answered.one.finding_id}">${answer.back}</a>
${shown.fault === null ? '' : html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#phone">${answer.phoneFault}</a></li></ul></div></div>`}
<h1 class="govuk-heading-l">${answer.messageTitle}</h1>
<p class="govuk-body"><bdi class="tt-person">${answered.one.beneficiary_name ?? answer.nameless}</bdi> · ${subjectOf(answered, view.language)} · ${act.caseNumber(answered.one.case_number)}</p>
${history(shown, view)}
${shown.hasGateway ? html`<p class="govuk-body">${answer.messageLanguage} ${languages.map((one, place) => html`${place === 0 ? '' : ' · '}${one === language ? html`<strong lang="${one}">${dictionaries[one].languageName}</strong>` : html`<a class="govuk-link" href="${path}?in=${one}" lang="${one}" hreflang="${one}">${dictionaries[one].languageName}</a>`}`)}</p>
<blockquote class="tt-message" lang="${language}" dir="${directionOf(language)}"><p>${text}</p></blockquote>
<p class="govuk-hint">${answer.length(count(text.length, view.language))}</p>
<form method="post" action="${path}" novalidate><input type="hidden" name="press" value="${shown.press}"><input type="hidden" name="language" value="${language}">
<div class="govuk-form-group ${shown.fault === null ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="phone">${answer.phone}</label>${shown.fault === null ? '' : html`<p class="govuk-error-message" id="phone-error">${answer.phoneFault}</p>`}<input class="govuk-input tt-field" type="tel" id="phone" name="phone" value="${shown.phone}" maxlength="24" autocomplete="off" dir="ltr" ${shown.fault === null ? '' : html`aria-describedby="phone-error"`}></div>
<button class="govuk-button" type="submit">${answer.send}</button></form>` : html`<div class="govuk-inset-text">${answer.noGateway}</div><p class="govuk-body"><a class="govuk-link" href="/cases/${answered.one.finding_id}/letter">${answer.letterTitle}</a></p>`}`
  return { title: shown.fault === null ? answer.messageTitle : `${errorTitle}: ${answer.messageTitle}`, main, section: 'findings' }
}

function history({ sent, answered }: MessageView, view: View): Html | string {
  const { answer } = view.words.many
  if (sent.length === 0) return ''
  return html`<section aria-labelledby="sent"><h2 class="govuk-heading-m" id="sent">${answer.sentTitle}</h2><ul class="govuk-list tt-sent">${sent.map((one) => html`<li><strong class="govuk-tag tt-tag tt-tag--${one.state === 'failed' ? 'h' : one.state === 'sent' ? 'l' : 'm'}">${answer.states[one.state]}</strong> ${localMoment(one.tried_at, view.language)} · ${leftToRight(`•••• ${one.phone.slice(-3)}`)}${one.sent_by_name === null ? '' : html` · <bdi>${one.sent_by_name}</bdi>`}
${one.failure === null ? '' : html`<span class="tt-under">${failureText(one.failure, view)}</span>`}
${one.state === 'sent' ? '' : html`<form method="post" action="/cases/${answered.one.finding_id}/message/again"><input type="hidden" name="press" value="${one.press}"><button class="govuk-button govuk-button--secondary" type="submit">${answer.again}</button></form>`}</li>`)}</ul></section>`
}

/** `refused 503` is said with its number. */
function failureText(failure: string, view: View): string {
  const { failures, refusedWith } = view.words.many.answer
  const [, status] = /^refused (\d{3})$/.exec(failure) ?? []
  return status === undefined ? wordFor(failures, failure) : refusedWith(status)
}
