/** One question to a bank: what is asked, about which money, and the answer, looked through before it is sent. */
import { html } from 'hono/html'
import type { BankQuestion } from '../../cases/index.ts'
import { answerCodes, longestQuestion, type AnswerCode } from '../../core/index.ts'
import type { Naming } from '../desk/evidence.ts'
import { day, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { hidden } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { inLanguage, type Html, type View } from '../view.ts'
import { aboutPart, type OwnLine } from './about.ts'
import { answeredText } from './list.ts'

/** What somebody has chosen and written so far. */
export interface TypedAnswer {
  readonly code: AnswerCode | null
  readonly answer: string
  /** Keys of `words.questions.bank.errors`. */
  readonly faults: readonly ('code_missing' | 'answer_missing' | 'answer_too_long')[]
}

/** What the page is drawn from. */
export interface QuestionView {
  readonly question: BankQuestion
  readonly lines: readonly OwnLine[]
  readonly reasons: Naming['reasons']
  readonly today: string
  readonly typed: TypedAnswer | null
  /** checking: looked through before it is sent; late: somebody was faster; sent: it was just sent. */
  readonly state: 'asked' | 'checking' | 'late' | 'sent'
}

/** The page. */
export function questionPage(shown: QuestionView, view: View): Page {
  const { question, typed, state, today } = shown
  const { bank: words } = view.words.questions
  const { language } = view
  const isLate = question.answered_at === null && question.due_date < today
  const title = state === 'checking' ? words.checkTitle : inLanguage(question.title, language)
  const main = html`<a class="govuk-back-link" href="/bank/questions">${words.back}</a>
${state === 'late' ? notice(words.alreadyTitle, words.already) : state === 'sent' ? html`<div class="govuk-inset-text" role="status">${words.sent}</div>` : faultsPart(typed, view)}
<span class="govuk-caption-l">${words.one(localMoment(question.asked_at, language))}</span><h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body ${isLate ? 'tt-overdue' : ''}">${words.due}: ${day(question.due_date, language)}${isLate ? ` (${words.overdue})` : ''}</p>
<h2 class="govuk-heading-m">${words.what}</h2><div class="tt-known"><p class="govuk-body"><bdi>${question.question}</bdi></p><p class="govuk-body-s tt-quiet">${words.asked}: ${localMoment(question.asked_at, language)}</p></div>
${question.answered_at !== null ? answered(question, view) : state === 'checking' && typed !== null ? check(question, typed, view) : ''}
<h2 class="govuk-heading-m">${words.aboutTitle}</h2>${aboutPart({ about: question.about, reasons: shown.reasons, isWhole: true, lines: shown.lines }, view)}
${question.answered_at !== null || state === 'checking' ? '' : answerForm(question, typed, view)}`
  return { title: `${typed !== null && typed.faults.length > 0 ? `${words.errors.title}: ` : ''}${title} – ${words.one(localMoment(question.asked_at, language))}`, main, section: 'questions' }
}

function notice(title: string, text: string): Html {
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${title}</h2><div class="govuk-error-summary__body"><p>${text}</p></div></div>`
}

function faultsPart(typed: TypedAnswer | null, view: View): Html | string {
  const { errors } = view.words.questions.bank
  if (typed === null || typed.faults.length === 0) return ''
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errors.title}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${typed.faults.map((fault) => html`<li><a href="#${fault === 'code_missing' ? `code-${answerCodes[0]}` : 'answer'}">${errors[fault]}</a></li>`)}</ul></div></div>`
}

function answered(question: BankQuestion, view: View): Html {
  const { bank: words, answerCodes: names } = view.words.questions
  return html`<h2 class="govuk-heading-m">${words.answerTitle}</h2><div class="tt-known"><p class="govuk-body"><strong>${wordFor(names, question.answer_code ?? '')}</strong></p><p class="govuk-body">${question.answer === null ? words.noWords : html`<bdi>${question.answer}</bdi>`}</p><p class="govuk-body-s tt-quiet">${answeredText(question, view)}</p></div>`
}

/** As it will be sent, with the way back; nothing was sent yet. */
function check({ question_id: id }: BankQuestion, { code, answer }: TypedAnswer, view: View): Html {
  const { bank: words, answerCodes: names } = view.words.questions
  const kept = html`${hidden('code', code)}${hidden('answer', answer)}`
  return html`<h2 class="govuk-heading-m">${words.answerTitle}</h2><div class="tt-known"><p class="govuk-body"><strong>${wordFor(names, code ?? '')}</strong></p><p class="govuk-body">${answer === '' ? words.noWords : html`<bdi>${answer}</bdi>`}</p></div>
<p class="govuk-body">${words.checkSentence}</p>
<form method="post" action="/bank/questions/${id}/answer" class="tt-buttons">${kept}<button class="govuk-button" type="submit" name="step" value="send">${words.send}</button><button class="govuk-button govuk-button--secondary" type="submit" name="step" value="change">${words.change}</button></form>`
}

function answerForm({ question_id: id }: BankQuestion, typed: TypedAnswer | null, view: View): Html {
  const { bank: words, answerCodes: names } = view.words.questions
  const faults = (...keys: readonly TypedAnswer['faults'][number][]): TypedAnswer['faults'] => typed?.faults.filter((fault) => keys.includes(fault)) ?? []
  const [codeFaults, wordFaults] = [faults('code_missing'), faults('answer_missing', 'answer_too_long')]
  return html`<form method="post" action="/bank/questions/${id}/answer" class="tt-screen" novalidate><h2 class="govuk-heading-m">${words.answerTitle}</h2>
<div class="govuk-form-group ${codeFaults.length === 0 ? '' : 'govuk-form-group--error'}"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words.code}</legend>${codeFaults.map((fault) => html`<p class="govuk-error-message">${words.errors[fault]}</p>`)}
<div class="govuk-radios govuk-radios--small">${answerCodes.map((code) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="code-${code}" name="code" value="${code}" ${typed?.code === code ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="code-${code}">${names[code]}</label></div>`)}</div></fieldset></div>
<div class="govuk-form-group ${wordFaults.length === 0 ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="answer">${words.words}</label><div class="govuk-hint" id="answer-hint">${words.wordsHint}</div>${wordFaults.map((fault) => html`<p class="govuk-error-message" id="answer-error">${words.errors[fault]}</p>`)}<textarea class="govuk-textarea tt-field" id="answer" name="answer" rows="3" maxlength="${longestQuestion}" aria-describedby="answer-hint${wordFaults.length === 0 ? '' : ' answer-error'}">${typed?.answer ?? ''}</textarea></div>
<button class="govuk-button" type="submit" name="step" value="check">${words.check}</button></form>`
}
