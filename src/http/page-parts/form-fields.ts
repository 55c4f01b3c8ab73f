/** The parts of a form: a field with its label, hint and what is wrong with it; choices; and the summary above that leads to each fault. */
import { html } from 'hono/html'
import type { Html, View } from '../view.ts'

/** What is wrong in a form: which field, and what to say. */
export interface FormFault {
  /** The id of the field that the summary leads to. */
  readonly field: string
  readonly message: string
}

/** One line to type into. */
export interface TextField {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly value?: string
  readonly type?: 'text' | 'password' | 'date' | 'search'
  readonly autocomplete?: string
  readonly inputmode?: 'numeric'
  readonly maxlength?: number
  readonly size?: 'code' | 'date' | 'amount' | 'name' | 'whole'
  /** Names, codes and numbers read from left to right in every language. */
  readonly isLeftToRight?: boolean
  readonly isFocused?: boolean
}

/** Above a form that came back: everything that is wrong, each with the way to it. */
export function faultSummary(faults: readonly FormFault[], { words }: Pick<View, 'words'>): Html | string {
  if (faults.length === 0) return ''
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title"><h2 class="govuk-error-summary__title" id="error-summary-title">${words.staff.errorTitle}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${faults.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}</ul></div></div>`
}

/** A field, with its fault if it has one. */
export function textField(field: TextField, faults: readonly FormFault[]): Html {
  const { id, label, hint, value = '', type = 'text', autocomplete = 'off', inputmode, maxlength = 200, size = 'name', isLeftToRight = false, isFocused = false } = field
  const fault = faults.find((one) => one.field === id)
  return html`<div class="govuk-form-group ${fault === undefined ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="${id}">${label}</label>${hint === undefined ? '' : html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}${faultOf(fault)}
<input class="govuk-input tt-field tt-field--${size} ${fault === undefined ? '' : 'govuk-input--error'}" id="${id}" name="${id}" type="${type}" ${type === 'password' ? '' : html`value="${value}"`} maxlength="${maxlength}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false" ${inputmode === undefined ? '' : html`inputmode="${inputmode}"`} ${isLeftToRight ? html`dir="ltr"` : ''} ${isFocused ? html`autofocus` : ''} ${described(id, hint, fault)}></div>`
}

/** One of several, from a list that is too long for buttons. */
export function selectField({ id, label, options, chosen, none = '' }: { readonly id: string; readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[]; readonly chosen: string; readonly none?: string }, faults: readonly FormFault[]): Html {
  const fault = faults.find((one) => one.field === id)
  return html`<div class="govuk-form-group ${fault === undefined ? '' : 'govuk-form-group--error'}"><label class="govuk-label tt-label" for="${id}">${label}</label>${faultOf(fault)}
<select class="govuk-select" id="${id}" name="${id}" ${described(id, undefined, fault)}><option value="">${none}</option>${options.map(({ value, label: name }) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${name}</option>`)}</select></div>`
}

/** Any of several; the summary leads to the first. */
export function checkboxes({ name, legend, hint, options, chosen }: { readonly name: string; readonly legend: string; readonly hint?: string; readonly options: readonly { readonly value: string; readonly label: string }[]; readonly chosen: readonly string[] }, faults: readonly FormFault[]): Html {
  const fault = faults.find((one) => one.field === `${name}-${options[0]?.value ?? ''}`)
  const id = `${name}-group`
  return html`<div class="govuk-form-group ${fault === undefined ? '' : 'govuk-form-group--error'}"><fieldset class="govuk-fieldset" ${described(id, hint, fault)}><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>${hint === undefined ? '' : html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}${fault === undefined ? '' : html`<p id="${id}-error" class="govuk-error-message">${fault.message}</p>`}
<div class="govuk-checkboxes govuk-checkboxes--small">${options.map(({ value, label }) => html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name}-${value}" name="${name}" value="${value}" ${chosen.includes(value) ? html`checked` : ''}><label class="govuk-label govuk-checkboxes__label" for="${name}-${value}">${label}</label></div>`)}</div></fieldset></div>`
}

/** A single yes. */
export function checkbox(id: string, label: string, isChecked: boolean): Html {
  return html`<div class="govuk-form-group"><div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${id}" name="${id}" value="1" ${isChecked ? html`checked` : ''}><label class="govuk-label govuk-checkboxes__label" for="${id}">${label}</label></div></div></div>`
}

/** What the form sends along. */
export function hidden(name: string, value: string | null): Html | string {
  return value === null ? '' : html`<input type="hidden" name="${name}" value="${value}">`
}

/** A text that a form sent; empty where it sent none, or a file. */
export function textOf(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

function faultOf(fault: FormFault | undefined): Html | string {
  return fault === undefined ? '' : html`<p id="${fault.field}-error" class="govuk-error-message">${fault.message}</p>`
}

function described(id: string, hint: string | undefined, fault: FormFault | undefined): Html | string {
  const parts = [hint === undefined ? null : `${id}-hint`, fault === undefined ? null : `${id}-error`].filter((one) => one !== null)
  return parts.length === 0 ? '' : html`aria-describedby="${parts.join(' ')}"`
}
