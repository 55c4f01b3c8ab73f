/** What the pages of measures share: the form that narrows them down, the names of strata, and the files to take away. */
import { html } from 'hono/html'
import type { Stratum } from '../../core/index.ts'
import { month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, isolated, listed, schemeName, unitName, type Html, type View } from '../view.ts'
import { needsOf, type SchemeName } from '../../reports/index.ts'
import type { MeasureChoice } from '../place.ts'

/** What can be chosen from. */
export interface Choices {
  /** `YYYY-MM`, the newest first. */
  readonly periods: readonly string[]
  readonly schemes: readonly SchemeName[]
  /** Provinces, and below them the communes of one; null: the reader writes the code. */
  readonly places: readonly { readonly code: string; readonly name: string | null; readonly isInside: boolean }[] | null
  /** Where the reader works; null: the whole country. */
  readonly home: string | null
}

/** Which fields a page's form has besides month and scheme. */
export interface FormFields {
  readonly unit: boolean
  readonly scheme: boolean
  /** By what people can be told apart; none: the field is left out. */
  readonly strata: readonly Stratum[]
  /** Whether a second of them can be chosen. */
  readonly isTwofold: boolean
  /** False where a page always shows one month. */
  readonly everyPeriod: boolean
}

/** The form above a page of measures; the address it makes holds the view. */
export function measureForm(path: string, choice: MeasureChoice, choices: Choices, fields: FormFields, view: View): Html {
  const { filter } = view.words.measures
  const option = (value: string, text: string, chosen: string | undefined): Html => html`<option value="${value}" ${value === (chosen ?? '') ? html`selected` : ''}>${text}</option>`
  const select = (name: string, label: string, options: readonly Html[]): Html => html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><select class="govuk-select" id="${name}" name="${name}">${options}</select></div>`
  const stratumOptions = (chosen: Stratum | undefined): Html[] => [...(fields.isTwofold ? [option('', filter.none, chosen)] : []), ...fields.strata.map((stratum) => option(stratum, view.words.measures.strata[stratum], chosen))]
  // A link may name what no file has any more; the form still says what is chosen.
  const periods = choice.period === undefined || choices.periods.includes(choice.period) ? choices.periods : [choice.period, ...choices.periods]
  const schemes = [...new Set([...choices.schemes.map((one) => one.scheme), ...(choice.scheme === undefined ? [] : [choice.scheme])])]
  const isNarrowed = Object.entries(choice).some(([key, value]) => value !== undefined && !(key === 'unit' && value === choices.home))
  return html`<form method="get" action="${path}" class="tt-filter" role="search" aria-label="${filter.title}">
${select('period', filter.period, [fields.everyPeriod ? option('', filter.all, choice.period) : html``, ...periods.map((period) => option(period, month(period, view.language), choice.period))])}
${!fields.scheme ? '' : select('scheme', filter.scheme, [option('', filter.all, choice.scheme), ...schemes.map((scheme) => option(scheme, schemeName(choices.schemes, scheme, view.language), choice.scheme))])}
${fields.unit ? placeField(choice, choices, view) : ''}
${fields.strata.length === 0 ? '' : select('by', filter.by, stratumOptions(choice.by))}${fields.isTwofold ? select('and', filter.and, stratumOptions(choice.and)) : ''}
<div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${filter.apply}</button>${isNarrowed ? html`<a class="govuk-link" href="${path}">${filter.reset}</a>` : ''}</div>
</form>`
}

/** A choice of places, the communes of the one that is looked at under their province; a field for a code where no file names any. */
function placeField({ unit }: MeasureChoice, { places, home }: Choices, view: View): Html | string {
  const { filter } = view.words.measures
  // Whoever works for one commune has nothing to choose.
  if (home !== null && places?.length === 1) return ''
  if (places === null) return html`<div class="govuk-form-group"><label class="govuk-label" for="unit">${filter.unitCode}</label><input class="govuk-input" id="unit" name="unit" value="${unit ?? ''}" maxlength="40" spellcheck="false" autocomplete="off"></div>`
  const known = unit === undefined || places.some(({ code }) => code === unit) ? places : [...places, { code: unit, name: null, isInside: false }]
  return html`<div class="govuk-form-group"><label class="govuk-label" for="unit">${filter.unit}</label><select class="govuk-select" id="unit" name="unit">${home === null ? html`<option value="">${filter.all}</option>` : ''}${known.map(({ code, name, isInside }) => html`<option value="${code}" ${code === unit ? html`selected` : ''}>${isInside ? '\u2003' : ''}${unitName(code, name, view)}</option>`)}</select></div>`
}

/** The files that hold what a page shows, and those that may be sent on. */
export function exportLinks(path: string, query: Readonly<Record<string, string | undefined>>, view: View): Html {
  const { exports } = view.words.measures
  const link = (text: string, format: 'csv' | 'xlsx', isShared: boolean): Html => html`<a class="govuk-link" href="${address(`${path}.${format}`, { ...query, ...(isShared ? { share: '1' } : {}), lang: view.language })}">${text}</a>`
  return html`<p class="govuk-body-s tt-exports"><strong>${exports.title}:</strong> ${link(exports.csv, 'csv', false)} · ${link(exports.xlsx, 'xlsx', false)} · ${link(exports.shareCsv, 'csv', true)} · ${link(exports.shareXlsx, 'xlsx', true)}. ${exports.sentence}</p>`
}

/** A group by its values: what files call it, else what the page calls it. */
export function groupName(by: readonly Stratum[], group: { readonly values: readonly (string | null)[]; readonly names: readonly (string | null)[] }, schemes: readonly SchemeName[], view: View): string {
  if (by.length === 0) return view.words.measures.everybody
  return by.map((stratum, place) => valueName(stratum, group.values[place] ?? null, group.names[place] ?? null, schemes, view)).join(' · ')
}

/** The words of several strata in a sentence. */
export function strataNames(by: readonly Stratum[], view: View): string {
  return listed(by.map((stratum) => view.words.measures.strata[stratum].toLowerCase()), view)
}

/** True for what nobody's list shows. */
export function namesIllness(need: string): boolean {
  return needsOf(need).length === 0
}

/** A need as people say it; an illness is named on no page and in no file. */
export function needWord(need: string, { words }: View): string {
  return namesIllness(need) ? words.measures.healthNeed : wordFor(words.measures.needs, need)
}

function valueName(stratum: Stratum, value: string | null, name: string | null, schemes: readonly SchemeName[], view: View): string {
  const { measures, values } = view.words
  if (value === null) return stratum === 'need' ? measures.noNeed : `${measures.strata[stratum]}: ${measures.unknown.toLowerCase()}`
  switch (stratum) {
    case 'unit':
    case 'province':
    case 'village':
    case 'bank':
      return name === null ? value : isolated(name)
    case 'scheme':
      return schemeName(schemes, value, view.language)
    case 'distance':
      return wordFor(measures.distances, value)
    case 'age':
      return wordFor(measures.ages, value)
    case 'electricity':
      return wordFor(measures.electricity, value)
    case 'signal':
      return wordFor(measures.signal, value)
    case 'need':
      return needWord(value, view)
    case 'payee':
      return wordFor(measures.payees, value)
    case 'sex':
    case 'channel':
      return wordFor(values, value)
  }
}
