/** The queue: what needs somebody, the most urgent first, each with what happened and what to do; true counts, pages that can be linked to. */
import { html } from 'hono/html'
import { mostAtOnce, type QueuePage, type QueueRow, type SavedView } from '../../cases/index.ts'
import { caseSteps, hasRole } from '../../core/index.ts'
import type { FindingUnit, SchemeName } from '../../reports/index.ts'
import { caseWorkers } from '../access.ts'
import { listLinks } from '../exports/form.ts'
import { count, day, masked, money, month, sums } from '../format.ts'
import type { Page } from '../layout.ts'
import { unmatchedCodes } from '../pictures/bridge.ts'
import { wordFor } from '../text/index.ts'
import { actors, address, inLanguage, leftToRight, listed, monthOrNone, schemeName, severityTag, unitName, type Html, type View } from '../view.ts'
import { queueAddress, type QueueChoice } from './queue-address.ts'

/** What the page is drawn from. */
export interface QueueView {
  readonly page: QueuePage
  readonly choice: QueueChoice
  readonly schemes: readonly SchemeName[]
  readonly periods: readonly string[]
  /** What is searched for, as it was typed; in the choice it is sealed. */
  readonly search: string | undefined
  /** Null: too many to choose from; the reader writes the code. */
  readonly units: readonly FindingUnit[] | null
  readonly savedViews: readonly SavedView[]
  /** How many are in the class not_collected and within their waiting time; null: not asked for, or nobody has counted. */
  readonly stillWaiting: bigint | null
  /** Of the cases shown, those whose bank was asked, or has answered and nobody has gone on. */
  readonly bankStates: ReadonlyMap<string, 'asked' | 'answered'>
}

/** Who acts, one by one; a case may need two of them. */
const singleActors = ['C', 'B', 'P', 'A'] as const

/** The queue as its address describes it. */
export function queuePageOf(list: QueueView, view: View): Page {
  const { words, language, reader } = view
  const { queue } = words.desk
  const { page, choice } = list
  const amount = sums(page.stakes, language)
  const isFiltered = Object.values(choice).some((value) => value !== undefined)
  const canAct = reader !== null && hasRole(reader, ...caseWorkers)
  const main = html`<h1 class="govuk-heading-l">${queue.title}</h1>
${reader !== null && hasRole(reader, 'officer', 'payer') ? html`<p class="govuk-body tt-screen"><a class="govuk-link" href="/complaints/new">${words.many.complaint.link}</a></p>` : ''}
${filterForm(list, view)}
${stillWaiting(list, view)}${page.count === '0' ? html`<p class="tt-lead">${isFiltered ? queue.emptyFiltered : queue.empty}</p>${isFiltered ? '' : html`<p class="govuk-body">${queue.emptyNext}</p>`}` : html`<p class="tt-lead" data-live="count">${queue.counted(count(page.count, language), amount)}</p>
${page.rows.length === 0 ? html`<p class="govuk-body">${queue.pageEmpty}</p>` : html`<p class="govuk-body">${queue.order}</p>
<form method="post" action="/queue/act" class="tt-queue"><input type="hidden" name="query" value="${queueAddress(choice).slice('/queue?'.length)}">
<ol class="tt-findings" aria-label="${queue.list}">${page.rows.map((row) => queueItem(row, list, view, canAct))}</ol>
${canAct ? html`<div class="tt-queue__act" role="group" aria-label="${queue.selectTitle}"><button class="govuk-button" type="submit">${queue.act}</button>${(page.hasMore || page.hasEarlier) && BigInt(page.count) <= BigInt(mostAtOnce) ? html`<button class="govuk-button govuk-button--secondary" type="submit" name="all" value="1">${queue.allOfFilter(count(page.count, language))}</button>` : ''}</div>` : ''}</form>`}
${pages(list, view)}
${exports(choice, view)}`}
${saved(list, view)}`
  return { title: queue.title, main, section: 'findings' }
}

/**
 * Money not collected is somebody's business only once its waiting time is over; whoever came here from the whole class
 * should not miss the rest.
 */
function stillWaiting({ choice, stillWaiting: waiting }: QueueView, { words, language }: View): Html | string {
  if (choice.code !== 'not_collected') return ''
  if (waiting === null) return html`<p class="govuk-body">${words.desk.queue.waitingToo}</p>`
  return waiting > 0n ? html`<p class="govuk-body">${words.desk.queue.waiting(count(waiting, language))}</p>` : ''
}

/** One case in a list: what it is, who, how much, how long, by when, and what to do. */
export function queueItem(row: QueueRow, { schemes, bankStates }: Pick<QueueView, 'schemes' | 'bankStates'>, view: View, isSelectable: boolean): Html {
  const { words, language } = view
  const { queue, steps } = words.desk
  const title = inLanguage(row.title, language)
  const person = row.beneficiary_name ?? (row.beneficiary_id === null ? '' : masked(row.beneficiary_id))
  const facts = [
    row.file_subject === null ? null : html`<span class="tt-break">${row.file_subject}</span>`,
    row.beneficiary_name === null ? null : html`<span class="tt-person">${row.beneficiary_name}</span>`,
    row.beneficiary_id === null ? null : masked(row.beneficiary_id),
    row.village,
    row.unit_code === null || row.unit_code === view.reader?.unitCode ? null : unitName(row.unit_code, row.unit_name, view),
    row.scheme === null ? null : schemeName(schemes, row.scheme, language),
    row.benefit_period === null ? null : month(row.benefit_period, language),
    row.account_end === null ? null : queue.account(row.account_end),
  ].filter((fact) => fact !== null)
  const progress = [
    html`<span class="${row.is_overdue ? 'tt-overdue' : ''}">${queue.deadline(day(row.deadline_date, language))}${row.is_overdue ? ` (${queue.overdue})` : ''}</span>`,
    html`${wordFor(steps, row.step)}`,
    bankState(bankStates.get(row.finding_id), view),
    row.assigned_name === null ? null : html`${queue.assigned(row.assigned_name)}`,
    row.reopened_count > 0 ? html`${queue.reopened}` : null,
    html`${queue.number('')}${leftToRight(row.case_number)}`,
  ].filter((fact) => fact !== null)
  const identity = `case-${row.case_number}`
  return html`<li class="tt-finding${isSelectable ? ' tt-finding--selectable' : ''}">
${isSelectable ? html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${identity}" name="case" value="${row.finding_id}~${row.version}"><label class="govuk-label govuk-checkboxes__label" for="${identity}"><span class="govuk-visually-hidden">${queue.select(row.case_number)}</span></label></div></div>` : ''}
<div class="tt-finding__body"><div class="tt-finding__head"><h2 class="govuk-heading-s"><a class="govuk-link" href="/cases/${row.finding_id}">${title}${person === '' ? '' : html`<span class="govuk-visually-hidden">${listed(['', person], view)}</span>`}</a></h2>
<span class="tt-finding__stake">${money(row.amount_at_stake, row.currency, language)}</span></div>
<p class="tt-finding__facts">${severityTag(row.severity, view)} <span>${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}<bdi>${fact}</bdi>`)}</span></p>
<p class="govuk-body-s">${inLanguage(row.action, language)} <span class="tt-quiet">(${actors(row.actor, view)})</span></p>
<p class="tt-finding__progress">${progress.map((fact, index) => html`${index === 0 ? '' : ' · '}<bdi>${fact}</bdi>`)} <span class="tt-quiet">· ${urgencyText(row, view)}</span></p></div>
</li>`
}

/** An answer that nobody has read yet stands out; a question that waits does not. */
function bankState(state: 'asked' | 'answered' | undefined, { words }: View): Html | null {
  const { desk } = words.questions
  return state === undefined ? null : state === 'answered' ? html`<strong>${desk.hasAnswered}</strong>` : html`${desk.isAsked}`
}

/** Why a case stands where it stands: the three things that its urgency is made of; the first day counts as one. */
export function urgencyText(row: Pick<QueueRow, 'amount_at_stake' | 'currency' | 'waiting_days' | 'severity'>, view: View): string {
  const { queue } = view.words.desk
  return queue.urgency(money(row.amount_at_stake, row.currency, view.language), queue.days(count(row.waiting_days < 1 ? 1 : row.waiting_days, view.language)), wordFor(view.words.severities, row.severity.slice(0, 1)))
}

function filterForm(list: QueueView, view: View): Html {
  const { words, language } = view
  const { queue, steps } = words.desk
  const { choice } = list
  const codes = new Map(list.page.codes.map(({ code, title, count: number }) => [code, `${inLanguage(title, language)} (${count(number, language)})`]))
  if (unmatchedCodes.some((code) => codes.has(code))) codes.set(unmatchedCodes.join(','), words.findings.unmatchedTogether)
  // A link may name what the queue has none of; the form still says what is chosen.
  if (choice.code !== undefined && !codes.has(choice.code)) codes.set(choice.code, choice.code.replaceAll('_', ' ').replaceAll(',', ', '))
  const periods = [...new Set([...list.periods, ...(choice.period === undefined ? [] : [choice.period])])].sort().reverse()
  const more = [choice.step, choice.village, choice.bank, choice.question, choice.scheme, choice.period, choice.actor, choice.closed, choice.found].some((value) => value !== undefined)
  const isAny = Object.values(choice).some((value) => value !== undefined)
  return html`<form method="post" action="/queue/find" class="tt-filter" role="search" aria-label="${words.findings.filterTitle}">
<div class="govuk-form-group tt-filter__search"><label class="govuk-label" for="q">${queue.search}</label><div class="govuk-hint" id="q-hint">${queue.searchHint}</div><input class="govuk-input" id="q" name="q" type="search" value="${list.search ?? ''}" maxlength="100" autocomplete="off" spellcheck="false" aria-describedby="q-hint"></div>
${select('code', queue.code, codes, choice.code, queue.all)}
${select('when', queue.when, new Map(Object.entries(queue.whens)), choice.when, queue.all)}
${(['since', 'until'] as const).map((name) => (choice[name] === undefined ? '' : html`<input type="hidden" name="${name}" value="${choice[name]}">`))}
${select('mine', queue.mine, new Map([['me', queue.minesOwn], ['nobody', queue.minesNobody], ...(choice.mine !== undefined && /^\d/.test(choice.mine) ? [[choice.mine, choice.mine] as const] : [])]), choice.mine, queue.all)}
${unitField(list, view)}
<details class="govuk-details tt-filter__more" ${more ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${queue.more}</span></summary><div class="tt-filter__inner">
${select('step', queue.step, new Map(caseSteps.map((step) => [step, wordFor(steps, step)])), choice.step, queue.all)}
${input('village', queue.village, choice.village)}
${select('actor', queue.actor, new Map(singleActors.map((actor) => [actor, actors(actor, view)])), choice.actor, queue.all)}
${select('scheme', queue.scheme, new Map(list.schemes.map(({ scheme }) => [scheme, schemeName(list.schemes, scheme, language)])), choice.scheme, queue.all)}
${select('period', queue.period, new Map(periods.map((period) => [period, monthOrNone(period, view)])), choice.period, queue.all)}
${input('bank', queue.bank, choice.bank)}
${select('question', words.questions.desk.queue, new Map(Object.entries(words.questions.desk.queues)), choice.question, queue.all)}
<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="closed" name="closed" value="1" ${choice.closed === undefined ? '' : html`checked`}><label class="govuk-label govuk-checkboxes__label" for="closed">${queue.closed}</label></div>
<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="found" name="found" value="1" ${choice.found === undefined ? '' : html`checked`}><label class="govuk-label govuk-checkboxes__label" for="found">${queue.found}</label></div></div>
</div></details>
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${queue.apply}</button>${isAny ? html`<a class="govuk-link" href="/queue">${queue.reset}</a>` : ''}</div>
</form>`
}

/** A choice of units, or a field for the code where the choice would be longer than the page; nothing where there is one. */
function unitField({ units, choice }: QueueView, view: View): Html | string {
  const { queue } = view.words.desk
  if (units === null) return input('unit', queue.unitCode, choice.unit)
  if (units.length < 2 && choice.unit === undefined) return ''
  const options = new Map(units.map((unit) => [unit.unit_code, unitName(unit.unit_code, unit.name, view)]))
  if (choice.unit !== undefined && !options.has(choice.unit)) options.set(choice.unit, choice.unit)
  return select('unit', queue.unit, options, choice.unit, queue.all)
}

function select(name: string, label: string, options: ReadonlyMap<string, string>, chosen: string | undefined, all: string): Html {
  return html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><select class="govuk-select" id="${name}" name="${name}">
<option value="">${all}</option>${[...options].map(([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`)}</select></div>`
}

function input(name: string, label: string, value: string | undefined): Html {
  return html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><input class="govuk-input" id="${name}" name="${name}" value="${value ?? ''}" maxlength="100" spellcheck="false" autocomplete="off"></div>`
}

function pages({ page, choice }: QueueView, view: View): Html | string {
  const { queue } = view.words.desk
  if (!page.hasEarlier && !page.hasMore) return ''
  const placeAt = (row: QueueRow | undefined) => (row === undefined ? undefined : { urgency: row.urgency, caseNumber: row.case_number })
  const [first, last] = [placeAt(page.rows[0]), placeAt(page.rows.at(-1))]
  return html`<nav class="tt-pages" aria-label="${queue.pages}"><ul>
${page.hasEarlier ? html`<li><a class="govuk-link" href="${queueAddress(choice)}">${queue.first}</a></li>` : ''}
${page.hasEarlier && first !== undefined ? html`<li><a class="govuk-link" rel="prev" href="${queueAddress(choice, { before: first })}">${queue.previous}</a></li>` : ''}
${page.hasMore && last !== undefined ? html`<li><a class="govuk-link tt-next" rel="next" href="${queueAddress(choice, { after: last })}">${queue.next}</a></li>` : ''}
</ul></nav>`
}

/** The list as a file: to work in, to print, to keep. */
function exports(choice: QueueChoice, view: View): Html {
  const { act, workbook } = view.words.many
  const canAct = view.reader !== null && hasRole(view.reader, ...caseWorkers)
  return html`${listLinks('/queue', choice, true, view)}${canAct ? html`<p class="govuk-body-s tt-exports"><strong>${act.title}:</strong> <a class="govuk-link" href="${address('/queue/workbook', choice)}">${workbook.title}</a></p>` : ''}`
}

function saved({ savedViews, choice }: QueueView, view: View): Html | string {
  const { queue } = view.words.desk
  const query = queueAddress(choice).slice('/queue?'.length)
  if (savedViews.length === 0 && query === '') return ''
  return html`<section class="tt-saved tt-screen" aria-labelledby="saved-title"><h2 class="govuk-heading-s" id="saved-title">${queue.views}</h2>
${savedViews.length === 0 ? '' : html`<ul class="govuk-list">${savedViews.map(({ name, query: kept }) => html`<li><a class="govuk-link" href="/queue?${kept}"><bdi>${name}</bdi></a> <form method="post" action="/queue/views" class="tt-inline"><input type="hidden" name="remove" value="${name}"><button class="tt-link-button" type="submit" aria-label="${queue.removeView(name)}">${queue.remove}</button></form></li>`)}</ul>`}
${query === '' ? '' : html`<form method="post" action="/queue/views" class="tt-inline"><input type="hidden" name="query" value="${query}"><label class="govuk-label" for="view-name">${queue.viewName}</label><input class="govuk-input govuk-input--width-20" id="view-name" name="name" maxlength="60" required> <button class="govuk-button govuk-button--secondary" type="submit">${queue.saveView}</button></form>`}</section>`
}
