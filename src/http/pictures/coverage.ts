/**
 * The way from the list to the hand: how many are entitled, have an account, have it activated, were paid into it, have
 * withdrawn. One bar a step, each with its number, the number it is counted against, and what was lost since the step before.
 */
import { html } from 'hono/html'
import { count, share } from '../format.ts'
import { barPen, rowDrawing } from './bars.ts'
import type { Html, View } from '../view.ts'

/** One step. Mostly its people are among those of the step before, but not always: money may reach an account before it is activated. */
export interface CoverageStep {
  readonly name: string
  readonly people: number | string
  /** The list of those who were lost at this step; null where there is none to open. */
  readonly missingHref: string | null
}

const rowHeight = 34

/** The table with its bars; nothing where nobody is entitled. */
export function coverageFunnel(steps: readonly CoverageStep[], view: View): Html | string {
  const first = BigInt(steps[0]?.people ?? 0)
  if (first === 0n) return ''
  const { words, language } = view
  const pen = barPen(view)
  const numeric = 'govuk-table__header--numeric'
  const cell = (label: string, content: Html | string): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}">${content}</td>`
  const ofWhole = (people: bigint, whole: bigint): Html => html`<span>${share(people, whole, language) ?? ''}<span class="tt-under">${words.coverageFunnel.outOf(count(people, language), count(whole, language))}</span></span>`
  const row = ({ name, people, missingHref }: CoverageStep, index: number): Html => {
    const own = BigInt(people)
    const before = BigInt(steps[index - 1]?.people ?? people)
    const lost = before - own
    const missing = index === 0 || lost <= 0n ? '' : html`<span class="tt-under">${missingHref === null ? words.coverageFunnel.lost(count(lost, language)) : html`<a class="govuk-link" href="${missingHref}">${words.coverageFunnel.lost(count(lost, language))}</a>`}</span>`
    const [length, lengthBefore] = [partOf(own, first), partOf(before, first)]
    const bars = [pen.bar(0, 1, 6, 22, 'tt-tone-track'), lost > 0n ? pen.bar(length, lengthBefore, 6, 22, 'tt-lost') : '', pen.bar(0, length, 6, 22, 'tt-tone-credited')]
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name}${missing}</th>${cell(words.coverageFunnel.people, count(own, language))}<td class="govuk-table__cell tt-drawn">${rowDrawing(view, rowHeight, bars)}</td>${index === 0 ? html`<td class="govuk-table__cell tt-nothing"></td><td class="govuk-table__cell tt-nothing"></td>` : html`${lost < 0n ? html`<td class="govuk-table__cell tt-nothing"></td>` : cell(words.coverageFunnel.ofBefore, ofWhole(own, before))}${cell(words.coverageFunnel.ofAll, ofWhole(own, first))}`}</tr>`
  }
  return html`<table class="govuk-table tt-cards tt-pictured"><caption class="govuk-table__caption govuk-visually-hidden">${words.coverageFunnel.title}. ${words.coverageFunnel.description}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.coverageFunnel.step}</th><th scope="col" class="govuk-table__header ${numeric}">${words.coverageFunnel.people}</th><th scope="col" class="govuk-table__header tt-drawn">${words.coverageFunnel.axis}</th><th scope="col" class="govuk-table__header ${numeric}">${words.coverageFunnel.ofBefore}</th><th scope="col" class="govuk-table__header ${numeric}">${words.coverageFunnel.ofAll}</th></tr></thead>
<tbody class="govuk-table__body">${steps.map(row)}</tbody></table>`
}

/** The length of a bar; exact to the millionth whatever the size of the country. */
function partOf(part: bigint, whole: bigint): number {
  return Number((part * 1_000_000n) / whole) / 1_000_000
}
