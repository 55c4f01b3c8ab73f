/** Takes people and rows out of the trail that were kept long enough, and says so in it: the chain stays whole. */
import type { Transaction } from '../db/index.ts'
import { leaveTrail } from './entry.ts'
import type { AuditedTable } from './rows.ts'

/** By whom and when; `reason`: by which rule. */
export interface Forgetting {
  readonly staffId: string | null
  readonly at: string
  readonly reason: string
}

/**
 * Entries about these people no longer say so: key and salt go, and what the chain holds of them says nothing without.
 * One entry states how many. The owner of the database alone may do it.
 */
export async function forgetPeople(transaction: Transaction, personKeys: readonly string[], { staffId, at, reason }: Forgetting): Promise<number> {
  const gone = await transaction.query('update trail_entry set person_key = null, person_salt = null where person_key = any($1::bigint[]) returning entry_id', [[...personKeys]])
  if (gone.length > 0) await leaveTrail(transaction, { staffId, at, kind: 'person_forgotten', reason, details: { count: `${gone.length}` } })
  return gone.length
}

/** From here on these rows may be gone, or have lost what was in them (a comment, a name); one entry each says so. Keys as in `trail_entry.row_key`. */
export async function forgetRows(transaction: Transaction, table: AuditedTable, rowKeys: readonly string[], { staffId, at, reason }: Forgetting): Promise<void> {
  await transaction.query(`
    insert into trail_entry (happened_at, staff_id, kind, reason, row_table, row_key)
    select $1::timestamptz, $2::bigint, 'row_forgotten', $3::text, $4::text, one from unnest($5::text[]) one`, [at, staffId, reason, table, [...rowKeys]])
}
