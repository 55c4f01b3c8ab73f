/** A list that is taken away leaves behind which it was, how many rows, narrowed by what, and why; never whose. */
import type { Transaction } from '../db/index.ts'
import { leaveTrail } from './entry.ts'

/** A list that somebody takes away. */
export interface Export {
  /** Which list: `queue`, `files`, `file 12 problems`. */
  readonly subject: string
  readonly format: string
  /** Null: it is written as it is sent, and nobody has counted. */
  readonly rowCount: number | null
  /** The query by which it was narrowed down; what names a person in it is left out. */
  readonly filter: string
  /** Why somebody needs whole personal numbers; null: they are masked, or it is the sender's own file. */
  readonly reason: string | null
  /** Holds whole personal numbers; absent: where there is a reason for them. */
  readonly hasWholeNumbers?: boolean
}

/** Of an address: what somebody typed to find a person. */
const namesPeople = ['search', 'q', 'name', 'id', 'account', 'person']

/** Notes that a list is taken away. */
export async function noteExport(transaction: Transaction, { subject, format, rowCount, filter, reason, hasWholeNumbers = reason !== null }: Export, by: { readonly staffId: string; readonly at: string }): Promise<void> {
  const kept = new URLSearchParams(filter)
  for (const name of namesPeople) if (kept.has(name)) kept.set(name, '…')
  await leaveTrail(transaction, { ...by, kind: 'exported', subject, reason, details: { format, count: rowCount, filter: kept.toString(), numbers: hasWholeNumbers ? 'whole' : 'masked' } })
}
