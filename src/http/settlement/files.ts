/** Settlements and the monthly report as tables to take away. */
import type { Table } from '../../formats/index.ts'
import type { Units } from '../../reports/index.ts'
import type { MonthlyPerson, MonthlyRow, Organisation, SettlementDifference, SettlementEntry, SettlementMonth } from '../../settlement/index.ts'
import { masked } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { plainText, type View } from '../view.ts'
import { organisationName } from './parts.ts'

const text = (title: string): Table['columns'][number] => ({ title })
const number = (title: string): Table['columns'][number] => ({ title, isNumber: true })

/** Every organisation and month with all figures of both sides. */
export function monthsFile(months: readonly SettlementMonth[], organisations: readonly Organisation[], view: View): Table {
  const { settlement: texts } = view.words
  const fields = ['received', 'credited', 'on_the_way', 'not_collected', 'handed_back', 'kept', 'difference', 'outside', 'pending', 'sent_back', 'paid', 'returned', 'charges', 'interest', 'unexplained_credit', 'unexplained_debit', 'gap'] as const
  return {
    name: texts.file,
    columns: [text(texts.organisation), text(texts.month), text(texts.columns.currency), text(texts.state), number(texts.columns.payments), ...fields.map((field) => number(texts.columns[field]))],
    rows: months.map((row) => [plainText(organisationName(row.source, organisations, view)), row.benefit_period ?? '', row.currency, row.is_stated ? (row.difference === '0' ? texts.closes : texts.open) : texts.noStatement, row.payment_count, ...fields.map((field) => row[field])]),
  }
}

/** What keeps settlements from closing, with the lines of files. */
export function differencesFile(rows: readonly SettlementDifference[], view: View): Table {
  const { settlement: texts } = view.words
  const { difference: heads } = texts
  return {
    name: texts.differencesFile,
    columns: [text(texts.organisation), text(texts.month), text(heads.cause), number(heads.amount), text(texts.columns.currency), number(heads.said), number(heads.booked), text(heads.payment), text(texts.monthly.person.id), text(texts.entry.day), text(heads.lines), text(heads.todo)],
    rows: rows.map((row) => [row.source, row.benefit_period ?? '', texts.causes[row.cause], row.amount, row.currency, row.reported ?? '', row.booked ?? '', row.end_to_end_id ?? '', row.beneficiary_id === null ? '' : masked(row.beneficiary_id), row.entry_date ?? '', row.source_rows.map(({ file_name: name, line }) => `${name}:${line}`).join(' '), texts.todos[row.cause]]),
  }
}

/** The entries of an account, each with its class. */
export function entriesFile(rows: readonly SettlementEntry[], view: View): Table {
  const { settlement: texts } = view.words
  const { entry: heads } = texts
  return {
    name: texts.entriesFile,
    columns: [text(heads.day), text(heads.statement), text(heads.class), text(heads.by), number(heads.credit), number(heads.debit), text(texts.columns.currency), text(view.words.settlement.monthly.columns.scheme), text(texts.month), number(heads.payments), text(heads.reference), text(heads.counterparty), text(heads.text), text(heads.line)],
    rows: rows.map((row) => [row.entry_date, row.statement_number, texts.classes[row.class], row.rule === null ? '' : wordFor(texts.rules, row.rule), row.is_credit ? row.amount : '', row.is_credit ? '' : row.amount, row.currency, row.scheme ?? '', row.benefit_period ?? '', row.payment_count, [row.end_to_end_id, row.entry_reference].filter((part) => part !== null).join(' '), row.counterparty === null ? '' : `•••• ${row.counterparty}`, row.entry_text ?? '', `${row.file_name}:${row.line}`]),
  }
}

/** The monthly report, one row per place, scheme and currency. */
export function monthlyFile(rows: readonly MonthlyRow[], period: string, units: Units, view: View): Table {
  const { monthly, month, monthlyFile: name } = view.words.settlement
  const { columns } = monthly
  return {
    name: `${name}-${period}`,
    columns: [text(month), text(columns.unit), text(columns.unit), text(columns.scheme), text(columns.currency), ...[columns.entitled, columns.received_count, columns.not_received_count, columns.carried_count, columns.not_due_count, columns.due, columns.received, columns.not_received, columns.carried_out, columns.not_due, columns.beyond].map(number)],
    rows: rows.map((row) => [period, row.unit_code, units.name(row.unit_code) ?? '', row.scheme, row.currency, ...[row.entitlement_count, row.received_count, row.not_received_count, row.carried_count, row.not_due_count].map(String), row.due, row.received, row.not_received, row.carried_out, row.not_due, row.beyond]),
  }
}

/** The people of a month in one place, as the law wants them listed. */
export function peopleFile(people: readonly MonthlyPerson[], period: string, units: Units, view: View): Table {
  const { monthly, month, peopleFile: name } = view.words.settlement
  const { person, columns } = monthly
  return {
    name: `${name}-${period}`,
    columns: [text(month), text(columns.scheme), text(columns.unit), text(person.village), text(person.name), text(person.id), text(person.born), text(person.payee), text(person.reason), text(view.words.settlement.state), text(columns.currency), number(person.due), number(person.received), number(person.left)],
    rows: people.map((row) => [period, row.scheme, units.name(row.unit_code) ?? row.unit_code, row.village ?? '', row.beneficiary_name, row.beneficiary_id === null ? '' : masked(row.beneficiary_id), row.birth_year === null ? '' : `${row.birth_year}`, row.payee_name ?? '', wordFor(view.words.classes, row.class), monthly.states[row.state], row.currency, row.due, row.received, row.left_amount]),
  }
}
