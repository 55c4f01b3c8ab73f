/** One file of a bank: how far its reading is, and then what was taken, what is wrong with which line, and what to do now. */
import { html } from 'hono/html'
import type { FileDetail, FileProblem, FileProblemCount } from '../../reports/index.ts'
import type { UploadRow } from '../../uploads/index.ts'
import { breakable } from '../files/files.ts'
import { listLinks } from '../exports/form.ts'
import { count, localMoment } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, leftToRight, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import { kindText, sizeText, stateTag, summaryRow } from './parts.ts'
import { causesTable, refusalPart, valuesTable } from './problems.ts'

/** What the page is drawn from; one of both is there. */
export interface FileView {
  /** Null: the file came by the operator's hand. */
  readonly upload: UploadRow | null
  /** Null: not read yet, or refused before it was a file. */
  readonly file: FileDetail | null
  readonly problems: readonly FileProblem[]
  /** The line after which the problems shown begin; `0` is the beginning. */
  readonly afterLine: string
  readonly nextAfterLine: string | null
  readonly causes: readonly FileProblemCount[]
}

/** The page. */
export function bankFilePage(shown: FileView, view: View): Page {
  const { upload, file } = shown
  const { result } = view.words.counter
  const name = upload?.file_name ?? file?.file_name ?? ''
  const isUnderway = upload !== null && ['received', 'processing'].includes(upload.status)
  const main = html`<a class="govuk-back-link" href="/bank/files">${result.replay}</a>
<span class="govuk-caption-l">${kindText(file?.kind ?? upload?.kind ?? upload?.declared_kind ?? null, view)}</span>
<h1 class="govuk-heading-l tt-break">${breakable(name)}</h1>
${isUnderway ? progress(upload, view) : ended(shown, view)}
${details(shown, view)}`
  return { title: name, main, section: 'files' }
}

/** A bar that a script keeps true; without it the page says to load it again. */
function progress(upload: UploadRow, view: View): Html {
  const { way } = view.words.counter
  return html`<section class="tt-way" data-watch="/bank/files/${upload.upload_id}/state" aria-labelledby="way"><h2 class="govuk-heading-m" id="way">${way.title}</h2>
<p class="govuk-body"><progress class="tt-way__bar" max="${upload.size_bytes}" value="${upload.bytes_read}" aria-label="${way.bar}"></progress></p>
<p class="tt-lead" role="status" data-watch-said>${progressText(upload, view)}</p>
<p class="govuk-body">${way.safe}</p>
<p class="govuk-body">${way.updates}</p></section>`
}

/** How far the reading is, in a sentence. */
export function progressText(upload: UploadRow, view: View): string {
  const { way } = view.words.counter
  return upload.status === 'received' ? way.waiting : way.reading(sizeText(upload.bytes_read, view), sizeText(upload.size_bytes, view), count(upload.lines_read, view.language))
}

function ended(shown: FileView, view: View): Html {
  const { upload, file } = shown
  const { result } = view.words.counter
  const status = file?.status === 'void' ? 'void' : (upload?.status ?? file?.status ?? 'failed')
  if (status === 'draft' && upload !== null) return html`<p class="tt-lead">${result.draft}</p><p class="govuk-body"><a class="govuk-button" href="/bank/files/${upload.upload_id}/check">${result.toCheck}</a></p>`
  if (status === 'discarded') return html`<p class="tt-lead">${result.discarded}</p>${next(result.sendNext, '/bank', view)}`
  if (status === 'void') return html`<p class="tt-lead">${result.void}</p>${next(result.sendNext, '/bank', view)}`
  if (status === 'failed' && upload !== null) return html`<p class="tt-lead">${result.failed}</p><p class="govuk-body">${result.failedNext}</p><p class="govuk-body">${result.code}: <code class="tt-break" dir="ltr">${upload.upload_id}</code></p>`
  const refusal = file?.refusal ?? upload?.refusal ?? null
  if (status === 'refused') return html`${refusal === null ? html`<p class="tt-lead">${result.refused}</p>` : refusalPart({ ...refusal, line: numberOf(refusal.line), column: refusal.column ?? null, raw: refusal.raw ?? null } as Parameters<typeof refusalPart>[0], file?.parts ?? null, result.refused, view)}${next(result.sendAnother, correctionAddress(shown), view)}`
  return file === null ? html`` : sealed(shown, file, view)
}

function numberOf(line: string | number | null | undefined): number | null {
  return line === null || line === undefined ? null : parseInt(`${line}`, 10)
}

function sealed(shown: FileView, file: FileDetail, view: View): Html {
  const { upload } = shown
  const { counter } = view.words
  const { result } = counter
  const { language } = view
  const wrong = file.problem_count
  const accepted = count(file.accepted_count, language)
  const lead = wrong !== '0' ? result.sealedWrong(accepted, count(wrong, language)) : file.accepted_count === '0' ? result.sealedNothing : result.sealed(accepted)
  return html`${upload?.is_repeat === true ? html`<div class="tt-notice"><p class="govuk-body">${file.sealed_at === null ? result.repeatPlain : result.repeat(localMoment(file.sealed_at, language))}</p></div>` : ''}
<p class="tt-lead">${lead}</p>
${wrong === '0' ? next(result.sendNext, '/bank', view) : whatToDo(shown, view)}
${shown.causes.length === 0 ? '' : problemsPart(shown, file, view)}`
}

function whatToDo(shown: FileView, view: View): Html {
  const { result } = view.words.counter
  const path = pathOf(shown)
  return html`<section class="tt-action" aria-labelledby="todo"><h2 class="govuk-heading-m" id="todo">${result.nextTitle}</h2>
<ol class="govuk-list tt-numbered">${result.steps.map((step) => html`<li>${step}</li>`)}</ol>
<div class="tt-buttons"><a class="govuk-button" href="${path}/corrections">${result.takeWrong}</a><a class="govuk-button govuk-button--secondary" href="${correctionAddress(shown)}">${result.sendCorrected}</a></div>
<p class="govuk-body-s"><a class="govuk-link" href="${path}/annotated">${result.takeAll}</a></p></section>`
}

function problemsPart(shown: FileView, file: FileDetail, view: View): Html {
  const { counter: { problems }, file: words } = view.words
  const path = pathOf(shown)
  return html`<section aria-labelledby="problems"><h2 class="govuk-heading-m" id="problems">${problems.title}</h2>
${shown.afterLine === '0' ? causesTable(shown.causes, file, view) : ''}
${valuesTable(shown.problems, file, view)}
${shown.afterLine === '0' && shown.nextAfterLine === null ? '' : html`<nav class="tt-pages" aria-label="${words.pages}"><ul>${shown.afterLine === '0' ? '' : html`<li><a class="govuk-link" href="${path}#problems">${words.first}</a></li>`}${shown.nextAfterLine === null ? '' : html`<li><a class="govuk-link tt-next" rel="next" href="${address(path, { after: shown.nextAfterLine })}#problems">${words.next}</a></li>`}</ul></nav>`}
${listLinks(`${path}/problems`, {}, false, view)}</section>`
}

function next(text: string, href: string, view: View): Html {
  const { nextTitle } = view.words.counter.result
  return html`<nav class="tt-buttons" aria-label="${nextTitle}"><a class="govuk-button govuk-button--secondary" href="${href}">${text}</a></nav>`
}

/** To the form, with what was said of this file's reading. */
function correctionAddress({ upload, file }: FileView): string {
  return address('/bank', { corrected: '1', kind: file?.kind === undefined || file.kind === 'unknown' ? upload?.declared_kind : file.kind, profile: upload?.declared_profile })
}

function pathOf({ upload, file }: FileView): string {
  return `/bank/files/${upload?.upload_id ?? file?.file_id ?? ''}`
}

function details(shown: FileView, view: View): Html {
  const { upload, file } = shown
  const { counter, file: fileWords, files } = view.words
  const { result, acknowledgement } = counter
  const { language } = view
  const number = (digits: string): string => count(digits, language)
  const moment = (instant: string | null | undefined): string | null => (instant === null || instant === undefined ? null : localMoment(instant, language))
  const isRead = file !== null && file.status !== 'refused'
  return html`<section aria-labelledby="details"><h2 class="govuk-heading-m" id="details">${counter.check.summary}</h2><dl class="govuk-summary-list">
${summaryRow(files.status, stateTag((file?.status === 'void' ? 'void' : (upload?.status ?? file?.status ?? 'failed')) as Parameters<typeof stateTag>[0], view))}
${summaryRow(result.handedIn, moment(upload?.received_at ?? file?.recorded_at))}
${summaryRow(result.finished, moment(upload?.finished_at ?? file?.sealed_at))}
${summaryRow(result.channel, wordFor(result.channels.names, upload?.channel ?? 'operator'))}
${isRead ? summaryRow(files.lines, fileWords.equation(number(file.accepted_count), number(file.repeat_count), number(file.problem_count), number(file.ignored_count), number(file.line_count))) : ''}
${summaryRow(acknowledgement.sum, file?.control_sum === null || file === null ? null : leftToRight(number(file.control_sum)))}
${summaryRow(fileWords.size, sizeText(upload?.size_bytes ?? file?.size_bytes ?? '0', view))}
${summaryRow(fileWords.fingerprint, html`<code class="tt-hash" dir="ltr">${upload?.sha256 ?? file?.sha256 ?? ''}</code>`)}
${summaryRow(result.code, html`<code class="tt-hash" dir="ltr">${upload?.upload_id ?? file?.file_id ?? ''}</code>`)}
</dl>
${isAcknowledged(shown) ? html`<p class="govuk-body"><a class="govuk-link" href="${pathOf(shown)}/acknowledgement">${result.acknowledgement}</a></p>` : ''}</section>`
}

/** Whether the file was handed in at all: a draft is nobody's word. */
export function isAcknowledged({ upload, file }: Pick<FileView, 'upload' | 'file'>): boolean {
  return upload === null ? file !== null : !['draft', 'discarded'].includes(upload.status)
}
