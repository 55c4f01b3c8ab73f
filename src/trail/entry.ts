/** One thing that somebody did, written down for auditors; nothing in it is ever changed or taken away. */
import type { Session } from '../db/index.ts'

/** What is written down: looks at what is personal, what was taken away or sent, and what happened at the door. */
export type TrailKind =
  | 'viewed_numbers' | 'viewed_person' | 'exported' | 'message_sent' | 'message_failed' | 'letter_printed'
  | 'signed_in' | 'sign_in_failed' | 'signed_out' | 'password_changed' | 'second_factor_set' | 'sessions_ended' | 'identity_linked' | 'deputy_named' | 'deputy_ended'
  | 'key_issued' | 'key_revoked' | 'notice_place_added' | 'notice_place_removed' | 'file_handed_in' | 'file_discarded'
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
}

/** Adds it to the trail. */
export async function leaveTrail(session: Session, { staffId, at, kind, personKey, subject, reason, details }: TrailEntry): Promise<void> {
  await session.query('insert into trail_entry (happened_at, staff_id, kind, person_key, subject, reason, details) values ($1, $2, $3, $4, $5, $6, $7)', [at, staffId, kind, personKey ?? null, subject ?? null, reason ?? null, details === undefined ? null : JSON.stringify(details)])
}
