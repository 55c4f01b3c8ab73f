/** The empty files to fill in: one line for each kind, as a workbook and as CSV. */
import { html } from 'hono/html'
import { kinds } from '../../core/index.ts'
import { wordFor } from '../text/index.ts'
import { address, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'

/** The page. */
export function templatesPage(view: View): Page {
  const { words } = view
  const main = html`<a class="govuk-back-link" href="/files">${words.file.back}</a>
<h1 class="govuk-heading-l">${words.templates.title}</h1>
<p class="govuk-body">${words.templates.sentence}</p>
<table class="govuk-table"><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${words.templates.kind}</th><th scope="col" class="govuk-table__header">${words.templates.download}</th></tr></thead>
<tbody class="govuk-table__body">${kinds.map(({ name }) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${wordFor(words.files.kinds, name)}</th><td class="govuk-table__cell">${link(name, 'xlsx', view)} · ${link(name, 'csv', view)}</td></tr>`)}</tbody></table>`
  return { title: words.templates.title, main, section: 'files' }
}

function link(kind: string, format: 'xlsx' | 'csv', view: View): Html {
  const { words, language } = view
  const name = `${kind}.${format}`
  // Who asks for the link by what stands there has to find it by that word.
  const label = format === 'xlsx' ? 'Excel' : 'CSV'
  return html`<a class="govuk-link" href="${address(`/templates/${name}`, { columns: language === 'vi' ? null : 'en' })}" aria-label="${words.templates.of(wordFor(words.files.kinds, kind), label)}">${label}</a>`
}
