/** What is wrong with a file, page by page as JSON or whole as CSV. */
import type { PlacedPart } from '../../core/index.ts'
import type { Desk, Session } from '../../db/index.ts'
import { csvFile } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import { rowProblemAnswer, type RowProblemAnswer } from './schemas.ts'

const columns = ['row', 'sheet', 'column', 'code', 'detail', 'raw', 'suggestion'] as const
const rowsAtOnce = 2000

/** About `size` problems behind a line; a line's problems stay together. */
export async function problemRows(session: Session, fileId: string, afterLine: string, size: number): Promise<{ readonly rows: RowProblemAnswer[]; readonly next: string | null }> {
  const parts = await partsOf(session, fileId)
  const { rows, nextAfterLine } = await reports.fileProblems(session, fileId, afterLine, size)
  return { rows: rows.map((row) => rowProblemAnswer(row, parts)), next: nextAfterLine }
}

/** Every problem as it is read, a few thousand at a time. */
export async function* eachProblem(database: Desk, fileId: string): AsyncGenerator<RowProblemAnswer[], void> {
  for (let after: string | null = '0'; after !== null; ) {
    const page: { readonly rows: RowProblemAnswer[]; readonly next: string | null } = await reports.consistently(database, (session) => problemRows(session, fileId, after ?? '0', rowsAtOnce))
    yield page.rows
    after = page.next
  }
}

/** The whole list as CSV. */
export function problemsCsv(database: Desk, fileId: string): AsyncIterable<Uint8Array> {
  async function* cells(): AsyncGenerator<readonly string[]> {
    for await (const rows of eachProblem(database, fileId)) yield* rows.map((row) => columns.map((column) => `${row[column] ?? ''}`))
  }
  return csvFile({ name: 'problems', columns: columns.map((title) => ({ title, isNumber: title === 'row' })), rows: cells() })
}

async function partsOf(session: Session, fileId: string): Promise<readonly PlacedPart[] | null> {
  return (await reports.fileById(session, fileId))?.parts ?? null
}
