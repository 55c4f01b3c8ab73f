/** The headline page: how long until people hold the money, for whom it takes longer, where the days go, and whether it gets better. */
import { html } from 'hono/html'
import { smallestPublished, strata, survival, type Stratum } from '../../core/index.ts'
import { compareDecimals, count, day, decimal, month, percentage, probability } from '../format.ts'
import { curvePanels, curvePicture, markedDays, type Curve } from '../pictures/curve.ts'
import { seriesLimit } from '../pictures/plot.ts'
import { longestStage, stageBars, type StageRow } from '../pictures/stages.ts'
import { trendPicture } from '../pictures/trend.ts'
import { address, listed, type Html, type View } from '../view.ts'
import { figure, figuresRow, figuresTable } from '../page-parts/cells.ts'
import { daysSaid, groupsTable, type NamedGroup } from './groups-table.ts'
import { exportLinks, groupName, measureForm, strataNames, type Choices } from './parts.ts'
import type { MeasureChoice } from '../place.ts'
import type { StrataTest, StratumStatistics, TimeToCash, TimeToCashGroup, TimeToCashMonth } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface TimeToCashView {
  readonly answer: TimeToCash
  readonly months: readonly TimeToCashMonth[]
  readonly choice: MeasureChoice
  readonly choices: Choices
  /** True when two strata were chosen of which one lies inside the other, so that only the first was looked at. */
  readonly isNested: boolean
}

/** So many small pictures are still looked at; with more of them there is the table alone. */
const panelLimit = 24
/** So many bars still tell where the days go. */
const stageLimit = 12
/** A table of more rows is read by nobody; the files hold all. */
const rowLimit = 60
const trendDays = 7
/** Below this chance a difference is called one. */
const chanceLimit = '0.05'

/** The page. */
export function timeToCashPage(shown: TimeToCashView, view: View): Page {
  const { words } = view
  const { timeToCash } = words.measures
  const { answer, choice } = shown
  const isEmpty = answer.everybody.statistics.count === 0
  const main = html`<span class="govuk-caption-l">${words.overview.asOf(day(answer.as_of, view.language))}</span>
<h1 class="govuk-heading-l">${timeToCash.title}</h1>
<p class="tt-lead">${isEmpty ? timeToCash.empty : headline(answer.everybody.statistics, view)}</p>
${counted(answer.everybody.statistics, view)}
${measureForm('/time-to-cash', choice, shown.choices, { unit: true, scheme: true, strata, isTwofold: true, everyPeriod: true }, view)}
${shown.isNested ? html`<p class="govuk-inset-text">${timeToCash.nested}</p>` : ''}
${isEmpty ? '' : html`${curves(shown, view)}${stages(shown, view)}${trend(shown, view)}
${exportLinks('/time-to-cash', { ...choice }, view)}`}`
  return { title: timeToCash.title, main, section: 'measures', measure: 'timeToCash' }
}

/** A group's curve as the picture takes it; null where it has too few people to be shown. */
export function curveOf(name: string, { statistics, steps: drawn }: TimeToCashGroup): Curve | null {
  const steps = drawn()
  const followed = steps.findLast((step) => step.atRisk >= smallestPublished)
  if (followed === undefined || statistics.count < smallestPublished) return null
  // Once everybody is known to have ended nothing can change. Otherwise the last few people of whom banks still report
  // would draw the end of the line alone, straight up or flat.
  const isComplete = statistics.censored_count === 0
  return { name, lastDay: isComplete ? (markedDays.at(-1) ?? 0) : followed.days, steps: steps.map((step) => ({ day: step.days, share: step.incidence.withdrawn, lower: step.incidenceLower, upper: step.incidenceUpper })) }
}

/** Bands in their own order; all other groups as they come, the largest first. */
function inOrder({ by, groups }: TimeToCash): readonly TimeToCashGroup[] {
  const [stratum] = by
  if (by.length !== 1 || (stratum !== 'age' && stratum !== 'distance')) return groups
  const band = ({ values: [value] }: TimeToCashGroup): number => (value === null || value === undefined ? Infinity : parseInt(value, 10))
  return [...groups].sort((first, second) => band(first) - band(second))
}

/** "Half within 2 days, nine of ten within 9." */
export function headline({ median, p90 }: StratumStatistics, view: View): string {
  const { measures } = view.words
  if (median.days === null) return measures.timeToCash.headlineNone
  return p90.days === null ? measures.timeToCash.headlineHalf(daysSaid(median.days, view)) : measures.timeToCash.headline(daysSaid(median.days, view), daysSaid(p90.days, view))
}

function counted(statistics: StratumStatistics, view: View): Html {
  const { timeToCash } = view.words.measures
  const number = (value: number): string => count(value, view.language)
  const { count: all, withdrawn_count: withdrawn, censored_count: censored, returned_count: returned, closed_count: closed, died_count: died, not_reported_count: notReported, credited_count: credited } = statistics
  return html`<p class="govuk-body">${all === 0 ? '' : timeToCash.counted(number(all), number(withdrawn), number(censored))} ${returned + closed + died === 0 ? '' : timeToCash.ended(number(returned), number(closed), number(died))}
${notReported === 0 ? '' : timeToCash.notReported(number(notReported), number(credited))} <span class="tt-quiet">${timeToCash.clock}</span></p>`
}

function curves({ answer, choice, choices }: TimeToCashView, view: View): Html {
  const { timeToCash, everybody } = view.words.measures
  const isDivided = answer.by.length > 0
  const named = (isDivided ? inOrder(answer) : [answer.everybody]).map((group) => ({ group, name: groupName(answer.by, group, choices.schemes, view) }))
  const drawn = named.flatMap(({ group, name }) => curveOf(name, group) ?? [])
  const silent = named.filter(({ group }) => group.statistics.count < smallestPublished).map(({ name }) => name)
  const picture = drawn.length <= seriesLimit ? curvePicture(drawn, view, 'curve') : drawn.length <= panelLimit ? curvePanels(drawn, curveOf(everybody, answer.everybody), view, 'curve') : html`<p class="govuk-body">${timeToCash.manyGroups(count(drawn.length, view.language))}</p>`
  const rows = named.slice(0, rowLimit).map(({ group, name }): NamedGroup => ({ name, href: narrowed(answer.by, group, choice), statistics: group.statistics }))
  const title = isDivided ? timeToCash.curveTitleBy(strataNames(answer.by, view)) : timeToCash.curveTitle
  return html`<section aria-labelledby="curves"><h2 class="govuk-heading-m" id="curves">${title}</h2>
${isDivided ? difference(answer, answer.groups.map((group) => groupName(answer.by, group, choices.schemes, view)), view) : ''}
<div class="tt-picture-frame">${picture}</div>
${silent.length === 0 || !isDivided ? '' : html`<p class="govuk-body-s">${silent.length > rowLimit ? timeToCash.silentMany(count(silent.length, view.language)) : timeToCash.silentGroups(listed(silent, view))}</p>`}
${groupsTable(rows, view)}
${named.length > rowLimit ? html`<p class="govuk-body-s">${timeToCash.moreGroups(count(rowLimit, view.language), count(named.length, view.language))}</p>` : ''}</section>`
}

/** Whether the groups differ by more than chance, in words; and by how many days the two farthest apart do. */
function difference({ test }: TimeToCash, names: readonly string[], view: View): Html | string {
  const p = test?.log_rank.p ?? null
  if (test === null || p === null) return ''
  const { measures } = view.words
  const { timeToCash } = measures
  const { chiSquare, degreesOfFreedom } = test.log_rank
  const statistics = timeToCash.logRank(decimal(chiSquare, view.language), String(degreesOfFreedom), probability(p, view.language))
  return html`<p class="govuk-body">${compareDecimals(p, chanceLimit) < 0 ? html`<strong>${timeToCash.different}</strong>` : timeToCash.chance} ${widest(test, names, view)} <span class="tt-quiet">${statistics}</span></p>`
}

function widest({ widest_difference: difference }: StrataTest, names: readonly string[], view: View): string {
  // An interval that reaches below zero does not even say which of the two waits longer.
  if (difference === null || compareDecimals(difference.lower, '0') <= 0) return ''
  const { measures } = view.words
  const said = (days: string): string => decimal(days, view.language)
  return measures.timeToCash.widest(names[difference.slowest] ?? '', names[difference.fastest] ?? '', measures.days(said(difference.days)), measures.interval(said(difference.lower), said(difference.upper)))
}

/** The same page for the people of one group alone, where an address can say so. */
function narrowed(by: readonly Stratum[], group: TimeToCashGroup, choice: MeasureChoice): string | null {
  const [value] = group.values
  const [stratum] = by
  if (by.length !== 1 || value === null || value === undefined || stratum === undefined) return null
  if (stratum === 'unit' || stratum === 'province') return address('/time-to-cash', { ...choice, by: undefined, unit: value })
  return stratum === 'scheme' ? address('/time-to-cash', { ...choice, by: undefined, scheme: value }) : null
}

function stages({ answer, choice, choices }: TimeToCashView, view: View): Html {
  const { measures, stages: texts } = view.words
  const { timeToCash } = measures
  const rowOf = (group: TimeToCashGroup, by: readonly Stratum[]): StageRow => {
    const { payer, bank, account, access } = group.statistics.stages
    const mean = (stage: typeof payer): StageRow['stages']['payer'] => ({ meanDays: stage.mean_days, count: stage.count })
    return { name: groupName(by, group, choices.schemes, view), href: narrowed(by, group, choice), stages: { payer: mean(payer), bank: mean(bank), account: mean(account), access: mean(access) } }
  }
  const everybody = rowOf(answer.everybody, [])
  const longest = longestStage(everybody)
  const groups = inOrder(answer).filter((group) => group.statistics.count >= smallestPublished).slice(0, stageLimit).map((group) => rowOf(group, answer.by))
  return html`<section aria-labelledby="stages"><h2 class="govuk-heading-m" id="stages">${timeToCash.stagesTitle}</h2>
<p class="govuk-body">${longest === null ? texts.nothingKnown : timeToCash.stagesSentence(texts.holders[longest.stage], measures.days(decimal(longest.meanDays, view.language)))} ${timeToCash.stagesNote} ${timeToCash.mean30Note}</p>
<div class="tt-picture-frame">${stageBars([everybody, ...groups], view, 'stages')}</div></section>`
}

function trend({ months }: TimeToCashView, view: View): Html | string {
  const { timeToCash } = view.words.measures
  const { language } = view
  const points = months.map(({ benefit_period: period, statistics }) => {
    const share = statistics.count < smallestPublished ? null : (statistics.shares.find(({ within_days: days }) => days === trendDays)?.share ?? null)
    return { period, share, statistics }
  })
  const known = points.flatMap((point) => (point.share === null ? [] : [{ period: point.period, share: point.share }]))
  const [before, last] = [known.at(-2), known.at(-1)]
  if (last === undefined) return ''
  const said = (one: typeof last): [string, string] => [percentage(one.share.share, language), month(one.period, language)]
  return html`<section aria-labelledby="trend"><h2 class="govuk-heading-m" id="trend">${timeToCash.trendTitle}</h2>
<p class="govuk-body">${before === undefined ? timeToCash.trendOne(...said(last)) : timeToCash.trendSentence(...said(last), ...said(before))} ${before === undefined || isDifferent(before.share, last.share) ? '' : timeToCash.trendChance}</p>
<div class="tt-picture-frame">${trendPicture({ points: points.map(({ period, share }) => ({ time: period, label: `${period.slice(5)}/${period.slice(0, 4)}`, name: month(period, language), share: share?.share ?? null, lower: share?.lower ?? null, upper: share?.upper ?? null })), shareName: timeToCash.trendShare, target: null }, view, 'trend')}</div>
<details class="govuk-details tt-in-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${view.words.table}</span></summary><div class="govuk-details__text">${figuresTable(timeToCash.trendTitle, [{ label: timeToCash.month }, { label: timeToCash.followed, isNumber: true }, { label: timeToCash.trendShare, isNumber: true }], points.map((point) => monthRow(point, view)))}</div></details></section>`
}

/** Whether two months differ by more than chance, each as certain as so many payments followed to the end. */
function isDifferent(...shares: readonly survival.ShareWithin[]): boolean {
  return survival.compareUnits(shares.map(({ effectivePart: part, effectiveWhole: whole }) => ({ part, whole }))).units.some((month) => month.isDifferent)
}

function monthRow({ period, share, statistics }: { readonly period: string; readonly share: survival.ShareWithin | null; readonly statistics: StratumStatistics }, view: View): Html {
  const { measures } = view.words
  const { timeToCash } = measures
  const { language } = view
  const said = share === null
    ? figure(timeToCash.trendShare, statistics.count < smallestPublished ? measures.fewer : timeToCash.notKnownYet)
    : figure(timeToCash.trendShare, percentage(share.share, language), measures.range(percentage(share.lower, language), percentage(share.upper, language, 'up')))
  return figuresRow(month(period, language), [figure(timeToCash.followed, count(statistics.count, language)), said])
}
