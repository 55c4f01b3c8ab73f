/** Evidence as people can read it: names for its keys, amounts, days and masked numbers for its values, tables for its lists. */
import { html } from 'hono/html'
import { count, day, localMoment, masked, money, month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { leftToRight, listed, type Html, type View } from '../view.ts'

/** What a value needs from outside to be read. */
export interface Naming {
  readonly currency: string
  readonly banks: ReadonlyMap<string, string>
  readonly reasons: ReadonlyMap<string, { readonly vi: string | null; readonly en: string | null }>
}

type Evidence = Readonly<Record<string, unknown>>

/** What is shown elsewhere on the page, or means nothing to a reader. */
const hiddenKeys = new Set(['source_rows', 'file_id', 'line', 'currency', 'candidates', 'lines', 'payments', 'reports', 'statements'])
/** Who the finding is about stands on top of the page; in a list of people each has them. */
const namedOnTop = new Set(['beneficiary_name', 'village'])
/** A longer reference has to break somewhere on a phone. */
const unbrokenReferenceLength = 24

/** The plain values of the evidence as a list of names and values. */
export function evidenceList(evidence: Evidence, naming: Naming, view: View): Html | string {
  const entries = entriesOf(evidence, view).filter(([key]) => !namedOnTop.has(key))
  if (entries.length === 0) return ''
  return html`<dl class="govuk-summary-list tt-compared">${entries.map(([key, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${wordFor(view.words.evidence, key)}</dt><dd class="govuk-summary-list__value">${valueOf(key, value, naming, view)}</dd></div>`)}</dl>`
}

/**
 * Several things of many parts, such as payments, side by side: too many columns for a table, and to be compared.
 * `source` gives the line that says so where a thing is one line of a file, else null.
 */
export function evidenceCards(caption: string, rows: readonly Evidence[], naming: Naming, view: View, source: (row: Evidence) => Html | null): Html {
  const pair = (label: string, value: Html | string): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  return html`<h3 class="govuk-heading-s">${caption}</h3><div class="tt-compare">${rows.map((row) => {
    // Two reports of one payment may differ in their currency.
    const own = typeof row['currency'] === 'string' ? { ...naming, currency: row['currency'] } : naming
    const place = source(row)
    return html`<dl class="tt-compare__one">${entriesOf(row, view).map(([key, value]) => pair(wordFor(view.words.evidence, key), valueOf(key, value, own, view)))}${place === null ? '' : pair(view.words.finding.source, place)}</dl>`
  })}</div>`
}

/** What can be shown as a name and a value, in the order of the dictionary, so that every finding reads alike. */
function entriesOf(evidence: Evidence, view: View): (readonly [string, unknown])[] {
  const order = Object.keys(view.words.evidence)
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.entries(evidence)
    .filter(([key, value]) => !hiddenKeys.has(key) && !isTable(value) && value !== null && !(key === 'payment' && 'end_to_end_id' in evidence))
    .sort(([first], [second]) => place(first) - place(second))
}

/** One list in the evidence as a table: a row for each entry, a column for each key that any of them has. */
export function evidenceTable(caption: string, rows: readonly Evidence[], naming: Naming, view: View, captionClass = 'govuk-table__caption govuk-table__caption--s'): Html {
  const isNumber = (key: string): boolean => key.endsWith('_amount')
  const present = [...new Set(rows.flatMap((row) => entriesOf(row, view).map(([key]) => key)))]
  // Amounts stand at the end of a line, where a column of figures can be run down.
  const columns = [...present.filter((key) => !isNumber(key)), ...present.filter(isNumber)]
  return html`<table class="govuk-table tt-cards"><caption class="${captionClass}">${caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map((key) => html`<th scope="col" class="govuk-table__header ${isNumber(key) ? 'govuk-table__header--numeric' : ''}">${wordFor(view.words.evidence, key)}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows.map((row) => html`<tr class="govuk-table__row">${columns.map((key) => html`<td class="govuk-table__cell ${isNumber(key) ? 'govuk-table__cell--numeric' : ''}" data-label="${wordFor(view.words.evidence, key)}">${row[key] === undefined ? '–' : valueOf(key, row[key], naming, view)}</td>`)}</tr>`)}</tbody></table>`
}

/** The lists in the evidence that have no place of their own on the page. */
export function otherTables(evidence: Evidence, naming: Naming, view: View): Html[] {
  return Object.entries(evidence)
    .filter((entry): entry is [string, Evidence[]] => !hiddenKeys.has(entry[0]) && isTable(entry[1]))
    .map(([key, rows]) => evidenceTable(wordFor(view.words.evidence, key), rows, naming, view))
}

/** True for a list of objects. */
export function isTable(value: unknown): value is Evidence[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
}

function valueOf(key: string, value: unknown, naming: Naming, view: View): Html | string {
  const { words, language } = view
  if (typeof value === 'boolean') return value ? words.finding.yes : words.finding.no
  if (Array.isArray(value)) return html`${value.map((one, index) => html`${index === 0 ? '' : listed(['', ''], view)}${valueOf(key.replace(/ies$/, 'y_id').replace(/s$/, ''), one, naming, view)}`)}`
  if (typeof value === 'object' && value !== null) return html`${Object.entries(value).map(([name, part]) => html`${wordFor(words.evidence, name)}: ${valueOf(name, part, naming, view)} `)}`
  const text = String(value)
  if (key.endsWith('_amount') && /^-?\d+(?:\.\d+)?$/.test(text)) return money(text, naming.currency, language)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text, language)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return localMoment(text, language)
  if (key.endsWith('_period') && /^\d{4}-?\d{2}$/.test(text)) return month(`${text.slice(0, 4)}-${text.slice(-2)}`, language)
  if (key === 'creditor_agent') return naming.banks.get(text) ?? leftToRight(text)
  if (key === 'return_reason_code') return html`${reasonText(text, naming, view)} (${leftToRight(text)})`
  if (key === 'class' || key === 'outcome_class') return wordFor(words.classes, text)
  if (key === 'rule' || key === 'match_rule') return wordFor(words.rules, text)
  if (key === 'kind') return wordFor(words.files.kinds, text)
  if (key === 'list_status') return wordFor(words.listStatuses, text)
  if (key === 'beneficiary_name' || key === 'village') return html`<bdi>${text}</bdi>`
  if (key === 'state') return wordFor(words.states, text)
  if (key === 'conflict') return listed(text.split(',').map((part) => wordFor(words.conflicts, part.trim())), view)
  if (personalKeys.test(key)) return masked(text)
  if (key === 'payment') return paymentReference(text, view)
  if (key === 'end_to_end_id') return reference(text)
  if (/^\d+$/.test(text) && /^days|_count$/.test(key)) return count(text, language)
  return Object.hasOwn(words.values, text) ? wordFor(words.values, text) : leftToRight(text)
}

const personalKeys = /^(?:creditor_account|stated_id|matched_id|beneficiary_id|holder_id|payee_id)$/

/** The words of a reason code in the reader's language; the code where no list of codes knows it. */
export function reasonText(code: string, naming: Naming, view: View): string {
  const known = naming.reasons.get(code)
  return (view.language === 'vi' ? known?.vi : (known?.en ?? known?.vi)) ?? code
}

/** `970436|E2E7` → `E2E7`; a payment without reference is named by a hash that says nothing to a reader. */
function paymentReference(name: string, view: View): Html | string {
  const parts = name.split('|')
  return parts[1] === '-' ? view.words.notStated : reference(parts.slice(1).join('|') || name)
}

/** `CT261000000599/2` in one piece: somebody reads it out to the bank. */
function reference(text: string): Html {
  return text.length > unbrokenReferenceLength ? leftToRight(text) : html`<bdi dir="ltr" class="tt-whole">${text}</bdi>`
}
