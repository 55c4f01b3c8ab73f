/** The answer to a COMMIT that was lost on its way: whether it was done is asked for, never guessed. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../core/index.ts'
import { isCommitInDoubt, isDatabaseAway, type Connection, type Database, type Session, type Transaction } from './connect.ts'

const longestWait = 30_000
const pause = 100

/**
 * What `work` gives once it is committed, on a connection of `where`. Where the connection is lost after COMMIT was sent
 * and before its answer came, PostgreSQL is asked what became of the transaction, over another connection of `database`:
 * it knows so by the transaction's number, also after a crash. What was committed is answered as if nothing had happened;
 * else the loss of the connection is what is thrown, and nothing was changed.
 *
 * @throws Refusal `outcome_unknown` (try again) when the database stays away for half a minute: then nobody can say
 */
export async function certainly<T>(database: Pick<Database, 'query'>, where: Pick<Connection, 'transaction'>, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const done: { readonly result: T; readonly number: string }[] = []
  try {
    return await where.transaction(async (transaction) => {
      const result = await work(transaction)
      const [own] = await transaction.query<{ number: string }>('select pg_current_xact_id()::text as number')
      done.push({ result, number: own?.number ?? '' })
      return result
    })
  } catch (error) {
    const [inDoubt] = isCommitInDoubt(error) ? done : []
    if (inDoubt === undefined || !(await isCommitted(database, inDoubt.number))) throw error
    return inDoubt.result
  }
}

function raise(error: unknown): never {
  throw error as Error
}

async function isCommitted(session: Pick<Session, 'query'>, number: string): Promise<boolean> {
  const unknown = new Refusal('tryAgain', 'outcome_unknown', 'the connection to the database was lost while it was writing, and it does not come back: whether this was done is not known yet. Ask for it again later; what was done is not done twice')
  const since = performance.now()
  for (;;) {
    const [row] = await whenBack(() => session.query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [number])).catch((error: unknown) => raise(isAway(error) ? unknown : error))
    if (row?.status === 'committed') return true
    if (row?.status === 'aborted') return false
    // Still in progress: the COMMIT is being executed.
    if (performance.now() - since > longestWait) throw unknown
    await sleep(pause)
  }
}

/** What `read` gives, asked again for half a minute while the database is away: for what is only read after it was written. */
export async function whenBack<T>(read: () => Promise<T>): Promise<T> {
  const since = performance.now()
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!isAway(error) || performance.now() - since > longestWait) throw error
      await sleep(pause)
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Error && isDatabaseAway(error)
}
