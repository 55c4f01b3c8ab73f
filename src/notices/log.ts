/** What a bank was told, where, and how it went. */
import { loadSqlFile, type Session } from '../db/index.ts'
import type { EventKind } from './places.ts'

/** One telling of one event at one place. */
export interface DeliveryRow {
  readonly delivery_id: string
  readonly event_id: string
  readonly kind: EventKind | 'ping'
  /** Of what: a file, a question, a deadline. */
  readonly subject: string
  readonly happened_at: string
  /** Null: by e-mail. */
  readonly endpoint_id: string | null
  readonly is_mail: boolean
  readonly created_at: string
  readonly attempt_count: number
  readonly last_attempt_at: string | null
  /** Of HTTP or SMTP; null: no answer came. */
  readonly last_status: number | null
  /** What kept it from arriving, in a word. */
  readonly last_error: string | null
  readonly next_attempt_at: string | null
  readonly delivered_at: string | null
  readonly given_up_at: string | null
  readonly state: 'waiting' | 'delivered' | 'given_up'
}

const file = loadSqlFile(new URL('../../sql/notices/deliveries.sql', import.meta.url))

/** At most `size` of a bank's, the newest first, behind the place that the page before gave. */
export async function listDeliveries(session: Session, source: string, place: string | null, size: number, endpointId: string | null = null): Promise<{ readonly rows: readonly DeliveryRow[]; readonly next: string | null }> {
  const [at, id] = place === null ? [] : [place.slice(0, place.indexOf('_')), place.slice(place.indexOf('_') + 1)]
  const [found] = await session.run<DeliveryRow>(file, { source, endpoint_id: endpointId, before_at: at ?? null, before_id: id ?? null, row_limit: size + 1 })
  const rows = found?.rows ?? []
  const last = rows[size - 1]
  return { rows: rows.slice(0, size), next: rows.length > size && last !== undefined ? `${last.created_at}_${last.delivery_id}` : null }
}
