/** Everything that a bank has handed in, the newest first, and each file's state in a word. */
import { html } from 'hono/html'
import { bankFileStates, type BankFile, type BankFileState } from '../../reports/index.ts'
import { listLinks } from '../exports/form.ts'
import type { ListFile } from '../exports/list.ts'
import { breakable } from '../files/files.ts'
import { count, localMoment } from '../format.ts'
import { selectField } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { address, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import { cardTable, cell, kindOptions, kindText, stateTag } from './parts.ts'

/** What the page is drawn from. */
export interface HistoryView {
  readonly rows: readonly BankFile[]
  readonly hasMore: boolean
  readonly kind: string | undefined
  readonly state: BankFileState | undefined
  /** False: it begins behind another page. */
  readonly isFirst: boolean
}

/** The page. */
export function historyPage({ rows, hasMore, kind, state, isFirst }: HistoryView, view: View): Page {
  const { history, states } = view.words.counter
  const chosen = { kind, state }
  const isFiltered = kind !== undefined || state !== undefined
  const last = rows.at(-1)
  const main = html`<h1 class="govuk-heading-l">${history.title}</h1>
<p class="govuk-body">${history.sentence}</p>
<form method="get" action="/bank/files" class="tt-filter">
${selectField({ id: 'kind', label: history.filterKind, options: kindOptions(view), chosen: kind ?? '', none: history.all }, [])}
${selectField({ id: 'state', label: history.filterState, options: bankFileStates.map((one) => ({ value: one, label: wordFor(states, one) })), chosen: state ?? '', none: history.all }, [])}
<div class="tt-filter__actions"><button class="govuk-button" type="submit">${history.apply}</button></div></form>
${rows.length === 0 ? html`<p class="tt-lead">${isFiltered || !isFirst ? history.emptyFiltered : history.empty}</p>${isFiltered || !isFirst ? '' : html`<p class="govuk-body"><a class="govuk-link" href="/bank">${history.emptyNext}</a></p>`}` : html`${fileRows(rows, history.title, view)}${listLinks('/bank/files', chosen, false, view)}`}
${isFirst && !hasMore ? '' : html`<nav class="tt-pages" aria-label="${history.pages}"><ul>${isFirst ? '' : html`<li><a class="govuk-link" href="${address('/bank/files', chosen)}">${history.newest}</a></li>`}${hasMore && last !== undefined ? html`<li><a class="govuk-link tt-next" rel="next" href="${address('/bank/files', { ...chosen, before: `${last.received_at}_${last.key}` })}">${history.older}</a></li>` : ''}</ul></nav>`}`
  return { title: history.title, main, section: 'files' }
}

/** The table of files. */
export function fileRows(rows: readonly BankFile[], caption: string, view: View): Html {
  const { history } = view.words.counter
  const { language } = view
  const number = (label: string, digits: string | null): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric ${digits === null || digits === '0' ? 'tt-nothing' : ''}" data-label="${label}">${digits === null ? '–' : count(digits, language)}</td>`
  const heads = [{ label: history.name }, { label: history.state }, { label: history.received }, ...[history.lines, history.accepted, history.wrong].map((label) => ({ label, isNumber: true }))]
  return cardTable(caption, heads, rows.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header tt-break"><a class="govuk-link" href="${fileAddress(one)}">${breakable(one.file_name)}</a><span class="tt-under">${kindText(one.kind, view)}${one.is_repeat ? html` · ${history.again}` : ''}</span></th>
${cell(history.state, stateTag(one.state, view))}${cell(history.received, localMoment(one.received_at, language))}${number(history.lines, one.line_count)}${number(history.accepted, one.accepted_count)}${number(history.wrong, one.problem_count)}</tr>`))
}

/** Where a file is looked at: a draft where it can be handed in. */
function fileAddress({ key, state }: BankFile): string {
  return `/bank/files/${key}${state === 'draft' ? '/check' : ''}`
}

/** The list to take away. */
export function historyFile(rows: readonly BankFile[], view: View): ListFile<BankFile> {
  const { history, states } = view.words.counter
  const number = (title: string, of: (row: BankFile) => string | null): ListFile<BankFile>['columns'][number] => ({ title, isNumber: true, of: (row) => { const digits = of(row); return digits === null ? null : { number: digits } } })
  return {
    name: 'bank-files', title: history.title, sentence: history.sentence, subject: 'bank files', rows,
    columns: [
      { title: history.key, isMinor: true, of: (row) => row.key }, { title: history.name, of: (row) => row.file_name }, { title: history.filterKind, of: (row) => kindText(row.kind, view) },
      { title: history.state, of: (row) => wordFor(states, row.state) }, { title: history.received, of: (row) => ({ moment: row.received_at }) },
      number(history.lines, (row) => row.line_count), number(history.accepted, (row) => row.accepted_count), number(history.repeats, (row) => row.repeat_count), number(history.wrong, (row) => row.problem_count), number(history.ignored, (row) => row.ignored_count),
    ],
  }
}
