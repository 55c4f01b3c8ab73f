/** The files behind minutes as a table: one line a file, the same bytes for the same minutes. */
import { csvCell } from '../formats/index.ts'
import type { Content } from './content.ts'

/** CSV in UTF-8 with a header; sums of several currencies stand in one cell. */
export function filesCsv({ files }: Pick<Content, 'files'>): string {
  const header = ['file_id', 'sha256', 'file_name', 'kind', 'source', 'recorded_at', 'lines', 'accepted', 'repeats', 'problems', 'ignored', 'sum']
  const rows = files.map((file) => [
    file.file_id, file.sha256, file.file_name, file.kind, file.source ?? '', file.recorded_at, `${file.lines}`, `${file.accepted}`, `${file.repeats}`, `${file.problems}`, `${file.ignored}`,
    file.amounts.map(({ currency, amount }) => `${amount} ${currency}`).join(' + '),
  ])
  return [header, ...rows].map((cells) => `${cells.map((cell) => csvCell(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell, ',')).join(',')}\n`).join('')
}
