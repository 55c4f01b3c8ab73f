/** The first page of a bank's clerk: a place for the file of today, what waits, what is owed, and what became of the last files. */
import { html } from 'hono/html'
import type { QuestionCounts } from '../../cases/index.ts'
import type { BankDeadline, BankFile, WithdrawalReports } from '../../reports/index.ts'
import { count, day } from '../format.ts'
import { address, isolated, leftToRight, schemeName, type Html, type View } from '../view.ts'
import type { SchemeName } from '../../reports/index.ts'
import type { Page } from '../layout.ts'
import { dropForm, type DropStart } from './drop.ts'
import { fileRows } from './history.ts'
import { cardTable, cell, kindText } from './parts.ts'

/** What the page is drawn from. */
export interface HomeView {
  /** Six digits. */
  readonly agent: string
  readonly bankName: string | null
  readonly today: string
  readonly start: DropStart
  readonly questions: QuestionCounts
  /** Where questions are answered; null: no page for them is there. */
  readonly questionsPath: string | null
  readonly draftCount: number
  readonly deadlines: readonly BankDeadline[]
  readonly withdrawals: WithdrawalReports
  readonly files: readonly BankFile[]
  readonly schemes: readonly SchemeName[]
}

/** The page. */
export function homePage(shown: HomeView, view: View): Page {
  const { home } = view.words.counter
  const main = html`<span class="govuk-caption-l">${bankTitle(shown, view)} · ${day(shown.today, view.language)}</span>
<h1 class="govuk-heading-l">${home.title}</h1>
${missing(shown, view)}
${dropForm(shown.start, [], view)}
<section aria-labelledby="waiting"><h2 class="govuk-heading-m" id="waiting">${home.waitingTitle}</h2><ul class="tt-numbers">
${questionsNumber(shown, view)}
${number(home.drafts, shown.draftCount, shown.draftCount > 0 ? home.draftsMean : home.draftsNone, address('/bank/files', { state: 'draft' }), shown.draftCount > 0 ? 'mine' : '', view)}
${number(home.unreported, shown.withdrawals.unreported_count, shown.withdrawals.unreported_count === '0' ? home.unreportedNone : home.unreportedMean, '#withdrawals', '', view)}
</ul></section>
${owedPart(shown, view)}
${withdrawalsPart(shown.withdrawals, view)}
${shown.files.length === 0 ? '' : html`<section aria-labelledby="latest"><h2 class="govuk-heading-m" id="latest">${home.latest}</h2>${fileRows(shown.files, home.latest, view)}
<p class="govuk-body"><a class="govuk-link" href="/bank/files">${home.all}</a></p></section>`}
<p class="govuk-body"><a class="govuk-link" href="/bank/keys">${view.words.counter.keys.title}</a></p>`
  return { title: home.title, main, section: 'today' }
}

/** A bank by its name and digits. */
export function bankTitle({ agent, bankName }: Pick<HomeView, 'agent' | 'bankName'>, view: View): Html | string {
  return bankName === null ? leftToRight(agent) : isolated(view.words.counter.home.bank(bankName, agent))
}

function questionsNumber({ questions, questionsPath }: HomeView, view: View): Html | string {
  const { home } = view.words.counter
  if (questionsPath === null) return ''
  const { open, overdue, first_due_date: due } = questions
  const under = overdue > 0 ? home.questionsLate(count(overdue, view.language)) : due === null ? home.questionsNone : home.questionsDue(day(due, view.language))
  return number(home.questions, open, under, questionsPath, overdue > 0 ? 'now' : '', view)
}

function number(what: string, counted: string | number, under: string, href: string, tone: string, view: View): Html {
  return html`<li><a class="tt-number ${tone === '' ? '' : `tt-number--${tone}`}" href="${href}"><span class="tt-number__what">${what}</span><span class="tt-number__count">${count(counted, view.language)}</span><span class="tt-number__money">${under}</span></a></li>`
}

/** What is late is said on top. */
function missing({ deadlines, schemes }: HomeView, view: View): Html | string {
  const { home } = view.words.counter
  const late = deadlines.filter(({ is_missing: isMissing }) => isMissing)
  if (late.length === 0) return ''
  return html`<section class="tt-banner" aria-labelledby="missing"><h2 class="tt-banner__title" id="missing">${home.missingTitle}</h2>${late.map((one) => html`<p class="govuk-body">${home.missing(owedKind(one, schemes, view), day(one.past_date, view.language))}</p>`)}<p class="govuk-body">${home.missingNext}</p></section>`
}

function owedKind({ kind, scheme }: BankDeadline, schemes: readonly SchemeName[], view: View): string {
  const name = kindText(kind, view)
  return scheme === null ? name : view.words.counter.owed.ofScheme(name, schemeName(schemes, scheme, view.language))
}

function owedPart({ deadlines, schemes }: HomeView, view: View): Html {
  const { owed } = view.words.counter
  const { language } = view
  const rows = deadlines.map((one) => {
    const state = one.is_missing ? html`<strong class="govuk-tag tt-tag tt-tag--h tt-tag--long">${owed.missing(day(one.past_date, language))}</strong>` : one.is_here ? owed.here : owed.waiting
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${owedKind(one, schemes, view)}</th>${cell(owed.due, day(one.next_date, language))}${cell(owed.last, one.last_received_date === null ? owed.never : day(one.last_received_date, language))}${cell(owed.state, state)}</tr>`
  })
  return html`<section aria-labelledby="owed"><h2 class="govuk-heading-m" id="owed">${owed.title}</h2>${rows.length === 0 ? html`<p class="govuk-body">${owed.none}</p>` : cardTable(owed.title, [{ label: owed.kind }, { label: owed.due }, { label: owed.last }, { label: owed.state }], rows)}</section>`
}

function withdrawalsPart({ reported_through_date: through, unreported_count: unreported }: WithdrawalReports, view: View): Html {
  const { withdrawals } = view.words.counter
  return html`<section aria-labelledby="withdrawals"><h2 class="govuk-heading-m" id="withdrawals">${withdrawals.title}</h2>
<p class="govuk-body">${through === null ? withdrawals.never : withdrawals.through(day(through, view.language))} ${unreported === '0' ? (through === null ? '' : withdrawals.complete) : withdrawals.unreported(count(unreported, view.language))}</p>
<p class="govuk-body">${withdrawals.how}</p>
<p class="govuk-body"><a class="govuk-link" href="${address('/bank', { kind: 'withdrawal' })}">${withdrawals.send}</a> · <a class="govuk-link" href="${address('/templates/withdrawal.xlsx', { columns: view.language === 'vi' ? null : 'en' })}">${withdrawals.template}</a></p></section>`
}
