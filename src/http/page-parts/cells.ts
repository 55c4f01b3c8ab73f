/** The parts of a table of figures: on a phone each row is a card, and each value stands behind its column's name. */
import { html } from 'hono/html'
import { smallestPublished } from '../../core/index.ts'
import { count, share } from '../format.ts'
import type { Html, View } from '../view.ts'

/** A column: its name, and whether figures stand in it. */
export interface ColumnHead {
  readonly label: string
  readonly isNumber?: boolean
  readonly className?: string
}

/** A table with its caption for those who do not see where it stands. */
export function figuresTable(caption: string, columns: readonly ColumnHead[], rows: readonly Html[], className = ''): Html {
  return html`<table class="govuk-table tt-cards tt-figures ${className}"><caption class="govuk-table__caption govuk-visually-hidden">${caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map(({ label, isNumber, className: own = '' }) => html`<th scope="col" class="govuk-table__header ${isNumber === true ? 'govuk-table__header--numeric' : ''} ${own}">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows}</tbody></table>`
}

/** A row and what it is called. */
export function figuresRow(name: Html | string, cells: readonly Html[]): Html {
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name}</th>${cells}</tr>`
}

/** A figure, with what it is of or what it is sure of under it. */
export function figure(label: string, main: Html | string, ...under: readonly (Html | string)[]): Html {
  return html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}"><span>${main}${under.map((line) => html`<span class="tt-under">${line}</span>`)}</span></td>`
}

/** A share with its numerator and denominator; "fewer than 5" of so few, and nothing of nobody. */
export function shareFigure(label: string, part: number, whole: number, view: View): Html {
  const { measures } = view.words
  const { language } = view
  if (whole === 0) return figure(label, '–')
  const said = measures.outOf(count(part, language), count(whole, language))
  // Short ones stay on one line; a country's may be broken.
  const counts = said.length <= 15 ? said.replaceAll(' ', '\u00a0') : said
  return whole < smallestPublished ? figure(label, measures.fewer, counts) : figure(label, share(BigInt(part), BigInt(whole), language) ?? '', counts)
}

/** Words in a table of figures; null: there are none, which a card on a phone passes over. */
export function words(label: string, content: Html | string | null): Html {
  if (content === null) return html`<td class="govuk-table__cell tt-nothing" data-label="${label}">–</td>`
  return html`<td class="govuk-table__cell" data-label="${label}"><span>${content}</span></td>`
}

/** A name that leads somewhere, or does not. */
export function named(name: string, href: string | null): Html {
  return href === null ? html`<bdi>${name}</bdi>` : html`<a class="govuk-link" href="${href}"><bdi>${name}</bdi></a>`
}
