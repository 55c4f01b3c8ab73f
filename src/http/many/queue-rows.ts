/** All rows of the queue as an address narrows it down, for what is done with all of them at once. */
import { followedDay, manyCases, queuePage, type ManyCase, type QueueFilter } from '../../cases/index.ts'
import type { Session } from '../../db/index.ts'

/** The cases of a filter in the order of the queue, at most `most`, and how many there are in all. */
export async function queueRows(session: Session, filter: QueueFilter, today: string, most: number): Promise<{ readonly rows: readonly ManyCase[]; readonly count: string; readonly asOf: string }> {
  const asOf = await followedDay(session)
  if (asOf === null) return { rows: [], count: '0', asOf: today }
  const page = await queuePage(session, filter, {}, most, { today, asOf })
  const cases = new Map((await manyCases(session, { findingIds: page.rows.map(({ finding_id: id }) => id) })).map((one) => [one.finding_id, one]))
  return { rows: page.rows.flatMap(({ finding_id: id }) => cases.get(id) ?? []), count: page.count, asOf }
}
