/** The trail as auditors and administrators read it. */
import { countryOffsetMinutes } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import type { TrailKind } from './entry.ts'

/** One entry of the trail, as auditors and administrators see it. */
export interface TrailRow {
  readonly entry_id: string
  readonly happened_at: string
  readonly staff_id: string | null
  /** Null: nobody whom this installation knows, or the one who runs it. */
  readonly display_name: string | null
  readonly kind: TrailKind
  readonly subject: string | null
  /** Of entries about somebody's account: whose. */
  readonly subject_name: string | null
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>> | null
}

/** What the trail is narrowed to; days of the country, both included. */
export interface TrailFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: string | undefined
  /** staff_id of whoever did it. */
  readonly staff?: string | undefined
  /** Part of the name of whoever did it. */
  readonly who?: string | undefined
  /** Code of the unit that whoever did it works for. */
  readonly unit?: string | undefined
  /** Part of the subject: `file 12`, `case 0f…`, `queue`. */
  readonly about?: string | undefined
}

/** The trail, the newest first, at most `most` entries, those before the entry `before`; empty for whoever may not read it. */
export function trailRows(session: Session, { from, to, kind, staff, who, unit, about }: TrailFilter, most: number, before?: string): Promise<TrailRow[]> {
  return session.query<TrailRow>(
    `select t.entry_id::text as entry_id, t.happened_at, t.staff_id::text as staff_id, c.display_name, t.kind, t.subject, a.display_name as subject_name, t.reason, t.details
     from trail_entry t left join colleague c on c.staff_id = t.staff_id
       left join colleague a on t.kind in ('staff_changed', 'staff_change_confirmed', 'staff_change_withdrawn', 'deputy_named', 'deputy_ended') and a.staff_id::text = t.subject
     where ($1::date is null or t.happened_at >= $1::date - make_interval(mins => $4)) and ($2::date is null or t.happened_at < $2::date + 1 - make_interval(mins => $4)) and ($3::text is null or t.kind = $3)
       and ($6::bigint is null or t.entry_id < $6) and ($7::bigint is null or t.staff_id = $7) and ($8::text is null or strpos(name_search(c.display_name), name_search($8)) > 0) and ($9::text is null or c.unit_code = $9)
       and ($10::text is null or strpos(lower(t.subject), lower($10)) > 0)
     order by t.entry_id desc limit $5`,
    [from ?? null, to ?? null, kind ?? null, countryOffsetMinutes, most, before ?? null, staff ?? null, who ?? null, unit ?? null, about ?? null])
}

/** How far the chain reaches, and how far it is signed. */
export interface ChainState {
  /** Digits; 0: nothing is in the trail yet. */
  readonly entries: string
  /** Null: no head was signed yet. */
  readonly head: { readonly day: string; readonly made_at: string; readonly sequence_number: string; readonly hash: string } | null
}

/** The state of the chain, without walking it; for whoever may read the trail. */
export async function chainState(session: Session): Promise<ChainState> {
  const [last] = await session.query<{ sequence_number: string }>('select sequence_number from trail_link order by sequence_number desc limit 1')
  const [head] = await session.query<NonNullable<ChainState['head']>>('select day, made_at, sequence_number, hash from trail_head order by head_number desc limit 1')
  return { entries: last?.sequence_number ?? '0', head: head ?? null }
}

/** The newest head of an earlier day, from which a look at the last day begins; undefined: begin at the first entry. */
export async function headBefore(session: Session, day: string): Promise<{ readonly sequence_number: string; readonly hash: string } | undefined> {
  const [head] = await session.query<{ sequence_number: string; hash: string }>('select sequence_number, hash from trail_head where day < $1 order by head_number desc limit 1', [day])
  return head
}
