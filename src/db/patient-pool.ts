/** Connections for work that is waited for: a database that was lost is told in the one way that the queue tries again after. */
import pg from 'pg'
import { isDatabaseAway, type Database } from './connect.ts'
import { quieten } from './quiet.ts'

/** `cannot_connect_now`: of all ends of a connection the queue waits after this one alone, some seconds and then longer. */
const tryAgain = '57P03'

/**
 * A pool beside the database's own. Where its connection is cut, refused or ended, the error says `57P03`; graphile-worker
 * then writes down later what it could not write now, where any other code would be an error that nobody awaits and end
 * the whole server. Whoever makes it ends it.
 */
export function patientPool(database: Pick<Database, 'pool'>, connections: number): pg.Pool {
  const pool = quieten(new pg.Pool({ connectionString: database.pool.options.connectionString, max: connections, application_name: 'tantay' }))
  // One that is cut while it rests is replaced at its next use; unheard it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>
  const known = new WeakSet<pg.PoolClient>()
  const connectPatiently = async (): Promise<pg.PoolClient> => {
    const client = await connect().catch(tellPatiently)
    if (known.has(client)) return client
    known.add(client)
    const query = client.query.bind(client) as (...values: unknown[]) => unknown
    return Object.assign(client, {
      query: (...values: unknown[]) => {
        const answer = query(...values)
        return answer instanceof Promise ? answer.catch(tellPatiently) : answer
      },
    })
  }
  return Object.assign(pool, { connect: (callback?: unknown) => (callback === undefined ? connectPatiently() : connect(callback)) })
}

function tellPatiently(error: unknown): never {
  throw isDatabaseAway(error as Error) ? Object.assign(error as Error, { code: tryAgain }) : error
}
