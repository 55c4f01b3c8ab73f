/** That a file was received, on one sheet of paper: its name, its fingerprint, its counts and the time. */
import { html } from 'hono/html'
import { breakable } from '../files/files.ts'
import { count, localMoment } from '../format.ts'
import { leftToRight, type View } from '../view.ts'
import type { Page } from '../layout.ts'
import type { FileView } from './file.ts'
import { kindText, sizeText, stateTag, summaryRow } from './parts.ts'

/** The page; `bank` is its name with its digits, `at` the instant of printing. */
export function acknowledgementPage({ upload, file }: FileView, bank: string, at: string, view: View): Page {
  const { counter, file: fileWords, files } = view.words
  const { acknowledgement, result, history, owed } = counter
  const { language } = view
  const id = upload?.upload_id ?? file?.file_id ?? ''
  const number = (digits: string): string => count(digits, language)
  const sum = file?.control_sum ?? upload?.declared_sum ?? null
  const main = html`<a class="govuk-back-link" href="/bank/files/${id}">${breakable(upload?.file_name ?? file?.file_name ?? '')}</a>
<h1 class="govuk-heading-l">${acknowledgement.title}</h1>
<p class="govuk-body">${acknowledgement.sentence(bank)}</p>
<dl class="govuk-summary-list">
${summaryRow(history.name, breakable(upload?.file_name ?? file?.file_name ?? ''))}
${summaryRow(owed.kind, kindText(file?.kind ?? upload?.declared_kind ?? null, view))}
${summaryRow(result.handedIn, localMoment(upload?.received_at ?? file?.recorded_at ?? at, language))}
${summaryRow(files.status, stateTag((file?.status === 'void' ? 'void' : (upload?.status ?? file?.status ?? 'failed')) as Parameters<typeof stateTag>[0], view))}
${file === null || file.status === 'refused' ? '' : summaryRow(acknowledgement.count, fileWords.equation(number(file.accepted_count), number(file.repeat_count), number(file.problem_count), number(file.ignored_count), number(file.line_count)))}
${summaryRow(acknowledgement.sum, sum === null ? null : leftToRight(number(sum)))}
${summaryRow(fileWords.size, `${sizeText(upload?.size_bytes ?? file?.size_bytes ?? '0', view)} (${fileWords.bytes(number(upload?.size_bytes ?? file?.size_bytes ?? '0'))})`)}
${summaryRow(fileWords.fingerprint, html`<code class="tt-hash" dir="ltr">${upload?.sha256 ?? file?.sha256 ?? ''}</code>`)}
${summaryRow(result.code, html`<code class="tt-hash" dir="ltr">${id}</code>`)}
</dl>
<p class="govuk-body">${acknowledgement.check}</p>
<p class="govuk-body">${acknowledgement.printed(localMoment(at, language))} <span class="tt-screen">${acknowledgement.print}</span></p>`
  return { title: acknowledgement.title, main, section: 'files' }
}
