/** What a reader sees when there is no page, when the address is wrong, or when we failed: what happened, what it means, what to do. */
import { html } from 'hono/html'
import { leftToRight, type View } from '../view.ts'
import type { Page } from '../layout.ts'

/** For an address that leads nowhere, or to a finding that the newest run no longer has. */
export function notFoundPage(view: View): Page {
  const { errors, navigation } = view.words
  const main = html`<h1 class="govuk-heading-l">${errors.notFoundTitle}</h1>
<p class="govuk-body">${errors.notFound}</p>
<p class="govuk-body">${errors.notFoundNext}</p>
<ul class="govuk-list"><li><a class="govuk-link" href="/">${navigation.today}</a></li><li><a class="govuk-link" href="/queue">${navigation.findings}</a></li><li><a class="govuk-link" href="/persons">${navigation.persons}</a></li><li><a class="govuk-link" href="/files">${navigation.files}</a></li></ul>`
  return { title: errors.notFoundTitle, main, section: null }
}

/** For a query that cannot be read. */
export function badRequestPage(view: View): Page {
  const { errors } = view.words
  const main = html`<h1 class="govuk-heading-l">${errors.badTitle}</h1>
<p class="govuk-body">${errors.bad}</p>
<p class="govuk-body"><a class="govuk-link" href="${view.path}">${view.words.findings.reset}</a></p>`
  return { title: errors.badTitle, main, section: null }
}

/** For a form that came broken, or with something that nobody keeps. */
export function unreadableFormPage(view: View): Page {
  const { formTitle, form } = view.words.errors
  return saidPage(formTitle, form, view)
}

/** For a form with more in it than it takes. */
export function tooLargePage(view: View): Page {
  const { tooLargeTitle, tooLarge } = view.words.errors
  return saidPage(tooLargeTitle, tooLarge, view)
}

/** For our own failure; the id is the only thing it tells, and the log knows the rest. */
export function failurePage(requestId: string, view: View): Page {
  const { errors } = view.words
  const main = html`<h1 class="govuk-heading-l">${errors.failedTitle}</h1>
<p class="govuk-body">${errors.failed}</p>
<p class="govuk-body">${errors.quote} ${leftToRight(requestId)}</p>
<p class="govuk-body"><a class="govuk-link" href="/">${errors.home}</a></p>`
  return { title: errors.failedTitle, main, section: null }
}

/** For a form that another site sent in the reader's name. */
export function foreignPage({ words }: View): Page {
  const { form } = words.outreach
  return { title: form.foreignTitle, main: html`<h1 class="govuk-heading-l">${form.foreignTitle}</h1><p class="govuk-body">${form.foreign}</p>`, section: null }
}

/** For a page that is another role's. */
export function notForYouPage(view: View): Page {
  const { notForYouTitle, notForYou } = view.words.errors
  return saidPage(notForYouTitle, notForYou, view)
}

/** A sentence, and the way to Today. */
function saidPage(title: string, sentence: string, { words }: View): Page {
  return { title, main: html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${sentence}</p><p class="govuk-body"><a class="govuk-link" href="/">${words.errors.home}</a></p>`, section: null }
}
