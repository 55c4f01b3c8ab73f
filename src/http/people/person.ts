/** One person: who it is, every month with what was due, what came, where and when, the findings, and the lines that say so. */
import { html } from 'hono/html'
import { count, day, masked, money, month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, inLanguage, isolated, listed, monthOrNone, schemeName, severityTag, unitName, type Html, type View } from '../view.ts'
import { breakable } from '../files/files.ts'
import { monthsPicture, monthsShown } from '../pictures/months.ts'
import type { Person, PersonFinding, PersonLine, PersonMonth, PersonPayment, SchemeName } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface PersonView {
  readonly person: Person
  readonly asOf: string
  readonly schemes: readonly SchemeName[]
  readonly banks: ReadonlyMap<string, string>
}

/** The page of one person. */
export function personPage(shown: PersonView, view: View): Page {
  const { person } = shown
  const { words, language } = view
  const title = person.name ?? words.person.nameless
  const main = html`<a class="govuk-back-link" href="/persons">${words.person.back}</a>
<span class="govuk-caption-l">${words.person.caption} · ${masked(person.beneficiary_id)}</span>
<h1 class="govuk-heading-l"><bdi>${title}</bdi></h1>
${who(shown, view)}
<h2 class="govuk-heading-m">${words.person.findingsTitle}</h2>
${person.findings.length === 0 ? html`<p class="govuk-body">${words.person.noFindings(day(shown.asOf, language))}</p>` : html`<ol class="tt-findings">${person.findings.map((finding) => findingItem(finding, shown, view))}</ol>`}
<h2 class="govuk-heading-m">${words.person.monthsTitle}</h2>
${person.months.length === 0 ? html`<p class="govuk-body">${words.person.noMonths}</p>` : html`${monthsPicture(monthsShown(person.months, person.findings), view)}
<p class="govuk-body">${words.person.monthsSentence(day(shown.asOf, language))}</p>${monthsTable(shown, view)}`}
${lines(shown, view)}
<section class="tt-screen" aria-labelledby="own-data"><h2 class="govuk-heading-m" id="own-data">${words.person.exportTitle}</h2><p class="govuk-body">${words.person.exportSentence}</p>
<p class="govuk-body"><a class="govuk-link" href="${view.path}/print">${words.personData.openPrint}</a></p>
<form method="post" action="${view.path}/export"><button class="govuk-button govuk-button--secondary" type="submit">${words.person.exportButton}</button></form></section>`
  return { title, main, section: 'persons' }
}

function who({ person }: PersonView, view: View): Html {
  const { words, language } = view
  const row = (key: string, value: Html | string): Html => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`
  return html`<dl class="govuk-summary-list">
${row(words.person.id, masked(person.beneficiary_id))}
${person.birth_year === null ? '' : row(words.person.birthYear, String(person.birth_year))}
${person.unit_code === null ? '' : row(words.finding.unit, unitName(person.unit_code, person.unit_name, view))}
${person.village === null ? '' : row(words.finding.village, html`<bdi>${person.village}</bdi>`)}
${person.death === null ? '' : row(words.person.dead, person.death.date === null ? words.notStated : day(person.death.date, language))}
${person.otherIds.length === 0 ? '' : row(words.person.otherIds, html`${person.otherIds.map(({ id, address: place }) => html`<a class="govuk-link" href="/persons/${place}">${masked(id)}</a> `)}`)}
</dl>`
}

function findingItem(finding: PersonFinding, { schemes }: PersonView, view: View): Html {
  const { language } = view
  const facts = [finding.scheme === null ? null : schemeName(schemes, finding.scheme, language), finding.benefit_period === null ? null : month(finding.benefit_period, language)].filter((fact) => fact !== null)
  return html`<li class="tt-finding"><div class="tt-finding__head"><h3 class="govuk-heading-s"><a class="govuk-link" href="${address(`/cases/${finding.finding_id}`)}">${inLanguage(finding.title, language)}</a></h3><span class="tt-finding__stake">${money(finding.amount_at_stake, finding.currency, language)}</span></div>
<p class="tt-finding__facts">${severityTag(finding.severity, view)}${listed(facts, view)}</p></li>`
}

function monthsTable(shown: PersonView, view: View): Html {
  const { words } = view
  const number = 'govuk-table__header--numeric'
  const head = (label: string, extra = ''): Html => html`<th scope="col" class="govuk-table__header ${extra}">${label}</th>`
  return html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${words.person.monthsTitle}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${head(words.finding.period)}${head(words.person.outcome)}${head(words.finding.due, number)}${head(words.finding.credited, number)}${head(words.person.payments)}${head(words.person.cash)}</tr></thead>
<tbody class="govuk-table__body">${shown.person.months.map((one) => monthRow(one, shown, view))}</tbody></table>`
}

function monthRow(one: PersonMonth, shown: PersonView, view: View): Html {
  const { words, language } = view
  const amount = (label: string, value: string): Html => html`<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${label}">${money(value, one.currency, language)}</td>`
  return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${month(one.benefit_period, language)}<span class="tt-under">${schemeName(shown.schemes, one.scheme, language)}</span></th>
<td class="govuk-table__cell" data-label="${words.person.outcome}">${wordFor(words.classes, one.outcome_class)}<span class="tt-under">${words.person.dueOn(day(one.due_date, language))}</span></td>
${amount(words.finding.due, one.due_amount)}${amount(words.finding.credited, one.credited_amount)}
<td class="govuk-table__cell" data-label="${words.person.payments}">${one.payments.length === 0 ? '–' : html`${one.payments.map((payment) => paymentText(payment, one, shown, view))}`}</td>
<td class="govuk-table__cell" data-label="${words.person.cash}">${cashText(one, view)}${stagesText(one, view)}</td></tr>`
}

/** `10/10/2026 đã ghi có 500.000 ₫, •••• 3456, Ngân hàng A`; the day is that of its latest step. */
function paymentText(payment: PersonPayment, one: PersonMonth, { banks }: PersonView, view: View): Html {
  const { words, language } = view
  const when = (payment.state === 'returned' ? payment.returned_date : null) ?? payment.credited_date ?? payment.returned_date ?? payment.instructed_date
  const parts = [
    payment.state === null ? null : wordFor(words.states, payment.state),
    payment.allocated_amount === '0' || one.payments.length === 1 ? null : money(payment.allocated_amount, one.currency, language),
    payment.creditor_account === null ? null : masked(payment.creditor_account),
    payment.creditor_agent === null ? null : isolated(banks.get(payment.creditor_agent) ?? payment.creditor_agent),
  ].filter((part) => part !== null)
  return html`<span class="tt-payment">${when === null ? '' : day(when, language)}<span class="tt-under">${listed(parts, view)}</span></span>`
}

function cashText({ cash_event: event, days }: PersonMonth, view: View): string {
  if (event === null) return '–'
  const word = wordFor(view.words.cashEvents, event)
  return days === null ? word : view.words.person.cashAfter(word, count(days, view.language))
}

/** Where the days went before the money could be withdrawn; nothing is said of a stage that took none. */
function stagesText(one: PersonMonth, view: View): Html | string {
  const { stages } = view.words.person
  const payer = one.due_to_instructed_days ?? 0
  const said = [
    payer === 0 ? null : (payer < 0 ? stages.payerBefore : stages.payer)(count(Math.abs(payer), view.language)),
    (one.instructed_to_credited_days ?? 0) > 0 ? stages.bank(count(one.instructed_to_credited_days ?? 0, view.language)) : null,
    (one.credited_to_withdrawable_days ?? 0) > 0 ? stages.account(count(one.credited_to_withdrawable_days ?? 0, view.language)) : null,
  ].filter((part) => part !== null)
  return said.length === 0 ? '' : html`<span class="tt-under">${listed(said, view)}</span>`
}

function lines({ person, schemes }: PersonView, view: View): Html | string {
  if (person.lines.length === 0) return ''
  const { words, language } = view
  const said = (line: PersonLine): string | null => (line.said === null ? null : wordFor(line.kind === 'beneficiary_list' ? words.listStatuses : Object.hasOwn(words.values, line.said) ? words.values : words.states, line.said))
  const component = (line: PersonLine): string | null => (line.component === null || line.component === 'regular' ? null : wordFor(words.values, line.component))
  return html`<h2 class="govuk-heading-m">${words.finding.linesTitle}</h2><p class="govuk-body">${words.person.linesSentence}</p>
<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-visually-hidden">${words.finding.linesTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">
<th scope="col" class="govuk-table__header">${words.finding.source}</th><th scope="col" class="govuk-table__header">${words.finding.period}</th><th scope="col" class="govuk-table__header">${words.person.said}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.bridge.amount}</th></tr></thead>
<tbody class="govuk-table__body">${person.lines.map((line) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header tt-break"><a class="govuk-link" href="/files/${line.file_id}">${breakable(line.file_name)}</a><span class="tt-under">${words.person.line(count(line.line, language))} · ${wordFor(words.files.kinds, line.kind)}</span></th>
<td class="govuk-table__cell" data-label="${words.finding.period}">${monthOrNone(line.benefit_period, view)}${line.scheme === null ? '' : html`<span class="tt-under">${schemeName(schemes, line.scheme, language)}</span>`}</td>
<td class="govuk-table__cell" data-label="${words.person.said}">${listed([said(line), component(line)].filter((part) => part !== null), view) || '–'}</td>
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="${words.bridge.amount}">${money(line.amount, line.currency, language)}</td></tr>`)}</tbody></table>
${person.hasMoreLines ? html`<p class="govuk-body">${words.person.moreLines(count(person.lines.length, language))}</p>` : ''}`
}
