/** The banks beside one another: who credits late, whose customers wait, what comes back and why, and what of it may be chance. */
import { html } from 'hono/html'
import { smallestPublished, survival } from '../../core/index.ts'
import { compareDecimals, count, day, decimal } from '../format.ts'
import { rankingPicture, type RankedPlace, type Ranking } from '../pictures/ranking.ts'
import { isolated, listed, type Html, type View } from '../view.ts'
import { figure, figuresRow, figuresTable, shareFigure, words as wordsCell } from '../page-parts/cells.ts'
import { reasonText } from '../desk/evidence.ts'
import { daysSaid } from './groups-table.ts'
import { exportLinks, measureForm, type Choices } from './parts.ts'
import { verdictOf } from './ranking.ts'
import type { MeasureChoice } from '../place.ts'
import type { BankRow } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface BanksView {
  readonly asOf: string
  readonly banks: readonly BankRow[]
  readonly reasons: ReadonlyMap<string, { readonly vi: string | null; readonly en: string | null }>
  readonly choice: MeasureChoice
  readonly choices: Choices
}

/** Of more reasons than these a cell becomes a list nobody reads. */
const reasonLimit = 3
const withdrawnDays = 7

/** The page. */
export function banksPage(shown: BanksView, view: View): Page {
  const { words, language } = view
  const { banks: texts } = words.measures
  const form = measureForm('/banks', shown.choice, shown.choices, { unit: true, scheme: false, strata: [], isTwofold: false, everyPeriod: true }, view)
  const caption = html`<span class="govuk-caption-l">${words.overview.asOf(day(shown.asOf, language))}</span><h1 class="govuk-heading-l">${texts.title}</h1>`
  if (shown.banks.length === 0) return { title: texts.title, main: html`${caption}<p class="tt-lead">${texts.empty}</p>${form}`, section: 'measures', measure: 'banks' }
  const credits = creditRanking(shown.banks, view)
  const withdrawals = withdrawalRanking(shown.banks, view)
  const main = html`${caption}
<p class="tt-lead">${headline(shown.banks, credits, withdrawals, view)}</p>
${form}
${section('credits', texts.creditsTitle, texts.creditsSentence, credits, view)}
${section('withdrawals', texts.withdrawalsTitle, texts.withdrawalsSentence, withdrawals, view)}
<section aria-labelledby="figures"><h2 class="govuk-heading-m" id="figures">${texts.figuresTitle}</h2><p class="govuk-body">${texts.figuresSentence}</p>${bankTable(shown, view)}</section>
${exportLinks('/banks', { ...shown.choice }, view)}`
  return { title: texts.title, main, section: 'measures', measure: 'banks' }
}

/** A bank by its name, else its number. */
export function bankName({ bank_name: name, creditor_agent: agent }: BankRow): string {
  return name ?? agent
}

function headline(banks: readonly BankRow[], credits: Ranking | null, withdrawals: Ranking | null, view: View): string {
  const { banks: texts } = view.words.measures
  const all = count(banks.length, view.language)
  const below = (ranking: Ranking | null): string[] => ranking?.places.filter((place) => place.verdict === 'below').map((place) => isolated(place.name)) ?? []
  const [late, waiting] = [below(credits), below(withdrawals)]
  if (late.length === 0 && waiting.length === 0) return texts.headlineNone(all)
  return [late.length === 0 ? texts.noneLate(all) : texts.late(listed(late, view)), waiting.length === 0 ? texts.noneWaiting(all) : texts.waiting(listed(waiting, view))].join(' ')
}

function section(identity: string, title: string, sentence: string, ranking: Ranking | null, view: View): Html {
  return html`<section aria-labelledby="${identity}"><h2 class="govuk-heading-m" id="${identity}">${title}</h2><p class="govuk-body">${sentence}</p>${ranking === null ? html`<p class="govuk-body">${view.words.measures.ranking.empty}</p>` : rankingPicture(ranking, view)}</section>`
}

/** Banks by the share credited on the day of the instruction or the next. */
function creditRanking(banks: readonly BankRow[], view: View): Ranking | null {
  return rankingOf(banks, view.words.measures.banks.promptShare, ({ transfer }) => ({ part: transfer.prompt_count, whole: transfer.count }), ({ transfer }) => {
    const own = survival.wilson({ part: transfer.prompt_count, whole: transfer.count })
    return { people: transfer.count, share: own, verdict: transfer.comparison?.isDifferent !== true || transfer.comparison.direction === 'same' ? 'noise' : transfer.comparison.direction }
  }, view)
}

/** Banks by the share that their customers withdrew within a week. */
function withdrawalRanking(banks: readonly BankRow[], view: View): Ranking | null {
  const shareOf = ({ statistics }: BankRow): survival.ShareWithin | null => statistics.shares.find(({ within_days: days }) => days === withdrawnDays)?.share ?? null
  const sizeOf = (bank: BankRow): survival.Proportion => ({ part: shareOf(bank)?.effectivePart ?? 0, whole: shareOf(bank)?.effectiveWhole ?? 0 })
  return rankingOf(banks, view.words.measures.timeToCash.within(String(withdrawnDays)), sizeOf, (bank) => ({ people: bank.statistics.count, share: shareOf(bank), verdict: verdictOf(bank) }), view)
}

function rankingOf(banks: readonly BankRow[], shareName: string, sizeOf: (bank: BankRow) => survival.Proportion, read: (bank: BankRow) => { readonly people: number; readonly share: { readonly share: string; readonly lower: string; readonly upper: string } | null; readonly verdict: RankedPlace['verdict'] }, view: View): Ranking | null {
  // The line is what banks have in common, from which the comparisons of the report are made: one slow bank does not pull it down.
  const overall = survival.wilson(survival.compareUnits(banks.map(sizeOf)).common)
  if (overall === null) return null
  const places = banks.map((bank): RankedPlace => {
    const { people, share: own, verdict } = read(bank)
    const said = people < smallestPublished ? null : own
    return { name: bankName(bank), href: null, people, share: said?.share ?? null, lower: said?.lower ?? null, upper: said?.upper ?? null, verdict: said === null ? 'noise' : verdict }
  }).filter((place) => place.share !== null)
  return { places: places.sort((first, second) => compareDecimals(first.share ?? '0', second.share ?? '0')), overall: overall.share, shareName, placeName: view.words.measures.strata.bank }
}

function bankTable({ banks, reasons, choice }: BanksView, view: View): Html {
  const { measures } = view.words
  const { banks: texts } = measures
  const { language } = view
  const isOfPlace = choice.unit !== undefined
  const columns = [{ label: measures.strata.bank }, ...[...(isOfPlace ? [] : [texts.payments, texts.rejected, texts.returned]), texts.toCredit, texts.toWithdrawal].map((label) => ({ label, isNumber: true })), ...(isOfPlace ? [] : [{ label: texts.reasons }, { label: texts.through }])]
  const naming = { currency: '', banks: new Map<string, string>(), reasons }
  const rows = banks.map((bank) => {
    const { transfer, statistics } = bank
    const why = bank.reasons.slice(0, reasonLimit).map(({ code, count: payments }) => html`<span class="tt-reason"><bdi>${code === null ? texts.noReason : reasonText(code, naming, view)}</bdi>: ${count(payments, language)}</span>`)
    const credit = transfer.mean_days === null ? figure(texts.toCredit, '–') : figure(texts.toCredit, measures.days(decimal(transfer.mean_days, language)), texts.mostly(daysSaid(transfer.p90_days, view)))
    const withdrawal = statistics.count < smallestPublished ? figure(texts.toWithdrawal, measures.fewer) : figure(texts.toWithdrawal, daysSaid(statistics.median.days, view), ...(statistics.p90.days === null ? [] : [texts.mostly(daysSaid(statistics.p90.days, view))]))
    return figuresRow(html`<bdi>${bankName(bank)}</bdi>`, [
      ...(isOfPlace ? [] : [figure(texts.payments, count(bank.payment_count ?? 0, language)), shareFigure(texts.rejected, bank.rejected_count ?? 0, bank.payment_count ?? 0, view), shareFigure(texts.returned, bank.returned_count ?? 0, bank.payment_count ?? 0, view)]), credit, withdrawal,
      ...(isOfPlace ? [] : [wordsCell(texts.reasons, why.length === 0 ? null : html`${why}`), wordsCell(texts.through, bank.reported_through_date === null ? texts.neverReported : day(bank.reported_through_date, language))]),
    ])
  })
  return figuresTable(texts.figuresTitle, columns, rows)
}
