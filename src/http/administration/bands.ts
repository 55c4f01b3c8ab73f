/** Up to which amount approvers of each level may approve, and the form that asks for another limit. */
import { html } from 'hono/html'
import type { ScopeLevel } from '../../core/index.ts'
import type { Band, WaitingBand } from '../../staff/index.ts'
import { localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { faultSummary, selectField, textField, type FormFault } from '../page-parts/form-fields.ts'
import { isolated, type View } from '../view.ts'
import { bandWords, limitWords } from './changes.ts'
import { decisionForm, noticeLine } from './people.ts'

/** What the page shows. */
export interface BandsData {
  readonly bands: readonly Band[]
  readonly waiting: readonly WaitingBand[]
  readonly ownId: string
  readonly typed: { readonly level: string; readonly amount: string; readonly reason: string }
  readonly notice: string | null
}

/** The page. */
export function bandsPage({ bands, waiting, ownId, typed, notice }: BandsData, faults: readonly FormFault[], view: View): Page {
  const { administration: words, levels } = view.words.staff
  const main = html`<a class="govuk-back-link" href="/administration">${words.backToPeople}</a>
${faultSummary(faults, view)}
${noticeLine(notice)}
<h1 class="govuk-heading-l">${words.bandsTitle}</h1>
<p class="govuk-body">${words.bandsSentence}</p>
<table class="govuk-table tt-narrow"><caption class="govuk-table__caption govuk-visually-hidden">${words.bandsTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.level}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">${words.limit}</th></tr></thead>
<tbody class="govuk-table__body">${bands.map((band) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${levels[band.scope_level]}</th><td class="govuk-table__cell govuk-table__cell--numeric">${limitWords(band.up_to_amount, view)}</td></tr>`)}</tbody></table>
${waiting.length === 0 ? '' : html`<section class="tt-action"><h2 class="govuk-heading-m">${words.waitingTitle}</h2><ul class="tt-findings">${waiting.map((one) => html`<li class="tt-finding"><p class="govuk-body">${bandWords(one, view)}</p><p class="govuk-body-s tt-quiet">${words.askedBy(isolated(one.changed_by_name), localMoment(one.changed_at, view.language))} · <bdi>${one.reason}</bdi></p>${decisionForm(`/administration/bands/${one.change_id}`, one.changed_by === ownId, bandWords(one, view), view)}</li>`)}</ul></section>`}
<h2 class="govuk-heading-m">${words.propose}</h2>
<p class="govuk-body">${words.waitingSentence}</p>
<form method="post" action="/administration/bands" novalidate>
${selectField({ id: 'level', label: words.level, options: bands.map(({ scope_level: level }: { scope_level: ScopeLevel }) => ({ value: level, label: levels[level] })), chosen: typed.level }, faults)}
${textField({ id: 'amount', label: words.newLimit, hint: words.newLimitHint, value: typed.amount, maxlength: 18, size: 'amount', inputmode: 'numeric', isLeftToRight: true }, faults)}
${textField({ id: 'reason', label: words.why, hint: words.whyHint, value: typed.reason, maxlength: 300 }, faults)}
<button class="govuk-button" type="submit">${words.propose}</button>
</form>`
  return { title: faults.length > 0 ? `${view.words.staff.errorTitle}: ${words.bandsTitle}` : words.bandsTitle, main, section: null }
}
