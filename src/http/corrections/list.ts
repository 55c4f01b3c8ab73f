/** One list: what is on it, that it agrees with the findings, what is left out and why, who did what, and what to do next. */
import { html } from 'hono/html'
import { kindsByDecision, listName, type CorrectionItem, type CorrectionList, type ListFault } from '../../corrections/index.ts'
import { hasRole, money as exact } from '../../core/index.ts'
import { count, day, localMoment, masked, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import { faultSummary, hidden, textField, type FormFault } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { address, isolated, type Html, type View } from '../view.ts'
import { decisionFields, leftOutTable } from './check.ts'
import { monthText, placeText, stateTag } from './overview.ts'

/** What the page is drawn from. */
export interface ListData {
  readonly list: CorrectionList
  readonly leftOut: readonly { readonly left_out: string; readonly code: string; readonly count: number; readonly amount: CorrectionList['item_amount'] }[]
  readonly items: readonly CorrectionItem[]
  readonly hasMore: boolean
  /** Items left out for this reason are shown; null: those on the list. */
  readonly reason: string | null
  readonly isFirstPage: boolean
  readonly titles: ReadonlyMap<string, string>
  readonly hasPayerAccount: boolean
  /** What was done just now, as the address says. */
  readonly done: string | null
  /** Key of `faults`: why something was not done. */
  readonly fault: ListFault | 'reason_missing' | 'date_wrong' | 'not_taken' | null
}

/** The page. */
export function listPage(data: ListData, view: View): Page {
  const { list, leftOut, titles, done, fault } = data
  const { corrections } = view.words
  const { language } = view
  const words = corrections.list
  const name = listName(list)
  const sum = (amount: CorrectionList['item_amount']): string => money(amount, list.currency, language)
  const number = (digits: number): string => count(digits, language)
  const faults: FormFault[] = fault === null ? [] : [{ field: fault === 'reason_missing' ? 'reason' : fault === 'date_wrong' || fault === 'decision_missing' ? 'decisionNumber' : 'acts', message: corrections.faults[fault] }]
  const notice = done === 'made' ? corrections.madeDone : done === 'approved' ? corrections.acts.approved : done === 'sent' ? corrections.acts.sent : done === 'redrafted' ? corrections.acts.redraftDone : done === 'withdrawn' ? corrections.acts.withdrawn : null
  const main = html`<a class="govuk-back-link" href="/corrections">${corrections.check.back}</a>
${faultSummary(faults, view)}${notice === null ? '' : html`<div class="govuk-inset-text" role="status">${notice}</div>`}
<span class="govuk-caption-l">${corrections.kinds[list.kind]} · ${placeText(list, view)}</span>
<h1 class="govuk-heading-l"><bdi>${name}</bdi> ${stateTag(list, view)}</h1>
<p class="tt-lead">${words.onIt(number(list.item_count), sum(list.item_amount))}</p>
<p class="govuk-body">${words.law(number(list.found_count), sum(list.found_amount), number(list.item_count), sum(list.item_amount), number(list.left_count), sum(list.left_amount))}</p>
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${facts(list, view)}${files(data, view)}</div>
<div class="govuk-grid-column-one-third">${acts(list, faults, view)}</div></div>
${leftOutTable(leftOut.map((one) => ({ ...one, currency: list.currency })), titles, `/corrections/${list.list_id}`, view)}
${itemsPart(data, view)}`
  return { title: `${name} – ${corrections.kinds[list.kind]}`, main, section: 'period', periodPage: 'corrections' }
}

function facts(list: CorrectionList, view: View): Html {
  const { corrections } = view.words
  const words = corrections.list
  const { language } = view
  const pair = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  const by = (name: string | null, at: string | null): string => (at === null ? words.nobody : words.by(isolated(name ?? ''), localMoment(at, language)))
  const decision = list.decision_number === null || list.decision_date === null ? words.none : words.decided(isolated(list.decision_number), day(list.decision_date, language))
  return html`<section aria-labelledby="facts"><h2 class="govuk-heading-m" id="facts">${words.facts}</h2><dl class="govuk-summary-list">
${pair(corrections.month, monthText(list, view))}${list.target_period === null ? '' : pair(words.target, month(list.target_period, language))}
${pair(words.basis, words.until(day(list.as_of, language)))}${kindsByDecision.has(list.kind) ? pair(words.decision, decision) : ''}
${pair(words.madeBy, by(list.made_name, list.made_at))}${pair(words.approvedBy, by(list.approved_name, list.approved_at))}${pair(words.sentBy, by(list.sent_name, list.sent_at))}
${list.withdrawn_at === null ? '' : pair(words.withdrawnBy, html`${by(list.withdrawn_name, list.withdrawn_at)}: <bdi>${list.withdrawn_reason ?? ''}</bdi>`)}
${list.sent_at === null ? '' : pair(words.progress, words.settled(count(list.settled_count, language), count(list.item_count, language), money(list.settled_amount, list.currency, language)))}</dl></section>`
}

/** What can be taken away: a draft's items are nobody's order yet. */
function files({ list, hasPayerAccount }: ListData, view: View): Html {
  const words = view.words.corrections.list
  const base = `/corrections/${list.list_id}`
  const link = (href: string, text: string): Html => html`<a class="govuk-link" href="${href}">${text}</a>`
  const isOut = list.state !== 'draft' && list.state !== 'withdrawn'
  return html`<section aria-labelledby="files"><h2 class="govuk-heading-m" id="files">${words.files}</h2>
<p class="govuk-body">${isOut ? html`${link(`${base}/list.xlsx`, words.xlsx)} · ${link(`${base}/list.csv`, words.csv)}${list.kind === 'supplementary' && hasPayerAccount && list.sent_at !== null ? html` · ${link(`${base}/order.xml`, words.order)}` : ''} · ` : ''}${link(`${base}/left-out.csv`, words.leftFile)}</p>
${isOut ? (list.kind !== 'supplementary' ? '' : html`<p class="govuk-body-s tt-quiet">${!hasPayerAccount ? words.noOrder : list.sent_at === null ? words.orderLater : words.footer}</p>`) : html`<p class="govuk-body-s tt-quiet">${words.notYet}</p>`}</section>`
}

function acts(list: CorrectionList, faults: readonly FormFault[], view: View): Html | string {
  const { reader, words: { corrections } } = view
  if (reader === null || list.state === 'settled' || list.state === 'withdrawn') return ''
  const words = corrections.acts
  const isPayer = hasRole(reader, 'payer')
  const isMaker = reader.staffId === list.made_by
  const form = (act: string, inner: Html | string, button: string, isMain = false): Html => html`<form method="post" action="/corrections/${list.list_id}/${act}" novalidate>${hidden('version', String(list.version))}${inner}<button class="govuk-button ${isMain ? '' : 'govuk-button--secondary'}" type="submit">${button}</button></form>`
  const parts = [
    list.state === 'draft' && isMaker ? html`<p class="govuk-body">${words.own}</p>` : '',
    list.state === 'draft' && !isMaker && hasRole(reader, 'approver', 'payer') ? form('approve', html`<p class="govuk-body">${words.approveSentence(count(list.item_count, view.language), money(list.item_amount, list.currency, view.language))}</p>`, words.approve, true) : '',
    list.state === 'draft' && isPayer ? form('redraft', kindsByDecision.has(list.kind) ? decisionFields({ decisionNumber: list.decision_number ?? '', decisionDate: list.decision_date === null ? '' : day(list.decision_date, 'vi') }, faults, view) : '', words.redraft) : '',
    list.state === 'approved' && isPayer ? form('send', html`<p class="govuk-body">${words.sendSentence[list.kind]}</p>`, words.send, true) : list.state === 'approved' ? html`<p class="govuk-body">${words.waits}</p>` : '',
    isPayer ? html`<details class="govuk-details" ${faults.some(({ field }) => field === 'reason') ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.withdraw}</span></summary><div class="govuk-details__text">${form('withdraw', html`<p class="govuk-body">${words.withdrawSentence}</p>${textField({ id: 'reason', label: words.reason, maxlength: 500 }, faults)}`, words.withdraw)}</div></details>` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : html`<section class="tt-action tt-screen" id="acts" aria-labelledby="acts-title"><h2 class="govuk-heading-m" id="acts-title">${words.title}</h2>${parts}</section>`
}

function itemsPart({ list, items, hasMore, reason, isFirstPage, titles }: ListData, view: View): Html {
  const { corrections } = view.words
  const words = corrections.list
  const base = `/corrections/${list.list_id}`
  const last = items.at(-1)
  const where = list.kind === 'supplementary' || list.kind === 'carried_over' ? words.into : list.kind === 'account_fix' ? words.asked : words.from
  return html`<section aria-labelledby="items"><h2 class="govuk-heading-m" id="items">${words.itemsTitle}</h2>
${reason === null ? '' : html`<p class="govuk-body">${words.showing(wordFor(corrections.reasons, reason))} <a class="govuk-link" href="${base}#items">${words.showItems}</a></p>`}
${figuresTable(words.itemsTitle, [{ label: words.person }, { label: corrections.code }, { label: where }, { label: corrections.amount, isNumber: true }, { label: reason === null ? words.itemState : corrections.why }], items.map((item) => itemRow(item, list, where, titles, view)))}
${isFirstPage && !hasMore ? '' : html`<nav class="tt-pages" aria-label="${corrections.pages}"><ul>${isFirstPage ? '' : html`<li><a class="govuk-link" href="${address(base, { left: reason })}#items">${words.first}</a></li>`}${hasMore && last !== undefined ? html`<li><a class="govuk-link tt-next" rel="next" href="${address(base, { left: reason, after: String(last.item_number) })}#items">${words.next}</a></li>` : ''}</ul></nav>`}</section>`
}

function itemRow(item: CorrectionItem, { state }: Pick<CorrectionList, 'state'>, where: string, titles: ReadonlyMap<string, string>, view: View): Html {
  const { corrections } = view.words
  const words = corrections.list
  const { language } = view
  const name = html`<a class="govuk-link" href="/cases/${item.finding_id}"><bdi>${item.beneficiary_name ?? words.nameless}</bdi></a>${item.beneficiary_id === null ? '' : html` <span class="tt-whole">${masked(item.beneficiary_id)}</span>`}<span class="tt-under">${item.scheme ?? ''}${item.benefit_period === null ? '' : ` · ${month(item.benefit_period, language)}`}</span>`
  return figuresRow(name, [
    wordsCell(corrections.code, html`${titles.get(item.code) ?? item.code}${item.return_reason_code === null ? '' : html` <bdi dir="ltr">${item.return_reason_code}</bdi>`}`),
    wordsCell(where, whereText(item, view)),
    figure(corrections.amount, money(item.amount, item.currency, language), ...(item.monthly_amount === null ? [] : [`≤ ${money(item.monthly_amount, item.currency, language)}`])),
    wordsCell(item.left_out === null ? words.itemState : corrections.why, item.left_out === null ? (state === 'draft' || state === 'withdrawn' ? null : progressText(item, view)) : wordFor(corrections.reasons, item.left_out)),
  ])
}

function whereText(item: CorrectionItem, view: View): Html | string | null {
  const { corrections } = view.words
  const account = item.creditor_account === null ? '' : html`<span class="tt-whole">${masked(item.creditor_account)}</span>`
  const under = (text: string): Html => html`<span class="tt-under">${text}</span>`
  if (item.asked !== null) return html`${wordFor(corrections.asks, item.asked)} ${account}`
  if (item.from_whom !== null) return html`${wordFor(corrections.fromWhom, item.from_whom)} ${account}`
  if (item.creditor_account === null) return item.payment_channel === null || item.payment_channel === 'account' ? null : corrections.list.cash
  return html`${account}${item.creditor_name === null || item.creditor_name === item.beneficiary_name ? '' : html` <bdi>${item.creditor_name}</bdi>`}${item.account_origin === null || item.account_origin === 'listed' ? '' : under(wordFor(corrections.origins, item.account_origin))}`
}

/** What has come of an item, in words. */
export function progressText(item: Pick<CorrectionItem, 'progress' | 'settled_amount' | 'settled_date' | 'amount' | 'currency'>, view: View): string {
  const { progress } = view.words.corrections
  if (item.progress === 'partly') return progress.partly(money(item.settled_amount, item.currency, view.language), money(exact.subtract(item.amount, item.settled_amount), item.currency, view.language))
  if (item.progress === 'settled') return item.settled_date === null ? progress.waiting : progress.settled(day(item.settled_date, view.language))
  return progress[item.progress]
}
