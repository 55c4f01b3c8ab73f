/** One organisation and one month, or all of them: the two sides as a picture, why they differ, and the entries behind them. */
import { html } from 'hono/html'
import { money as exact } from '../../core/index.ts'
import type { EntryClassSum, Organisation, SettlementDifference, SettlementEntry, SettlementMonth, StatementLine } from '../../settlement/index.ts'
import { count, day, masked } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import { address, leftToRight, listed, type Html, type View } from '../view.ts'
import { organisationAddress, type OrganisationAsked } from './asked.ts'
import { amountOf, isZero, monthName, organisationName, stateTag, takeAway } from './parts.ts'
import { settlementPicture, sidesOf } from './picture.ts'

/** What the page is drawn from. */
export interface OrganisationView {
  readonly asOf: string
  readonly asked: OrganisationAsked & { readonly source: string }
  readonly organisations: readonly Organisation[]
  /** Months to choose from. */
  readonly periods: readonly (string | null)[]
  /** The month asked for, or all of them added up; one row a currency. */
  readonly sums: readonly SettlementMonth[]
  readonly differences: readonly SettlementDifference[]
  readonly classes: readonly EntryClassSum[]
  /** Of the class asked for; null: none is asked for. */
  readonly entries: readonly SettlementEntry[] | null
  readonly statements: readonly StatementLine[]
}

/** The page. */
export function organisationPage(shown: OrganisationView, view: View): Page {
  const { words, language } = view
  const { settlement: texts } = words
  const { source, period } = shown.asked
  const name = organisationName(source, shown.organisations, view)
  const title = texts.titleOf(name)
  const query = organisationAddress(source, period)
  const main = html`<a class="govuk-back-link" href="/settlement">${texts.back}</a>
<span class="govuk-caption-l">${words.overview.asOf(day(shown.asOf, language))} · ${period === undefined ? texts.allMonths : monthName(period, view)}</span>
<h1 class="govuk-heading-l">${title}</h1>
<form method="get" action="/settlement/organisation" class="tt-filter" role="search" aria-label="${texts.choose}"><input type="hidden" name="source" value="${query.source}"><div class="govuk-form-group"><label class="govuk-label" for="period">${texts.choose}</label><select class="govuk-select" id="period" name="period"><option value="">${texts.allMonths}</option>${shown.periods.map((one) => html`<option value="${one ?? '-'}" ${one === period ? html`selected` : ''}>${monthName(one, view)}</option>`)}</select></div>
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${words.measures.filter.apply}</button></div></form>
${shown.sums.map((row) => html`<p class="tt-lead">${stateTag(row, view)} ${row.is_stated && !isZero(row.difference) ? html`${texts.columns.difference}: ${amountOf(row.difference, row.currency, view)}` : ''}</p>${row.is_stated ? picture(row, shown, view) : html`<p class="govuk-body">${texts.todos.statement_gap}</p>`}`)}
<section aria-labelledby="why"><h2 class="govuk-heading-m" id="why">${texts.differencesTitle}</h2>${differences(shown.differences, view)}${shown.differences.length === 0 ? '' : takeAway(texts.exportDifferences, '/settlement/differences', query, view)}</section>
<section aria-labelledby="entries"><h2 class="govuk-heading-m" id="entries">${texts.entriesTitle}</h2>${classes(shown, query, view)}${shown.classes.length === 0 ? '' : takeAway(texts.exportEntries, '/settlement/entries', query, view)}</section>
${shown.statements.length === 0 ? '' : html`<section aria-labelledby="statements"><h2 class="govuk-heading-m" id="statements">${texts.statementsTitle}</h2>${statements(shown.statements, view)}</section>`}`
  return { title, main, section: 'period', periodPage: 'settlement' }
}

function picture(row: SettlementMonth, { organisations, asked }: OrganisationView, view: View): Html {
  const { settlement: texts } = view.words
  const { columns } = texts
  const opening = asked.period === undefined ? (organisations.find((one) => one.source === row.source && one.currency === row.currency)?.opening ?? exact.zero) : exact.zero
  return settlementPicture(sidesOf(row.currency, [{ label: columns.received, amount: row.received, tone: 'due' }, { label: columns.opening, amount: opening, tone: 'handed' }], [
    { label: columns.credited, amount: row.credited, tone: 'credited' },
    { label: columns.on_the_way, amount: row.on_the_way, tone: 'waiting' },
    { label: columns.not_collected, amount: row.not_collected, tone: 'waiting' },
    { label: columns.handed_back, amount: row.handed_back, tone: 'handed' },
    { label: columns.kept, amount: exact.add(row.kept, opening), tone: 'kept', negativeLabel: texts.keptNegative },
    { label: columns.difference, amount: row.difference, tone: 'missing' },
    { label: columns.outside, amount: exact.negate(row.outside), tone: 'beyond' },
  ]), view)
}

function differences(rows: readonly SettlementDifference[], view: View): Html {
  const { settlement: texts } = view.words
  const { difference: heads } = texts
  if (rows.length === 0) return html`<p class="govuk-body">${texts.differencesNone}</p>`
  const columns = [{ label: heads.cause }, { label: heads.amount, isNumber: true }, { label: heads.payment }, { label: heads.said, isNumber: true }, { label: heads.booked, isNumber: true }, { label: heads.lines }]
  return html`<p class="govuk-body">${texts.differencesSentence(count(rows.length, view.language))}</p>${figuresTable(texts.differencesTitle, columns, rows.map((row) => figuresRow(html`${texts.causes[row.cause]}<span class="tt-under">${texts.todos[row.cause]}</span>`, [
    figure(heads.amount, amountOf(row.amount, row.currency, view)),
    wordsCell(heads.payment, row.end_to_end_id === null && row.beneficiary_id === null ? null : html`${row.end_to_end_id === null ? '' : leftToRight(row.end_to_end_id)}${row.beneficiary_id === null ? '' : html`<span class="tt-under">${masked(row.beneficiary_id)}</span>`}`),
    figure(heads.said, row.reported === null ? '–' : amountOf(row.reported, row.currency, view)), figure(heads.booked, row.booked === null ? '–' : amountOf(row.booked, row.currency, view)),
    wordsCell(heads.lines, html`<ul class="tt-line-list">${row.source_rows.map(({ file_id: file, file_name: name, line }) => html`<li><a class="govuk-link" href="/files/${file}"><bdi>${name}</bdi>:${line}</a></li>`)}</ul>`),
  ])))}`
}

function classes({ classes: rows, entries, asked }: OrganisationView, query: Readonly<Record<string, string | undefined>>, view: View): Html {
  const { settlement: texts } = view.words
  const { entry: heads } = texts
  if (rows.length === 0) return html`<p class="govuk-body">${texts.entriesNone}</p>`
  const columns = [{ label: heads.class }, ...[heads.count, heads.credit, heads.debit].map((label) => ({ label, isNumber: true }))]
  const side = (label: string, amount: string | null, currency: string): Html => figure(label, amount === null ? '–' : amountOf(amount, currency, view))
  return html`<p class="govuk-body">${texts.entriesSentence}</p>${figuresTable(texts.entriesTitle, columns, rows.map((row) => figuresRow(html`<a class="govuk-link" href="${address('/settlement/organisation', { ...query, class: row.class })}#list">${texts.classes[row.class]}</a>`, [
    figure(heads.count, count(row.entry_count, view.language)), side(heads.credit, row.credit, row.currency), side(heads.debit, row.debit, row.currency),
  ])))}${entries === null || asked.entryClass === undefined ? '' : entryList(entries, texts.entriesOf(texts.classes[asked.entryClass]), view)}`
}

function entryList(rows: readonly SettlementEntry[], title: string, view: View): Html {
  const { settlement: texts } = view.words
  const { entry: heads } = texts
  if (rows.length === 0) return html`<p class="govuk-body" id="list">${title}: ${texts.entriesNone}</p>`
  const columns = [{ label: heads.day }, { label: heads.credit, isNumber: true }, { label: heads.debit, isNumber: true }, { label: heads.by }, { label: heads.text }, { label: heads.line }]
  return html`<h3 class="govuk-heading-s" id="list">${title}</h3><p class="govuk-body-s">${texts.shown(count(rows.length, view.language))}</p>${figuresTable(title, columns, rows.map((row) => figuresRow(day(row.entry_date, view.language), [
    figure(heads.credit, row.is_credit ? amountOf(row.amount, row.currency, view) : '–'), figure(heads.debit, row.is_credit ? '–' : amountOf(row.amount, row.currency, view)),
    wordsCell(heads.by, row.rule === null ? null : html`${texts.rules[row.rule as keyof typeof texts.rules]}${row.payment_count === '0' ? '' : html`<span class="tt-under">${heads.payments}: ${count(row.payment_count, view.language)}</span>`}`),
    wordsCell(heads.text, html`${row.entry_text === null ? '' : html`<bdi>${row.entry_text}</bdi>`}<span class="tt-under">${listed([row.end_to_end_id, row.entry_reference, row.counterparty === null ? null : `•••• ${row.counterparty}`].filter((part) => part !== null), view)}</span>`),
    wordsCell(heads.line, html`<a class="govuk-link tt-file-name" href="/files/${row.file_id}"><bdi>${row.file_name}</bdi>:${row.line}</a>`),
  ])))}`
}

function statements(rows: readonly StatementLine[], view: View): Html {
  const { statement: heads } = view.words.settlement
  const columns = [{ label: heads.number }, { label: heads.from }, { label: heads.to }, { label: heads.opening, isNumber: true }, { label: heads.closing, isNumber: true }, { label: heads.missing }, { label: heads.file }]
  return figuresTable(view.words.settlement.statementsTitle, columns, rows.map((row) => figuresRow(html`${leftToRight(row.statement_number)}${row.account === null ? '' : html`<span class="tt-under">•••• ${row.account}</span>`}`, [
    wordsCell(heads.from, day(row.opening_date, view.language)), wordsCell(heads.to, day(row.closing_date, view.language)), figure(heads.opening, amountOf(row.opening, row.currency, view)), figure(heads.closing, amountOf(row.closing, row.currency, view)),
    wordsCell(heads.missing, isZero(row.gap) && !row.is_number_missing ? null : html`${heads.missingBefore}${isZero(row.gap) ? '' : html`<span class="tt-under">${amountOf(row.gap, row.currency, view)}</span>`}`),
    wordsCell(heads.file, html`<a class="govuk-link tt-file-name" href="/files/${row.file_id}"><bdi>${row.file_name}</bdi></a>`),
  ])))
}
