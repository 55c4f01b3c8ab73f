/** Before somebody takes a step: what will be signed, how much money, what happens, and what happens if not. */
import { html } from 'hono/html'
import { missingName, periodRules, totalsOf, type AbsentApprover, type PeriodAct, type PeriodFacts, type Standing } from '../../periods/index.ts'
import { addAll } from '../dashboard/totals.ts'
import { count, day, money, month, sums } from '../format.ts'
import type { Page } from '../layout.ts'
import { faultSummary, hidden, type FormFault } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { isolated, listed, type Html, type View } from '../view.ts'
import { periodAddress, placeWords, type PeriodPlace } from './place.ts'

/** What the page is drawn from. */
export interface ActView {
  readonly act: PeriodAct
  readonly place: PeriodPlace
  readonly standing: Standing
  readonly facts: PeriodFacts
  readonly fileCount: number
  /** In whose place the reader does it; null: in their own right. */
  readonly principal: AbsentApprover | null
  /** What came back: why it was not done, and what had been typed. */
  readonly fault: string | null
  readonly typed: { readonly reason: string; readonly missing: readonly string[] }
}

/** The page. */
export function actPage(shown: ActView, view: View): Page {
  const { periods: words } = view.words
  const { act, standing, place } = shown
  const title = words.checkTitle(words.acts[act], month(standing.key.benefitPeriod, view.language))
  const faults = faultsOf(shown, view)
  const asked = standing.events.at(-1)
  const main = html`<a class="govuk-back-link" href="${periodAddress(standing.key, view)}">${words.cancel}</a>
${faultSummary(faults, view)}
<span class="govuk-caption-l">${placeWords(place, view)}</span>
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${words.checkLead}</p>
${shown.principal === null ? '' : html`<p class="govuk-inset-text">${words.standingIn(isolated(shown.principal.display_name))}</p>`}
${summary(shown, view)}
${asked?.kind === 'reopen_asked' ? html`<p class="govuk-body"><strong>${words.askedWhy(asked.display_name)}</strong></p><p class="govuk-inset-text tt-story__comment"><bdi>${asked.reason ?? ''}</bdi></p>` : ''}
<form method="post" action="${periodAddress(standing.key, view, `/acts/${act}`)}" novalidate>
${hidden('events', `${standing.events.length}`)}
${act === 'prepare' ? shown.facts.missing_files.map((file, index) => area(`missing-${index}`, words.missingReason(file.source, wordFor(view.words.files.kinds, file.kind)), words.missingReasonHint, shown.typed.missing[index] ?? '', faults)) : ''}
${periodRules[act].needsReason ? area('reason', words.why, null, shown.typed.reason, faults) : ''}
<button class="govuk-button" type="submit">${words.acts[act]}</button>
</form>`
  return { title: faults.length > 0 ? `${view.words.staff.errorTitle}: ${title}` : title, main, section: 'period', periodPage: 'periods' }
}

/** The reasons typed for missing files, in the order of the page. */
export function missingReasons({ missing_files: files }: Pick<PeriodFacts, 'missing_files'>, typed: readonly string[]): ReadonlyMap<string, string> {
  return new Map(files.map((file, index) => [missingName(file), typed[index] ?? '']))
}

function faultsOf({ fault, typed, facts }: ActView, view: View): FormFault[] {
  if (fault === null) return []
  const message = wordFor(view.words.periods.errors, fault)
  if (fault === 'reason_missing') return facts.missing_files.flatMap((_, index) => ((typed.missing[index] ?? '').trim() === '' ? [{ field: `missing-${index}`, message }] : []))
  return [{ field: fault.startsWith('comment') ? 'reason' : 'main', message }]
}

/** What is signed: of a round that is on its way what was received, else what is published now. */
function summary({ act, standing, facts, fileCount }: ActView, view: View): Html {
  const { periods: words } = view.words
  const { language } = view
  const content = act === 'prepare' || standing.content === null ? null : standing.content
  const { figures, run, open_cases: open } = content ?? facts
  const totals = totalsOf(figures)
  const amountOf = (key: 'due' | 'to_due' | 'missing'): string => listed(totals.map((one) => money(one[key], one.currency, language)), view)
  const cases = open.reduce((sum, one) => sum + one.count, 0)
  const row = (term: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${term}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  return html`<dl class="govuk-summary-list">
${row(words.asOf, day(run.as_of, language))}
${row(words.due, amountOf('due'))}${row(words.arrived, amountOf('to_due'))}${row(words.missing, amountOf('missing'))}
${row(words.openCases, cases === 0 ? words.noneOpen : `${count(cases, language)}; ${sums(addAll(open, 'amount_at_stake'), language)}`)}
${row(words.filesCount, count(content?.files.length ?? fileCount, language))}
${content === null || content.missing_files.length === 0 ? '' : row(words.minutes.missingTitle, html`${content.missing_files.map((file) => html`<bdi>${words.minutes.missingLine(file.source, wordFor(view.words.files.kinds, file.kind), day(file.deadline_date, language), file.reason)}</bdi><br>`)}`)}
${row(words.whatChanges, words.changes[act])}${row(words.whatOtherwise, words.otherwise[act])}
</dl>`
}

function area(id: string, label: string, hint: string | null, value: string, faults: readonly FormFault[]): Html {
  const fault = faults.find((one) => one.field === id)
  const described = [hint === null ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-error`].filter((one) => one !== '').join(' ')
  return html`<div class="govuk-form-group ${fault === undefined ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="${id}">${label}</label>${hint === null ? '' : html`<div class="govuk-hint" id="${id}-hint">${hint}</div>`}${fault === undefined ? '' : html`<p class="govuk-error-message" id="${id}-error">${fault.message}</p>`}<textarea class="govuk-textarea" id="${id}" name="${id}" rows="3" ${described === '' ? '' : html`aria-describedby="${described}"`}>${value}</textarea></div>`
}
