/** The trail as auditors and administrators read it. */
import { countryOffsetMinutes } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import type { TrailKind } from './entry.ts'

/** One entry of the trail, as auditors and administrators see it. */
export interface TrailRow {
  readonly entry_id: string
  readonly happened_at: string
  /** Null: nobody whom this installation knows, or the one who runs it. */
  readonly display_name: string | null
  readonly kind: TrailKind
  readonly subject: string | null
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>> | null
}

/** What the trail is narrowed to; days of the country, both included. */
export interface TrailFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: string | undefined
}

/** The trail, the newest first, at most `most` entries; empty for whoever may not read it. */
export function trailRows(session: Session, { from, to, kind }: TrailFilter, most: number): Promise<TrailRow[]> {
  return session.query<TrailRow>(
    `select t.entry_id::text as entry_id, t.happened_at, c.display_name, t.kind, t.subject, t.reason, t.details
     from trail_entry t left join colleague c using (staff_id)
     where ($1::date is null or t.happened_at >= $1::date - make_interval(mins => $4)) and ($2::date is null or t.happened_at < $2::date + 1 - make_interval(mins => $4)) and ($3::text is null or t.kind = $3)
     order by t.entry_id desc limit $5`,
    [from ?? null, to ?? null, kind ?? null, countryOffsetMinutes, most])
}
