/** The form for a complaint, with what is known of each month beside it, and the page that says it back before it is taken. */
import { html } from 'hono/html'
import { answerWays, complaintWays } from '../../cases/index.ts'
import type { Person, PersonMonth, SchemeName } from '../../reports/index.ts'
import { masked, money, month } from '../format.ts'
import type { Page } from '../layout.ts'
import { wordFor } from '../text/index.ts'
import { isolated, schemeName, unitName, type Html, type View } from '../view.ts'
import { monthOf, type ComplaintAnswers, type ComplaintFault } from './fields.ts'

/** Whose complaint it is. */
export interface Complainer {
  /** The address that names the person without a number. */
  readonly address: string
  readonly beneficiaryId: string
  /** What the published result knows; null: nobody on the reader's lists has the number. */
  readonly person: Person | null
  readonly schemes: readonly SchemeName[]
}

/** A case that is open about the month. */
export interface OpenCase {
  readonly finding_id: string
  readonly case_number: string
  readonly code: string
  readonly step: string
  readonly opened_date: string
  readonly scheme: string | null
}

/** Months of the person that can be chosen, the newest first. */
export const monthsToChoose = 12

/** The months of somebody's entitlements, the newest first, each once. */
export function monthsOf({ person }: Complainer): string[] {
  return [...new Set((person?.months ?? []).map(({ benefit_period: period }) => period))].slice(0, monthsToChoose)
}

/** The form. */
export function complaintFormPage(complainer: Complainer, answers: ComplaintAnswers, faults: readonly ComplaintFault[], view: View): Page {
  const { complaint, errorTitle } = view.words.many
  const main = html`<a class="govuk-back-link" href="/complaints/new">${complaint.back}</a>
${errorSummary(faults, view)}
${heading(complainer, complaint.formTitle, view)}
<form method="post" action="/complaints/new" novalidate>
<input type="hidden" name="person" value="${complainer.address}">
${complainer.person === null ? html`<div class="govuk-inset-text">${complaint.unknownPerson}</div>${textField('name', complaint.fullName, null, answers.name, 'text', faults, view)}` : ''}
${monthField(complainer, answers, faults, view)}
${schemeField(complainer, answers, view)}
<div class="govuk-form-group ${groupClass('words', faults)}"><label class="govuk-label tt-label" for="words">${complaint.words}</label><div id="words-hint" class="govuk-hint">${complaint.wordsHint}</div>${errorOf('words', faults, view)}
<textarea class="govuk-textarea tt-field" id="words" name="words" rows="3" maxlength="1000" aria-describedby="words-hint">${answers.words}</textarea></div>
${radios('wantedAnswer', complaint.wantedAnswer, answerWays.map((way) => [way, complaint.answerWays[way]]), answers.wantedAnswer, faults, view)}
${textField('phone', complaint.phone, complaint.phoneHint, answers.phone, 'tel', faults, view)}
${radios('cameBy', complaint.cameBy, complaintWays.map((way) => [way, complaint.ways[way]]), answers.cameBy, faults, view)}
<button class="govuk-button" type="submit" name="step" value="check">${complaint.check}</button>
</form>`
  return { title: faults.length > 0 ? `${errorTitle}: ${complaint.formTitle}` : complaint.formTitle, main, section: 'findings' }
}

/** What will be taken, with what is known of that month and what is open about it. */
export function complaintCheckPage(complainer: Complainer, answers: ComplaintAnswers, open: readonly OpenCase[], workingDays: string, view: View): Page {
  const { complaint } = view.words.many
  const period = monthOf(answers) ?? ''
  const scheme = answers.scheme === '' ? complaint.schemeUnknown : schemeName(complainer.schemes, answers.scheme, view.language)
  const rows: readonly [string, string][] = [
    ...(complainer.person === null ? [[complaint.fullName, answers.name] as [string, string]] : []),
    [complaint.month, month(period, view.language)],
    [complaint.scheme, scheme],
    [complaint.words, answers.words],
    [complaint.wantedAnswer, wordFor(complaint.answerWays, answers.wantedAnswer)],
    [complaint.phone, answers.phone],
    [complaint.cameBy, wordFor(complaint.ways, answers.cameBy)],
  ]
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`
  const main = html`${heading(complainer, complaint.checkTitle, view)}
${knownOf(complainer.person?.months ?? [], complainer.schemes, period, answers.scheme === '' ? null : answers.scheme, view)}
${openCases(open, view)}
<form method="post" action="/complaints/new">
${hidden('person', complainer.address)}${Object.entries(answers).map(([name, value]) => hidden(name, value as string))}
<dl class="govuk-summary-list">${rows.map(([label, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value === '' ? html`<span class="tt-quiet">${complaint.notSaid}</span>` : html`<bdi>${value}</bdi>`}</dd></div>`)}</dl>
<p class="govuk-body">${complaint.answeredWithin(workingDays)}</p>
<div class="tt-buttons"><button class="govuk-button" type="submit" name="step" value="take">${complaint.take}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="step" value="change">${complaint.change}</button></div>
</form>`
  return { title: complaint.checkTitle, main, section: 'findings' }
}

/** What the result says of the month: outcome by scheme, in a sentence each. */
export function knownOf(all: readonly PersonMonth[], schemes: readonly SchemeName[], period: string, scheme: string | null, view: View): Html {
  const { complaint } = view.words.many
  const months = all.filter((one) => one.benefit_period === period && (scheme === null || one.scheme === scheme))
  return html`<section class="tt-known" aria-labelledby="known"><h2 class="govuk-heading-s" id="known">${complaint.knownTitle(month(period, view.language))}</h2>
${months.length === 0 ? html`<p class="govuk-body">${complaint.knownNothing}</p>` : html`<ul class="govuk-list">${months.map((one) => html`<li><strong>${wordFor(view.words.classes, one.outcome_class)}</strong> · ${schemeName(schemes, one.scheme, view.language)}: ${complaint.dueAndCame(money(one.due_amount, one.currency, view.language), money(one.credited_amount, one.currency, view.language))}</li>`)}</ul>`}</section>`
}

function openCases(open: readonly OpenCase[], view: View): Html | string {
  const { complaint } = view.words.many
  if (open.length === 0) return ''
  const isThere = open.some(({ code }) => code === 'complaint')
  return html`<div class="govuk-inset-text"><p class="govuk-body">${isThere ? complaint.alreadyTaken : complaint.alsoOpen}</p><ul class="govuk-list">${open.map((one) => html`<li><a class="govuk-link" href="/cases/${one.finding_id}">${complaint.caseNumber(one.case_number)}</a> · ${wordFor(view.words.desk.steps, one.step)}</li>`)}</ul></div>`
}

function heading({ person, beneficiaryId }: Complainer, title: string, view: View): Html {
  const place = person === null || person.unit_code === null ? null : [person.village === null ? null : isolated(person.village), unitName(person.unit_code, person.unit_name, view)].filter((part) => part !== null)
  return html`<h1 class="govuk-heading-l">${title}</h1>
${person === null ? '' : html`<p class="govuk-body"><bdi class="tt-person">${person.name ?? view.words.outreach.nameless}</bdi> · ${masked(beneficiaryId)}${place === null ? '' : place.map((part) => html` · <bdi>${part}</bdi>`)}</p>`}`
}

function monthField(complainer: Complainer, answers: ComplaintAnswers, faults: readonly ComplaintFault[], view: View): Html {
  const { complaint } = view.words.many
  const months = monthsOf(complainer)
  const about = (period: string): string => (complainer.person?.months ?? []).filter((one) => one.benefit_period === period).map((one) => wordFor(view.words.classes, one.outcome_class)).join(' · ')
  const chosen = answers.month === 'other' || months.includes(answers.month) ? answers.month : (months[0] ?? 'other')
  const other = html`<label class="govuk-label" for="otherMonth">${months.length === 0 ? complaint.monthWritten : complaint.otherMonth}</label><input class="govuk-input govuk-input--width-10" id="otherMonth" name="otherMonth" value="${answers.otherMonth}" placeholder="" maxlength="10" autocomplete="off" dir="ltr" aria-describedby="month-hint">`
  return html`<div class="govuk-form-group tt-month ${groupClass('month', faults)}"><fieldset class="govuk-fieldset" aria-describedby="month-hint"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${complaint.month}</legend><div id="month-hint" class="govuk-hint">${complaint.monthHint}</div>${errorOf('month', faults, view)}
${months.length === 0 ? html`<input type="hidden" name="month" value="other">${other}` : html`<div class="govuk-form-group"><label class="govuk-label govuk-visually-hidden" for="month">${complaint.month}</label><select class="govuk-select" id="month" name="month">${months.map((period) => html`<option value="${period}" ${period === chosen ? html`selected` : ''}>${month(period, view.language)} – ${about(period)}</option>`)}<option value="other" ${chosen === 'other' ? html`selected` : ''}>${complaint.anotherMonth}</option></select></div>${other}`}</fieldset></div>`
}

function schemeField({ person, schemes }: Complainer, answers: ComplaintAnswers, view: View): Html {
  const { complaint } = view.words.many
  const own = [...new Set((person?.months ?? []).map(({ scheme }) => scheme))]
  const choices = own.length > 0 ? own : schemes.map(({ scheme }) => scheme)
  const chosen = answers.scheme === '' && own.length === 1 ? (own[0] ?? '') : answers.scheme
  return html`<div class="govuk-form-group"><label class="govuk-label tt-label" for="scheme">${complaint.scheme}</label><select class="govuk-select" id="scheme" name="scheme">${choices.map((scheme) => html`<option value="${scheme}" ${scheme === chosen ? html`selected` : ''}>${schemeName(schemes, scheme, view.language)}</option>`)}<option value="" ${chosen === '' ? html`selected` : ''}>${complaint.schemeUnknown}</option></select></div>`
}

const groupClass = (field: string, faults: readonly ComplaintFault[]): string => (faults.some((one) => one.field === field) ? 'govuk-form-group--error' : '')

function errorOf(field: string, faults: readonly ComplaintFault[], view: View): Html | string {
  const fault = faults.find((one) => one.field === field)
  return fault === undefined ? '' : html`<p id="${field}-error" class="govuk-error-message">${view.words.many.complaint.errors[fault.error]}</p>`
}

function errorSummary(faults: readonly ComplaintFault[], view: View): Html | string {
  const { complaint, errorTitle } = view.words.many
  if (faults.length === 0) return ''
  const target = { month: 'otherMonth', words: 'words', wantedAnswer: `wantedAnswer-${answerWays[0]}`, phone: 'phone', name: 'name' } as const
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${errorTitle}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${faults.map(({ field, error }) => html`<li><a href="#${target[field]}">${complaint.errors[error]}</a></li>`)}</ul></div></div>`
}

function radios(name: 'wantedAnswer' | 'cameBy', legend: string, options: readonly (readonly [string, string])[], chosen: string, faults: readonly ComplaintFault[], view: View): Html {
  return html`<div class="govuk-form-group ${groupClass(name, faults)}"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>${errorOf(name, faults, view)}
<div class="govuk-radios govuk-radios--small tt-row">${options.map(([value, label]) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${name}-${value}" name="${name}" value="${value}" ${chosen === value ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="${name}-${value}">${label}</label></div>`)}</div></fieldset></div>`
}

function textField(field: 'phone' | 'name', label: string, hint: string | null, value: string, type: 'tel' | 'text', faults: readonly ComplaintFault[], view: View): Html {
  const describedBy = [hint === null ? null : `${field}-hint`, faults.some((one) => one.field === field) ? `${field}-error` : null].filter((id) => id !== null).join(' ')
  return html`<div class="govuk-form-group ${groupClass(field, faults)}"><label class="govuk-label tt-label" for="${field}">${label}</label>${hint === null ? '' : html`<div id="${field}-hint" class="govuk-hint">${hint}</div>`}${errorOf(field, faults, view)}
<input class="govuk-input tt-field" type="${type}" id="${field}" name="${field}" value="${value}" maxlength="${field === 'name' ? '300' : '24'}" autocomplete="off" ${type === 'tel' ? html`dir="ltr"` : ''} ${describedBy === '' ? '' : html`aria-describedby="${describedBy}"`}></div>`
}
