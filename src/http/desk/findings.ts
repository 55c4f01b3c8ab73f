/** The list of what needs somebody: filtered by a plain form, one sentence each, true counts, pages that can be linked to. */
import { html } from 'hono/html'
import { count, masked, money, month } from '../format.ts'
import { actors, address, inLanguage, listed, monthOrNone, personOf, schemeName, severityTag, unitName, type Html, type View } from '../view.ts'
import { unmatchedCodes } from '../pictures/bridge.ts'
import { encodePlace } from '../place.ts'
import { placeAt, type FindingCount, type FindingFilter, type FindingPage, type FindingRow, type FindingUnit, type OutcomeCell, type SchemeName } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface FindingsList {
  readonly page: FindingPage
  readonly filter: FindingFilter
  readonly counts: readonly FindingCount[]
  readonly outcomes: readonly OutcomeCell[]
  readonly schemes: readonly SchemeName[]
  /** Null: too many to choose from; the reader writes the code. */
  readonly units: readonly FindingUnit[] | null
}

/** Who acts, one by one; a finding may need two of them. */
const singleActors = ['C', 'B', 'P', 'A'] as const

/** The list as its filter leaves it. */
export function findingsPage(list: FindingsList, view: View): Page {
  const { words, language } = view
  const { page } = list
  const amount = page.stakes.map((stake) => money(stake.amount, stake.currency, language)).join(' + ')
  const main = html`<h1 class="govuk-heading-l">${words.findings.title}</h1>
${filterForm(list, view)}
${page.count === '0' ? html`<p class="tt-lead">${isFiltered(list.filter) ? words.findings.emptyFiltered : words.findings.emptyAll}</p>${stillWaiting(list, view)}` : html`<p class="tt-lead">${words.findings.counted(count(page.count, language), amount)}</p>
${stillWaiting(list, view)}
<p class="govuk-body">${rangeText(list, view)} ${words.findings.order}</p>
<ol class="tt-findings" aria-label="${words.findings.listLabel}">${page.rows.map((row) => item(row, list, view))}</ol>
${pages(list, view)}`}`
  return { title: words.findings.title, main, section: 'findings' }
}

/**
 * How many are in the class and not in the list: money not collected is somebody's business only once the waiting time is
 * over, and whoever came here from the whole class should not miss the rest. Outcomes know no commune.
 */
function stillWaiting({ filter, outcomes, page }: FindingsList, view: View): Html | string {
  if (filter.codes?.join(',') !== 'not_collected') return ''
  const { words, language } = view
  if (filter.unitCode !== undefined || filter.actor !== undefined) return html`<p class="govuk-body">${words.findings.waitingToo}</p>`
  const inClass = outcomes
    .filter((cell) => cell.class === 'not_collected' && (filter.scheme === undefined || cell.scheme === filter.scheme) && (filter.benefitPeriod === undefined || cell.benefit_period === filter.benefitPeriod))
    .reduce((sum, cell) => sum + BigInt(cell.count), 0n)
  const waiting = inClass - BigInt(page.count)
  return waiting > 0n ? html`<p class="govuk-body">${words.findings.waiting(count(waiting, language))}</p>` : ''
}

function isFiltered(filter: FindingFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}

function rangeText({ page }: FindingsList, view: View): string {
  // The address was made before the newest run: how many come before here now, nobody has counted.
  if (page.countBefore === null || page.rows.length === 0) return ''
  const first = BigInt(page.countBefore) + 1n
  const last = BigInt(page.countBefore) + BigInt(page.rows.length)
  return `${view.words.findings.range(count(first, view.language), count(last, view.language), count(page.count, view.language))}.`
}

function item(row: FindingRow, list: FindingsList, view: View): Html {
  const { words, language } = view
  const { name, village } = personOf(row.evidence)
  const facts = [
    row.subject_kind === 'file' ? html`<span class="tt-break">${row.subject}</span>` : null,
    name === null ? null : html`<span class="tt-person">${name}</span>`,
    row.beneficiary_id === null ? null : masked(row.beneficiary_id),
    village,
    row.unit_code === null ? null : unitName(row.unit_code, row.unit_name, view),
    row.scheme === null ? null : schemeName(list.schemes, row.scheme, language),
    row.benefit_period === null ? null : month(row.benefit_period, language),
  ].filter((fact) => fact !== null)
  const person = name ?? (row.beneficiary_id === null ? '' : masked(row.beneficiary_id))
  return html`<li class="tt-finding">
<div class="tt-finding__head"><h2 class="govuk-heading-s"><a class="govuk-link" href="${address(`/findings/${row.finding_id}`)}">${inLanguage(row.title, language)}${person === '' ? '' : html`<span class="govuk-visually-hidden">${listed(['', person], view)}</span>`}</a></h2>
<span class="tt-finding__stake">${money(row.amount_at_stake, row.currency, language)}</span></div>
<p class="tt-finding__facts">${severityTag(row.severity, view)} <span>${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}<bdi>${fact}</bdi>`)}</span></p>
<p class="govuk-body-s">${inLanguage(row.explanation, language)}${compared(row, view)} <strong>${words.findings.todo}:</strong> ${inLanguage(row.action, language)} <span class="tt-quiet">(${actors(row.actor, view)})</span></p>
</li>`
}

/** The two amounts that every finding about an entitlement rests on. */
function compared(row: FindingRow, view: View): string {
  const { due_amount: due, credited_amount: credited } = row.evidence
  if (row.subject_kind !== 'entitlement' || typeof due !== 'string' || typeof credited !== 'string') return ''
  const { words, language } = view
  return ` ${words.findings.compared(money(due, row.currency, language), money(credited, row.currency, language))}`
}

function filterForm(list: FindingsList, view: View): Html {
  const { words, language } = view
  const { filter } = list
  const chosenCode = filter.codes?.join(',')
  const titles = new Map(list.counts.map((row) => [row.code, inLanguage(row.title, language)]))
  const together = unmatchedCodes.join(',')
  const codeOptions = new Map(titles)
  if (unmatchedCodes.some((code) => titles.has(code))) codeOptions.set(together, words.findings.unmatchedTogether)
  // A link may name what this run has none of; the form still says what is chosen.
  if (chosenCode !== undefined && !codeOptions.has(chosenCode)) codeOptions.set(chosenCode, listed(filter.codes?.map((code) => titles.get(code) ?? code.replaceAll('_', ' ')) ?? [], view))
  const values = (key: 'scheme' | 'benefit_period', chosen: string | undefined): string[] =>
    [...new Set([...list.counts.map((row) => row[key]), chosen])].filter((value): value is string => typeof value === 'string').sort()
  return html`<form method="get" action="/findings" class="tt-filter" role="search" aria-label="${words.findings.filterTitle}">
${select('code', words.findings.code, codeOptions, chosenCode, words.findings.all)}
${select('actor', words.findings.actor, new Map(singleActors.map((actor) => [actor, actors(actor, view)])), filter.actor, words.findings.all)}
${unitField(list, view)}
${select('scheme', words.findings.scheme, new Map(values('scheme', filter.scheme).map((scheme) => [scheme, schemeName(list.schemes, scheme, language)])), filter.scheme, words.findings.all)}
${select('period', words.findings.period, new Map(values('benefit_period', filter.benefitPeriod).reverse().map((period) => [period, monthOrNone(period, view)])), filter.benefitPeriod, words.findings.all)}
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${words.findings.apply}</button>${isFiltered(filter) ? html`<a class="govuk-link" href="/findings">${words.findings.reset}</a>` : ''}</div>
</form>`
}

/** A choice of units, or a field for the code where the choice would be longer than the page. */
function unitField({ units, filter }: FindingsList, view: View): Html {
  const { words } = view
  if (units === null) return html`<div class="govuk-form-group"><label class="govuk-label" for="unit">${words.findings.unitCode}</label><input class="govuk-input" id="unit" name="unit" value="${filter.unitCode ?? ''}" maxlength="40" spellcheck="false" autocomplete="off"></div>`
  const options = new Map(units.map((unit) => [unit.unit_code, unitName(unit.unit_code, unit.name, view)]))
  if (filter.unitCode !== undefined && !options.has(filter.unitCode)) options.set(filter.unitCode, filter.unitCode)
  return select('unit', words.findings.unit, options, filter.unitCode, words.findings.all)
}

function select(name: string, label: string, options: ReadonlyMap<string, string>, chosen: string | undefined, all: string): Html {
  return html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><select class="govuk-select" id="${name}" name="${name}">
<option value="">${all}</option>${[...options].map(([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`)}</select></div>`
}

function pages(list: FindingsList, view: View): Html | string {
  const { words } = view
  const { page, filter } = list
  const scope = { code: filter.codes?.join(','), actor: filter.actor, unit: filter.unitCode, scheme: filter.scheme, period: filter.benefitPeriod }
  const [first, last] = [placeAt(page, 'first'), placeAt(page, 'last')]
  if (!page.hasEarlier && !page.hasMore) return ''
  return html`<nav class="tt-pages" aria-label="${words.findings.pages}"><ul>
${page.hasEarlier ? html`<li><a class="govuk-link" href="${address('/findings', scope)}">${words.findings.first}</a></li>` : ''}
${page.hasEarlier && first !== null ? html`<li><a class="govuk-link" rel="prev" href="${address('/findings', { ...scope, before: encodePlace(first) })}">${words.findings.previous}</a></li>` : ''}
${page.hasMore && last !== null ? html`<li><a class="govuk-link tt-next" rel="next" href="${address('/findings', { ...scope, after: encodePlace(last) })}">${words.findings.next}</a></li>` : ''}
</ul></nav>`
}
