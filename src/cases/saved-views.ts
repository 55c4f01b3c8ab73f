/** Filters of the queue that somebody keeps under a name. */
import type { Session } from '../db/index.ts'

/** A filter as the address bar holds it. */
export interface SavedView {
  readonly name: string
  /** `code=returned&village=…` */
  readonly query: string
}

/** More would be a list to search in. */
const mostViews = 20

/** The reader's own, by name. */
export function savedViews(session: Session): Promise<SavedView[]> {
  return session.query<SavedView>('select name, query from saved_view order by name collate "C" limit $1', [mostViews])
}

/** Keeps it; the same name again replaces it. */
export async function saveView(session: Session, staffId: string, { name, query }: SavedView, at: string): Promise<void> {
  await session.query('insert into saved_view (staff_id, name, query, saved_at) values ($1, $2, $3, $4) on conflict (staff_id, name) do update set query = excluded.query, saved_at = excluded.saved_at', [staffId, name, query, at])
}

/** Forgets it. */
export async function removeView(session: Session, staffId: string, name: string): Promise<void> {
  await session.query('delete from saved_view where staff_id = $1 and name = $2', [staffId, name])
}
