/** All rows of the queue as an address narrows it down, for what is done with all of them at once. */
import { followedDay, manyCases, queuePage, type ManyCase } from '../../cases/index.ts'
import type { Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import { unitsOf } from '../../reports/index.ts'
import { filterOf, readQueueAddress, searchOf } from '../desk/queue-address.ts'

/** The cases of an address in the order of the queue, at most `most`, and how many there are in all. @throws UnreadableAddress */
export async function queueRows(session: Session, query: URLSearchParams, reader: Reader, today: string, most: number): Promise<{ readonly rows: readonly ManyCase[]; readonly count: string; readonly asOf: string }> {
  const { choice: written } = readQueueAddress(query)
  const choice = { ...written, q: (await searchOf(session, written)).typed }
  const asOf = await followedDay(session)
  if (asOf === null) return { rows: [], count: '0', asOf: today }
  const units = choice.unit === undefined ? null : await unitsOf(session, asOf)
  const page = await queuePage(session, filterOf(choice, reader, (unit) => units?.within(unit) ?? [unit]), {}, most, { today, asOf })
  const cases = new Map((await manyCases(session, { findingIds: page.rows.map(({ finding_id: id }) => id) })).map((one) => [one.finding_id, one]))
  return { rows: page.rows.flatMap(({ finding_id: id }) => cases.get(id) ?? []), count: page.count, asOf }
}
