/** The minutes as a page to read and print; the same blocks as on paper. */
import { html } from 'hono/html'
import type { PdfBlock } from '../../formats/index.ts'
import type { PeriodKey } from '../../periods/index.ts'
import type { Page } from '../layout.ts'
import { leftToRight, type Html, type View } from '../view.ts'
import { month } from '../format.ts'
import { qrPicture } from '../sign-in/qr.ts'
import { minutesBlocks, minutesFoot, type ShownMinutes } from './minutes-document.ts'
import { periodAddress } from './place.ts'

/** The page; `differs` true: what is published now is not what was signed. */
export function minutesPage(shown: ShownMinutes, key: PeriodKey, differs: boolean | null, code: readonly (readonly boolean[])[] | null, view: View): Page {
  const { periods: words } = view.words
  const title = `${words.minutesTitle}: ${words.periodTitle(month(key.benefitPeriod, view.language))}`
  const version = `${shown.content.version_number}`
  const pdf = (language: 'vi' | 'en', text: string): Html => html`<a class="govuk-link" href="${periodAddress(key, view, `/minutes-${language}.pdf`, { version })}">${text}</a>`
  const main = html`<a class="govuk-back-link" href="${periodAddress(key, view)}">${words.minutes.backToPeriod}</a>
${shown.mark === null ? '' : html`<p class="govuk-body tt-exports">${words.minutes.printHint} ${pdf('vi', words.pdfVi)} · ${pdf('en', words.pdfEn)}${view.language === 'ar' ? html` <span class="tt-quiet">${words.minutes.arabicNote}</span>` : ''}</p>`}
${differs === true ? html`<p class="govuk-inset-text"><strong>${words.differs}.</strong> ${words.differsLong}</p>` : ''}
<article class="tt-minutes">${minutesBlocks(shown, view).map(blockAsHtml)}
${shown.mark === null ? '' : foot(shown.mark, code, view)}</article>`
  return { title, main, section: 'period', periodPage: 'periods' }
}

function blockAsHtml(block: PdfBlock): Html {
  if (block.kind === 'columns') return html`<div class="tt-minutes__columns">${block.columns.map((lines) => html`<div>${lines.map((line) => html`<p class="${line.isBold === true ? 'tt-minutes__strong' : ''}">${line.text}</p>`)}</div>`)}</div>`
  if (block.kind === 'text') {
    if (block.isHeading === true) return html`<h2 class="govuk-heading-s">${block.text}</h2>`
    if ((block.size ?? 0) > 15) return html`<h1 class="tt-minutes__title">${block.text}</h1>`
    return html`<p class="${block.align === 'center' ? 'tt-minutes__centre' : ''} ${block.isBold === true ? 'tt-minutes__strong' : ''}"><bdi>${block.text}</bdi></p>`
  }
  const number = (at: number): string => (block.columns[at]?.isNumber === true ? 'tt-minutes__number' : '')
  return html`<table class="tt-minutes__table"><thead><tr>${block.columns.map(({ label }, at) => html`<th scope="col" class="${number(at)}">${label}</th>`)}</tr></thead>
<tbody>${block.rows.map((row) => html`<tr class="${row.isBold === true ? 'tt-minutes__strong' : ''}">${row.cells.map((cell, at) => at === 0 ? html`<th scope="row"><bdi>${cell}</bdi></th>` : html`<td data-label="${block.columns[at]?.label ?? ''}" class="${number(at)}"><bdi>${cell}</bdi></td>`)}</tr>`)}</tbody></table>`
}

function foot(mark: NonNullable<ShownMinutes['mark']>, code: readonly (readonly boolean[])[] | null, view: View): Html {
  const { lines } = minutesFoot(mark, view)
  return html`<div class="tt-minutes__foot">${code === null ? '' : qrPicture(code, lines[0] ?? '')}<div>${lines.map((line) => html`<p>${view.language === 'ar' ? html`<bdi>${line}</bdi>` : leftToRight(line)}</p>`)}</div></div>`
}
