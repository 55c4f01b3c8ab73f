/** One month of a place: does it close, what is missing before it can be signed, who did which step, and what differs since. */
import { html } from 'hono/html'
import { money as amounts, type Reader } from '../../core/index.ts'
import { differencesBetween, faultOfAct, fileChanges, periodSteps, possiblePeriodActs, totalsOf, type AbsentApprover, type Content, type Figures, type PeriodAct, type PeriodEvent, type PeriodFacts, type Standing } from '../../periods/index.ts'
import type { SchemeName } from '../../reports/index.ts'
import { bridgeSections, outcomesSection, type ResultsView } from '../dashboard/results.ts'
import { count, day, localMoment, money, month, sums } from '../format.ts'
import type { Page } from '../layout.ts'
import { noticeLine } from '../administration/people.ts'
import { figure, figuresRow, figuresTable, words as wordCell } from '../page-parts/cells.ts'
import { wordFor } from '../text/index.ts'
import { address, inLanguage, listed, schemeName, type Html, type View } from '../view.ts'
import { addAll } from '../dashboard/totals.ts'
import { stateTags } from './list.ts'
import { differenceName } from './minutes-document.ts'
import { periodAddress, placeWords, type PeriodPlace } from './place.ts'

/** What the page is drawn from. */
export interface PeriodView {
  readonly place: PeriodPlace
  readonly standing: Standing
  readonly facts: PeriodFacts
  /** The figures that were signed last; null: nothing is signed. */
  readonly signed: Content | null
  /** Those that the published result rests on; empty where nothing is compared. */
  readonly files: readonly { readonly sha256: string }[]
  /** How many files came after the published run. */
  readonly waitingFiles: string
  readonly schemes: readonly SchemeName[]
  readonly titles: ReadonlyMap<string, Readonly<Record<View['language'], string>>>
  readonly isDone: boolean
  /** In whose place the reader may approve. */
  readonly absent: readonly AbsentApprover[]
}

/** The page. */
export function periodPage(shown: PeriodView, view: View, reader: Reader): Page {
  const { periods: words } = view.words
  const { language } = view
  const { standing, facts, place } = shown
  const title = words.periodTitle(month(standing.key.benefitPeriod, language))
  const results = resultsOf(facts, standing)
  const main = html`<a class="govuk-back-link" href="${address('/periods', { unit: place.unitCode === (reader.unitCode ?? null) ? null : place.unitCode })}">${words.title}</a>
${shown.isDone ? noticeLine(words.doneTitle) : ''}
<span class="govuk-caption-l">${placeWords(place, view)} · ${view.words.overview.asOf(day(facts.run.as_of, language))}</span>
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${stateTags(standing.state, standing.differs, view)}</p>
${progress(standing, view)}
${changedPart(shown, view)}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${standing.state === 'signed' || standing.state === 'reopen_asked' ? '' : readyPart(shown, view)}</div>
<div class="govuk-grid-column-one-third">${nextPart(shown, view, reader)}</div></div>
${bridgeSections(results, view)}
${outcomesSection(results, view)}
${minutesPart(standing, view)}
${historyPart(standing, view)}`
  return { title, main, section: 'period', periodPage: 'periods' }
}

function resultsOf({ figures, open_cases: open }: PeriodFacts, { key }: Standing): ResultsView {
  const benefitPeriod = key.benefitPeriod
  return {
    bridge: figures.bridge.map((cell) => ({ ...cell, benefit_period: benefitPeriod })), outcomes: figures.outcomes.map((cell) => ({ ...cell, benefit_period: benefitPeriod, count: `${cell.count}` })), findings: [],
    open: { count: open.reduce((sum, one) => sum + one.count, 0), amounts: addAll(open, 'amount_at_stake') },
    filter: { benefitPeriod, unit: key.unitCode ?? undefined },
  }
}

function progress({ state, round }: Standing, view: View): Html {
  const { periods: words } = view.words
  const isVoid = state === 'void'
  const at = isVoid ? 0 : round.length
  return html`<ol class="tt-steps" aria-label="${words.progress}">${periodSteps.map((step, index) => html`<li class="tt-steps__one ${index < at ? 'tt-steps__one--done' : index === at ? 'tt-steps__one--now' : ''}" ${index === at ? html`aria-current="step"` : ''}>${words.stepNames[step]}<span class="tt-under">${isVoid || round[index] === undefined ? words.notYet : html`${actorOf(round[index], view)}<br>${localMoment(round[index].happened_at, view.language)}`}</span></li>`)}</ol>`
}

/** What is other than what was signed, or than what the first person received. */
function changedPart(shown: PeriodView, view: View): Html | string {
  const { periods: words } = view.words
  const { standing, facts, signed } = shown
  if (standing.differs === true && signed !== null && standing.signed[0] !== undefined) {
    return html`<section class="tt-action" aria-labelledby="differs"><h2 class="govuk-heading-m" id="differs">${words.differenceTitle}</h2><p class="govuk-body">${words.differsLong} ${words.differenceSince(words.version(`${standing.signed[0].version_number}`))}.</p>${differenceTable(signed.figures, facts.figures, shown, view)}${filesChanged(signed, shown, view)}</section>`
  }
  if (standing.state !== 'void' || standing.content === null) return ''
  return html`<section class="tt-action" aria-labelledby="void"><h2 class="govuk-heading-m" id="void">${words.voidTitle}</h2>${differenceTable(standing.content.figures, facts.figures, shown, view)}${filesChanged(standing.content, shown, view)}</section>`
}

/** How many files came and went since. */
function filesChanged(before: Content, { files }: PeriodView, view: View): Html {
  const { files_added: added, files_removed: removed } = fileChanges(before.files, files)
  return html`<p class="govuk-body">${view.words.periods.filesChanged(count(added.length, view.language), count(removed.length, view.language))}</p>`
}

/** Figures that differ; where none does, it is that a file was withdrawn. */
export function differenceTable(before: Figures, after: Figures, { schemes, titles }: Pick<PeriodView, 'schemes' | 'titles'>, view: View): Html {
  const { periods: words } = view.words
  const { language } = view
  const rows = differencesBetween(before, after)
  if (rows.length === 0) return html`<p class="govuk-body">${words.differenceOnlyFiles}</p>`
  const columns = [{ label: words.figure }, { label: view.words.overview.scheme }, ...[words.before, words.now, words.change].map((label) => ({ label, isNumber: true }))]
  const findingName = (code: string): string => { const title = titles.get(code); return title === undefined ? code : inLanguage(title, language) }
  return figuresTable(words.differenceTitle, columns, rows.map((row) => {
    const counted = (number: number | null): Html | string => number === null ? '' : row.part === 'class' ? words.people(count(number, language)) : words.casesCounted(count(number, language))
    const difference = amounts.subtract(row.to_amount, row.from_amount)
    return figuresRow(differenceName(row, view, findingName), [
      wordCell(view.words.overview.scheme, row.scheme === null ? view.words.notStated : schemeName(schemes, row.scheme, language)),
      figure(words.before, money(row.from_amount, row.currency, language), counted(row.from_count)), figure(words.now, money(row.to_amount, row.currency, language), counted(row.to_count)),
      figure(words.change, `${amounts.compare(difference, amounts.zero) > 0 ? '+' : ''}${money(difference, row.currency, language)}`),
    ])
  }))
}

interface Check {
  readonly level: 'okay' | 'blocked' | 'attention'
  readonly said: Html | string
}

/** Everything that is looked at before the month is signed, each with a word for how it stands. */
function readyPart({ facts, standing, waitingFiles }: PeriodView, view: View): Html {
  const { periods: words, files } = view.words
  const { language } = view
  const totals = totalsOf(facts.figures)
  const cases = facts.open_cases.reduce((sum, one) => sum + one.count, 0)
  const early = facts.figures.outcomes.filter((one) => one.class === 'not_due' || one.class === 'in_transit')
  const earlyCount = early.reduce((sum, one) => sum + one.count, 0)
  const bothSides = totals.map((one) => money(amounts.add(one.due, one.beyond), one.currency, language))
  const checks: Check[] = [
    facts.broken_cell === null ? { level: 'okay', said: words.ready.bridge(listed(bothSides, view)) } : { level: 'blocked', said: words.ready.broken(facts.broken_cell) },
    ...(facts.missing_files.length === 0 ? [{ level: 'okay', said: words.ready.files } as const] : facts.missing_files.map((file): Check => ({ level: 'blocked', said: words.ready.missing(file.source, wordFor(files.kinds, file.kind), day(file.deadline_date, language)) }))),
    ...(waitingFiles === '0' ? [] : [{ level: 'attention', said: words.ready.waiting(count(waitingFiles, language)) } as const]),
    cases === 0 ? { level: 'okay', said: words.ready.noCases } : { level: 'attention', said: html`<a class="govuk-link" href="${address('/queue', { period: standing.key.benefitPeriod, unit: standing.key.unitCode })}">${words.ready.cases(count(cases, language), sums(addAll(facts.open_cases, 'amount_at_stake'), language))}</a>` },
    ...(earlyCount === 0 ? [] : [{ level: 'attention', said: words.ready.early(count(earlyCount, language), sums(addAll(early, 'due'), language)) } as const]),
  ]
  const tone = { okay: 'i', blocked: 'h', attention: 'm' }
  return html`<section aria-labelledby="ready"><h2 class="govuk-heading-m" id="ready">${words.readyTitle}</h2><ul class="govuk-list tt-checks">${checks.map(({ level, said }) => html`<li><strong class="govuk-tag tt-tag tt-tag--${tone[level]}">${words[level]}</strong> <span>${said}</span></li>`)}</ul></section>`
}

const nextAct: Readonly<Partial<Record<Standing['state'], 'prepare' | 'appraise' | 'approve' | 'issue' | 'reopen'>>> = { open: 'prepare', void: 'prepare', reopened: 'prepare', prepared: 'appraise', appraised: 'approve', approved: 'issue', reopen_asked: 'reopen' }
const quietActs: ReadonlySet<PeriodAct> = new Set(['sendBack', 'askReopen', 'refuseReopen'])

/** What this reader can do now; else whom the month waits for. */
function nextPart({ standing, absent }: PeriodView, view: View, reader: Reader): Html {
  const { periods: words } = view.words
  const acts = possiblePeriodActs(standing, reader, absent)
  const next = nextAct[standing.state]
  const own = next === undefined ? null : faultOfAct(next, standing, reader, absent)
  return html`<div class="tt-action tt-screen"><h2 class="govuk-heading-m">${words.nextTitle}</h2>
${next !== undefined && !acts.includes(next) ? html`<p class="govuk-body">${words.waitsFor(words.waitingRoles[next])}${own === 'own_step' ? html` ${words.ownStep}` : own === 'own_wish' ? html` ${words.errors.own_wish}` : ''}</p>` : ''}
${acts.length === 0 && next === undefined ? html`<p class="govuk-body">${words.nothingToDo}</p>` : ''}
<p class="tt-buttons">${acts.map((act) => html`<a class="govuk-button ${quietActs.has(act) ? 'govuk-button--secondary' : ''}" role="button" draggable="false" href="${periodAddress(standing.key, view, `/acts/${act}`)}">${words.acts[act]}</a>`)}</p></div>`
}

function minutesPart({ signed, content, key }: Standing, view: View): Html {
  const { periods: words } = view.words
  const link = (path: string, text: string, version: number): Html => html`<a class="govuk-link" href="${periodAddress(key, view, path, { version: `${version}` })}">${text}</a>`
  return html`<section aria-labelledby="minutes"><h2 class="govuk-heading-m" id="minutes">${words.minutesTitle}</h2>
${signed.length === 0 ? html`<p class="govuk-body">${words.noMinutes}</p>` : html`<p class="govuk-body">${words.verifyNote}</p>`}
${content !== null && signed[0]?.version_number !== content.version_number ? html`<p class="govuk-body"><a class="govuk-link" href="${periodAddress(key, view, '/minutes')}">${words.draftLink}</a></p>` : ''}
${signed.map((one) => html`<h3 class="govuk-heading-s">${words.minutesOf(`${one.version_number}`, localMoment(one.issued_at, view.language))}</h3>
<p class="govuk-body">${link('/minutes', words.openPage, one.version_number)} · ${link('/minutes-vi.pdf', words.pdfVi, one.version_number)} · ${link('/minutes-en.pdf', words.pdfEn, one.version_number)} · ${link('/minutes.json', words.json, one.version_number)} · ${link('/files.csv', words.filesCsv, one.version_number)} · ${link('/evidence.zip', words.bundle, one.version_number)}</p>
<p class="govuk-body-s tt-quiet tt-break" dir="ltr">SHA-256 ${one.sha256} · ${one.key_id}</p>`)}</section>`
}

function historyPart({ events }: Standing, view: View): Html {
  const { periods: words } = view.words
  return html`<section aria-labelledby="history"><h2 class="govuk-heading-m" id="history">${words.history}</h2>
${events.length === 0 ? html`<p class="govuk-body">${words.historyEmpty}</p>` : html`<ol class="tt-story">${events.toReversed().map((event) => html`<li class="tt-story__event"><span class="tt-story__day">${localMoment(event.happened_at, view.language)}</span><span><strong>${words.events[event.kind]}</strong> (${words.version(`${event.version_number}`)}) · ${actorOf(event, view)}${event.reason === null ? '' : html`<span class="tt-story__comment"><bdi>${event.reason}</bdi></span>`}</span></li>`)}</ol>`}</section>`
}

/** Who did it, and in whose place. */
function actorOf({ display_name: name, acting_for_name: principal }: PeriodEvent, view: View): Html {
  return html`<bdi>${name}</bdi>${principal === null ? '' : html` <bdi>(${view.words.desk.case.inPlaceOf(principal)})</bdi>`}`
}
