/** What came of the money in one place: the sentence on top, the bridge, the classes, and what needs somebody. */
import { html } from 'hono/html'
import { money as exact, outcomeClasses, severities, type Amount } from '../../core/index.ts'
import { addAll } from './totals.ts'
import { beyondReasons, bridgePicture, missingReasons, type BridgeTotals } from '../pictures/bridge.ts'
import { count, isSome, money, share, shareOfAmount, sums } from '../format.ts'
import { actors, address, inLanguage, severityTag, type Html, type View } from '../view.ts'
import { wordFor } from '../text/index.ts'
import type { BridgeCell, OutcomeCell, Results, Waiting } from '../../reports/index.ts'

/** What the sections are drawn from, all of one run and one place. */
export interface ResultsView extends Results {
  /** What is open there now: complaints too, what was answered since the run not. */
  readonly open: Waiting
  /** What the reader asked for; what is absent limits nothing. */
  readonly filter: { readonly scheme?: string | undefined; readonly benefitPeriod?: string | undefined; readonly unit?: string | undefined }
}

/** Classes that are as they should be, or only wait: no finding stands behind them. */
const quietClasses = new Set(['paid', 'carried_over', 'not_due', 'in_transit'])

/** Those of a scheme and a month alone. */
export function narrowed(results: ResultsView): ResultsView {
  const inScope = (cell: { readonly scheme: string | null; readonly benefit_period: string | null }): boolean =>
    (results.filter.scheme === undefined || cell.scheme === results.filter.scheme) &&
    (results.filter.benefitPeriod === undefined || cell.benefit_period === results.filter.benefitPeriod)
  return { ...results, bridge: results.bridge.filter(inScope), outcomes: results.outcomes.filter(inScope), findings: results.findings.filter(inScope) }
}

/** The bridge of each currency. */
export function bridgeSections(results: ResultsView, view: View): Html[] {
  const totals = bridgeTotals(results.bridge)
  return totals.map((total, index) => bridgeSection(total, totals.length > 1, results, index, view))
}

/** The one sentence on top; percentages always with what they are of. What is not due yet is in neither number. */
export function headline(overview: ResultsView, view: View): Html {
  const { words, language } = view
  const { outcomes, open } = overview
  const countOf = (...classes: string[]): bigint => outcomes.filter((cell) => classes.includes(cell.class)).reduce((sum, cell) => sum + BigInt(cell.count), 0n)
  const all = outcomes.reduce((sum, cell) => sum + BigInt(cell.count), 0n) - countOf('not_due')
  const paid = countOf('paid', 'paid_late')
  const late = countOf('paid_late')
  const notDue = outcomes.filter((cell) => cell.class === 'not_due')
  // One scheme and one month: then an entitlement is a person.
  const isPeople = new Set(outcomes.map((cell) => `${cell.scheme} ${cell.benefit_period}`)).size === 1
  const unit = isPeople ? words.overview.people : words.overview.entitlements
  const percentage = share(paid, all, language)
  const stakes = sums(open.amounts, language)
  return html`<p class="tt-lead">${percentage === null ? words.overview.paidOfNone : words.overview.paidOfAll(count(paid, language), count(all, language), percentage, unit)}</p>
${open.count === 0 ? '' : html`<p class="govuk-body tt-to-do"><a class="govuk-link" href="${address('/queue', scopeOf(overview))}">${words.overview.toDo(count(open.count, language), stakes)} <span aria-hidden="true">${language === 'ar' ? '←' : '→'}</span></a></p>`}
<p class="govuk-body">${late > 0n ? words.overview.paidLateWithin(count(late, language)) : ''} ${isPeople || percentage === null ? '' : words.overview.entitlementMeans}
${notDue.length === 0 ? '' : words.overview.notYetDue(count(countOf('not_due'), language), sums(addAll(notDue, 'due'), language))}
${open.count === 0 ? words.overview.nothingToDo : ''}</p>`
}

function bridgeSection(totals: BridgeTotals, isOneOfSeveral: boolean, overview: ResultsView, index: number, view: View): Html {
  const { words, language } = view
  const scope = scopeOf(overview)
  const amount = (value: Amount): string => money(value, totals.currency, language)
  const missing = missingReasons(totals, scope, view)
  const beyond = beyondReasons(totals, scope, view)
  const missingTotal = exact.add(...missing.map((reason) => reason.amount))
  const beyondTotal = exact.add(...beyond.map((reason) => reason.amount))
  const total = exact.add(totals.due, beyondTotal)
  const arrived = shareOfAmount(totals.toDue, totals.due, totals.currency, language)
  const sentence = !isSome(missingTotal)
    ? words.bridge.sentenceAllArrived(amount(totals.due))
    : words.bridge.sentence(amount(totals.due), amount(totals.toDue), arrived ?? '', amount(missingTotal))
  const row = (label: string, value: Amount, href: string | null, className = ''): Html =>
    html`<tr class="govuk-table__row ${className}"><th scope="row" class="govuk-table__header">${href === null ? label : html`<a class="govuk-link" href="${href}">${label}</a>`}</th><td class="govuk-table__cell govuk-table__cell--numeric">${amount(value)}</td></tr>`
  const side = (title: string, rows: Html[]): Html => html`<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--s">${title}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><td class="govuk-table__cell"></td><th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.bridge.amount}</th></tr></thead>
<tbody class="govuk-table__body">${rows}${row(words.total, total, null, 'tt-total')}</tbody></table>`
  return html`<section aria-labelledby="bridge-${index}">
<h2 class="govuk-heading-m" id="bridge-${index}">${words.bridge.title}${isOneOfSeveral ? ` – ${words.bridge.currency(totals.currency)}` : ''}</h2>
<p class="govuk-body">${sentence} ${isSome(beyondTotal) ? words.bridge.beyond(amount(beyondTotal)) : ''}</p>
<div class="tt-picture-frame">${bridgePicture(totals, scope, view, `picture-${index}`)}</div>
<details class="govuk-details tt-in-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.table}</span></summary><div class="govuk-details__text">
<p class="govuk-body">${words.bridge.closes(amount(total))}</p>
<div class="tt-sides">
${side(words.bridge.mustBe, [row(words.bridge.due, totals.due, null), ...beyond.map((reason) => row(reason.label, reason.amount, reason.href))])}
${side(words.bridge.whereItIs, [row(words.bridge.credited, totals.credited, null), ...missing.map((reason) => row(reason.label, reason.amount, reason.href))])}
</div></div></details>
</section>`
}

/** Unmatched money that states no scheme or no month belongs to no filter; saying so beats letting it vanish. `overview` is not narrowed. */
export function hiddenNote(overview: ResultsView, view: View): Html | string {
  const { scheme, benefitPeriod } = overview.filter
  if (scheme === undefined && benefitPeriod === undefined) return ''
  const stateless = overview.bridge.filter((cell) => (scheme !== undefined && cell.scheme === null) || (benefitPeriod !== undefined && cell.benefit_period === null))
  const hidden = addAll(stateless, 'credited').filter(({ amount }) => isSome(amount))
  if (hidden.length === 0) return ''
  return html`<p class="govuk-inset-text">${view.words.overview.hiddenByFilter(sums(hidden, view.language))}</p>`
}

/** How many entitlements are in each class. */
export function outcomesSection(overview: ResultsView, view: View): Html | string {
  const { words, language } = view
  const { outcomes } = overview
  const rows = outcomeClasses.flatMap((outcome) => {
    const cells = outcomes.filter((cell) => cell.class === outcome)
    return cells.length === 0 ? [] : [{ outcome, cells }]
  })
  if (rows.length === 0) return ''
  const numeric = 'govuk-table__cell govuk-table__cell--numeric'
  const amounts = (cells: readonly OutcomeCell[], key: 'due' | 'credited'): Html[] => addAll(cells, key).map(({ currency, amount }) => html`<span class="tt-amount">${money(amount, currency, language)}</span>`)
  const counted = (cells: readonly OutcomeCell[]): string => count(cells.reduce((sum, cell) => sum + BigInt(cell.count), 0n), language)
  const cellsOf = (cells: readonly OutcomeCell[]): Html => html`<td class="${numeric}" data-label="${words.overview.count}">${counted(cells)}</td><td class="${numeric}" data-label="${words.overview.due}">${amounts(cells, 'due')}</td><td class="${numeric}" data-label="${words.overview.credited}">${amounts(cells, 'credited')}</td>`
  return html`<section aria-labelledby="outcomes"><h2 class="govuk-heading-m" id="outcomes">${words.overview.outcomesTitle}</h2>
<p class="govuk-body">${words.overview.outcomesSentence}</p>
<table class="govuk-table tt-cards"><thead class="govuk-table__head"><tr class="govuk-table__row">
<th scope="col" class="govuk-table__header">${words.overview.outcome}</th>${[words.overview.count, words.overview.due, words.overview.credited].map((label) => html`<th scope="col" class="govuk-table__header govuk-table__header--numeric">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows.map(({ outcome, cells }) => {
    const label = wordFor(words.classes, outcome)
    const href = address('/queue', { found: '1', code: outcome, ...scopeOf(overview) })
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${quietClasses.has(outcome) ? label : html`<a class="govuk-link" href="${href}">${label}</a>`}</th>${cellsOf(cells)}</tr>`
  })}
<tr class="govuk-table__row tt-total"><th scope="row" class="govuk-table__header">${words.total}</th>${cellsOf(outcomes)}</tr></tbody></table></section>`
}

/** What was found, by its kind. */
export function findingsSection(overview: ResultsView, view: View): Html | string {
  const { words, language } = view
  const { findings } = overview
  if (findings.length === 0) return ''
  const stakeOf = (code: string): Amount => exact.add(...findings.filter((row) => row.code === code).map((row) => row.amount_at_stake))
  const place = (code: string): number => severities.findIndex((severity) => severity === findings.find((row) => row.code === code)?.severity)
  const codes = [...new Set(findings.map((row) => row.code))].sort((a, b) => place(a) - place(b) || exact.compare(stakeOf(b), stakeOf(a)))
  return html`<section aria-labelledby="findings"><h2 class="govuk-heading-m" id="findings">${words.overview.findingsTitle}</h2>
<p class="govuk-body">${words.overview.findingsSentence}</p>
<table class="govuk-table tt-cards"><thead class="govuk-table__head"><tr class="govuk-table__row">
<th scope="col" class="govuk-table__header">${words.overview.finding}</th><th scope="col" class="govuk-table__header">${words.overview.severity}</th><th scope="col" class="govuk-table__header tt-wide">${words.overview.who}</th>
<th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.overview.cases}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.overview.stake}</th></tr></thead>
<tbody class="govuk-table__body">${codes.map((code) => {
    const rows = findings.filter((row) => row.code === code)
    const first = rows[0]
    if (first === undefined) return ''
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="${address('/queue', { found: '1', code, ...scopeOf(overview) })}">${inLanguage(first.title, language)}</a></th>
<td class="govuk-table__cell" data-label="${words.overview.severity}">${severityTag(first.severity, view)}</td><td class="govuk-table__cell tt-wide" data-label="${words.overview.who}">${actors(first.actor, view)}</td>
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.overview.cases}">${count(rows.reduce((sum, row) => sum + BigInt(row.count), 0n), language)}</td>
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.overview.stake}">${addAll(rows, 'amount_at_stake').map(({ currency, amount }) => html`<span class="tt-amount">${money(amount, currency, language)}</span>`)}</td></tr>`
  })}</tbody></table></section>`
}

function scopeOf(overview: ResultsView): Record<string, string> {
  const { scheme, benefitPeriod, unit } = overview.filter
  return { ...(unit === undefined ? {} : { unit }), ...(scheme === undefined ? {} : { scheme }), ...(benefitPeriod === undefined ? {} : { period: benefitPeriod }) }
}

/** All cells of a currency as one bridge, by currency. */
function bridgeTotals(cells: readonly BridgeCell[]): BridgeTotals[] {
  return [...new Set(cells.map((cell) => cell.currency))].sort().map((currency) => {
    const own = cells.filter((cell) => cell.currency === currency)
    const sum = (read: (cell: BridgeCell) => Amount): Amount => exact.add(...own.map(read))
    return {
      currency,
      due: sum((cell) => cell.due),
      toDue: sum((cell) => cell.to_due),
      credited: sum((cell) => cell.credited),
      carriedOut: sum((cell) => cell.carried_out),
      shortfall: [...outcomeClasses].reverse().map((outcome) => [outcome, sum((cell) => cell.shortfall[outcome] ?? exact.zero)] as const).filter(([, amount]) => isSome(amount)),
      excessOver: sum((cell) => cell.excess_over),
      excessTwice: sum((cell) => cell.excess_twice),
      unmatched: sum((cell) => cell.unmatched),
    }
  })
}
