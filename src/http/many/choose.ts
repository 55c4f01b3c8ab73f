/** What to do with the cases that were chosen: one form, then the preview. */
import { html } from 'hono/html'
import { resolutions, type Reader } from '../../core/index.ts'
import { count } from '../format.ts'
import type { Page } from '../layout.ts'
import { wordFor } from '../text/index.ts'
import { address, type Html, type View } from '../view.ts'
import { choosableActions, type ActionAnswers, type ActionFault } from './action.ts'

/** Which cases, and what was chosen so far. */
export interface ChooseView {
  readonly chosen: readonly { readonly findingId: string; readonly version: number }[]
  /** The list's query, to go back to, and for "all of them". */
  readonly query: string
  readonly answers: ActionAnswers
  readonly fault: ActionFault | null
  readonly colleagues: readonly { readonly staff_id: string; readonly display_name: string }[]
  readonly reader: Reader
}

/** The page. */
export function choosePage(shown: ChooseView, view: View): Page {
  const { many } = view.words
  const { act } = many
  const main = html`<a class="govuk-back-link" href="${queueAddress(shown.query)}">${act.back}</a>
${shown.fault === null ? '' : errorSummary(shown.fault, view)}
<h1 class="govuk-heading-l">${act.chooseTitle(count(shown.chosen.length, view.language))}</h1>
<form method="post" action="/queue/act" novalidate>
<input type="hidden" name="query" value="${shown.query}">${shown.chosen.map(({ findingId, version }) => html`<input type="hidden" name="case" value="${findingId}~${version}">`)}
${actionFields(shown, view)}
<button class="govuk-button" type="submit">${act.preview}</button>
</form>`
  return { title: shown.fault === null ? act.chooseTitle(count(shown.chosen.length, view.language)) : `${many.errorTitle}: ${act.title}`, main, section: 'findings' }
}

/** Nothing was chosen: what to do instead. */
export function nothingChosenPage(query: string, view: View): Page {
  const { act, errorTitle } = view.words.many
  return { title: act.title, main: html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h1 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h1><div class="govuk-error-summary__body"><p>${act.nothingChosen}</p></div></div><p class="govuk-body"><a class="govuk-link" href="${queueAddress(query)}">${act.back}</a></p>`, section: 'findings' }
}

/** The list that the cases were chosen from, as it was narrowed down. */
export function queueAddress(query: string): string {
  return address('/queue', Object.fromEntries(new URLSearchParams(query)))
}

function errorSummary(fault: ActionFault, view: View): Html {
  const { act, errorTitle } = view.words.many
  const target = { action: 'action', comment: 'comment', commentTooLong: 'comment', to: 'to' } as const
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#${target[fault]}">${act.faults[fault]}</a></li></ul></div></div>`
}

/** What to do, why, and to whom: the same fields wherever many cases are acted on. */
export function actionFields({ answers, fault, colleagues, reader }: Pick<ChooseView, 'answers' | 'fault' | 'colleagues' | 'reader'>, view: View): Html {
  const { act, actions } = view.words.many
  const { resolutions: names } = view.words.desk
  const choosable = choosableActions(reader)
  const option = (value: string, label: string): Html | string => (choosable.includes(value) ? html`<option value="${value}" ${answers.action === value ? html`selected` : ''}>${label}</option>` : '')
  const plain = (values: readonly (keyof typeof actions)[]): (Html | string)[] => values.map((value) => option(value, actions[value]))
  const wrong = (field: ActionFault): boolean => fault === field
  const isCommentWrong = wrong('comment') || wrong('commentTooLong')
  const error = (id: string, text: string, isWrong: boolean): Html | string => (isWrong ? html`<p id="${id}-error" class="govuk-error-message">${text}</p>` : '')
  return html`<div class="govuk-form-group ${wrong('action') ? 'govuk-form-group--error' : ''}"><label class="govuk-label tt-label" for="action">${act.what}</label>${error('action', act.faults.action, wrong('action'))}
<select class="govuk-select tt-field" id="action" name="action" ${wrong('action') ? html`aria-describedby="action-error"` : ''}><option value="">${act.pick}</option>${plain(['receive', 'assign'])}
${choosable.includes('appraise:false_alarm') ? html`<optgroup label="${act.appraiseAs}">${resolutions.map((resolution) => option(`appraise:${resolution}`, wordFor(names, resolution)))}</optgroup>` : ''}${plain(['approve', 'sendBack', 'answer', 'reopen', 'askBank'])}</select></div>
<div class="govuk-form-group ${isCommentWrong ? 'govuk-form-group--error' : ''}"><label class="govuk-label tt-label" for="comment">${act.comment}</label><div id="comment-hint" class="govuk-hint">${act.commentHint}</div>${error('comment', fault === 'commentTooLong' ? act.faults.commentTooLong : act.faults.comment, isCommentWrong)}
<textarea class="govuk-textarea tt-field" id="comment" name="comment" rows="2" maxlength="4000" aria-describedby="comment-hint${isCommentWrong ? ' comment-error' : ''}">${answers.comment}</textarea></div>
${choosable.includes('assign') ? html`<div class="govuk-form-group"><label class="govuk-label tt-label" for="to">${act.to}</label><div id="to-hint" class="govuk-hint">${act.toHint}</div><select class="govuk-select tt-field" id="to" name="to" aria-describedby="to-hint"><option value="">${act.toNobody}</option>${colleagues.map(({ staff_id: id, display_name: name }) => html`<option value="${id}" ${answers.to === id ? html`selected` : ''}>${name}</option>`)}</select></div>` : ''}`
}
