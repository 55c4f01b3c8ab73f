/** The report before the 20th: who received, who did not and is carried over, the money left, and that all of it agrees. */
import { html } from 'hono/html'
import { money as exact } from '../../core/index.ts'
import type { BridgeCell, SchemeName, Units } from '../../reports/index.ts'
import { monthlyTotals, type MonthlyAnswer, type MonthlyPerson, type MonthlyRow, type MonthlyState, type Organisation, type SettlementMonth } from '../../settlement/index.ts'
import { count, day, masked, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, named, words as wordsCell } from '../page-parts/cells.ts'
import { measureForm, type Choices } from '../measures/parts.ts'
import { wordFor } from '../text/index.ts'
import { address, schemeName, unitName, type Html, type View } from '../view.ts'
import { organisationAddress } from './asked.ts'
import { amountOf, organisationName, takeAway } from './parts.ts'

/** What the page is drawn from. */
export interface MonthlyView {
  readonly asOf: string
  readonly answer: MonthlyAnswer
  readonly choice: { readonly unit: string | undefined; readonly scheme: string | undefined; readonly period: string }
  readonly choices: Choices
  readonly units: Units
  readonly schemes: readonly SchemeName[]
  /** Of the whole country and the month; null where the reader sees less. */
  readonly country: { readonly bridge: readonly BridgeCell[]; readonly months: readonly SettlementMonth[]; readonly organisations: readonly Organisation[] } | null
}

/** The page. */
export function monthlyPage(shown: MonthlyView, view: View): Page {
  const { words, language } = view
  const { monthly: texts } = words.settlement
  const { answer, choice } = shown
  const rows = answer.rows
  const title = texts.titleOf(month(answer.benefit_period, language))
  const { deadline } = answer
  const form = measureForm('/monthly-report', choice, shown.choices, { unit: true, scheme: true, strata: [], isTwofold: false, everyPeriod: false }, view)
  const main = html`<span class="govuk-caption-l">${words.overview.asOf(day(shown.asOf, language))}${choice.unit === undefined ? '' : html` · <bdi>${unitName(choice.unit, shown.units.name(choice.unit), view)}</bdi>`}</span>
<h1 class="govuk-heading-l">${title}</h1>
${rows.length === 0 ? html`<p class="tt-lead">${texts.empty}</p>` : summary(rows, view)}
<p class="govuk-body">${deadline === null ? texts.noDeadline : html`${texts.deadline(day(deadline.before_date, language))}${deadline.legal_basis === null ? '' : html` ${texts.basis(deadline.legal_basis)}`}`}</p>
${form}
${rows.length === 0 ? '' : html`${peopleLinks(shown, view)}
<section aria-labelledby="schemes"><h2 class="govuk-heading-m" id="schemes">${texts.byScheme}</h2>${sumsTable(texts.byScheme, texts.columns.scheme, bySchemes(rows, shown.schemes, view), view)}</section>
<section aria-labelledby="places"><h2 class="govuk-heading-m" id="places">${texts.byPlace}</h2>${sumsTable(texts.byPlace, texts.columns.unit, byPlaces(rows, shown, view), view)}</section>`}
${shown.country === null ? '' : html`${moneyLeft(shown.country, view)}${ties(shown.country, answer.benefit_period, view)}`}
${rows.length === 0 ? '' : takeAway(texts.title, '/monthly-report', { unit: choice.unit, scheme: choice.scheme, period: choice.period }, view)}`
  return { title, main, section: 'period', periodPage: 'monthlyReport' }
}

function summary(rows: readonly MonthlyRow[], view: View): Html {
  const { monthly: texts } = view.words.settlement
  const { language } = view
  const sums = currenciesOf(rows).map((currency) => ({ currency, ...monthlyTotals(rows.filter((row) => row.currency === currency)) }))
  return html`${sums.map((sum) => {
    const left = exact.add(sum.not_received, sum.carried_out)
    const leftCount = sum.not_received_count + sum.carried_count
    return html`<p class="tt-lead">${texts.sentence(count(sum.received_count, language), count(sum.entitlement_count, language), money(sum.received, sum.currency, language))} ${leftCount === 0 ? texts.allReceived : texts.left(count(leftCount, language), money(left, sum.currency, language))}</p>`
  })}`
}

function currenciesOf(rows: readonly MonthlyRow[]): string[] {
  return [...new Set(rows.map(({ currency }) => currency))]
}

function peopleLinks({ choice, units }: MonthlyView, view: View): Html {
  const { monthly: texts } = view.words.settlement
  // A whole province by name is nobody's list: names are for one commune at a time.
  if (choice.unit === undefined || units.below(choice.unit).length > 0) return html`<p class="govuk-body">${texts.choosePlace}</p>`
  const link = (state: MonthlyState, text: string): Html => html`<li><a class="govuk-link" href="${address('/monthly-report/people', { unit: choice.unit, scheme: choice.scheme, period: choice.period, state })}">${text}</a></li>`
  return html`<section aria-labelledby="people"><h2 class="govuk-heading-m" id="people">${texts.people}</h2><ul class="govuk-list govuk-list--bullet">${link('received', texts.receivedPeople)}${link('not_received', texts.notReceivedPeople)}</ul></section>`
}

interface SumsRow {
  readonly name: Html | string
  readonly rows: readonly MonthlyRow[]
}

function bySchemes(rows: readonly MonthlyRow[], schemes: readonly SchemeName[], view: View): SumsRow[] {
  return [...new Set(rows.map(({ scheme }) => scheme))].map((scheme) => ({ name: schemeName(schemes, scheme, view.language), rows: rows.filter((row) => row.scheme === scheme) }))
}

/** Places right below the one that is looked at; of the country provinces. */
function byPlaces(rows: readonly MonthlyRow[], { units, choice }: MonthlyView, view: View): SumsRow[] {
  const provinces = units.provinces()
  const top = choice.unit ?? (provinces.length === 1 ? provinces[0] : undefined)
  const below = top === undefined ? provinces : units.below(top)
  const placeOf = (code: string): string => below.find((one) => units.within(one).includes(code)) ?? units.today(code)
  const places = [...new Set(rows.map((row) => placeOf(row.unit_code)))].sort()
  return places.map((place) => ({
    name: html`<a class="govuk-link" href="${address('/monthly-report', { unit: place, scheme: choice.scheme, period: choice.period })}"><bdi>${unitName(place, units.name(place), view)}</bdi></a>`,
    rows: rows.filter((row) => placeOf(row.unit_code) === place),
  }))
}

function sumsTable(caption: string, first: string, sums: readonly SumsRow[], view: View): Html {
  const { columns } = view.words.settlement.monthly
  const heads = [{ label: first }, ...[columns.entitled, columns.received_count, columns.not_received_count, columns.carried_count, columns.due, columns.received, columns.not_received, columns.carried_out].map((label) => ({ label, isNumber: true }))]
  const line = (name: Html | string, rows: readonly MonthlyRow[]): Html[] => currenciesOf(rows).map((currency) => {
    const sum = monthlyTotals(rows.filter((row) => row.currency === currency))
    const number = (label: string, value: number): Html => figure(label, count(value, view.language))
    const amount = (label: string, value: string): Html => figure(label, amountOf(value, currency, view))
    return figuresRow(name, [number(columns.entitled, sum.entitlement_count), number(columns.received_count, sum.received_count), number(columns.not_received_count, sum.not_received_count), number(columns.carried_count, sum.carried_count), amount(columns.due, sum.due), amount(columns.received, sum.received), amount(columns.not_received, sum.not_received), amount(columns.carried_out, sum.carried_out)])
  })
  return figuresTable(caption, heads, [...(sums.length > 1 ? line(html`<strong>${view.words.total}</strong>`, sums.flatMap(({ rows }) => rows)) : []), ...sums.flatMap(({ name, rows }) => line(name, rows))])
}

/** What the organisations still hold of the month. */
function moneyLeft({ months, organisations }: NonNullable<MonthlyView['country']>, view: View): Html | string {
  const { settlement: texts } = view.words
  const stated = months.filter((row) => row.is_stated)
  if (stated.length === 0) return ''
  const { columns } = texts
  const heads = [{ label: texts.organisation }, ...[columns.received, columns.handed_back, columns.kept, columns.difference].map((label) => ({ label, isNumber: true }))]
  return html`<section aria-labelledby="left"><h2 class="govuk-heading-m" id="left">${texts.monthly.moneyTitle}</h2><p class="govuk-body">${texts.monthly.moneySentence}</p>${figuresTable(texts.monthly.moneyTitle, heads, stated.map((row) => figuresRow(named(organisationName(row.source, organisations, view), address('/settlement/organisation', organisationAddress(row.source, row.benefit_period))), [
    figure(columns.received, amountOf(row.received, row.currency, view)), figure(columns.handed_back, amountOf(row.handed_back, row.currency, view)), figure(columns.kept, amountOf(row.kept, row.currency, view)), figure(columns.difference, amountOf(row.difference, row.currency, view)),
  ])))}</section>`
}

/** The same money read from three places. */
function ties({ bridge, months }: NonNullable<MonthlyView['country']>, period: string, view: View): Html {
  const { tie, tieTitle } = view.words.settlement.monthly
  const own = bridge.filter((cell) => cell.benefit_period === period)
  return html`<section aria-labelledby="ties"><h2 class="govuk-heading-m" id="ties">${tieTitle}</h2>${[...new Set(own.map(({ currency }) => currency))].map((currency) => {
    const cells = own.filter((cell) => cell.currency === currency)
    const sum = (of: (cell: BridgeCell) => string): string => exact.add(...cells.map(of))
    const credited = sum((cell) => cell.credited)
    const settled = exact.add(...months.filter((row) => row.currency === currency).map((row) => row.credited))
    const row = (label: string, amount: string): Html => figuresRow(label, [figure(tieTitle, amountOf(amount, currency, view))])
    const rows = [row(tie.bridge, credited), row(tie.received, sum((cell) => cell.to_due)), row(tie.beyond, sum((cell) => exact.add(cell.excess_over, cell.excess_twice))), row(tie.unmatched, sum((cell) => cell.unmatched))]
    return figuresTable(tieTitle, [{ label: tie.what }, { label: currency, isNumber: true }], months.length === 0 ? rows : [...rows, row(tie.settlement, settled), row(tie.other, exact.subtract(credited, settled))])
  })}</section>`
}

/** Of how many people one page shows the names. */
export const peopleShown = 200

/** The people of one commune by name. */
export function monthlyPeoplePage(shown: { readonly asOf: string; readonly choice: MonthlyView['choice'] & { readonly unit: string; readonly state: MonthlyState | undefined }; readonly people: readonly MonthlyPerson[]; readonly units: Units; readonly personAddress: (key: string) => string | null }, view: View): Page {
  const { words, language } = view
  const { monthly: texts } = words.settlement
  const { person } = texts
  const { choice, people, units } = shown
  const title = choice.state === undefined ? texts.people : texts.peopleTitle(texts.states[choice.state])
  const heads = [{ label: person.name }, { label: person.id }, { label: person.village }, { label: texts.columns.scheme }, { label: person.payee }, { label: person.due, isNumber: true }, { label: person.received, isNumber: true }, { label: person.left, isNumber: true }, { label: person.reason }]
  const main = html`<a class="govuk-back-link" href="${address('/monthly-report', { unit: choice.unit, scheme: choice.scheme, period: choice.period })}">${texts.title}</a>
<span class="govuk-caption-l">${words.overview.asOf(day(shown.asOf, language))} · ${month(choice.period, language)}</span><h1 class="govuk-heading-l">${title}</h1>
<p class="tt-lead"><bdi>${unitName(choice.unit, units.name(choice.unit), view)}</bdi></p>
${people.length === 0 ? html`<p class="govuk-body">${texts.empty}</p>` : html`${people.length < peopleShown ? '' : html`<p class="govuk-body-s">${texts.peopleShown(count(peopleShown, language))}</p>`}${figuresTable(title, heads, people.map((row) => figuresRow(named(row.beneficiary_name, addressOf(shown.personAddress(row.person_key))), [
    wordsCell(person.id, row.beneficiary_id === null ? null : masked(row.beneficiary_id)), wordsCell(person.village, row.village === null ? null : html`<bdi>${row.village}</bdi>`), wordsCell(texts.columns.scheme, row.scheme), wordsCell(person.payee, row.payee_name === null ? null : html`<bdi>${row.payee_name}</bdi>`),
    figure(person.due, amountOf(row.due, row.currency, view)), figure(person.received, amountOf(row.received, row.currency, view)), figure(person.left, amountOf(row.left_amount, row.currency, view)), wordsCell(person.reason, wordFor(words.classes, row.class)),
  ])))}${takeAway(title, '/monthly-report/people', { unit: choice.unit, scheme: choice.scheme, period: choice.period, state: choice.state }, view)}`}`
  return { title, main, section: 'period', periodPage: 'monthlyReport' }
}

function addressOf(place: string | null): string | null {
  return place === null ? null : `/persons/${place}`
}
