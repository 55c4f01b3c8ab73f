/** One night: how it stands and why, its stages, the files it waited for, and what it changed. */
import { html } from 'hono/html'
import type { nightDetail, nightNames, NightChange, NightFile, NightRow } from '../../reports/index.ts'
import { count, day, localMoment, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { reasonOf } from '../page-parts/night-banner.ts'
import { nightStages } from '../pictures/night-stages.ts'
import { wordFor } from '../text/index.ts'
import { inLanguage, isolated, leftToRight, type Html, type View } from '../view.ts'
import { amountChange, countChange, duration, stateTag } from './words.ts'

/** What the page is drawn from. */
export interface NightView {
  readonly detail: NonNullable<Awaited<ReturnType<typeof nightDetail>>>
  readonly names: Awaited<ReturnType<typeof nightNames>>
  /** The day of the result that stands; null: none. */
  readonly publishedAsOf: string | null
}

/** The page. */
export function nightPage(shown: NightView, view: View): Page {
  const { words, language } = view
  const { nights: texts } = words
  const { night } = shown.detail
  const title = texts.nightOf(day(night.as_of, language))
  const main = html`<a class="govuk-back-link" href="/runs">${texts.back}</a>
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${stateTag(night, view)}</p>
${said(night, view).map((sentence) => html`<p class="govuk-body">${sentence}</p>`)}
${whySection(shown, view)}
${stagesSection(shown, view)}
${filesSection(shown, view)}
${night.run_id === null ? '' : changesSection(shown, view)}`
  return { title, main, section: 'nights', nightPage: 'runs' }
}

function said(night: NightRow, { words, language }: View): string[] {
  const { said: texts, full, increment, nobody } = words.nights
  switch (night.state) {
    case 'planned': return [texts.planned]
    case 'waiting': return [texts.waiting]
    case 'running': return [texts.running]
    case 'published': return [texts.published(night.published_at === null ? '' : localMoment(night.published_at, language)), night.mode === 'full' ? full : night.touched_count === '0' ? nobody : increment(count(night.touched_count ?? '0', language))]
    case 'skipped': return [night.skip_reason === 'later_result' ? texts.skippedLater : texts.skipped(isolated(night.skip_reason ?? ''))]
    case 'retrying':
    case 'failed': return []
  }
}

function whySection({ detail: { night }, publishedAsOf }: NightView, view: View): Html | string {
  const { words, language } = view
  const { nights: texts } = words
  if (night.failure_code === null) return ''
  const [what, todo] = reasonOf(night.failure_code, view)
  const lines = [
    night.failed_stage === null ? null : texts.inStage(wordFor(texts.steps, night.failed_stage)),
    todo,
    night.next_attempt_at === null ? null : texts.againAt(localMoment(night.next_attempt_at, language)),
    night.run_id !== null || publishedAsOf === null ? null : texts.stands(day(publishedAsOf, language)),
  ].filter((line) => line !== null)
  return html`<section class="tt-banner" aria-labelledby="why"><h2 class="tt-banner__title" id="why">${texts.whyTitle}</h2>
<p class="govuk-body"><strong>${what}</strong></p>${night.failure_place === null ? '' : html`<p class="govuk-body">${texts.place} ${leftToRight(night.failure_place)}</p>`}
${lines.map((line) => html`<p class="govuk-body">${line}</p>`)}<p class="govuk-body">${texts.byHand} ${leftToRight(`tantay night retry ${night.as_of}`)}</p></section>`
}

function stagesSection({ detail: { steps } }: NightView, view: View): Html | string {
  const { nights: texts } = view.words
  if (steps.length === 0) return ''
  const newest = Math.max(...steps.map(({ attempt }) => attempt))
  const own = steps.filter(({ attempt }) => attempt === newest)
  const spent = own.map(({ stage, milliseconds }) => ({ stage, milliseconds: parseInt(milliseconds ?? '0', 10) }))
  const longest = spent.reduce((most, one) => (one.milliseconds > most.milliseconds ? one : most))
  const whole = spent.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const earlier = [...new Set(steps.map(({ attempt }) => attempt))].filter((attempt) => attempt !== newest)
  return html`<section aria-labelledby="stages"><h2 class="govuk-heading-m" id="stages">${texts.stagesTitle}</h2>
${newest === 0 || whole < 100 ? '' : html`<p class="govuk-body">${texts.stagesSentence(duration(whole, view), wordFor(texts.steps, longest.stage), duration(longest.milliseconds, view))}</p>`}
${nightStages(own, view)}
${earlier.length === 0 ? '' : html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${texts.earlierTitle}</span></summary><div class="govuk-details__text">${earlier.map((attempt) => html`<h3 class="govuk-heading-s">${attempt === 0 ? texts.steps.wait : texts.earlier(String(attempt))}</h3>${nightStages(steps.filter((step) => step.attempt === attempt), view)}`)}</div></details>`}</section>`
}

function filesSection({ detail: { night }, names }: NightView, view: View): Html | string {
  const { words, language } = view
  const { nights: texts } = words
  // What a night waits for is known once it has looked.
  if (night.state === 'planned' || night.state === 'skipped') return ''
  const row = (file: NightFile): Html => {
    const state = file.is_here ? 'here' : file.holds ? 'waited' : 'missing'
    const name = names.banks.get(file.source)
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><bdi>${name === undefined ? file.source : `${name} (${file.source})`}</bdi></th><td class="govuk-table__cell" data-label="${texts.kind}"><span>${wordFor(words.files.kinds, file.kind)}${file.scheme === null ? '' : html` (<bdi>${file.scheme}</bdi>)`}</span></td><td class="govuk-table__cell" data-label="${texts.due}"><span>${day(file.deadline_date, language)}</span></td><td class="govuk-table__cell" data-label="${texts.state}"><span class="${file.is_here ? '' : 'tt-late'}">${texts.fileStates[state]}</span></td></tr>`
  }
  return html`<section aria-labelledby="expected"><h2 class="govuk-heading-m" id="expected">${texts.expectedTitle}</h2>
${night.expected.length === 0 ? html`<p class="govuk-body">${texts.expectedNone}</p>` : html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${texts.expectedTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${[texts.source, texts.kind, texts.due, texts.state].map((head) => html`<th scope="col" class="govuk-table__header">${head}</th>`)}</tr></thead><tbody class="govuk-table__body">${night.expected.map(row)}</tbody></table>`}</section>`
}

function changesSection({ detail: { changes, former }, names }: NightView, view: View): Html {
  const { words, language } = view
  const { nights: texts } = words
  const hasChanged = ({ count: now, former_count: then, amount, former_amount: formerAmount }: NightChange): boolean => now !== then || amount !== formerAmount
  const table = (subject: NightChange['subject'], caption: string): Html | string => {
    const all = changes.filter((change) => change.subject === subject)
    const changed = all.filter(hasChanged)
    if (changed.length === 0) return ''
    const name = (code: string): string => {
      const found = names.findings.get(code)
      return subject === 'outcome' ? wordFor(words.classes, code) : found === undefined ? code : inLanguage(found, language)
    }
    const cell = (label: string, text: string): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}"><span>${text}</span></td>`
    return html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-table__caption--s">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${texts.what}</th>${[texts.now, texts.change, texts.money, texts.moneyChange].map((head) => html`<th scope="col" class="govuk-table__header govuk-table__header--numeric">${head}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${changed.map((change) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name(change.code)}</th>${cell(texts.now, count(change.count, language))}${cell(texts.change, countChange(change.count, change.former_count, view))}${cell(texts.money, money(change.amount, change.currency, language))}${cell(texts.moneyChange, amountChange(change.amount, change.former_amount, change.currency, view))}</tr>`)}</tbody></table>
${all.length === changed.length ? '' : html`<p class="govuk-body-s tt-quiet">${texts.unchanged(count(all.length - changed.length, language))}</p>`}`
  }
  const heading = former === null ? texts.changesTitle : texts.changesSince(day(former, language))
  // Sums of the country are not everybody's; a result that nothing was due in has none either.
  const none = changes.length === 0 ? texts.changesHidden : former === null ? texts.changesFirst : changes.some(hasChanged) ? null : texts.changesNone
  return html`<section aria-labelledby="changes"><h2 class="govuk-heading-m" id="changes">${heading}</h2>
${none === null ? html`${table('outcome', texts.changesOutcomes)}${table('finding', texts.changesFindings)}` : html`<p class="govuk-body">${none}</p>`}</section>`
}
