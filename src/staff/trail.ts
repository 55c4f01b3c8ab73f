/** What happened at the door, for the trail: who came in, who went, who could not; never a name or a password as typed. */
import type { Session } from '../db/index.ts'

/** One entry; `staffId` null: nobody whom this installation knows. */
export interface DoorEntry {
  readonly at: string
  readonly staffId: string | null
  readonly kind: 'signed_in' | 'sign_in_failed' | 'signed_out' | 'password_changed' | 'second_factor_set' | 'sessions_ended' | 'identity_linked' | 'deputy_named' | 'deputy_ended'
  /** By what, or which; never a name or a number of a person. */
  readonly subject: string | null
}

/** Writes it. */
export async function writeTrail(session: Session, { at, staffId, kind, subject }: DoorEntry): Promise<void> {
  await session.query('insert into trail_entry (happened_at, staff_id, kind, subject) values ($1, $2, $3, $4)', [at, staffId, kind, subject])
}
