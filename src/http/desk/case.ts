/** A case: what happened to this person's money, what to do, who acts by when, what was done, and what it rests on. */
import { html } from 'hono/html'
import type { QueueRow } from '../../cases/index.ts'
import { dayNumber, type Reader } from '../../core/index.ts'
import type { PersonAccount, PersonMandate, PersonMonth, ReasonRule, SchemeName } from '../../reports/index.ts'
import { compare } from '../measures/compare.ts'
import { count, day, localMoment, masked, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { monthsPicture, type MonthShown } from '../pictures/months.ts'
import { wordFor } from '../text/index.ts'
import { actors, inLanguage, isolated, leftToRight, monthOrNone, schemeName, severityTag, unitName, type Html, type View } from '../view.ts'
import { alongsidePart, answerLinks, complaintPart, peopleLinks, takenNotice, type CaseAside } from '../complaints/on-case.ts'
import type { ListOfCase } from '../../corrections/index.ts'
import { listsPart, settledBy } from '../corrections/on-case.ts'
import { askForm, questionsPart, type CaseBank, type TypedQuestion } from '../questions/on-case.ts'
import { caseForms, type CaseForms } from './case-actions.ts'
import { reasonText } from './evidence.ts'
import { amountsOf, candidatesOf, evidenceOf, linesOf, monthStory, type FindingView } from './finding-parts.ts'
import { urgencyText } from './queue.ts'

/** What the page is drawn from. */
export interface CaseView extends CaseForms {
  readonly row: QueueRow
  /** What the bank was asked and has answered, and what it can be asked now. */
  readonly bank: CaseBank
  /** The lists of corrections on which it stands. */
  readonly lists: readonly ListOfCase[]
  readonly typedQuestion: TypedQuestion | null
  /** What was said, where it is a complaint, and what else is open about the month. */
  readonly aside: CaseAside
  /** Null: the newest result no longer has it, or it is a complaint. */
  readonly finding: FindingView | null
  readonly asOf: string
  readonly today: string
  readonly schemes: readonly SchemeName[]
  readonly accounts: readonly PersonAccount[]
  readonly mandates: readonly PersonMandate[]
  /** Every month of the person, and the last twelve as their picture shows them; empty where the case is about nobody. */
  readonly months: readonly PersonMonth[]
  readonly monthsShown: readonly MonthShown[]
  /** What the reason code of the last return asks for; null: none. */
  readonly reason: { readonly code: string; readonly rule: ReasonRule } | null
  /** The address of the person's page; null where the case is about nobody. */
  readonly personAddress: string | null
  readonly isRevealed: boolean
  /** Said on top: what changed meanwhile, or what was wrong. */
  readonly message: { readonly title: string; readonly texts: readonly string[] } | null
}

/** Why somebody looks at full numbers, from a short list. */
export const revealReasons = ['person_here', 'call_bank', 'check_file', 'prepare_answer', 'audit'] as const

/** The page of one case, for whoever reads it. */
export function casePage(shown: CaseView, view: View, reader: Reader): Page {
  const { row, finding } = shown
  const { words, language } = view
  const desk = words.desk.case
  const title = inLanguage(row.title, language)
  const main = html`<a class="govuk-back-link" href="/queue">${desk.back}</a>
${shown.message === null ? html`${takenNotice(view)}${view.query.get('asked') === '1' ? html`<div class="govuk-inset-text" role="status">${words.questions.desk.sent}</div>` : ''}` : errorSummary(shown.message)}
<span class="govuk-caption-l">${desk.caption(row.case_number)}${row.file_subject === null ? '' : html` · <bdi class="tt-break">${row.file_subject}</bdi>`}${row.beneficiary_name === null ? '' : html` · <bdi class="tt-person">${row.beneficiary_name}</bdi>`}${row.beneficiary_id === null ? '' : html` · ${number(row.beneficiary_id, shown)}`}</span>
<h1 class="govuk-heading-l">${title}</h1>
${progress(row, view)}
${row.is_found ? '' : html`<p class="govuk-inset-text">${desk.gone}</p>`}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${complaintPart(shown, view)}${listsPart(shown.lists, view)}${questionsPart(shown.bank, shown.today, view)}${facts(shown, view)}${alongsidePart(shown.aside, view)}
${finding === null ? '' : html`<h2 class="govuk-heading-m">${words.finding.whatHappened}</h2><p class="govuk-body">${inLanguage(finding.finding.explanation, language)} ${ruleInWords(shown, view)}</p>${amountsOf(finding, view)}${monthStory(finding, view)}`}
</div><div class="govuk-grid-column-one-third"><div class="tt-action">
<h2 class="govuk-heading-m">${desk.whatToDo}</h2>
<p class="govuk-body">${inLanguage(row.action, language)}</p>
${shown.reason === null ? '' : reasonNext(shown, view)}
<dl class="tt-due"><div><dt>${desk.who}</dt><dd>${actors(row.actor, view)}</dd></div><div><dt>${desk.deadline}</dt><dd>${deadline(shown, view)}</dd></div><div><dt>${desk.assigned}</dt><dd><bdi>${row.assigned_name ?? desk.nobody}</bdi></dd></div></dl>
${caseForms(shown, view, reader)}${askForm(row, shown.bank, shown.typedQuestion, view)}${answerLinks(row, view)}
</div></div></div>
${finding === null ? '' : candidatesOf(finding, view)}${peopleLinks(row, finding?.finding.evidence, view)}
${months(shown, view)}
${accounts(shown, view)}
${mandates(shown, view)}
${history(shown, view)}
${note(row, view)}
${finding === null ? '' : evidenceOf(finding, view)}
${finding === null ? '' : linesOf(finding, view)}
${shown.isRevealed ? html`<p class="govuk-inset-text">${desk.revealed}</p>` : reveal(row, view)}
<p class="govuk-body-s tt-quiet">${words.finding.identity}: ${leftToRight(row.finding_id)}</p>`
  return { title: `${title} – ${desk.caption(row.case_number)}`, main, section: 'findings' }
}

function months({ monthsShown: shown }: CaseView, view: View): Html | string {
  return shown.length === 0 ? '' : html`<section aria-labelledby="case-months"><h2 class="govuk-heading-m" id="case-months">${view.words.desk.case.months}</h2>${monthsPicture(shown, view)}</section>`
}

function number(text: string, { isRevealed }: Pick<CaseView, 'isRevealed'>): Html | string {
  return isRevealed ? leftToRight(text) : masked(text)
}

function errorSummary({ title, texts }: NonNullable<CaseView['message']>): Html {
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1"><h2 class="govuk-error-summary__title">${title}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${texts.map((text) => html`<li>${text}</li>`)}</ul></div></div>`
}

const shownSteps = ['received', 'appraised', 'approved', 'answered'] as const

/** The four steps of the one-stop desk, and which one the case is at. */
function progress(row: QueueRow, view: View): Html {
  const { stepNames, case: words } = view.words.desk
  const at = (shownSteps as readonly string[]).indexOf(row.step)
  return html`<ol class="tt-steps" aria-label="${words.progress}">${shownSteps.map((step, index) => html`<li class="tt-steps__one ${index < at || row.step === 'answered' ? 'tt-steps__one--done' : index === at ? 'tt-steps__one--now' : ''}" ${index === at ? html`aria-current="step"` : ''}>${stepNames[step]}${index === at ? html`<span class="govuk-visually-hidden"> (${words.now})</span>` : index < at ? html`<span class="govuk-visually-hidden"> (${words.done})</span>` : ''}</li>`)}</ol>`
}

function facts(shown: CaseView, view: View): Html {
  const { row, schemes, personAddress } = shown
  const { words, language } = view
  const desk = words.desk.case
  const pair = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  const person = row.beneficiary_name === null ? '' : html`<strong><bdi>${row.beneficiary_name}</bdi></strong> `
  return html`<dl class="govuk-summary-list">
${pair(words.finding.severity, severityTag(row.severity, view))}
${pair(words.finding.stake, html`<strong>${money(row.amount_at_stake, row.currency, language)}</strong>`)}
${row.beneficiary_id === null && row.beneficiary_name === null ? '' : pair(words.finding.beneficiary, html`${person}${row.beneficiary_id === null ? '' : number(row.beneficiary_id, shown)}${personAddress === null ? '' : html`<a class="govuk-link tt-under" href="/persons/${personAddress}">${desk.person}</a>`}`)}
${row.village === null ? '' : pair(words.finding.village, html`<bdi>${row.village}</bdi>`)}
${row.scheme === null ? '' : pair(words.finding.scheme, schemeName(schemes, row.scheme, language))}
${row.benefit_period === null ? '' : pair(words.finding.period, monthOrNone(row.benefit_period, view))}
${row.unit_code === null ? '' : pair(words.finding.unit, unitName(row.unit_code, row.unit_name, view))}
${pair(desk.waiting, `${day(row.waiting_since, language)} (${desk.daysWaited(count(row.waiting_days, language))})`)}
${pair(desk.urgency, urgencyText(row, view))}
</dl>`
}

/** The rule that decided, in a sentence of amounts; nothing where there is nothing to compare. */
function ruleInWords({ finding, row, asOf }: CaseView, view: View): string {
  const comparison = finding === null ? null : compare(finding.finding.evidence)
  if (comparison === null) return ''
  return view.words.desk.case.compared(money(comparison.credited, row.currency, view.language), money(comparison.due, row.currency, view.language), day(asOf, view.language))
}

/** What the bank's reason asks for: who acts, and whether the same payment may be sent again. */
function reasonNext({ reason, finding }: CaseView, view: View): Html | string {
  if (reason === null || finding === null) return ''
  const words = view.words.desk.case
  const owner = reason.rule.owner === null ? '' : wordFor(words.owners, reason.rule.owner)
  const again = reason.rule.retryable === null ? '' : reason.rule.retryable ? words.retry : words.noRetry
  return html`<p class="govuk-body">${words.reason(isolated(`${reasonText(reason.code, finding.naming, view)} (${reason.code})`))} ${owner} ${again}</p>`
}

function deadline({ row, today }: CaseView, view: View): Html {
  const words = view.words.desk.case
  const left = dayNumber(row.deadline_date) - dayNumber(today)
  const isOpen = row.step !== 'answered' && row.step !== 'gone'
  const aside = !isOpen ? '' : left < 0 ? html` <span class="tt-overdue">(${words.daysOver(count(-left, view.language))})</span>` : ` (${words.daysLeft(count(left, view.language))})`
  return html`${day(row.deadline_date, view.language)}${aside}`
}

function accounts(shown: CaseView, view: View): Html | string {
  if (shown.row.beneficiary_id === null) return ''
  const words = view.words.desk.case
  if (shown.accounts.length === 0) return html`<h2 class="govuk-heading-m">${words.accounts}</h2><p class="govuk-body">${words.accountsNone}</p>`
  const cell = (label: string, value: Html | string): Html => html`<td class="govuk-table__cell" data-label="${label}"><span>${value}</span></td>`
  return html`<h2 class="govuk-heading-m">${words.accounts}</h2><table class="govuk-table tt-cards"><caption class="govuk-visually-hidden">${words.accounts}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${[words.account, words.bank, words.holder, words.accountState, words.opened].map((label) => html`<th scope="col" class="govuk-table__header">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${shown.accounts.map((account) => html`<tr class="govuk-table__row">${cell(words.account, html`${account.account_number === null ? '' : number(account.account_number, shown)}${account.is_listed ? html` <span class="tt-quiet">(${words.listed})</span>` : ''}`)}
${cell(words.bank, html`<bdi>${account.bank_name ?? account.creditor_agent ?? ''}</bdi>`)}
${cell(words.holder, account.is_own ? words.holderSelf : words.holderUnknown)}
${cell(words.accountState, html`${wordFor(words.accountStates, account.account_status ?? 'unknown')}${account.closed_date === null ? '' : ` (${day(account.closed_date, view.language)})`}`)}
${cell(words.opened, account.opened_date === null ? '' : day(account.opened_date, view.language))}</tr>`)}</tbody></table>`
}

function mandates({ mandates }: CaseView, view: View): Html | string {
  if (mandates.length === 0) return ''
  const words = view.words.desk.case
  const cell = (label: string, value: Html | string): Html => html`<td class="govuk-table__cell" data-label="${label}"><span>${value}</span></td>`
  return html`<h2 class="govuk-heading-m">${words.mandates}</h2><table class="govuk-table tt-cards"><caption class="govuk-visually-hidden">${words.mandates}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${[words.payee, words.relation, words.validFrom, words.validTo].map((label) => html`<th scope="col" class="govuk-table__header">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${mandates.map((one) => html`<tr class="govuk-table__row">${cell(words.payee, html`<bdi>${one.payee_name}</bdi>`)}${cell(words.relation, wordFor(words.relations, one.relation))}${cell(words.validFrom, day(one.valid_from, view.language))}${cell(words.validTo, html`${one.valid_to === null ? words.open : day(one.valid_to, view.language)}${one.is_expired ? html` <strong class="tt-overdue">${words.expired}</strong>` : ''}`)}</tr>`)}</tbody></table>`
}

/** Who did what, the last first. */
function history({ row, history: events }: CaseView, view: View): Html {
  const { desk } = view.words
  const words = desk.case
  if (events.length === 0) return html`<h2 class="govuk-heading-m">${words.history}</h2><p class="govuk-body">${words.historyEmpty}</p>`
  return html`<h2 class="govuk-heading-m">${words.history}</h2><ol class="tt-story">${[...events].reverse().map((event) => html`<li class="tt-story__event"><span class="tt-story__day">${localMoment(event.happened_at, view.language)}</span>
<span><strong>${wordFor(desk.events, event.kind)}</strong>${event.resolution === null ? '' : html`: ${wordFor(desk.resolutions, event.resolution)}`}${typeof event.details?.['answer_code'] === 'string' ? html`: ${wordFor(view.words.questions.answerCodes, event.details['answer_code'])}` : ''}${settledBy(event, view)}${event.amount === null || event.amount === '0' ? '' : html` <span class="tt-amount">${money(event.amount, row.currency, view.language)}</span>`}
<span class="tt-story__details"><bdi>${event.actor_name ?? words.bySystem}</bdi>${event.acting_for_name === null ? '' : html` <bdi>(${words.inPlaceOf(event.acting_for_name)})</bdi>`}</span>${event.comment === null ? '' : html`<span class="tt-story__comment"><bdi>${event.comment}</bdi></span>`}${event.attachment === null ? '' : html`<a class="govuk-link tt-story__source" href="/cases/${row.finding_id}/evidence/${event.event_number}"><bdi>${event.attachment.file_name}</bdi></a>`}</span></li>`)}</ol>`
}

/** A word or a file added to the case, without changing its step. */
function note(row: QueueRow, view: View): Html {
  const words = view.words.desk.case
  return html`<details class="govuk-details tt-screen"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.addComment}</span></summary><div class="govuk-details__text">
<form method="post" action="/cases/${row.finding_id}/note" enctype="multipart/form-data" novalidate><input type="hidden" name="version" value="${row.version}">
<div class="govuk-form-group"><label class="govuk-label" for="note">${words.addCommentText}</label><textarea class="govuk-textarea" id="note" name="comment" rows="2" maxlength="4000"></textarea></div>
<div class="govuk-form-group"><label class="govuk-label" for="file">${words.evidence}</label><div class="govuk-hint" id="file-hint">${words.evidenceHint}</div><input class="govuk-file-upload" type="file" id="file" name="file" aria-describedby="file-hint" accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx"></div>
<button class="govuk-button govuk-button--secondary" type="submit">${words.add}</button></form></div></details>`
}

/** Full numbers and raw lines, once the reader has said why. */
function reveal(row: QueueRow, view: View): Html {
  const words = view.words.desk.case
  return html`<form method="post" action="/cases/${row.finding_id}/reveal" class="tt-reveal tt-screen"><div class="govuk-form-group"><label class="govuk-label" for="reason">${words.revealWhy}</label><div class="govuk-hint" id="reveal-hint">${words.revealHint}</div><select class="govuk-select" id="reason" name="reason" aria-describedby="reveal-hint">${revealReasons.map((reason) => html`<option value="${reason}">${wordFor(words.reasons, reason)}</option>`)}</select></div><button class="govuk-button govuk-button--secondary" type="submit">${words.reveal}</button></form>`
}
