/** How the pages of nights say states, durations and differences. */
import { html } from 'hono/html'
import type { NightRow } from '../../reports/index.ts'
import { count, decimal, isSome, money } from '../format.ts'
import { money as exact, type Amount } from '../../core/index.ts'
import type { Html, View } from '../view.ts'

/** The word for how a night stands; one that failed is marked. */
export function stateTag({ state, finished_at: finishedAt, failure_code: code }: NightRow, view: View): Html {
  const isUnfinished = state === 'published' && (finishedAt === null || code !== null)
  const tone = state === 'failed' ? 'h' : state === 'retrying' || isUnfinished ? 'm' : state === 'published' || state === 'skipped' ? 'i' : 'l'
  return html`<strong class="govuk-tag tt-tag tt-tag--${tone}">${view.words.nights.states[isUnfinished ? 'unfinished' : state]}</strong>`
}

/** Whole milliseconds as people say how long something took. */
export function duration(milliseconds: number, view: View): string {
  const { duration: words } = view.words.nights
  const { language } = view
  if (milliseconds < 100) return words.none
  if (milliseconds < 60_000) return words.seconds(decimal(String(milliseconds / 1000), language))
  const minutes = Math.floor(milliseconds / 60_000)
  return minutes < 60 ? words.minutes(count(minutes, language), count(Math.floor((milliseconds % 60_000) / 1000), language)) : words.hours(count(Math.floor(minutes / 60), language), count(minutes % 60, language))
}

/** `+3`, `−2`, `0`. */
export function countChange(now: string, former: string, view: View): string {
  const difference = BigInt(now) - BigInt(former)
  return signed(difference < 0n ? -1 : difference > 0n ? 1 : 0, count(difference < 0n ? -difference : difference, view.language))
}

/** `+500.000 ₫`; nothing where nothing changed. */
export function amountChange(now: Amount, former: Amount, currency: string, view: View): string {
  const difference = exact.subtract(now, former)
  if (!isSome(difference)) return '0'
  const sign = exact.compare(difference, exact.zero)
  return signed(sign, money(sign < 0 ? exact.negate(difference) : difference, currency, view.language))
}

/** In a sentence from right to left the sign stays with its number. */
function signed(sign: -1 | 0 | 1, written: string): string {
  return sign === 0 ? written : `\u2066${sign < 0 ? '−' : '+'}${written}\u2069`
}
