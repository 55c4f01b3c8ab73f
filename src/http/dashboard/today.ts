/** What needs the reader now: three numbers, the first of the queue, what waits for approval; and whether the last night worked. */
import { html } from 'hono/html'
import { hasRole, type Reader } from '../../core/index.ts'
import { count, day, localMoment, money, month } from '../format.ts'
import { address, inLanguage, listed, schemeName, severityTag, type Html, type View } from '../view.ts'
import { wordFor } from '../text/index.ts'
import { nightBanner } from '../page-parts/night-banner.ts'
import { queueAddress } from '../desk/queue-address.ts'
import type { FirstCase, Night, SchemeName, TodayCounts, Waiting } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface TodayView {
  readonly counts: TodayCounts
  readonly first: readonly FirstCase[]
  /** In their own right, or in place of somebody absent. */
  readonly isApprover: boolean
  /** Empty for whoever approves nothing. */
  readonly toApprove: readonly FirstCase[]
  readonly night: Night
  /** Cases whose bank has answered and nobody has gone on. */
  readonly answeredByBanks: number
  readonly schemes: readonly SchemeName[]
  /** The day that deadlines are held against. */
  readonly today: string
}

/** The page of whoever works on cases. */
export function todayPage(shown: TodayView, reader: Reader, view: View): Page {
  const { words, language } = view
  const { today: texts } = words.views
  const { counts } = shown
  const { isApprover } = shown
  const main = html`<span class="govuk-caption-l">${day(shown.today, language)}</span>
<h1 class="govuk-heading-l">${texts.title}</h1>
${nightBanner(shown.night, view)}
<ul class="tt-numbers">
${isApprover ? number(texts.toApprove, counts.toApprove, queueAddress({ step: 'appraised' }), 'mine', 'approve', view) : ''}
${number(texts.overdue, counts.overdue, queueAddress({ when: 'overdue' }), counts.overdue.count > 0 ? 'now' : '', 'overdue', view)}
${number(texts.waiting, counts.waiting, queueAddress({}), '', 'waiting', view)}
${number(texts.found, counts.found, queueAddress({ when: 'tonight' }), '', 'found', view)}
</ul>
${shown.answeredByBanks === 0 ? '' : html`<p class="govuk-body"><a class="govuk-link" href="${queueAddress({ question: 'answered' })}">${words.questions.desk.today(count(shown.answeredByBanks, language))}</a></p>`}
${hasRole(reader, 'officer', 'payer') ? html`<p class="govuk-body tt-screen"><a class="govuk-button govuk-button--secondary" href="/complaints/new">${words.many.complaint.link}</a></p>` : ''}
${isApprover && shown.toApprove.length > 0 ? approvals(shown, view) : ''}
${shown.first.length === 0 ? html`<p class="tt-lead">${texts.nothing}</p>` : html`<section aria-labelledby="first"><h2 class="govuk-heading-m" id="first">${texts.queueTitle}</h2>
<p class="govuk-body">${texts.queueSentence}</p>
<ol class="tt-first">${shown.first.map((one) => caseItem(one, shown, view))}</ol>
<p class="govuk-body"><a class="govuk-link tt-next" href="${queueAddress({})}">${texts.wholeQueue}</a></p></section>`}
${night(shown.night, view)}`
  return { title: texts.title, main, section: 'today' }
}

/** A count with its money, as one large link to its rows; `live` is what the script in the header keeps up to date. */
function number(what: string, { count: counted, amounts }: Waiting, href: string, tone: string, live: string, view: View): Html {
  const { language } = view
  const stakes = listed(amounts.filter(({ amount }) => amount !== '0').map(({ currency, amount }) => money(amount, currency, language)), view)
  return html`<li><a class="tt-number ${tone === '' ? '' : `tt-number--${tone}`}" href="${href}"><span class="tt-number__what">${what}</span><span class="tt-number__count" data-live="${live}">${count(counted, language)}</span><span class="tt-number__money">${counted === 0 ? '' : stakes === '' ? view.words.views.today.noMoney : stakes}</span></a></li>`
}

function approvals(shown: TodayView, view: View): Html {
  const { today: texts } = view.words.views
  return html`<section aria-labelledby="approve"><h2 class="govuk-heading-m" id="approve">${texts.approveTitle}</h2>
<p class="govuk-body">${texts.approveSentence}</p>
<ol class="tt-first">${shown.toApprove.map((one) => caseItem(one, shown, view))}</ol>
<p class="govuk-body"><a class="govuk-link" href="${queueAddress({ step: 'appraised' })}">${texts.wholeApprove(count(shown.counts.toApprove.count, view.language))}</a></p></section>`
}

/** Who, how much, what happened and what to do; the name leads to the case. */
function caseItem(one: FirstCase, { schemes, today }: TodayView, view: View): Html {
  const { words, language } = view
  const { today: texts } = words.views
  const title = one.title === null ? one.code : inLanguage(one.title, language)
  const facts = [one.village, one.scheme === null ? null : schemeName(schemes, one.scheme, language), one.benefit_period === null ? null : month(one.benefit_period, language)].filter((fact) => fact !== null)
  const deadline = html`<span class="${one.deadline_date < today ? 'tt-late' : ''}">${(one.deadline_date < today ? texts.late : texts.until)(day(one.deadline_date, language))}</span>`
  const proposed = one.resolution === null ? null : texts.appraised(wordFor(words.desk.resolutions, one.resolution), money(one.proposed_amount ?? '0', one.currency, language))
  return html`<li><div class="tt-finding__head"><h3 class="govuk-heading-s"><a class="govuk-link" href="${address(`/cases/${one.finding_id}`)}"><bdi>${one.beneficiary_name ?? title}</bdi></a></h3><span class="tt-finding__stake">${one.amount_at_stake === '0' ? '' : money(one.amount_at_stake, one.currency, language)}</span></div>
<p class="tt-finding__facts">${one.severity === null ? '' : severityTag(one.severity, view)}${one.beneficiary_name === null ? '' : html`${title}. `}${listed(facts, view)}${facts.length === 0 ? '' : ' · '}${deadline}</p>
<p class="govuk-body-s">${proposed ?? (one.action === null ? '' : inLanguage(one.action, language))}</p></li>`
}

function night({ run, found_count: found, gone_count: gone }: Night, view: View): Html {
  const { today: texts } = view.words.views
  const { language } = view
  return html`<section aria-labelledby="night"><h2 class="govuk-heading-m" id="night">${texts.nightTitle}</h2>
<div class="tt-night"><p class="govuk-body">${texts.night(day(run.as_of, language), run.finished_at === null ? '' : localMoment(run.finished_at, language))}
${texts.nightChanges(count(found, language), count(gone, language))}</p>
<p class="govuk-body"><a class="govuk-link" href="/dashboard">${texts.byPlace}</a></p></div></section>`
}

/** The page of whoever works on no case: what there is for them, and nothing else. */
export function otherFirstPage(reader: Reader, night: Night | null, links: readonly { readonly path: string; readonly text: string }[], view: View): Page {
  const { today: texts } = view.words.views
  const sentence = hasRole(reader, 'auditor') ? texts.auditor : texts.administrator
  const main = html`<h1 class="govuk-heading-l">${texts.title}</h1>
<p class="govuk-body">${sentence}</p>
${night === null ? '' : nightBanner(night, view)}
<h2 class="govuk-heading-m">${texts.otherTitle}</h2>
<ul class="govuk-list">${links.map(({ path, text }) => html`<li><a class="govuk-link" href="${path}">${text}</a></li>`)}</ul>`
  return { title: texts.title, main, section: 'today' }
}
