/** One file: how its lines were counted, what could not be taken and why, what was ignored, and what to do about it. */
import { html } from 'hono/html'
import { placeOf, refusalSentence } from '../../core/index.ts'
import { listLinks } from '../exports/form.ts'
import { count, localMoment } from '../format.ts'
import { fileTitle, lineText, problemText, statusTag } from './files.ts'
import { wordFor } from '../text/index.ts'
import { address, leftToRight, type Html, type View } from '../view.ts'
import type { FileDetail, FilePart, FileProblem, FileProblemCount, FileRefusal, IgnoredLines } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface FileView {
  readonly file: FileDetail
  readonly problems: readonly FileProblem[]
  /** The line after which the problems shown begin; `0` is the beginning. */
  readonly afterLine: string
  readonly nextAfterLine: string | null
  readonly problemCounts: readonly FileProblemCount[]
  readonly ignored: readonly IgnoredLines[]
}

/** A raw value longer than this is cut in the table. */
const rawTextLength = 300

/** The page of one file. */
export function filePage(shown: FileView, view: View): Page {
  const { file } = shown
  const { words } = view
  const main = html`<a class="govuk-back-link" href="/files">${words.file.back}</a>
<span class="govuk-caption-l">${words.file.caption(file.file_id)}${file.kind === 'pack' ? '' : ` · ${wordFor(words.files.kinds, file.kind)}`}</span>
<h1 class="govuk-heading-l tt-break ${file.kind === 'pack' ? '' : 'tt-name'}">${fileTitle(file, view)}</h1>
${file.refusal === null ? '' : refusal(file.refusal, file.parts, view)}
${receipt(file, view)}
${file.status === 'refused' || file.kind === 'pack' ? '' : problems(shown, view)}
${ignored(shown.ignored, file.parts, view)}`
  return { title: file.kind === 'pack' ? words.files.pack : file.file_name, main, section: 'files' }
}

function receipt(file: FileDetail, view: View): Html {
  const { words, language } = view
  const row = (key: string, value: Html | string | null): Html | string =>
    value === null ? '' : html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  const number = (digits: string): string => count(digits, language)
  const moment = (instant: string | null): string | null => (instant === null ? null : localMoment(instant, language))
  const sum = file.control_sum === null ? null : leftToRight(number(file.control_sum))
  const equation = words.file.equation(number(file.accepted_count), number(file.repeat_count), number(file.problem_count), number(file.ignored_count), number(file.line_count))
  return html`<dl class="govuk-summary-list">
${row(words.files.status, statusTag(file.status, view))}
${row(words.files.received, moment(file.recorded_at))}
${row(words.file.voidedAt, moment(file.voided_at))}
${row(words.file.voidReason, file.void_reason)}
${row(words.file.source, file.source)}
${file.kind === 'pack' || file.status === 'refused' ? '' : row(words.files.lines, equation)}
${row(words.file.controlCount, file.control_count === null ? null : number(file.control_count))}
${row(words.file.controlSum, sum !== null && file.is_control_sum_checked === false ? words.file.controlSumUnchecked(number(file.control_sum ?? '')) : sum)}
${row(words.file.readAs, file.format === null || file.encoding === null ? null : file.format === 'csv' ? words.file.encodedText(file.encoding) : file.format.toUpperCase())}
${row(words.file.sheets, sheets(file.parts, view))}
${file.kind === 'pack' ? '' : row(words.file.size, words.file.bytes(number(file.size_bytes)))}
${file.kind === 'pack' ? '' : row(words.file.fingerprint, html`<code class="tt-hash" dir="ltr">${file.sha256}</code>`)}
</dl>`
}

/** Each sheet with what became of it; null for a file without sheets. */
function sheets(parts: readonly FilePart[] | null, view: View): Html | null {
  if (parts === null) return null
  const { words, language } = view
  return html`<ul class="govuk-list">${parts.map(({ name, status, hidden_rows: hidden }) => html`<li><bdi>${name}</bdi>: ${words.file.sheetStatuses[status] ?? status}${hidden === 0 ? '' : ` · ${words.file.hiddenRows(count(`${hidden}`, language))}`}</li>`)}</ul>`
}

function refusal(why: FileRefusal, parts: readonly FilePart[] | null, view: View): Html {
  const { words, language } = view
  const text = refusalSentence(why.code, language) ?? why.code
  const { line, column, raw } = why
  return html`<section class="tt-refused" aria-labelledby="refused"><h2 class="govuk-heading-m" id="refused">${words.file.refusedTitle}</h2>
<p class="govuk-body">${text}</p>
${line === null || line === undefined ? '' : html`<p class="govuk-body">${words.file.refusedPlace(lineText(parts, line, view), column ?? null)}</p>`}
${raw === null || raw === undefined || raw === '' ? '' : html`<pre class="tt-raw" dir="ltr" tabindex="0">${raw.slice(0, rawTextLength)}</pre>`}</section>`
}

function problems(shown: FileView, view: View): Html {
  const { words, language } = view
  if (shown.problemCounts.length === 0) return html`<p class="govuk-body">${words.file.noProblems}</p>`
  const path = `/files/${shown.file.file_id}`
  return html`<section aria-labelledby="problems"><h2 class="govuk-heading-m" id="problems">${words.file.problemsTitle}</h2>
<p class="govuk-body">${words.file.problemsSentence}</p>
<p class="govuk-body"><a class="govuk-link" href="${path}/annotated">${words.file.annotated}</a></p>
${listLinks(`${path}/problems`, {}, false, view)}
<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-table__caption--s">${words.file.byCause}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.file.cause}</th><th scope="col" class="govuk-table__header">${words.file.column}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.file.count}</th></tr></thead>
<tbody class="govuk-table__body">${shown.problemCounts.map((row) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${problemText(row.code, view)}</th><td class="govuk-table__cell" data-label="${words.file.column}">${columnName(row.column)}</td><td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.file.count}">${count(row.count, language)}</td></tr>`)}</tbody></table>
<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-table__caption--s">${words.file.problemsTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.file.line}</th><th scope="col" class="govuk-table__header">${words.file.column}</th><th scope="col" class="govuk-table__header">${words.file.raw}</th><th scope="col" class="govuk-table__header">${words.file.cause}</th></tr></thead>
<tbody class="govuk-table__body">${shown.problems.map((problem) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header" data-label="${words.file.line}">${lineText(shown.file.parts, problem.line, view)}</th><td class="govuk-table__cell" data-label="${words.file.column}">${columnName(problem.column)}</td><td class="govuk-table__cell" data-label="${words.file.raw}">${rawValue(problem, view)}</td><td class="govuk-table__cell" data-label="${words.file.cause}">${problemText(problem.code, view)}</td></tr>`)}</tbody></table>
${shown.afterLine === '0' && shown.nextAfterLine === null ? '' : html`<nav class="tt-pages" aria-label="${words.file.pages}"><ul>${shown.afterLine === '0' ? '' : html`<li><a class="govuk-link" href="${path}">${words.file.first}</a></li>`}${shown.nextAfterLine === null ? '' : html`<li><a class="govuk-link tt-next" rel="next" href="${address(path, { after: shown.nextAfterLine })}">${words.file.next}</a></li>`}</ul></nav>`}</section>`
}

function columnName(column: string | null): Html | string {
  return column === null ? '–' : html`<code dir="ltr">${column}</code>`
}

function rawValue(problem: FileProblem, view: View): Html {
  const { words } = view
  const raw = problem.raw === null || problem.raw === '' ? words.file.emptyValue : leftToRight(problem.raw.slice(0, rawTextLength))
  return html`<span class="tt-break">${raw}</span>${problem.suggestion === null ? '' : html`<span class="tt-under">${problem.code === 'field_count' ? problem.suggestion : words.file.suggestion(problem.suggestion)}</span>`}`
}

function ignored(ranges: readonly IgnoredLines[], parts: readonly FilePart[] | null, view: View): Html | string {
  if (ranges.length === 0) return ''
  const { words, language } = view
  return html`<section aria-labelledby="ignored"><h2 class="govuk-heading-m" id="ignored">${words.file.ignoredTitle}</h2><p class="govuk-body">${words.file.ignoredSentence}</p>
<table class="govuk-table"><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.file.lines}</th><th scope="col" class="govuk-table__header">${words.file.reason}</th></tr></thead>
<tbody class="govuk-table__body">${ranges.map((range) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${words.file.range(lineText(parts, range.first_line, view), range.first_line === range.last_line ? lineText(parts, range.first_line, view) : count(`${placeOf(parts, parseInt(range.last_line, 10)).number}`, language))}</th><td class="govuk-table__cell">${wordFor(words.file.reasons, range.reason)}</td></tr>`)}</tbody></table></section>`
}
