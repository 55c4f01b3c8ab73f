/** The parts of a case that come from its finding: the amounts, the story of the month, candidates, what was compared, and the lines it rests on. */
import { html } from 'hono/html'
import { compare } from '../measures/compare.ts'
import { lineText } from '../files/files.ts'
import { evidenceCards, evidenceList, evidenceTable, isTable, otherTables, reasonText, type Naming } from './evidence.ts'
import { storyOf, type StoryEvent } from './story.ts'
import { count, day, masked, money } from '../format.ts'
import { isolated, listed, type Html, type View } from '../view.ts'
import { wordFor } from '../text/index.ts'
import type { FilePart, FindingDetail, SchemeName } from '../../reports/index.ts'

/** A line as it stands in its file; text null: it could not be read. */
export interface SourceLine {
  readonly fileId: string
  readonly fileName: string
  readonly kind: string | null
  readonly line: string
  readonly text: string | null
  /** The sheets of its file; null when it has none. */
  readonly parts: readonly FilePart[] | null
}

/** What the page is drawn from. */
export interface FindingView {
  readonly finding: FindingDetail
  readonly asOf: string
  readonly lines: readonly SourceLine[]
  /** Lines that the finding rests on and that are not among `lines`, because there are too many to show. */
  readonly moreLines: number
  readonly schemes: readonly SchemeName[]
  readonly naming: Naming
  /** Whether the reader asked to see numbers and lines in full, and said why. */
  readonly isRevealed: boolean
  /** Whether the files that lines stand in are the reader's to open. */
  readonly canOpenFiles: boolean
}

/** Longer raw lines are cut: the file itself keeps them whole. */
const rawTextLength = 4_000

/** What was due beside what was credited, for findings about an entitlement. */
export function amountsOf({ finding }: FindingView, view: View): Html | string {
  const comparison = compare(finding.evidence)
  if (comparison === null) return ''
  const { words, language } = view
  const { due, credited, missing, excess } = comparison
  const cell = (label: string, amount: string): Html => html`<div><span class="tt-amounts__label">${label}</span><span class="tt-amounts__value">${money(amount, finding.currency, language)}</span></div>`
  return html`<div class="tt-amounts">${cell(words.finding.due, due)}${cell(words.finding.credited, credited)}${missing === null ? '' : cell(words.finding.missing, missing)}${excess === null ? '' : cell(words.finding.excess, excess)}</div>`
}

/** What happened to the money of that month, day by day. */
export function monthStory(shown: FindingView, view: View): Html | string {
  const { words } = view
  const events = storyOf(shown.finding.evidence, shown.asOf)
  if (events.length < 2) return ''
  const isQuiet = events.every((event) => event.kind === 'due' || event.kind === 'as_of')
  return html`<h2 class="govuk-heading-m">${words.finding.storyTitle}</h2>
<p class="govuk-body">${isQuiet ? words.finding.storyEmpty : words.finding.storySentence}</p>
<ol class="tt-story">${events.map((event) => storyItem(event, shown, view))}</ol>`
}

function storyItem(event: StoryEvent, { finding, lines, naming }: FindingView, view: View): Html {
  const { words, language } = view
  const details = [
    event.account === null ? null : words.finding.toAccount(masked(event.account)),
    event.agent === null ? null : words.finding.atBank(isolated(naming.banks.get(event.agent) ?? event.agent)),
    event.reasonCode === null ? null : words.finding.reason(isolated(`${reasonText(event.reasonCode, naming, view)} (${event.reasonCode})`)),
    event.reasonText === null ? null : isolated(`“${event.reasonText}”`),
  ].filter((detail) => detail !== null)
  const source = lines.find((line) => line.fileId === event.source?.fileId && line.line === event.source.line)
  return html`<li class="tt-story__event tt-story__event--${event.kind}"><span class="tt-story__day">${day(event.day, language)}</span>
<span><strong>${wordFor(words.finding.events, event.kind)}</strong>${event.amount === null ? '' : html` <span class="tt-amount">${money(event.amount, finding.currency, language)}</span>`}${details.length === 0 ? '' : html`<span class="tt-story__details">${listed(details, view)}</span>`}${source === undefined ? '' : html`<a class="govuk-link tt-story__source" href="#${lineIdentity(source)}">${words.finding.line(isolated(source.fileName), lineText(source.parts, source.line, view))}</a>`}</span></li>`
}

/** Those a payment could have been for. */
export function candidatesOf({ finding, naming }: FindingView, view: View): Html | string {
  const rows = finding.evidence['candidates']
  if (!isTable(rows)) return ''
  const { words } = view
  return html`<h2 class="govuk-heading-m">${words.finding.candidatesTitle}</h2><p class="govuk-body">${words.finding.candidatesSentence}</p>${evidenceTable(words.evidence.candidates, rows, naming, view, 'govuk-visually-hidden')}`
}

/** What was compared. */
export function evidenceOf(shown: FindingView, view: View): Html | string {
  const { finding, naming } = shown
  const { words } = view
  const { lines: listed, payments, reports, statements } = finding.evidence
  const cards = (caption: string, rows: unknown): Html | string => (isTable(rows) ? evidenceCards(caption, rows, naming, view, (row) => sourceLink(row, shown, view)) : '')
  return html`<h2 class="govuk-heading-m">${words.finding.evidenceTitle}</h2><p class="govuk-body">${words.finding.evidenceSentence}</p>
${evidenceList(finding.evidence, naming, view)}
${isTable(listed) ? evidenceTable(words.evidence.lines, listed, naming, view) : ''}
${cards(words.evidence.statements, statements)}
${cards(words.evidence.reports, reports)}
${cards(words.evidence.payments, payments)}
${otherTables(finding.evidence, naming, view)}`
}

/** The file and line that some evidence names, leading to the line below, or to its file where it is not among those shown. */
function sourceLink(row: Readonly<Record<string, unknown>>, { finding, lines, canOpenFiles }: FindingView, view: View): Html | null {
  const [fileId, lineNumber] = [digitsOf(row['file_id']), digitsOf(row['line'])]
  if (fileId === null || lineNumber === null) return null
  const below = lines.find((one) => one.fileId === fileId && one.line === lineNumber)
  const name = finding.source_rows.find((one) => one.file_id === fileId)?.file_name ?? view.words.file.caption(fileId)
  const text = view.words.finding.line(isolated(name), lineText(below?.parts ?? null, lineNumber, view))
  if (below === undefined && !canOpenFiles) return html`${text}`
  return html`<a class="govuk-link tt-break" href="${below === undefined ? `/files/${fileId}` : `#${lineIdentity(below)}`}">${text}</a>`
}

function digitsOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** The lines that say so: which they are, and as they stand in their files once the reader has said why. */
export function linesOf({ lines, moreLines, isRevealed, canOpenFiles }: FindingView, view: View): Html | string {
  if (lines.length === 0) return ''
  const { words, language } = view
  return html`<h2 class="govuk-heading-m">${words.finding.linesTitle}</h2><p class="govuk-body">${words.finding.linesSentence}</p>
<ul class="govuk-list tt-lines">${lines.map((line) => html`<li id="${lineIdentity(line)}"><p class="govuk-body">${placeOf(line, canOpenFiles, view)}${line.kind === null ? '' : html` <span class="tt-quiet">(${wordFor(words.files.kinds, line.kind)})</span>`}</p>
${!isRevealed ? '' : line.text === null ? html`<p class="govuk-inset-text">${words.finding.rawMissing}</p>` : html`<pre class="tt-raw" dir="ltr" tabindex="0">${line.text.slice(0, rawTextLength)}</pre>${line.text.length > rawTextLength ? words.finding.rawCut : ''}`}</li>`)}</ul>
${moreLines === 0 ? '' : html`<p class="govuk-body">${words.finding.moreLines(count(moreLines, language))}</p>`}`
}

function placeOf(line: SourceLine, canOpenFiles: boolean, view: View): Html {
  const text = view.words.finding.line(isolated(line.fileName), lineText(line.parts, line.line, view))
  return canOpenFiles ? html`<a class="govuk-link" href="/files/${line.fileId}">${text}</a>` : html`${text}`
}

function lineIdentity(line: SourceLine): string {
  return `line-${line.fileId}-${line.line}`
}
