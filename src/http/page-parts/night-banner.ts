/** On top of pages of results: that what they show is not as new as it should be, why, and since when; nothing when all is well. */
import { html } from 'hono/html'
import { hasRole } from '../../core/index.ts'
import type { Night } from '../../reports/index.ts'
import { nightReaders } from '../audiences.ts'
import { day, localMoment } from '../format.ts'
import type { Html, View } from '../view.ts'

/** A result that is not what it should be is said on top; good news is in the last paragraph of a page. */
export function nightBanner({ run, failed, isOld, open }: Night, view: View): Html | string {
  const { today: texts } = view.words.views
  const { language, words } = view
  const asOf = day(run.as_of, language)
  const said: string[] = []
  if (open !== null && open.failure_code !== null) said.push(words.nights.banner.failed(day(open.as_of, language), reasonOf(open.failure_code, view)[0]), words.nights.stands(asOf))
  else if (failed !== null) said.push(texts.failed(localMoment(failed.started_at, language), asOf))
  if (isOld) said.push(texts.old(asOf))
  if (said.length === 0) return ''
  // What is being done about it is told beside what is wrong, and alone is no news.
  const help = open === null ? null : open.state === 'running' ? words.nights.banner.running(day(open.as_of, language)) : open.state === 'waiting' ? words.nights.banner.waiting(day(open.as_of, language)) : open.next_attempt_at === null ? null : words.nights.banner.again(localMoment(open.next_attempt_at, language))
  const link = open !== null && view.reader !== null && hasRole(view.reader, ...nightReaders) ? html`<p class="govuk-body"><a class="govuk-link" href="/runs/${open.as_of}">${words.nights.banner.link}</a></p>` : ''
  return html`<section class="tt-banner" aria-labelledby="banner"><h2 class="tt-banner__title" id="banner">${texts.banner}</h2>${[...said, ...(help === null ? [] : [help])].map((sentence) => html`<p class="govuk-body">${sentence}</p>`)}<p class="govuk-body">${texts.tellWhom}</p>${link}</section>`
}

/** What happened and what to do about it, for a code that a night failed by. */
export function reasonOf(code: string, { words }: Pick<View, 'words'>): readonly [what: string, todo: string] {
  return (Object.hasOwn(words.nights.reasons, code) ? words.nights.reasons[code] : undefined) ?? words.nights.reasons['error'] ?? [code, '']
}
