/** A list that people may take away: its columns are declared once, and it comes as CSV, as a workbook, or as a page to print. */
import { html } from 'hono/html'
import { csvFile, workbookFile, type Table } from '../../formats/index.ts'
import type { Amount } from '../../core/index.ts'
import type { Download } from '../downloads.ts'
import { count, day, localMoment, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { homeOf } from './form.ts'
import { plainText, type Html, type View } from '../view.ts'

/** What stands in a cell; null: nothing. Files hold values as programs read them, pages as people do. */
export type Cell =
  | string
  | null
  | { readonly amount: Amount; readonly currency: string }
  | { readonly day: string }
  | { readonly month: string }
  | { readonly moment: string }
  | { readonly number: string }

/** A column: its title, and what stands in it for a row. */
export interface ListColumn<Row> {
  readonly title: string
  /** Plain digits become numbers, so that people can add them up. */
  readonly isNumber?: boolean
  /** True: in files only; paper is too narrow for it. */
  readonly isMinor?: boolean
  readonly of: (row: Row) => Cell
}

/** A list as a file or on paper. */
export interface ListFile<Row> {
  /** Of the file, at most 31 letters of ASCII. */
  readonly name: string
  readonly title: string
  /** What it is narrowed to and as of when, in words, over the printed table. */
  readonly sentence: string
  readonly columns: readonly ListColumn<Row>[]
  readonly rows: readonly Row[]
  /** True: there are more rows than these. */
  readonly isCut?: boolean
  /** For the trail: which list, and the query it was narrowed by. */
  readonly subject: string
}

/** The bytes of a list. */
export function listDownload<Row>(list: ListFile<Row>, format: 'csv' | 'xlsx'): Download {
  const table: Table = { name: list.name, columns: list.columns.map(({ title, isNumber = false }) => ({ title, isNumber })), rows: list.rows.map((row) => list.columns.map(({ of }) => plainText(valueOf(of(row))))) }
  return { fileName: `${list.name}.${format}`, format, pieces: format === 'csv' ? csvFile(table) : workbookFile(table) }
}

/** The list on paper: everything of it, in one table. */
export function listPrintPage<Row>(list: ListFile<Row>, view: View): Page {
  const { exports } = view.words.many
  const columns = list.columns.filter(({ isMinor }) => isMinor !== true)
  const head = columns.map(({ title, isNumber }) => html`<th scope="col" class="govuk-table__header ${isNumber === true ? 'govuk-table__header--numeric' : ''}">${title}</th>`)
  const cells = (row: Row): Html[] => columns.map(({ title, isNumber, of }) => html`<td class="govuk-table__cell ${isNumber === true ? 'govuk-table__cell--numeric' : ''}" data-label="${title}"><span><bdi>${shown(of(row), view)}</bdi></span></td>`)
  const main = html`<a class="govuk-back-link" href="${homeOf(view)}">${exports.back}</a>
<h1 class="govuk-heading-l">${list.title}</h1>
<p class="govuk-body">${list.sentence}</p>
<p class="govuk-body">${exports.rows(count(list.rows.length, view.language))} <span class="tt-screen">${exports.printHint}</span></p>
${list.rows.length === 0 ? '' : html`<div class="tt-scroll" tabindex="0" role="region" aria-label="${list.title}"><table class="govuk-table tt-cards tt-figures tt-list"><caption class="govuk-table__caption govuk-visually-hidden">${list.title}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${head}</tr></thead><tbody class="govuk-table__body">${list.rows.map((row) => html`<tr class="govuk-table__row">${cells(row)}</tr>`)}</tbody></table></div>`}`
  return { title: list.title, main, section: null }
}

function valueOf(cell: Cell): string {
  if (cell === null || typeof cell === 'string') return cell ?? ''
  if ('amount' in cell) return cell.amount
  if ('day' in cell) return cell.day
  if ('month' in cell) return cell.month
  return 'moment' in cell ? cell.moment : cell.number
}

function shown(cell: Cell, { language }: View): string {
  if (cell === null || typeof cell === 'string') return cell ?? '–'
  if ('amount' in cell) return money(cell.amount, cell.currency, language)
  if ('day' in cell) return day(cell.day, language)
  if ('month' in cell) return month(cell.month, language)
  return 'moment' in cell ? localMoment(cell.moment, language) : count(cell.number, language)
}
