/** What somebody wrote into the workbook: each row checked, and made an entry or a reason why it is none. */
import { manyCases, mostAtOnce, type BatchEntry, type BatchHeading, type ManyCase } from '../../cases/index.ts'
import { foldHeader, money, Refusal, resolutions, type Amount, type Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import type { FilledRow, FilledTable } from '../../formats/index.ts'
import { actionOf, type ActionAnswers } from './action.ts'
import { columnNamed, decisionWords, type WorkbookColumn } from './workbook.ts'

/** The entries of a table that was handed in, and its rows without a decision. @throws Refusal `too_many_rows` */
export async function readDecisions(session: Session, table: FilledTable, fileName: string, query: string, reader: Reader): Promise<{ readonly heading: BatchHeading; readonly entries: BatchEntry[] }> {
  const places = new Map<WorkbookColumn, number>()
  table.header.forEach((cell, place) => {
    const column = columnNamed(cell)
    if (column !== null && !places.has(column)) places.set(column, place)
  })
  const cell = (row: FilledRow, column: WorkbookColumn): string => row.cells[places.get(column) ?? -1] ?? ''
  const isIdle = (row: FilledRow): boolean => cell(row, 'decision') === '' && cell(row, 'amount') === '' && cell(row, 'comment') === ''
  const idle = table.rows.filter(isIdle)
  const decided = table.rows.filter((row) => !isIdle(row))
  if (decided.length > mostAtOnce) throw new Refusal('usage', 'too_many_rows', `at most ${mostAtOnce} cases at once`)
  const numbers = decided.map((row) => cell(row, 'case_number')).filter((text) => numberPattern.test(text))
  const known = new Map((await manyCases(session, { caseNumbers: numbers })).map((one) => [one.case_number, one]))
  const times = new Map<string, number>()
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1)
  const entries = decided.map((row): BatchEntry => {
    const caseNumber = cell(row, 'case_number')
    const one = known.get(caseNumber) ?? null
    const base = { findingId: one?.finding_id ?? null, caseNumber: caseNumber === '' ? null : caseNumber, version: versionOf(cell(row, 'version')) ?? 0, row: { number: row.number, cells: row.cells } }
    const read = readRow(row, places, { one, isTwice: (times.get(caseNumber) ?? 0) > 1, reader, cell })
    return 'fault' in read ? { ...base, action: null, fault: read.fault } : { ...base, action: read.action, fault: null }
  })
  return { heading: { query, workbook: { fileName, header: table.header, idle: idle.map(({ number, cells }) => ({ number, cells })) } }, entries }
}

const numberPattern = /^[1-9]\d{0,17}$/

interface RowContext {
  readonly one: ManyCase | null
  readonly isTwice: boolean
  readonly reader: Reader
  readonly cell: (row: FilledRow, column: WorkbookColumn) => string
}

function readRow(row: FilledRow, places: ReadonlyMap<WorkbookColumn, number>, { one, isTwice, reader, cell }: RowContext): ReturnType<typeof actionOf> | { readonly fault: string } {
  const faultAt = (column: WorkbookColumn): string | undefined => row.faults.get(places.get(column) ?? -1)
  for (const column of ['case_number', 'version', 'decision', 'amount', 'comment'] as const) {
    const fault = faultAt(column)
    // A number where words were meant is read as its digits; a formula is worked out by nobody.
    if (fault !== undefined && fault !== 'digits_lost') return { fault: fault === 'formula_cell' ? 'formula_cell' : 'cell_unreadable' }
  }
  if (one === null) return { fault: 'case_unknown' }
  if (isTwice) return { fault: 'case_twice' }
  if (versionOf(cell(row, 'version')) === null) return { fault: 'version_missing' }
  if (cell(row, 'decision') === '') return { fault: 'decision_missing' }
  const value = decisionWords.get(foldHeader(cell(row, 'decision')))
  if (value === undefined) return { fault: 'decision_unknown' }
  const read = actionOf({ action: value, comment: cell(row, 'comment'), to: '' } satisfies ActionAnswers, reader)
  if ('fault' in read) return { fault: rowFaults[read.fault] }
  const written = cell(row, 'amount')
  if (read.action.kind !== 'appraise') return written === '' ? read : { fault: 'amount_unwanted' }
  const amount = written === '' ? null : amountIn(written, one.currency)
  return amount === undefined ? { fault: 'amount_invalid' } : { action: { ...read.action, amount, resolution: resolutions.find((resolution) => `appraise:${resolution}` === value) ?? read.action.resolution } }
}

const rowFaults = { action: 'not_allowed', comment: 'comment_missing', commentTooLong: 'comment_too_long', to: 'decision_unknown' } as const

function versionOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? parseInt(text, 10) : null
}

/** Undefined for what is no amount; nothing at all is one too: no money moves. */
function amountIn(text: string, currency: string): Amount | undefined {
  if (/^0+(?:\.0+)?$/.test(text)) return money.zero
  return money.readAmount(text, currency).amount
}
