/** A database in which a whole run is one transaction on one connection, so that it can be looked into and undone. */
import type { Connection, Database, Session, SqlFile, SqlValue, StatementResult, Transaction } from '../../src/db/index.ts'

/** Asked before every file of statements; what it does meanwhile stays between two statements of the run. */
export type Watch = (file: SqlFile, values: Readonly<Record<string, SqlValue>>, session: Session) => Promise<void>

/** Runs `work` with a database of one transaction, then rolls everything back; gives what `work` gives. */
export async function enclosed<T>(database: Database, work: (inside: Database) => Promise<T>, watch?: Watch): Promise<T> {
  return database.onConnection(async (connection) => {
    await connection.query('begin')
    try {
      return await work(insideOf(connection, watch))
    } finally {
      await connection.query('rollback').catch(() => undefined)
    }
  })
}

function insideOf(connection: Connection, watch: Watch | undefined): Database {
  // Two lanes share the connection here: one statement file at a time.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  const session: Session = {
    query: (text, values) => inTurn(() => connection.query(text, values)),
    run: <R extends object>(file: SqlFile, values: Readonly<Record<string, SqlValue>> = {}): Promise<StatementResult<R>[]> =>
      inTurn(async () => {
        await watch?.(file, values, connection)
        return connection.run<R>(file, values)
      }),
    kysely: connection.kysely,
  }
  const transaction = <R>(work: (transaction: Transaction) => Promise<R>): Promise<R> => work(session as Transaction)
  // As on a connection of its own: what was set there ends with it.
  const onConnection = async <R>(work: (connection: Connection) => Promise<R>): Promise<R> => {
    try {
      return await work({ ...session, transaction })
    } finally {
      await inTurn(() => connection.query('reset all')).catch(() => undefined)
    }
  }
  return { ...session, transaction, onConnection, pool: undefined as never, description: 'one transaction', close: () => Promise.resolve() }
}

/** Does something and undoes it again; gives what it gave. */
export async function undone<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.query('savepoint undone')
  try {
    return await work()
  } finally {
    await session.query('rollback to savepoint undone')
  }
}
