/** What a province may publish of itself: the sheet of a place and a month, to read, and to take away signed. */
import { html } from 'hono/html'
import { month } from '../format.ts'
import { sheetBody, sheetPlace, type SheetReader } from './document.ts'
import { address, unitName, type Html, type View } from '../view.ts'
import type { FindingUnit, SchemeName, SignedSheet } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface SheetView {
  /** Null: no place is chosen yet. */
  readonly signed: SignedSheet | null
  readonly schemes: readonly SchemeName[]
  /** The places to choose from; null: too many, the reader writes the code. */
  readonly units: readonly FindingUnit[] | null
  /** The months to choose from, the newest first. */
  readonly periods: readonly string[]
}

/** The page. */
export function sheetPage({ signed, schemes, units, periods }: SheetView, view: View): Page {
  const { sheet: words } = view.words
  const reader: SheetReader = { language: view.language, words: view.words, schemes }
  const title = signed === null ? words.title : `${words.title}: ${sheetPlace(signed, reader)}`
  const main = html`${sheetForm(signed, units, periods, view)}
<h1 class="govuk-heading-l">${title}</h1>
${signed === null ? html`<p class="govuk-body">${words.sentence} ${words.choose}</p>` : html`${downloads(signed, view)}${sheetBody(signed, reader)}`}`
  return { title, main, section: 'dashboard' }
}

function sheetForm(signed: SignedSheet | null, units: SheetView['units'], periods: readonly string[], view: View): Html {
  const { sheet: words, outreach } = view.words
  const chosen = signed?.sheet.unit_code ?? ''
  const options = new Map((units ?? []).map((unit) => [unit.unit_code, unitName(unit.unit_code, unit.name, view)]))
  if (signed !== null && !options.has(chosen)) options.set(chosen, unitName(chosen, signed.sheet.unit_name, view))
  const place = units === null
    ? html`<label class="govuk-label" for="unit">${outreach.unitCode}</label><input class="govuk-input" id="unit" name="unit" value="${chosen}" maxlength="40" spellcheck="false" autocomplete="off">`
    : html`<label class="govuk-label" for="unit">${outreach.unit}</label><select class="govuk-select" id="unit" name="unit"><option value="">${outreach.pick}</option>${[...options].map(([code, name]) => html`<option value="${code}" ${code === chosen ? html`selected` : ''}>${name}</option>`)}</select>`
  return html`<form method="get" action="/sheet" class="tt-filter"><div class="govuk-form-group">${place}</div>
<div class="govuk-form-group"><label class="govuk-label" for="period">${words.month}</label><select class="govuk-select" id="period" name="period">${periods.map((period) => html`<option value="${period}" ${period === signed?.sheet.benefit_period ? html`selected` : ''}>${month(period, view.language)}</option>`)}</select></div>
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${outreach.show}</button></div></form>`
}

function downloads({ sheet }: SignedSheet, view: View): Html {
  const { sheet: words } = view.words
  const link = (format: string, label: string): Html => html`<a class="govuk-link" href="${address(`/sheet/sheet.${format}`, { unit: sheet.unit_code, period: sheet.benefit_period, lang: view.language })}">${label}</a>`
  return html`<p class="govuk-body tt-screen"><strong>${words.download}:</strong> ${link('json', words.signedFile)} · ${link('html', words.page)} · ${link('xlsx', 'Excel')} · ${link('csv', 'CSV')}</p>`
}
