/** The questions that a bank is asked: the one due first comes first, what is past its day stands out. */
import { html } from 'hono/html'
import type { AskedPayment, BankQuestion, QuestionCounts, QuestionPlace } from '../../cases/index.ts'
import { listLinks } from '../exports/form.ts'
import type { Cell, ListFile } from '../exports/list.ts'
import { count, day, localMoment, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { address, inLanguage, leftToRight, type Html, type View } from '../view.ts'

/** What the page is drawn from. */
export interface QuestionsView {
  readonly rows: readonly BankQuestion[]
  readonly hasMore: boolean
  readonly counts: QuestionCounts
  readonly place: QuestionPlace
  readonly today: string
}

/** The page. */
export function questionsPage({ rows, hasMore, counts, place, today }: QuestionsView, view: View): Page {
  const { bank: words } = view.words.questions
  const { language } = view
  const totals = { open: counts.open, answered: counts.answered, all: counts.open + counts.answered }
  const isBeginning = place.afterOpen === undefined && place.before === undefined
  const last = rows.at(-1)
  const next = last === undefined ? undefined : place.state === 'open' ? `${last.due_date}~${last.question_id}` : last.question_id
  const main = html`<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${counts.open === 0 ? words.leadNone : counts.overdue === 0 ? words.leadOpen(count(counts.open, language)) : words.lead(count(counts.open, language), count(counts.overdue, language))}</p>
<p class="govuk-body">${words.why} <a class="govuk-link" href="/bank/account-fixes">${view.words.corrections.bank.link}</a></p>
<nav class="tt-states tt-screen" aria-label="${words.filter}"><ul>${(['open', 'answered', 'all'] as const).map((state) => html`<li><a class="govuk-link" href="${questionsAddress(state)}" ${state === place.state ? html`aria-current="page"` : ''}>${words.states[state]} (${count(totals[state], language)})</a></li>`)}</ul></nav>
${rows.length === 0 ? html`<p class="govuk-body">${words.empty} ${place.state === 'open' ? words.emptyOpen : ''}</p>` : html`<ol class="tt-findings" aria-label="${words.list}">${rows.map((row) => questionItem(row, today, view))}</ol>`}
${isBeginning && !hasMore ? '' : html`<nav class="tt-pages" aria-label="${words.pages}"><ul>${isBeginning ? '' : html`<li><a class="govuk-link" href="${questionsAddress(place.state)}">${words.first}</a></li>`}${hasMore ? html`<li><a class="govuk-link tt-next" rel="next" href="${questionsAddress(place.state, next)}">${words.next}</a></li>` : ''}</ul></nav>`}
${listLinks('/bank/questions', { state: place.state }, false, view)}`
  return { title: words.title, main, section: 'questions' }
}

/** The address of a part of the list. */
function questionsAddress(state: QuestionPlace['state'], after?: string): string {
  return address('/bank/questions', { state: state === 'open' ? undefined : state, after })
}

function questionItem(one: BankQuestion, today: string, view: View): Html {
  const { questions: words } = view.words
  const { language } = view
  const payment = one.about.payments.at(-1)
  const isLate = one.answered_at === null && one.due_date < today
  const facts = [
    one.about.creditor_account === null ? null : html`${words.about.account} ${leftToRight(one.about.creditor_account)}`,
    payment === undefined || payment.end_to_end_id === null ? null : html`${words.about.reference} ${leftToRight(payment.end_to_end_id)}`,
    payment === undefined || payment.credited_date === null ? null : html`${words.about.credited} ${day(payment.credited_date, language)}`,
  ].filter((fact) => fact !== null)
  return html`<li class="tt-finding"><div class="tt-finding__body"><div class="tt-finding__head"><h2 class="govuk-heading-s"><a class="govuk-link" href="/bank/questions/${one.question_id}">${inLanguage(one.title, language)}<span class="govuk-visually-hidden"> · ${words.bank.one(one.question_id)}</span></a></h2>
<span class="tt-finding__stake">${payment === undefined || payment.amount === null ? '' : money(payment.amount, payment.currency, language)}</span></div>
<p class="tt-finding__facts">${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}${fact}`)}</p>
<p class="govuk-body-s"><bdi>${one.question}</bdi></p>
${one.answer_code === null ? '' : html`<p class="govuk-body-s"><strong>${words.answerCodes[one.answer_code]}</strong>${one.answer === null ? '' : html`: <bdi>${one.answer}</bdi>`}</p>`}
<p class="tt-finding__progress"><span class="${isLate ? 'tt-overdue' : ''}">${words.bank.due}: ${day(one.due_date, language)}${isLate ? ` (${words.bank.overdue})` : ''}</span> · <bdi>${words.bank.one(one.question_id)}</bdi></p></div></li>`
}

/** The same as a file. */
export function questionsFile(rows: readonly BankQuestion[], view: View): ListFile<BankQuestion> {
  const { questions: words } = view.words
  const { export: columns } = words.bank
  const last = (one: BankQuestion) => one.about.payments.at(-1)
  return {
    name: 'bank-questions', title: words.bank.title, sentence: columns.sentence, subject: 'bank questions', rows,
    columns: [
      { title: words.bank.number, of: (one) => one.question_id }, { title: columns.code, of: (one) => inLanguage(one.title, view.language) }, { title: words.bank.asked, isMinor: true, of: (one) => ({ moment: one.asked_at }) }, { title: words.bank.due, of: (one) => ({ day: one.due_date }) },
      { title: columns.account, of: (one) => one.about.creditor_account }, { title: columns.reference, of: (one) => last(one)?.end_to_end_id ?? null },
      { title: columns.amount, isNumber: true, of: (one) => amountOf(last(one)) },
      { title: columns.currency, isMinor: true, of: (one) => last(one)?.currency ?? null }, { title: columns.credited, isMinor: true, of: (one) => dayOf(last(one)?.credited_date ?? null) },
      { title: words.bank.question, of: (one) => one.question }, { title: words.bank.answer, of: (one) => (one.answer_code === null ? null : words.answerCodes[one.answer_code]) }, { title: columns.words, of: (one) => one.answer },
      { title: columns.answeredAt, isMinor: true, of: (one) => (one.answered_at === null ? null : { moment: one.answered_at }) }, { title: columns.answeredBy, isMinor: true, of: (one) => one.answered_name },
    ],
  }
}

function amountOf(payment: AskedPayment | undefined): Cell {
  return payment === undefined || payment.amount === null ? null : { amount: payment.amount, currency: payment.currency }
}

function dayOf(day: string | null): Cell {
  return day === null ? null : { day }
}

/** When a question was answered, and by whom. */
export function answeredText(one: BankQuestion, view: View): string {
  return one.answered_at === null ? '' : view.words.questions.bank.answeredBy(one.answered_name ?? '', localMoment(one.answered_at, view.language))
}
