/** What the page of a case says of a complaint, of other cases about the same month, and of answering the person. */
import { html } from 'hono/html'
import { namedIn, type Complaint, type QueueRow } from '../../cases/index.ts'
import { hasRole } from '../../core/index.ts'
import { listLinks } from '../exports/form.ts'
import type { PersonMonth, SchemeName } from '../../reports/index.ts'
import { day } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { leftToRight, type Html, type View } from '../view.ts'
import { mayBeTold } from './answer.ts'
import { knownOf, type OpenCase } from './form.ts'

/** What is known beside the case itself. */
export interface CaseAside {
  /** Null: the case is no complaint. */
  readonly complaint: Complaint | null
  /** Other open cases about the person's month. */
  readonly alongside: readonly OpenCase[]
}

/** What the person said, how they want to be answered, and what is known of that month; nothing for a case that is no complaint. */
export function complaintPart({ aside: { complaint }, row, months, schemes }: { readonly aside: CaseAside; readonly row: QueueRow; readonly months: readonly PersonMonth[]; readonly schemes: readonly SchemeName[] }, view: View): Html | string {
  if (complaint === null) return ''
  const { complaint: words } = view.words.many
  const taken = complaint.taken_by_name === null ? words.fromFile : complaint.taken_by_name
  return html`<section class="tt-known" aria-labelledby="said"><h2 class="govuk-heading-s" id="said">${words.saidTitle}</h2>
<p class="govuk-body"><bdi>${complaint.words ?? words.noWords}</bdi></p>
<p class="govuk-body-s tt-quiet">${words.saidOn(day(complaint.complained_date, view.language), words.ways[complaint.came_by])} · <bdi>${taken}</bdi> · ${words.wantsAnswer(words.answerWays[complaint.wanted_answer])}${complaint.phone === null ? '' : html` (${leftToRight(complaint.phone)})`}</p></section>
${row.benefit_period === null ? '' : knownOf(months, schemes, row.benefit_period, row.scheme, view)}`
}

/** Other open cases about the same month; nothing where there are none. */
export function alongsidePart({ alongside }: CaseAside, view: View): Html | string {
  const { complaint: words } = view.words.many
  if (alongside.length === 0) return ''
  return html`<p class="govuk-body">${words.monthCases}: ${alongside.map((one, index) => html`${index === 0 ? '' : ' · '}<a class="govuk-link" href="/cases/${one.finding_id}">${words.caseNumber(one.case_number)}</a> (${wordFor(view.words.desk.steps, one.step)})`)}</p>`
}

/** The ways to answer the person, once two persons have decided; the cards of an ambiguous payment. */
export function answerLinks(row: Pick<QueueRow, 'finding_id' | 'code' | 'step' | 'is_found' | 'beneficiary_id'>, view: View): Html | string {
  const { complaint, answer, candidates } = view.words.many
  const mayAnswer = view.reader !== null && hasRole(view.reader, 'officer', 'payer') && mayBeTold(row) && row.beneficiary_id !== null
  const links = [
    row.code === 'ambiguous_payment' && row.is_found ? html`<li><a class="govuk-link" href="/cases/${row.finding_id}/candidates">${candidates.title}</a></li>` : null,
    mayAnswer ? html`<li>${complaint.answerLinks}: <a class="govuk-link" href="/cases/${row.finding_id}/letter">${answer.letterTitle}</a> · <a class="govuk-link" href="/cases/${row.finding_id}/message">${answer.messageTitle}</a></li>` : null,
  ].filter((link) => link !== null)
  return links.length === 0 ? '' : html`<ul class="govuk-list tt-screen">${links}</ul>`
}

/** The people whom the case names, to take away, where there are several. */
export function peopleLinks(row: Pick<QueueRow, 'finding_id' | 'beneficiary_id'>, evidence: unknown, view: View): Html | string {
  if (namedIn(row.beneficiary_id, evidence).length < 2) return ''
  return html`<p class="govuk-body-s tt-screen">${view.words.many.exports.peopleTitle}</p>${listLinks(`/cases/${row.finding_id}/people`, {}, true, view)}`
}

/** Said on top of the page right after a complaint was taken. */
export function takenNotice(view: View): Html | string {
  const { complaint } = view.words.many
  const text = view.query.get('taken') === '1' ? complaint.taken : view.query.get('again') === '1' ? complaint.again : null
  return text === null ? '' : html`<div class="govuk-inset-text" role="status">${text}</div>`
}
