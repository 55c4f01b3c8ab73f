/** The pages before the others: name and password, a password of one's own, codes. Each asks one thing. */
import { html } from 'hono/html'
import type { Enrolment, HalfSession } from '../../staff/index.ts'
import type { Page } from '../layout.ts'
import { faultSummary, hidden, textField, type FormFault } from '../page-parts/form-fields.ts'
import { leftToRight, address, type Html, type View } from '../view.ts'
import { qrPicture } from './qr.ts'

/** The door. */
export interface Door {
  readonly userName: string
  /** The path that was wanted; null: the first page. */
  readonly destination: string | null
  readonly hasProvider: boolean
  /** In a demo: whose accounts there are. Null elsewhere. */
  readonly samples: readonly { readonly user_name: string; readonly display_name: string }[] | null
}

/** Name and password. */
export function signInPage({ userName, destination, hasProvider, samples }: Door, faults: readonly FormFault[], view: View): Page {
  const { signIn } = view.words.staff
  const main = html`${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${signIn.title}</h1>
${destination === null ? '' : html`<p class="govuk-body">${signIn.goOn}</p>`}
${hasProvider ? html`<p class="govuk-body"><a class="govuk-button" href="${address('/sign-in/provider', { to: destination })}">${signIn.provider}</a></p><p class="govuk-body tt-quiet">${signIn.or}</p>` : ''}
<form method="post" action="/sign-in" novalidate>
${hidden('to', destination)}
${textField({ id: 'name', label: signIn.userName, value: userName, autocomplete: 'username', isLeftToRight: true, isFocused: faults.length === 0 }, faults)}
${textField({ id: 'password', label: signIn.password, type: 'password', autocomplete: 'current-password', maxlength: 800, isLeftToRight: true }, faults)}
<button class="govuk-button" type="submit">${signIn.next}</button>
</form>
${samples === null ? html`<p class="govuk-body">${signIn.help}</p>` : sampleList(samples, view)}`
  return page(signIn.title, main, faults, view)
}

/** Instead of the password for one use. */
export function firstPasswordPage(half: HalfSession, destination: string | null, faults: readonly FormFault[], view: View): Page {
  const { signIn } = view.words.staff
  const main = html`${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${signIn.firstTitle}</h1>
<p class="govuk-body">${signIn.firstSentence}</p>
<form method="post" action="/sign-in/password" novalidate>
${hidden('to', destination)}<input type="hidden" name="name" value="${half.userName}" autocomplete="username">
${textField({ id: 'chosen', label: signIn.chosen, hint: signIn.chosenHint, type: 'password', autocomplete: 'new-password', maxlength: 800, isLeftToRight: true, isFocused: faults.length === 0 }, faults)}
<button class="govuk-button" type="submit">${signIn.save}</button>
</form>
${startOver(view)}`
  return page(signIn.firstTitle, main, faults, view)
}

/** The second factor. */
export function codePage(destination: string | null, faults: readonly FormFault[], view: View): Page {
  const { signIn } = view.words.staff
  const main = html`${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${signIn.codeTitle}</h1>
<form method="post" action="/sign-in/code" novalidate>
${hidden('to', destination)}
${codeField(signIn.code, signIn.codeHint, faults)}
<button class="govuk-button" type="submit">${signIn.next}</button>
</form>
<p class="govuk-body">${signIn.codeHelp}</p>
${startOver(view)}`
  return page(signIn.codeTitle, main, faults, view)
}

/** Setting up codes, at the first log-in or from one's account (`action`). */
export function enrolPage(enrolment: Enrolment, { action, destination, back }: { readonly action: string; readonly destination: string | null; readonly back: { readonly href: string; readonly label: string } | null }, faults: readonly FormFault[], view: View): Page {
  const { signIn } = view.words.staff
  const main = html`${faultSummary(faults, view)}
<h1 class="govuk-heading-l">${signIn.enrolTitle}</h1>
<p class="govuk-body">${signIn.enrolSentence}</p>
<p class="govuk-body">${signIn.enrolScan}</p>
${qrPicture(enrolment.picture, signIn.enrolPicture)}
<p class="govuk-body">${signIn.enrolType} <code class="tt-secret tt-secret--key" dir="ltr">${enrolment.secret}</code></p>
<form method="post" action="${action}" novalidate>
${hidden('to', destination)}
${codeField(signIn.enrolCode, signIn.codeHint, faults)}
<button class="govuk-button" type="submit">${signIn.next}</button>
</form>
${back === null ? startOver(view) : html`<p class="govuk-body"><a class="govuk-link" href="${back.href}">${back.label}</a></p>`}`
  return page(signIn.enrolTitle, main, faults, view)
}

/** After signing out; `provider`: where to sign out of the office account too. */
export function signedOutPage(provider: string | null, view: View): Page {
  const { signIn } = view.words.staff
  const main = html`<h1 class="govuk-heading-l">${signIn.signedOutTitle}</h1>
<p class="govuk-body">${signIn.signedOut}</p>
${provider === null ? '' : html`<p class="govuk-body">${signIn.alsoThere} <a class="govuk-link" href="${provider}" rel="noreferrer">${signIn.signOutThere}</a></p>`}
<p class="govuk-body"><a class="govuk-button" href="/sign-in">${signIn.again}</a></p>`
  return page(signIn.signedOutTitle, main, [], view)
}

function page(title: string, main: Html, faults: readonly FormFault[], { words }: View): Page {
  return { title: faults.length > 0 ? `${words.staff.errorTitle}: ${title}` : title, main, section: null }
}

function codeField(label: string, hint: string, faults: readonly FormFault[]): Html {
  return textField({ id: 'code', label, hint, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 9, size: 'code', isLeftToRight: true, isFocused: faults.length === 0 }, faults)
}

function startOver({ words }: View): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="/sign-in">${words.staff.signIn.startOver}</a></p>`
}

function sampleList(samples: NonNullable<Door['samples']>, { words }: View): Html {
  const { signIn } = words.staff
  return html`<h2 class="govuk-heading-m">${signIn.demoTitle}</h2><p class="govuk-body">${signIn.demoSentence}</p>
<table class="govuk-table tt-narrow"><caption class="govuk-table__caption govuk-visually-hidden">${signIn.demoTitle}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${signIn.demoName}</th><th scope="col" class="govuk-table__header">${signIn.demoWho}</th></tr></thead>
<tbody class="govuk-table__body">${samples.map((one) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${leftToRight(one.user_name)}</th><td class="govuk-table__cell"><bdi>${one.display_name}</bdi></td></tr>`)}</tbody></table>`
}
