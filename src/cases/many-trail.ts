/** What the trail knows of lists that were taken away: which, how many rows, narrowed by what, and why; never whose. */
import { countryOffsetMinutes } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from './trail.ts'

/** A list that somebody takes away. */
export interface Export {
  /** Which list: `queue`, `files`, `file 12 problems`. */
  readonly subject: string
  readonly format: string
  readonly rowCount: number
  /** The query by which it was narrowed down; what names a person in it is left out. */
  readonly filter: string
  /** Null: personal numbers are masked in it. */
  readonly reason: string | null
}

/** Of an address: what somebody typed to find a person. */
const namesPeople = ['search', 'q', 'name', 'id', 'account', 'person']

/** Notes that a list is taken away. */
export async function noteExport(transaction: Transaction, { subject, format, rowCount, filter, reason }: Export, by: { readonly staffId: string; readonly at: string }): Promise<void> {
  const kept = new URLSearchParams(filter)
  for (const name of namesPeople) if (kept.has(name)) kept.set(name, '…')
  await leaveTrail(transaction, { ...by, kind: 'exported', subject, reason, details: { format, count: rowCount, filter: kept.toString(), numbers: reason === null ? 'masked' : 'whole' } })
}

/** One entry of the trail, as auditors and administrators see it. */
export interface TrailRow {
  readonly entry_id: string
  readonly happened_at: string
  /** Null: nobody whom this installation knows, or the one who runs it. */
  readonly display_name: string | null
  readonly kind: string
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
