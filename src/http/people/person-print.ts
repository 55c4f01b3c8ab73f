/** Everything stored about one person that the reader may see, on paper: what they are given when they ask and want no file. */
import { html } from 'hono/html'
import { money as amounts } from '../../core/index.ts'
import { count, day, localMoment, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { wordFor } from '../text/index.ts'
import { inLanguage, schemeName, type Html, type View } from '../view.ts'
import type { HeldRow, Person, SchemeName } from '../../reports/index.ts'

/** What the page is drawn from. */
export interface PersonPrintView {
  readonly person: Person
  readonly rows: readonly HeldRow[]
  readonly schemes: readonly SchemeName[]
  readonly banks: ReadonlyMap<string, string>
  readonly madeAt: string
}

/** What is told of each table, in this order; what a column is called stands in the dictionary. A column that only joins rows is told in the file, and so is the category, which may name an illness: paper lies about (docs/privacy.md). */
export const told: Readonly<Record<string, readonly string[]>> = {
  entitlement_line: ['scheme', 'benefit_period', 'component', 'due_amount', 'list_status', 'beneficiary_name', 'birth_date', 'birth_year', 'sex', 'unit_code', 'village', 'quantity', 'needs', 'payment_channel', 'creditor_agent', 'account_number', 'payee_name', 'due_date', 'list_date', 'origin_period'],
  payment_report: ['scheme', 'benefit_period', 'transaction_status', 'instructed_amount', 'instructed_at', 'credited_amount', 'credited_at', 'returned_amount', 'returned_at', 'return_reason_code', 'reason_text', 'payment_channel', 'creditor_agent', 'account_number', 'end_to_end_id', 'bank_reference'],
  account_report: ['creditor_agent', 'account_number', 'account_status', 'opened_date', 'activated_date', 'card_issued_date', 'closed_date', 'reported_date'],
  withdrawal_report: ['creditor_agent', 'account_number', 'first_withdrawal_at', 'withdrawal_channel', 'withdrawn_amount', 'reported_through_date', 'end_to_end_id'],
  account_statement_row: ['entry_date', 'amount', 'entry_text', 'end_to_end_id'],
  mandate_row: ['relation', 'payee_name', 'valid_from', 'valid_to'],
  register_row: ['person_name', 'birth_date', 'birth_year', 'sex', 'unit_code', 'vital_status', 'death_date', 'verified_date', 'eid_level'],
  exemption_row: ['reason_code', 'evidence_reference', 'approved_by', 'valid_from', 'valid_to'],
  outreach_result_row: ['visited_date', 'result', 'evidence_reference', 'note', 'team'],
  complaint_row: ['complained_date', 'scheme', 'benefit_period', 'person_name', 'phone', 'words', 'came_by', 'wanted_answer'],
  complaint: ['complained_date', 'phone', 'words', 'came_by', 'wanted_answer'],
  outcome: ['scheme', 'benefit_period', 'outcome_class', 'due_amount', 'credited_amount', 'on_the_way_amount', 'due_date'],
  finding: ['code', 'scheme', 'benefit_period', 'amount_at_stake'],
  case_record: ['code', 'scheme', 'benefit_period', 'beneficiary_name', 'amount_at_stake', 'step', 'resolution', 'opened_date', 'closed_date'],
  case_event: ['happened_at', 'kind', 'step', 'resolution', 'amount', 'comment'],
  case_attachment: ['file_name'],
  case_message: ['phone', 'body', 'state'],
  bank_question: ['asked_at', 'question', 'answered_at', 'answer'],
  correction_item: ['code', 'scheme', 'benefit_period', 'amount', 'beneficiary_name', 'creditor_agent', 'creditor_account', 'settled_amount', 'settled_date'],
  correction_offset: ['scheme', 'benefit_period', 'amount'],
  trail_entry: ['happened_at', 'kind', 'reason'],
}

/** The page; it is given out once that it was looked at is written down. */
export function personPrintPage({ person, rows, schemes, banks, madeAt }: PersonPrintView, view: View): Page {
  const { words, language } = view
  const said = words.personData
  const byTable = Map.groupBy(rows, ({ table_name: name }) => name)
  const titles = new Map(person.findings.map(({ code, title }) => [code, inLanguage(title, language)]))
  const shown = Object.keys(told).filter((name) => byTable.has(name))
  const others = [...byTable].filter(([name]) => !Object.hasOwn(told, name))
  const main = html`<a class="govuk-back-link" href="${view.path.replace(/\/print$/, '')}">${words.person.caption}</a>
<span class="govuk-caption-l">${words.person.id} <bdi dir="ltr">${person.beneficiary_id}</bdi></span>
<h1 class="govuk-heading-l">${said.title}: <bdi>${person.name ?? words.person.nameless}</bdi></h1>
<p class="govuk-body">${said.lead} ${said.made(localMoment(madeAt, language))}</p><p class="govuk-body tt-screen">${said.printHint}</p>
${person.otherIds.length === 0 ? '' : html`<p class="govuk-body">${words.person.otherIds}: ${person.otherIds.map(({ id }) => html`<bdi dir="ltr">${id}</bdi> `)}</p>`}
${shown.map((name) => section(name, byTable.get(name) ?? [], { schemes, banks, titles }, view))}
${others.length === 0 ? '' : html`<section aria-labelledby="worked-out"><h2 class="govuk-heading-m" id="worked-out">${said.otherTitle}</h2><p class="govuk-body">${said.otherSentence}</p>
<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${said.otherTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${said.table}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${said.many}</th></tr></thead>
<tbody class="govuk-table__body">${others.map(([name, held]) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${wordFor(said.tables, name)}</th><td class="govuk-table__cell govuk-table__cell--numeric" data-label="${said.many}">${count(held.length, language)}</td></tr>`)}</tbody></table></section>`}
<p class="govuk-body">${said.categoryNote} ${said.rights}</p>`
  return { title: said.title, main, section: 'persons' }
}

interface Names {
  readonly schemes: readonly SchemeName[]
  readonly banks: ReadonlyMap<string, string>
  /** Types of findings by their code, in the reader's language. */
  readonly titles: ReadonlyMap<string, string>
}

function section(name: string, rows: readonly HeldRow[], names: Names, view: View): Html {
  const { words, language } = view
  const said = words.personData
  const title = wordFor(said.tables, name)
  return html`<section aria-labelledby="held-${name}"><h2 class="govuk-heading-m" id="held-${name}">${title}</h2><p class="govuk-body-s">${said.rows(count(rows.length, language))}</p>
${rows.map((row, at) => html`<h3 class="govuk-heading-s">${said.row(count(at + 1, language))}</h3><dl class="govuk-summary-list">${(told[name] ?? []).filter((column) => row.columns[column] !== undefined).map((column) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${labelOf(column, view)}</dt><dd class="govuk-summary-list__value"><bdi>${valueOf(column, row, names, view)}</bdi></dd></div>`)}</dl>`)}</section>`
}

function labelOf(column: string, { words }: View): string {
  return Object.hasOwn(words.personData.columns, column) ? wordFor(words.personData.columns, column) : wordFor(words.evidence, column)
}

/** A value as people read it; what somebody wrote stays as they wrote it. */
function valueOf(column: string, { columns }: HeldRow, { schemes, banks, titles }: Names, { words, language }: View): string {
  const value = columns[column] ?? ''
  if (column === 'scheme') return schemeName(schemes, value, language)
  if (column === 'creditor_agent') return banks.get(value) ?? value
  if (column === 'benefit_period' || column === 'origin_period') return month(`${value.slice(0, 4)}-${value.slice(4)}`, language)
  if (column.endsWith('amount') || column === 'amount_at_stake') return money(amounts.amountFromDatabase(value), columns['currency'] ?? 'VND', language)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return day(value, language)
  if (column.endsWith('_at')) return localMoment(value.replace(/([+-]\d\d:\d\d|Z)$/, 'Z'), language)
  if (column === 'code') return titles.get(value) ?? wordFor(words.files.kinds, value)
  if (!coded.has(column)) return value
  return wordFor({ ...words.values, ...words.classes, ...words.listStatuses, ...words.many.complaint.answerWays, ...words.outreach.results, ...words.desk.case.relations, ...words.desk.events, ...words.desk.resolutions, ...words.desk.steps, ...words.many.exports.kinds, ...words.personData.values }, value)
}

/** Columns whose values are words of ours. */
const coded = new Set(['component', 'list_status', 'sex', 'payment_channel', 'transaction_status', 'account_status', 'withdrawal_channel', 'relation', 'vital_status', 'result', 'came_by', 'wanted_answer', 'outcome_class', 'step', 'resolution', 'kind', 'state'])
