/** One consistent look at the published results: a run that publishes in the middle of a page changes nothing in it. */
import type { Desk, Session } from '../db/index.ts'

/**
 * What `look` gives when all its questions are answered as of one instant. A page asks several; between two of them
 * a run may replace every result.
 */
export function consistently<T>(database: Desk, look: (session: Session) => Promise<T>): Promise<T> {
  return database.transaction(async (transaction) => {
    await transaction.query('set transaction isolation level repeatable read read only')
    return look(transaction)
  })
}
