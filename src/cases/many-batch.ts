/** What somebody is about to do to many cases, kept from the preview to the result, so that confirming twice does nothing twice. */
import { Refusal } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import type { EntryResult, ManyAction } from './many.ts'

/** Of one case: what is to be done, and to which version of it. */
export interface BatchEntry {
  /** Null for a row of a workbook that names no case of the reader's. */
  readonly findingId: string | null
  /** What people call the case by; null where there is none, or it cannot be read. */
  readonly caseNumber: string | null
  /** The version that the reader saw. */
  readonly version: number
  /** Null: this row cannot be done, `fault` says why. */
  readonly action: ManyAction | null
  /** A code for what is wrong with the row itself. */
  readonly fault: string | null
  /** Of a workbook: the row's number and cells as they were handed in. */
  readonly row?: { readonly number: number; readonly cells: readonly string[] }
}

/** What the entries have in common. */
export interface BatchHeading {
  /** The query of the list they came from. */
  readonly query: string
  /** Of a workbook: its name and header; rows without a decision are not among the entries. */
  readonly workbook?: { readonly fileName: string; readonly header: readonly string[]; readonly idle: readonly { readonly number: number; readonly cells: readonly string[] }[] }
}

/** A batch as it stands. */
export interface Batch {
  readonly batchId: string
  readonly origin: 'selection' | 'workbook'
  readonly heading: BatchHeading
  readonly entries: readonly BatchEntry[]
  /** In the order of the entries; shorter while work is under way or was cut off. */
  readonly results: readonly EntryResult[]
  readonly confirmedAt: string | null
  readonly finishedAt: string | null
}

/** After so many days what was done at once is forgotten; the cases and the trail know it. */
const daysKept = 30

/** Keeps what is to be previewed; gives its number. Batches of the same person from before the last 30 days go. */
export async function keepBatch(transaction: Transaction, batch: Pick<Batch, 'origin' | 'heading' | 'entries'>, by: { readonly staffId: string; readonly at: string }): Promise<string> {
  await transaction.query('delete from case_batch where staff_id = $1 and made_at < $2::timestamptz - make_interval(days => $3)', [by.staffId, by.at, daysKept])
  const [kept] = await transaction.query<{ batch_id: string }>('insert into case_batch (staff_id, made_at, origin, heading, entries) values ($1, $2, $3, $4, $5) returning batch_id', [by.staffId, by.at, batch.origin, JSON.stringify(batch.heading), JSON.stringify(batch.entries)])
  if (kept === undefined) throw new Error('a batch was not kept')
  return kept.batch_id
}

/** A batch of the reader's own; null when there is none of this number. */
export async function readBatch(session: Session, batchId: string): Promise<Batch | null> {
  const [row] = await session.query<{ batch_id: string; origin: Batch['origin']; heading: BatchHeading; entries: BatchEntry[]; results: EntryResult[]; confirmed_at: string | null; finished_at: string | null }>(
    'select batch_id, origin, heading, entries, results, confirmed_at, finished_at from case_batch where batch_id = $1', [batchId])
  return row === undefined ? null : { batchId: row.batch_id, origin: row.origin, heading: row.heading, entries: row.entries, results: row.results, confirmedAt: row.confirmed_at, finishedAt: row.finished_at }
}

/** Work that began so long ago and has not ended was cut off: it may be taken up where it stood. */
const abandonedAfterSeconds = 120

/** True for the one press that is to do the work; false while another does it, or when it is done. */
export async function claimBatch(transaction: Transaction, batchId: string, at: string): Promise<boolean> {
  const claimed = await transaction.query(
    'update case_batch set confirmed_at = $2 where batch_id = $1 and finished_at is null and (confirmed_at is null or confirmed_at < $2::timestamptz - make_interval(secs => $3)) returning batch_id',
    [batchId, at, abandonedAfterSeconds])
  return claimed.length > 0
}

/** Notes what was done so far; `isLast` ends the batch. @throws Refusal when the batch is gone */
export async function noteResults(transaction: Transaction, batchId: string, results: readonly EntryResult[], { at, isLast }: { readonly at: string; readonly isLast: boolean }): Promise<void> {
  const noted = await transaction.query('update case_batch set results = $2, confirmed_at = $3, finished_at = case when $4 then $3::timestamptz end where batch_id = $1 returning batch_id', [batchId, JSON.stringify(results), at, isLast])
  if (noted.length === 0) throw new Refusal('notFound', 'not_found', 'there is no such batch')
}
