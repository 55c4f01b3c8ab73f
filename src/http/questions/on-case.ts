/** What the page of a case says of the bank: what was asked and answered, and the form to ask. */
import { html } from 'hono/html'
import type { Askable, CaseQuestion, QueueRow } from '../../cases/index.ts'
import { isAskedOf, longestQuestion, parseDay, readyQuestions } from '../../core/index.ts'
import { day, localMoment } from '../format.ts'
import type { Naming } from '../desk/evidence.ts'
import { wordFor } from '../text/index.ts'
import { isolated, type Html, type View } from '../view.ts'
import { aboutPart } from './about.ts'

/** What a case has to do with its bank. */
export interface CaseBank {
  /** The last asked first. */
  readonly questions: readonly CaseQuestion[]
  /** Null: nothing can be asked now. */
  readonly askable: Askable | null
  readonly reasons: Naming['reasons']
}

/** What somebody typed into the form, and what was wrong with it. */
export interface TypedQuestion {
  readonly question: string
  readonly dueDate: string
  /** Keys of `words.questions.desk.errors`. */
  readonly faults: readonly string[]
}

/** Questions and answers, the last first; nothing where the bank was never asked. */
export function questionsPart({ questions }: CaseBank, today: string, view: View): Html | string {
  const { questions: words } = view.words
  const { language } = view
  if (questions.length === 0) return ''
  return html`<section class="tt-known" aria-labelledby="bank-questions"><h2 class="govuk-heading-s" id="bank-questions">${words.desk.title}</h2>
${questions.map((one) => {
    const bank = isolated(one.bank_name ?? one.creditor_agent)
    const answered = one.answered_at === null || one.answer_code === null
      ? html`<p class="govuk-body-s ${one.due_date < today ? 'tt-overdue' : 'tt-quiet'}">${(one.due_date < today ? words.desk.late : words.desk.waiting)(day(one.due_date, language))}</p>`
      : html`<p class="govuk-body"><strong>${words.answerCodes[one.answer_code]}</strong>${one.answer === null ? '' : html`<br><bdi>${one.answer}</bdi>`}</p><p class="govuk-body-s tt-quiet">${words.desk.answered(isolated(one.answered_name ?? ''), bank, localMoment(one.answered_at, language))}</p>`
    return html`<div class="tt-asked"><p class="govuk-body"><bdi>${one.question}</bdi></p><p class="govuk-body-s tt-quiet">${words.desk.asked(isolated(one.asked_name ?? ''), bank, localMoment(one.asked_at, language))}</p>${answered}</div>`
  })}</section>`
}

/** The form, with a ready question and everything that the bank will see; nothing where there is nothing to ask. */
export function askForm(row: Pick<QueueRow, 'finding_id'>, { askable, reasons }: CaseBank, typed: TypedQuestion | null, view: View): Html | string {
  const { desk } = view.words.questions
  if (askable === null) return ''
  const faulty = (...keys: readonly string[]): readonly string[] => typed?.faults.filter((key) => keys.includes(key)) ?? []
  const ready = isAskedOf(askable.code) ? readyQuestions[askable.code][view.language] : ''
  const group = (id: string, label: string, hint: string, keys: readonly string[], field: (describedBy: Html) => Html): Html => {
    const faults = faulty(...keys)
    return html`<div class="govuk-form-group ${faults.length === 0 ? '' : 'govuk-form-group--error'}"><label class="govuk-label" for="${id}">${label}</label><div class="govuk-hint" id="${id}-hint">${hint}</div>${faults.map((key) => html`<p class="govuk-error-message" id="${id}-error">${wordFor(desk.errors, key)}</p>`)}${field(html`aria-describedby="${id}-hint${faults.length === 0 ? '' : ` ${id}-error`}"`)}</div>`
  }
  return html`<form method="post" action="/cases/${row.finding_id}/ask" class="tt-step tt-screen" novalidate><details class="govuk-details" ${typed === null ? '' : html`open`}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${desk.ask(isolated(askable.bank_name ?? askable.creditor_agent))}</span></summary><div class="govuk-details__text">
<p class="govuk-body-s">${desk.sees}</p>${aboutPart({ about: askable.about, reasons, isWhole: false, lines: [] }, view)}
${group('question', desk.question, desk.questionHint, ['question_missing', 'question_too_long'], (described) => html`<textarea class="govuk-textarea" id="question" name="question" rows="5" maxlength="${longestQuestion}" ${described}>${typed?.question ?? ready}</textarea>`)}
${group('due', desk.due, desk.dueHint, ['due_date_wrong', 'due_date_unreadable'], (described) => html`<input class="govuk-input govuk-input--width-10" id="due" name="due" inputmode="numeric" autocomplete="off" dir="ltr" value="${typed?.dueDate ?? day(askable.due_date, 'vi')}" ${described}>`)}
<button class="govuk-button govuk-button--secondary" type="submit">${desk.send}</button></div></details></form>`
}

/** The day as it was typed; null: left empty, undefined: no day. */
export function readDueDate(typed: string): string | null | undefined {
  const written = typed.trim()
  return written === '' ? null : (parseDay(written) ?? undefined)
}
