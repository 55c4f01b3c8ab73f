/** At a bank's counter: which of its accounts are to be put right, and what is asked. */
import { html } from 'hono/html'
import type { AccountFix } from '../../corrections/index.ts'
import { count, localMoment } from '../format.ts'
import type { Page } from '../layout.ts'
import { figuresRow, figuresTable, words as wordsCell } from '../page-parts/cells.ts'
import { wordFor } from '../text/index.ts'
import { leftToRight, type View } from '../view.ts'

/** The page. */
export function fixesPage(fixes: readonly AccountFix[], view: View): Page {
  const { corrections } = view.words
  const words = corrections.bank
  const main = html`<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${fixes.length === 0 ? words.empty : words.lead(count(fixes.length, view.language))}</p>
${fixes.length === 0 ? '' : html`<p class="govuk-body">${words.why}</p><p class="govuk-body"><a class="govuk-link" href="/bank/account-fixes.csv">${corrections.list.csv}</a></p>
${figuresTable(words.title, [{ label: words.account }, { label: words.asked }, { label: words.reason }, { label: words.since }], fixes.map((fix) => figuresRow(leftToRight(fix.creditor_account), [wordsCell(words.asked, wordFor(corrections.asks, fix.asked)), wordsCell(words.reason, fix.return_reason_code === null ? null : leftToRight(fix.return_reason_code)), wordsCell(words.since, localMoment(fix.sent_at, view.language))])))}`}`
  return { title: words.title, main, section: 'questions' }
}
