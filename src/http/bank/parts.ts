/** What the pages of a bank's files share: states, sizes, kinds and the heads of tables. */
import { html } from 'hono/html'
import { bankKinds, kindNamed } from '../../core/index.ts'
import { templateHeader } from '../../formats/index.ts'
import type { BankFileState } from '../../reports/index.ts'
import { count } from '../format.ts'
import { wordFor } from '../text/index.ts'
import type { Html, View } from '../view.ts'

const tones: Readonly<Record<string, string>> = { draft: 'm', received: 'l', processing: 'l', sealed: 'i', refused: 'h', failed: 'h', discarded: 'l', void: 'l' }

/** The word for how a file stands, with its colour. */
export function stateTag(state: BankFileState | 'discarded', { words }: View): Html {
  return html`<strong class="govuk-tag tt-tag tt-tag--${tones[state] ?? 'i'}">${wordFor(words.counter.states, state)}</strong>`
}

/** Bytes as people say them: kB below a million, else MB; never rounded down to nothing. */
export function sizeText(bytes: string, { words, language }: View): string {
  const { kilobytes, megabytes } = words.counter.result
  const size = BigInt(bytes)
  return size < 1_000_000n ? kilobytes(count((size + 999n) / 1000n, language)) : megabytes(count((size + 999_999n) / 1_000_000n, language))
}

/** The kinds that a bank hands in, each with its name. */
export function kindOptions({ words }: View): { readonly value: string; readonly label: string }[] {
  return bankKinds.map((kind) => ({ value: kind, label: wordFor(words.files.kinds, kind) }))
}

/** The name of a kind; words for one that is not known. */
export function kindText(kind: string | null, { words }: View): string {
  return kind === null ? words.counter.history.unknownKind : wordFor(words.files.kinds, kind)
}

/** One column of a table; figures stand to the right. */
export interface Head {
  readonly label: string
  readonly isNumber?: boolean
}

/** A table whose rows become cards on a phone. */
export function cardTable(caption: string, heads: readonly Head[], rows: readonly Html[], isCaptionShown = false): Html {
  return html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption ${isCaptionShown ? 'govuk-table__caption--s' : 'govuk-visually-hidden'}">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${heads.map(({ label, isNumber }) => html`<th scope="col" class="govuk-table__header ${isNumber === true ? 'govuk-table__header--numeric' : ''}">${label}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows}</tbody></table>`
}

/** A cell behind its column's name on a phone. */
export function cell(label: string, content: Html | string, isNumber = false): Html {
  return html`<td class="govuk-table__cell ${isNumber ? 'govuk-table__cell--numeric' : ''}" data-label="${label}"><span>${content}</span></td>`
}

/** The same for sentences: on a phone they stand under the column's name, not beside it. */
export function sentenceCell(label: string, content: Html | string): Html {
  return html`<td class="govuk-table__cell tt-said" data-label="${label}"><span>${content}</span></td>`
}

/** A column of a kind as our own template calls it, with its canonical name; by that alone where the reader has no other, or the whole line is meant. */
export function columnText(kindName: string | null, name: string | null, { words, language }: View): Html | string {
  if (name === null) return words.counter.problems.wholeLine
  const title = language === 'vi' ? vietnameseTitle(kindName, name) : null
  return title === null ? html`<code dir="ltr">${name}</code>` : html`${title} <code class="tt-quiet" dir="ltr">${name}</code>`
}

/** The same without the canonical name, for the head of a table. */
export function columnTitle(kindName: string, name: string, { language }: View): Html | string {
  return (language === 'vi' ? vietnameseTitle(kindName, name) : null) ?? html`<bdi dir="ltr">${name.split(/(?<=_)/).map((part) => html`${part}<wbr>`)}</bdi>`
}

/** A column in a sentence, where nothing says of which kind the file is: as the templates call it, with our own name behind. */
export function columnInSentence(name: string, { language }: View): string {
  const [title] = language === 'vi' ? bankKinds.map((kind) => vietnameseTitle(kind, name)).filter((one) => one !== null) : []
  return title === undefined ? name : `${title} (${name})`
}

function vietnameseTitle(kindName: string | null, name: string): string | null {
  const kind = kindName === null ? null : kindNamed(kindName)
  const place = kind?.columns.findIndex((column) => column.name === name) ?? -1
  return kind === null || place < 0 ? null : (templateHeader(kind, 'vi')[place] ?? null)
}

/** A row of a summary; nothing where there is nothing to say. */
export function summaryRow(key: string, value: Html | string | null): Html | string {
  return value === null ? '' : html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
}
