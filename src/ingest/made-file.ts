/** A file that this installation makes itself, taken in as any other: so that trail, repeats and void are those of every file. */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { ingestFile, type Surroundings } from './ingest-file.ts'
import { voidFile, type Receipt } from './receipt.ts'

/** What is made. */
export interface MadeFile {
  /** What it is called, `TT-12.csv`. */
  readonly fileName: string
  readonly kind: string
  /** By whom, as in every file's source. */
  readonly source: string
  readonly pieces: AsyncIterable<Uint8Array>
}

/**
 * The receipt of the file, every line of which was taken. The same bytes again are the same file: it answers with the
 * first receipt and changes nothing.
 *
 * @throws Refusal `made_file_refused` (conflict) when a line was not taken: the file is void again then
 */
export async function ingestMade(database: Database, { fileName, kind, source, pieces }: MadeFile, surroundings: Surroundings): Promise<Receipt> {
  await mkdir(surroundings.dataDirectory, { recursive: true })
  const folder = await mkdtemp(join(surroundings.dataDirectory, 'made-'))
  try {
    const path = join(folder, fileName)
    await pipeline(Readable.from(pieces), createWriteStream(path, { mode: 0o600 }))
    const receipt = await ingestFile(database, { path, kind, source }, surroundings)
    if (receipt.status === 'sealed' && receipt.problem_count === 0) return receipt
    if (receipt.status === 'sealed' && receipt.file_id !== null) await voidFile(database, receipt.file_id, 'a line that this installation made was not taken', surroundings.clock)
    throw new Refusal('conflict', 'made_file_refused', 'a file that this installation made could not be taken in whole')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
