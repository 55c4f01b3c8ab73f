/** Before the first run: why there is nothing to see yet, and what comes next. */
import { html } from 'hono/html'
import { count } from '../format.ts'
import type { Page } from '../layout.ts'
import type { View } from '../view.ts'

/** The page that stands in for results; `fileCount` is how many files wait to be reconciled. */
export function noRunPage(fileCount: string, section: 'today' | 'dashboard' | 'period' | 'findings' | 'measures' | 'outreach', view: View): Page {
  const { noRun } = view.words
  const command = (text: string): ReturnType<typeof html> => html`<p class="tt-command"><code dir="ltr">${text}</code></p>`
  const main = html`<h1 class="govuk-heading-l">${noRun.title}</h1>
<p class="tt-lead">${fileCount === '0' ? noRun.noFiles : noRun.waiting(count(fileCount, view.language))}</p>
<p class="govuk-body">${noRun.nextIngest}</p>${command('./scripts/tantay ingest FILE…')}
<p class="govuk-body">${noRun.nextRun}</p>${command('./scripts/tantay run')}
<p class="govuk-body">${noRun.afterwards}</p>
<p class="govuk-body">${noRun.tryDemo}</p>${command('./scripts/demo')}`
  return { title: noRun.title, main, section }
}
