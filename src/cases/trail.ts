/** What is written down when somebody looks at what is personal, or takes a list away. */
import type { Session } from '../db/index.ts'

/** One entry; the database sees to it that it is the reader's own. */
export interface TrailEntry {
  readonly staffId: string
  readonly at: string
  /** `viewed_numbers`, `exported`, `message_sent`, … */
  readonly kind: string
  readonly personKey?: string | null
  /** Which case, file or list; never a name or a number of a person. */
  readonly subject?: string | null
  readonly reason?: string | null
  readonly details?: Readonly<Record<string, unknown>>
}

/** Adds it to the trail. */
export async function leaveTrail(session: Session, { staffId, at, kind, personKey, subject, reason, details }: TrailEntry): Promise<void> {
  await session.query('insert into trail_entry (happened_at, staff_id, kind, person_key, subject, reason, details) values ($1, $2, $3, $4, $5, $6, $7)', [at, staffId, kind, personKey ?? null, subject ?? null, reason ?? null, details === undefined ? null : JSON.stringify(details)])
}
