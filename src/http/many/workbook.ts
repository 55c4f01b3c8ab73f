/** The queue as a workbook to decide in: each case with its number and version, and three columns to fill in. */
import type { Batch, EntryResult, ManyCase } from '../../cases/index.ts'
import { foldHeader, languages, resolutions, type Language } from '../../core/index.ts'
import { csvFile, writeWorkbook, type HeaderWanted } from '../../formats/index.ts'
import type { Download } from '../downloads.ts'
import { dictionaries, wordFor, type Words } from '../text/index.ts'
import { inLanguage, plainText, schemeName, type View } from '../view.ts'
import { masked } from '../format.ts'
import type { SchemeName } from '../../reports/index.ts'
import { refusalText } from './batch.ts'

/** The columns, in the order of the sheet. */
export const workbookColumns = ['case_number', 'title', 'scheme', 'benefit_period', 'beneficiary_id', 'beneficiary_name', 'unit', 'village', 'bank', 'account_end', 'amount_at_stake', 'currency', 'waiting_since', 'deadline', 'step', 'version', 'decision', 'amount', 'comment', 'result'] as const
export type WorkbookColumn = (typeof workbookColumns)[number]

/** Without these a row cannot be read. */
const needed: readonly WorkbookColumn[] = ['case_number', 'version', 'decision']
const widths: Partial<Record<WorkbookColumn, number>> = { title: 26, beneficiary_name: 26, unit: 26, village: 18, bank: 18, decision: 30, comment: 44, result: 60 }

/** Which column a header cell names, in any language or by its code; null: none of ours. */
export function columnNamed(cell: string): WorkbookColumn | null {
  return columnsByHeader.get(foldHeader(cell)) ?? null
}

const columnsByHeader = new Map<string, WorkbookColumn>(workbookColumns.flatMap((column) => [[foldHeader(column), column] as const, ...languages.map((language) => [foldHeader(dictionaries[language].many.columns[column]), column] as const)]))

/** By what the table is known in whatever file it comes back. */
export const workbookHeader: HeaderWanted = {
  isHeader: (cells) => {
    const named = cells.map(columnNamed)
    return needed.every((column) => named.includes(column))
  },
  typeOf: (cell) => {
    const column = columnNamed(cell)
    return column === 'amount' ? 'amount' : column === 'version' || column === 'case_number' ? 'whole' : column === 'decision' || column === 'comment' ? 'text' : null
  },
}

/** What a decision is called: of each word, in any language or as a code, what it means. */
export const decisionWords: ReadonlyMap<string, string> = new Map([
  ...[...languages.map((language) => dictionaries[language])].flatMap((words) => decisionsOf(words).map(([value, label]) => [foldHeader(label), value] as const)),
  ...resolutions.map((resolution) => [foldHeader(resolution), `appraise:${resolution}`] as const),
])

/** What can be written into the column, with what it is called. */
function decisionsOf({ many, desk }: Words): [string, string][] {
  const actions = ['receive', 'approve', 'sendBack', 'answer', 'reopen'] as const
  return [...resolutions.map((resolution): [string, string] => [`appraise:${resolution}`, wordFor(desk.resolutions, resolution)]), ...actions.map((action): [string, string] => [action, many.actions[action]])]
}

/** The workbook or the CSV of these cases. */
export function decisionFile(cases: readonly ManyCase[], { format, hasWholeNumbers, schemes }: { readonly format: 'csv' | 'xlsx'; readonly hasWholeNumbers: boolean; readonly schemes: readonly SchemeName[] }, view: View): Download {
  const columns = workbookColumns.filter((column) => column !== 'result')
  const rows = cases.map((one) => columns.map((column) => plainText(cellOf(one, column, hasWholeNumbers, schemes, view))))
  return fileOf(columns.map((column) => view.words.many.columns[column]), rows, format, 'queue', view)
}

/** The workbook that was handed in, with what came of each row; rows without a decision stand in it as they were. */
export function resultFile(batch: Batch, format: 'csv' | 'xlsx', view: View): Download {
  const { many } = view.words
  const header = batch.heading.workbook?.header ?? []
  const at = header.findIndex((cell) => columnNamed(cell) === 'result')
  const told = (cells: readonly string[], result: string): string[] => (at < 0 ? [...cells, result] : cells.map((cell, place) => (place === at ? result : cell)))
  const outcome = (result: EntryResult | undefined): string => (result === undefined ? many.act.notYet : result.state === 'done' ? many.act.doneWord : `${many.act.refusedWord}: ${refusalText(result, view)}`)
  const rows = [
    ...batch.entries.flatMap((entry, index) => (entry.row === undefined ? [] : [{ number: entry.row.number, cells: told(entry.row.cells, plainText(outcome(batch.results[index]))) }])),
    ...(batch.heading.workbook?.idle ?? []).map(({ number, cells }) => ({ number, cells: told(cells, '') })),
  ].sort((one, other) => one.number - other.number).map(({ cells }) => cells)
  return fileOf(at < 0 ? [...header, many.columns.result] : header, rows, format, 'queue-result', view)
}

function fileOf(header: readonly string[], rows: readonly (readonly string[])[], format: 'csv' | 'xlsx', name: string, view: View): Download {
  const named = header.map(columnNamed)
  const isNumber = (place: number): boolean => ['amount', 'amount_at_stake', 'version'].includes(named[place] ?? '')
  if (format === 'csv') return { fileName: `${name}.csv`, format, pieces: csvFile({ name, columns: header.map((title, place) => ({ title, isNumber: isNumber(place) })), rows }) }
  const { many } = view.words
  const decisions = decisionsOf(view.words)
  const guide = many.guideSheet
  const listFrom = `'${guide}'!$A$2:$A$${decisions.length + 1}`
  return {
    fileName: `${name}.xlsx`, format,
    pieces: writeWorkbook([
      { name: many.casesSheet, columns: header.map((title, place) => ({ width: widths[named[place] ?? 'step'] ?? Math.max(12, title.length + 2), isNumber: isNumber(place), ...(named[place] === 'decision' ? { listFrom } : {}) })), rows: [header, ...rows] },
      { name: guide, columns: [{ width: 44, isNumber: false }, { width: 90, isNumber: false }], rows: [[many.columns.decision, many.guideTitle], ...decisions.map(([, label], index) => [label, many.guide[index] ?? ''])] },
    ]),
  }
}

function cellOf(one: ManyCase, column: WorkbookColumn, hasWholeNumbers: boolean, schemes: readonly SchemeName[], { words, language }: { readonly words: Words; readonly language: Language }): string {
  switch (column) {
    case 'case_number':
      return one.case_number
    case 'title':
      return one.title === null ? one.code : inLanguage(one.title, language)
    case 'scheme':
      return one.scheme === null ? '' : schemeName(schemes, one.scheme, language)
    case 'benefit_period':
      return one.benefit_period ?? ''
    case 'beneficiary_id':
      return one.beneficiary_id === null ? '' : hasWholeNumbers ? one.beneficiary_id : masked(one.beneficiary_id)
    case 'beneficiary_name':
      return one.beneficiary_name ?? ''
    case 'unit':
      return one.unit_name ?? one.unit_code ?? ''
    case 'village':
      return one.village ?? ''
    case 'bank':
      return one.bank_name ?? ''
    case 'account_end':
      return one.account_end === null ? '' : `…${one.account_end}`
    case 'amount_at_stake':
      return one.amount_at_stake
    case 'currency':
      return one.currency
    case 'waiting_since':
      return one.waiting_since
    case 'deadline':
      return one.deadline_date
    case 'step':
      return wordFor(words.desk.steps, one.step)
    case 'version':
      return `${one.version}`
    case 'decision':
    case 'amount':
    case 'comment':
    case 'result':
      return ''
  }
}
