/** Places by the share of payments in hand within a week: which are slow by more than chance, and which only small. */
import { html } from 'hono/html'
import { smallestPublished, survival } from '../../core/index.ts'
import { compareDecimals, count, day, percentage } from '../format.ts'
import { funnelPlot, type FunnelLimits } from '../pictures/funnel-plot.ts'
import { rankingPicture, type RankedPlace, type Verdict } from '../pictures/ranking.ts'
import { address, type View } from '../view.ts'
import { exportLinks, groupName, measureForm, type Choices } from './parts.ts'
import type { MeasureChoice } from '../place.ts'
import type { TimeToCash, TimeToCashGroup } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from: the answer by commune or by province. */
export interface RankingView {
  readonly answer: TimeToCash
  readonly choice: MeasureChoice
  readonly choices: Choices
  /** True: every place, however many. */
  readonly isWhole: boolean
}

const rankedDays = 7
/** Of more places only the telling ones are listed, until somebody asks for all. */
const rowLimit = 100
/** Sizes at which the limits of chance are worked out; between them the curves are straight. */
const limitCount = 40

/** A place with its share, comparable with the others. */
export interface Ranked extends RankedPlace {
  readonly group: TimeToCashGroup
}

/** The page. */
export function rankingPage(shown: RankingView, view: View): Page {
  const { words, language } = view
  const { ranking, timeToCash, strata } = words.measures
  const { answer, choice } = shown
  const places = rankedPlaces(shown, view)
  const compared = places.filter((place) => place.share !== null)
  const common = answer.common_within_7_days
  const overall = compared.length === 0 ? null : survival.wilson(common)
  const form = measureForm('/ranking', choice, shown.choices, { unit: true, scheme: true, strata: ['unit', 'province'], isTwofold: false, everyPeriod: true }, view)
  const caption = html`<span class="govuk-caption-l">${words.overview.asOf(day(answer.as_of, language))}</span><h1 class="govuk-heading-l">${ranking.title}</h1>`
  if (overall === null) return { title: ranking.title, main: html`${caption}<p class="tt-lead">${ranking.empty}</p>${form}`, section: 'measures', measure: 'ranking' }
  const below = compared.filter((place) => place.verdict === 'below')
  const all = count(compared.length, language)
  const share = percentage(overall.share, language)
  const shareName = timeToCash.within(String(rankedDays))
  const listed = shown.isWhole || places.length <= rowLimit ? places : telling(places)
  const main = html`${caption}
<p class="tt-lead">${below.length === 0 ? ranking.headlineNone(all, share) : ranking.headline(count(below.length, language), all, share)}</p>
<p class="govuk-body">${ranking.sentence}</p>
${form}
<section aria-labelledby="funnel"><h2 class="govuk-heading-m" id="funnel">${ranking.funnelTitle}</h2><p class="govuk-body">${ranking.funnelSentence}</p>
<div class="tt-picture-frame">${funnelPlot({ places: places.map((place) => ({ ...place, people: place.group.within_7_days === null ? 0 : sizeOf(place.group) })), overall: overall.share, limits: limitsFor(common, compared), shareName }, view, 'funnel')}</div></section>
<section aria-labelledby="list"><h2 class="govuk-heading-m" id="list">${ranking.listTitle}</h2>
${listed.length === places.length ? '' : html`<p class="govuk-body">${ranking.shortened(count(listed.length, language), count(places.length, language))} <a class="govuk-link" href="${address('/ranking', { ...choice, all: '1' })}">${ranking.all}</a></p>`}
${rankingPicture({ places: listed, overall: overall.share, shareName, placeName: answer.by[0] === 'province' ? strata.province : strata.unit }, view)}</section>
${exportLinks('/ranking', { ...choice }, view)}`
  return { title: ranking.title, main, section: 'measures', measure: 'ranking' }
}

/** Every place, the lowest share first, those of which nothing is said last. */
export function rankedPlaces({ answer, choice, choices }: Pick<RankingView, 'answer' | 'choice' | 'choices'>, view: View): Ranked[] {
  const places = answer.groups.map((group): Ranked => {
    const share = group.statistics.count < smallestPublished ? null : (group.statistics.shares.find(({ within_days: days }) => days === rankedDays)?.share ?? null)
    const [code] = group.values
    return {
      group, name: groupName(answer.by, group, choices.schemes, view), href: code === null || code === undefined ? null : address('/time-to-cash', { ...choice, unit: code }),
      people: group.statistics.count, share: share?.share ?? null, lower: share?.lower ?? null, upper: share?.upper ?? null, verdict: verdictOf(group),
    }
  })
  return places.sort((first, second) => (first.share === second.share ? 0 : first.share === null ? 1 : second.share === null ? -1 : compareDecimals(first.share, second.share)))
}

/** Different from what they have in common after all were looked at, or not. */
export function verdictOf({ within_7_days: comparison }: Pick<TimeToCashGroup, 'within_7_days'>): Verdict {
  return comparison?.isDifferent !== true || comparison.direction === 'same' ? 'noise' : comparison.direction
}

/** Of how many payments, all followed to the end, the share is as certain. */
function sizeOf({ statistics }: TimeToCashGroup): number {
  return statistics.shares.find(({ within_days: days }) => days === rankedDays)?.share?.effectiveWhole ?? 0
}

/** The limits of chance at sizes from the smallest place to the largest, closer together where they bend. */
function limitsFor(common: survival.Proportion, places: readonly Ranked[]): FunnelLimits[] {
  const most = Math.max(...places.map(({ group }) => sizeOf(group)), 1)
  const sizes = new Set(Array.from({ length: limitCount }, (_, index) => Math.max(1, Math.floor((most * (index + 1) ** 2) / limitCount ** 2))))
  return [...sizes].flatMap((people) => {
    const limits = survival.funnelLimits(common, people)
    return limits === null ? [] : [{ people, lower95: limits.inner.lower, upper95: limits.inner.upper, lower998: limits.outer.lower, upper998: limits.outer.upper }]
  })
}

/** Those that differ, then the lowest of the others, in their order. */
function telling(places: readonly Ranked[]): Ranked[] {
  const different = places.filter((place) => place.verdict !== 'noise').slice(0, rowLimit)
  const others = places.filter((place) => place.verdict === 'noise' && place.share !== null).slice(0, rowLimit - different.length)
  const kept = new Set([...different, ...others])
  return places.filter((place) => kept.has(place))
}
