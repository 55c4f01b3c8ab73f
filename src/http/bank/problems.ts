/** What is wrong with a file, by cause with what to do, and the first values one by one. */
import { html } from 'hono/html'
import { refusalSentence, type FileRefusal, type PlacedPart } from '../../core/index.ts'
import { lineText, problemText } from '../files/files.ts'
import { count } from '../format.ts'
import { leftToRight, type Html, type View } from '../view.ts'
import { cardTable, cell, columnInSentence, columnText, sentenceCell } from './parts.ts'

/** How often a cause occurs in a column; column null: the whole line. */
export interface Cause {
  readonly code: string
  readonly column: string | null
  readonly count: string
  readonly first_line: string
}

/** One value. */
export interface WrongValue {
  readonly line: string | number
  readonly column: string | null
  readonly code: string
  readonly raw: string | null
  readonly suggestion: string | null
}

/** Of which file: its kind names the columns, its sheets the lines. */
export interface OfFile {
  readonly kind: string | null
  readonly parts: readonly PlacedPart[] | null
}

/** A raw value longer than this is cut in a table. */
const rawTextLength = 200

/** Causes, the most frequent first, each with what to do about it. */
export function causesTable(causes: readonly Cause[], { kind, parts }: OfFile, view: View): Html {
  const { problems } = view.words.counter
  return cardTable(problems.title, [{ label: problems.cause }, { label: problems.column }, { label: problems.firstLine }, { label: problems.count, isNumber: true }], causes.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header tt-cause">${problemText(one.code, view)}</th>${cell(problems.column, columnText(kind, one.column, view))}${cell(problems.firstLine, lineText(parts, one.first_line, view))}${cell(problems.count, count(one.count, view.language), true)}</tr>`))
}

/** The first wrong values, as they stand in the file. */
export function valuesTable(values: readonly WrongValue[], { kind, parts }: OfFile, view: View): Html {
  const { counter, file } = view.words
  return cardTable(counter.problems.listTitle, [{ label: file.line }, { label: file.column }, { label: file.raw }, { label: file.cause }], values.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header" data-label="${file.line}">${lineText(parts, one.line, view)}</th>${cell(file.column, columnText(kind, one.column, view))}${cell(file.raw, rawText(one, view))}${sentenceCell(file.cause, problemText(one.code, view))}</tr>`), true)
}

/** Why the whole file was sent back, and where. */
export function refusalPart(why: FileRefusal, parts: readonly PlacedPart[] | null, title: string, view: View): Html {
  const { file } = view.words
  const text = refusalSentence(why.code, view.language) ?? why.code
  return html`<section class="tt-refused" aria-labelledby="refused"><h2 class="govuk-heading-m" id="refused">${title}</h2>
<p class="govuk-body">${text}</p>
${why.line === null ? '' : html`<p class="govuk-body">${file.refusedPlace(lineText(parts, why.line, view), why.column === null ? null : columnInSentence(why.column, view))}</p>`}
${why.raw === null || why.raw === '' ? '' : html`<pre class="tt-raw" dir="ltr" tabindex="0">${why.raw.slice(0, rawTextLength)}</pre>`}
${why.control === undefined ? '' : controlPart(why.control, view)}</section>`
}

function controlPart(control: NonNullable<FileRefusal['control']>, view: View): Html {
  const { check } = view.words.counter
  const { language } = view
  const line = (label: string, stated: string | null, counted: string | null): Html | string => (stated === null ? '' : html`<li>${label}: ${leftToRight(count(stated, language))}; ${check.counted}: ${leftToRight(counted === null ? '–' : count(counted, language))}</li>`)
  return html`<ul class="govuk-list govuk-list--bullet">${line(check.statedCount, control.declared_count, control.counted_count)}${line(check.statedSum, control.declared_amount, control.counted_amount)}</ul>`
}

function rawText({ raw, suggestion, code }: WrongValue, { words }: View): Html {
  const { file } = words
  return html`<span class="tt-value">${raw === null || raw === '' ? file.emptyValue : leftToRight(raw.slice(0, rawTextLength))}</span>${suggestion === null ? '' : html`<span class="tt-under">${code === 'field_count' ? suggestion : file.suggestion(suggestion)}</span>`}`
}
