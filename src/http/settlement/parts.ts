/** What the pages of settlements share: names of organisations and months, the mark of a month that closes, links to files. */
import { html } from 'hono/html'
import { money as exact, type Amount } from '../../core/index.ts'
import type { Organisation, SettlementMonth } from '../../settlement/index.ts'
import { money, month } from '../format.ts'
import { address, isolated, type Html, type View } from '../view.ts'

/** An organisation as people call it. */
export function organisationName(source: string, organisations: readonly Organisation[], view: View): string {
  const { settlement: texts } = view.words
  if (source === '') return texts.unknownSender
  const name = organisations.find((one) => one.source === source)?.name ?? null
  if (name !== null) return name === source ? source : isolated(`${name} (${source})`)
  return source.startsWith('#') ? texts.unknownAccount : source
}

/** A month, or the words for none. */
export function monthName(period: string | null, view: View): string {
  return period === null ? view.words.settlement.noMonth : month(period, view.language)
}

/** Whether a month closes, in a word with a colour beside it. */
export function stateTag({ is_stated: isStated, difference }: Pick<SettlementMonth, 'is_stated' | 'difference'>, view: View): Html {
  const { settlement: texts } = view.words
  if (!isStated) return html`<strong class="govuk-tag tt-tag tt-tag--i">${texts.noStatement}</strong>`
  return isZero(difference) ? html`<strong class="govuk-tag tt-tag tt-tag--l">${texts.closes}</strong>` : html`<strong class="govuk-tag tt-tag tt-tag--h">${texts.open}</strong>`
}

/** An amount of money that does not break. */
export function amountOf(amount: Amount, currency: string, view: View): Html {
  return html`<span class="tt-amount">${money(amount, currency, view.language)}</span>`
}

export function isZero(amount: Amount): boolean {
  return exact.compare(amount, exact.zero) === 0
}

/** Links to the same as files. */
export function takeAway(title: string, path: string, query: Readonly<Record<string, string | undefined>>, view: View): Html {
  const { exports } = view.words.measures
  const link = (format: string, text: string): Html => html`<a class="govuk-link" href="${address(`${path}.${format}`, { ...query, lang: view.language })}">${text}</a>`
  return html`<p class="govuk-body-s tt-exports"><strong>${title}:</strong> ${link('csv', exports.csv)} · ${link('xlsx', exports.xlsx)}</p>`
}
