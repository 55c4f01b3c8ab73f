/** The page of the trail: who did what, when and why, in a sentence each, and whether the chain is whole. */
import { html } from 'hono/html'
import { refusalSentence } from '../../core/index.ts'
import type { ChainState, TrailFault, TrailFilter, TrailReport, TrailRow } from '../../trail/index.ts'
import { listLinks } from '../exports/form.ts'
import { count, day, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { selectField, textField } from '../page-parts/form-fields.ts'
import { wordFor } from '../text/index.ts'
import { address, isolated, listed, type Html, type View } from '../view.ts'

/** What the page is drawn from. */
export interface TrailView {
  readonly rows: readonly TrailRow[]
  /** The entry before which the next page begins; null: there is none. */
  readonly next: string | null
  readonly isBeginning: boolean
  readonly filter: TrailFilter
  readonly state: ChainState
}

/** The page. */
export function trailPage({ rows, next, isBeginning, filter, state }: TrailView, view: View): Page {
  const { trail: words } = view.words
  const narrowed = { ...filter }
  const main = html`<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${words.lead}</p>
${chainPart(state, view)}
${filterForm(filter, view)}
${rows.length === 0 ? html`<p class="govuk-body">${words.empty}</p>` : html`<ol class="tt-findings" aria-label="${words.list}">${rows.map((row) => entry(row, narrowed, view))}</ol>`}
${isBeginning && next === null ? '' : html`<nav class="tt-pages" aria-label="${words.pages}"><ul>${isBeginning ? '' : html`<li><a class="govuk-link" href="${address('/trail', narrowed)}">${words.newest}</a></li>`}${next === null ? '' : html`<li><a class="govuk-link tt-next" rel="next" href="${address('/trail', { ...narrowed, before: next })}">${words.older}</a></li>`}</ul></nav>`}
${listLinks('/trail', narrowed, false, view)}`
  return { title: words.title, main, section: 'nights', nightPage: 'trail' }
}

function chainPart({ entries, head }: ChainState, view: View): Html {
  const { trail: words } = view.words
  const { language } = view
  return html`<section aria-labelledby="chain"><h2 class="govuk-heading-s" id="chain">${words.chainTitle}</h2>
<p class="govuk-body">${words.chain(count(entries, language))} ${head === null ? words.unsigned : words.signed(localMoment(head.made_at, language), count(head.sequence_number, language))}</p>
<form method="post" action="/trail/check"><button class="govuk-button govuk-button--secondary" type="submit">${words.check}</button><p class="govuk-body-s tt-screen"><bdi>${words.checkHint}</bdi></p></form></section>`
}

function filterForm(filter: TrailFilter, view: View): Html {
  const { trail: words } = view.words
  const kinds = Object.entries(view.words.many.exports.kinds).map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label, view.language))
  const isAny = Object.values(filter).some((value) => value !== undefined)
  const { from, to, kind, who, unit, about } = filter
  return html`<form method="get" action="/trail" class="tt-filter" role="search" aria-label="${words.filter}">
${textField({ id: 'from', label: words.from, type: 'date', value: from ?? '' }, [])}
${textField({ id: 'to', label: words.to, type: 'date', value: to ?? '' }, [])}
${textField({ id: 'who', label: words.who, value: who ?? '', maxlength: 100 }, [])}
${selectField({ id: 'kind', label: words.kind, options: kinds, chosen: kind ?? '', none: words.all }, [])}
${textField({ id: 'unit', label: words.unit, value: unit ?? '', maxlength: 40, isLeftToRight: true }, [])}
${textField({ id: 'about', label: `${words.about} (${words.aboutHint})`, value: about ?? '', maxlength: 100, isLeftToRight: true }, [])}
<div class="tt-filter__actions"><button class="govuk-button" type="submit">${words.apply}</button>${isAny ? html`<a class="govuk-link" href="/trail">${words.reset}</a>` : ''}</div></form>`
}

function entry(row: TrailRow, filter: TrailFilter, view: View): Html {
  const { trail: words } = view.words
  const about = aboutOf(row, view)
  const details = detailsOf(row, view)
  return html`<li class="tt-finding"><div class="tt-finding__body"><div class="tt-finding__head"><h2 class="govuk-heading-s">${whoOf(row, filter, view)}: ${whatOf(row, view)}${about === null ? '' : html` – ${about}`}</h2></div>
${details.length === 0 ? '' : html`<p class="tt-finding__facts">${listed(details, view)}</p>`}
${row.reason === null ? '' : html`<p class="govuk-body-s"><bdi>${words.because(reasonText(row.kind, row.reason, view))}</bdi></p>`}
<p class="tt-finding__progress">${localMoment(row.happened_at, view.language)} · ${words.entry(row.entry_id)}</p></div></li>`
}

function whoOf(row: TrailRow, filter: TrailFilter, { words }: View): Html | string {
  if (row.staff_id === null) return row.kind === 'sign_in_failed' ? words.trail.unknown : words.trail.system
  return html`<a class="govuk-link" href="${address('/trail', { ...filter, staff: row.staff_id })}"><bdi>${row.display_name ?? row.staff_id}</bdi><span class="govuk-visually-hidden"> (${words.trail.onlyThis})</span></a>`
}

/** An act on a case is called by what was done. */
function whatOf({ kind, details }: TrailRow, { words }: View): string {
  const act = details?.['act']
  return kind === 'case_acted' && typeof act === 'string' ? wordFor(words.desk.events, act) : wordFor(words.many.exports.kinds, kind)
}

function aboutOf({ subject, subject_name: name }: TrailRow, { words, reader }: View): Html | string | null {
  if (name !== null) return html`<bdi>${name}</bdi>`
  if (subject === null) return null
  const { about_: names } = words.trail
  const [word = '', id = ''] = subject.split(' ')
  if (word === 'case' && /^[0-9a-f]{32}$/.test(id)) return reader?.roles.includes('auditor') === true ? html`<a class="govuk-link" href="/cases/${id}">${names.case} ${isolated(id.slice(0, 8))}</a>` : `${names.case} ${isolated(id.slice(0, 8))}`
  if (word === 'file' && /^\d{1,18}$/.test(id)) return html`<a class="govuk-link" href="/files/${id}">${names.file(id)}</a>`
  if (word === 'run' || word === 'key') return names[word](id)
  if (subject === 'queue' || subject === 'files' || subject === 'trail' || subject === 'administration') return names[subject]
  return html`<bdi>${subject}</bdi>`
}

/** What of an entry's details people read; the list to take away has all. */
function detailsOf({ kind, details }: TrailRow, view: View): string[] {
  if (details === null) return []
  const { trail: words, files } = view.words
  const text = (name: string): string | null => (typeof details[name] === 'string' || typeof details[name] === 'number' ? `${details[name]}` : null)
  const format = text('format')
  const parts = [
    kind !== 'exported' || format === null ? null : text('count') === null ? format : words.exported(count(text('count') ?? '', view.language), format),
    kind === 'exported' && text('numbers') === 'whole' ? words.exportedWhole : null,
    text('events') === null ? null : words.events(count(text('events') ?? '', view.language)),
    text('as_of') === null ? null : words.asOf(day(text('as_of') ?? '', view.language)),
    kind.startsWith('file_') && text('kind') !== null ? wordFor(files.kinds, text('kind') ?? '') : null,
    kind.startsWith('file_') ? text('source') : null,
  ]
  return parts.filter((part) => part !== null)
}

/** Reasons that people chose from a list, and why a file was refused; others are shown as they were written. */
function reasonText(kind: string, reason: string, { words, language }: View): string {
  const chosen: Readonly<Record<string, string>> = { ...words.many.exports.reasons, ...words.desk.case.reasons }
  return (kind === 'file_refused' ? refusalSentence(reason, language) : chosen[reason]) ?? reason
}

/** What a look at the last day found. */
export function checkedPage(report: TrailReport, from: string, view: View): Page {
  const { trail: words } = view.words
  const main = html`<a class="govuk-back-link" href="/trail">${words.title}</a>
${report.fault === null ? wholePart(report, from, view) : brokenPart(report.fault, view)}`
  return { title: report.fault === null ? words.chainTitle : words.broken, main, section: 'nights', nightPage: 'trail' }
}

function wholePart({ entries }: TrailReport, from: string, { words, language }: View): Html {
  const isNothing = BigInt(from) > BigInt(entries)
  return html`<h1 class="govuk-heading-l">${words.trail.chainTitle}</h1>
<div class="tt-notice" role="status"><p class="govuk-body">${isNothing ? words.trail.nothingNew : words.trail.whole(count(from, language), count(entries, language))}</p></div>
<p class="govuk-body"><bdi>${words.trail.checkHint}</bdi></p>`
}

function brokenPart({ kind, sequence_number: number }: TrailFault, { words, language }: View): Html {
  const { trail } = words
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1"><h1 class="govuk-error-summary__title">${trail.broken}</h1><div class="govuk-error-summary__body"><p class="govuk-body">${trail.faults[kind]}${number === null ? '' : ` ${trail.brokenAt(count(number, language))}.`}</p><p class="govuk-body">${trail.brokenNext}</p></div></div>`
}
