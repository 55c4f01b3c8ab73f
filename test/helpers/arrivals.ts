/** Files as their senders send them, in whatever form, and which row each line of each of them was. */
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import type { Receipt } from '../../src/ingest/index.ts'
import type { ModelFile, Row } from '../model/types.ts'
import { writeCsv } from '../model/write-csv.ts'
import { handIn } from './model-files.ts'

/** Other bytes for the same rows. */
export const forms = ['plain', 'columns_reversed', 'extra_column', 'crlf', 'byte_order_mark', 'semicolons'] as const
export type Form = (typeof forms)[number]

/** What stands behind `file_id` and `line` in evidence: the rows of each file, by its id. */
export type Ledger = Map<string, readonly Row[]>

export const clock = stoppedClock('2026-11-20T02:00:00Z')

/** The text of a file in a form; no value of a model's world holds a quote or a comma, some hold a semicolon. */
export function textOf(file: ModelFile, form: Form = 'plain'): string {
  const text = writeCsv(file)
  const cells = text.trimEnd().split('\n').map((line) => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')))
  if (cells.flat().some((cell) => /["']/.test(cell))) throw new Error('the text holds what forms do not write')
  const joined = (lines: readonly (readonly string[])[], delimiter = ',', end = '\n'): string => lines.map((line) => line.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter) + end).join('')
  switch (form) {
    case 'plain': return text
    case 'columns_reversed': return joined(cells.map((line) => line.toReversed()))
    case 'extra_column': return joined(cells.map((line, at) => [...line, at === 0 ? 'cot_rieng' : `x${at}`]))
    case 'crlf': return joined(cells, ',', '\r\n')
    case 'byte_order_mark': return `\ufeff${text}`
    case 'semicolons': return joined(cells, ';')
  }
}

/** Hands in one file and enters it in the ledger; what it may not hold is for the caller to say. */
export async function arrive(database: Database, ledger: Ledger, file: ModelFile, form: Form = 'plain'): Promise<Receipt> {
  const receipt = await handIn(database, file, textOf(file, form))
  if (receipt.file_id !== null) ledger.set(receipt.file_id, file.rows)
  return receipt
}

/** Hands in files in order, whose every row must be taken; gives the ledger. */
export async function arriveAll(database: Database, files: readonly (ModelFile & { readonly form?: Form })[]): Promise<Ledger> {
  const ledger: Ledger = new Map()
  for (const file of files) {
    const receipt = await arrive(database, ledger, file, file.form)
    if (receipt.status !== 'sealed' || receipt.problem_count > 0) throw new Error(`${file.kind}: ${JSON.stringify(receipt.refusal ?? receipt.problems)}`)
  }
  return ledger
}
