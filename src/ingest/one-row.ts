/** One row typed into a form: checked in words, and taken in as a file of one line, so that trail, repeats and void are those of every file. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kind, ProblemCode } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { csvCell } from '../formats/index.ts'
import { ingestFile, type Surroundings } from './ingest-file.ts'
import type { Receipt } from './receipt.ts'
import { describeRow, type WrittenRow } from './row-description.ts'

/** A value of the row that cannot be taken. */
export interface RowFault {
  readonly column: string
  readonly code: ProblemCode
}

/** What is wrong with a row of a kind that names no scheme, by column; nothing when it would be taken. */
export function checkRow(kind: Kind, row: WrittenRow): RowFault[] {
  const parsed = describeRow(kind, { schemes: new Map() }).safeParse(row)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => ({ column: String(issue.path[0]), code: (issue as unknown as { readonly params: { readonly code: ProblemCode } }).params.code }))
}

/**
 * The receipt of a file that holds this row alone, handed in by `source`. The same row again is the same file: it answers
 * with the first receipt and changes nothing.
 */
export async function ingestRow(database: Database, kind: Kind, row: WrittenRow, source: string, surroundings: Surroundings): Promise<Receipt> {
  const header = kind.columns.map(({ name }) => name)
  // A line break inside a value would be a record of its own to whoever counts lines.
  const cells = header.map((name) => csvCell((row[name] ?? '').replace(/\s+/g, ' ').trim(), ','))
  await mkdir(surroundings.dataDirectory, { recursive: true })
  const folder = await mkdtemp(join(surroundings.dataDirectory, 'form-'))
  try {
    const path = join(folder, `${kind.name}-${surroundings.clock.today()}.csv`)
    await writeFile(path, `${header.join(',')}\n${cells.join(',')}\n`, { mode: 0o600 })
    return await ingestFile(database, { path, kind: kind.name, source }, surroundings)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
