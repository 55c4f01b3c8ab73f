/** What a question is about, as the officer checks it before it goes out and as the bank reads it: the account, its payments, the bank's own lines. */
import { html } from 'hono/html'
import type { AskedPayment, QuestionAbout } from '../../cases/index.ts'
import { reasonText, type Naming } from '../desk/evidence.ts'
import { day, masked, money } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { isolated, leftToRight, type Html, type View } from '../view.ts'

/** A line of the bank's own file; text null: it can no longer be read. */
export interface OwnLine {
  readonly file_id: string
  readonly file_name: string
  readonly line: string
  readonly text: string | null
}

/** How the parts are named and shown. */
export interface AboutView {
  readonly about: QuestionAbout
  readonly reasons: Naming['reasons']
  /** True: whole account numbers, as the bank itself may see them. */
  readonly isWhole: boolean
  /** Empty where only the question is looked through. */
  readonly lines: readonly OwnLine[]
}

/** Longer raw lines are cut: the file itself keeps them whole. */
const rawTextLength = 2_000

/** The account and its payments as a list of names and values, then the lines. */
export function aboutPart({ about, reasons, isWhole, lines }: AboutView, view: View): Html {
  const { about: words } = view.words.questions
  const number = (text: string): Html | string => (isWhole ? leftToRight(text) : masked(text))
  const pair = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  return html`<dl class="govuk-summary-list">
${about.creditor_account === null ? '' : pair(words.account, number(about.creditor_account))}
${about.account_status === null ? '' : pair(words.state, wordFor(view.words.desk.case.accountStates, about.account_status))}
${about.payments.map((payment) => pair(words.payment, paymentPart(payment, about, reasons, number, view)))}</dl>
${lines.length === 0 ? '' : html`<h3 class="govuk-heading-s">${words.lines}</h3><ul class="govuk-list">${lines.map((line) => html`<li><a class="govuk-link" href="/files/${line.file_id}">${words.line(isolated(line.file_name), line.line)}</a>${line.text === null ? html` <span class="tt-quiet">${words.lineGone}</span>` : html`<pre class="tt-raw" dir="ltr" tabindex="0">${line.text.slice(0, rawTextLength)}</pre>`}</li>`)}</ul>`}`
}

function paymentPart(payment: AskedPayment, about: QuestionAbout, reasons: Naming['reasons'], number: (text: string) => Html | string, view: View): Html {
  const { about: words } = view.words.questions
  const { language } = view
  const facts = [
    payment.end_to_end_id === null ? null : html`${words.reference}: ${leftToRight(payment.end_to_end_id)}`,
    payment.creditor_account === null || payment.creditor_account === about.creditor_account ? null : html`${words.account}: ${number(payment.creditor_account)}`,
    payment.instructed_date === null ? null : html`${words.instructed}: ${day(payment.instructed_date, language)}`,
    payment.credited_date === null ? null : html`${words.credited}: ${day(payment.credited_date, language)}`,
    payment.returned_date === null ? null : html`${words.returned}: ${day(payment.returned_date, language)}`,
    payment.return_reason_code === null ? null : html`${words.reason}: <bdi>${reasonText(payment.return_reason_code, { currency: payment.currency, banks: new Map(), reasons }, view)}</bdi> (${leftToRight(payment.return_reason_code)})`,
  ].filter((fact) => fact !== null)
  return html`${payment.amount === null ? '' : html`<strong>${money(payment.amount, payment.currency, language)}</strong>`}${facts.map((fact) => html`<span class="tt-under">${fact}</span>`)}`
}
