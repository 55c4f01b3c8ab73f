/** Who need not have an account for now: by commune and reason, and one by one, with what ends soon. */
import { html } from 'hono/html'
import { foldWord } from '../../core/index.ts'
import { count, day, masked } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { unitName, type Html, type View } from '../view.ts'
import { outreachLinks, unitForm } from './outreach.ts'
import { countExemptions, type Exemption, type FindingUnit } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface ExemptionsView {
  readonly exemptions: readonly Exemption[]
  readonly asOf: string
  readonly units: readonly FindingUnit[] | null
  /** Null: all units. */
  readonly unit: { readonly unitCode: string; readonly unitName: string | null } | null
}

/** Of more people than these the page shows the counts alone. */
const mostShown = 300

/** The page. */
export function exemptionsPage({ exemptions, asOf, units, unit }: ExemptionsView, view: View): Page {
  const { exemptions: words } = view.words.outreach
  const main = html`${unitForm(units, unit, '/outreach/exemptions', view)}
<h1 class="govuk-heading-l">${words.title}</h1>
${exemptions.length === 0 ? html`<p class="tt-lead">${words.none}</p>` : ''}
<p class="govuk-body">${words.sentence(day(asOf, view.language))}</p>
${exemptions.length === 0 ? '' : html`${countTable(exemptions, view)}${personTable(exemptions.slice(0, mostShown), view)}`}
${outreachLinks(unit?.unitCode ?? null, 'exemptions', view)}`
  return { title: words.title, main, section: 'outreach' }
}

/** The name of a reason: one of the usual ones in the reader's language, else as the reason codes that were loaded call it, else its code. */
export function exemptionReason({ reason_code: code, reason_vi: vi, reason_en: en }: Pick<Exemption, 'reason_code' | 'reason_vi' | 'reason_en'>, { words, language }: Pick<View, 'words' | 'language'>): string {
  const usual = foldWord(code).replaceAll(' ', '_')
  const { reasons } = words.outreach.exemptions
  if (Object.hasOwn(reasons, usual)) return wordFor(reasons, usual)
  return (language === 'vi' ? vi : (en ?? vi)) ?? code
}

function countTable(exemptions: readonly Exemption[], view: View): Html {
  const { outreach } = view.words
  const { exemptions: words } = outreach
  const number = (label: string, value: number): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}">${count(value, view.language)}</td>`
  const rows = countExemptions(exemptions).map((row) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${unitName(row.unit_code, row.unit_name, view)}</th><td class="govuk-table__cell" data-label="${words.reason}">${exemptionReason(row, view)}</td>${number(words.valid, row.valid)}${number(words.expiring, row.expiring)}${number(words.expired, row.expired)}</tr>`)
  const head = (text: string, isNumber = false): Html => html`<th scope="col" class="govuk-table__header ${isNumber ? 'govuk-table__header--numeric' : ''}">${text}</th>`
  return html`<table class="govuk-table tt-cards"><caption class="govuk-visually-hidden">${words.title}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${head(outreach.unit)}${head(words.reason)}${head(words.valid, true)}${head(words.expiring, true)}${head(words.expired, true)}</tr></thead><tbody class="govuk-table__body">${rows}</tbody></table>`
}

function personTable(exemptions: readonly Exemption[], view: View): Html {
  const { outreach } = view.words
  const { exemptions: words } = outreach
  const cell = (label: string, value: string | Html): Html => html`<td class="govuk-table__cell" data-label="${label}">${value}</td>`
  const head = (text: string): Html => html`<th scope="col" class="govuk-table__header">${text}</th>`
  const rows = exemptions.map((row) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><bdi class="tt-person">${row.beneficiary_name ?? outreach.nameless}</bdi> <span class="tt-whole">${masked(row.beneficiary_id)}</span></th>
${cell(words.reason, exemptionReason(row, view))}${cell(words.until, html`<span><span class="tt-whole">${day(row.valid_to, view.language)}</span> <span class="tt-quiet">${words.states[row.state]}</span></span>`)}${cell(words.evidence, html`<bdi>${row.evidence_reference}</bdi>`)}${cell(words.approvedBy, html`<bdi>${row.approved_by}</bdi>`)}</tr>`)
  return html`<h2 class="govuk-heading-m">${words.listTitle}</h2>
<table class="govuk-table tt-cards"><caption class="govuk-visually-hidden">${words.listTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${head(words.person)}${head(words.reason)}${head(words.until)}${head(words.evidence)}${head(words.approvedBy)}</tr></thead><tbody class="govuk-table__body">${rows}</tbody></table>`
}
