/** The empty files that a bank fills in: three kinds, in two languages of columns, as a workbook and as CSV. */
import { html } from 'hono/html'
import { bankKinds } from '../../core/index.ts'
import { wordFor } from '../text/index.ts'
import { address, type Html, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import { cardTable, cell, kindText } from './parts.ts'

/** The page. */
export function bankTemplatesPage(view: View): Page {
  const { home, templates } = view.words.counter
  const rows = bankKinds.map((kind) => html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${kindText(kind, view)}<span class="tt-under">${wordFor(templates.explained, kind)}</span></th>${cell(templates.vietnamese, links(kind, 'vi', view))}${cell(templates.canonical, links(kind, 'en', view))}</tr>`)
  const main = html`<a class="govuk-back-link" href="/bank">${home.title}</a>
<h1 class="govuk-heading-l">${templates.title}</h1>
<p class="govuk-body">${templates.sentence}</p>
${cardTable(templates.title, [{ label: templates.kind }, { label: templates.vietnamese }, { label: templates.canonical }], rows)}`
  return { title: templates.title, main, section: 'files' }
}

function links(kind: string, columns: 'vi' | 'en', view: View): Html {
  const { templates } = view.words.counter
  const link = (format: 'xlsx' | 'csv', label: string): Html => html`<a class="govuk-link" href="${address(`/templates/${kind}.${format}`, { columns: columns === 'vi' ? null : 'en' })}" aria-label="${templates.name(kindText(kind, view), columns === 'vi' ? templates.vietnamese : templates.canonical, label)}">${label}</a>`
  return html`${link('xlsx', 'Excel')} · ${link('csv', 'CSV')}`
}
