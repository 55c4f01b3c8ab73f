/** Whose door to knock on: choose a commune, then a village; read it, print it, or take it along as a file. */
import { html } from 'hono/html'
import { count } from '../format.ts'
import { accessWord, kilometres, packAbout, packSections, placeOf } from './pack.ts'
import { address, unitName, type Html, type View } from '../view.ts'
import { peopleInPack, type FindingUnit, type OutreachPack } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface OutreachView {
  /** The units that have anything to do; null: too many to choose from. */
  readonly units: readonly FindingUnit[] | null
  /** Null: no unit is chosen yet. */
  readonly pack: OutreachPack | null
  /** The village that is asked for; absent: all. */
  readonly village?: string | undefined
}

/** A pack of more people is shown village by village: a page stays light on a weak line. */
const mostShownAtOnce = 40

/** The page. */
export function outreachPage({ units, pack, village }: OutreachView, view: View): Page {
  const { outreach } = view.words
  if (pack === null) {
    const main = html`<h1 class="govuk-heading-l">${outreach.title}</h1>
<p class="govuk-body">${outreach.sentence}</p>
${unitForm(units, null, '/outreach', view)}
${outreachLinks(null, 'pack', view)}`
    return { title: outreach.title, main, section: 'outreach' }
  }
  const unit = unitName(pack.unitCode, pack.unitName, view)
  const people = peopleInPack(pack)
  const villages = pack.sections.length
  const place = village === undefined ? unit : placeOf({ village: village === '' ? null : village, unitCode: pack.unitCode, unitName: pack.unitName }, 'village', view)
  const lead = people === 0 ? outreach.nobody(place) : villages === 1 ? outreach.people(count(people, view.language)) : outreach.peopleInVillages(count(people, view.language), count(villages, view.language))
  const isWhole = village !== undefined || people <= mostShownAtOnce
  const title = outreach.packOf(place)
  const main = html`${unitForm(units, pack, '/outreach', view)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="tt-lead">${lead}</p>
${people === 0 ? '' : html`${packAbout(pack, view)}${takeAlong(pack, village, view)}`}
${village === undefined ? (villages > 1 ? villageTable(pack, view) : '') : html`<p class="govuk-body tt-screen"><a class="govuk-link" href="${address('/outreach', { unit: pack.unitCode })}">${outreach.allVillages}</a></p>`}
${isWhole ? packSections(pack, view, true) : ''}
${outreachLinks(pack.unitCode, 'pack', view)}`
  return { title, main, section: 'outreach' }
}

/** The choice of a unit, as all pages about visits have it. */
export function unitForm(units: readonly FindingUnit[] | null, chosen: { readonly unitCode: string; readonly unitName: string | null } | null, path: string, view: View): Html {
  const { outreach, findings } = view.words
  const options = new Map((units ?? []).map((unit) => [unit.unit_code, unitName(unit.unit_code, unit.name, view)]))
  if (chosen !== null && !options.has(chosen.unitCode)) options.set(chosen.unitCode, unitName(chosen.unitCode, chosen.unitName, view))
  const field = units === null
    ? html`<label class="govuk-label" for="unit">${outreach.unitCode}</label><input class="govuk-input" id="unit" name="unit" value="${chosen?.unitCode ?? ''}" maxlength="40" spellcheck="false" autocomplete="off">`
    : html`<label class="govuk-label" for="unit">${outreach.unit}</label><select class="govuk-select" id="unit" name="unit"><option value="">${path === '/outreach' ? outreach.pick : findings.all}</option>${[...options].map(([code, name]) => html`<option value="${code}" ${code === chosen?.unitCode ? html`selected` : ''}>${name}</option>`)}</select>`
  return html`<form method="get" action="${path}" class="tt-filter"><div class="govuk-form-group">${field}</div><div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${outreach.show}</button></div></form>`
}

/** The ways between the pages about visits. */
export function outreachLinks(unit: string | null, here: 'pack' | 'conflicts' | 'exemptions', view: View): Html {
  const { outreach } = view.words
  const pages = [['pack', '/outreach'], ['conflicts', '/outreach/conflicts'], ['exemptions', '/outreach/exemptions']] as const
  return html`<nav class="tt-pages" aria-label="${outreach.linksLabel}"><ul>${pages.filter(([page]) => page !== here).map(([page, path]) => html`<li><a class="govuk-link" href="${address(path, { unit })}">${outreach.links[page]}</a></li>`)}</ul></nav>`
}

function takeAlong({ unitCode }: OutreachPack, village: string | undefined, view: View): Html {
  const { outreach } = view.words
  const query = { unit: unitCode, village: village === '' ? '-' : village, lang: view.language }
  return html`<p class="govuk-body tt-screen"><strong>${outreach.takeAlong}:</strong> <a class="govuk-link" href="${address('/outreach/pack.html', query)}">${outreach.documentLink}</a> · <a class="govuk-link" href="${address('/outreach/pack.xlsx', query)}">Excel</a> · <a class="govuk-link" href="${address('/outreach/pack.csv', query)}">CSV</a></p>`
}

function villageTable(pack: OutreachPack, view: View): Html {
  const { outreach } = view.words
  const head = (text: string, isNumber = false): Html => html`<th scope="col" class="govuk-table__header ${isNumber ? 'govuk-table__header--numeric' : ''}">${text}</th>`
  const cell = (label: string, text: string | Html, isNumber = false): Html => html`<td class="govuk-table__cell ${isNumber ? 'govuk-table__cell--numeric' : ''}" data-label="${label}">${text}</td>`
  const hasUnits = new Set(pack.sections.map(({ unitCode }) => unitCode)).size > 1
  const rows = pack.sections.map((section) => {
    const { access } = section
    const name = hasUnits ? placeOf(section, 'village', view) : (section.village ?? outreach.noVillage)
    const distance = access?.distanceKm ?? null
    const cashPoint = access?.cashPointKm ?? null
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="${address('/outreach', { unit: section.unitCode, village: section.village ?? '-' })}">${name}</a></th>
${cell(outreach.count, count(section.people.length, view.language), true)}${cell(outreach.distance, distance === null ? '–' : kilometres(distance, view), true)}${cell(outreach.electricity, accessWord(access?.electricity ?? '–', view))}${cell(outreach.signal, accessWord(access?.signal ?? '–', view))}${cell(outreach.cashPoint, cashPoint === null ? '–' : kilometres(cashPoint, view), true)}</tr>`
  })
  return html`<table class="govuk-table tt-cards tt-screen"><caption class="govuk-table__caption govuk-table__caption--s">${outreach.villages}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${head(outreach.village)}${head(outreach.count, true)}${head(outreach.distance, true)}${head(outreach.electricity)}${head(outreach.signal)}${head(outreach.cashPoint, true)}</tr></thead>
<tbody class="govuk-table__body">${rows}</tbody></table>`
}
