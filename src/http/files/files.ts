/** What was handed in, the newest first: each file with its lines counted and where they went. */
import { html } from 'hono/html'
import { hasRole, placeOf, problemSentence, type PlacedPart } from '../../core/index.ts'
import { listLinks, trailLinks } from '../exports/form.ts'
import { count, localMoment } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, type Html, type View } from '../view.ts'
import type { FileRow } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** The list; `beforeFileId` null is its beginning. */
export function filesPage(list: { readonly rows: readonly FileRow[]; readonly hasMore: boolean }, beforeFileId: string | null, view: View): Page {
  const { words } = view
  const last = list.rows.at(-1)
  const columns = [words.files.lines, words.files.accepted, words.files.repeats, words.files.problems, words.files.ignored]
  const main = html`<h1 class="govuk-heading-l">${words.files.title}</h1>
<p class="govuk-body">${words.files.sentence}</p>
<p class="govuk-body"><a class="govuk-link" href="/templates">${words.templates.link}</a></p>
${list.rows.length === 0 ? html`<p class="tt-lead">${words.files.empty}</p>` : html`<table class="govuk-table tt-cards"><thead class="govuk-table__head"><tr class="govuk-table__row">
<th scope="col" class="govuk-table__header">${words.files.name}</th><th scope="col" class="govuk-table__header">${words.files.status}</th><th scope="col" class="govuk-table__header">${words.files.received}</th>${columns.map((label) => html`<th scope="col" class="govuk-table__header govuk-table__header--numeric">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${list.rows.map((file) => fileRow(file, view))}</tbody></table>`}
${beforeFileId === null && !list.hasMore ? '' : html`<nav class="tt-pages" aria-label="${words.files.pages}"><ul>${beforeFileId === null ? '' : html`<li><a class="govuk-link" href="/files">${words.files.newest}</a></li>`}${list.hasMore && last !== undefined ? html`<li><a class="govuk-link tt-next" rel="next" href="${address('/files', { before: last.file_id })}">${words.files.older}</a></li>` : ''}</ul></nav>`}`
  return { title: words.files.title, main: html`${main}${listLinks('/files', {}, false, view)}${view.reader !== null && hasRole(view.reader, 'auditor', 'administrator') ? trailLinks(view) : ''}`, section: 'files' }
}

function fileRow(file: FileRow, view: View): Html {
  const { words, language } = view
  const number = (label: string, digits: string): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric ${digits === '0' ? 'tt-nothing' : ''}" data-label="${label}">${count(digits, language)}</td>`
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header tt-break"><a class="govuk-link" href="/files/${file.file_id}">${fileTitle(file, view)}</a><span class="tt-under">${file.kind === 'pack' ? '' : wordFor(words.files.kinds, file.kind)}</span></th>
<td class="govuk-table__cell" data-label="${words.files.status}">${statusTag(file.status, view)}</td><td class="govuk-table__cell" data-label="${words.files.received}">${localMoment(file.recorded_at, language)}</td>
${number(words.files.lines, file.line_count)}${number(words.files.accepted, file.accepted_count)}${number(words.files.repeats, file.repeat_count)}${number(words.files.problems, file.problem_count)}${number(words.files.ignored, file.ignored_count)}</tr>`
}

/** The name of a file; the rows that migration loads are no file anybody sent. */
export function fileTitle(file: { readonly kind: string; readonly file_name: string }, view: View): Html | string {
  return file.kind === 'pack' ? view.words.files.pack : breakable(file.file_name)
}

/** Where a line stands, as people count: its number, with the sheet's name where a file has several. */
export function lineText(parts: readonly PlacedPart[] | null, line: string | number, view: View): string {
  const { part, number } = placeOf(parts, parseInt(`${line}`, 10))
  const text = count(`${number}`, view.language)
  return part === null ? text : view.words.file.sheetRow(part, text)
}

/** The sentence of a problem; its code, readable, where there is none. */
export function problemText(code: string, { language }: View): string {
  return problemSentence(code, language) ?? code.replaceAll('_', ' ')
}

/** A file name that may be broken between its parts: senders' names are long, and phones are narrow. */
export function breakable(name: string): Html {
  return html`<bdi dir="ltr">${name.split(/(?<=[_\-. ])/).map((part) => html`${part}<wbr>`)}</bdi>`
}

/** The word for what became of a file. */
export function statusTag(status: string, view: View): Html {
  return html`<strong class="govuk-tag tt-tag tt-tag--${status === 'refused' ? 'h' : status === 'void' ? 'l' : 'i'}">${wordFor(view.words.files.statuses, status)}</strong>`
}
