/** How a bank is doing beside all other banks as one: shares as a picture in their table, times, and why payments come back. */
import { html } from 'hono/html'
import { scoreMeasures, scoreTimes, type BankScore, type ScoreFigures, type ScoreShare } from '../../reports/index.ts'
import { reasonText, type Naming } from '../desk/evidence.ts'
import { count, day, decimal, percentage } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable } from '../page-parts/cells.ts'
import { scorePicture } from '../pictures/score.ts'
import type { Html, View } from '../view.ts'

/** The page; score null: there is no result yet. */
export function scorePage(score: BankScore | null, reasons: Naming['reasons'], view: View): Page {
  const { score: words } = view.words.questions
  const { language } = view
  const heading = html`<h1 class="govuk-heading-l">${words.title}</h1>`
  if (score === null) return { title: words.title, main: html`${heading}<p class="tt-lead">${words.noRun}</p>`, section: 'score' }
  const { own, others } = score
  const main = html`<span class="govuk-caption-l">${words.asOf(day(score.as_of, language))}</span>${heading}
<p class="tt-lead">${headline(score, view)}</p>
<p class="govuk-body">${others === null ? words.fewOthers : words.explain}</p>
<section aria-labelledby="shares"><h2 class="govuk-heading-m" id="shares">${words.pictureTitle}</h2><p class="govuk-body">${words.pictureSentence}</p>
${scorePicture(scoreMeasures.map((measure) => ({ name: words.names[measure], own: own.shares[measure]?.share ?? null, others: others?.shares[measure]?.share ?? null, ownText: shareText(own.shares[measure], words.nothing, view), othersText: shareText(others?.shares[measure] ?? null, words.hidden, view) })), others !== null, view)}</section>
<section aria-labelledby="times"><h2 class="govuk-heading-m" id="times">${words.timesTitle}</h2>${timesTable(own, others, view)}</section>
<section aria-labelledby="reasons"><h2 class="govuk-heading-m" id="reasons">${words.reasonsTitle}</h2>${own.reasons.length === 0 ? html`<p class="govuk-body">${words.reasonsNone}</p>` : reasonsTable(own, others, reasons, view)}</section>
<p class="govuk-body"><a class="govuk-link" href="/bank/questions">${words.questionsLink}</a></p>`
  return { title: words.title, main, section: 'score' }
}

/** The one figure that people wait for. */
function headline({ own, others }: BankScore, view: View): string {
  const { score: words } = view.words.questions
  const prompt = own.shares.prompt
  if (own.payment_count === 0) return words.noPayments
  if (prompt === null) return words.leadNothing
  const beside = others?.shares.prompt ?? null
  return beside === null ? words.leadAlone(percentage(prompt.share, view.language)) : words.lead(percentage(prompt.share, view.language), percentage(beside.share, view.language))
}

function shareText(share: ScoreShare | null, none: string, { words, language }: View): Html | string {
  if (share === null) return none
  const of = share.part === null ? '' : html`<span class="tt-under">${words.questions.score.counts(count(share.part, language), count(share.whole, language))}</span>`
  return html`${percentage(share.share, language)}${of}`
}

function timesTable(own: ScoreFigures, others: ScoreFigures | null, view: View): Html {
  const { score: words } = view.words.questions
  const said = (time: string, text: string | null, none: string): string => (text === null ? none : text === '0' && time !== 'lag' ? words.sameDay : words.days(/^-?\d+$/.test(text) ? count(text, view.language) : decimal(text, view.language)))
  const columns = [{ label: words.measure }, { label: words.own, isNumber: true }, ...(others === null ? [] : [{ label: words.others, isNumber: true }])]
  return figuresTable(words.timesTitle, columns, scoreTimes.map((time) => {
    const missing = time === 'withdrawal_median' && own.shares.withdrawn !== null ? words.notReached : words.nothing
    return figuresRow(words.times[time], [figure(words.own, said(time, own.times[time], missing)), ...(others === null ? [] : [figure(words.others, said(time, others.times[time], words.hidden))])])
  }))
}

/** Counts of one's own; of others the share alone, since their number of payments says nothing to anybody. */
function reasonsTable(own: ScoreFigures, others: ScoreFigures | null, reasons: Naming['reasons'], view: View): Html {
  const { score: words } = view.words.questions
  const { language } = view
  const shareOf = (part: number, whole: number): string => percentage(String(part / whole), language)
  const columns = [{ label: words.reason }, { label: words.payments, isNumber: true }, { label: words.shareOfAll, isNumber: true }, ...(others === null ? [] : [{ label: words.others, isNumber: true }])]
  return figuresTable(words.reasonsTitle, columns, own.reasons.map(({ code, count: payments }) => {
    const beside = others?.reasons.find((one) => one.code === code)?.count ?? null
    const all = others?.payment_count ?? null
    const name = code === null ? words.noReason : html`<bdi>${reasonText(code, { currency: '', banks: new Map(), reasons }, view)}</bdi>`
    return figuresRow(name, [
      figure(words.payments, count(payments ?? 0, language)), figure(words.shareOfAll, own.payment_count === null || own.payment_count === 0 ? words.nothing : shareOf(payments ?? 0, own.payment_count)),
      ...(others === null ? [] : [figure(words.others, beside === null || all === null || all === 0 ? words.hidden : shareOf(beside, all))]),
    ])
  }))
}
