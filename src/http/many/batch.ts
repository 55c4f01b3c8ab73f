/** The preview of a batch and its result: what changes, what cannot and why, and what came of each. */
import { html } from 'hono/html'
import type { Batch, BatchEntry, EntryResult, ManyAction, ManyCase } from '../../cases/index.ts'
import { usualAmount } from '../../cases/index.ts'
import { money as exact, type Amount } from '../../core/index.ts'
import { count, localMoment, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { inLanguage, listed, type Html, type View } from '../view.ts'
import { wordFor } from '../text/index.ts'
import { queueAddress } from './choose.ts'

/** A batch with its cases as they stand now, and what came, or would come, of each entry. */
export interface BatchView {
  readonly batch: Batch
  readonly cases: ReadonlyMap<string, ManyCase>
  /** Of a preview: the rehearsal's. */
  readonly results: readonly EntryResult[]
}

interface Line {
  readonly entry: BatchEntry
  readonly result: EntryResult
  readonly one: ManyCase | null
}

/** More rows than these stand behind a line that opens. */
const shownAtOnce = 20

/** Before anything is done. */
export function previewPage(shown: BatchView, view: View): Page {
  const { many } = view.words
  const { act } = many
  const lines = linesOf(shown)
  const ready = lines.filter(({ result }) => result.state === 'done')
  const stopped = lines.filter(({ result }) => result.state === 'refused')
  const idle = shown.batch.heading.workbook?.idle.length ?? 0
  const main = html`<a class="govuk-back-link" href="${queueAddress(shown.batch.heading.query)}">${act.back}</a>
<h1 class="govuk-heading-l">${act.previewTitle}</h1>
<p class="tt-lead">${ready.length === 0 ? act.noneReady : act.ready(count(ready.length, view.language))}</p>
${ready.length === 0 ? '' : html`<ul class="govuk-list tt-sums">${sumsOf(ready, view)}</ul>`}
${idle === 0 ? '' : html`<p class="govuk-body">${act.idle(count(idle, view.language))}</p>`}
${stopped.length === 0 ? '' : html`<section aria-labelledby="stopped"><h2 class="govuk-heading-m" id="stopped">${act.stoppedTitle(count(stopped.length, view.language))}</h2><p class="govuk-body">${act.stoppedSentence}</p>${folded(stopped.map((line) => stoppedRow(line, view)), [act.caseColumn, act.whyColumn], act.stoppedTitle(count(stopped.length, view.language)), view)}</section>`}
${ready.length === 0 ? '' : html`<section aria-labelledby="ready"><h2 class="govuk-heading-m" id="ready">${act.readyTitle}</h2>
<form method="post" action="/queue/batches/${shown.batch.batchId}/confirm"><div class="tt-buttons"><button class="govuk-button" type="submit">${act.confirm(count(ready.length, view.language))}</button><a class="govuk-button govuk-button--secondary" href="${queueAddress(shown.batch.heading.query)}">${act.leave}</a></div></form>
${folded(ready.map((line) => readyRow(line, view)), [act.caseColumn, act.whatColumn, act.amountColumn], act.readyTitle, view)}</section>`}`
  return { title: act.previewTitle, main, section: 'findings' }
}

/** After it was done. */
export function resultPage(shown: BatchView, view: View): Page {
  const { act } = view.words.many
  const { batch } = shown
  const lines = linesOf(shown)
  const done = lines.filter(({ result }) => result.state === 'done')
  const refused = lines.filter(({ result }) => result.state === 'refused')
  const left = batch.entries.length - batch.results.length
  const number = (digits: number): string => count(digits, view.language)
  const main = html`<h1 class="govuk-heading-l">${left > 0 ? act.unfinishedTitle : act.resultTitle}</h1>
<p class="tt-lead">${act.done(number(done.length), number(refused.length))}</p>
${left === 0 ? '' : html`<div class="govuk-inset-text"><p class="govuk-body">${act.left(number(left))}</p><form method="post" action="/queue/batches/${batch.batchId}/confirm"><button class="govuk-button govuk-button--secondary" type="submit">${act.goOn}</button></form></div>`}
${batch.origin === 'workbook' ? html`<p class="govuk-body"><a class="govuk-link" href="/queue/batches/${batch.batchId}/result.xlsx">${act.resultWorkbook}</a> · <a class="govuk-link" href="/queue/batches/${batch.batchId}/result.csv">${act.resultCsv}</a></p><p class="govuk-body">${act.resultWorkbookSentence}</p>` : ''}
${refused.length === 0 ? '' : html`<section aria-labelledby="refused"><h2 class="govuk-heading-m" id="refused">${act.refusedTitle(number(refused.length))}</h2>${folded(refused.map((line) => stoppedRow(line, view)), [act.caseColumn, act.whyColumn], act.refusedTitle(number(refused.length)), view)}</section>`}
${done.length === 0 ? '' : html`<section aria-labelledby="done"><h2 class="govuk-heading-m" id="done">${act.doneTitle(number(done.length))}</h2>${folded(done.map((line) => readyRow(line, view)), [act.caseColumn, act.whatColumn, act.amountColumn], act.doneTitle(number(done.length)), view)}</section>`}
<p class="govuk-body"><a class="govuk-link" href="${queueAddress(batch.heading.query)}">${act.back}</a></p>`
  return { title: left > 0 ? act.unfinishedTitle : act.resultTitle, main, section: 'findings' }
}

/** Why an entry was refused, in a sentence; of a case that changed, what happened to it since. */
export function refusalText(result: EntryResult, view: View): string {
  if (result.state === 'done') return ''
  const { many, desk } = view.words
  const { code, details } = result
  if (code === 'case_changed' && details['kind'] !== null && details['kind'] !== undefined) {
    const what = wordFor(desk.events, String(details['kind']))
    const when = typeof details['at'] === 'string' ? localMoment(details['at'], view.language) : '–'
    return details['by'] === null || details['by'] === undefined ? many.changedByRun(what, when) : many.changedBy(String(details['by']), what, when)
  }
  if (code === 'step_wrong') return many.stepWrong(wordFor(desk.steps, String(details['step'] ?? '')))
  return Object.hasOwn(many.refusals, code) ? wordFor(many.refusals, code) : wordFor({ ...desk.case.errors, ...view.words.questions.desk.errors }, code)
}

/** What an action does, in few words: `Thẩm định: báo nhầm`. */
export function actionText(action: ManyAction, view: View): string {
  const { many } = view.words
  return action.kind === 'appraise' ? many.appraisedAs(wordFor(view.words.desk.resolutions, action.resolution)) : many.actions[action.kind]
}

function linesOf({ batch, cases, results }: BatchView): Line[] {
  return results.map((result, index) => {
    const entry = batch.entries[index] as BatchEntry
    return { entry, result, one: entry.findingId === null ? null : (cases.get(entry.findingId) ?? null) }
  })
}

/** By action: how many cases, and how much money in each currency. */
function sumsOf(lines: readonly Line[], view: View): Html[] {
  const groups = new Map<string, { cases: number; sums: Map<string, Amount> }>()
  for (const { entry, one } of lines) {
    if (entry.action === null || one === null) continue
    const group = groups.get(actionText(entry.action, view)) ?? { cases: 0, sums: new Map<string, Amount>() }
    group.cases += 1
    const amount = amountOf(entry.action, one)
    group.sums.set(one.currency, exact.add(group.sums.get(one.currency) ?? exact.zero, amount))
    groups.set(actionText(entry.action, view), group)
  }
  return [...groups].map(([action, { cases, sums }]) => html`<li><strong>${action}</strong>: ${view.words.many.act.casesWith(count(cases, view.language), listed([...sums].map(([currency, sum]) => money(sum, currency, view.language)), view))}</li>`)
}

/** The money that an action is about: of an appraisal its own, of an approval that of the appraisal, else what is at stake. */
function amountOf(action: ManyAction, one: ManyCase): Amount {
  if (action.kind === 'appraise') return action.amount ?? usualAmount(action.resolution, one.amount_at_stake)
  return action.kind === 'approve' && one.appraised_amount !== null ? one.appraised_amount : one.amount_at_stake
}

function caseCell({ entry, one }: Line, view: View): Html {
  const { act } = view.words.many
  const row = entry.row === undefined ? '' : html`<span class="tt-under">${act.row(count(entry.row.number, view.language))}</span>`
  if (one === null) return html`<th scope="row" class="govuk-table__header" data-label="${act.caseColumn}"><span><bdi>${entry.caseNumber ?? '–'}</bdi>${row}</span></th>`
  return html`<th scope="row" class="govuk-table__header"><a class="govuk-link" href="/cases/${one.finding_id}"><bdi>${one.beneficiary_name ?? act.caseNumber(one.case_number)}</bdi></a><span class="tt-under">${act.caseNumber(one.case_number)} · ${one.title === null ? one.code : inLanguage(one.title, view.language)}${one.benefit_period === null ? '' : ` · ${month(one.benefit_period, view.language)}`}</span>${row}</th>`
}

function stoppedRow(line: Line, view: View): Html {
  const { act } = view.words.many
  const { steps } = view.words.desk
  const stands = line.one === null ? '' : html`<span class="tt-under">${act.standsNow(wordFor(steps, line.one.step))}${line.one.resolution === null ? '' : ` · ${wordFor(view.words.desk.resolutions, line.one.resolution)}`}</span>`
  const wanted = line.entry.action === null ? '' : html`<span class="tt-under">${act.wanted(actionText(line.entry.action, view))}</span>`
  return html`<tr class="govuk-table__row">${caseCell(line, view)}<td class="govuk-table__cell tt-said" data-label="${act.whyColumn}"><span>${refusalText(line.result, view)}${stands}${wanted}</span></td></tr>`
}

function readyRow(line: Line, view: View): Html {
  const { act } = view.words.many
  const { entry, one } = line
  const comment = entry.action !== null && 'comment' in entry.action ? (entry.action.comment ?? '') : ''
  return html`<tr class="govuk-table__row">${caseCell(line, view)}<td class="govuk-table__cell" data-label="${act.whatColumn}"><span>${entry.action === null ? '' : actionText(entry.action, view)}${comment === '' ? '' : html`<span class="tt-under"><bdi>${comment}</bdi></span>`}</span></td><td class="govuk-table__cell govuk-table__cell--numeric" data-label="${act.amountColumn}">${one === null || entry.action === null ? '–' : money(amountOf(entry.action, one), one.currency, view.language)}</td></tr>`
}

/** A table, behind a line that opens when it is long. */
function folded(rows: readonly Html[], columns: readonly string[], caption: string, view: View): Html {
  const table = html`<table class="govuk-table tt-cards tt-figures"><caption class="govuk-table__caption govuk-visually-hidden">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map((column, index) => html`<th scope="col" class="govuk-table__header ${index === 2 ? 'govuk-table__header--numeric' : ''}">${column}</th>`)}</tr></thead><tbody class="govuk-table__body">${rows}</tbody></table>`
  if (rows.length <= shownAtOnce) return table
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${view.words.many.act.showAll(count(rows.length, view.language))}</span></summary><div class="govuk-details__text">${table}</div></details>`
}
