/** A file as it is understood, before it is handed in: what kind, which columns, how many lines, what is wrong, what is new; and two buttons. */
import { html } from 'hono/html'
import { money as exact } from '../../core/index.ts'
import type { Preview, Receipt, Understanding } from '../../ingest/index.ts'
import type { UploadRow } from '../../uploads/index.ts'
import { breakable, lineText } from '../files/files.ts'
import { count, localMoment } from '../format.ts'
import { hidden, selectField } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { isolated, leftToRight, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import { cardTable, cell, columnText, columnTitle, kindOptions, kindText, sizeText, summaryRow } from './parts.ts'
import { causesTable, refusalPart, valuesTable, type Cause } from './problems.ts'

/** What the page is drawn from. */
export interface CheckView {
  readonly upload: UploadRow
  /** `large`: it is read in the background alone; `slow`: reading it took too long. */
  readonly understanding: Understanding | 'large' | 'slow'
  /** How its sender wants it read; null: as its header says. */
  readonly kind: string | null
  readonly profile: string | null
  readonly profiles: readonly string[]
  /** Bytes up to which a file is shown here. */
  readonly largest: number
}

const rowsShown = 5
const valuesShown = 20

/** The page. */
export function checkPage(shown: CheckView, view: View): Page {
  const { upload, understanding } = shown
  const { check, home } = view.words.counter
  const main = html`<a class="govuk-back-link" href="/bank">${home.title}</a>
<span class="govuk-caption-l tt-break">${breakable(upload.file_name)}</span>
<h1 class="govuk-heading-l">${check.title}</h1>
${understanding === 'large' ? html`<p class="tt-lead">${check.large(sizeText(`${shown.largest}`, view))}</p>${decision(shown, false, view)}${otherWay(shown, true, view)}`
    : understanding === 'slow' ? html`<p class="tt-lead">${check.tooSlow}</p><p class="govuk-body"><a class="govuk-link" href="${sameAddress(view)}">${check.again}</a></p>${decision(shown, false, view)}`
      : understanding.preview === null ? refused(shown, understanding.receipt, view)
        : understood(shown, understanding, understanding.preview, view)}`
  return { title: check.title, main, section: 'files' }
}

function refused(shown: CheckView, receipt: Receipt, view: View): Html {
  const { check } = view.words.counter
  return html`${receipt.refusal === null ? '' : refusalPart(receipt.refusal, receipt.parts, check.refused, view)}
${otherWay(shown, true, view)}
<form method="post" action="/bank/files/${shown.upload.upload_id}/discard"><button class="govuk-button" type="submit">${check.replace}</button></form>`
}

function understood(shown: CheckView, understanding: Understanding, preview: Preview, view: View): Html {
  const { check, problems } = view.words.counter
  const { receipt } = understanding
  return html`<p class="tt-lead">${check.understood(kindText(preview.kind, view))}. ${outcome(receipt, view)}</p>
${receipt.repeats === 0 ? '' : html`<p class="govuk-body">${check.repeatsToo(count(receipt.repeats, view.language))}</p>`}
${decision(shown, receipt.problem_count > 0 && receipt.accepted + receipt.repeats > 0, view)}
${summary(shown, understanding, preview, view)}
${receipt.problems.length === 0 ? '' : html`<section aria-labelledby="causes"><h2 class="govuk-heading-m" id="causes">${problems.title}</h2>${causesTable(causesOf(receipt), receipt, view)}${valuesTable(receipt.problems.slice(0, valuesShown), receipt, view)}</section>`}
${beside(understanding, view)}
${firstRows(preview, receipt, view)}
${columns(preview, view)}
${otherWay(shown, false, view)}`
}

function outcome({ accepted, repeats, problem_count: wrong }: Receipt, view: View): string {
  const { check } = view.words.counter
  const read = count(accepted + repeats, view.language)
  if (wrong === 0) return check.clean(read)
  return accepted + repeats === 0 ? check.allWrong(count(wrong, view.language)) : check.someWrong(read, count(wrong, view.language))
}

/** Both buttons, side by side: handing in takes the reading along that was looked at. */
function decision({ upload, kind, profile }: CheckView, isSomeWrong: boolean, view: View): Html {
  const { check } = view.words.counter
  const path = `/bank/files/${upload.upload_id}`
  return html`<section class="tt-action" aria-labelledby="decide"><h2 class="govuk-heading-m" id="decide">${check.decide}</h2>
${isSomeWrong ? html`<p class="govuk-body">${check.wrongToo}</p>` : ''}
<div class="tt-buttons"><form method="post" action="${path}/hand-in">${hidden('kind', kind ?? '')}${hidden('profile', profile ?? '')}<button class="govuk-button" type="submit">${check.handIn}</button></form><form method="post" action="${path}/discard"><button class="govuk-button govuk-button--secondary" type="submit">${check.discard}</button></form></div>
<p class="govuk-hint tt-drop__note">${check.discardMeans}</p></section>`
}

function summary({ upload }: CheckView, { receipt, sum, controlSum }: Understanding, preview: Preview, view: View): Html {
  const { counter, file, files } = view.words
  const { check } = counter
  const { language } = view
  const number = (value: number): string => count(value, language)
  const stated = controlSum === null ? null : amountText(controlSum, view)
  return html`<section aria-labelledby="summary"><h2 class="govuk-heading-m" id="summary">${check.summary}</h2><dl class="govuk-summary-list">
${summaryRow(check.kind, kindText(preview.kind, view))}
${summaryRow(check.profile, preview.profile === null ? check.profileOwn : leftToRight(preview.profile))}
${summaryRow(files.lines, check.equation(number(receipt.accepted), number(receipt.repeats), number(receipt.problem_count), number(receipt.ignored), number(receipt.lines)))}
${summaryRow(check.statedCount, upload.declared_count === null ? null : check.agrees(count(upload.declared_count, language)))}
${summaryRow(check.sum, sum === null ? null : leftToRight(amountText(sum, view)))}
${summaryRow(check.statedSum, stated === null ? null : receipt.is_control_sum_checked === false ? check.unchecked(stated) : check.agrees(stated))}
${summaryRow(file.readAs, receipt.format === null || receipt.encoding === null ? null : receipt.format === 'csv' ? (receipt.encoding === 'utf-8' ? null : file.encodedText(receipt.encoding)) : receipt.format.toUpperCase())}
${summaryRow(file.sheets, receipt.parts === null ? null : html`<ul class="govuk-list">${receipt.parts.map((part) => html`<li><bdi>${part.name}</bdi>: ${wordFor(file.sheetStatuses, part.status)}${part.hidden_rows === 0 ? '' : ` · ${file.hiddenRows(number(part.hidden_rows))}`}</li>`)}</ul>`)}
${summaryRow(file.size, sizeText(upload.size_bytes, view))}
</dl></section>`
}

/** Grouped digits; sums of files may mix currencies, so none is named. */
function amountText(amount: string, { language }: View): string {
  return exact.formatAmount(exact.amountFromDatabase(amount), 'VND', language)
}

function beside({ differences }: Understanding, view: View): Html | string {
  const { check } = view.words.counter
  const { language } = view
  if (differences === null) return ''
  const { earlier, same, changed, new: added, gone, sum, earlier_sum: before } = differences
  const content = earlier === null ? html`<p class="govuk-body">${check.first}</p>` : html`<p class="govuk-body">${check.besideSentence(isolated(earlier.file_name), localMoment(earlier.recorded_at, language))}
${changed + added + gone === 0 ? html`<strong>${check.besideSame}</strong>` : same + changed === 0 ? check.besideNothing : check.besideCounts(count(same, language), count(changed, language), count(added, language), count(gone, language))}
${sum === null || before === null || sum === before ? '' : check.besideSum(isolated(amountText(before, view)), isolated(amountText(sum, view)))}</p>`
  return html`<section aria-labelledby="beside"><h2 class="govuk-heading-m" id="beside">${check.beside}</h2>${content}</section>`
}

function firstRows({ rows, kind, columns: taken }: Preview, receipt: Receipt, view: View): Html {
  const { check } = view.words.counter
  const names = taken.flatMap(({ column }) => (column === null ? [] : [column]))
  return html`<h2 class="govuk-heading-m" id="rows">${check.rowsTitle}</h2><p class="govuk-body">${check.rowsSentence}</p>
<div class="tt-scroll" tabindex="0" role="region" aria-labelledby="rows"><table class="govuk-table tt-list tt-rows"><caption class="govuk-table__caption govuk-visually-hidden">${check.rowsTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${check.line}</th>${names.map((name) => html`<th scope="col" class="govuk-table__header">${columnTitle(kind, name, view)}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows.slice(0, rowsShown).map(({ line, values, problems }) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${lineText(receipt.parts, line, view)}</th>${names.map((name) => html`<td class="govuk-table__cell ${problems.some(({ column }) => column === name) ? 'tt-wrong' : ''}"><bdi>${values[name] ?? ''}</bdi></td>`)}</tr>`)}</tbody></table></div>`
}

function columns({ columns: taken, kind }: Preview, view: View): Html {
  const { check } = view.words.counter
  return html`<section aria-labelledby="columns"><h2 class="govuk-heading-m" id="columns">${check.columnsTitle}</h2>
${cardTable(check.columnsTitle, [{ label: check.inFile }, { label: check.takenFor }], taken.map(({ header, column, isKnown }) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><bdi>${header}</bdi></th>${cell(check.takenFor, column === null ? (isKnown ? check.leftOutKnown : check.leftOut) : columnText(kind, column, view))}</tr>`))}</section>`
}

/** Another kind, or a saved profile: a question, so that it can be looked at as often as wanted. */
function otherWay({ upload, kind, profile, profiles }: CheckView, isOpen: boolean, view: View): Html {
  const { check, drop } = view.words.counter
  return html`<details class="govuk-details" ${isOpen ? html`open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${check.otherWay}</span></summary><div class="govuk-details__text"><p class="govuk-body">${profiles.length === 0 ? check.otherKindSentence : check.otherWaySentence}</p>
<form method="get" action="/bank/files/${upload.upload_id}/check">
${selectField({ id: 'kind', label: drop.kind, options: kindOptions(view), chosen: kind ?? '', none: drop.kindAuto }, [])}
${profiles.length === 0 ? '' : selectField({ id: 'profile', label: drop.profile, options: profiles.map((name) => ({ value: name, label: name })), chosen: profile ?? '', none: drop.profileNone }, [])}
<button class="govuk-button govuk-button--secondary" type="submit">${check.again}</button></form></div></details>`
}

/** The page as it was asked for. */
function sameAddress({ path, query }: View): string {
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** How often each cause occurs among the problems at hand, the most frequent first. */
function causesOf({ problems }: Receipt): Cause[] {
  const causes = new Map<string, { code: string; column: string | null; counted: number; line: number }>()
  for (const { code, column, line } of problems) {
    const key = `${code} ${column ?? ''}`
    const known = causes.get(key) ?? { code, column, counted: 0, line }
    known.counted += 1
    causes.set(key, known)
  }
  return [...causes.values()].sort((a, b) => b.counted - a.counted || a.line - b.line).map(({ code, column, counted, line }) => ({ code, column, count: `${counted}`, first_line: `${line}` }))
}
