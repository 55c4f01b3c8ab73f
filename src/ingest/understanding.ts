/** A file as it is understood before it is handed in: its columns, first rows, counts and sums, and what is new beside the last one; nothing is stored. */
import type { Database } from '../db/index.ts'
import { compareRehearsed, type Differences } from './compare-files.ts'
import type { IngestRequest, Surroundings } from './ingest-file.ts'
import { previewFile, type Preview } from './profile-preview.ts'
import type { Receipt } from './receipt.ts'

/** What a sender is shown of a file. */
export interface Understanding {
  /** What the file would get if it were taken in now. */
  readonly receipt: Receipt
  /** Null: it would be refused, and the receipt says why. */
  readonly preview: Preview | null
  /** Beside the newest file of the same kind and sender; its sum is that of the accepted lines and repeats. Null: it would be refused. */
  readonly differences: Differences | null
  /** The sum that the file states or its sender declared, as text; null: neither. */
  readonly controlSum: string | null
}

/** Reads the file in a transaction that is rolled back. Bad data never throws. */
export async function understandFile(database: Database, request: IngestRequest, surroundings: Surroundings): Promise<Understanding> {
  let differences: Differences | null = null
  let controlSum: string | null = null
  const read = await previewFile(database, request, surroundings, async (transaction, receipt) => {
    differences = await compareRehearsed(transaction, receipt, request.source)
    const [stored] = await transaction.query<{ control_sum: string | null }>('select control_sum from source_file where file_id = $1', [receipt.file_id])
    controlSum = stored?.control_sum ?? null
  })
  return 'receipt' in read ? { receipt: read.receipt, preview: read, differences, controlSum } : { receipt: read, preview: null, differences: null, controlSum: null }
}
