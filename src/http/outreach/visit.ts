/** The form for one visit: enter what was found, check it, save it, and see at once whom it contradicts. */
import { html } from 'hono/html'
import { day, masked } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, isolated, listed, unitName, type Html, type View } from '../view.ts'
import { dayOf, visitResults, type VisitAnswers, type VisitFault } from './visit-form.ts'
import { conflictList } from './visit-conflicts.ts'
import type { Person, VisitConflict } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** Whom the form is about; `place`: the address of the person. */
export interface VisitedPerson {
  readonly address: string
  readonly person: Pick<Person, 'beneficiary_id' | 'name' | 'unit_code' | 'unit_name' | 'village'>
}

/** The form, with what was typed and what has to be corrected. */
export function visitFormPage(visited: VisitedPerson, answers: VisitAnswers, faults: readonly VisitFault[], view: View): Page {
  const { outreach } = view.words
  const { form } = outreach
  const main = html`${backLink(visited, view)}
${errorSummary(faults, view)}
${heading(visited, view)}
<form method="post" action="/outreach/results" novalidate>
<input type="hidden" name="person" value="${visited.address}">
${dateField(answers, faults, view)}
${resultField(answers, faults, view)}
${textField('evidence', form.evidence, form.evidenceHint, answers.evidence, 300, faults, view)}
${textField('note', form.note, form.noteHint, answers.note, 500, faults, view)}
${textField('team', form.team, null, answers.team, 100, faults, view)}
<button class="govuk-button" type="submit" name="step" value="check">${form.check}</button>
</form>`
  return { title: faults.length > 0 ? `${form.errorTitle}: ${form.title}` : form.title, main, section: 'outreach' }
}

/** What will be stored, before it is. */
export function visitCheckPage(visited: VisitedPerson, answers: VisitAnswers, view: View): Page {
  const { outreach } = view.words
  const { form } = outreach
  const rows: readonly [string, string][] = [
    [form.date, day(dayOf(answers) ?? '', view.language)],
    [form.result, wordFor(outreach.results, answers.result)],
    [form.evidence, answers.evidence],
    [form.note, answers.note],
    [form.team, answers.team],
  ]
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`
  const main = html`${heading(visited, view, form.checkTitle)}
<form method="post" action="/outreach/results">
${hidden('person', visited.address)}${Object.entries(answers).map(([name, value]) => hidden(name, value as string))}
<dl class="govuk-summary-list">${rows.map(([label, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value === '' ? html`<span class="tt-quiet">${form.empty}</span>` : value}</dd></div>`)}</dl>
<p class="govuk-body">${form.checkSentence}</p>
<div class="tt-buttons"><button class="govuk-button" type="submit" name="step" value="save">${form.save}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="step" value="change">${form.change}</button></div>
</form>`
  return { title: form.checkTitle, main, section: 'outreach' }
}

/** After saving: where it stands now, and what speaks against it. */
export function visitSavedPage(visited: VisitedPerson, fileId: string, isRepeat: boolean, conflicts: readonly VisitConflict[], view: View): Page {
  const { outreach } = view.words
  const { form } = outreach
  const main = html`${heading(visited, view, form.saved)}
<p class="govuk-body">${isRepeat ? form.savedBefore(fileId) : form.savedSentence(fileId)} <a class="govuk-link" href="/files/${fileId}">${form.fileLink}</a></p>
${conflicts.length === 0 ? html`<p class="govuk-body">${form.noConflicts}</p>` : html`<h2 class="govuk-heading-m">${outreach.conflicts.title}</h2>
<p class="govuk-body">${outreach.conflicts.sentence}</p>
${conflictList(conflicts, false, view)}`}
<p class="govuk-body"><a class="govuk-link" href="${packAddress(visited)}">${form.back}</a></p>`
  return { title: form.saved, main, section: 'outreach' }
}

/** When the address names nobody. */
export function visitUnknownPage(view: View): Page {
  const { form, title } = view.words.outreach
  const main = html`<h1 class="govuk-heading-l">${form.title}</h1>
<p class="govuk-body">${form.personUnknown}</p>
<p class="govuk-body"><a class="govuk-link" href="/outreach">${title}</a></p>`
  return { title: form.title, main, section: 'outreach' }
}

function packAddress({ person }: VisitedPerson): string {
  return address('/outreach', { unit: person.unit_code, village: person.unit_code === null ? null : (person.village ?? '-') })
}

function backLink(visited: VisitedPerson, view: View): Html {
  return html`<a class="govuk-back-link" href="${packAddress(visited)}">${view.words.outreach.form.back}</a>`
}

function heading({ person }: VisitedPerson, view: View, title?: string): Html {
  const { outreach } = view.words
  const name = person.name ?? outreach.nameless
  const place = person.unit_code === null ? null : listed([person.village === null ? outreach.noVillage : isolated(person.village), unitName(person.unit_code, person.unit_name, view)], view)
  return html`<h1 class="govuk-heading-l">${title ?? outreach.form.forPerson(name)}</h1>
<p class="govuk-body">${title === undefined ? '' : html`<bdi class="tt-person">${name}</bdi> · `}${masked(person.beneficiary_id)}${place === null ? '' : html` · <bdi>${place}</bdi>`}</p>`
}

function errorSummary(faults: readonly VisitFault[], view: View): Html | string {
  const { form } = view.words.outreach
  if (faults.length === 0) return ''
  const target = (field: VisitFault['field']): string => (field === 'result' ? `result-${visitResults[0] ?? ''}` : field)
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${form.errorTitle}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${faults.map(({ field, error }) => html`<li><a href="#${target(field)}">${form.errors[error]}</a></li>`)}</ul></div></div>`
}

function errorOf(field: VisitFault['field'], faults: readonly VisitFault[], view: View): Html | string {
  const fault = faults.find((one) => one.field === field)
  return fault === undefined ? '' : html`<p id="${field}-error" class="govuk-error-message">${view.words.outreach.form.errors[fault.error]}</p>`
}

const groupClass = (field: VisitFault['field'], faults: readonly VisitFault[]): string => (faults.some((one) => one.field === field) ? 'govuk-form-group--error' : '')

function dateField(answers: VisitAnswers, faults: readonly VisitFault[], view: View): Html {
  const { form } = view.words.outreach
  const isWrong = faults.some((one) => one.field === 'day')
  const part = (name: 'day' | 'month' | 'year', size: number): Html => html`<div class="govuk-date-input__item"><div class="govuk-form-group"><label class="govuk-label govuk-date-input__label" for="${name}">${form[name]}</label>
<input class="govuk-input govuk-date-input__input govuk-input--width-${size} ${isWrong ? 'govuk-input--error' : ''}" id="${name}" name="${name}" value="${answers[name]}" inputmode="numeric" maxlength="${size}" autocomplete="off" dir="ltr"></div></div>`
  return html`<div class="govuk-form-group ${groupClass('day', faults)}"><fieldset class="govuk-fieldset" role="group" aria-describedby="day-hint${isWrong ? ' day-error' : ''}"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${form.date}</legend>
<div id="day-hint" class="govuk-hint">${form.dateHint}</div>${errorOf('day', faults, view)}
<div class="govuk-date-input">${part('day', 2)}${part('month', 2)}${part('year', 4)}</div></fieldset></div>`
}

function resultField(answers: VisitAnswers, faults: readonly VisitFault[], view: View): Html {
  const { outreach } = view.words
  const isWrong = faults.some((one) => one.field === 'result')
  return html`<div class="govuk-form-group ${groupClass('result', faults)}"><fieldset class="govuk-fieldset" ${isWrong ? html`aria-describedby="result-error"` : ''}><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${outreach.form.result}</legend>${errorOf('result', faults, view)}
<div class="govuk-radios govuk-radios--small">${visitResults.map((result) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="result-${result}" name="result" value="${result}" ${answers.result === result ? html`checked` : ''}><label class="govuk-label govuk-radios__label" for="result-${result}">${outreach.results[result]}</label></div>`)}</div></fieldset></div>`
}

function textField(field: 'evidence' | 'note' | 'team', label: string, hint: string | null, value: string, maximum: number, faults: readonly VisitFault[], view: View): Html {
  const isWrong = faults.some((one) => one.field === field)
  const describedBy = [hint === null ? null : `${field}-hint`, isWrong ? `${field}-error` : null].filter((id) => id !== null).join(' ')
  return html`<div class="govuk-form-group ${groupClass(field, faults)}"><label class="govuk-label tt-label" for="${field}">${label}</label>${hint === null ? '' : html`<div id="${field}-hint" class="govuk-hint">${hint}</div>`}${errorOf(field, faults, view)}
<input class="govuk-input tt-field ${isWrong ? 'govuk-input--error' : ''}" id="${field}" name="${field}" value="${value}" maxlength="${maximum}" autocomplete="off" ${describedBy === '' ? '' : html`aria-describedby="${describedBy}"`}></div>`
}
