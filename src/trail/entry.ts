/** One thing that somebody did, written down for auditors and chained to all before it; nothing in it is ever changed or taken away. */
import type { Session } from '../db/index.ts'
import { rowOf, type AuditedRow } from './rows.ts'

/** What is written down: looks at what is personal, what was taken away or sent, what happened at the door, and what was done to cases, files, people and rules. */
export type TrailKind =
  | 'viewed_numbers' | 'viewed_person' | 'exported' | 'message_sent' | 'message_failed' | 'letter_printed'
  | 'signed_in' | 'sign_in_failed' | 'signed_out' | 'password_changed' | 'second_factor_set' | 'sessions_ended' | 'identity_linked' | 'deputy_named' | 'deputy_ended'
  | 'key_issued' | 'key_revoked' | 'notice_place_added' | 'notice_place_removed' | 'file_handed_in' | 'file_discarded' | 'backup_restored' | 'file_retaken'
  | 'night_asked_again' | 'night_skipped'
  | 'case_acted' | 'cases_followed' | 'run_published' | 'file_sealed' | 'file_refused' | 'file_voided' | 'profile_saved'
  | 'staff_changed' | 'staff_change_confirmed' | 'staff_change_withdrawn' | 'band_changed' | 'band_change_confirmed' | 'band_change_withdrawn'
  | 'trail_checked' | 'person_forgotten' | 'row_forgotten' | 'retention_set' | 'retention_applied' | 'restored'
  | 'list_made' | 'list_approved' | 'list_sent' | 'list_withdrawn'
  | 'period_prepared' | 'period_appraised' | 'period_approved' | 'period_issued' | 'period_sent_back' | 'period_reopen_asked' | 'period_reopened' | 'period_reopen_refused'

/** One entry; to the pages' login the database lets in only the reader's own. */
export interface TrailEntry {
  /** Null: nobody whom this installation knows. */
  readonly staffId: string | null
  readonly at: string
  readonly kind: TrailKind
  readonly personKey?: string | null
  /** By what, or which case, file or list; never a name, a number or a password of a person. */
  readonly subject?: string | null
  readonly reason?: string | null
  readonly details?: Readonly<Record<string, unknown>>
  /** The row that the entry stands for: its hash as it is now becomes part of the chain. */
  readonly row?: AuditedRow
}

const columns = 'happened_at, staff_id, kind, person_key, person_salt, subject, reason, details'
// The salt lets a person be taken out of the trail later without breaking the chain (D174).
const values = "$1::timestamptz, $2::bigint, $3::text, $4::bigint, case when $4::bigint is not null then decode(replace(gen_random_uuid()::text, '-', ''), 'hex') end, $5::text, $6::text, $7::jsonb"

/** Adds it to the trail. At the end of the transaction it gets its place in the chain; until then nobody waits for it. */
export async function leaveTrail(session: Session, { staffId, at, kind, personKey, subject, reason, details, row }: TrailEntry): Promise<void> {
  const given = [at, staffId, kind, personKey ?? null, subject ?? null, reason ?? null, details === undefined ? null : JSON.stringify(details)]
  if (row === undefined) {
    await session.query(`insert into trail_entry (${columns}) values (${values})`, given)
    return
  }
  // Not `returning`: whoever leaves an entry may not read the trail.
  const found = await session.query(`
    with found as materialized (${rowOf[row.table]}), left_behind as (
      insert into trail_entry (${columns}, row_table, row_key, row_hash) select ${values}, $8::text, row_key, trail_digest(row_text) from found)
    select row_key from found`, [...given, row.table, ...row.key])
  if (found.length !== 1) throw new Error(`the row of ${row.table} that the trail is to stand for is not there`)
}
