/** The lock under which results are worked out: one run or linkage at a time, over however many servers. */
import { Refusal } from '../core/index.ts'
import type { Session } from './connect.ts'

// Any numbers nobody else locks; "reconcil" as ASCII, and the next one for a run's second connection.
const lockKeys = { first: '8243122654796048748', second: '8243122654796048749' } as const

/**
 * Takes the lock for as long as the connection lives.
 *
 * @throws Refusal `run_in_progress` (try again), with `message`, while somebody else holds it
 */
export async function takeRunLock(connection: Pick<Session, 'query'>, which: keyof typeof lockKeys, message: string): Promise<void> {
  const [lock] = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockKeys[which]])
  if (lock?.taken !== true) throw new Refusal('tryAgain', 'run_in_progress', message)
}
