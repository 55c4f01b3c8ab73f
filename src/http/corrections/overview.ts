/** What could be put right now, and the lists that were made: the page that a payer opens after the night. */
import { html } from 'hono/html'
import { listKinds, listName, type CorrectionList, type ListKind, type ProposedTotal } from '../../corrections/index.ts'
import { hasRole, money as exact } from '../../core/index.ts'
import { count, day, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import { address, listed, unitName, type Html, type View } from '../view.ts'

/** What the page is drawn from. */
export interface OverviewData {
  readonly asOf: string
  readonly proposed: ReadonlyMap<ListKind, readonly ProposedTotal[]>
  readonly lists: readonly CorrectionList[]
  readonly hasMore: boolean
  /** Lists older than this number are shown; null: the newest. */
  readonly before: string | null
}

/** The page. */
export function overviewPage({ asOf, proposed, lists, hasMore, before }: OverviewData, view: View): Page {
  const { words, language } = view
  const { corrections } = words
  const payable = sumsOf((proposed.get('supplementary') ?? []).filter(({ left_out: reason }) => reason === null))
  const main = html`<h1 class="govuk-heading-l">${corrections.title}</h1>
<p class="tt-lead">${payable.count === 0 ? corrections.leadNone : corrections.lead(count(payable.count, language), amountsOf(payable, view))}</p>
<p class="govuk-body">${corrections.sentence(day(asOf, language))}</p>
<section aria-labelledby="proposed"><h2 class="govuk-heading-m" id="proposed">${corrections.proposedTitle}</h2>
${figuresTable(corrections.proposedTitle, [{ label: corrections.kind }, { label: corrections.onList, isNumber: true }, { label: corrections.leftOut, isNumber: true }], listKinds.map((kind) => proposedRow(kind, proposed.get(kind) ?? [], view)))}</section>
<section aria-labelledby="lists"><h2 class="govuk-heading-m" id="lists">${corrections.listsTitle}</h2>
${lists.length === 0 ? html`<p class="govuk-body">${corrections.listsNone}</p>` : listsTable(lists, view)}
${before === null && !hasMore ? '' : html`<nav class="tt-pages" aria-label="${corrections.pages}"><ul>${before === null ? '' : html`<li><a class="govuk-link" href="/corrections">${corrections.newest}</a></li>`}${hasMore ? html`<li><a class="govuk-link tt-next" rel="next" href="${address('/corrections', { before: lists.at(-1)?.list_id ?? null })}">${corrections.older}</a></li>` : ''}</ul></nav>`}</section>`
  return { title: corrections.title, main, section: 'period', periodPage: 'corrections' }
}

/** Counts and amounts of several totals, by currency. */
export function sumsOf(totals: readonly Pick<ProposedTotal, 'count' | 'amount' | 'currency'>[]): { readonly count: number; readonly amounts: ReadonlyMap<string, ProposedTotal['amount']> } {
  const amounts = new Map<string, ProposedTotal['amount']>()
  for (const { currency, amount } of totals) amounts.set(currency, exact.add(amounts.get(currency) ?? exact.zero, amount))
  return { count: totals.reduce((sum, total) => sum + total.count, 0), amounts }
}

/** The amounts, one after the other where there are several currencies. */
export function amountsOf({ amounts }: ReturnType<typeof sumsOf>, view: View): string {
  return listed([...amounts].map(([currency, amount]) => money(amount, currency, view.language)), view)
}

function proposedRow(kind: ListKind, totals: readonly ProposedTotal[], view: View): Html {
  const { corrections } = view.words
  const mayMake = view.reader !== null && hasRole(view.reader, 'payer')
  const cell = (label: string, chosen: readonly ProposedTotal[]): Html => {
    const sums = sumsOf(chosen)
    return sums.count === 0 ? figure(label, html`<span class="tt-quiet">${corrections.nothing}</span>`) : figure(label, corrections.items(count(sums.count, view.language)), amountsOf(sums, view))
  }
  const name = html`${corrections.kinds[kind]} <span class="tt-under">${corrections.means[kind]}</span> ${totals.length === 0 ? '' : html`<span class="tt-under"><a class="govuk-link" href="${address('/corrections/new', { kind })}">${mayMake && totals.some(({ left_out: reason }) => reason === null) ? corrections.make : corrections.see}<span class="govuk-visually-hidden">: ${corrections.kinds[kind]}</span></a></span>`}`
  return figuresRow(name, [cell(corrections.onList, totals.filter(({ left_out: reason }) => reason === null)), cell(corrections.leftOut, totals.filter(({ left_out: reason }) => reason !== null))])
}

function listsTable(lists: readonly CorrectionList[], view: View): Html {
  const { corrections } = view.words
  const { language } = view
  return figuresTable(corrections.listsTitle, [{ label: corrections.name }, { label: corrections.place }, { label: corrections.month }, { label: corrections.amount, isNumber: true }, { label: corrections.answered, isNumber: true }, { label: corrections.state }],
    lists.map((list) => figuresRow(html`<a class="govuk-link" href="/corrections/${list.list_id}"><bdi>${listName(list)}</bdi></a><span class="tt-under">${corrections.kinds[list.kind]}</span>`, [
      wordsCell(corrections.place, placeText(list, view)),
      wordsCell(corrections.month, monthText(list, view)),
      figure(corrections.amount, money(list.item_amount, list.currency, language), corrections.items(count(list.item_count, language))),
      figure(corrections.answered, list.settled_count === 0 ? '–' : money(list.settled_amount, list.currency, language)),
      wordsCell(corrections.state, stateTag(list, view)),
    ])))
}

/** Where the list is for. */
export function placeText(list: Pick<CorrectionList, 'unit_code' | 'unit_name'>, view: View): string {
  return list.unit_code === null ? view.words.corrections.country : unitName(list.unit_code, list.unit_name, view)
}

/** For which months, and of lines for a list to come, its month. */
export function monthText(list: Pick<CorrectionList, 'benefit_period'>, view: View): string {
  return list.benefit_period === null ? view.words.corrections.allMonths : month(list.benefit_period, view.language)
}

/** How a list stands, in a word. */
export function stateTag({ state }: Pick<CorrectionList, 'state'>, view: View): Html {
  return html`<strong class="govuk-tag tt-tag tt-tag--${state === 'draft' ? 'm' : state === 'withdrawn' ? 'l' : 'i'}">${view.words.corrections.states[state]}</strong>`
}
