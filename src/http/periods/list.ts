/** The payment periods of a place, the newest first: what was due, what arrived, and how far each is closed. */
import { html } from 'hono/html'
import { money as amounts, type Amount } from '../../core/index.ts'
import type { PeriodOverview, PeriodState } from '../../periods/index.ts'
import { localMoment, month, money } from '../format.ts'
import type { Page } from '../layout.ts'
import { figure, figuresRow, figuresTable, words as wordCell } from '../page-parts/cells.ts'
import { unitName, type Html, type View } from '../view.ts'
import { periodAddress } from './place.ts'

/** One month and currency. */
export interface PeriodSums {
  readonly benefit_period: string
  readonly currency: string
  readonly due: Amount
  readonly arrived: Amount
}

/** What the page is drawn from. */
export interface PeriodList {
  readonly unitCode: string | null
  /** Places to choose from, for whoever works for the whole country; fewer than two: nothing to choose. */
  readonly provinces: readonly { readonly code: string; readonly name: string | null }[]
  readonly rows: readonly PeriodSums[]
  readonly begun: readonly PeriodOverview[]
}

const tones: Readonly<Record<PeriodState, string>> = { open: 'i', prepared: 'l', appraised: 'l', approved: 'l', void: 'h', signed: 'i', reopen_asked: 'm', reopened: 'm' }

/** How a month stands, in a word, and whether it is still what was signed. */
export function stateTags(state: PeriodState, differs: boolean | null, { words }: View): Html {
  return html`<span><strong class="govuk-tag tt-tag tt-tag--${tones[state]}">${words.periods.states[state]}</strong>${differs === true ? html` <strong class="govuk-tag tt-tag tt-tag--h">${words.periods.differs}</strong>` : ''}</span>`
}

/** The page. */
export function periodsPage({ unitCode, provinces, rows, begun }: PeriodList, view: View): Page {
  const { periods: words } = view.words
  const { language } = view
  const columns = [{ label: words.month }, { label: words.state }, { label: words.lastAct }, ...[words.due, words.arrived, words.missing].map((label) => ({ label, isNumber: true }))]
  const line = (row: PeriodSums): Html => {
    const known = begun.find((one) => one.benefit_period === row.benefit_period)
    const last = known?.last ?? null
    return figuresRow(html`<a class="govuk-link" href="${periodAddress({ unitCode, benefitPeriod: row.benefit_period }, view)}">${month(row.benefit_period, language)}</a>`, [
      wordCell(words.state, stateTags(known?.state ?? 'open', known?.differs ?? null, view)),
      wordCell(words.lastAct, last === null ? null : html`${words.events[last.kind]}: <bdi>${last.display_name}</bdi><span class="tt-under">${localMoment(last.happened_at, language)}</span>`),
      figure(words.due, money(row.due, row.currency, language)), figure(words.arrived, money(row.arrived, row.currency, language)), figure(words.missing, money(amounts.subtract(row.due, row.arrived), row.currency, language)),
    ])
  }
  const main = html`<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${words.lead}</p>
${placeForm(unitCode, provinces, view)}
${rows.length === 0 ? html`<p class="govuk-body">${words.empty}</p>` : figuresTable(words.title, columns, rows.map(line))}`
  return { title: words.title, main, section: 'period', periodPage: 'periods' }
}

/** For whoever works in a commune: months are not closed there. */
export function communePage(view: View): Page {
  const { periods: words } = view.words
  return { title: words.title, main: html`<h1 class="govuk-heading-l">${words.title}</h1><p class="tt-lead">${words.communeNote}</p><p class="govuk-body"><a class="govuk-link" href="/dashboard">${view.words.navigation.dashboard}</a></p>`, section: 'period', periodPage: 'periods' }
}

function placeForm(unitCode: string | null, provinces: PeriodList['provinces'], view: View): Html | string {
  if (provinces.length < 2) return ''
  const { periods: words, overview } = view.words
  const option = (value: string, label: string): Html => html`<option value="${value}" ${value === (unitCode ?? '') ? html`selected` : ''}>${label}</option>`
  return html`<form method="get" action="/periods" class="tt-filter" role="search" aria-label="${overview.filterTitle}"><div class="govuk-form-group"><label class="govuk-label" for="unit">${words.place}</label><select class="govuk-select" id="unit" name="unit">${option('', words.country)}${provinces.map(({ code, name }) => option(code, unitName(code, name, view)))}</select></div><div class="tt-filter__actions"><button class="govuk-button govuk-button--secondary" type="submit">${overview.apply}</button></div></form>`
}
