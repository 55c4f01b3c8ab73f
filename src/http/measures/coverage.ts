/** Who can be reached through an account: the way from the list to the hand, the share against the target, and the places by how many people are left. */
import { html } from 'hono/html'
import { survival } from '../../core/index.ts'
import { count, day, month, share } from '../format.ts'
import { coverageFunnel } from '../pictures/coverage.ts'
import { trendPicture } from '../pictures/trend.ts'
import { address, isolated, unitName, type Html, type View } from '../view.ts'
import { figure, figuresRow, figuresTable, named, shareFigure } from '../page-parts/cells.ts'
import { accessSection } from './access.ts'
import { exportLinks, measureForm, type Choices } from './parts.ts'
import type { MeasureChoice } from '../place.ts'
import type { Access, Campaign, Coverage, CoverageCounts, CoverageDay, CoverageRow } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface CoverageView {
  readonly answer: Coverage
  readonly level: 'province' | 'unit' | 'village'
  /** Null where no campaign is under way there. */
  readonly target: Campaign | null
  /** Since the campaign began, a day for each run; empty without one. */
  readonly progress: readonly CoverageDay[]
  readonly access: Access
  readonly choice: MeasureChoice
  readonly choices: Choices
  readonly isWhole: boolean
  /** The place that all of it lies in; absent where it is several provinces, which have no common work list. */
  readonly place: string | undefined
}

/** More places are a list nobody reads; the files hold all. */
const rowLimit = 100

/** The page. */
export function coveragePage(shown: CoverageView, view: View): Page {
  const { words, language } = view
  const { coverage: texts } = words.measures
  const { answer, choice } = shown
  const form = measureForm('/coverage', { ...choice, period: answer.benefit_period, by: shown.level }, shown.choices, { unit: true, scheme: true, strata: ['province', 'unit', 'village'], isTwofold: false, everyPeriod: false }, view)
  const caption = html`<span class="govuk-caption-l">${words.overview.asOf(day(answer.as_of, language))} · ${month(answer.benefit_period, language)}</span><h1 class="govuk-heading-l">${texts.title}</h1>`
  if (answer.all.active_count === 0) return { title: texts.title, main: html`${caption}<p class="tt-lead">${texts.empty}</p>${form}`, section: 'measures', measure: 'coverage' }
  const main = html`${caption}
<p class="tt-lead">${answer.all.without_count === 0 ? texts.nobodyLeft : texts.headline(count(answer.all.without_count, language))}</p>
<p class="govuk-body">${coverageSentence(answer.all, view)} ${answer.all.exempt_count === 0 ? '' : texts.exempt(count(answer.all.exempt_count, language))} ${shown.target === null ? '' : targetSentence(answer.all, shown.target, view)}</p>
${form}
<section aria-labelledby="funnel"><h2 class="govuk-heading-m" id="funnel">${texts.funnelTitle}</h2><p class="govuk-body">${texts.funnelSentence}</p>
<div class="tt-picture-frame">${coverageFunnel(steps(shown, view), view)}</div></section>
${progress(shown, view)}
${places(shown, view)}
${accessSection(shown.access, view)}
${exportLinks('/coverage', { ...choice, period: answer.benefit_period }, view)}`
  return { title: texts.title, main, section: 'measures', measure: 'coverage' }
}

/** "96.3 % (11,890 of 12,345) can use an account." */
export function coverageSentence(counts: CoverageCounts, view: View): string {
  const { coverage: texts } = view.words.measures
  const { language } = view
  const percent = share(BigInt(counts.usable_count), BigInt(counts.covered_count), language)
  return percent === null ? texts.nobodyToCover : texts.sentence(percent, count(counts.usable_count, language), count(counts.covered_count, language))
}

/** The list of the people still without, where one place is looked at; village null: those whose list names none. */
export function peopleAddress(unit: string | undefined, period: string, village?: string | null): string | null {
  return unit === undefined ? null : address('/coverage/people', { unit, period, village: village === null ? '-' : village })
}

function targetSentence(counts: CoverageCounts, target: Campaign, view: View): string {
  const { coverage: texts } = view.words.measures
  const { language } = view
  const needed = (hundredthsOf(target) * BigInt(counts.covered_count) + 9_999n) / 10_000n
  const lacking = needed - BigInt(counts.usable_count)
  return `${targetText(target, view)} ${lacking <= 0n ? texts.reached : texts.lacking(count(lacking, language))}`
}

/** "30 ngày đêm: 99.5 % by 31 December." */
function targetText({ name, target_percent: percent, target_date: date }: Campaign, view: View): string {
  const { language } = view
  return view.words.measures.coverage.target(isolated(name), isolated(`${percent.replace('.', language === 'vi' ? ',' : '.')}%`), day(date, language))
}

/** Hundredths of a percent: fine enough to tell how many people are lacking. */
function hundredthsOf({ target_percent: percent }: Campaign): bigint {
  const [whole = '0', fraction = ''] = percent.split('.')
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'))
}

function steps({ answer, place }: CoverageView, view: View): Parameters<typeof coverageFunnel>[0] {
  const { steps: names } = view.words.measures.coverage
  const { all } = answer
  const people = peopleAddress(place, answer.benefit_period)
  return [
    { name: names.entitled, people: all.active_count, missingHref: null },
    { name: names.opened, people: all.opened_count, missingHref: people },
    { name: names.activated, people: all.activated_count, missingHref: people },
    { name: names.usable, people: all.usable_count, missingHref: people },
    { name: names.paid, people: all.paid_by_account_count, missingHref: null },
    { name: names.withdrawn, people: all.withdrawn_count, missingHref: null },
  ]
}

/** Day by day towards the target. */
function progress({ target, progress: days }: CoverageView, view: View): Html | string {
  if (target === null || days.length < 2) return ''
  const { coverage: texts } = view.words.measures
  const { language } = view
  const wanted = survival.decimalOfRatio({ numerator: hundredthsOf(target), denominator: 10_000n })
  const points = days.map((one) => {
    const { as_of: date, usable_count: usable, covered_count: covered } = one
    return { time: date, label: `${date.slice(8)}/${date.slice(5, 7)}`, name: day(date, language), share: covered === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(usable), denominator: BigInt(covered) }), lower: null, upper: null }
  })
  const row = (one: CoverageDay): Html => figuresRow(day(one.as_of, language), [shareFigure(texts.share, one.usable_count, one.covered_count, view), figure(texts.exemptColumn, count(one.exempt_count, language))])
  return html`<section aria-labelledby="progress"><h2 class="govuk-heading-m" id="progress">${texts.progressTitle}</h2><p class="govuk-body">${texts.progressSentence(day(target.start_date, language))}</p>
<div class="tt-picture-frame">${trendPicture({ points, shareName: texts.share, target: { share: wanted, name: targetText(target, view) } }, view, 'progress')}</div>
<details class="govuk-details tt-in-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${view.words.table}</span></summary><div class="govuk-details__text">${figuresTable(texts.progressTitle, [{ label: texts.day }, { label: texts.share, isNumber: true }, { label: texts.exemptColumn, isNumber: true }], days.toReversed().map(row))}</div></details></section>`
}

function places({ answer, level, choice, isWhole }: CoverageView, view: View): Html | string {
  const { measures } = view.words
  const { coverage: texts } = measures
  const { language } = view
  if (answer.rows.length === 0) return ''
  const rows = isWhole ? answer.rows : answer.rows.slice(0, rowLimit)
  const columns = [{ label: measures.strata[level] }, ...[texts.without, texts.share, texts.opened, texts.activated, texts.card, texts.exemptColumn, texts.active].map((label) => ({ label, isNumber: true }))]
  const row = (one: CoverageRow): Html => {
    const name = level === 'village' ? `${one.village ?? texts.noVillage} · ${isolated(one.unit_name ?? one.unit_code)}` : unitName(one.unit_code, one.unit_name, view)
    const people = peopleAddress(one.unit_code, answer.benefit_period, level === 'village' ? one.village : undefined)
    const left = one.without_count === 0 || people === null ? count(one.without_count, language) : html`<a class="govuk-link" href="${people}">${count(one.without_count, language)}<span class="govuk-visually-hidden"> ${texts.withoutIn(name)}</span></a>`
    const inside = level === 'province' ? address('/coverage', { ...choice, by: 'unit', unit: one.unit_code }) : level === 'unit' ? address('/coverage', { ...choice, by: 'village', unit: one.unit_code }) : null
    return figuresRow(named(name, inside), [
      figure(texts.without, left), shareFigure(texts.share, one.usable_count, one.covered_count, view), shareFigure(texts.opened, one.opened_count, one.active_count, view),
      shareFigure(texts.activated, one.activated_count, one.opened_count, view), shareFigure(texts.card, one.card_count, one.usable_count, view), figure(texts.exemptColumn, count(one.exempt_count, language)), figure(texts.active, count(one.active_count, language)),
    ])
  }
  return html`<section aria-labelledby="places"><h2 class="govuk-heading-m" id="places">${texts.placesTitle}</h2><p class="govuk-body">${texts.placesSentence}</p>
${rows.length === answer.rows.length ? '' : html`<p class="govuk-body">${texts.shortened(count(rows.length, language), count(answer.rows.length, language))} <a class="govuk-link" href="${address('/coverage', { ...choice, all: '1' })}">${measures.ranking.all}</a></p>`}
${figuresTable(texts.placesTitle, columns, rows.map(row))}</section>`
}
