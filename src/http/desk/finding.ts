/** One finding: what happened and what to do in words, the story of the month, what was compared, and the lines it rests on. */
import { html } from 'hono/html'
import { compare } from '../measures/compare.ts'
import { lineText } from '../files/files.ts'
import { evidenceCards, evidenceList, evidenceTable, isTable, otherTables, reasonText, type Naming } from './evidence.ts'
import { storyOf, type StoryEvent } from './story.ts'
import { count, day, masked, money } from '../format.ts'
import { actors, address, inLanguage, isolated, leftToRight, listed, monthOrNone, personOf, schemeName, severityTag, unitName, type Html, type View } from '../view.ts'
import { wordFor } from '../text/index.ts'
import type { FilePart, FindingDetail, SchemeName } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

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
  /** The address of the person's page; null where the finding is about nobody. */
  readonly personAddress: string | null
}

/** Longer raw lines are cut: the file itself keeps them whole. */
const rawTextLength = 4_000

/** The page of one finding. */
export function findingPage(shown: FindingView, view: View): Page {
  const { finding } = shown
  const { words, language } = view
  const title = inLanguage(finding.title, language)
  const { name } = personOf(finding.evidence)
  const main = html`<a class="govuk-back-link" href="${address('/findings', { code: finding.code, unit: finding.unit_code })}">${words.finding.back}</a>
<span class="govuk-caption-l">${words.finding.caption}${finding.subject_kind === 'file' ? html` · <bdi class="tt-break">${finding.subject}</bdi>` : ''}${name === null ? '' : html` · <bdi class="tt-person">${name}</bdi>`}${finding.beneficiary_id === null ? '' : html` · ${masked(finding.beneficiary_id)}`}</span>
<h1 class="govuk-heading-l">${title}</h1>
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${facts(shown, view)}
<h2 class="govuk-heading-m">${words.finding.whatHappened}</h2>
<p class="govuk-body">${inLanguage(finding.explanation, language)}</p>
${amounts(shown, view)}
</div><div class="govuk-grid-column-one-third"><div class="tt-action">
<h2 class="govuk-heading-m">${words.finding.whatToDo}</h2>
<p class="govuk-body">${inLanguage(finding.action, language)}</p>
<p class="govuk-body-s"><strong>${words.finding.who}:</strong> ${actors(finding.actor, view)}</p>
</div></div></div>
${story(shown, view)}
${candidates(shown, view)}
${evidence(shown, view)}
${lines(shown, view)}
<p class="govuk-body-s tt-quiet">${words.finding.identity}: ${leftToRight(finding.finding_id)}</p>`
  return { title, main, section: 'findings' }
}

function facts({ finding, schemes, personAddress }: FindingView, view: View): Html {
  const { words, language } = view
  const row = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  const { name, village } = personOf(finding.evidence)
  const person = name === null ? '' : html`<strong><bdi>${name}</bdi></strong> `
  return html`<dl class="govuk-summary-list">
${row(words.finding.severity, severityTag(finding.severity, view))}
${row(words.finding.stake, html`<strong>${money(finding.amount_at_stake, finding.currency, language)}</strong>`)}
${finding.beneficiary_id === null && name === null ? '' : row(words.finding.beneficiary, html`${person}${finding.beneficiary_id === null ? '' : masked(finding.beneficiary_id)}${personAddress === null ? '' : html`<a class="govuk-link tt-under" href="/persons/${personAddress}">${words.person.link}</a>`}`)}
${village === null ? '' : row(words.finding.village, html`<bdi>${village}</bdi>`)}
${finding.scheme === null ? '' : row(words.finding.scheme, schemeName(schemes, finding.scheme, language))}
${finding.benefit_period === null ? '' : row(words.finding.period, monthOrNone(finding.benefit_period, view))}
${finding.unit_code === null ? '' : row(words.finding.unit, unitName(finding.unit_code, finding.unit_name, view))}
</dl>`
}

/** What was due beside what was credited, for findings about an entitlement. */
function amounts({ finding }: FindingView, view: View): Html | string {
  const comparison = compare(finding.evidence)
  if (comparison === null) return ''
  const { words, language } = view
  const { due, credited, missing, excess } = comparison
  const cell = (label: string, amount: string): Html => html`<div><span class="tt-amounts__label">${label}</span><span class="tt-amounts__value">${money(amount, finding.currency, language)}</span></div>`
  return html`<div class="tt-amounts">${cell(words.finding.due, due)}${cell(words.finding.credited, credited)}${missing === null ? '' : cell(words.finding.missing, missing)}${excess === null ? '' : cell(words.finding.excess, excess)}</div>`
}

function story(shown: FindingView, view: View): Html | string {
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

function candidates({ finding, naming }: FindingView, view: View): Html | string {
  const rows = finding.evidence['candidates']
  if (!isTable(rows)) return ''
  const { words } = view
  return html`<h2 class="govuk-heading-m">${words.finding.candidatesTitle}</h2><p class="govuk-body">${words.finding.candidatesSentence}</p>${evidenceTable(words.evidence.candidates, rows, naming, view, 'govuk-visually-hidden')}`
}

function evidence(shown: FindingView, view: View): Html | string {
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
function sourceLink(row: Readonly<Record<string, unknown>>, { finding, lines }: FindingView, view: View): Html | null {
  const [fileId, lineNumber] = [digitsOf(row['file_id']), digitsOf(row['line'])]
  if (fileId === null || lineNumber === null) return null
  const below = lines.find((one) => one.fileId === fileId && one.line === lineNumber)
  const name = finding.source_rows.find((one) => one.file_id === fileId)?.file_name ?? view.words.file.caption(fileId)
  return html`<a class="govuk-link tt-break" href="${below === undefined ? `/files/${fileId}` : `#${lineIdentity(below)}`}">${view.words.finding.line(isolated(name), lineText(below?.parts ?? null, lineNumber, view))}</a>`
}

function digitsOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function lines({ lines, moreLines }: FindingView, view: View): Html | string {
  if (lines.length === 0) return ''
  const { words, language } = view
  return html`<h2 class="govuk-heading-m">${words.finding.linesTitle}</h2><p class="govuk-body">${words.finding.linesSentence}</p>
<ul class="govuk-list tt-lines">${lines.map((line) => html`<li id="${lineIdentity(line)}"><p class="govuk-body"><a class="govuk-link" href="/files/${line.fileId}">${words.finding.line(isolated(line.fileName), lineText(line.parts, line.line, view))}</a>${line.kind === null ? '' : html` <span class="tt-quiet">(${wordFor(words.files.kinds, line.kind)})</span>`}</p>
${line.text === null ? html`<p class="govuk-inset-text">${words.finding.rawMissing}</p>` : html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.finding.showRaw}<span class="govuk-visually-hidden"> (${words.finding.line(isolated(line.fileName), lineText(line.parts, line.line, view))})</span></span></summary><div class="govuk-details__text"><pre class="tt-raw" dir="ltr" tabindex="0">${line.text.slice(0, rawTextLength)}</pre>${line.text.length > rawTextLength ? words.finding.rawCut : ''}</div></details>`}</li>`)}</ul>
${moreLines === 0 ? '' : html`<p class="govuk-body">${words.finding.moreLines(count(moreLines, language))}</p>`}`
}

function lineIdentity(line: SourceLine): string {
  return `line-${line.fileId}-${line.line}`
}
