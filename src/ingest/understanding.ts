/** A file as it is understood before it is handed in: its columns, first rows, counts and sums, and what is new beside the last one; nothing is stored. */
import { kindNamed } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { compareRehearsed, sumOf, type Differences } from './compare-files.ts'
import type { IngestRequest, Surroundings } from './ingest-file.ts'
import { previewFile, type Preview } from './profile-preview.ts'
import type { Receipt } from './receipt.ts'

/** Lines up to which a file is laid beside the one before while its sender waits: half a second. */
const mostCompared = 20_000
/** PostgreSQL's code for a statement that took too long. */
const queryCanceled = '57014'

/** What a sender is shown of a file. */
export interface Understanding {
  /** What the file would get if it were taken in now. */
  readonly receipt: Receipt
  /** Null: it would be refused, and the receipt says why. */
  readonly preview: Preview | null
  /** Of the amounts of its accepted lines and repeats, as text; null: the kind has none, or it would be refused. */
  readonly sum: string | null
  /** Beside the newest file of the same kind and sender. Null: it would be refused, or comparing would take too long. */
  readonly differences: Differences | null
  /** The sum that the file states or its sender declared, as text; null: neither. */
  readonly controlSum: string | null
}

/** Reads the file in a transaction that is rolled back. Bad data never throws. */
export async function understandFile(database: Database, request: IngestRequest, surroundings: Surroundings): Promise<Understanding> {
  let differences: Differences | null = null
  let sum: string | null = null
  let controlSum: string | null = null
  const read = await previewFile(database, request, surroundings, async (transaction, receipt) => {
    const kind = kindNamed(receipt.kind ?? '')
    if (kind !== null && receipt.file_id !== null) sum = await sumOf(transaction, kind, receipt.file_id)
    if (receipt.lines <= mostCompared) differences = await compareBriefly(transaction, receipt, request.source)
    const [stored] = await transaction.query<{ control_sum: string | null }>('select control_sum from source_file where file_id = $1', [receipt.file_id])
    controlSum = stored?.control_sum ?? null
  })
  return 'receipt' in read ? { receipt: read.receipt, preview: read, sum, differences, controlSum } : { receipt: read, preview: null, sum: null, differences: null, controlSum: null }
}

/** A person waits for what is understood: an earlier file may be looked at for so long and no longer. */
async function compareBriefly(transaction: Session, receipt: Receipt, source: string | undefined): Promise<Differences | null> {
  await transaction.query('savepoint comparison')
  await transaction.query("set local statement_timeout = '5s'")
  try {
    return await compareRehearsed(transaction, receipt, source)
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== queryCanceled) throw error
    await transaction.query('rollback to savepoint comparison')
    return null
  }
}
