/**
 * Twelve months of one person as a picture: of each month what was due, how much of it came, whether the money was
 * fetched, and whether something was found wrong. A sentence above says it in words, the table is one click away.
 *
 * The outline of a bar is what was due, its filling what was credited: an empty outline is money that did not come.
 * Months run from the left in Arabic too, as in every picture with an axis (see plot.ts).
 */
import { html } from 'hono/html'
import { addMonths, money as exact, type Amount } from '../../core/index.ts'
import { count, isSome, money, month } from '../format.ts'
import { listed, type Html, type View } from '../view.ts'
import { figuresTable, figuresRow, figure, words as wordsCell } from '../page-parts/cells.ts'
import { coordinate, label, percent, plot, written } from './plot.ts'

/** One month of one currency, over all schemes. */
export interface MonthShown {
  /** `YYYY-MM` */
  readonly benefitPeriod: string
  readonly currency: string
  readonly due: Amount
  /** Net of returns. */
  readonly credited: Amount
  /** True: the first withdrawal of all that came to an account is reported; false: it is not, so far; null: nobody reports it. */
  readonly isWithdrawn: boolean | null
  /** True while the whole of it is not due yet, or on its way in time. */
  readonly isWaiting: boolean
  readonly findingCount: number
}

/** What a person's page knows of one scheme and month; `PersonMonth` is one. */
interface KnownMonth {
  readonly benefit_period: string
  readonly currency: string
  readonly due_amount: Amount
  readonly credited_amount: Amount
  readonly outcome_class: string
  readonly cash_event: string | null
}

const monthLimit = 12
const frame = { top: 36, height: 96 }
const waitingClasses: ReadonlySet<string> = new Set(['not_due', 'in_transit', 'carried_over'])
const openEvents: ReadonlySet<string> = new Set(['censored', 'closed', 'died'])

/**
 * A person's months with all schemes of a month together, the oldest first, of the currency most of them are in; the
 * other currencies are in the person's table.
 */
export function monthsShown(months: readonly KnownMonth[], findings: readonly { readonly benefit_period: string | null }[]): MonthShown[] {
  const currencies = months.map((one) => one.currency)
  const [currency] = [...new Set(currencies)].sort((first, second) => currencies.filter((one) => one === second).length - currencies.filter((one) => one === first).length)
  const periods = [...new Set(months.filter((one) => one.currency === currency).map((one) => one.benefit_period))].sort()
  return periods.map((period) => {
    const own = months.filter((one) => one.benefit_period === period && one.currency === currency)
    const events = own.map((one) => one.cash_event).filter((event) => event !== null)
    return {
      benefitPeriod: period,
      currency: currency ?? 'VND',
      due: exact.add(...own.map((one) => one.due_amount)),
      credited: exact.add(...own.map((one) => one.credited_amount)),
      isWithdrawn: events.some((event) => openEvents.has(event)) ? false : events.length > 0 && events.every((event) => event === 'withdrawn') ? true : null,
      isWaiting: own.every((one) => waitingClasses.has(one.outcome_class)),
      findingCount: findings.filter((one) => one.benefit_period === period).length,
    }
  })
}

/** The last twelve months up to the newest one, with their sentence and table; nothing without any month. */
export function monthsPicture(months: readonly MonthShown[], view: View, identity = 'months'): Html | string {
  const newest = months.map((one) => one.benefitPeriod).sort().at(-1)
  if (newest === undefined) return ''
  const { words, language } = view
  const texts = words.views.months
  const periods = Array.from({ length: monthLimit }, (_, index) => addMonths(newest, index + 1 - monthLimit))
  const shown = periods.map((period) => months.find((one) => one.benefitPeriod === period) ?? null)
  const known = shown.filter((one) => one !== null)
  const largest = exact.largest(known[0]?.due ?? '0', ...known.flatMap((one) => [one.due, one.credited]))
  const drawn = shown.flatMap((one, index) => [
    ...(one === null ? [] : [monthBar(one, index, largest, identity)]),
    axisLabel(periods[index] ?? '', index, view),
  ])
  const sentence = monthsSentence(known, view)
  return html`<figure class="tt-months"><figcaption class="govuk-body">${sentence}</figcaption>
${monthsLegend(known, view)}
${plot({ identity, title: texts.title, description: listed(known.map((one) => monthInWords(one, view)), view), height: frame.top + frame.height + 58, className: 'tt-plot--months' }, [
    hatching(identity),
    html`<line x1="0" x2="100%" y1="${frame.top + frame.height}" y2="${frame.top + frame.height}" class="tt-plot__base"/>`,
    label(0, 12, money(largest, known[0]?.currency ?? 'VND', language), view, { anchor: 'start', className: 'tt-plot__tick' }),
    ...drawn,
  ])}
<details class="govuk-details tt-in-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words.table}</span></summary><div class="govuk-details__text">${monthsTable(known, view)}</div></details></figure>`
}

/** How the months stand, in one sentence: the good ones counted, the others named. */
function monthsSentence(known: readonly MonthShown[], view: View): string {
  const texts = view.words.views.months
  const { language } = view
  const full = known.filter((one) => !one.isWaiting && exact.compare(one.credited, one.due) === 0)
  const short = known.filter((one) => !one.isWaiting && exact.compare(one.credited, one.due) < 0)
  const over = known.filter((one) => exact.compare(one.credited, one.due) > 0)
  const named = (some: readonly MonthShown[]): string => listed(some.map((one) => month(one.benefitPeriod, language)), view)
  return [
    texts.sentence(count(full.length, language), count(known.filter((one) => !one.isWaiting).length, language)),
    short.length === 0 ? null : texts.shortIn(named(short)),
    over.length === 0 ? null : texts.overIn(named(over)),
  ].filter((part) => part !== null).join(' ')
}

function monthInWords(one: MonthShown, view: View): string {
  const texts = view.words.views.months
  const { language } = view
  const amount = (value: Amount): string => money(value, one.currency, language)
  return [
    texts.ofMonth(month(one.benefitPeriod, language), amount(one.due), amount(one.credited)),
    one.isWithdrawn === null ? null : one.isWithdrawn ? texts.withdrawn : texts.notWithdrawn,
    one.findingCount === 0 ? null : texts.findings(count(one.findingCount, language)),
  ].filter((part) => part !== null).join('; ')
}

const columnShare = 1 / monthLimit
const barShare = columnShare * 0.62

function middleOf(index: number): number {
  return (index + 0.5) * columnShare
}

/** Below the bar a filled circle for money fetched, an empty one for money not fetched yet; above it a triangle for a finding. */
function monthBar(one: MonthShown, index: number, largest: Amount, identity: string): Html {
  const bottom = frame.top + frame.height
  const dueHeight = heightOf(one.due, largest, one.currency)
  const creditedHeight = heightOf(exact.smallest(one.credited, one.due), largest, one.currency)
  const beyondHeight = exact.compare(one.credited, one.due) > 0 ? heightOf(exact.subtract(one.credited, one.due), largest, one.currency) : 0
  const x = percent(middleOf(index) - barShare / 2)
  const box = (height: number, from: number, attributes: Html): Html => (height <= 0 ? html`` : html`<rect x="${x}" width="${percent(barShare)}" y="${written(bottom - from - height)}" height="${written(height)}" ${attributes}/>`)
  const top = bottom - Math.max(dueHeight, creditedHeight + beyondHeight)
  const middle = percent(middleOf(index))
  return html`${one.isWaiting || creditedHeight >= dueHeight ? '' : box(dueHeight - creditedHeight, creditedHeight, html`fill="url(#${identity}-hatch)"`)}
${box(creditedHeight, 0, html`class="tt-tone-credited"`)}${box(beyondHeight, dueHeight, html`class="tt-tone-beyond"`)}
${box(dueHeight, 0, html`class="tt-months__due ${one.isWaiting ? 'tt-months__due--waiting' : ''}"`)}
${one.isWithdrawn === null ? '' : html`<circle cx="${middle}" cy="${bottom + 44}" r="5" class="tt-months__cash ${one.isWithdrawn ? 'tt-months__cash--out' : ''}"/>`}
${one.findingCount === 0 ? '' : html`<svg x="${middle}" y="${written(top - 5)}" class="tt-plot__at"><path d="M0 -9 L6 1 L-6 1 Z" class="tt-months__found"/></svg>`}`
}

/** The number of the month under its bar, the year under the first month shown and under each January. */
function axisLabel(period: string, index: number, view: View): Html {
  const [year = '', number = ''] = period.split('-')
  const bottom = frame.top + frame.height
  // Two years side by side would lie on one another on a phone.
  const isNewYear = (index === 0 && number !== '12') || number === '01'
  return html`${label(middleOf(index), bottom + 15, number.replace(/^0/, ''), view, { className: 'tt-plot__tick' })}${isNewYear ? label(middleOf(index), bottom + 30, year, view, { className: 'tt-plot__tick' }) : ''}`
}

/** Stripes for what did not come, so that it can be told without its colour, on paper too. */
function hatching(identity: string): Html {
  return html`<defs><pattern id="${identity}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="tt-months__missing"/><path d="M-1 7 L7 -1" class="tt-months__stripe"/></pattern></defs>`
}

function monthsLegend(known: readonly MonthShown[], view: View): Html {
  const texts = view.words.views.months
  const entry = (drawn: Html, text: string): Html => html`<li><svg class="tt-legend__sign" width="18" height="14" aria-hidden="true">${drawn}</svg>${text}</li>`
  return html`<ul class="tt-legend">
${entry(html`<rect x="1" y="1" width="16" height="12" class="tt-months__due"/>`, texts.due)}
${entry(html`<rect x="1" y="1" width="16" height="12" class="tt-tone-credited"/>`, texts.credited)}
${known.some((one) => exact.compare(one.credited, one.due) > 0) ? entry(html`<rect x="1" y="1" width="16" height="12" class="tt-tone-beyond"/>`, texts.beyond) : ''}
${known.some((one) => one.isWithdrawn === true) ? entry(html`<circle cx="9" cy="7" r="5" class="tt-months__cash tt-months__cash--out"/>`, texts.withdrawn) : ''}
${known.some((one) => one.isWithdrawn === false) ? entry(html`<circle cx="9" cy="7" r="5" class="tt-months__cash"/>`, texts.notWithdrawn) : ''}
${known.some((one) => one.findingCount > 0) ? entry(html`<path d="M9 2 L15 12 L3 12 Z" class="tt-months__found"/>`, texts.found) : ''}</ul>`
}

function monthsTable(known: readonly MonthShown[], view: View): Html {
  const { words, language } = view
  const texts = words.views.months
  const amount = (title: string, value: Amount, currency: string): Html => figure(title, html`<span class="tt-amount">${money(value, currency, language)}</span>`)
  const rows = known.toReversed().map((one) => figuresRow(month(one.benefitPeriod, language), [
    amount(texts.due, one.due, one.currency),
    amount(texts.credited, one.credited, one.currency),
    wordsCell(texts.cash, one.isWithdrawn === null ? null : one.isWithdrawn ? texts.withdrawn : texts.notWithdrawn),
    wordsCell(texts.found, one.findingCount === 0 ? null : texts.findings(count(one.findingCount, language))),
  ]))
  return figuresTable(texts.title, [{ label: words.finding.period }, { label: texts.due, isNumber: true }, { label: texts.credited, isNumber: true }, { label: texts.cash }, { label: texts.found }], rows)
}

/** Pixels; the largest amount of the picture fills the frame. */
function heightOf(amount: Amount, largest: Amount, currency: string): number {
  if (!isSome(largest) || exact.compare(amount, exact.zero) <= 0) return 0
  return coordinate(((exact.unitsOf(amount, currency) * 1000n) / exact.unitsOf(largest, currency)).toString()) * frame.height / 1000
}
